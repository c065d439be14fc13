#!/bin/sh
# Interviews of workers through the whole program: each worker judged alone, only counts
# kept, small numbers left out, neutral words; tailored numbers and sensitivity. All data
# is invented. MANUMIT names the binary.
set -u
. "$(dirname "$0")/common.sh"
ex=$(cd "$here/../.." && pwd)/examples
screen() { # report, more arguments
	out=$work/$1
	shift
	"$bin" screen "$work/suppliers.csv" --as-of 2026-11-01 --tailor "$work/exact.json" -q -f -o "$out" "$@" 2>"$work/err"
}
entity() { # report, name: its record
	grep '"type":"entity"' "$work/$1/results.jsonl" | grep "\"name\":\"$2"
}
digest() {
	sed -n 's/.*"digest": "\([0-9a-f]*\)".*/\1/p' "$work/$1/manifest.json"
}

# Numbers as they are: the arithmetic is looked at here, rounding in privacy.sh.
cat >"$work/exact.json" <<X
{"tailoring": "exact-numbers", "reason": "the arithmetic is tested", "author": "test", "date": "2026-09-01",
 "set": [{"section": "parameters", "code": "round_internal", "member": "value", "value": 1}]}
X
cat >"$work/suppliers.csv" <<'END'
id,name,country,workers
0001,Bluefinch Weaving (invented),BD,220
0002,Redwren Foods (invented),MY,90
END

