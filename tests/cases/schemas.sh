#!/bin/sh
# What the program says to other programs keeps the schemas of examples/schema. Strictly: a
# member that a schema does not describe is a fault. KEEPS names the program that compares,
# MANUMIT the program. All companies are invented.
set -u
. "$(dirname "$0")/common.sh"
keeps=$(cd "$(dirname "$KEEPS")" && pwd)/$(basename "$KEEPS")
ex=$root/examples
cd "$root" || exit 1
kept() { # schema, file, values at least, what
	n=$("$keeps" "$1" "$2")
	[ $? = 0 ] && [ "$n" -ge "$3" ]
	ok $? "$4"
}
# --- a portfolio, and the same with rows gone, come, united and decided ---
screen() { "$bin" screen --as-of "$1" -d "$work/store" -f -q -o "$work/r" "$2" --fees "$ex/fees.csv" --findings "$3" --watchlist "$ex/watchlist.csv" || exit 1; }
screen 2026-11-01 "$ex/suppliers.csv" "$ex/findings.csv"
kept results "$work/r/results.jsonl" 5 "results.jsonl"
kept manifest "$work/r/manifest.json" 1 "manifest.json"
{ head -n 9 "$ex/suppliers.csv"; echo "N1,Newly Found Works (invented),BD"; } >"$work/s.csv"
head -n 6 "$ex/findings.csv" >"$work/f.csv"
screen 2026-11-09 "$work/s.csv" "$work/f.csv"
"$bin" diff -d "$work/store" --json >"$work/diff"
kept diff "$work/diff" 4 "diff --json"
for kind in changed new gone; do
	grep -q "\"kind\":\"$kind\"" "$work/diff"
	ok $? "in which something is $kind"
done
"$bin" explain N1 -d "$work/store" --json >"$work/explain"
kept explain "$work/explain" 1 "explain --json"
"$bin" statement --law uk -d "$work/store" -o "$work/statement" >"$work/out"
kept registry "$work/statement/registry.json" 1 "registry.json"

# --- names, files, orders ---
for name in "Yunque Lantern Cotton Textile" "Lantern Cotton" "Nobody At All"; do
	"$bin" match "$name" --watchlist "$ex/watchlist.csv" --json >"$work/match"
	kept match "$work/match" 1 "match --json: $name"
done
printf 'name;country;spend;when\nA (invented);BD;1.234,50;31.12.2025\nB (invented);Atlantis;x;32.12.2025\n;;;\n' >"$work/odd.csv"
"$bin" check "$ex/suppliers.csv" "$ex/fees.csv" "$ex/inspections.csv" "$ex/findings.csv" "$ex/watchlist.csv" "$work/odd.csv" --json >"$work/check"
kept check "$work/check" 6 "check --json"
{
	echo 'entity,authority,opened,outcome,selection'
	for i in 1 2 3 4 5 6 7 8 9; do echo "E$i,Example Inspectorate,2026-11-1$i,violation,random"; done
	for i in 10 11 12 13 14 15 16 17 18 19 20 21 22; do echo "E$i,Example Inspectorate,2026-11-$i,none,random"; done
} >"$work/later.csv"
awk 'BEGIN { print "id,name,country"; for (i = 1; i < 24; i++) print "E" i ",Invented Works " i ",GB" }' >"$work/sites.csv"
"$bin" screen "$work/sites.csv" --inspections "$work/later.csv" --as-of 2026-11-01 -d "$work/test" -f -q -o "$work/t" &&
	"$bin" backtest --split 2026-11-01 -d "$work/test" --json >"$work/backtest"
kept backtest "$work/backtest" 1 "backtest --json"

# --- and the comparison can fail ---
sed 's/"type": *"header"/&,"extra":1/' "$work/diff" >"$work/bad"
! "$keeps" diff "$work/bad" >"$work/out" 2>&1 && grep -q "extra: not described" "$work/out"
ok $? "a member that is not described is a fault"
sed 's/"kind":"gone"/"kind":"went"/' "$work/diff" >"$work/bad"
! "$keeps" diff "$work/bad" >"$work/out" 2>&1
ok $? "and a word that is not one of those listed"
echo "schemas: $passed passed, $failed failed"
[ $failed = 0 ]
