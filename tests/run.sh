#!/bin/sh
# Runs each test program given; exit 1 when one fails. Output of passing programs is cut to
# their closing lines.
ok=0 bad=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for t in "$@"; do
	if "$t" >"$log" 2>&1; then
		ok=$((ok + 1))
		grep -E '^\[  (PASSED|SKIPPED)  \]' "$log" | sed "s|^|${t##*/}: |"
	else
		bad=$((bad + 1))
		echo "FAILED: $t"
		cat "$log"
	fi
done
echo "test programs: $ok passed, $bad failed"
[ "$bad" = 0 ]