# Forty workers of one employer: 12 report documents held and movement limited, 6 of them
# also the Delphi indicators of three dimensions; 3 are under 18.
head=entity,worker,date,reference_period,age_group,setting,codes,codes_asked
rows() {
	awk 'BEGIN {
		for (i = 0; i < 40; i++) {
			c = i < 12 ? "P02;W03" : ""
			if (i < 6) c = c ";EX01;EX02;CD01;CD02;DR01;DR02"
			printf "0001,PSN-%04d-REF,2026-05-%02d,year,%s,off_site,%s,SURVEY;DELPHI\n",
				i, 1 + i % 28, (i >= 37 ? "child" : "adult"), c
		}
	}'
}
{ echo $head; rows; } >"$work/survey.csv"
screen one --survey "$work/survey.csv"
ok $? "a survey is screened"
rec=$(entity one Bluefinch)
case $rec in *'"interviewed":37,"assessable":37,"pattern":12,"dimensions":{"UR":0,"WL":12,"IL":0}'*) ok 0 ;; *) ok 1 "the pattern is counted over workers" ;; esac
case $rec in *'"dimensions":{"DR":6,"CR":0,"RV":0,"EX":6,"CD":6,"AV":0}'*) ok 0 ;; *) ok 1 "Delphi dimensions are counted over workers" ;; esac
case $rec in *'"all-elements":6'*) ok 0 ;; *) ok 1 "cases are counted over workers" ;; esac
case $rec in *'"age_group":"child","from":null,"to":null,"reference_period":"year","interviewed":null'*) ok 0 ;; *) ok 1 "three workers are not shown" ;; esac
case $rec in *'"source_class":"worker_survey"'*'"cooccurrence":"same worker"'*) ok 0 ;; *) ok 1 "a survey is evidence too" ;; esac
case $rec in *'none reported it'*) ok 0 ;; *) ok 1 "asked and not reported is a clear fact" ;; esac
entity one Redwren | grep -qF '"pattern":"not assessable: needs answers per worker"'
ok $? "without interviews the pattern is not assessable"
grep -qF "37 workers were interviewed, 37 of them off site or in private; 220 work there" "$work"/one/entity/*.html
ok $? "the dossier says how many were interviewed"

# ---- nothing of a worker stays ----
grep -rqF "PSN-" "$work/one"
[ $? = 1 ]
ok $? "no reference in reports or store"
cp "$work/survey.csv" "$work/bad.csv"
printf '0001,PSN-9999-REF,2026-05-02,year,adult,off_site,P02;QQ77,\n0001,PSN-9998-REF,2030-01-01,year,adult,off_site,P02,\n0009,PSN-9997-REF,2026-05-02,year,adult,off_site,P02,\n' >>"$work/bad.csv"
screen bad --survey "$work/bad.csv"
grep -q "SURVEY_CODE" "$work/bad/issues.csv" && grep -q "FUTURE" "$work/bad/issues.csv" && grep -q "UNJOINED" "$work/bad/issues.csv"
ok $? "rows that cannot be used are told"
grep -qE "PSN-|QQ77|P02" "$work/bad/issues.csv"
[ $? = 1 ]
ok $? "issues repeat no answer and no reference"

# ---- words ----
grep -rniE "victim|trafficking|forced labour found|slave(s|d)? " "$work/one" --include=*.html --include=*.jsonl --include=*.json --include=*.csv >"$work/words"
[ $? = 1 ]
ok $? "neutral words of an entity: $(head -c 200 "$work/words")"

# ---- order and form do not matter ----
{ echo $head; rows | awk '{ print (NR * 17) % 41 " " $0 }' | sort -n | cut -d' ' -f2-; } >"$work/shuffled.csv"
screen two --survey "$work/shuffled.csv"
[ "$(digest one)" = "$(digest two)" ]
ok $? "rows in another order: the same digest"
awk -F, 'NR == 1 { print "employer,respondent,interview date,reference period,age group,interview setting,P02,W03,EX01"; next }
	{ print $1 "," $2 "," $3 "," $4 "," $5 "," $6 "," ($7 ~ /P02/ ? "yes" : "no") "," ($7 ~ /W03/ ? "yes" : "no") "," ($7 ~ /EX01/ ? "yes" : "no") }' \
	"$work/survey.csv" >"$work/columns.csv"
awk -F, 'NR == 1 { print; next } {
		n = split($7, c, ";"); k = ""
		for (i = 1; i <= n; i++) if (c[i] == "P02" || c[i] == "W03" || c[i] == "EX01") k = k (k == "" ? "" : ";") c[i]
		print $1 "," $2 "," $3 "," $4 "," $5 "," $6 "," k ",P02;W03;EX01"
	}' "$work/survey.csv" >"$work/lists.csv"
screen columns --survey "$work/columns.csv"
screen lists --survey "$work/lists.csv"
[ -n "$(digest lists)" ] && [ "$(digest columns)" = "$(digest lists)" ]
ok $? "a column a code says the same as a list"

# ---- small numbers, and all of them ----
{ echo $head; rows | sed -n 1,4p; } >"$work/four.csv"
screen four --survey "$work/four.csv"
entity four Bluefinch | grep -qF '"interviewed":null,"assessable":null,"pattern":null'
ok $? "four interviews: nothing of them is shown"
grep -qF "with fewer than 5 workers of an age group: not shown" "$work"/four/entity/*.html
ok $? "and the dossier says so"
{ echo $head; rows | sed -n 1,12p; } >"$work/all.csv"
screen all --survey "$work/all.csv"
entity all Bluefinch | grep -qF '"interviewed":12,"assessable":12,"pattern":null,"dimensions":{"UR":0,"WL":null,"IL":0}'
ok $? "all of them is not shown either"
entity all Bluefinch | grep -qE '"cases":\{"both":null,"both-weaker":null'
ok $? "nor what is left over"
screen public --survey "$work/survey.csv" --audience public
! grep -q '"lenses"' "$work/public/results.jsonl" && ! grep -q 'one worker at a time' "$work"/public/entity/*.html
ok $? "the public is not told what workers reported"

# ---- findings by codes of a lens, and by codes of the user that mean one ----
printf 'entity,indicator,source_class,date,status\n0001,P02,union,2026-05-01,open\n0001,Q9,union,2026-05-02,open\n0002,P0Z,union,2026-05-02,open\n' >"$work/f.csv"
printf 'own_code,indicator\nQ9,P06\n' >"$work/c.csv"
screen codes --findings "$work/f.csv" --codes "$work/c.csv"
entity codes Bluefinch | grep -qF '"pack_row":"lens_indicators/P02"' && entity codes Bluefinch | grep -qF '"pack_row":"codes/Q9: lens_indicators/P06"'
ok $? "a finding may name a code of a lens, or one that means it"
[ "$(grep -c ',INDICATOR,' "$work/codes/issues.csv")" = 1 ] && grep -q '^f.csv,4,indicator,P0Z,INDICATOR,row,unknown indicator: the nearest known is P0' "$work/codes/issues.csv"
ok $? "what is none is told, with the nearest"

# ---- both, in a reference period ----
sed 's/,year,/,,/' "$work/survey.csv" >"$work/timeless.csv"
screen timeless --survey "$work/timeless.csv"
entity timeless Bluefinch | grep -qF '"reference_period":"","interviewed":37,"assessable":0,"pattern":null'
ok $? "without a reference period the pattern is not assessed"
[ "$(grep -c SURVEY_PERIOD "$work/timeless/issues.csv")" = 1 ]
ok $? "which is told once a file"

# ---- tailoring ----
cat >"$work/ours.json" <<'END'
{"tailoring": "ours", "reason": "strong findings weigh more here", "author": "compliance",
 "date": "2026-10-01", "set": [{"section": "strengths", "code": "S", "member": "nats", "value": 5}]}
END
screen tailored --survey "$work/survey.csv" --tailor "$work/ours.json"
ok $? "a tailoring file is taken"
[ -n "$(digest tailored)" ] && [ "$(digest tailored)" != "$(digest one)" ]
ok $? "it changes the digest"
for f in manifest.json results.jsonl index.html; do
	grep -qF "strong findings weigh more here" "$work/tailored/$f" && grep -qF "ours.json" "$work/tailored/$f"
	ok $? "$f names it"
done
[ "$(grep -lF "strong findings weigh more here" "$work"/tailored/entity/*.html | wc -l)" = 2 ]
ok $? "every dossier names it"
sed 's/"nats"/"natts"/' "$work/ours.json" >"$work/slip.json"
screen slip --tailor "$work/slip.json"
[ $? = 78 ] && grep -qF 'nearest: "nats"' "$work/err"
ok $? "a slip names the nearest number"

# ---- sensitivity ----
all="--fees $ex/fees.csv --inspections $ex/inspections.csv --findings $ex/findings.csv"
cp "$ex/suppliers.csv" "$work/suppliers.csv"
screen plain $all
screen sens1 $all --sensitivity
screen sens2 $all --sensitivity -j 1
cmp -s "$work/sens1/results.jsonl" "$work/sens2/results.jsonl" && cmp -s "$work/sens1/manifest.json" "$work/sens2/manifest.json"
ok $? "sensitivity: the same bytes twice"
grep -q '"sensitivity"' "$work/plain/results.jsonl" "$work/plain/manifest.json"
[ $? = 1 ]
ok $? "sensitivity: only when asked for"
grep -q '"constant": *"strengths/S nats"' "$work/sens1/manifest.json" && grep -qF "what hangs on which constant" "$work/sens1/index.html"
ok $? "sensitivity: a table of constants"
# The number of entities is that of the records that say so.
want=$(grep -o '"constant":"strengths/S nats","factor":"0.75"' "$work/sens1/results.jsonl" | wc -l)
have=$(tr -d ' \n' <"$work/sens1/manifest.json" | grep -o '"constant":"strengths/Snats","factor":"0.75","entities":[0-9]*' | sed 's/.*://')
[ "$want" -gt 0 ] && [ "$want" = "$have" ]
ok $? "sensitivity: totals agree with the records ($want, $have)"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
