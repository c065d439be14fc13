#!/bin/sh
# How `manumit check` takes every file of a folder: one line a file, then the sums.
#   sh tests/survey.sh DIR [NAME-PATTERN...]     MANUMIT=build/release/manumit
# Without patterns all files are tried. Files that check refuses show its exit code and
# first line. Exit 1 when a file crashes check or its rows do not add up.
set -u
bin=${MANUMIT:-build/release/manumit}
dir=${1:?"usage: sh tests/survey.sh DIR [PATTERN...]"}
shift
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
field() { # name: a number or text of the JSON that check printed
	sed -n "s/.*\"$1\":\"\{0,1\}\([^,\"]*\).*/\1/p" "$out/head"
}
matches() {
	[ $# = 1 ] && return 0
	name=${1##*/}
	shift
	for p; do case $name in $p) return 0 ;; esac; done
	return 1
}
find "$dir" -type f | LC_ALL=C sort >"$out/files"
printf '%-64s %-11s %9s %9s %9s %11s  %s\n' file kind rows accepted noted quarantined layout
files=0 refused=0 crashed=0 wrong=0
while IFS= read -r f; do
	matches "$f" "$@" || continue
	files=$((files + 1))
	name=${f#"$dir"/}
	"$bin" check --json "$f" >"$out/json" 2>"$out/err" </dev/null
	status=$?
	if [ $status -ge 70 ] || [ $status = 1 ]; then
		crashed=$((crashed + 1))
		printf '%-64s exit %s: %s\n' "$name" $status "$(head -n 1 "$out/err")"
		continue
	fi
	if [ $status != 0 ]; then
		refused=$((refused + 1))
		printf '%-64s exit %s: %s\n' "$name" $status "$(sed -n "1s|^manumit: .*$name: ||p" "$out/err" | cut -c 1-100)"
		continue
	fi
	# Remarks stand behind the counts and may hold anything.
	sed 's/,"remarks":.*//; s/"columns":\[.*\],"rows"/"rows"/' "$out/json" | head -n 1 >"$out/head"
	rows=$(field rows) accepted=$(field accepted) noted=$(field noted) quarantined=$(field quarantined)
	printf '%-64s %-11s %9s %9s %9s %11s  %s\n' "$name" "$(field kind)" "$rows" "$accepted" "$noted" "$quarantined" \
		"$(field layout)"
	[ "$rows" = $((accepted + noted + quarantined)) ] || { wrong=$((wrong + 1)); echo "  ROWS DO NOT ADD UP"; }
done <"$out/files"
echo "$files files: $refused refused with a message, $crashed crashed, $wrong with rows that do not add up"
[ $crashed = 0 ] && [ $wrong = 0 ]
