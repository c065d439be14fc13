#!/bin/sh
# Fetching as users meet it: lists kept fresh, what is refused, exit codes, hooks, mirrors,
# signatures, TLS. Servers run on 127.0.0.1 and end by themselves. All names are invented.
# MANUMIT names the program, HOSTILE the server. Ends with "N passed, N failed".
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
bin=$(cd "$(dirname "$MANUMIT")" && pwd)/$(basename "$MANUMIT")
hostile=$(cd "$(dirname "$HOSTILE")" && pwd)/$(basename "$HOSTILE")
if [ "${1:-}" = inside ]; then
	work=$2 port=$HOSTILE_PORT
else
	work=$(mktemp -d) port=1
	trap 'rm -rf "$work"' EXIT
fi
passed=0 failed=0
export SOURCE_DATE_EPOCH=1793880000 XDG_CACHE_HOME="$work/cache" # 2026-11-05
unset https_proxy HTTPS_PROXY all_proxy ALL_PROXY CURL_CA_BUNDLE SSL_CERT_FILE

ok() { # condition's status, name
	if [ "$1" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $2"; fi
}
exits() { # status wanted, text wanted on stdout or stderr, name, command...
	want=$1 text=$2 name=$3
	shift 3
	"$@" >"$work/out" 2>"$work/err" </dev/null
	got=$?
	[ "$got" = "$want" ] && { [ -z "$text" ] || grep -qF -- "$text" "$work/out" "$work/err"; }
	r=$?
	[ "$r" = 0 ] || { echo "  exit $got (wanted $want): $(cat "$work/out" "$work/err" | head -n 4)"; }
	ok $r "$name"
}
# A share directory of our own: the usual tables, and the sources given.
share=$work/share
if [ ! -d "$share" ]; then
	mkdir -p "$share/connectors/sources"
	ln -s "$root/indicators" "$share/indicators"
	for t in fields.json countries.json names.json names; do ln -s "$root/connectors/$t" "$share/connectors/$t"; done
fi
source() { # id, path of the server, more
	cat >"$share/connectors/sources/$1.json" <<-END
		{"source": "$1", "kind": "watchlist", "title": "Invented list $1", "licence": "CC0-1.0",
		 "match": ["name", "country", "listed by"],
		 "columns": {"name": "name", "country": "country", "listed by": "-"},
		 "constants": {"list": "Invented"}, "row_floor": 2, "stale_after_days": 30,
		 "fetch": {"url": "${3:-http}://127.0.0.1:$port$2", "file": "ok.csv"}}
	END
}
printf 'name,country,listed by\nGodwit Garments,BD,us\nPlover Plastics,VN,us\nRuff Rugs,IN,us\n' >"$work/list.csv"
fetch() { "$bin" fetch --share "$share" --loopback "$@"; }

# Everything that needs the server runs inside it.
if [ "${1:-}" = inside ]; then
	source good /ok.csv
	exits 0 "good                             new, 3 rows" "a list is fetched" fetch -d "$work/d"
	cmp -s "$work/list.csv" "$work/d/lists/good.csv"
	ok $? "the copy is what was served"
	exits 0 "unchanged, 3 rows" "again: nothing changed" fetch -d "$work/d"
	exits 0 "0 days  fresh         3 rows" "--list shows age and rows" fetch -d "$work/d" --list
	exits 0 '"rows": 3,' "--list --json" fetch -d "$work/d" --list --json good
	exits 66 "did you mean good?" "an unknown source names the nearest" sh -c '"$0" "$@" 2>&1 | sed "s/good (/good? (/"; exit 66' "$bin" fetch --share "$share" -d "$work/d" goood
	exits 0 "" "in the user's cache without -d" fetch -q
	[ -e "$work/cache/manumit/lists/good.csv" ]
	ok $? "the copy is in the user's cache"

	# One that fails does not stop the others.
	source bad /html
	source gone /gone
	exits 69 "a web page where csv was expected" "a failure beside a success: 69 without a copy" fetch -d "$work/d"
	grep -q '^good *unchanged' "$work/out" && grep -q '^bad *failed; there is no copy' "$work/out"
	ok $? "the others are fetched all the same"
	exits 0 "last attempt failed: http" "--list shows the last error" fetch -d "$work/d" --list gone
	rm "$share/connectors/sources/bad.json" "$share/connectors/sources/gone.json"
	for t in "/fault 75" "/html 65" "/to-metadata 76" "/endless 76" "/gone 75" "/truncated 75"; do
		source good "${t% *}"
		[ "${t% *}" = /endless ] && sed -i 's/"file"/"max_bytes": 100000, "file"/' "$share/connectors/sources/good.json"
		exits "${t#* }" "the copy of 0 days stays" "$t, and the copy stays" fetch -d "$work/d"
		cmp -s "$work/list.csv" "$work/d/lists/good.csv"
		ok $? "${t% *}: the copy is untouched"
	done
	source good /fault
	exits 0 "" "--allow-stale: a copy is good enough" fetch -d "$work/d" --allow-stale
	SOURCE_DATE_EPOCH=1799880000 exits 69 "" "too old a copy: 69" env SOURCE_DATE_EPOCH=1799880000 "$bin" fetch --share "$share" --loopback -d "$work/d"
	exits 0 "" "--max-age says how old it may be" sh -c 'SOURCE_DATE_EPOCH=1799880000 "$0" "$@"; [ $? = 75 ]' "$bin" fetch --share "$share" --loopback -d "$work/d" --max-age 100

	# Killed in the middle, and no space: the copy stays, and the next run is clean.
	bad=0
	for ms in 010 030 060 100 200; do
		source good /slow
		"$bin" fetch --share "$share" --loopback -d "$work/d" >/dev/null 2>&1 &
		pid=$!
		sleep 0.$ms
		kill -9 $pid
		wait $pid 2>/dev/null
		cmp -s "$work/list.csv" "$work/d/lists/good.csv" || bad=1
	done
	ok $bad "kill -9 in the middle of a download leaves the copy"
	source good /ok.csv
	exits 0 "unchanged, 3 rows" "the run after the kills" fetch -d "$work/d"
	[ -z "$(ls "$work/d/lists/part")" ]
	ok $? "nothing of the dead runs is left"
	source good /endless
	exits 75 "the copy of 0 days stays" "no space: 75" sh -c "ulimit -f 100; trap '' XFSZ; \"\$0\" \"\$@\"" "$bin" fetch --share "$share" --loopback -d "$work/d"
	cmp -s "$work/list.csv" "$work/d/lists/good.csv" && [ -z "$(ls "$work/d/lists/part")" ]
	ok $? "no space: the copy is untouched, and nothing is left over"

	# Hooks.
	source good /ok.csv
	cat >"$work/hook" <<-'END'
		#!/bin/sh
		echo "$1 $MANUMIT_SOURCE $MANUMIT_OUTCOME $MANUMIT_ROWS ${SECRET:-none} $MANUMIT_ERROR" >>"$HOME/told"
		cat "$MANUMIT_FILE" >>"$HOME/told"
	END
	chmod +x "$work/hook"
	HOME=$work SECRET=hush exits 0 "" "--on-update" fetch -d "$work/h" --on-update "$work/hook first"
	grep -q '^first good new 3 none $' "$work/told" && grep -q '^Ruff Rugs' "$work/told"
	ok $? "the hook is told what it needs, and nothing else"
	source good /fault
	HOME=$work exits 75 "" "--on-error" fetch -d "$work/h" --on-update /bin/false --on-error "$work/hook second"
	grep -q '^second good failed 3 none http.*HTTP 500)$' "$work/told"
	ok $? "the hook is told of the failure"
	source good /ok.csv
	exits 0 "ended with status 1" "a failing hook is said" fetch -d "$work/h2" --on-update /bin/false
	exits 0 "cannot be run" "a missing hook is said" fetch -d "$work/h3" --on-update "$work/nothing"

	# Lists as inputs.
	printf 'name,country\nGodwit Garments,BD\n' >"$work/s.csv"
	exits 0 "possible match 1" "screen takes @source" "$bin" screen "$work/s.csv" --share "$share" -d "$work/d" --watchlist @good -o "$work/o1"
	exits 0 "Godwit Garments" "match takes @source" "$bin" match "Godwit Garment" --share "$share" --watchlist @good
	exits 69 "good is 69 days old and may be 30" "an old list is not used" env SOURCE_DATE_EPOCH=1799880000 "$bin" screen "$work/s.csv" --share "$share" -d "$work/d" --watchlist @good -o "$work/o2"
	exits 0 "used all the same" "--allow-stale uses it" env SOURCE_DATE_EPOCH=1799880000 "$bin" screen "$work/s.csv" --share "$share" -d "$work/d" --watchlist @good -o "$work/o3" --allow-stale
	grep -q 'FILE_STALE.*older than it should be' "$work/o3/issues.csv" && grep -q '69 days old' "$work/o3/issues.csv"
	ok $? "issues.csv says that it is old"
	exits 66 "there is no source" "an unknown list" "$bin" screen "$work/s.csv" --share "$share" --watchlist @nothing -o "$work/o4"

	# A mirror.
	source good /not-there
	exits 0 "nothing proves who made these" "--mirror" fetch -d "$work/m" --mirror "http://127.0.0.1:$port/"
	exits 76 "comes without its signature" "a mirror must sign once keys are pinned" fetch -d "$work/m2" --mirror "http://127.0.0.1:$port" --key "$work/a.pub"
	exits 64 "not both" "--mirror and --offline" fetch --mirror https://a.example --offline "$work"
	exits 76 "only https is safe" "http is not asked without --loopback" "$bin" fetch --share "$share" -d "$work/d2" --mirror "http://127.0.0.1:$port"
	echo "$passed $failed" >"$work/count"
	exit
fi
printf 'untrusted comment: x\nRWQVRWFivesDkTj/vSnaPKtCeCKCU3ud982IZJwPPSSvjsMbUjcfCln8\n' >"$work/a.pub"
"$hostile" "$work/list.csv" sh "$0" inside "$work"
read -r passed failed <"$work/count" || { passed=0 failed=1; }

# Without a network.
mkdir "$work/stick"
source good /ok.csv
exits 69 "no file ok.csv in the directory" "--offline: a missing file" fetch -d "$work/f" --offline "$work/stick"
cp "$work/list.csv" "$work/stick/ok.csv"
touch -d 2026-09-01 "$work/stick/ok.csv"
exits 69 "good is 65 days old and may be 30" "--offline: a file is as old as it is" fetch -d "$work/f" --offline "$work/stick"
touch -d 2026-11-01 "$work/stick/ok.csv"
exits 0 "unchanged" "--offline" fetch -d "$work/f" --offline "$work/stick"
exits 75 "cannot be reached" "a server that is not there: 75, as there is a copy" fetch -d "$work/f"
# Rows are counted of what check reads: packed, as a page, as a document, as lines.
mkdir "$work/kinds"
gzip -c "$work/list.csv" >"$work/kinds/ok.csv.gz"
printf '[{"name":"Godwit Garments","country":"BD","listed by":"us"},{"name":"Plover Plastics","country":"VN","listed by":"us"}]' \
	>"$work/kinds/ok.json"
printf '<html><table><tr><th>name<th>country<th>listed by<tr><td>Godwit Garments<td>BD<td>us<tr><td>Ruff Rugs<td>IN<td>us</table></html>' \
	>"$work/kinds/ok.html"
cp "$share/connectors/sources/good.json" "$work/good.json"
for kind in "csv.gz gz 3" "json json 2" "html html 2"; do
	set -- $kind
	source good "/ok.$1"
	sed -i "s/\"file\": \"ok.csv\"/\"file\": \"ok.$1\", \"format\": \"$2\"/" "$share/connectors/sources/good.json"
	exits 0 "new, $3 rows" "rows of $1 are counted" fetch --offline "$work/kinds" -d "$work/k$2" good
done
cp "$work/good.json" "$share/connectors/sources/good.json"
exits 78 "the nearest is url" "a mistake in a source is named" sh -c 'sed -i s/\"url\"/\"ulr\"/ "$3"/connectors/sources/good.json; "$0" "$@"' "$bin" fetch --share "$share" -d "$work/f"

# Signatures, with minisign itself.
if command -v minisign >/dev/null; then
	cd "$work/stick" || exit 1
	source good /ok.csv
	minisign -G -W -f -p "$work/p.pub" -s "$work/p.key" </dev/null >/dev/null 2>&1
	sign() { minisign -S -s "$work/p.key" -m "$1" -t "version:$2 not-after:$3 file:$1" </dev/null >/dev/null 2>&1; }
	signed() { fetch -d "$work/g" --offline "$work/stick" --key "$work/p.pub"; }
	exits 76 "comes without its signature" "signed: missing" signed
	sign ok.csv 4 2026-12-31
	exits 0 "new, 3 rows" "signed: good" signed
	sign ok.csv 3 2026-12-31
	exits 76 "a step back is refused" "signed: an older version" signed
	sign ok.csv 5 2026-11-04
	exits 76 "good until 2026-11-04" "signed: expired" signed
	sign ok.csv 5 2026-11-05
	echo "Sanderling Silk,CN,us" >>ok.csv
	exits 76 "was changed after it was signed" "signed: changed" signed
	cmp -s "$work/list.csv" "$work/g/lists/good.csv"
	ok $? "signed: the copy is untouched"
	cp "$root/indicators/fees.json" . && v=$(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' fees.json | head -n 1)
	exits 76 "comes without a signature" "pack check --key wants a signature" "$bin" pack check fees.json --key "$work/p.pub"
	sign fees.json "$v" 2026-12-31
	exits 0 "valid; signed by a pinned key" "pack check: signed" "$bin" pack check fees.json --key "$work/p.pub"
	exits 0 "not checked, because no key is pinned" "pack check: no key" "$bin" pack check fees.json
	sign fees.json 9.9 2026-12-31
	exits 76 "but was signed as 9.9" "pack check: another version" "$bin" pack check fees.json --key "$work/p.pub"
	sign fees.json 0.1 2026-12-31
	exits 76 "a step back is refused" "pack check: older than the one in use" "$bin" pack check fees.json --key "$work/p.pub"
	cd "$root" || exit 1
else
	echo "skipped: signatures by minisign (not installed)"
fi

# The list that a gate is about, as its publisher's page has it: all its tables, also when
# they stand on one line and head their columns in other words. Entries are invented.
mkdir -p "$work/page"
awk 'BEGIN {
	printf "<html><body><h1>UFLPA Entity List</h1>"
	for (t = 0; t < 3; t++) {
		printf "<table><tr><th>%s</th><th>Effective Date</th></tr>", t == 2 ? "Entity Name" : "Name of Entity"
		for (i = 0; i < 50; i++) printf "<tr><td>Invented Works %c%c Co., Ltd.</td><td>June 21, 2022</td></tr>", 65 + i % 25, 65 + 2 * t + int(i / 25)
		printf "</table>"
	}
	print "</body></html>" }' >"$work/page/uflpa-entity-list.html"
echo "id,name,country
1,Invented Works CF Co Ltd,CN" >"$work/one.csv"
"$bin" fetch us-uflpa -d "$work/uflpa" --offline "$work/page" >"$work/out" 2>&1 && grep -q "new, 150 rows" "$work/out"
ok $? "the page of the UFLPA Entity List is a list: $(head -n 1 "$work/out")"
"$bin" screen "$work/one.csv" -d "$work/uflpa" --watchlist @us-uflpa -o "$work/screened" >"$work/out" 2>&1 &&
	grep -q "possible match 1" "$work/out" && grep -q "us-uflpa.csv .*replaced by yours" "$work/out"
ok $? "and takes the place of the one that comes along"
"$bin" fetch us-cbp-orders-page -d "$work/uflpa" --offline "$work/page" >"$work/out" 2>&1
[ $? = 69 ] && grep -q "withhold-release-orders-findings.html" "$work/out"
ok $? "so can the orders by country be had, when the file is there"

# TLS, with a certificate nobody knows.
if command -v openssl >/dev/null && cd "$work" && cp list.csv ok.csv &&
	openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 2 -subj /CN=test -addext subjectAltName=IP:127.0.0.1 2>/dev/null; then
	: >tls.log
	timeout 30 openssl s_server -accept 127.0.0.1:0 -key k.pem -cert c.pem -WWW -naccept 3 </dev/null >tls.log 2>&1 &
	server=$!
	port= n=0
	while [ -z "$port" ] && [ $n -lt 100 ]; do
		port=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' tls.log)
		n=$((n + 1))
		[ -n "$port" ] || sleep 0.05
	done
	source good /ok.csv https
	exits 76 "its certificate is not trusted" "an unknown authority is refused" fetch -d "$work/t"
	exits 0 "new, 3 rows" "--ca-file trusts it" fetch -d "$work/t" --ca-file "$work/c.pem"
	exits 78 "certificates cannot be read" "a wrong --ca-file" fetch -d "$work/t" --ca-file "$work/nothing.pem"
	kill $server 2>/dev/null
	wait $server 2>/dev/null
	cd "$root" || exit 1
else
	echo "skipped: TLS (no openssl)"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
