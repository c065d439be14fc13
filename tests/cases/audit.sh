#!/bin/sh
# A result made again, as an auditor meets it: from the files, wherever they are now; or
# what stands in the way. All companies are invented. MANUMIT names the program.
set -u
. "$(dirname "$0")/common.sh"
ex=$root/examples
again() { # exit status wanted, text wanted, name, arguments...
	want=$1 text=$2 name=$3
	shift 3
	"$bin" audit reproduce -d "$work/store" "$@" >"$work/out" 2>&1 </dev/null
	got=$?
	[ "$got" = "$want" ] && grep -qF -- "$text" "$work/out"
	r=$?
	[ "$r" = 0 ] || { echo "  exit $got (wanted $want): $(head -n 5 "$work/out")"; }
	ok $r "$name"
}

"$bin" screen "$ex/suppliers.csv" --fees "$ex/fees.csv" --findings "$ex/findings.csv" --survey "$ex/survey.csv" \
	--watchlist "$ex/watchlist.csv" --as-of 2026-11-01 -d "$work/store" -o "$work/r" -q || exit 1
mkdir "$work/archive"
for f in suppliers fees findings survey watchlist; do cp "$ex/$f.csv" "$work/archive/$f-of-november.csv"; done
again 0 "made again from 5 files: the same digest" "the same files, elsewhere and with other names" "$work/archive"
again 0 "generation 1 made again" "the generation named" 1 "$work/archive"
[ ! -e "$work/store/audit.tmp" ] && [ "$(cat "$work/store/current")" = 1 ] && "$bin" audit verify -d "$work/store" >/dev/null
ok $? "nothing is published, nothing is left, the journal is as it was"
echo >>"$work/archive/fees-of-november.csv"
again 65 "has the content of fees.csv" "a file that was changed is another" "$work/archive"
cp "$ex/fees.csv" "$work/archive/fees-of-november.csv"
again 64 "wants the files" "no files: 64"
again 66 "" "no such generation: 66" 7 "$work/archive"
"$bin" screen "$ex/suppliers.csv" --as-of 2026-11-01 -d "$work/store" -o "$work/r" -f -q
again 0 "generation 1 made again" "an earlier generation, as long as it is kept" 1 "$work/archive"
"$bin" decide 0001 0002 --different --by compliance --reason "two works" -d "$work/store" --as-of 2026-11-02 >/dev/null
again 65 "1 decisions or records were made since" "a decision since stands in the way" "$work/archive"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
