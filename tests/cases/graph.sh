#!/bin/sh
# The supply graph through the whole program: who stands behind whom. All firms are
# invented. MANUMIT names the binary. Paragraphs: UFLPA, Public Law 117-78, section 3(a):
# goods made wholly or in part in the region, so at any tier. UN Guiding Principles (UNGP)
# 13(b) and 17(a): impacts linked through business relationships; 17(c): over time; 19:
# what to do follows from leverage and gravity. A name states no hit: only an identifier
# or a person's decision does, and who owns a firm is not the firm.
set -u
. "$(dirname "$0")/common.sh"
screen() { # report, more arguments
	out=$work/$1
	shift
	"$bin" screen "$work/suppliers.csv" --as-of 2026-11-01 --no-shipped-lists -q -f -o "$out" "$@" 2>"$work/err"
}
entity() { # report, name: its record
	grep '"type":"entity"' "$work/$1/results.jsonl" | grep "\],\"name\":\"$2"
}
why() { # report, id
	"$bin" explain "$2" -d "$work/$1"
}
digest() {
	sed -n 's/.*"digest": "\([0-9a-f]*\)".*/\1/p' "$work/$1/manifest.json"
}
has() { # text, pattern, name
	case $1 in *"$2"*) ok 0 "$3" ;; *) ok 1 "$3" ;; esac
}
hasnt() {
	case $1 in *"$2"*) ok 1 "$3" ;; *) ok 0 "$3" ;; esac
}

cat >"$work/suppliers.csv" <<'E'
id,name,country,region,city,address,sector,product,tier,spend,currency,parent,lei
B1,Marigold Lane Garments,BD,,Exampletown,"Plot 12, Example Road",garments,shirts,1,620000,USD,,
B2,Heron Quay Shirts,BD,,Exampletown,"Plot 14, Example Road",garments,shirts,1,290000,USD,Umbra Group Holding,
B3,Linden Stitch,PT,,Braga,"Rua 3, 40",garments,shirts,1,90000,USD,,
M1,Alder Fabric Mills,VN,,Nam Dinh,"Lot 3, Mill Street",textiles,fabric,2,,,,
M2,Osier Weaving,PT,,Porto,"Rua 9, 2",textiles,fabric,2,,,,
Y1,Tallow Brook Yarn,CN,Jiangsu,Nantong,"9 Spindle Road",textiles,yarn,3,,,,
S1,Silver Dune Spinning,CN,Xinjiang,Aksu,"1 Cotton Road",textiles,cotton,4,,,,
O1,Umbra Group Holding,HK,,Hong Kong,"88 Example Tower",holding,,,,,,
O2,Vesper Capital,LU,,Luxembourg,"5 Example Allee",holding,,,,,,
X1,Twin Shed One,TH,,Rayong,"77 Pier Road",seafood,shrimp,2,,,,
X2,Twin Shed Two,TH,,Rayong,"77  Pier Road.",seafood,shrimp,2,,,,
E
cat >"$work/edges.csv" <<'E'
from,to,kind,tier,share,good,since,until,reference
M1,B1,supplies,2,80%,cotton fabric,2024-01-01,,Supplier's list of 2026-01
Y1,M1,supplies,3,,cotton yarn,,,
S1,Y1,supplies,4,,ginned cotton,,,
B1,S1,supplies,,,cutting waste,,,
M1,B2,supplies,2,,fabric,2020-01-01,2021-01-01,
M2,B3,supplies,2,,linen,,,
O1,M2,owns,,20%,,,,
O1,M1,owns,,60%,,,,
ZZ,B1,supplies,2,,buttons,,,
B1,B1,supplies,,,nothing,,,
,B1,supplies,,,nothing,,,
E
cat >"$work/findings.csv" <<'E'
entity,indicator,direction,strength,source_class,date,status,imposed_by,description
S1,I03,adverse,S,ngo_media,2026-03-01,open,state,workers assigned by an office of labour
E
cat >"$work/list.csv" <<'E'
id,name,lei,country,gate,list,listed_on,reason,citation
L-1,Umbra Group Holding,,HK,G-OWN,Own list,2025-01-01,a question is open,Own list
E
screen none
ok $? "without edges a run goes as before"
has "$(entity none Marigold)" '"exposure":{"value":0.0000,"tiers_known":0,"paths":[]}' "nobody behind it: exposure 0, no path"
screen one --edges "$work/edges.csv" --findings "$work/findings.csv"
ok $? "edges are screened"

