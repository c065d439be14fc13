#!/bin/sh
# The reports in a real browser. Needs chromium and node; what node needs beside is put into
# build/browser. Pictures of the pages are left in build/browser/shots: look at them.
# MANUMIT names the program. BROWSER=optional: without a browser, say so and pass.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
bin=$(cd "$(dirname "$MANUMIT")" && pwd)/$(basename "$MANUMIT")
ex=$root/examples
dir=$root/build/browser
lacking() {
	echo "skipped: browser tests ($1)"
	[ "${BROWSER:-}" = optional ]
	exit
}
CHROMIUM=$(command -v chromium || command -v chromium-browser) || lacking "no chromium"
command -v node >/dev/null && command -v npm >/dev/null || lacking "no node or npm"
mkdir -p "$dir" && cp "$here/package.json" "$dir/" || exit 1
if [ ! -d "$dir/node_modules/playwright-core" ]; then
	(cd "$dir" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --no-audit --no-fund --ignore-scripts >npm.log 2>&1) ||
		lacking "npm could not install: $(tail -n 1 "$dir/npm.log")"
fi
"$bin" screen "$ex/suppliers.csv" --fees "$ex/fees.csv" --inspections "$ex/inspections.csv" --findings "$ex/findings.csv" \
	--survey "$ex/survey.csv" --watchlist "$ex/watchlist.csv" --watchlist "$ex/register.csv" --as-of 2026-11-01 \
	-f -q -o "$dir/report" || exit 1
(cd "$dir" && node_modules/.bin/html-validate --config "$here/htmlvalidate.json" report/index.html report/entity/*.html >html.log 2>&1)
valid=$?
[ $valid = 0 ] || head -n 40 "$dir/html.log"
# A portfolio that one page does not hold; all of it is invented.
awk 'BEGIN { srand(7); print "id,name,country,sector"
	split("BD MY TR IN VN PT", c, " "); split("1410 1020 2610 4923", s, " ")
	print "X1,\xd7\x9e\xd7\xa4\xd7\xa2\xd7\x9c (invented) 12,IL,1410"; print "X2,\xe6\x99\xa8\xe6\x98\x9f\xe7\xba\xba\xe7\xbb\x87 (invented),CN,1410"
	for (i = 0; i < 3000; i++) printf "S%05d,Invented Works %d,%s,%s\n", i, i, c[1 + i % 6], s[1 + i % 4] }' >"$dir/large.csv"
"$bin" screen "$dir/large.csv" --as-of 2026-11-01 -f -q -o "$dir/large" || exit 1
(cd "$dir" && node_modules/.bin/html-validate --config "$here/htmlvalidate.json" large/list/index.html large/list/country-il-1.html >large.log 2>&1)
large=$?
[ $large = 0 ] || head -n 40 "$dir/large.log"
MODULES=$dir CHROMIUM=$CHROMIUM node "$here/pages.mjs" "$dir/large" "$dir/shots"
paged=$?
MODULES=$dir CHROMIUM=$CHROMIUM node "$here/look.mjs" "$dir/report" "$dir/shots"
looked=$?
# The other pages: lots, a statement, a plan with its field sheets, and pages in French.
other=$dir/other
rm -rf "$other" && mkdir -p "$other"
cat >"$other/bidders.csv" <<END
lot,bidder,company_no,country,cpv,makes_at_name,makes_at_country,workers
L1,Rosewick Uniforms Ltd (invented),01234567,GB,18100000,Padma Reed Textiles (invented),BD,900
L1,Alderby Workwear Ltd (invented),07654321,GB,18100000,,,
L2,Rosewick Uniforms Ltd (invented),01234567,GB,18100000,,,
L2,Alderby Workwear Ltd (invented),07654321,GB,18100000,,,
L2,שקד ביגוד (invented),510000011,IL,18100000,,,
L2,Quillmere Garments Ltd (invented),05556667,GB,18100000,,,
END
"$bin" tender "$other/bidders.csv" --profile uk-public --as-of 2026-11-01 -q -o "$other/lots" &&
	"$bin" screen "$ex/suppliers.csv" --fees "$ex/fees.csv" --inspections "$ex/inspections.csv" --findings "$ex/findings.csv" \
		--edges "$ex/edges.csv" --as-of 2026-11-01 -q -d "$other/store" -o "$other/french" --lang fr &&
	"$bin" statement --law uk -d "$other/store" -o "$other/statement" >/dev/null &&
	"$bin" plan --capacity 6 -d "$other/store" -o "$other/plan" >/dev/null &&
	"$bin" statement --law ca --lang fr -d "$other/store" -o "$other/declaration" >/dev/null &&
	"$bin" plan --capacity 6 --lang zh -d "$other/store" -o "$other/plan-zh" >/dev/null || exit 1
(cd "$other" && "$dir/node_modules/.bin/html-validate" --config "$here/htmlvalidate.json" lots/index.html lots/lot/*.html \
	statement/statement.html plan/plan.html plan/field/*.html declaration/statement.html plan-zh/plan.html french/index.html french/entity/0001*.html >html.log 2>&1)
others=$?
[ $others = 0 ] || head -n 40 "$other/html.log"
MODULES=$dir CHROMIUM=$CHROMIUM node "$here/others.mjs" "$other" "$dir/shots"
looked_at=$?
echo "pictures: $dir/shots"
[ $others = 0 ] && [ $looked_at = 0 ] && [ $valid = 0 ] && [ $large = 0 ] && [ $paged = 0 ] && [ $looked = 0 ]
