#!/bin/sh
# Memory of decisions, as users meet it: what decide changes in the next run, what a
# decision survives, what makes it wait again, and what the journal notices.
# MANUMIT names the binary. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"
store=$work/store

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
screen() { # options...
	"$bin" screen "$work/s.csv" --watchlist "$work/w.csv" --as-of 2026-11-01 -d "$store" -o "$work/r" -f -q "$@" >"$work/log" 2>&1
}
decide() { "$bin" decide -d "$store" --as-of 2026-11-01 --by compliance "$@"; }
gate() { # source id, text wanted in its G-OWN rows
	grep -F "\"source_ids\":[\"$1\"" "$work/r/results.jsonl" | grep -o '{"code":"G-OWN".*"path":\[\]}' | grep -qF -- "$2"
}
# Columns of review.csv are counted from its end: only the question before them has commas.
column() { # name of a column, row of a source id
	awk -F, -v want="$1" -v id="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == want) c = NF - i } $4 == id { print $(NF - c) }' "$work/r/review.csv"
}

cat >"$work/s.csv" <<'END'
id,name,country
A1,Amberfen Gloves Ltd,BD
B2,Birchlea Works,DE
C3,Cinderwold Dairy,FR
D4,Dunmore Packing,IE
E5,Elderholt Mills,PT
E6,Elderholt Mills,PT
END
cat >"$work/w.csv" <<'END'
list,id,name,aliases,country,listed_on,ended_on,reason,tax_id
Own list,L1,Amberfen Gloves Limited,,BD,2024-01-01,,late wages,77
Own list,L2,Birchlea Works,Birchlea; Birch,DE,2024-01-01,,,
Own list,L3,Cinderwold Dairy,,FR,2024-01-01,,,
Own list,L4,Dunmore Packing,,IE,2020-01-01,2022-01-01,,
END
screen
ok $? "the first run"
gate A1 '"status":"possible"' && gate B2 '"status":"possible"'
ok $? "names are possible matches"
[ "$(column state A1)" = waiting ] && [ "$(column decision A1)" = "" ] && [ "$(column subject A1 | wc -c)" = 33 ]
ok $? "they wait in review.csv, with the handles of the pair"

# ---- same, different ----
exits 0 '' "decide same, by id and name on the list" decide A1 'Amberfen Gloves Limited' --same --reason 'registration seen'
exits 0 '' "decide different, by name and id on the list" decide 'birchlea works' L2 --different --reason 'other town'
exits 0 '' "decide of an ended entry, by its key" decide D4 "$(column entry_key D4)" --same --reason 'registration seen'
gate A1 '"status":"possible"'
ok $? "a decision changes no run that was"
screen
gate A1 '"status":"hit","basis":"decision"' && gate A1 '"state":"same","verdict":"same","by":"compliance","on":"2026-11-01"'
ok $? "same: a hit, by decision"
gate B2 '"status":"no match"' && gate B2 '"state":"different"' && gate B2 'other town'
ok $? "different: no match, and the decision is told"
gate D4 '"status":"ended","basis":"decision"'
ok $? "same as an entry that ended: ended, not a hit"
[ "$(column state A1)$(column state B2)$(column state D4)" = "" ] && [ "$(column state C3)" = waiting ]
ok $? "what is decided waits no more, the rest does"
"$bin" explain B2 -d "$store" | grep -qF 'decided different by compliance on 2026-11-01: other town' &&
	grep -qF 'decided different by compliance on 2026-11-01: other town' "$work"/r/entity/B2-*.html
ok $? "explain and dossier say who decided, when and why"
grep -q '"same": 2' "$work/r/manifest.json" && grep -q '"different": 1' "$work/r/manifest.json"
ok $? "the manifest counts them"
digest() { sed -n 's/.*"digest": *"\([0-9a-f]*\)".*/\1/p' "$work/r/manifest.json"; }
before=$(digest)
{ head -n 1 "$work/s.csv"; tail -n +2 "$work/s.csv" | tac; } >"$work/turned.csv" && cp "$work/s.csv" "$work/straight.csv" && cp "$work/turned.csv" "$work/s.csv"
screen && [ "$before" = "$(digest)" ]
ok $? "rows in another order: the same digest, decisions and all"
cp "$work/straight.csv" "$work/s.csv"