# ---- the walk-through: a cotton spinner three tiers up in a listed region ----
rec=$(entity one Marigold)
has "$rec" '"code":"G-UFLPA","status":"upstream","basis":"supply graph","at_its_end":"possible"' "the buyer's gate is upstream (UFLPA 3(a))"
has "$rec" '"tier 1: cotton fabric from Alder Fabric Mills (VN) (80 % of it)","tier 2: cotton yarn from Tallow Brook Yarn (CN)","tier 3: ginned cotton from Silver Dune Spinning (CN)"' "with its path, edge by edge"
has "$(entity one Silver)" '"state_imposed":true' "the spinner is in a state-imposed setting"
has "$(entity one Silver)" '"actions":["protect workers first: do not contact the employer; refer"]' "and nobody contacts it (UNGP 19: protection comes first)"
has "$rec" '"actions":["enhanced due diligence"]' "the buyer's next step is enhanced due diligence (UNGP 17(a))"
hasnt "$(entity one Linden)" '"upstream"' "a chain without it is not upstream"
text=$(why one B1)
has "$text" 'tier 3: ginned cotton from Silver Dune Spinning (CN); edges.csv:4' "explain prints the path with file and line"
has "$text" 'beside its own likelihood, never added to it' "and that exposure is another number"
band() { entity "$1" "$2" | sed 's/.*"role":"[a-z]*","band":\(.*\),"completeness".*/\1/'; }
[ "$(band none Marigold)" = "$(band one Marigold)" ] && [ "$(band none Heron)" = "$(band one Heron)" ]
ok $? "bands and likelihoods ignore exposure"

# ---- rows that carry nothing, each told ----
grep -q 'edges.csv,6,until,2021-01-01,EDGE_OVER' "$work/one/issues.csv"
ok $? "an edge that is over on the day is told (UNGP 17(c))"
hasnt "$(entity one Heron)" 'fabric from Alder' "and carries nothing"
grep -q 'edges.csv,10,from,ZZ,UNJOINED' "$work/one/issues.csv"
ok $? "an end that is nobody of the run is told"
grep -q 'edges.csv,11,to,B1,EDGE_SELF' "$work/one/issues.csv"
ok $? "so is an edge to itself"
grep -q 'edges.csv,12,from,,CELL_REQUIRED,row' "$work/one/issues.csv"
ok $? "an edge with one end is quarantined"
screen past --edges "$work/edges.csv" --as-of 2020-06-01
has "$(entity past Heron)" 'tier 1: fabric from Alder' "on a day when it was so, it carries"
printf 'from,to\nSame Name,B1\n' >"$work/two.csv"
printf 'id,name,country\nN1,Same Name,BD\nN2,Same Name,IN\n' >"$work/names.csv"
screen two --suppliers "$work/names.csv" --edges "$work/two.csv"
grep -q 'AMBIGUOUS' "$work/two/issues.csv" && hasnt "$(entity two Marigold)" 'Same Name' "a possible join waits and carries nothing"

# ---- owners and parents: a possible match to be looked at, never a hit ----
screen listed --edges "$work/edges.csv" --watchlist "$work/list.csv" -d "$work/store"
"$bin" decide O1 L-1 --same --reason 'one company' --by compliance -d "$work/store" >/dev/null 2>"$work/err"
screen decided --edges "$work/edges.csv" --watchlist "$work/list.csv" -d "$work/store"
rec=$(entity decided Alder)
has "$rec" '"code":"G-OWN","status":"possible","basis":"supply graph","at_its_end":"hit"' "60 % owned by who is listed: possible, no hit"
hasnt "$(entity decided Osier)" '"G-OWN","status":"possible"' "20 % owned: nothing"
has "$(entity decided Heron)" '"G-OWN","status":"possible","basis":"supply graph"' "a parent that is listed: possible, no hit"
hasnt "$(entity decided Marigold)" '"G-OWN","status":"upstream"' "a possible match does not travel further"
hasnt "$(entity listed Alder)" '"G-OWN","status":"possible","basis":"supply graph"' "an owner that may be listed makes nothing before a person decided"

