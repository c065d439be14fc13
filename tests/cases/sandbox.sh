#!/bin/sh
# Files parsed in the sandbox and without it: the same bytes, for every file of the tests.
# Then doctor. MANUMIT names the binary. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"
# ---- the same with and without ----
cd "$root" || exit 1
# No file of the tests has a blank in its name. 200 a call: a run takes 256.
find examples indicators connectors tests README.md engine/README.md -type f | sort >"$work/files"
n=$(wc -l <"$work/files")
xargs -n 200 "$bin" check --json <"$work/files" >"$work/in.out" 2>"$work/in.err"
xargs -n 200 "$bin" check --json --no-sandbox <"$work/files" >"$work/out.out" 2>"$work/out.err"
cmp "$work/in.out" "$work/out.out" && cmp "$work/in.err" "$work/out.err"
ok $? "check gives the same for each of $n files"
[ "$(grep -c '"remarks":' "$work/in.out")" -ge 30 ]
ok $? "at least thirty of them are tables"
[ $n -ge 100 ]
ok $? "at least a hundred files were compared"
"$bin" check --json - <examples/fees.csv >"$work/in.out" && "$bin" check --json --no-sandbox - <examples/fees.csv | cmp -s - "$work/in.out"
ok $? "standard input"
(head -n 2 examples/fees.csv; sleep 0.3; tail -n +3 examples/fees.csv) | "$bin" check --json - | cmp -s - "$work/in.out"
ok $? "standard input of somebody slow"
"$bin" check - --json <"$work" >/dev/null 2>&1
[ $? = 66 ]
ok $? "a directory as standard input"

all="examples/suppliers.csv --fees examples/fees.csv --inspections examples/inspections.csv --findings examples/findings.csv
	--watchlist examples/watchlist.csv --watchlist examples/register.csv --as-of 2026-11-01 -q"
"$bin" screen $all -o "$work/a" && "$bin" screen $all -o "$work/b" --no-sandbox
ok $? "screen runs in both ways"
for f in results.jsonl issues.csv review.csv manifest.json index.html; do
	cmp -s "$work/a/$f" "$work/b/$f"
	ok $? "screen writes the same $f"
done
"$bin" match "Meghalata Stitchworks" --watchlist examples/watchlist.csv >"$work/1" 2>&1
"$bin" match "Meghalata Stitchworks" --watchlist examples/watchlist.csv --no-sandbox >"$work/2" 2>&1
cmp -s "$work/1" "$work/2"
ok $? "match prints the same"
"$bin" match --names examples/suppliers.csv --watchlist examples/watchlist.csv >"$work/1" 2>&1
"$bin" match --names examples/suppliers.csv --watchlist examples/watchlist.csv --no-sandbox >"$work/2" 2>&1
cmp -s "$work/1" "$work/2"
ok $? "match --names prints the same"

# ---- one file's trouble is its own ----
: >"$work/empty.csv"
"$bin" check "$work/empty.csv" examples/suppliers.csv >"$work/log" 2>"$work/err"
[ $? = 65 ] && grep -q '20 rows' "$work/log" && grep -q 'empty' "$work/err"
ok $? "check goes on with the next file"

# ---- doctor ----
"$bin" doctor >"$work/doctor"
ok $? "doctor finds what is needed"
grep -qE '^(ok|note|problem) +sandbox ' "$work/doctor" && ! grep -qvE '^(ok|note|problem) ' "$work/doctor"
ok $? "doctor says how it stands with each thing first"
for word in LMDB jansson ICU libsodium libcsv Landlock seccomp 'MiB available' 'MiB free' ilo-11 'known layouts'; do
	grep -qi "$word" "$work/doctor"
	ok $? "doctor speaks of $word"
done
"$bin" doctor --json | grep -qE '^\{"program":"manumit","version":"[^"]+","status":"(ok|note)","findings":\[\{"status":"ok","topic":"program",'
ok $? "doctor --json"
mkdir "$work/share"
"$bin" doctor --share "$work/share" >"$work/log"
[ $? = 78 ] && grep -q '^problem *packs' "$work/log" && grep -q '^problem *layouts' "$work/log"
ok $? "without its data: exit 78, and which"
"$bin" doctor -d "$work/nowhere" | grep -q '^note *disk .*not there yet'
ok $? "a store that is not there yet is a note"
"$bin" screen examples/suppliers.csv -d "$work/store" -o "$work/c" -q && "$bin" doctor -d "$work/store" | grep -q '^ok *store .*generation 1,'
ok $? "doctor reads a store"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
