#!/bin/sh
# bench/run.sh SUPPLIERS SEED: one run on generated data; rows, wall and CPU seconds and
# anonymous memory per stage, then totals. Figures of different machines or hours do not
# compare; run what is to be compared side by side.
set -eu
n=$1 seed=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$GEN" "$work" "$n" "$seed"
echo "suppliers $n, fees $((3 * n)), inspections $((2 * n)), findings $((n / 10)), list entries $((n / 50)), seed $seed"
started=$(date +%s%N)
"$MANUMIT" screen "$work/suppliers.csv" --fees "$work/fees.csv" --inspections "$work/inspections.csv" \
	--findings "$work/findings.csv" --watchlist "$work/watchlist.csv" --as-of 2026-11-01 \
	-o "$work/out" --stats >"$work/log" &
pid=$!
# The system keeps no peak of anonymous memory, so it is sampled while the program runs.
peak=0
while kill -0 $pid 2>/dev/null; do
	now=$(sed -n 's/^RssAnon:[^0-9]*\([0-9]*\).*/\1/p' /proc/$pid/status 2>/dev/null || true)
	[ "${now:-0}" -le "$peak" ] || peak=$now
	sleep 0.02
done
wait $pid
cat "$work/log"
ms=$((($(date +%s%N) - started) / 1000000))
awk -v n="$n" -v ms="$ms" -v peak="$peak" '
	/s cpu/ { cpu += $8; if ($1 == "score") score = $8 }
	END {
		printf "end to end %.2f s wall, %.2f s cpu\n", ms / 1000, cpu
		printf "score stage: %.0f entities per CPU second\n", (score > 0 ? n / score : 0)
		printf "peak anonymous memory, sampled every 20 ms: %.0f MiB\n", peak / 1024
	}' "$work/log"
echo "store $(du -sm "$work/out/store" | cut -f1) MiB, results.jsonl $(du -m "$work/out/results.jsonl" | cut -f1) MiB"
