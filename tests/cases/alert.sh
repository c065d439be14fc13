#!/bin/sh
# Alerts of the night by webhook and mail, against servers that fail, dawdle, lead elsewhere
# and reject: what is sent, what is tried again, that no secret is told and no night is lost.
# All companies are invented. MANUMIT names the program, MAILBOX the server.
set -u
. "$(dirname "$0")/common.sh"
mailbox=$(cd "$(dirname "$MAILBOX")" && pwd)/$(basename "$MAILBOX")
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY
export SOURCE_DATE_EPOCH=1793880000 HOOK_TOKEN=hush-token-1 MAIL_WORD=hush-word-2
mkdir -p "$work/c"
cd "$work/c" || exit 1
day=1
config() { # sections
	cat >night.json <<-END
		{"data-dir": "store", "metrics": "m.prom", "log": "log.jsonl", $1,
		 "screen": {"output": "report", "suppliers": ["s.csv"], "findings": "f.csv", "fees": "fees.csv", "no-shipped-lists": true}}
	END
}
printf 'id,name,country,workers\nA1,Amberfen Gloves Ltd (invented),BD,100\nB2,Birchlea Works (invented),DE,50\n' >s.csv
printf 'entity,indicator,direction,strength,source_class,date,status,reference\n' >f.csv
printf 'entity,worker,amount,currency,paid_by,category,paid_on\n' >fees.csv
news() { # another finding for B2: something to tell
	day=$((day + 1))
	printf 'A1,I07,adverse,strong,inspectorate,2026-10-%02d,open,secret words %s\n' $((day + 5)) $day >>f.csv
	printf 'A1,worker-ref-%s,900,USD,worker,RF1,2026-09-01\n' $day >>fees.csv
}
night() { # plan of answers, exit status wanted, text wanted on standard error or none, name
	"$mailbox" "$1" "$work/log" sh -c 'sed "s/PORT/$MAILBOX_PORT/g" night.json >now.json; exec "$0" run now.json --as-of 2026-11-05' "$bin" >"$work/out" 2>&1 </dev/null
	got=$?
	[ "$got" = "$2" ] && { [ -z "$3" ] || grep -qF -- "$3" "$work/out"; }
	r=$?
	[ "$r" = 0 ] || echo "  exit $got (wanted $2): $(head -n 5 "$work/out")"
	ok $r "$4"
	! grep -q 'hush-\|/path-as-secret' "$work/out" log.jsonl m.prom
	ok $? "$4: no secret is told"
}
asked() { grep -c '^POST' "$work/log"; }
last() { tail -n 1 log.jsonl | grep -qF -- "$1"; }

HOOK='"webhook": {"url": "http://127.0.0.1:PORT/path-as-secret", "token-env": "HOOK_TOKEN", "loopback": true, "tries": 3, "timeout": 1}'
config "$HOOK"
night 200 0 "" "the first night"
night 200 0 "" "a night without news"
[ ! -s "$work/log" ] && last '"alerts":[]'
ok $? "nothing is sent when nothing changed"
news
night 500,503,200 0 "" "a server that fails twice"
[ "$(asked)" = 3 ] && last '"by":"webhook","sent":true,"tries":3,"status":200' && grep -q '^manumit_alert_sent{by="webhook"} 1$' m.prom
ok $? "is tried again, and log and metrics say that it went out"
grep -q '^Authorization: Bearer hush-token-1' "$work/log" && [ "$(grep -c '^Idempotency-Key' "$work/log")" = 3 ] &&
	[ "$(grep '^Idempotency-Key' "$work/log" | sort -u | wc -l)" = 1 ]
