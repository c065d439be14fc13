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
	-o "$work/out" --stats | tee "$work/log"
ms=$((($(date +%s%N) - started) / 1000000))
awk -v n="$n" -v ms="$ms" '
	/s cpu/ { cpu += $6; if ($9 > anon) anon = $9; if ($1 == "score") score = $6 }
	END {
		printf "end to end %.2f s wall, %.2f s cpu\n", ms / 1000, cpu
		printf "score stage: %.0f entities per CPU second\n", (score > 0 ? n / score : 0)
		printf "peak anonymous memory at stage ends: %.0f MiB\n", anon / 1024
	}' "$work/log"
echo "store $(du -sm "$work/out/store" | cut -f1) MiB, results.jsonl $(du -m "$work/out/results.jsonl" | cut -f1) MiB"
