#!/bin/sh
# The night as an administrator meets it: a configuration that is checked, paths beside it,
# an inbox, hooks that are called when something changed and only then, a log, metrics,
# generations that are kept and not more. All companies are invented.
# MANUMIT names the program.
set -u
. "$(dirname "$0")/common.sh"
run() { # exit status wanted, text wanted, name, more arguments...
	want=$1 text=$2 name=$3
	shift 3
	"$bin" run "$work/c/night.json" "$@" >"$work/out" 2>&1 </dev/null
	got=$?
	[ "$got" = "$want" ] && { [ -z "$text" ] || grep -qF -- "$text" "$work/out"; }
	r=$?
	[ "$r" = 0 ] || { echo "  exit $got (wanted $want): $(head -n 5 "$work/out")"; }
	ok $r "$name"
}
config() { # more members
	cat >"$work/c/night.json" <<END
{"data-dir": "store", "keep": 3, "inbox": "inbox", "metrics": "m/manumit.prom", "log": "log.jsonl",
 "on-change": "sh hook.sh", "on-failure": "sh hook.sh"$1,
 "screen": {"output": "report", "suppliers": ["s.csv"], "watchlist": "w.csv", "no-shipped-lists": true}}
END
}

mkdir -p "$work/c/inbox" "$work/c/m"
printf 'echo "$MANUMIT_OUTCOME $MANUMIT_STATUS $MANUMIT_CHANGED up $MANUMIT_BANDS_UP gen $MANUMIT_GENERATION $MANUMIT_REPORT" >>hooks.txt\n' >"$work/c/hook.sh"
printf 'id,name,country,workers\nA1,Amberfen Gloves Ltd (invented),BD,100\nB2,Birchlea Works (invented),DE,50\n' >"$work/c/s.csv"
printf 'list,id,name,country\nOwn list,L1,Hazelmoor Packing (invented),FR\n' >"$work/c/w.csv"
config ""
run 0 "the first of this store" "the first night" --as-of 2026-11-01
[ -f "$work/c/report/index.html" ] && [ ! -e "$work/c/hooks.txt" ] && [ ! -e "$work/c/report/diff.txt" ]
ok $? "the report lies beside the configuration; the first night calls no hook"
grep -q '^manumit_generation 1$' "$work/c/m/manumit.prom" && grep -q '^manumit_last_run_published 1$' "$work/c/m/manumit.prom"
ok $? "metrics"
run 0 "nothing changed since generation 1" "a night without news" --as-of 2026-11-02
[ ! -e "$work/c/hooks.txt" ]
ok $? "is quiet"
printf 'entity,indicator,direction,strength,source_class,date,status,reference\nA1,I07,adverse,strong,inspectorate,2026-10-10,open,report 1\n' >"$work/c/inbox/findings-october.csv"
echo x >"$work/c/inbox/notes.txt"
echo x >"$work/c/inbox/.~lock.findings.csv#"
run 0 "changed: 1 (1 bands up" "a finding arrives in the inbox" --as-of 2026-11-03
grep -qF "inbox/notes.txt is not used" "$work/out" && ! grep -q '~lock' "$work/out"
ok $? "what says not what it is is named, what is not finished is passed over"
[ "$(cat "$work/c/hooks.txt" 2>/dev/null)" = "changed 0 1 up 1 gen 3 report" ]
ok $? "and the hook is called"
grep -qF "evidence new: I07" "$work/c/report/diff.txt" && grep -qF '"cause":"input"' "$work/c/report/diff.jsonl" && grep -qF "A1," "$work/c/report/diff.csv"
ok $? "the report tells what changed, in three formats"
for day in 4 5 6; do "$bin" run "$work/c/night.json" -q --as-of 2026-11-0$day >"$work/out" 2>&1 || cat "$work/out"; done
[ "$(ls "$work/c/store/gen" | grep -c 'mdb$')" = 3 ] && "$bin" diff 4 6 -d "$work/c/store" >/dev/null
ok $? "three generations are kept, and can be compared"
[ "$(wc -l <"$work/c/log.jsonl")" = 6 ] && grep -q '"generation":6.*"changed":0' "$work/c/log.jsonl"
ok $? "a line in the log for each"

mv "$work/c/s.csv" "$work/c/away"
run 66 "nothing was published" "a file is missing: 66"
tail -n 1 "$work/c/hooks.txt" | grep -q "^failed 66" && tail -n 1 "$work/c/log.jsonl" | grep -q '"status":66.*"published":false' &&
	grep -q '^manumit_last_run_published 0$' "$work/c/m/manumit.prom" && [ -f "$work/c/report/index.html" ]
ok $? "hook, log and metrics say so, and the last report stands"
mv "$work/c/away" "$work/c/s.csv"
config ', "fetch": {"offline": "nowhere", "sources": ["us-csl"]}'
run 69 "nothing was published" "a list that cannot be had, without an older copy: 69"
config ', "keeep": 3'
run 78 'unknown member "keeep" (did you mean keep?)' "a slip in the configuration: 78"
config ""
sed -i 's/"watchlist"/"wachlist"/' "$work/c/night.json"
run 78 "did you mean watchlist?" "a slip in a section: 78"
echo '{"data-dir": "store", "screen": {"suppliers": "s.csv"}}' >"$work/c/night.json"
run 78 '"output" is missing' "no output: 78"
echo '{"data-dir": "store"' >"$work/c/night.json"
run 78 "night.json:2" "no JSON: 78, with the place"
config ""
if command -v flock >/dev/null; then
	flock "$work/c/store/night.lock" sh -c '"$0" run "$1" >"$2" 2>&1; echo $? >"$2.rc"' "$bin" "$work/c/night.json" "$work/out"
	[ "$(cat "$work/out.rc")" = 75 ]
	ok $? "two nights at once: the second is told to come again, 75"
fi
run 0 "" "and after all that the night works" --as-of 2026-11-08

ex=$root/examples/night
if command -v systemd-analyze >/dev/null && systemd-analyze security --help | grep -q offline; then
	systemd-analyze security --offline=true --no-pager --threshold=20 "$ex/manumit.service" >"$work/out" 2>&1
	ok $? "the unit that comes along is hardened: $(tail -n 1 "$work/out")"
else
	echo "skipped: hardening of the unit (no systemd-analyze)"
fi
mkdir "$work/e" && sed 's/{"sources"/{"offline": "nowhere", "sources"/' "$ex/night.json" >"$work/e/night.json" && cp "$work/c/s.csv" "$work/e/suppliers.csv"
"$bin" run "$work/e/night.json" >"$work/out" 2>&1 </dev/null
[ $? = 69 ]
ok $? "the configuration that comes along is read, and lacks its lists: 69"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
