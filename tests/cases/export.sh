#!/bin/sh
# What a dossier rests on, handed to an auditor: one archive, whose hashes hold, that tells
# nobody's worker, is the same bytes twice, and is told of in the journal. All companies are
# invented. MANUMIT names the program.
set -u
. "$(dirname "$0")/common.sh"
ex=$root/examples
export_() { # exit status wanted, text wanted, name, arguments...
	want=$1 text=$2 name=$3
	shift 3
	"$bin" audit export -d "$work/store" "$@" >"$work/out" 2>&1 </dev/null
	got=$?
	[ "$got" = "$want" ] && grep -qF -- "$text" "$work/out"
	r=$?
	[ "$r" = 0 ] || { echo "  exit $got (wanted $want): $(head -n 5 "$work/out")"; }
	ok $r "$name"
}
screen() {
	"$bin" screen "$ex/suppliers.csv" --fees "$ex/fees.csv" --inspections "$ex/inspections.csv" --findings "$ex/findings.csv" \
		--survey "$ex/survey.csv" --watchlist "$ex/watchlist.csv" --as-of 2026-11-01 -d "$work/store" -o "$work/r" -f -q || exit 1
}
screen
printf 'entity,date,activity,reference,done_by\n0007,2026-10-20,visit,visit 12,buyer\n0004,2026-10-21,visit,visit 13,buyer\n' >"$work/v.csv"
"$bin" record "$work/v.csv" -d "$work/store" --as-of 2026-11-01 --by compliance >/dev/null
# Small groups: the dossier says "fewer than 5", and so the archive beside it must not say how many.
printf 'entity,authority,opened,closed,outcome,violation,workers_seen,interviewed_privately,workers_affected,minors\n0007,Example Inspectorate,2026-10-10,2026-10-12,violation,PASSPORT_HELD,4,3,2,1\n' >"$work/i.csv"
printf 'entity,date,topic,trained,people\n0007,2026-10-15,rights,workers,3\n' >"$work/t.csv"
printf 'entity,about,owed,paid,currency,workers,workers_paid,due\n0007,I09,1733.25,611.5,USD,3,2,2026-12-01\n' >"$work/m.csv"
"$bin" record "$work/i.csv" "$work/t.csv" "$work/m.csv" -d "$work/store" --as-of 2026-11-01 --by compliance >/dev/null
ok $? "rows about few workers are recorded"
"$bin" decide 0007 0008 --different --by compliance --reason "two works" -d "$work/store" --as-of 2026-11-01 >/dev/null
"$bin" decide 0001 0002 --different --by compliance --reason "not of 0007" -d "$work/store" --as-of 2026-11-01 >/dev/null
screen
export_ 0 "of them decisions" "an entity with interviews" 0007 -o "$work/a.zip" --by audit
export_ 73 "a.zip" "it is not replaced" 0007 -o "$work/a.zip"
export_ 0 "" "the same again" 0007 -o "$work/b.zip"
cmp -s "$work/a.zip" "$work/b.zip"
ok $? "gives the same bytes"
export_ 0 "" "an employer with a ledger" 0004 -o "$work/fees.zip"
export_ 66 "no entity" "who is not there: 66" "Nobody at all" -o "$work/c.zip"
export_ 64 "wants one entity" "no file: 64" 0007
[ ! -e "$work/c.zip" ] && [ -z "$(find "$work" -name '*.work')" ]
ok $? "nothing is left of what failed"
"$bin" audit verify -d "$work/store" >/dev/null && [ "$("$bin" audit show -d "$work/store" | grep -c ' export ')" = 3 ]
ok $? "the journal is whole and tells of each"
"$bin" audit show -d "$work/store" | grep -A 1 ' export  *audit ' | grep -q "$(sha256sum <"$work/a.zip" | cut -c 1-64)"
ok $? "with who did it and the hash of the archive"
"$bin" audit export -d "$work/r" 0007 -o "$work/c.zip" >"$work/out" 2>&1
ok $((! $?)) "a report without a store is not exported from"

if command -v unzip >/dev/null; then
	for z in a fees; do
		mkdir "$work/$z" && (cd "$work/$z" && unzip -q "../$z.zip" && sha256sum --quiet -c SHA256SUMS) >"$work/out" 2>&1 &&
			[ "$(ls "$work/$z" | wc -l)" = 9 ]
		ok $? "$z: nine files, and their hashes hold: $(head -n 2 "$work/out")"
	done
	# Each record is what was hashed, byte for byte.
	bad=0
	while read -r line; do
		case $line in *'"withheld":'*) continue ;; esac
		sha=$(printf %s "$line" | sed 's/^{"sha256":"\([0-9a-f]*\)".*/\1/')
		[ "$(printf %s "$line" | sed 's/^{"sha256":"[0-9a-f]*","record"://; s/}$//' | tr -d '\n' | sha256sum | cut -c 1-64)" = "$sha" ] || bad=1
	done <"$work/a/journal.jsonl"
	ok $bad "the records of the journal have their hashes"
	grep -q '"two works"' "$work/a/decisions.jsonl" && ! grep -q 'not of 0007' "$work/a/journal.jsonl" &&
		grep -q 'visit 12' "$work/a/journal.jsonl" && ! grep -q 'visit 13' "$work/a/journal.jsonl"
	ok $? "what was decided and recorded about it is there, about others is not"
	grep -q 'fewer than 5 workers' "$work/a/dossier.html" && [ "$(grep -c '"withheld":' "$work/a/journal.jsonl")" = 3 ] &&
		! grep -qE '"(workers_seen|interviewed_privately|workers_affected|minors|people|workers|workers_paid|owed|paid)":"' "$work/a/journal.jsonl" &&
		! cat "$work"/a/* | grep -qE '1,?733[.]25|611[.]5'
	ok $? "numbers of workers that the dossier withholds stand nowhere in the archive: $(grep -oE '"(workers[a-z_]*|interviewed_privately|minors|people|owed|paid)":"[0-9.]*"' "$work/a/journal.jsonl" | head -n 3 | tr '\n' ' ')"
	grep -q '"file":"findings.csv"\|"file": "survey.csv"\|"file": "findings.csv"' "$work/a/entity.json" && grep -q '"section":"indicators"' "$work/a/pack-rows.jsonl" &&
		grep -q '"section":"gates"' "$work/a/pack-rows.jsonl" && grep -q '"section":"parameters"' "$work/a/pack-rows.jsonl" &&
		grep -q "$(cat "$work/store/current")" "$work/a/manifest.json" && grep -q 'Waterfall' "$work/a/explain.txt"
	ok $? "evidence with citations, pack rows, manifest and explanation are there"
	# Who reads it with the ledger's references in hand finds none of them, nor any row.
	{ awk -F, 'NR > 1 { print $4 }' "$ex/fees.csv"; awk -F, 'NR > 1 { print $3 }' "$ex/survey.csv"; } | sort -u | grep . >"$work/refs"
	[ "$(wc -l <"$work/refs")" -gt 10 ] && ! cat "$work"/a/* "$work"/fees/* | grep -qwFf "$work/refs"
	ok $? "no reference of a worker is inside: $(cat "$work"/a/* "$work"/fees/* | grep -owFf "$work/refs" | sort -u | head -n 3 | tr '\n' ' ')"
	sed 1d "$ex/fees.csv" >"$work/rows" && sed 1d "$ex/survey.csv" >>"$work/rows"
	! cat "$work"/a/* "$work"/fees/* | grep -qFf "$work/rows"
	ok $? "nor a row of a ledger or an interview"
else
	echo "skipped: what is inside (no unzip)"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
