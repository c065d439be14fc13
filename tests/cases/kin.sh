#!/bin/sh
# Entities that become one between two runs, or two, or get another id: `diff` tells that, and
# neither that somebody is gone nor that somebody is new. All companies are invented.
# MANUMIT names the program.
set -u
. "$(dirname "$0")/common.sh"
screen() {
	"$bin" screen "$work/s.csv" --findings "$work/f.csv" --no-shipped-lists --as-of 2026-03-01 -d "$work/store" -f -q \
		-o "$work/r" --dossiers none >"$work/log" 2>&1 || { cat "$work/log"; return 1; }
}
differs() { # what the comparison with the run before says
	screen && "$bin" diff -d "$work/store" >"$work/diff" 2>&1 || cat "$work/diff"
}
json() { # the same for programs, and what has to be in it
	"$bin" diff --json -d "$work/store" >"$work/j" 2>&1
	grep -q -- "$1" "$work/j" || { head -n 5 "$work/j"; return 1; }
}
says() { grep -qF -- "$1" "$work/diff" || { cat "$work/diff"; return 1; }; }
rows() { # registrations of A1, A2
	printf 'id,name,country,tax_id,workers\nA1,Amberfen Gloves Ltd (invented),BD,%s,100\nA2,Ashdale Mittens (invented),BD,%s,40\nB2,Birchlea Works (invented),DE,,50\n' "$1" "$2" >"$work/s.csv"
}
printf 'entity,indicator,direction,strength,source_class,date,status,reference\nA1,I07,adverse,strong,inspectorate,2026-01-10,open,report 1\nA2,I08,adverse,medium,inspectorate,2026-01-11,open,report 2\n' >"$work/f.csv"

rows 1111111 2222222
screen
rows 1111111 1111111
differs
says "0 new, 0 gone, 1 united with others, 0 split off" && says "now one with" && json '"kind":"united".*"united_with":{"id":"[0-9a-f]*","source_id":"A'
ok $? "two that get one registration are united, and nobody is gone"
grep -q '"kind":"changed"' "$work/j" && says "evidence new: I0"
ok $? "who they are now is told with the evidence that came along"
grep -q '"type":"trailer".*"new":0,"gone":0,"united":1,"split":0' "$work/j"
ok $? "the trailer counts it"
rows 1111111 2222222
differs
says "0 new, 0 gone, 0 united with others, 1 split off" && says "split from" && json '"kind":"split".*"split_from"'
ok $? "and two again: split off, and nobody is new"

# Only the registration changes, and with it the id.
rows 1111111 3333333
differs
says "0 new, 0 gone; of"
ok $? "another registration of the same row: the same supplier under another id"
printf 'A2,I09,adverse,strong,inspectorate,2026-02-11,open,report 3\n' >>"$work/f.csv"
rows 1111111 4444444
differs
says "0 new, 0 gone; of" && says "evidence new: I09" && json '"kind":"changed","was_id":"[0-9a-f]*"'
ok $? "what changed meanwhile is told of it"

# A person decides, and withdraws it.
"$bin" decide A1 B2 --same --by compliance --reason "one owner" -d "$work/store" --as-of 2026-03-01 >"$work/out" 2>&1 || cat "$work/out"
differs
says "0 new, 0 gone, 1 united with others"
ok $? "united by a decision"
"$bin" decide A1 B2 --different --by compliance --reason "a mistake" -d "$work/store" --as-of 2026-03-01 -f >"$work/out" 2>&1 || cat "$work/out"
differs
says "0 new, 0 gone, 0 united with others, 1 split off"
ok $? "and split by another"

# Without ids of the user the name is what is shared.
printf 'name,country,tax_id\nCinderwold Dairy (invented),FR,5555555\nDunmore Tiles (invented),FR,6666666\n' >"$work/s.csv"
differs
says "2 new, 3 gone"
ok $? "others are new, and who was there is gone"
sed -i 's/5555555/7777777/' "$work/s.csv"
differs
says "0 new, 0 gone; of"
ok $? "the same name under another id"
sed -i 's/Dunmore Tiles (invented),FR,6666666/Elmbury Bricks (invented),FR,8888888/' "$work/s.csv"
differs
says "1 new, 1 gone"
ok $? "another name and another registration are another supplier"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
