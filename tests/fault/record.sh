#!/bin/sh
# `manumit record` that is killed, or meets a full disk: a file is in the store as a whole or not
# at all, and the journal tells exactly of what is there. All names are invented.
# MANUMIT names the binary. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/../cases/common.sh"
mounted=
trap '[ -z "$mounted" ] || umount "$work/small"; rm -rf "$work"' EXIT
ROWS=1000

awk 'BEGIN { print "id,name,country"; for (i = 0; i < 50; i++) printf "K%d,Killdeer Works %d,BD\n", i, i }' >"$work/s.csv"
screen() { # store
	"$bin" screen "$work/s.csv" -d "$1" -o "$work/out" --as-of 2026-11-01 --no-shipped-lists -f -q --dossiers none
}
visits() { # round: a file of which nothing is recorded yet
	awk -v n=$ROWS -v round="$1" 'BEGIN { print "entity,date,activity,reference,done_by,note"
		for (i = 0; i < n; i++) printf "K%d,2026-10-%02d,visit,round %s visit %d,buyer,a remark of some length about what was seen there\n", i % 50, 1 + i % 28, round, i }' >"$work/v.csv"
}
recorded() { # store: rows that the journal tells of
	"$bin" audit show -d "$1" | grep -c ' record '
}
whole() { # store: all or nothing, and the journal agrees with what is stored
	"$bin" audit verify -d "$1" >"$work/log" 2>&1 || { cat "$work/log"; return 1; }
	n=$(recorded "$1")
	[ $((n % ROWS)) = 0 ] || { echo "$n records"; return 1; }
}

# ---- kill -9 ----
screen "$work/store" || exit 1
visits 0
started=$(date +%s%N)
"$bin" record "$work/v.csv" -d "$work/store" --as-of 2026-11-01 --by test >/dev/null
full=$(( ($(date +%s%N) - started) / 1000000 ))
[ "$(recorded "$work/store")" = $ROWS ]
ok $? "the first file is recorded"
bad=0 killed=0
for i in 1 2 3 4 5 6; do
	visits $i
	"$bin" record "$work/v.csv" -d "$work/store" --as-of 2026-11-01 --by test >/dev/null 2>&1 &
	pid=$!
	ms=$((full * i / 6))
	sleep "$((ms / 1000)).$(printf %03d $((ms % 1000)))"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	[ $? = 137 ] && killed=$((killed + 1))
	whole "$work/store" || bad=$((bad + 1))
done
ok $bad "kill -9 at six moments: each file whole or not at all, the journal intact"
[ $killed -ge 2 ]
ok $? "at least two of the kills met one at work, not $killed"
before=$(recorded "$work/store")
"$bin" record "$work/v.csv" -d "$work/store" --as-of 2026-11-01 --by test >/dev/null && whole "$work/store"
ok $? "the same file again after the kills"
after=$(recorded "$work/store")
[ "$after" = "$before" ] || [ "$after" = $((before + ROWS)) ]
ok $? "adds what was not there, and nothing twice"
screen "$work/store" && [ -z "$(find "$work/store" -name '*.building')" ]
ok $? "and a run reads it"

# ---- no room ----
# A limit on file size acts like a full disk where nothing can be mounted.
visits 9
size=$(stat -c %s "$work/store/state.mdb") before=$(recorded "$work/store")
(
	ulimit -f $((size / 512 + 16))
	trap '' XFSZ
	"$bin" record "$work/v.csv" -d "$work/store" --as-of 2026-11-01 --by test >"$work/log" 2>&1
)
status=$?
[ $status = 74 ] || [ $status = 75 ]
ok $? "file size limit: exit 74 or 75, was $status"
whole "$work/store" && [ "$(recorded "$work/store")" = "$before" ]
ok $? "nothing of the file is in the store"
"$bin" record "$work/v.csv" -d "$work/store" --as-of 2026-11-01 --by test >/dev/null && whole "$work/store" &&
	[ "$(recorded "$work/store")" = $((before + ROWS)) ]
ok $? "with room it is recorded"

mkdir "$work/small"
if mount -t tmpfs -o size=16m tmpfs "$work/small" 2>/dev/null; then
	mounted=1
	screen "$work/small/store"
	# What is left over is less than the file takes.
	room=$(df -Pk "$work/small" | awk 'NR == 2 { print $4 }')
	dd if=/dev/zero of="$work/small/ballast" bs=1024 count=$((room - 60)) 2>/dev/null
	"$bin" record "$work/v.csv" -d "$work/small/store" --as-of 2026-11-01 --by test >"$work/log" 2>&1
	status=$?
	[ $status = 75 ] && grep -qi 'no space' "$work/log"
	ok $? "full disk: exit 75 with its reason, was $status: $(head -n 1 "$work/log")"
	whole "$work/small/store" && [ "$(recorded "$work/small/store")" = 0 ]
	ok $? "full disk: nothing half-written, the journal intact"
	rm "$work/small/ballast"
	"$bin" record "$work/v.csv" -d "$work/small/store" --as-of 2026-11-01 --by test >/dev/null && whole "$work/small/store" &&
		[ "$(recorded "$work/small/store")" = $ROWS ]
	ok $? "with room again it is recorded"
	umount "$work/small" && mounted=
else
	echo "skipped: full disk (cannot mount here)"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