# ---- the list is updated ----
cat >"$work/w.csv" <<'END'
list,id,name,aliases,country,listed_on,ended_on,reason,tax_id
Own list,L0,Zinnia New Entry,,IT,2026-10-01,,,
Own list,L2,BIRCHLEA WORKS,Birch; Birchlea,DE,2025-05-05,,ground given,
Own list,L7,Amberfen Gloves Ltd.,,BD,2025-05-05,,,77
Own list,L3,Cinderwold Dairy,,FR,2024-01-01,,,
END
screen
gate B2 '"status":"no match"' && gate A1 '"status":"hit","basis":"decision"'
ok $? "rows renumbered (with a registration), dates and spelling changed: decisions hold"
sed -i 's/Birch; Birchlea/Birch; Birchlea; Birchlea Textiles/' "$work/w.csv"
screen
gate B2 '"status":"possible"' && [ "$(column state B2)" = stale ] &&
	column state_note B2 | grep -q '^stale: the listed entry changed since 2026-11-01; decided different by compliance'
ok $? "an alias was added: stale, and it says so"
grep -q '^w.csv,3,.*DECISION_STALE' "$work/r/issues.csv"
ok $? "issues.csv names the row of the list"
exits 0 '' "decide again" decide B2 L2 --different --reason 'still the other town'
screen
gate B2 '"status":"no match"' && gate B2 'still the other town'
ok $? "the new decision is in force without -f: it is about another entry"

# ---- the supplier list is updated ----
sed -i 's/^id,name,country/id,name,country,lei/; s/^A1,.*/A1,AMBERFEN GLOVES LTD,BD,529900T8BM49AURSDO55/' "$work/s.csv"
screen
gate A1 '"status":"hit","basis":"decision"'
ok $? "a supplier that gains an identifier keeps its decisions"

# Rows of one name and country are one supplier; its handle is that of its fullest row.
{ printf 'id,name,country,lei,city\n,Foxholm Foundry,DE,,\n'; for i in 1 2 3 4 5 6 7 8 9 10 11; do printf ',Foxholm Foundry,DE,,\n'; done; printf 'F9,Foxholm Foundry,DE,,\n'; } >"$work/many.csv"
cp "$work/s.csv" "$work/s.kept" && cp "$work/w.csv" "$work/w.kept"
cp "$work/many.csv" "$work/s.csv" && printf 'list,name,country\nOwn list,Foxholm Foundry,DE\n' >"$work/w.csv"
screen
exits 0 '' "decide of a supplier of many rows" decide F9 'Foxholm Foundry' --different --reason 'another foundry'
sed -i '2s/,,$/,529900T8BM49AURSDO55,Essen/' "$work/s.csv"
screen
gate F9 '"state":"different"'
ok $? "the decision holds when another row becomes the fullest"
cp "$work/s.kept" "$work/s.csv" && cp "$work/w.kept" "$work/w.csv"
screen

# ---- expiry ----
exits 64 'not past' "an expiry that is past" decide C3 L3 --same --reason x --expires 2026-10-31
exits 0 '' "an expiry" decide C3 L3 --same --reason 'until the invoice comes' --expires 2026-11-30
screen
gate C3 '"status":"hit"' && gate C3 '"expires":"2026-11-30"'
ok $? "in force on the as-of day"
screen --as-of 2026-12-01
gate C3 '"status":"possible"' && [ "$(column state C3)" = expired ] && grep -q 'DECISION_EXPIRED' "$work/r/issues.csv"
ok $? "past its last day it waits again, and says so"

# ---- contradictions ----
exits 65 'decided different by compliance' "the opposite of a decision" decide B2 L2 --same --reason 'changed my mind'
screen
gate B2 '"status":"no match"'
ok $? "nothing was recorded"
exits 0 '' "-f supersedes" decide B2 L2 --same --reason 'same after all' -f
screen
gate B2 '"status":"hit"' && [ "$("$bin" audit show -d "$store" | grep -c 'Birchlea')" -ge 3 ]
ok $? "the later one is in force, the journal keeps both"
exits 0 '' "the same again" decide B2 L2 --same --reason 'same after all'
grep -q '1 known already' "$work/out"
ok $? "a decision that is known is not recorded twice"
exits 65 'the entity itself' "a supplier and itself" decide E5 E5 --same --reason x
exits 0 '' "two suppliers" decide E5 E6 --different --reason 'two sites'
exits 65 'two sites' "two suppliers, the opposite" decide E6 E5 --same --reason 'one site'
printf 'list,id,name,country,lei\nOwn list,L1,Amberfen Gloves,BD,529900T8BM49AURSDO55\n' >"$work/w2.csv"
cp "$work/w.csv" "$work/w1.csv" && cp "$work/w2.csv" "$work/w.csv"
screen
exits 65 'identifiers' "an identifier is not decided away" decide A1 L1 --different --reason x
cp "$work/w1.csv" "$work/w.csv"

