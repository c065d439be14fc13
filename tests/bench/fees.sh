#!/bin/sh
# bench/fees.sh SUPPLIERS SEED: rows a CPU second of stages ingest to score, of suppliers
# alone and of the fee rows that are added (3 a supplier, pseudonymised, joined, read by
# worker). One machine and hour: the two lines compare with each other only.
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
