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
MODULES=$dir CHROMIUM=$CHROMIUM node "$here/look.mjs" "$dir/report" "$dir/shots"
looked=$?
echo "pictures: $dir/shots"
[ $valid = 0 ] && [ $looked = 0 ]