printf 'id,name,country,parent\nK1,Kestrel Foods,TH,Grim Harbour Group\n' >"$work/kid.csv"
printf 'id,name,country,gate,list,listed_on\nL-9,Grim Harbour Group,HK,G-OWN,Own list,2025-01-01\n' >"$work/group.csv"
screen parent --suppliers "$work/kid.csv" --watchlist "$work/group.csv"
has "$(entity parent Kestrel)" '"G-OWN","status":"possible","basis":"name of the parent"' "a parent that only a list knows: possible"
grep -q 'Kestrel Foods.*Grim Harbour Group.*name of the parent' "$work/parent/review.csv"
ok $? "and it waits for a person in review.csv"

# ---- registers of owners ----
{
	echo Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType,Relationship.RelationshipStatus
	echo 9999ASHBROOKMILLS083,9999BIRCHVALEFARM039,IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE
	echo 9999AAAAAAAAAAAAAA83,9999BBBBBBBBBBBBBB39,IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE
} >"$work/gleif.csv"
printf 'id,name,country,lei\nL1,Ashbrook Mills,PT,9999ASHBROOKMILLS083\nL2,Birchvale Farm,PT,9999BIRCHVALEFARM039\n' >"$work/lei.csv"
screen gleif --suppliers "$work/lei.csv" --edges "$work/gleif.csv"
has "$(entity gleif Ashbrook)" '"controlled by Birchvale Farm (PT)"' "GLEIF level 2: the parent controls the child"
has "$(entity gleif Birchvale)" '"controls Ashbrook Mills (PT)"' "and is exposed to it"
grep -q 'gleif.csv,,,,EDGE_APART' "$work/gleif/issues.csv"
ok $? "relationships of others are told once"
cat >"$work/bods.json" <<'E'
[{"statementId":"s1","recordId":"a","recordType":"entity","recordDetails":{"name":"Osier Weaving","jurisdiction":{"code":"PT"}}},
{"statementId":"s2","recordId":"b","recordType":"entity","recordDetails":{"name":"Vesper Capital","jurisdiction":{"code":"LU"}}},
{"statementId":"s3","recordId":"p","recordType":"person","recordDetails":{"names":[{"fullName":"Somebody Invented"}]}},
{"statementId":"s4","recordId":"r","recordType":"relationship","recordDetails":{"subject":"a","interestedParty":"b","interests":[{"type":"shareholding","share":{"exact":75}}]}},
{"statementId":"s5","recordId":"q","recordType":"relationship","recordDetails":{"subject":"a","interestedParty":"p","interests":[{"type":"shareholding","share":{"exact":25}}]}}]
E
screen bods --edges "$work/bods.json"
has "$(entity bods Osier)" '"owned by Vesper Capital (LU) (75 %)"' "BODS 0.4: the owner with its share"
! grep -rq 'Somebody' "$work/bods/results.jsonl" "$work/bods/issues.csv"
ok $? "of persons nothing is kept"

# ---- one address ----
has "$(entity one 'Twin Shed One')" 'same address as Twin Shed Two' "one address, written in two ways, is an edge"
{ cat "$work/suppliers.csv"; i=0; while [ $i -lt 8 ]; do i=$((i + 1)); echo "P$i,Park Firm $i,TH,,Rayong,77 Pier Road,seafood,shrimp,2,,,,"; done; } >"$work/park.csv"
"$bin" screen "$work/park.csv" --as-of 2026-11-01 --no-shipped-lists -q -f -o "$work/park"
hasnt "$(entity park 'Twin Shed One')" 'same address' "an address of ten is a business park"

# ---- what changed since the last run ----
screen was -d "$work/since"
screen is --edges "$work/edges.csv" -d "$work/since"
"$bin" diff -d "$work/since" | grep -q 'gate: G-UFLPA .* -> upstream'
ok $? "diff tells that a gate is upstream now"

# ---- order of rows, threads ----
{ head -1 "$work/edges.csv"; tail -n +2 "$work/edges.csv" | sort -r; } >"$work/back.csv"
screen back --edges "$work/back.csv" --findings "$work/findings.csv" -j 1
[ "$(digest one)" = "$(digest back)" ]
ok $? "rows in another order, one thread: the same digest"

