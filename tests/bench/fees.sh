#!/bin/sh
# bench/fees.sh SUPPLIERS SEED: rows a CPU second of stages ingest to score, of suppliers
# alone and of the fee rows that are added (3 a supplier, pseudonymised, joined, read by
# worker), and of the report where every payment has a recruiter of its own, at 20 and at 200
# payments a supplier: its cost an entity should not grow with them.
# One machine and hour: the lines compare with each other only.
set -eu
n=$1 seed=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$GEN" "$work" "$n" "$seed"
run() { # options...: CPU seconds up to the score
	"$MANUMIT" screen "$work/suppliers.csv" --as-of 2026-11-01 --no-shipped-lists --dossiers none \
		-f -o "$work/out" --stats "$@" | awk '/s cpu/ && $1 != "report" { cpu += $8 } END { print cpu }'
}
alone=$(run)
both=$(run --fees "$work/fees.csv")
awk -v n="$n" -v a="$alone" -v b="$both" 'BEGIN {
	printf "suppliers %d: %.2f s cpu, %.0f rows a CPU second\n", n, a, n / a
	printf "fee rows %d: %.2f s cpu more, %.0f rows a CPU second\n", 3 * n, b - a, 3 * n / (b - a)
}'
own() { # payments a supplier: CPU seconds of the report, entities
	head -n $((n / $1 + 1)) "$work/suppliers.csv" >"$work/few.csv"
	awk -F, -v k="$1" 'NR == FNR { if (FNR > 1) id[++s] = $1; next }
		END { print "entity,recruiter,worker,origin,destination,category,amount,currency,paid_by,paid_on,wage"
			for (i = 1; i <= s; i++) for (j = 0; j < k; j++)
				printf "%s,Own Recruiter %d of Town %d,W%d,Nepal,Malaysia,service charge,%d,MYR,worker,2025-09-04,1500\n", id[i], i * k + j, j % 97, i * k + j, 700 + j }' \
		"$work/few.csv" "$work/few.csv" >"$work/own.csv"
	"$MANUMIT" screen "$work/few.csv" --fees "$work/own.csv" --as-of 2026-11-01 --no-shipped-lists --dossiers none \
		-f -o "$work/out" --stats | awk -v k="$1" '/s cpu/ && $1 == "report" {
			printf "report, %d recruiters a supplier: %d entities, %.2f s cpu, %.0f entities a CPU second\n", k, $2, $8, $2 / $8 }'
}
own 20
own 200
