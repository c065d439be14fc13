#!/bin/sh
# However many threads work, every byte is the same: names of several scripts, more rows
# than one lot holds, rows that cannot be asked about between the others. All names are
# invented. MANUMIT names the binary. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"

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
# Reading: a table of many lots with what goes wrong in tables, in the cage and without it.
awk 'BEGIN {
	print "id,name,country,address,workers"
	for (i = 0; i < 12000; i++) {
		if (i % 97 == 0) printf "%d,\"Two\nlines \"\"%d\"\" Ltd\",DE,,x\n", i, i
		else if (i % 101 == 0) print ",,no name,"
		else if (i % 103 == 0) printf "%d,\"a\"b,DE,damage,1\n", i
		else if (i == 5000) print "\"never closed,DE"
		else if (i % 107 == 0) print ""
		else printf "%d,Quiet Harbour %d,%s,\"%d, Long Shore\",%d\n", i, i, i % 89 ? "Viet Nam" : "Atlantis", i, i % 977
	}
}' >"$work/messy.csv"
"$bin" check -v "$work/messy.csv" -j 1 --no-sandbox >"$work/read1"
ok $? "check with one thread"
[ "$(grep -c ROW_QUOTE "$work/read1")" -gt 100 ]
ok $? "damage is told"
for j in 1 2 7; do
	"$bin" check -v "$work/messy.csv" -j $j | cmp -s - "$work/read1"
	ok $? "check: the bytes of $j threads in the cage"
	"$bin" check -v "$work/messy.csv" -j $j --no-sandbox | cmp -s - "$work/read1"
	ok $? "check: the bytes of $j threads"
done
"$bin" screen "$work/rows.csv" --watchlist "$work/list.csv" --as-of 2026-11-01 -o "$work/out0" -j 2 --no-sandbox >/dev/null 2>"$work/err"
ok $? "screen without a sandbox"
diff -r "$work/out1" "$work/out0" >/dev/null
ok $? "screen: the bytes without a sandbox"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