# ---- the portfolio, the workbook, the dossier ----
grep -q '71 % of spend at tier 1 mapped, 62 % beyond' "$work/one/index.html"
ok $? "the portfolio says how much of spend is mapped"
page=$(cat "$work"/one/entity/B1-*.html)
has "$page" '<svg role="img" class="paths"' "the dossier draws the path"
has "$page" '<desc>' "with its words for those who do not see it"
has "$page" "Supplier&#39;s list of 2026-01" "and the reference of the edge"

# ---- copies ----
screen copy --edges "$work/edges.csv" --audience supplier
page=$(cat "$work"/copy/entity/B1-*.html)
for name in Alder Tallow Silver Dune; do hasnt "$page" "$name" "a supplier's copy does not name $name"; done
hasnt "$page" 'id="behind"' "nor has it exposures"
screen public --edges "$work/edges.csv" --audience public
hasnt "$(entity public Marigold)" '"exposure"' "nor has the public copy"

# ---- what the far end says, and whether the entity was itself compared ----
cat >"$work/listed.csv" <<'E'
name,country,lei,gate,list,listed_on,citation
Zinnia Spinning,VN,254900OPPU84GM83MG36,G-UFLPA,Invented list,2025-05-01,section 2(d)(2)(B)(v)
E
cat >"$work/suppliers.csv" <<'E'
id,name,country,lei,sector
1,Anise Mills,VN,,textiles
9,Zinnia Spinning,VN,254900OPPU84GM83MG36,textiles
E
printf 'from,to,kind,tier,good\n9,1,supplies,2,yarn\n' >"$work/one.csv"
"$bin" screen "$work/suppliers.csv" --as-of 2028-11-01 -q -f -o "$work/far" --edges "$work/one.csv" --watchlist "$work/listed.csv" 2>"$work/err"
has "$(why far 1)" 'listed 2025-05-01; listed.csv:2; section 2(d)(2)(B)(v)' "an upstream gate has day, line and citation of the entry"
has "$(why far 1)" 'upstream: itself not checked: us-uflpa.csv' "and hides not that the entity itself was compared with an old list"
has "$(cat "$work"/far/entity/1-*.html)" 'itself not checked' "in the dossier too"
has "$(entity far 'Anise')" '"itself":"itself not checked' "and for programs"

# ---- the order of those who are called to act by what stands behind them ----
cat >"$work/suppliers.csv" <<'E'
id,name,country,address,lei,sector
6,Fennel Mills,VN,,,textiles
2,Basil Mills,VN,,,textiles
5,Endive Mills,VN,,,textiles
1,Anise Mills,VN,,,textiles
4,Dill Mills,VN,,,textiles
3,Caraway Mills,VN,,,textiles
9,Zinnia Spinning,VN,"1 Far Road, Hue",254900OPPU84GM83MG36,textiles
8,Next Door Dyers,VN,"1 Far Road, Hue",,textiles
E
{ echo from,to,kind,tier,good; for i in 1 2 3 4 5 6; do echo "9,$i,supplies,2,yarn"; done; } >"$work/called.csv"
cat >"$work/hit.csv" <<'E'
name,country,lei,gate,list,listed_on
Zinnia Spinning,VN,254900OPPU84GM83MG36,G-UFLPA,Invented list,2025-05-01
E
act() { # report: ids of the list Act in its order
	awk -F, '$6 == "act" { printf "%s ", $1 }' "$work/$1/results.csv"
}
screen called --edges "$work/called.csv" --watchlist "$work/hit.csv"
[ "$(act called)" = "1 2 3 4 5 6 8 9 " ]
ok $? "equal ones stand by name, whether a list names them or somebody behind them"
screen calledpublic --edges "$work/called.csv" --watchlist "$work/hit.csv" --audience public
[ "$(act calledpublic)" = "1 2 3 4 5 6 9 " ] &&
	! sed -n '/Act</,/Ask first</p' "$work/calledpublic/index.html" | grep -q 'Next Door Dyers'
ok $? "in a copy nobody stands on the list for a possible match that the copy does not tell"

echo "graph: $passed passed, $failed failed"
[ "$failed" = 0 ]
