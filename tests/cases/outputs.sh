#!/bin/sh
# An attacker who is handed what leaves the office beside the copies: questionnaires, the
# page of a lot, field sheets, statements, what a night tells. None of it may differ by a
# complaint, name a worker or tell a small number. All firms and workers are invented.
# MANUMIT names the binary. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"

cat >"$work/s.csv" <<'X'
id,name,country,workers,spend,currency,sector
1,Alwaha Invented Cleaning W.L.L.,Qatar,400,998877,EUR,cleaning
2,Borealis Invented Workshop,Qatar,12,776655,EUR,garment
3,Chestnut Invented Mill,Qatar,300,554433,EUR,textile
X
cat >"$work/none.csv" <<'X'
entity,indicator,strength,source_class,date,status,n_asked,n_adverse,reference,description,offsite
1,I10,M,audit_unannounced,2026-02-12,open,,,Audit of February,beds for half of the workers,
2,I10,M,inspectorate,2026-02-11,open,,,Order 12,no fire exit,
X
{
	cat "$work/none.csv"
	cat <<'X'
2,I07,W,grievance,2026-03-17,open,,1,Hotline case 4711,somebody locked the door of room nine,
2,I04,W,worker_survey,2026-04-21,open,40,20,Survey wave seven,phones are kept in the office,
2,I06,W,audit_unannounced,2026-02-11,open,,,Audit of February,heard outside that a foreman threatens,yes
X
} >"$work/said.csv"
cat >"$work/claims.csv" <<'X'
entity,authority,case_id,opened,closed,selection,outcome,violations,workers_affected
1,California Labor Commissioner,W-991,2026-06-11,,complaint,pending,unpaid wages,1
2,California Labor Commissioner,W-992,2026-06-12,,complaint,violation,unpaid wages,1
2,Labour inspectorate,C-78,2024-03-04,2024-03-21,complaint,violation,wages,3
X
sed '/California/d' "$work/claims.csv" >"$work/noclaims.csv"
{
	echo entity,recruiter,worker,origin,destination,category,amount,currency,paid_by,paid_on,wage
	for i in 1 2 3; do echo "1,Little Invented Recruiter,LTL-$i,Vietnam,Qatar,service charge,77$i,QAR,worker,2025-01-10,1000"; done
	i=0
	while [ $i -lt 14 ]; do
		echo "1,Chautari Invented Manpower,REF-$i,Nepal,Qatar,service charge,3000,QAR,worker,2025-01-10,1000"
		i=$((i + 1))
	done
} >"$work/f.csv"
screen() { # store, options...
	o=$work/$1
	shift
	"$bin" screen "$work/s.csv" --no-shipped-lists --as-of 2026-11-01 -f -q -d "$o" -o "$o-r" "$@" 2>"$work/log"
}
copy() { # audience, output, options...
	a=$1 o=$work/$2
	shift 2
	"$bin" screen "$work/s.csv" --no-shipped-lists --as-of 2026-11-01 -f -q -o "$o" --audience "$a" "$@" 2>"$work/log"
}

# ---- questionnaires ----
screen quiet --findings "$work/none.csv" --inspections "$work/noclaims.csv"
screen loud --findings "$work/said.csv" --inspections "$work/claims.csv"
for n in quiet loud; do "$bin" ask -d "$work/$n" -o "$work/ask-$n" -q; done
bad=1
for f in "$work"/ask-quiet/*.xlsx; do
	cmp -s "$f" "$work/ask-loud/$(basename "$f")" && bad=0 || { bad=1; break; }
done
ok $bad "a supplier is asked the same with and without a complaint, to the byte"

# ---- the page of a lot ----
awk -F, 'NR == 1 { print "lot,bidder,country,workers,company_no"; next } { print "L1," $2 "," $3 "," $4 ",QA-77" $1 }' "$work/s.csv" >"$work/b.csv"
for n in none said claims noclaims; do
	sed 's/^1,/Alwaha Invented Cleaning W.L.L.,/; s/^2,/Borealis Invented Workshop,/' "$work/$n.csv" >"$work/b$n.csv"
done
lots() { # output, findings, inspections
	"$bin" tender "$work/b.csv" --findings "$work/$2" --inspections "$work/$3" --no-shipped-lists --as-of 2026-11-01 -f -q \
		-o "$work/$1" 2>"$work/log" && sed 's/SHA-256 <code>[0-9a-f]*//; s/digest <code>[0-9a-f]*//' "$work/$1"/lot/*.html >"$work/$1.html"
}
lots lotq bnone.csv bnoclaims.csv && lots lotl bsaid.csv bclaims.csv
grep -q 'no fire exit' "$work/lotl.html" && grep -q 'What workers said stands on no page of a lot' "$work/lotl.html"
ok $? "the page on which a bidder is heard has what an inspectorate found"
! grep -qE 'room nine|phones are kept|foreman|UNPAID|grievance|4711|worker survey' "$work/lotl.html"
ok $? "and nothing that a worker said"
cmp -s "$work/lotq.html" "$work/lotl.html"
ok $? "with and without such words it is the same"

# ---- copies: a claim is a complaint ----
for a in supplier public; do
	copy $a c1 --inspections "$work/claims.csv"
	copy $a c0 --inspections "$work/noclaims.csv"
	cmp -s "$work"/c1/entity/2-*.html "$work"/c0/entity/2-*.html
	ok $? "a worker's claim at an authority changes no byte of the page for $a"
