#!/bin/sh
# Names against lists and against each other, as users meet it: what is shown, what a bare
# name is worth, files in every shape, and input that is no name at all. All names are
# invented. MANUMIT names the binary. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"
list=$work/w.csv

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
match() { "$bin" match "$@" --watchlist "$list" >"$work/out" 2>"$work/err" </dev/null; }
says() { grep -qF -- "$1" "$work/out"; }
first() { # what the first line must say
	head -n 1 "$work/out" | grep -qF -- "$1"
}

cat >"$list" <<'END'
list,id,name,aliases,former_names,weak_aliases,country,address,listed_on
Own list,L1,Velmora Textile Co.,Velmora Tekstil,Quandry Weaving,Kestrelmoor,BD,"Plot 12, Mirpur Road",2024-01-01
Own list,L2,=Pellworth Dairy,,,,FR,,2024-01-01
Own list,L3,International Trading Company,,,,,,2024-01-01
Own list,L4,Nordhalvik Gloves Unit 1,,,,BD,,2024-01-01
END

# ---- one name ----
match 'Velmora Textile' && first 'possible   Velmora Textile Co. (BD)' && says 'w.csv:2, Own list, id L1'
ok $? "a name is found: band, entry, country, file, line, list, id"
says 'identify  a bare name is never more than possible' && says 'velmora = velmora   exact' && says 'to begin with'
ok $? "a bare name is only possible, says what to do, and why it matched"
match 'Velmora Textile' --country BD && first 'possible' && says 'identify'
ok $? "a name and its country are still a bare name"
match 'Velmora Textile' --country BD --address 'Plot 12 Mirpur Rd' && first 'strong' && ! says 'identify'
ok $? "with an address it may be strong"
match 'Velmora Textile' --country Bangladesh --address 'Plot 12 Mirpur Rd' && first 'strong'
ok $? "a country may be spelled out"
exits 64 'unknown country: zz' "an unknown country is said" "$bin" match 'Velmora Textile' --country zz --watchlist "$list"
match 'Velmora Textile' --country IN --address '9 Elm Street' && ! first 'strong' && says 'same name in another country'
ok $? "another country and address speak against it"
match 'Quandry Weaving' && first 'Velmora Textile Co.' && says 'former name Quandry Weaving' && says 'rule      former name'
ok $? "a former name says that it is one"
match 'Kestrelmoor' && says 'weak alias Kestrelmoor' && says 'P         0.600'
ok $? "a weak alias is never more than .60"
match 'Nordhalvik Gloves Unit 2' && first 'no match   Nordhalvik Gloves Unit 1' && says 'numbers differ'
ok $? "a near miss is shown as no match, with what speaks against it"
match 'Oakhurst Publishing' && says 'no entry shares a telling word'
ok $? "nothing alike says so"
for generic in 'International Trading' 'Trading Company' 'General Trading Co., Ltd.' 'Textile Co., Ltd.'; do
	match "$generic" --country BD --address '9 Elm Street' && ! grep -qE '^[0-9]+\. [0-9.]+ (probable|strong)' "$work/out"
	ok $? "generic words alone make no match: $generic"
done
match 'Velmora Textile' --top 1 && [ "$(grep -c '^[0-9]*\. ' "$work/out")" = 1 ]
ok $? "--top 1 shows one"

# ---- JSON ----
match 'Velmora Textile' --json && says '"screening_band": "possible"' && says '"identify_first": true' && says '"listed_as": "Velmora Textile Co."' && says '"line": 2'
ok $? "--json says the same"
[ "$(tr -cd '{' <"$work/out" | wc -c)" = "$(tr -cd '}' <"$work/out" | wc -c)" ] && [ "$(tr -cd '[' <"$work/out" | wc -c)" = "$(tr -cd ']' <"$work/out" | wc -c)" ]
ok $? "its brackets match"
if command -v python3 >/dev/null; then
	for name in 'Velmora Textile' 'Oakhurst' '' 'a"b\c<d' 'Велмора'; do
		match "$name" --json && python3 -c 'import json, sys
d = json.load(open(sys.argv[1]))
assert d["name"] == sys.argv[2] and isinstance(d["matches"], list)
for m in d["matches"]:
    assert 0 <= m["probability"] <= 1 and isinstance(m["rules"], list)
    assert abs(m["bias"] + sum(c["z"] for c in m["contributions"]) - m["sum"]) < .01' "$work/out" "$name"
		ok $? "it parses and adds up: $name"
	done
fi

