#!/bin/sh
# Workbooks as users meet them: results.xlsx, and the template that is filled in. What
# LibreOffice makes of them is looked at where it is installed. All names are invented.
# MANUMIT names the binary. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"
ex=$root/examples

cat >"$work/s.csv" <<'EOT'
id,name,native_name,country,licence_valid_to,licence_status,role
007,=1+1,,DE,,,
008,+49 Works,,DE,,,
009,@SUM(A1),,DE,,,
0010,-Amber- Mill,,DE,,,
011,Jade Heron Textiles,玉鹭纺织有限公司,CN,,,
012,Coral Dune Services,مرجان الكثبان للخدمات,QA,,,
013,Rice Lantern Foods,โคมข้าวฟู้ดส์,TH,,,
014,Tall Ibis Recruiting,,NP,2025-03-31,revoked,recruiter
EOT
printf 'gate,list,id,name,country,listed_on\nG-OWN,Own list,1,Jade Heron Textiles,CN,2026-02-03\n' >"$work/w.csv"
screen() { "$bin" screen "$work/s.csv" --watchlist "$work/w.csv" --as-of 2026-11-01 -q -o "$1"; }
screen "$work/a" && screen "$work/b"
ok $? "lists are screened"
cmp -s "$work/a/results.xlsx" "$work/b/results.xlsx" && cmp -s "$work/a/results.csv" "$work/b/results.csv"
ok $? "two runs: the same bytes"
[ "$(wc -l <"$work/a/results.csv")" = 9 ] && grep -q '^007,' "$work/a/results.csv" && grep -q "^008,'+49 Works," "$work/a/results.csv"
ok $? "results.csv has a line for every entity, and no formulas"
! find "$work/a" -name '*.tmp*' | grep -q .
ok $? "no temporary file is left"

cd "$work" || exit 1
"$bin" template -q && [ -s manumit-template.xlsx ]
ok $? "template writes manumit-template.xlsx"
"$bin" template -q >log 2>&1
[ $? = 73 ] && grep -q 'exists' log
ok $? "template replaces nothing"
"$bin" template -f -q && "$bin" template -q -o other.xlsx && cmp -s manumit-template.xlsx other.xlsx
ok $? "-f replaces it; -o names another; the same bytes"
"$bin" template some.csv >log 2>&1
[ $? = 64 ] && grep -q -- '-o' log
ok $? "template takes no file"
"$bin" template -o no/such/t.xlsx >log 2>&1
[ $? = 66 ] && grep -q 'no/such' log
ok $? "a directory that is not there is named"

printf 'id,name,country\nEXAMPLE-0001,Marigold Lane (invented),BD\n1,Fern,DE\n' >example.csv
"$bin" screen example.csv -o e -q --as-of 2026-11-01
grep -q '^example.csv,2,.*ROW_EXAMPLE' e/issues.csv && [ "$(grep -c '"type":"entity"' e/results.jsonl)" = 1 ]
ok $? "a row of the template's examples is noted and not used"

# ---- as LibreOffice shows it ----
office() { # FILE: a CSV file for every sheet, cells as shown
	soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to \
		'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' --outdir "$work/shown" "$1" >"$work/log" 2>&1
}
if command -v soffice >/dev/null && office a/results.xlsx && office manumit-template.xlsx; then
	e=shown/results-Entities.csv
	grep -q '^007,=1+1,DE,' $e && grep -q '^008,+49 Works,' $e && grep -q '^009,@SUM(A1),' $e && grep -q '^0010,-Amber- Mill,' $e
	ok $? "LibreOffice: ids keep their noughts, names that look like formulas are text"
	grep -q '玉鹭纺织有限公司' $e && grep -q 'مرجان الكثبان للخدمات' $e && grep -q 'โคมข้าวฟู้ดส์' $e
	ok $? "LibreOffice: names in Han, Arabic and Thai"
	[ "$(wc -l <$e)" = 9 ] && grep -q ',entity/007-' $e
	ok $? "LibreOffice: a row for every entity, with its dossier"
	grep -q '2026-02-03' shown/results-Gates.csv && grep -q '2026-02-03' shown/results-Decisions.csv && grep -q '^As of,2026-11-01' shown/results-Summary.csv
	ok $? "LibreOffice: days"
	[ "$(head -n 1 a/review.csv)" = "$(head -n 1 shown/results-Decisions.csv)" ] && [ "$(wc -l <a/review.csv)" = "$(wc -l <shown/results-Decisions.csv)" ]
	ok $? "LibreOffice: Decisions has the columns and rows of review.csv"
	for k in suppliers fees inspections findings watchlist; do
		"$bin" check --kind $k shown/manumit-template-$k.csv >checked-$k 2>&1 || { cat checked-$k; false; }
		r=$?
		[ $r = 0 ] && ! grep -qE 'COLUMN_|CELL_' checked-$k && grep -q ROW_EXAMPLE checked-$k
		ok $? "LibreOffice: every column of the template's sheet $k is read"
	done
	# Written over, the example is a row like any other, and every cell of it is read.
	sed '2s/EXAMPLE-0001/0042/g' shown/manumit-template-suppliers.csv >filled.csv
	sed '2s/EXAMPLE-0001/0042/g' shown/manumit-template-findings.csv >findings.csv
	sed '2s/EXAMPLE-0001/0042/g' shown/manumit-template-inspections.csv >inspections.csv
	sed '2s/EXAMPLE-0001/0042/g' shown/manumit-template-fees.csv >fees.csv
	sed '2s/EXAMPLE-X-1/X-1/g' shown/manumit-template-watchlist.csv >watchlist.csv
	"$bin" screen filled.csv --findings findings.csv --inspections inspections.csv --fees fees.csv --watchlist watchlist.csv \
		--as-of 2026-11-01 -o filled -q && [ "$(tail -n +2 filled/issues.csv | wc -l)" = 0 ] && grep -q '^0042,' filled/results.csv
	r=$?
	[ $r = 0 ] || cat filled/issues.csv
	ok $r "LibreOffice: examples with ids of their own are screened without a remark"
	grep -q '"gate":"G-OWN"' filled/results.jsonl && grep -q '"I07":{"state":"adverse"' filled/results.jsonl && grep -q '"I03":{"state":"adverse"' filled/results.jsonl
	ok $? "LibreOffice: their list entry, inspection and finding are used"
else
	echo "skipped: what LibreOffice shows (no soffice)"
fi

"$bin" screen "$root/examples/suppliers.csv#fees" --fees nothere.csv -o "$work/none" >"$work/log" 2>&1
[ $? = 66 ] && head -n 1 "$work/log" | grep -q '^manumit: nothere.csv: open:'
ok $? "a file that is not there is named before sheets are"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
