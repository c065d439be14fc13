#!/bin/sh
# fuzz/run.sh SECONDS TARGET...: fuzzes each target for that long, from the corpus in the
# repository and what earlier runs found (build/fuzz/corpus). A finding is a file in
# build/fuzz/findings; add it to tests/fuzz/corpus once it is mended. Prints executions per
# target and ends with "N passed, N failed".
set -u
seconds=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
passed=0 failed=0
mkdir -p build/fuzz/findings
for target; do
	name=${target##*/fuzz_}
	log=build/fuzz/$name.log
	mkdir -p "build/fuzz/corpus/$name"
	"$target" -max_total_time="$seconds" -timeout=25 -rss_limit_mb=2500 -print_final_stats=1 \
		-artifact_prefix="build/fuzz/findings/$name-" \
		"build/fuzz/corpus/$name" "$here/corpus/$name" >"$log" 2>&1
	status=$?
	if [ $status = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); tail -n 20 "$log"; fi
	awk -v name="$name" -v status=$status '
		/stat::number_of_executed_units/ { n = $2 }
		END { printf "%s: %d executions, %s\n", name, n, status ? "a finding" : "no finding" }' "$log"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