# ---- input that is hardly a name ----
long=$(awk 'BEGIN { for (i = 0; i < 1000; i++) printf "velmora%c%c ", 97 + i % 26, 97 + i / 40 % 26 }')
nothing_found() { # name of the case, the name
	match "$2" --address '9 Elm Street' && ! grep -qE '^[0-9]+\. [0-9.]+ (possible|probable|strong)' "$work/out"
	ok $? "bad input: $1"
}
nothing_found "empty" ''
nothing_found "blanks" '   '
nothing_found "10 kB" "$long"
nothing_found "punctuation" '!!! ??? ... --- ((( ]]] /// ;;;'
nothing_found "only a form" 'Co., Ltd.'
nothing_found "emoji" '🏭🧵'
nothing_found "invalid UTF-8" "$(printf '\377\376\200abc')"
nothing_found "a lone mark" "$(printf '\314\201')"
nothing_found "mixed scripts" 'ВелТа新疆วิล'
match "$(printf '\314\201Velmora Textile')" && first 'Velmora Textile Co.'
ok $? "a combining mark at the beginning does not matter"
match 'ＶＥＬＭＯＲＡ　ＴＥＸＴＩＬＥ' && first '0.97'
ok $? "nor does width"

# ---- names of a file ----
printf 'id,name,country\nA,Velmora Textile,BD\nB,=Pellworth Dairy,FR\nC,Nothing Alike,\nD,Kestrelmoor,\nE,"Co., Ltd.",\nF,+Nordhalvik,\n' >"$work/n.csv"
"$bin" match --names "$work/n.csv" --watchlist "$list" >"$work/out" 2>"$work/err"
ok $? "--names"
head -n 1 "$work/out" | grep -q '^row,id,name,country,rank,probability,band,listed_id,listed_name,listed_as,kind,listed_country,list,file,line,reason$'
ok $? "its header"
for id in A B C D E F; do
	grep -q "^[0-9]*,$id," "$work/out"
	ok $? "row $id appears"
done
grep -q '^4,C,Nothing Alike,,0,0.0000,-,.*no candidate$' "$work/out" && grep -q '^6,E,.*no candidate$' "$work/out"
ok $? "a row without a candidate says so"
grep -q ",'=Pellworth Dairy,FR,1," "$work/out" && grep -q ",L2,'=Pellworth Dairy,'=Pellworth" "$work/out" && grep -q "^7,F,'+Nordhalvik," "$work/out"
ok $? "a formula is neutralised, asked and listed"
! grep -qE '(^|,)"?[=+@-][A-Za-z]' "$work/out" && ! grep -qE ',(probable|strong),' "$work/out"
ok $? "no cell begins a formula, no bare name is more than possible"
grep '^2,A,' "$work/out" | grep -q 'identify first: a bare name; velmora, textile'
ok $? "the reason says to identify first"
printf 'id,name,address\nA,Velmora Textile,"Plot 12, Mirpur Road"\n' >"$work/n2.csv"
"$bin" match --names "$work/n2.csv" --watchlist "$list" 2>/dev/null | grep '^2,A,' | grep -q ',strong,'
ok $? "with an address it may be strong"

# ---- pairs ----
pairs() { # file: output to $work/out
	"$bin" match --pairs "$1" >"$work/out" 2>"$work/err" </dev/null
}
printf 'left_name\tright_name\nVelmora Textile\tVelmora Tekstil\nVelmora\tQuandry\n' >"$work/p.tsv"
pairs "$work/p.tsv" && [ "$(wc -l <"$work/out")" = 2 ] && head -n 1 "$work/out" | grep -q '^0\.9[0-9]*	strong	velmora, textile=tekstil (concept)$'
ok $? "--pairs: one line a pair: P, band, reason"
tail -n 1 "$work/out" | grep -q '^0\.0[0-9]*	-	no telling word in common; only left: velmora; only right: quandry$'
ok $? "a pair with nothing in common"
cp "$work/out" "$work/plain"
same() { # what is special about the file
	pairs "$work/q.tsv" && cmp -s "$work/out" "$work/plain"
	ok $? "--pairs: $1"
}
printf '%s' "$(cat "$work/p.tsv")" >"$work/q.tsv"
same "no newline at the end"
sed 's/$/\r/' "$work/p.tsv" >"$work/q.tsv"
same "CRLF"
{ printf '\357\273\277'; cat "$work/p.tsv"; } >"$work/q.tsv"
same "a BOM"
awk -F'\t' -v OFS='\t' '{ print "x", $2, $1 == "left_name" ? "label" : 1, $1 }' "$work/p.tsv" >"$work/q.tsv"
same "columns in another order, and more"
printf 'left_name\tleft_country\tright_name\tright_country\nVelmora Textile\tBD\tVelmora Textile\tIN\n' >"$work/q.tsv"
pairs "$work/q.tsv" && grep -q 'same name in another country' "$work/out"
ok $? "--pairs: countries count"
printf 'left_name\tright_name\nVelmora\n\n\t\nVelmora\tVelmora\tmore\n' >"$work/q.tsv"
pairs "$work/q.tsv" && [ "$(wc -l <"$work/out")" = 4 ] && tail -n 1 "$work/out" | grep -q '	strong	velmora$'
ok $? "--pairs: a line a pair, though cells are missing"
printf 'left_name\tright_name\nVel\000mora\tVel\000mora\n\377\376\tx\n' >"$work/q.tsv"
pairs "$work/q.tsv" && [ "$(wc -l <"$work/out")" = 2 ]
ok $? "--pairs: NUL and invalid UTF-8"
printf 'left_name\tname\nVelmora\tVelmora\n' >"$work/q.tsv"
exits 65 'q.tsv: line 1: no column "right_name"' "--pairs: a missing column is named" "$bin" match --pairs "$work/q.tsv"
: >"$work/q.tsv"
exits 65 'q.tsv: empty' "--pairs: an empty file" "$bin" match --pairs "$work/q.tsv"
printf 'left_name\tright_name\n' >"$work/q.tsv"
exits 0 '' "--pairs: a header alone" "$bin" match --pairs "$work/q.tsv"
exits 66 'nowhere.tsv' "--pairs: no file" "$bin" match --pairs "$work/nowhere.tsv"