ok $? "with its token and one key for all tries"
tail -n 1 "$work/log" | grep -q '"name":"Amberfen Gloves Ltd (invented)".*"band_was":"[a-z]*","band":"[a-z]*","causes":\["input"\]'
ok $? "the alert has name, bands and causes: $(tail -n 1 "$work/log" | cut -c1-300)"
! grep -q 'worker-ref\|secret words\|fees.csv' "$work/log"
ok $? "and nothing of a worker or of a finding's words"
news
night 302 0 "not followed" "a redirect"
[ "$(asked)" = 1 ] && ! grep -q '/taken' "$work/log" && last '"sent":false,"tries":1,"status":302,' || last '"sent":false,"tries":1,"status":302'
ok $? "is refused, and not tried again"
last '"published":true' && grep -q '^manumit_alert_sent{by="webhook"} 0$' m.prom && [ -f report/index.html ]
ok $? "the night's result stands"
night 200 0 "" "the night after, without news"
[ "$(asked)" = 1 ] && last '"sent":true' && tail -n 1 "$work/log" | grep -q '"name":"Amberfen Gloves Ltd (invented)"'
ok $? "what reached nobody is told then"
cp store/night.told told
night 200 0 "" "another"
[ ! -s "$work/log" ] && ! cmp -s told store/night.told
ok $? "and once only"
cp told store/night.told
news
night 200 0 "" "a night that was killed before it told, and the next"
cp told store/night.told
night 200 0 "" "the one after"
[ "$(asked)" = 1 ] && tail -n 1 "$work/log" | grep -q '"name":"Amberfen Gloves Ltd (invented)"'
ok $? "tells what changed since the last that was told"
news
config '"webhook": {"url": "http://127.0.0.1:PORT/x", "loopback": true, "tries": 1, "timeout": 1}'
night slow 0 "too slow" "a server that dawdles"
news
config "$HOOK"
night hang-up,200 0 "" "a server that hangs up is asked again"
[ "$(asked)" = 2 ]
ok $? "and takes it"
news
night 401 0 "refused it (401)" "a token that is not taken"
[ "$(asked)" = 1 ]
ok $? "is not tried again"
mv s.csv away
night 200 66 "" "a night that fails"
grep -q '"outcome":"failed","status":66' "$work/log"
ok $? "is told, too"
mv away s.csv

printf 'hush-word-2\n' >word && chmod 600 word
MAIL='"mail": {"server": "smtp://127.0.0.1:PORT", "from": "manumit@example.org", "to": ["desk@example.org", "two@example.org"], "user": "night", "password-file": "word", "loopback": true, "tries": 2, "timeout": 5}'
config "$MAIL"
news
night smtp 0 "" "a mail"
grep -q '^RCPT TO:<two@example.org>' "$work/log" && grep -q '^Subject: manumit: 1 changed' "$work/log" &&
	grep -q '^Amberfen Gloves Ltd (invented) (A1): changed' "$work/log" && grep -q '^Date: Thu, 05 Nov 2026' "$work/log" &&
	! grep -q 'worker-ref\|secret words' "$work/log"
ok $? "says to all who changed: $(grep -a '^Subject\|^Date' "$work/log" | tr -d '\r' | tr '\n' ' ')"
news
night smtp-550 0 "refused it (550)" "a recipient that is refused"
[ "$(grep -c '^EHLO' "$work/log")" = 1 ] && last '"by":"mail","sent":false,"tries":1,"status":550'
ok $? "is not tried again, and the log says so"
news
night smtp-450,smtp 0 "" "a server that asks to come again"
[ "$(grep -c '^EHLO' "$work/log")" = 2 ] && last '"by":"mail","sent":true,"tries":2'
ok $? "gets it on the second try"
chmod 644 word
unset HOOK_TOKEN
config "$HOOK, $MAIL"
news
night smtp 0 "chmod 600" "a password that everybody may read is not used"
grep -qF "HOOK_TOKEN is empty or missing" "$work/out" && [ ! -s "$work/log" ] && last '"published":true'
ok $? "a token that is not there is told; nothing is sent, and the night stands"
config '"webhook": {"url": "http://127.0.0.1:PORT/x"}, "mail": {"server": "smtp://127.0.0.1:PORT", "from": "manumit@example.org", "to": "desk@example.org", "tries": 1}'
news
night smtp 0 "only https is safe" "plain http is not asked without the flag of tests"
! grep -q "^RCPT\\|^POST" "$work/log" && grep -q "^EHLO" "$work/log" || { cat "$work/log" "$work/out"; false; }
ok $? "nor does a mail server without TLS get a mail: $(head -n 3 "$work/log" | tr -d "\r" | tr "\n" ";")"

for slip in '"webhook": {"url": "https://a.example", "token": "x"}|secrets do not stand here' '"mail": {"server": "smtps://a.example", "from": "m@a.example"}|nobody is named' \
	'"mail": {"server": "smtps://a.example", "from": "m@a.example", "to": "x@b\r\nBcc: y@c"}|give one to 16 addresses' '"webhook": {}|give one of url' \
	'"webhok": {"url": "https://a.example"}|did you mean webhook?'; do
	config "${slip%|*}"
	"$bin" run night.json >"$work/out" 2>&1 </dev/null
	[ $? = 78 ] && grep -qF -- "${slip##*|}" "$work/out"
	ok $? "a slip in the configuration: ${slip##*|}: $(head -n 2 "$work/out")"
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
