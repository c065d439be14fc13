#!/bin/sh
# Fee ledgers as users have them: recruiters and agents with cards, rates, caps, repayment
# due, small numbers, and workers whom nothing gives away. All companies are invented.
# MANUMIT names the binary. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"

screen() { # output, options...
	o=$1
	shift
	"$bin" screen "$work/s.csv" --no-shipped-lists --as-of 2026-09-01 --tailor "$work/exact.json" -f -o "$o" "$@" >"$work/log" 2>&1
}
digest() { # report
	sed -n 's/.*"digest": *"\([0-9a-f]*\)".*/\1/p' "$1/manifest.json" | head -n 1
}
of() { # report, name: its record
	grep -F "\"name\":\"$2\"" "$1/results.jsonl"
}
has() { # record, text, name of the test
	printf '%s' "$1" | grep -qF -- "$2"
	ok $? "$3"
}

# Numbers as they are: the arithmetic is looked at here, rounding in privacy.sh.
cat >"$work/exact.json" <<X
{"tailoring": "exact-numbers", "reason": "the arithmetic is tested", "author": "test", "date": "2026-09-01",
 "set": [{"section": "parameters", "code": "round_internal", "member": "value", "value": 1}]}
X
cat >"$work/s.csv" <<X
id,name,country,workers
1,Alwaha Invented Cleaning W.L.L.,Qatar,400
X
cat >"$work/rates.csv" <<X
date,currency,rate,base
2025-01-08,NPR,133.5,USD
2025-01-08,QAR,3.64,USD
X
{
	echo "entity,recruiter,recruiter_country,recruiter_licence,agents,worker,origin,destination,category,amount,currency,paid_by,paid_on,receipt,wage,wage_currency,contract_months,loan_apr,may_leave"
	i=10
	while [ $i -lt 30 ]; do
		echo "1,Chautari Invented Manpower,NP,77/067,Zila Invented Agent; Gaun Invented Agent,WKR-$i,Nepal,Qatar,म्यानपावर शुल्क,10000,NPR,worker,2025-01-10,yes,1000,QAR,24,36%,"
		echo "1,Chautari Invented Manpower,NP,77/067,,WKR-$i,Nepal,Qatar,to the uncle who knows somebody,1${i}000,NPR,worker,2025-01-12,no,,QAR,,,"
		i=$((i + 1))
	done
	for i in 1 2 3; do
		echo "1,Little Invented Recruiter,IN,,,LTL-$i,India,Qatar,visa,333,QAR,worker,2025-01-10,yes,1000,QAR,,,"
	done
} >"$work/f.csv"