# ---- a file of decisions ----
cat >"$work/s.csv" <<'END'
id,name,country
F1,Fernhollow Mill,DE
G2,Gorsedale Mill,DE
H3,Heatherby Mill,DE
END
cat >"$work/w.csv" <<'END'
list,id,name,country,listed_on
Own list,M1,Fernhollow Mill,DE,2024-01-01
Own list,M2,Gorsedale Mill,DE,2024-01-01
Own list,M3,Heatherby Mill,DE,2024-01-01
END
screen
fill() { # source id, decision, reason
	awk -F, -v OFS=, -v id="$1" -v word="$2" -v why="$3" 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = NF - i }
		$4 == id { n = NF; $(n - c["decision"]) = word; $(n - c["reason"]) = why } { print }' "$work/f.csv" >"$work/f.new" && mv "$work/f.new" "$work/f.csv"
}
cp "$work/r/review.csv" "$work/f.csv"
fill F1 same 'seen' && fill G2 Different 'not it'
exits 0 '' "decide --from review.csv" decide --from "$work/f.csv"
grep -q '2 decisions recorded, 1 rows without one' "$work/out"
ok $? "it says how many"
exits 0 '' "the file again" decide --from "$work/f.csv"
grep -q '0 decisions recorded, 2 known already' "$work/out"
ok $? "a file read twice records nothing twice"
screen
gate F1 '"status":"hit"' && gate G2 '"status":"no match"' && gate H3 '"status":"possible"'
ok $? "the next run knows them"
cp "$work/r/review.csv" "$work/f.csv"
fill H3 smae 'x'
exits 65 'f.csv:2: column decision: "smae": write same or different' "an unknown word: file, line, column, value, advice" decide --from "$work/f.csv"
fill H3 same ''
exits 65 'column reason' "no reason" decide --from "$work/f.csv"
exits 0 '' "--reason for rows without one" decide --from "$work/f.csv" --reason 'bulk'
head -n 1 "$work/r/review.csv" >"$work/f.csv"
sed -n '2{p;p}' "$work/r/review.csv" >>"$work/f.csv"
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = NF - i }
	NR > 1 { n = NF; $(n - c["decision"]) = NR == 2 ? "same" : "different"; $(n - c["reason"]) = "r" } { print }' "$work/f.csv" >"$work/f2.csv"
exits 65 'different in line 3' "two rows of one file disagree" decide --from "$work/f2.csv"
exits 65 'columns of review.csv' "another table" decide --from "$work/s.csv"
printf 'entity,candidate,decision,reason\nG2,F1,different,neighbours\nH3,M9,same,x\n' >"$work/f3.csv"
exits 65 'f3.csv:3: column candidate: "M9"' "a table of names, one unknown" decide --from "$work/f3.csv"
"$bin" audit show -d "$store" | grep -q neighbours
[ $? = 1 ]
ok $? "all or nothing: the good row before it is not recorded"
printf 'entity;candidate;decision;reason;expires\nG2;F1;different;neighbours;2027-01-01\n' >"$work/f3.csv"
exits 0 '' "a table of names, semicolons" decide --from "$work/f3.csv"
sed -i 's/2027-01-01/1.1.2027/' "$work/f3.csv"
exits 65 'YYYY-MM-DD' "a day in another form" decide --from "$work/f3.csv"