# ---- lists ----
printf 'list,name\nOwn list,Velmora\n' >"$work/w2.csv"
exits 0 '' "two lists" "$bin" match Velmora --watchlist "$list" --watchlist "$work/w2.csv"
grep -q 'w2.csv:2, Own list' "$work/out" && grep -q 'w.csv:2' "$work/out"
ok $? "entries of both are shown with their file"
printf 'list,name\n' >"$work/w2.csv"
exits 0 '' "an empty list" "$bin" match Velmora --watchlist "$work/w2.csv"
exits 66 'nowhere.csv' "a list that is not there" "$bin" match Velmora --watchlist "$work/nowhere.csv"
exits 66 'nowhere.csv' "names that are not there" "$bin" match --names "$work/nowhere.csv" --watchlist "$list"

# ---- mistakes of the call ----
exits 64 'one of' "no way at all" "$bin" match --watchlist "$list"
exits 64 'one of' "two names" "$bin" match Velmora Quandry --watchlist "$list"
exits 64 'one of' "a name and --pairs" "$bin" match Velmora --pairs "$work/p.tsv"
exits 64 'one of' "--names and --pairs" "$bin" match --names "$work/n.csv" --pairs "$work/p.tsv"
exits 0 'comes along' "a name without lists: those that come along" "$bin" match Velmora
exits 0 'comes along' "--names without lists" "$bin" match --names "$work/n.csv"
mkdir "$work/bare" && cp -r "$root/indicators" "$root/connectors" "$work/bare" && rm -r "$work/bare/connectors/lists"
exits 64 '--watchlist' "no list at all" "$bin" match Velmora --share "$work/bare"
exits 64 '--watchlist' "a list and a store" "$bin" match Velmora --watchlist "$work/n.csv" -d "$work"

# ---- screening: identifiers that differ, an address, no memory ----
cat >"$work/s9.csv" <<'END'
id,name,country,lei,address
A1,Amberfen Gloves Ltd,FR,529900AAAABBBBCCCC39,
B2,Birchlea Seawrack Foods,FR,,
C3,Cinderwold Dairy Works,FR,,12 Elm Road
END
cat >"$work/w9.csv" <<'END'
list,id,name,country,lei
Own,L1,Amberfen Gloves Ltd,FR,529900DDDDEEEEFFFF94
Own,L2,Birchlea Seawrack Food,FR,
Own,L3,Cinderwold Dairi Works,FR,
Own,L4,Amberfen Glove Ltd,FR,
END
"$bin" screen "$work/s9.csv" --watchlist "$work/w9.csv" -o "$work/r9" -f -q --as-of 2026-11-01 >"$work/log" 2>&1
ok $? "a screening with spelled-otherwise entries"
waiting() { grep "^G-OWN,$1," "$work/r9/review.csv" | grep -F ",$2," | grep -qF -- "$3"; }
waiting 'no match' A1 'identifiers differ' && ! waiting possible A1 'identifiers differ'
ok $? "equal names with another LEI have no effect, and wait"
waiting possible A1 'gloves=glove'
ok $? "an entry without identifier is possible"
waiting possible B2 'identify first: a bare name'
ok $? "a bare name says so"
waiting possible C3 'dairi' && ! waiting possible C3 'identify first'
ok $? "a name with an address does not"
"$bin" match --names "$work/s9.csv" --watchlist "$work/w9.csv" >"$work/out" 2>/dev/null
grep ',A1,' "$work/out" | grep -q ',strong,' && grep ',B2,' "$work/out" | grep -q ',possible,'
ok $? "--names: an identifier lifts the limit of bare names, not of others"
(ulimit -v 900000 && "$bin" match Velmora --watchlist "$list") >"$work/out" 2>"$work/err"
[ $? = 71 ] && grep -q 'out of memory' "$work/err"
memory=$?
# AddressSanitizer reserves more than any limit allows.
case ${bin} in */asan/*) echo "skipped: no memory (sanitizer)" ;; *) ok $memory "no memory: said, exit 71" ;; esac

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