screen "$work/a" --fees "$work/f.csv" --rates "$work/rates.csv"
ok $? "screen reads fees and rates"
e=$(of "$work/a" "Alwaha Invented Cleaning W.L.L.")
has "$e" '"over_cap":null' "caps are compared, and all of them is not said"
has "$e" '"net_months":{"median":' "with a rate of the days before, months of wage are known"
has "$e" 'fee_conditions/clear_over_contract' "a debt of more than half of the contract is a condition"
has "$e" '"not_recognised":"2390000.00"' "words nobody knows are counted"
grep -q 'to the uncle.*FEE_WORD' "$work/a/issues.csv"
ok $? "and told"
r=$(of "$work/a" "Chautari Invented Manpower")
has "$r" '"role":"recruiter"' "a recruiter is an entity"
has "$r" '"scope":"employer_served","employer":"Alwaha Invented Cleaning W.L.L."' "with whom it recruited for"
has "$r" '"to_be_repaid":"2590000.00"' "and what is to be repaid"
has "$(of "$work/a" "Gaun Invented Agent")" '"role":"recruiter"' "so is an agent of its second tier"
grep -lq 'Gaun Invented Agent' "$work/a"/entity/*.html && grep -hA0 -o 'Parent</b>[^/]*Zila Invented Agent' "$work/a"/entity/*.html | grep -q .
ok $? "below the agent above it"
grep -hq '77/067' "$work/a"/entity/*.html
ok $? "the licence number stands in the dossier"

# ---- nothing is guessed ----
screen "$work/b" --fees "$work/f.csv"
of "$work/b" "Alwaha Invented Cleaning W.L.L." | grep -o '"scope":"recruiter_and_corridor","recruiter":"Chautari[^]]*' | grep -q net_months
[ $? = 1 ]
ok $? "without a rate, months of wage are not assessable"
grep -q FEE_CURRENCY "$work/b/issues.csv"
ok $? "and issues.csv says so"
printf 'date,currency,rate,base\n2024-06-01,NPR,133.5,USD\n2024-06-01,QAR,3.64,USD\n' >"$work/old.csv"
screen "$work/b" --fees "$work/f.csv" --rates "$work/old.csv"
grep -q FEE_CURRENCY "$work/b/issues.csv"
ok $? "an old rate is no rate"
printf 'Date,USD,JPY,GBP,CHF,NPR,QAR\n2025-01-09,1.03,162,0.83,0.94,138.6,3.76\n' >"$work/ecb.csv"
screen "$work/b" --fees "$work/f.csv" --rates "$work/ecb.csv"
has "$(of "$work/b" "Alwaha Invented Cleaning W.L.L.")" '"net_months":{"median":' "a table with a column a currency is read"
! screen "$work/c" --fees "$work/f.csv" --rates "$work/s.csv" && ! [ -e "$work/c" ]
ok $? "a file that has no rates is refused"

# ---- workers ----
d=$(digest "$work/a")
[ -n "$d" ]
ok $? "there is a digest"
screen "$work/b" --fees "$work/f.csv" --rates "$work/rates.csv"
[ "$(digest "$work/b")" = "$d" ]
ok $? "pseudonyms are drawn anew, and the digest stays"
{ head -n 1 "$work/f.csv"; sed 1d "$work/f.csv" | sort -r; } >"$work/g.csv"
screen "$work/b" --fees "$work/g.csv" --rates "$work/rates.csv"
[ "$(digest "$work/b")" = "$d" ]
ok $? "the order of lines changes nothing"
sed 's/WKR-/somebody else /' "$work/f.csv" >"$work/g.csv"
screen "$work/b" --fees "$work/g.csv" --rates "$work/rates.csv"
[ "$(digest "$work/b")" = "$d" ]
ok $? "the names of workers change nothing"
! grep -raqE 'WKR-|LTL-' "$work/a"
ok $? "no worker's reference is anywhere in report or store"
! grep -qE '999.00|"333' "$work/a/results.jsonl" && ! grep -rqE '999\.00 QAR' "$work/a/entity"
ok $? "three workers' payments are not shown"
! grep -qE '2590999|"workers":23' "$work/a/results.jsonl"
ok $? "nor sums that would give them away"
screen "$work/p" --fees "$work/f.csv" --rates "$work/rates.csv" --audience public
has "$(of "$work/p" "Chautari Invented Manpower")" '"to_be_repaid":"2500000.00"' "of twenty workers the public sees the sum, rounded"

# ---- repaid ----
awk -F, -v OFS=, 'NR == 1 { print $0, "reimbursed", "reimbursed_on"; next } { print $0, $10, "2026-01-15" }' \
	"$work/f.csv" >"$work/g.csv"
screen "$work/b" --fees "$work/g.csv" --rates "$work/rates.csv"
has "$(of "$work/b" "Alwaha Invented Cleaning W.L.L.")" '"to_be_repaid":"0.00"' "what was repaid is not due"
has "$(of "$work/b" "Alwaha Invented Cleaning W.L.L.")" '"status":"closed on claim","closed_on":"2026-01-15"' "and told as closed on that day"

{
	echo "entity,worker,category,amount,currency,reimbursed,reimbursed_on,wage"
	for i in 1 2 3 4 5 6; do
		printf '1,W%s,service charge,6400,QAR,6660,2026-01-15,1000\n1,W%s,medical,260,QAR,,,\n' $i $i
	done
} >"$work/g.csv"
screen "$work/b" --fees "$work/g.csv"
has "$(of "$work/b" "Alwaha Invented Cleaning W.L.L.")" '"repaid":"39960.00","to_be_repaid":"0.00"' "a sum given back in one line is for all lines of the worker"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