# ---- two suppliers ----
# A and B are alike but not united (two ids, no address); C and D are united by spelling.
cat >"$work/pairs.csv" <<'END'
id,name,country,city,address
T1,Brightwell Quillon Garments Ltd,BD,,
T2,Brightwel Quillon Garment Limited,BD,,
T3,Vellmore Kestrel Textiles Ltd,BD,Dhaka,Plot 12 Mirpur Road
T4,Velmore Kestrel Textile Limited,BD,Dhaka,"Plot 12, Mirpur Rd."
,Larkspur Ropeworks,DE,,
,Thistlemere Cordage,DE,,
END
pairs=$work/pairstore
twice() { # rows in either order must give the same digest: options...
	for o in straight turned; do
		[ $o = turned ] && { head -n 1 "$work/pairs.csv"; tail -n +2 "$work/pairs.csv" | tac; } >"$work/s.csv" || cp "$work/pairs.csv" "$work/s.csv"
		"$bin" screen "$work/s.csv" --as-of 2026-11-01 -d "$pairs" -o "$work/$o" -f -q "$@" >"$work/log" 2>&1 || return 1
	done
	d1=$(grep -o '"digest": *"[0-9a-f]*"' "$work/straight/manifest.json") && [ -n "$d1" ] &&
		[ "$d1" = "$(grep -o '"digest": *"[0-9a-f]*"' "$work/turned/manifest.json")" ]
}
one() { grep -qE "\"source_ids\":\[(\"$1\",\"$2\"|\"$2\",\"$1\")\]" "$work/turned/results.jsonl"; }
said() { grep -qF "$1" "$work/turned/results.jsonl" && grep -rqF "$1" "$work/turned/entity"; }
twice && ! one T1 T2 && one T3 T4
ok $? "before: alike rows of two ids are two, those of one address are one"
[ "$(grep -c ',suppliers,' "$work/turned/review.csv")" = 1 ] &&
	grep ',suppliers,' "$work/turned/review.csv" | grep -qE '^,possible duplicate,.*,T[12],Brightw.*,waiting,,[0-9a-f]{32},[0-9a-f]{32},$'
ok $? "the pair that a person could decide is in review.csv"
cp "$work/turned/review.csv" "$work/f.csv"
sed -i 's/,suppliers,,,/,suppliers,same,one registration,/' "$work/f.csv"
exits 0 '' "review.csv read back: two suppliers" "$bin" decide --from "$work/f.csv" -d "$pairs" --as-of 2026-11-01 --by compliance
exits 0 '' "two rows of one entity, decided different" "$bin" decide T3 T4 -d "$pairs" --as-of 2026-11-01 --by compliance --different --reason 'two mills'
exits 0 '' "two rows that nothing resembles, by name" "$bin" decide 'Larkspur Ropeworks' 'thistlemere cordage' -d "$pairs" --as-of 2026-11-01 --by compliance --same --reason renamed
twice && one T1 T2 && ! one T3 T4
ok $? "the next run knows them, whatever the order of the rows"
said 'decided same by compliance on 2026-11-01: one registration' && said 'decided different by compliance on 2026-11-01: two mills; ' &&
	said 'decided same by compliance on 2026-11-01: renamed'
ok $? "results and dossiers say who decided, when and why"
! grep -q ',suppliers,' "$work/turned/review.csv" && ! grep -q REFUSED_UNION "$work/turned/issues.csv"
ok $? "what is decided waits no more"
sed -i 's/^T4,/T4b,/; s/^id,name,country/id,name,country,lei/; s/^\(T3,[^,]*,BD\),/\1,529900T8BM49AURSDO55,/; s/^\(T[12]*,[^,]*,BD\),/\1,,/; s/^\(T4b,[^,]*,BD\),/\1,,/; s/^\(,[^,]*,DE\),/\1,,/' "$work/pairs.csv"
twice && one T1 T2 && one T3 T4b
ok $? "who becomes another supplier is decided on no more, the rest is"
sed -i 's/^T4b,/T4,/' "$work/pairs.csv"
twice && ! one T3 T4
ok $? "who gains an identifier keeps its decisions"
printf 'entity,candidate,decision,reason\nT4,T3,different,two mills\nT4,T3,same,one mill\n' >"$work/f4.csv"
exits 65 'but same in line 3' "two rows of one file about two suppliers disagree" "$bin" decide --from "$work/f4.csv" -d "$pairs"
sed -i '/^T3,/d' "$work/pairs.csv"
twice && one T1 T2
ok $? "a decision about a supplier who is not there is left alone"
exits 0 '' "an end" "$bin" decide T1 T2 -d "$pairs" --as-of 2026-11-01 --by compliance --same --reason 'for now' --expires 2026-11-30
twice && one T1 T2 && twice --as-of 2026-12-01 && ! one T1 T2 && grep -q ',suppliers,' "$work/turned/review.csv"
ok $? "in force on its last day; then the pair waits again"
printf 'id,name,country\nF1,Fernhollow Mill,DE\n' >"$work/s.csv"

