#!/bin/sh
# Runs that are killed, and disks that are full. After each the last generation and the last
# reports stand, and the next run is clean. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/../cases/common.sh"
mounted=
trap '[ -z "$mounted" ] || umount "$work/small"; rm -rf "$work"' EXIT

# A list large enough to be caught in the middle.
awk 'BEGIN { print "id,name,country,sector"; for (i = 0; i < 20000; i++) printf "K%d,Killdeer Works %d,BD,textile\n", i, i }' >"$work/s.csv"
job="screen $work/s.csv -d $work/store -o $work/out --as-of 2026-11-01 -f -q --dossiers none"
# Started without a function in between, so that a kill reaches the program itself.
run() { "$bin" $job; }
run
ok $? "the first run"
before=$(sha256sum <"$work/out/results.jsonl")
started=$(date +%s%N)
run
full=$(( ($(date +%s%N) - started) / 1000000 ))

# kill -9 at twelve moments spread over the length of a run.
bad=0 killed=0
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	"$bin" $job >/dev/null 2>&1 &
	pid=$!
	ms=$((full * i / 12))
	sleep "$((ms / 1000)).$(printf %03d $((ms % 1000)))"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	[ $? = 137 ] && killed=$((killed + 1))
	number=$(cat "$work/store/current")
	[ -e "$work/store/gen/$number.mdb" ] && [ "$(sha256sum <"$work/out/results.jsonl")" = "$before" ] &&
		"$bin" explain K7 -d "$work/store" >/dev/null 2>&1 || bad=$((bad + 1))
done
ok $bad "kill -9 at twelve moments leaves the last generation and reports readable"
[ $killed -ge 6 ]
ok $? "at least six of the kills met a run in progress, not $killed"
run
ok $? "the run after the kills"
[ "$(sha256sum <"$work/out/results.jsonl")" = "$before" ] && [ -z "$(find "$work/store" -name '*.building')" ] && [ ! -e "$work/out.tmp" ]
ok $? "nothing of the dead runs is left"

# kill -9 while decisions are recorded: the file is in the store as a whole or not at all.
printf 'list,name,country\n' >"$work/w.csv"
awk 'BEGIN { for (i = 0; i < 3000; i++) printf "Own,Killdeer Works %d,BD\n", i }' >>"$work/w.csv"
"$bin" screen "$work/s.csv" --watchlist "$work/w.csv" -d "$work/decided" -o "$work/d" -q --dossiers none
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = NF - i } NR > 1 { n = NF; $(n - c["decision"]) = "different"; $(n - c["reason"]) = "r" } { print }' \
	"$work/d/review.csv" >"$work/filled.csv"
bad=0
for i in 1 2 3 4 5 6 7 8 9 10; do
	"$bin" decide --from "$work/filled.csv" --by "round $i" -d "$work/decided" -f >/dev/null 2>&1 &
	pid=$!
	sleep "0.$(printf %03d $((i * 12)))"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	"$bin" audit verify -d "$work/decided" >"$work/log" 2>&1 || { cat "$work/log"; bad=$((bad + 1)); }
	n=$("$bin" audit show -d "$work/decided" | grep -c ' decision round ')
	[ $((n % 3000)) = 0 ] || { echo "$n records"; bad=$((bad + 1)); }
done
ok $bad "kill -9 at ten moments of decide leaves the journal whole and the file all or nothing"
"$bin" decide --from "$work/filled.csv" -d "$work/decided" -q && "$bin" audit verify -d "$work/decided" -q
ok $? "decide after the kills"

# A second run while one holds the store.
"$bin" $job >/dev/null 2>&1 &
pid=$!
sleep 0.05
"$bin" screen "$work/s.csv" -d "$work/store" -o "$work/other" -q >"$work/log" 2>&1
status=$?
wait $pid
{ [ $status = 75 ] && grep -q 'another run' "$work/log"; } || [ $status = 0 ]
ok $? "a second run on one store waits its turn: exit 75"

# Unreadable input (root reads everything, so only for others).
if [ "$(id -u)" != 0 ]; then
	cp "$work/s.csv" "$work/secret.csv" && chmod 000 "$work/secret.csv"
	"$bin" screen "$work/secret.csv" -o "$work/x" -q >"$work/log" 2>&1
	[ $? = 77 ]
	ok $? "unreadable file: exit 77"
else
	echo "skipped: unreadable file (running as root)"
fi

# A limit on file size acts like a full disk where nothing can be mounted.
(
	ulimit -f 2000
	trap '' XFSZ
	"$bin" screen "$work/s.csv" -d "$work/store2" -o "$work/full" -q --dossiers none >"$work/log" 2>&1
)
status=$?
[ $status = 75 ] || [ $status = 74 ]
ok $? "file size limit: exit 75 or 74, was $status"
[ ! -e "$work/full" ] && [ ! -e "$work/store2/current" ]
ok $? "file size limit: nothing published"
mkdir "$work/small"
if mount -t tmpfs -o size=3m tmpfs "$work/small" 2>/dev/null; then
	mounted=1
	"$bin" screen "$work/s.csv" -o "$work/small/out" -q --dossiers none >"$work/log" 2>&1
	status=$?
	[ $status = 75 ] && grep -qi 'no space' "$work/log"
	ok $? "full disk: exit 75 with its reason, was $status: $(head -n 1 "$work/log")"
	[ ! -e "$work/small/out" ]
	ok $? "full disk: nothing published"
	umount "$work/small" && mounted=
	# Disks that end while the workbook is written; its library would not notice.
	head -n 2001 "$work/s.csv" >"$work/few.csv"
	bad=0 met=0
	for mib in 22 26 30 34 38 42 46; do
		mount -t tmpfs -o size=${mib}m tmpfs "$work/small" || break
		mounted=1
		"$bin" screen "$work/few.csv" -o "$work/small/out" -q --dossiers none >"$work/log" 2>&1
		status=$?
		if [ $status = 75 ] && [ ! -e "$work/small/out" ] && grep -qi 'no space' "$work/log"; then
			grep -q 'results.xlsx' "$work/log" && met=$((met + 1))
		elif [ $status != 0 ]; then
			bad=$((bad + 1))
		fi
		umount "$work/small" && mounted=
	done
	[ $bad = 0 ] && [ $met -ge 2 ]
	ok $? "disks that are full within the workbook: exit 75, nothing published ($met met it, $bad went wrong)"
else
	echo "skipped: full disk (cannot mount here)"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
