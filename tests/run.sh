#!/bin/sh
# run.sh TEST...: runs test programs and scripts, as many at once as there are processors
# (TEST_JOBS); exit 1 when one fails. Output of passing ones is cut to their closing lines.
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
one=$(dirname "$0")/one.sh
printf '%s\n' "$@" | xargs -P "${TEST_JOBS:-$(nproc)}" -n 1 sh "$one" "$dir"
ok=$(ls "$dir" | grep -c '\.ok$')
bad=$(($# - ok))
echo "tests: $ok passed, $bad failed"
[ "$bad" = 0 ]