# ---- mistakes of the call ----
exits 64 '-d DIR' "no store" "$bin" decide F1 M1 --same --reason x
exits 64 '--same' "neither same nor different" decide F1 M1 --reason x
exits 64 '--reason' "no reason given" decide F1 M1 --same
exits 66 'no store' "a directory without a store" "$bin" decide F1 M1 --same --reason x -d "$work/nowhere"
exits 66 '(Fernhollow Mill, Own list)' "a candidate that is not there: what there is" decide F1 'Fernholow' --same --reason x
"$bin" screen "$work/s.csv" --watchlist "$work/w.csv" -o "$work/alone" -q
exits 64 'screen -d STORE' "a report directory keeps no decisions" "$bin" decide F1 M1 --same --reason x -d "$work/alone"

# ---- the journal ----
exits 0 '' "audit verify" "$bin" audit verify -d "$store"
grep -q 'head [0-9a-f]\{64\}' "$work/out"
ok $? "it prints the head"
head=$(grep -o '"journal_head": "[0-9a-f]*"' "$work/r/manifest.json" | cut -d'"' -f4)
"$bin" audit show -d "$store" --json | grep -q "\"sha256\":\"$head\""
ok $? "the manifest names a head that is in the journal"
exits 0 '' "audit verify of a report without a journal" "$bin" audit verify -d "$work/alone"
exits 66 'no store' "audit of nothing" "$bin" audit verify -d "$work/nowhere"
cp -r "$store" "$work/broken"
LC_ALL=C sed -i 's/not it/not so/g' "$work/broken/state.mdb"
exits 65 'record' "one word changed in the store" "$bin" audit verify -d "$work/broken"

# ---- sites and goods of a region ----
cat >"$work/region.csv" <<'END'
id,name,country,region,city,address,product
R1,Rowanmoor Spinning Mill,CN,Xinjiang,Aksu,12 Beijing Road,yarn
R2,Rushfen Buttons,CN,Shanghai,Shanghai,88 Urumqi Road,buttons
R3,Ryehill Shirts,BD,,Dhaka,,shirts of Xinjiang cotton
END
region() {
	"$bin" screen "$work/region.csv" --no-shipped-lists --as-of 2026-11-01 -d "$work/rstore" -o "$work/rr" -f -q >"$work/log" 2>&1
}
uflpa() { # source id, text wanted in its gates
	grep -F "\"source_ids\":[\"$1\"" "$work/rr/results.jsonl" | grep -qF -- "$2"
}
rules() { "$bin" decide -d "$work/rstore" --as-of 2026-11-01 --by compliance "$@" >"$work/out" 2>&1; }
region && uflpa R1 '"code":"G-UFLPA","status":"possible","basis":"site in the region","listed_as":"\"xinjiang\"",' &&
	uflpa R1 '"file":"region.csv","row":2,"column":"region"'
ok $? "a site in the region is possible, with file, line, column and words"
uflpa R2 'address names \"urumqi\", as the name of a street or house' && uflpa R2 '{"code":"G-UFLPA","status":"not checked",'
ok $? "a street of another city is told and leaves the gate as it was"
uflpa R3 '"code":"G-UFLPA","status":"possible","basis":"good from the region"'
ok $? "so is a good from the region, wherever it is sewn"
[ "$(grep -c '^G-UFLPA,possible' "$work/rr/review.csv")" = 2 ] && grep -q 'Is this site in the region?' "$work/rr/review.csv"
ok $? "they wait in review.csv with a question of their own"
grep -q 'applies from 2027-12-14' "$work/rr/index.html" && grep -rq 'concerns the role recruiter; here it is' "$work/rr/entity" &&
	uflpa R1 '"why_not":"concerns the country BR; here it is CN"'
ok $? "not applicable says why"
rules R3 "Xinjiang Uyghur Autonomous Region" --different --reason "cotton of Gansu, traced"
sed 's/^\(G-UFLPA,possible,.*,R1,.*,list,\),/\1same,/; s/^\(G-UFLPA,.*,R1,.*,list,same,\),/\1seen the plant,/' "$work/rr/review.csv" >"$work/filled.csv"
rules --from "$work/filled.csv"
region && uflpa R1 '"code":"G-UFLPA","status":"hit","basis":"decision"' && uflpa R3 '"verdict":"different"' &&
	uflpa R3 '{"code":"G-UFLPA","status":"not checked",'
ok $? "a person confirms a site, and rules out a good"
sed -i 's/12 Beijing Road/14 Beijing Road/' "$work/region.csv"
region && uflpa R1 '"code":"G-UFLPA","status":"possible"'
ok $? "a site that moved waits again"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
