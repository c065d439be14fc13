#!/bin/sh
# bench/csv.sh ROWS SEED: reading one CSV file, in turns with DuckDB reading it into a
# table, best of five each; rows a second and their ratio. DuckDB is Node's package
# @duckdb/node-api in DUCKDB_DIR/node_modules (nothing is fetched); without it only our own
# figures. Ratios of one run compare, figures of different machines or hours do not.
set -eu
n=$1 seed=$2 jobs=${JOBS:-2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$GEN" "$work" "$n" "$seed"
rm -f "$work/fees.csv" "$work/inspections.csv" "$work/findings.csv" "$work/watchlist.csv"
file=$work/suppliers.csv
cat >"$work/duck.cjs" <<'END'
const { DuckDBInstance } = require(process.argv[2] + "/node_modules/@duckdb/node-api");
(async () => {
	const db = await DuckDBInstance.create(":memory:", { threads: process.argv[4] });
	const c = await db.connect();
	const from = process.hrtime.bigint();
	await c.run(`create table t as select * from read_csv('${process.argv[3]}')`);
	const ns = process.hrtime.bigint() - from;
	const r = await c.runAndReadAll("select count(*) from t");
	console.log(String(r.getRows()[0][0]), String(ns / 1000000n));
})();
END
duck=
if [ -n "${DUCKDB_DIR:-}" ] && command -v node >/dev/null && [ -d "$DUCKDB_DIR/node_modules/@duckdb" ]; then
	duck=1
else
	echo "DuckDB is not compared: DUCKDB_DIR names no folder with node_modules/@duckdb, or there is no node"
fi
# Milliseconds of one reading, the program's start included.
ours() {
	from=$(date +%s%N)
	"$MANUMIT" check "$file" -j "$jobs" $1 >"$work/out"
	grep -q "^  $n rows = " "$work/out"
	echo $((($(date +%s%N) - from) / 1000000))
}
least() { [ "$1" -gt "$2" ] && echo "$2" || echo "$1"; }
caged=999999999 open=999999999 theirs=999999999
for i in 1 2 3 4 5; do
	caged=$(least "$caged" "$(ours '')")
	open=$(least "$open" "$(ours --no-sandbox)")
	[ -z "$duck" ] || {
		set -- $(node "$work/duck.cjs" "$DUCKDB_DIR" "$file" "$jobs")
		[ "$1" = "$n" ]
		theirs=$(least "$theirs" "$2")
	}
done
awk -v n="$n" -v j="$jobs" -v mb="$(wc -c <"$file")" -v a="$caged" -v b="$open" -v d="$theirs" -v duck="$duck" 'BEGIN {
	printf "%d rows, %.0f MB, %d threads, best of five\n", n, mb / 1e6, j
	printf "manumit check               %6d ms  %8.0f rows/s\n", a, n * 1000 / a
	printf "manumit check --no-sandbox  %6d ms  %8.0f rows/s\n", b, n * 1000 / b
	if (duck) {
		printf "duckdb read_csv into table  %6d ms  %8.0f rows/s (without its start)\n", d, n * 1000 / d
		printf "ratio of rows/s, manumit to duckdb: %.2f (--no-sandbox %.2f)\n", d / a, d / b
	}
}'