done
copy inspectorate c1 --inspections "$work/claims.csv"
grep -q 'W-992' "$work"/c1/entity/2-*.html
ok $? "an inspectorate is told of it"

# ---- copies: who was heard ----
cat >"$work/heard.csv" <<'X'
entity,authority,case_id,closed,outcome,violations,workers_seen,interviewed_privately
1,Labour inspectorate,H-1,2026-03-02,violation,DEBT,170,7
X
for a in supplier public; do
	copy $a c1 --inspections "$work/heard.csv"
	grep -q 'bound by a debt' "$work"/c1/entity/1-*.html && ! grep -rqE 'heard off site|in private;|"offsite":true' "$work"/c1/entity/1-*.html &&
		{ [ $a = supplier ] || ! grep -q '"offsite"' "$work/c1/results.jsonl"; }
	ok $? "the copy for $a has the finding and not that workers were heard in private"
done
copy inspectorate c1 --inspections "$work/heard.csv"
grep -q 'heard off site or in private' "$work"/c1/entity/1-*.html
ok $? "the inspectorate reads it"

# ---- copies: why a site was chosen ----
for n in complaint programmed; do
	sed "s/^1,.*/1,Labour inspectorate,H-1,2026-03-02,violation,DEBT,170,7,$n/; s/^entity.*/&,selection/" "$work/heard.csv" >"$work/why.csv"
	copy public why-$n --inspections "$work/why.csv"
done
diff -rq "$work/why-complaint" "$work/why-programmed" | grep -v manifest.json >"$work/x"
[ ! -s "$work/x" ] && grep -q '"digest"' "$work/why-complaint/manifest.json"
ok $? "whether somebody complained changes no byte of a copy, not even its digest"

# ---- field sheets ----
screen plan --fees "$work/f.csv" --findings "$work/said.csv" --inspections "$work/claims.csv"
"$bin" plan --capacity 3 -d "$work/plan" -o "$work/p" >"$work/log" 2>&1
s=$(ls "$work"/p/field/1-*.html)
grep -q 'Nepali' "$s" && ! grep -q 'Vietnam' "$s"
ok $? "a field sheet names the language of many workers and not of three"
! grep -rqE '2026-06-1[12]|W-99|4711|room nine|complaint|grievance|ranked|likelihood' "$work/p/field"
ok $? "no day of a claim, no complaint, no rank is on a field sheet"
grep -q '2024-03-21' "$work"/p/field/2-*.html
ok $? "the day of the last visit is"
! ls "$work/p/field" | grep -qvE '^[123]-[0-9a-f]{8}\.html$'
ok $? "names of sheets tell no rank"

# ---- statements are published ----
cat >"$work/owed.csv" <<'X'
entity,remediation_id,owed,paid,currency,workers,workers_paid,due
2,R1,2316.77,771.25,QAR,3,1,2026-12-01
X
screen loud --findings "$work/said.csv" --inspections "$work/claims.csv" --remediation "$work/owed.csv"
screen quiet --findings "$work/none.csv" --inspections "$work/noclaims.csv" --remediation "$work/owed.csv"
for n in quiet loud; do
	"$bin" statement --law uk -d "$work/$n" -o "$work/st-$n" >"$work/log" 2>&1
	grep -v digest "$work/st-$n/statement.md" >"$work/st-$n.md"
done
cmp -s "$work/st-quiet.md" "$work/st-loud.md" && cmp -s "$work/st-quiet/registry.json" "$work/st-loud/registry.json"
ok $? "a complaint, a survey and a claim change no number of a statement"
! grep -qE 'said\.csv|claims\.csv' "$work/st-loud/statement.md" && grep -q 'Own tables: .*findings' "$work/st-loud/statement.md"
ok $? "nor are its files named, or their rows counted"
! grep -qE '2316|2,316|771' "$work/st-loud/statement.md" && grep -q 'not told, for fewer than 11 workers' "$work/st-loud/statement.md"
ok $? "what is owed to three is not published"

# ---- what a night tells ----
printf '{"data-dir":"night","screen":{"output":"told","suppliers":"s.csv","findings":["said.csv"],"no-shipped-lists":true,"as-of":"2026-11-01"}}' >"$work/n.json"
sed 's/"output":"told"/"output":"given","audience":"public"/; s/said.csv/none.csv/; s/11-01/11-02/' "$work/n.json" >"$work/n2.json"
"$bin" run "$work/n.json" -q >"$work/log" 2>&1 && "$bin" run "$work/n2.json" >"$work/log" 2>&1 && [ -e "$work/given/index.html" ]
ok $? "a night makes a copy"
! ls "$work/given" | grep -q diff && ! grep -rqE 'room nine|phones are kept|said\.csv' "$work/given"
ok $? "which has not what changed against the report for yourself"

# ---- rates of inspections ----
cat >"$work/few.csv" <<'X'
entity,authority,case_id,opened,selection,outcome,violations,workers_affected,workers_seen,looked_at,access
1,Labour inspectorate,F-1,2026-03-02,programmed,violation,wages,1,12,,full
3,Labour inspectorate,F-2,2026-03-02,programmed,none,,,9,,full
X
screen few --inspections "$work/few.csv"
! grep -q 'concerned_per_100_workers' "$work/few-r/manifest.json" && grep -q '"with_violation": 1' "$work/few-r/manifest.json"
ok $? "a share of workers that tells of one is withheld"

echo "outputs: $passed passed, $failed failed"
[ "$failed" = 0 ]
