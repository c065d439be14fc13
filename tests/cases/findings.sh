#!/bin/sh
# Findings as users meet them: every column from the file to the dossier, and codes of the
# user's own. MANUMIT names the binary. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"

screen() { # output, options...
	o=$work/$1
	shift
	"$bin" screen "$work/s.csv" --as-of 2026-11-01 -o "$o" -f -q "$@" >"$work/log" 2>&1
}
page() { cat "$work/r/entity/$1"-*.html; }
record() { grep -F "\"source_ids\":[\"$1\"" "$work/r/results.jsonl"; }
explain() { "$bin" explain "$1" -d "$work/r"; }
issue() { # file, line, code, text
	grep "^$1,$2,[^,]*,[^,]*,$3," "$work/r/issues.csv" | grep -qF -- "$4"
}
digest() { sed -n 's/.*"digest": *"\([0-9a-f]*\)".*/\1/p' "$work/$1/manifest.json"; }

cat >"$work/s.csv" <<'END'
id,name,country
A1,Amberfen Knitwear (invented),BD
B2,Birchlea Pottery (invented),DE
C3,Cinderwold Cotton (invented),CN
END
cat >"$work/codes.csv" <<'END'
code,indicator,strength,text
PP-7,I07,S,passports are kept in the office
OT-1,I11,W,hours above the law
FS-2,,,fire exits
I03,I05,S,not to be redefined
XX-1,I77,S,no such indicator
END
cat >"$work/f.csv" <<'END'
entity,indicator,direction,strength,source_class,date,status,closed_on,verified_by,imposed_by,cooccurrence,announced,paid_by,offsite,n_asked,n_adverse,supplier_response,reference,root,description
A1,pp-7,,,audit,2025-01-10,worker_verified,2025-06-01,Jo Invented (manager),,site_period,yes,the factory,,,,Lockers <b>were</b> bought,Audit 1,,
A1,OT-1,,,audit,2025-01-10,worker_verified,2025-06-01,works council; auditor,,,yes,supplier,,,,,Audit 1,,
A1,OT-2,,,audit,2025-01-10,open,,,,,yes,,,,,,Audit 1,,
A1,FS-2,,S,audit,2025-01-10,open,,,,,yes,,,,,,Audit 1,,
A1,I06,,S,self_assessment,2026-02-10,open,,,,worker,,,,,,,Form 1,,
A1,I01,,M,worker_survey,2026-01-10,closed_on_claim,,,,,,,yes,60,22,,Survey 1,,
B2,I03,clear,,audit,2026-05-01,,,,,,no,,yes,,,,Audit 2,,
B2,I08,clear,,audit,2026-05-01,,,,,,yes,vendor,,,,,Audit 3,,
C3,I01,,M,ngo_media,2026-05-01,open,,,state,,,,,,,,Report 1,,
C3,I03,clear,,union,2026-05-01,,,,,,,,,,,,Report 2,,
END
screen r --findings "$work/f.csv" --codes "$work/codes.csv"
ok $? "findings with codes are screened"

# ---- who closes a finding ----
issue f.csv 2 NOT_VERIFIED "not verified by workers"
ok $? "a manager's word is no verification, and the remark says so"
! grep -rqF 'Jo Invented' "$work/r" --include='*.html' --include='*.jsonl' --include='*.csv' --include='*.json'
ok $? "the words of verified_by are not repeated"
record A1 | grep -qF '"status":"closed on claim","closed_on":"2025-06-01","cooccurrence":"same site and period","said_verified":true'
ok $? "it is a claim in the results"
page A1 | grep -qF 'called verified, but it is not said that workers confirmed it'
ok $? "and in the dossier"
explain A1 | grep -qF 'the remedy is verified by representatives of the workers'
ok $? "the works council's word is one"
issue f.csv 7 CLOSED_NO_DAY "counts as open"
ok $? "a claim without a day is told"

# ---- how it was checked, and the right to reply ----
page A1 | grep -qF "The supplier's answer:</b> Lockers &lt;b&gt;were&lt;/b&gt; bought"
ok $? "the supplier's answer stands beside the finding, escaped"
record A1 | grep -qF '"supplier_response":"Lockers <b>were</b> bought"' || record A1 | grep -q 'supplier_response":"Lockers'
ok $? "and in the results"
explain A1 | grep -qF "the supplier's answer: Lockers"
ok $? "and in explain"
record A1 | grep -q '"admission":true' && page A1 | grep -qF 'an admission: the supplier says so of itself'
ok $? "an admission is called one"
record A1 | grep -q '"supplier_paid":true' && page B2 | grep -qF 'paid for by the party that was checked'
ok $? "who paid is told"
page B2 | grep -qF 'unannounced; workers were heard off site or in private'
ok $? "how the check was made is told"
page A1 | grep -qF '60 workers asked'
ok $? "how many were asked is told, where none of them is few"

# ---- codes of the user ----
record A1 | grep -qF '"pack_row":"codes/PP-7: indicators/I07"' && page A1 | grep -qF 'passports are kept in the office'
ok $? "a code means what its row says, and the finding names it"
issue f.csv 4 INDICATOR "the nearest known is OT-1"
ok $? "an unknown code is quarantined with the nearest known one"
explain A1 | grep -A2 'fire exits' | grep -q 'adverse, none'
ok $? "a code of no indicator is listed and not scored"
issue codes.csv 4 CODE_NOTHING "listed, not scored" && issue codes.csv 5 CODE_TAKEN "keep their meaning" &&
	issue codes.csv 6 INDICATOR "the nearest known is I07"
ok $? "rows of the table that cannot be used are told"
grep -A1 '"file": "codes.csv"' "$work/r/manifest.json" | grep -q '"kind": "own_codes"' && page A1 | grep -qF 'codes.csv (what your own codes of findings mean)'
ok $? "manifest and dossier name the table"
grep -A12 '"file": "codes.csv"' "$work/r/manifest.json" | tr -d '\n ' | grep -q '"rows":5,"accepted":2,"noted":1,"quarantined":2'
ok $? "its rows are counted"
{ head -n 1 "$work/codes.csv"; tail -n +2 "$work/codes.csv" | tac; echo 'OT-1,I08,W,other words'; } >"$work/codes2.csv"
{ head -n 1 "$work/codes2.csv"; tail -n +2 "$work/codes2.csv" | tac; } >"$work/codes3.csv"
screen r2 --findings "$work/f.csv" --codes "$work/codes2.csv" && screen r3 --findings "$work/f.csv" --codes "$work/codes3.csv"
sed 's/"row":[0-9]*//g; /"type":"trailer"/d; /"type":"header"/d' "$work/r2/results.jsonl" >"$work/flat2"
sed 's/"row":[0-9]*//g; /"type":"trailer"/d; /"type":"header"/d' "$work/r3/results.jsonl" >"$work/flat3"
cmp -s "$work/flat2" "$work/flat3"
ok $? "the order of the table changes no result"

# ---- imposed by the state ----
record C3 | grep -q '"state_imposed":true' && record C3 | grep -q 'protect workers first'
ok $? "a finding imposed by the state comes with its action"
explain C3 | grep -qF 'state-imposed setting (f.csv:10 imposed_by): nothing clears' && page C3 | grep -qF 'f.csv:10 imposed_by'
ok $? "the row that says so is named"

echo "findings: $passed passed, $failed failed"
[ "$failed" = 0 ]
