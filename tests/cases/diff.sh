#!/bin/sh
# Generations compared as users meet it: each of the causes alone is named alone, what the
# causes did adds up, and nothing is said where nothing changed. All companies are invented.
# MANUMIT names the program.
set -u
. "$(dirname "$0")/common.sh"
screen() { # as of, more options
	day=$1
	shift
	"$bin" screen "$work/s.csv" --watchlist "$work/w.csv" --findings "$work/f.csv" --no-shipped-lists \
		--as-of "$day" -d "$work/store" -f -q -o "$work/r" "$@" >"$work/log" 2>&1 || { cat "$work/log"; return 1; }
}
differs() { # what the comparison with the generation before says differs
	"$bin" diff -d "$work/store" >"$work/diff" 2>&1 || { cat "$work/diff"; return 1; }
	sed -n 's/^  what differs: //p' "$work/diff"
}
says() { grep -qF -- "$1" "$work/diff"; }

cat >"$work/s.csv" <<'END'
id,name,country,workers
A1,Amberfen Gloves Ltd (invented),BD,100
B2,Birchlea Works (invented),DE,50
END
cat >"$work/w.csv" <<'END'
list,id,name,country,listed_on,ended_on,reason
Own list,L1,Hazelmoor Packing (invented),FR,2024-01-01,,late wages
END
cat >"$work/f.csv" <<'END'
entity,indicator,direction,strength,source_class,date,status,reference
A1,I07,adverse,medium,inspectorate,2025-01-10,unknown,report 1
B2,I08,adverse,medium,inspectorate,2025-06-01,open,report 0
END
"$bin" diff -d "$work/store" >"$work/out" 2>&1
ok $((! $?)) "no store: an error"
screen 2026-01-01
"$bin" diff -d "$work/store" >"$work/out" 2>&1
[ $? = 66 ] && grep -q "none before it" "$work/out"
ok $? "the first generation has none before it: 66"

screen 2026-01-01
[ "$(differs)" = nothing ] && says "of 2 entities 0 changed" && [ "$(wc -l <"$work/diff")" = 3 ]
ok $? "the same again: nothing differs, and nothing else is said"

screen 2026-03-01
[ "$(differs)" = time ] && says "of 1 only the number moved"
ok $? "a later day: time alone, and a number that fades is only counted"

cat >>"$work/f.csv" <<'END'
A1,I09,adverse,strong,inspectorate,2026-02-10,open,report 2
END
screen 2026-03-01
[ "$(differs)" = input ] && says "A1: elevated -> high" && says "evidence new: I09 adverse strong, open" && says "(f.csv:4 indicator)"
ok $? "a new finding: input, with file and line"

sed 's/Hazelmoor Packing (invented),FR/Birchlea Works (invented),DE/' "$work/w.csv" >"$work/w2" && mv "$work/w2" "$work/w.csv"
screen 2026-03-01
[ "$(differs)" = data ] && says "gate: G-OWN no match -> possible (w.csv:2)" && says "B2: stays elevated"
ok $? "an entry of a list: data, and the gate beside the score"

"$bin" decide B2 L1 --same --by compliance --reason "same register number" -d "$work/store" --as-of 2026-03-01 >"$work/out" 2>&1 || cat "$work/out"
screen 2026-03-01
[ "$(differs)" = decision ] && says "by decision" && says "gate: G-OWN possible -> hit"
ok $? "a person's word: decision"

cat >"$work/t.json" <<'END'
{"tailoring": "ours", "reason": "a test", "author": "compliance", "date": "2026-03-01",
 "set": [{"section": "strengths", "code": "M", "member": "nats", "value": 1.0}]}
END
screen 2026-03-01 --tailor "$work/t.json"
[ "$(differs)" = pack ] && says "by pack     likelihood -" && says "B2: elevated -> unknown"
ok $? "another number of a pack: pack"

# Everything at once: what the causes did adds up to what changed.
cat >>"$work/f.csv" <<'END'
A1,I08,adverse,medium,worker_survey,2026-03-20,open,report 3
END
sed -i 's/late wages/late wages again/' "$work/w.csv"
screen 2026-05-01
[ "$(differs)" = "time, pack, data, input" ]
ok $? "all at once: all are named ($(differs))"
"$bin" diff --json -d "$work/store" >"$work/j" && awk '
	/"type":"entity"/ && /"kind":"changed"/ {
		n++; sum = 0
		line = $0; sub(/.*"causes":/, "", line); sub(/,"items".*/, "", line)
		while (match(line, /"likelihood":-?[0-9.]+/)) {
			sum += substr(line, RSTART + 13, RLENGTH - 13); line = substr(line, RSTART + RLENGTH)
		}
		match($0, /"was":\{[^}]*"likelihood":[0-9.]+/); a = substr($0, RSTART, RLENGTH); sub(/.*:/, "", a)
		match($0, /"now":\{[^}]*"likelihood":[0-9.]+/); b = substr($0, RSTART, RLENGTH); sub(/.*:/, "", b)
		d = b - a - sum
		if (d > 0.0002 || d < -0.0002) bad = 1
	}
	END { exit !(n >= 1 && !bad) }' "$work/j"
ok $? "the effects of the causes add up"
grep -q '"type":"trailer".*"program":false' "$work/j"
ok $? "the program is the same, and is not blamed"
[ "$(grep -c '"program":{"likelihood":0.000000' "$work/j")" = "$(grep -c '"kind":"changed"' "$work/j")" ]
ok $? "scoring again gives the stored cards"

echo "C3,Cinderwold Dairy (invented),FR,30" >>"$work/s.csv"
sed -i '/^B2/d' "$work/s.csv"
screen 2026-05-01
differs >/dev/null
says "C3: new, " && says "B2: no longer in the input" && says "1 new, 1 gone"
ok $? "who came and who went"
"$bin" diff 99 -d "$work/store" >"$work/out" 2>&1
ok $((! $?)) "a generation that is not there: an error"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
