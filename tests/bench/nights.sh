#!/bin/sh
# nights.sh [NIGHTS]: simulated nights with files, lists, numbers of packs and decisions that
# change. Each comparison's causes add up, each tenth generation is made again from its files
# with the same digest, the store does not grow. All companies are invented.
# MANUMIT names the program. Prints what happened and ends with "N passed, N failed".
set -u
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "$(dirname "$MANUMIT")" && pwd)/$(basename "$MANUMIT")
nights=${1:-30}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
passed=0 failed=0
ok() { if [ "$1" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $2"; fi; }

mkdir files
awk 'BEGIN { print "id,name,country,workers"; split("BD,MY,TH,IN,BR,DE,GB,TR,VN,NO", c, ",")
	for (i = 1; i <= 300; i++) printf "S%03d,Invented Works %s %d,%s,%d\n", i, substr("AlderBirchCedarDogwoodElm", i % 20 + 1, 6), i, c[i % 10 + 1], 20 + i * 7 % 400 }' >files/s.csv
echo 'entity,indicator,direction,strength,source_class,date,status,reference' >files/f.csv
echo 'list,id,name,country,listed_on,ended_on,reason' >files/w.csv
tailor=""
night=0 most=0
while [ $night -lt "$nights" ]; do
	night=$((night + 1))
	day=$(awk -v n=$night 'BEGIN { m = 9 + int((n - 1) / 28); printf "2026-%02d-%02d", m, (n - 1) % 28 + 1 }')
	what=""
	[ $((night % 3)) = 0 ] && what="$what input" && printf 'S%03d,I%02d,adverse,%s,inspectorate,2026-08-%02d,open,report %d\n' \
		$((night * 11 % 300 + 1)) $((night % 11 + 1)) "$([ $((night % 2)) = 0 ] && echo strong || echo medium)" $((night % 28 + 1)) $night >>files/f.csv
	[ $((night % 4)) = 0 ] && what="$what data" && sed -n "$((night * 7 % 300 + 2))p" files/s.csv |
		awk -F, -v n=$night '{ printf "Own list,L%d,%s,%s,2026-01-01,,found\n", n, $2, $3 }' >>files/w.csv
	if [ $((night % 7)) = 0 ] && [ $((night % 4)) != 0 ]; then
		what="$what decision"
		sid=$(sed -n "$(((night / 4 * 4) * 7 % 300 + 2))p" files/s.csv | cut -d, -f1)
		"$bin" decide "$sid" "L$((night / 4 * 4))" --different --by compliance --reason "another works" --as-of "$day" -d store >log 2>&1 || { cat log; ok 1 "decide in night $night"; }
	fi
	if [ $((night % 10)) = 5 ]; then
		what="$what pack"
		printf '{"tailoring": "ours", "reason": "night %d", "author": "compliance", "date": "2026-09-01", "set": [{"section": "strengths", "code": "M", "member": "nats", "value": 1.%d}]}\n' $night $((night % 9 + 1)) >files/t.json
		tailor=', "tailor": "files/t.json"'
	fi
	cat >night.json <<END
{"data-dir": "store", "keep": 5, "screen": {"output": "report", "dossiers": "none", "as-of": "$day",
 "suppliers": "files/s.csv", "findings": "files/f.csv", "watchlist": "files/w.csv", "no-shipped-lists": true$tailor}}
END
	"$bin" run -q night.json >log 2>&1 || { cat log; ok 1 "night $night"; continue; }
	bytes=$(du -sk store | cut -f1)
	[ "$bytes" -gt "$most" ] && most=$bytes
	if [ $night -gt 1 ]; then
		awk '/"kind":"changed"/ {
			n++; sum = 0; line = $0; sub(/.*"causes":/, "", line); sub(/,"items".*/, "", line)
			while (match(line, /"likelihood":-?[0-9.]+/)) { sum += substr(line, RSTART + 13, RLENGTH - 13); line = substr(line, RSTART + RLENGTH) }
			match($0, /"was":\{[^}]*"likelihood":[0-9.]+/); a = substr($0, RSTART, RLENGTH); sub(/.*:/, "", a)
			match($0, /"now":\{[^}]*"likelihood":[0-9.]+/); b = substr($0, RSTART, RLENGTH); sub(/.*:/, "", b)
			d = b - a - sum; if (d > 0.0002 || d < -0.0002) bad = 1
		}
		/"program":\{"likelihood":0.000000/ { still++ }
		END { exit bad || still != n }' report/diff.jsonl
		ok $? "night $night: the causes do not add up"
		named=$(sed -n 's/^  what differs: //p' report/diff.txt | tr -d ,)
		for w in $what; do case " $named " in *" $w "*) ;; *) ok 1 "night $night: $w is not named ($named)" ;; esac; done
		echo "night $night ($day):$what; named: $named;$(sed -n 's/.* entities \([0-9]* changed\).*/ \1/p' report/diff.txt)"
	fi
	if [ $((night % 10)) = 0 ]; then
		"$bin" audit reproduce files -d store ${tailor:+--tailor files/t.json} >log 2>&1
		ok $? "generation $night is not what its files give: $(cat log)"
	fi
done
ok $((!($(ls store/gen | grep -c 'mdb$') == 5))) "five generations are kept"
"$bin" audit verify -d store >/dev/null
ok $? "the journal"
echo "largest store: $most KiB, in the end $(du -sk store | cut -f1) KiB"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
