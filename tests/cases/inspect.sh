#!/bin/sh
# Inspections as users meet them: tables that name no establishment join by case number,
# reasons for a visit are kept, rates that may not be compared say so, and reports of cases
# are read with the rows below. All names are invented. MANUMIT names the binary.
# Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"

has() { # file, text, name
	tr -d '\n' <"$work/r/$1" | grep -qF -- "$2"
	ok $? "$3"
}
screen() { # options...
	"$bin" screen "$work/s.csv" --no-shipped-lists --as-of 2026-11-01 -d "$work/store" -o "$work/r" -f -q "$@" >"$work/log" 2>&1
	[ $? -le 3 ] || { cat "$work/log"; return 1; }
}

cat >"$work/s.csv" <<'END'
id,name,country
A1,Ashbrook Mills Ltd,US
B2,Birchvale Farms LLC,US
C3,Cedar Shop,US
END
head='activity_nr,estab_name,insp_type,open_date,site_state,insp_scope,why_no_insp,nr_in_estab,total_violations,serious_violations,close_case_date'
cat >"$work/i.csv" <<END
$head
101,Ashbrook Mills Ltd,B,2026-01-10,OR,A,,80,2,0,2026-03-01
102,Birchvale Farms LLC,H,2026-01-10,OR,A,,40,0,0,2026-03-01
103,Somebody Else Inc,H,2026-01-10,OR,A,,40,1,0,2026-03-01
104,Birchvale Farms LLC,H,2026-02-10,OR,C,,40,0,0,2026-03-02
END
cat >"$work/v.csv" <<'END'
activity_nr,citation_id,viol_type,issuance_date,delete_flag,standard,current_penalty,nr_exposed
101,01001,S,20260201,,19100142 B03,900,12
101,01002,O,20260201,,19260501 B13,0,
101,01003,S,20260201,D,19260501 B13,0,
103,01001,S,20260201,,5A0001,0,
109,01001,S,20260201,,5A0001,0,
END

screen --inspections "$work/i.csv" --inspections "$work/v.csv"
ok $? "inspections and violations are read"
grep -F '"A1"' "$work/r/results.jsonl" | grep -qF 'temporary labour camp below the standard'
ok $? "a violation finds its establishment by the number of its case"
grep -F '"A1"' "$work/r/results.jsonl" | grep -qF '"selection":"complaint"'
ok $? "why the site was chosen stands with the violation too"
grep -F '"B2"' "$work/r/results.jsonl" | grep -qF '"direction":"clear"'
ok $? "a clean inspection of full scope is a clear fact"
[ "$(grep -F '"B2"' "$work/r/results.jsonl" | grep -o '"direction":"clear"' | wc -l)" = 1 ]
ok $? "an inspection of records alone is none"
grep -F '"C3"' "$work/r/results.jsonl" | grep -qF '"direction"'
[ $? = 1 ]
ok $? "no inspection says nothing"
grep -qF 'v.csv,4,' "$work/r/issues.csv" || grep -F 'v.csv' "$work/r/issues.csv" | grep -q 'ROW'
ok $? "a deleted citation is noted"
[ "$(grep -F 'v.csv' "$work/r/issues.csv" | grep -c UNJOINED)" = 2 ]
ok $? "a violation whose case is nobody's or unknown is noted"
has manifest.json '"selection": "complaint"' "manifest: cases by selection"
has manifest.json '"comparable": true' "manifest: programmed ones are comparable"
has manifest.json 'not comparable with programmed or random ones' "manifest: complaint-driven ones are not"
has index.html 'Annex: inspections' "page: the annex"
has index.html 'somebody had complained: not comparable' "page: says what may not be compared"
has index.html '<td class="n">33 %</td>' "page: the share of those with a result, of all in the files"

# Copies that could tell a supplier that somebody complained.
screen --inspections "$work/i.csv" --inspections "$work/v.csv" --audience supplier
ok $? "a supplier's copy is written"
! grep -rqi 'complain' "$work/r/entity" || ! grep -rqF 'site was chosen' "$work/r/entity"
ok $? "a supplier's copy does not say that somebody complained"

# A report by case: below the first row the case goes on.
cat >"$work/ca.csv" <<'END'
DIR Case Name  ↑,Account Name,Account - DBA,Date of Docket,NAICS Code,Role,ODA Decision Date,Case Status,EE(s) Amt Assessed
CM-1,Ashbrook Mills Ltd,,2/3/2026,,Defendant,6/30/2026,Closed,0
,,,,,,6/30/2026,Closed,1250.5
,Birchvale Farms LLC,,2/3/2026,,Defendant,6/30/2026,Closed,0
Subtotal,,,,,,,,1250.5
END
screen --inspections "$work/ca.csv"
ok $? "a report by case is read"
grep -F '"A1"' "$work/r/results.jsonl" | grep -qF 'wages found due after a claim'
ok $? "an amount below the first row is of the same case"
has manifest.json '"cases": 1,' "two parties, one case"

# A register of employers without a finding: by context, then by name.
{
	echo id,name,country,sector
	i=0
	while [ $i -lt 520 ]; do
		echo "R$i,Invented Works $((i % 10))$((i / 10)),NO,office work"
		i=$((i + 1))
	done
	echo "Z1,Zulu Fishing,TH,fishing"
	echo "Z2,Alpha Fishing,TH,fishing"
} >"$work/s.csv"
screen
ok $? "a register without findings is ranked"
[ "$(sed -n 2,3p "$work/r/results.csv" | cut -d, -f2 | tr '\n' ,)" = "Alpha Fishing,Zulu Fishing," ]
ok $? "the darker context first, equal ones by name"
sed -n 2p "$work/r/results.csv" | grep -qF 'sector Fishing and aquaculture'
ok $? "the list says on what"
has index.html 'On what they are ranked' "page: how many stand on one context"
cp "$work/r/results.csv" "$work/first.csv"
{ head -n 1 "$work/s.csv" && sed 1d "$work/s.csv" | sort -r; } >"$work/t.csv" && mv "$work/t.csv" "$work/s.csv"
screen && cmp -s "$work/first.csv" "$work/r/results.csv"
ok $? "rows in another order, the same order of places"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
