#!/bin/sh
# However many threads work, every byte is the same: names of several scripts, more rows
# than one lot holds, rows that cannot be asked about between the others. All names are
# invented. MANUMIT names the binary. Ends with "N passed, N failed".
set -u
bin=$(cd "$(dirname "$MANUMIT")" && pwd)/$(basename "$MANUMIT")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
ok() { # condition's status, name
	if [ "$1" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $2"; fi
}

awk -v list="$work/list.csv" -v rows="$work/rows.csv" 'BEGIN {
	split("Velmora Quandry Pellworth Nordhalvik Kestrelmoor Ostrava Belgrim Tarkwell Вельмора Пелворт 红云 金桥 ولمورا เวลโมรา", a, " ")
	split("Textile Dairy Gloves Weaving Cotton Garments Foods Steel", b, " ")
	split("BD CN TR PK VN RU TH EG", c, " ")
	print "list,id,name,aliases,country,address" >list
	print "id,name,country,address" >rows
	for (i = 0; i < 700; i++) {
		n = a[i % 14 + 1] " " b[int(i / 14) % 8 + 1] " " int(i / 112) + 1
		printf "Own list,L%d,%s Co. Ltd.,%s %s,%s,\"%d Mill Road\"\n", i, n, a[(i * 5) % 14 + 1], b[i % 8 + 1], c[i % 8 + 1], i % 40 >list
		printf "%04d,%s,%s,\"%d Mill Rd\"\n", i, i % 50 == 49 ? "" : n, c[(i * 3) % 8 + 1], i % 40 >rows
	}
}'
for j in 1 2 7; do
	"$bin" match --names "$work/rows.csv" --watchlist "$work/list.csv" --top 3 -j $j >"$work/match$j" 2>"$work/err$j"
	ok $? "match with $j threads"
	"$bin" screen "$work/rows.csv" --watchlist "$work/list.csv" --as-of 2026-11-01 -o "$work/out$j" -j $j >/dev/null 2>"$work/err$j"
	ok $? "screen with $j threads"
done
[ "$(cut -d, -f1 "$work/match1" | sort -u | wc -l)" = 701 ]
ok $? "every row has its lines"
grep -q '^51,,,,0,0.0000,-,,,,,,,,,not used: no name$' "$work/match1"
ok $? "a row without a name says so in its place"
for j in 2 7; do
	cmp -s "$work/match1" "$work/match$j"
	ok $? "match: the bytes of $j threads"
	diff -r "$work/out1" "$work/out$j" >/dev/null
	ok $? "screen: the bytes of $j threads"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
