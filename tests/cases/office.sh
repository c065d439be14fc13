#!/bin/sh
# Workbooks as LibreOffice writes them: ids with leading zeros, Han names, days, shares and
# several sheets survive, and a workbook comes to the digest of its tables as CSV. All data
# is invented. Skipped where there is no soffice. MANUMIT names the binary.
set -u
. "$(dirname "$0")/common.sh"
ex=$(cd "$here/../.." && pwd)/examples
if ! command -v soffice >/dev/null; then
	echo "office.sh: skipped, LibreOffice (soffice) is not installed"
	echo "0 passed, 0 failed"
	exit 0
fi
convert() { # file, infilter
	HOME=$work soffice "-env:UserInstallation=file://$work/profile" --headless \
		${2:+"--infilter=$2"} --convert-to xlsx --outdir "$work" "$1" >"$work/log" 2>&1
}

# ---- several sheets with cells of every kind ----
cat >"$work/book.fods" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet" office:version="1.2">
<office:automatic-styles>
<number:date-style style:name="D"><number:day number:style="long"/><number:text>.</number:text><number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/></number:date-style>
<number:percentage-style style:name="P"><number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="D"/>
<style:style style:name="share" style:family="table-cell" style:data-style-name="P"/>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="About"><table:table-row><table:table-cell office:value-type="string"><text:p>How to fill in</text:p></table:table-cell></table:table-row></table:table>
<table:table table:name="Suppliers">
END
cell() { # type, value
	case $1 in
	s) printf '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>' "$2" ;;
	n) printf '<table:table-cell office:value-type="float" office:value="%s"/>' "$2" ;;
	p) printf '<table:table-cell table:style-name="share" office:value-type="percentage" office:value="%s"/>' "$2" ;;
	d) printf '<table:table-cell table:style-name="day" office:value-type="date" office:date-value="%s"/>' "$2" ;;
	m) printf '<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>%s</text:p></table:table-cell>' "$2" ;;
	c) printf '<table:covered-table-cell/>' ;;
	esac >>"$work/book.fods"
}
row() { # type value ...
	echo '<table:table-row>' >>"$work/book.fods"
	while [ $# -gt 1 ]; do cell "$1" "$2"; shift 2; done
	echo '</table:table-row>' >>"$work/book.fods"
}
row s id s name s country s workers s "migrant share" s licence_valid_to
row s 0007 s "北山手套厂" s CN n 1200 p 0.725 d 2026-03-15
row s 00120 s "Mühle &amp; Söhne" s Germany n 35 p 0.1 d 2024-02-29
echo '</table:table><table:table table:name="Fees 2026">' >>"$work/book.fods"
row s employer s amount s currency s paid_on
row m 0007 n 1500.5 s USD d 2025-12-31
row c "" n 200 s USD d 2026-01-02
echo '</table:table></office:spreadsheet></office:body></office:document>' >>"$work/book.fods"
convert "$work/book.fods" ""
ok $? "LibreOffice writes a workbook"
"$bin" screen "$work/book.xlsx" --as-of 2026-11-01 -o "$work/rep" >"$work/out" 2>"$work/err"
ok $? "the workbook is screened"
grep -qF 'sheet "Fees 2026" is read as fees' "$work/err"
ok $? "stderr says which sheet is read as what"
grep -qF 'sheet "About" is not used' "$work/err"
ok $? "stderr says which sheet is not used"
grep -qF '"source_ids":["0007"]' "$work/rep/results.jsonl"
ok $? "an id keeps its zeros"
grep -qF '"name":"北山手套厂"' "$work/rep/results.jsonl"
ok $? "a Han name stays"
printf 'id,name,country,workers,migrant share,licence_valid_to\n0007,北山手套厂,CN,1200,72.5%%,2026-03-15\n00120,Mühle & Söhne,Germany,35,10%%,2024-02-29\n' >"$work/s.csv"
printf 'employer,amount,currency,paid_on\n0007,1500.5,USD,2025-12-31\n0007,200,USD,2026-01-02\n' >"$work/f.csv"
"$bin" screen "$work/s.csv" --fees "$work/f.csv" --as-of 2026-11-01 -q -o "$work/rep2" 2>/dev/null
[ "$(grep '"digest"' "$work/rep/manifest.json")" = "$(grep '"digest"' "$work/rep2/manifest.json")" ]
ok $? "days, shares, amounts and merged labels are those of the CSV"

# ---- the examples, converted ----
for t in suppliers fees inspections findings watchlist; do
	convert "$ex/$t.csv" "CSV:44,34,76,1,1/2,1033,false,true"
done
"$bin" screen "$work/suppliers.xlsx" --fees "$work/fees.xlsx" --inspections "$work/inspections.xlsx" \
	--findings "$work/findings.xlsx" --watchlist "$work/watchlist.xlsx" --as-of 2026-11-01 -q \
	-o "$work/rep3" 2>"$work/err"
ok $? "the converted examples are screened"
"$bin" screen "$ex/suppliers.csv" --fees "$ex/fees.csv" --inspections "$ex/inspections.csv" \
	--findings "$ex/findings.csv" --watchlist "$ex/watchlist.csv" --as-of 2026-11-01 -q -o "$work/rep4"
[ "$(grep '"digest"' "$work/rep3/manifest.json")" = "$(grep '"digest"' "$work/rep4/manifest.json")" ]
ok $? "they come to the digest of the CSV files"

# ---- decisions ----
"$bin" screen "$ex/suppliers.csv" --watchlist "$ex/watchlist.csv" --as-of 2026-11-01 -q -d "$work/st" -o "$work/rep5"
printf 'entity,candidate,decision,reason\n0012,"Yunque Lantern Cotton Textile Co., Ltd.",different,other town\n' >"$work/decisions.csv"
convert "$work/decisions.csv" "CSV:44,34,76,1,1/2,1033,false,true"
"$bin" decide --from "$work/decisions.xlsx" --by tester -d "$work/st" >"$work/out" 2>"$work/err"
grep -qF '1 decision recorded' "$work/out"
ok $? "decisions are read from a workbook"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
