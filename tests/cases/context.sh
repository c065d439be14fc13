#!/bin/sh
# Inherent context as users meet it: a country pack of their own, ages, goods by code and
# group, what is asked. All names are invented. MANUMIT names the binary. Ends with
# "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"

exits() { # status wanted, text wanted on stderr, name, command...
	want=$1 text=$2 name=$3
	shift 3
	"$@" >"$work/out" 2>"$work/err" </dev/null
	got=$?
	[ "$got" = "$want" ] && { [ -z "$text" ] || grep -qF -- "$text" "$work/err"; }
	r=$?
	[ "$r" = 0 ] || { echo "  exit $got (wanted $want): $(head -n 3 "$work/err")"; }
	ok $r "$name"
}
has() { # file, text, name
	grep -qF -- "$2" "$1"
	ok $? "$3"
}

cat >"$work/s.csv" <<'END'
id,name,country,sector,product,hs,origin_country,category,migrant_share,recruiter_used,workers_from,role
A,Ashbrook Gloves,MY,,nitrile gloves,4015.12,MY,,70%,yes,"Bangladesh, Nepal",
B,Larkspur Trading,DE,,,,,Cotton yarn,,,,
C,Larkspur Shop,NO,UK SIC 47710,,,,,,,,
D,Thornfield Works,MY,,guantes de goma,,,,,,,facility
END
cat >"$work/c.csv" <<'END'
category,product,hs,origin_country
Cotton yarn,,5205,CN
END
cat >"$work/index.csv" <<'END'
country,index_value
Malaysia,0.9
NO,0.1
DE,0.2
Nowhereland,0.5
END

# ---- a pack of one's own ----
exits 0 "Nowhereland" "an index becomes a pack, and a country nobody knows is told" \
	"$bin" pack import "$work/index.csv" -o "$work/own.json"
has "$work/out" "3 countries" "it says how many countries it has"
exits 73 "" "an existing pack is not replaced" "$bin" pack import "$work/index.csv" -o "$work/own.json"
exits 0 "" "it is a valid pack" "$bin" pack check "$work/own.json"
exits 0 "" "and fits the others" "$bin" pack check --country-pack "$work/own.json"
printf 'country,index_value\nNO,0.1\nNorway,0.2\n' >"$work/twice.csv"
exits 78 "NO has two rows" "a country is there once" "$bin" pack import "$work/twice.csv" -o "$work/t.json"
printf 'country,index_value\nNO,41\n' >"$work/scale.csv"
exits 78 "outside the scale" "a number of another scale is refused" "$bin" pack import "$work/scale.csv" -o "$work/t.json"
gsi=$root/tests/fixtures/sources/gsi-walkfree.csv # invented rows
exits 78 "its value is 41.25, but its parts make 17.31" "an index whose columns are not what they seem is refused" \
	"$bin" pack import "$gsi" -o "$work/t.json"
sed 's/41.25/17.31/' "$gsi" >"$work/gsi.csv"
exits 0 "" "one whose parts agree becomes a pack" "$bin" pack import "$work/gsi.csv" -o "$work/gsi.json"
has "$work/out" "checked: 1 values are what their parts make" "and says what was checked"
has "$work/gsi.json" "not for redistribution" "with the licence of its publisher"
exits 65 "" "a table that is no index is refused" "$bin" pack import "$work/c.csv" -o "$work/t.json"
exits 78 "country_series" "a pack without series is none of countries" \
	"$bin" screen "$work/s.csv" -o "$work/no" --country-pack "$root/indicators/gates.json"

# ---- the shipped series ----
exits 0 "" "pack check prints r of each pair of series" "$bin" pack check
has "$work/out" "series rule_of_law and tip_tier: r 0.6" "with the number"

# ---- a run ----
exits 0 "" "a run with groups" "$bin" screen "$work/s.csv" --categories "$work/c.csv" -o "$work/r" --as-of 2026-11-01 -q
"$bin" explain -d "$work/r" A >"$work/a.txt" 2>&1
has "$work/a.txt" "goods/MY:rubber gloves" "a good by its code, where it is made"
has "$work/a.txt" "corridors/BD" "the corridor that workers come through"
has "$work/a.txt" "not told: the recruiter's licence" "what is not told is named"
has "$work/a.txt" "its source is old: widened by 0.0500" "an old list of goods widens"
"$bin" explain -d "$work/r" B >"$work/b.txt" 2>&1
has "$work/b.txt" "goods/CN:thread yarn" "a good of the purchasing group, by its code"
"$bin" explain -d "$work/r" C >"$work/c.txt" 2>&1
has "$work/c.txt" "sectors/trade" "a UK SIC code"
"$bin" explain -d "$work/r" D >"$work/d.txt" 2>&1
has "$work/d.txt" "goods/MY:rubber gloves" "a facility makes its goods where it stands, in Spanish"
dossier=$(grep -l "Ashbrook Gloves" "$work"/r/entity/*.html | head -n 1)
has "$dossier" "days old" "the dossier tells the age of each source"
has "$dossier" "we assumed the usual" "and what was assumed"
dossier=$(grep -l "Larkspur Shop" "$work"/r/entity/*.html | head -n 1)
has "$dossier" "unknown</strong>: a question, see section 7; we assumed the middle" "an unknown channel says so"

# ---- the same with an index of one's own ----
exits 0 "" "a run with a country pack" "$bin" screen "$work/s.csv" -o "$work/q" --as-of 2026-11-01 -q --country-pack "$work/own.json"
"$bin" explain -d "$work/q" A >"$work/a2.txt" 2>&1
has "$work/a2.txt" "countries/MY/own_index" "the index takes the place of the shipped series"
has "$work/q/index.html" "as its publisher says" "and is named with its licence"
! grep -qF "country-tip-tier" "$work/q/index.html"
ok $? "the shipped series are not named"
echo "context: $passed passed, $failed failed"
[ "$failed" = 0 ]
