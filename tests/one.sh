#!/bin/sh
# one.sh DIR TEST: runs a test program or script, prints its output at once so that tests
# running beside it do not mix in, and leaves NAME.ok in DIR when it passed.
set -u
name=$(echo "${2%.sh}" | sed "s|.*tests/||; s|/|-|g")
case $2 in
*.sh) set -- "$1" sh "$2" ;;
esac
dir=$1
shift
log=$dir/$name.log
"$@" >"$log" 2>&1
status=$?
if [ $status = 0 ]; then
	out=$(grep -E '^\[  (PASSED|SKIPPED)  \]|^skipped|[0-9]+ passed, 0 failed' "$log" | sed "s|^|$name: |")
	: >"$dir/$name.ok"
else
	out=$(echo "FAILED: $name (exit $status)"; cat "$log")
fi
printf '%s\n' "$out"
exit 0
