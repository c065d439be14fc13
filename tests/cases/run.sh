#!/bin/sh
# The program as users run it: exit codes, messages, results on the examples, determinism.
# MANUMIT names the binary. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"
ex=$root/examples
all="--fees $ex/fees.csv --inspections $ex/inspections.csv --findings $ex/findings.csv \
	--watchlist $ex/watchlist.csv --watchlist $ex/register.csv --as-of 2026-11-01"

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
screen() { # output, options...
	o=$1
	shift
	"$bin" screen "$ex/suppliers.csv" $all -o "$o" "$@" >"$work/log" 2>&1
}
band_of() { # jsonl, source id
	grep -F "\"source_ids\":[\"$2\"" "$1" | sed 's/.*"band":"\([a-z]*\)".*/\1/'
}

# ---- the examples mean what their README says ----
screen "$work/a"
ok $? "screen runs on the examples"
grep -v '^#' "$here/examples.expected" | while read -r id band; do
	got=$(band_of "$work/a/results.jsonl" "$id")
	[ "$got" = "$band" ] || echo "$id: $got, expected $band"
done >"$work/bands"
[ ! -s "$work/bands" ] || cat "$work/bands"
ok "$(wc -l <"$work/bands")" "each example has the band that the table says"
for f in index.html results.jsonl issues.csv manifest.json review.csv; do
	[ -s "$work/a/$f" ]
	ok $? "$f is written"
done
[ "$(find "$work/a/entity" -name '*.html' | wc -l)" = "$(grep -c '"type":"entity"' "$work/a/results.jsonl")" ]
ok $? "every entity has a dossier"
! grep -rqiE 'forced labour found|trafficking|victim' "$work/a/entity" "$work/a/index.html"
ok $? "words that are never printed of an entity are not printed"
! grep -rqE 'w-0[1-9]|m-0[1-9]|t-0[1-9]' "$work/a" --include='*.html' --include='*.jsonl' --include='*.csv' --include='*.json'
ok $? "no worker's reference reaches an output"
! grep -aqE 'w-0[1-9]|m-0[1-9]' "$work/a/store/gen/1.mdb"
ok $? "no worker's reference reaches the store"
awk -F'[":, ]+' '{ v[$2] = $3 }
	$2 == "quarantined" { bad += v["rows"] != v["accepted"] + v["noted"] + $3; n++ }
	END { exit bad > 0 || n != 8 }' "$work/a/manifest.json"
ok $? "rows = accepted + noted + quarantined for every input"

# ---- determinism ----
screen "$work/b" -j1 && screen "$work/c" -j7
cmp -s "$work/b/results.jsonl" "$work/c/results.jsonl" && cmp -s "$work/a/index.html" "$work/b/index.html" &&
	cmp -s "$work/a/issues.csv" "$work/c/issues.csv" && cmp -s "$work/a/manifest.json" "$work/c/manifest.json"
ok $? "two runs, -j1 and -j7: the same bytes"
mkdir "$work/p"
for f in suppliers fees inspections findings watchlist register; do
	{ head -n 1 "$ex/$f.csv"; tail -n +2 "$ex/$f.csv" | tac; } >"$work/p/$f.csv"
done
"$bin" screen "$work/p/suppliers.csv" --fees "$work/p/fees.csv" --inspections "$work/p/inspections.csv" \
	--findings "$work/p/findings.csv" --watchlist "$work/p/watchlist.csv" --watchlist "$work/p/register.csv" \
	--as-of 2026-11-01 -o "$work/pp" >"$work/log" 2>&1
digest() { sed -n 's/.*"digest": *"\([0-9a-f]*\)".*/\1/p' "$1/manifest.json"; }
[ -n "$(digest "$work/a")" ] && [ "$(digest "$work/a")" = "$(digest "$work/pp")" ]
ok $? "rows in another order: the same digest"
for d in a pp; do sed 's/"row":[0-9]*/"row":0/g; /"type":"trailer"/d' "$work/$d/results.jsonl" >"$work/$d.flat"; done
cmp -s "$work/a.flat" "$work/pp.flat"
ok $? "rows in another order: the same results apart from line numbers"

# ---- hostile names stay names ----
printf 'id,name,country\n../../x,"</script><img src=x onerror=alert(1)>",DE\n=1+1,<i>Silberdistel</i>,XX\n' >"$work/hostile.csv"
"$bin" screen "$work/hostile.csv" --as-of 2026-11-01 -o "$work/hostile" -q
ok $? "hostile names are screened"
! grep -rqE '<img|<i>' "$work/hostile" --include='*.html' && ! grep -q '<i' "$work/hostile/results.jsonl"
ok $? "hostile names are escaped in pages and records"
[ "$(find "$work/hostile/entity" -name '*.html' | wc -l)" = 2 ] && [ ! -e "$work/x.html" ]
ok $? "ids do not lead out of the directory"

# ---- suppliers spelled twice ----
cat >"$work/twins.csv" <<'EOT'
id,name,country,city,address,tax_id
A1,Brightwell Quillon Garments Ltd,BD,Dhaka,Plot 12 Mirpur Road,
A2,Brightwel Quillon Garment Limited,BD,Dhaka,"Plot 12, Mirpur Rd.",
A3,Brightwell Quillon Garment Ltd,BD,Dhaka,,
,Nordhalvik Quandry <Mills> Unit 1,DE,,,
,Nordhalvik Quandry <Mills> Unit 2,DE,,,
,Kestrelmoor Quandry Ropes Ltd,TH,,,99.1
,Kestralmoor Quandry Rope Ltd,TH,,,99.2
EOT
printf 'entity,violation,authority\nA1,SAFETY,X\nA2,SAFETY,Y\n' >"$work/twins_i.csv"
"$bin" screen "$work/twins.csv" --inspections "$work/twins_i.csv" -o "$work/twins" --as-of 2026-11-01 -q
[ "$(grep -c '"type":"entity"' "$work/twins/results.jsonl")" = 6 ]
ok $? "two spellings at one address are one supplier, others stay apart"
one=$(grep '"source_ids":\["A[12]","A[12]"\]' "$work/twins/results.jsonl")
echo "$one" | grep -q '"members":\[{"source_id":"A[12]","name":"Brightwel' &&
	echo "$one" | grep -q '"refused":\[{"id":"[0-9a-f]*","source_id":"A3".*two of your ids'
ok $? "results name the rows taken for one, and the one that was not"
! grep -q 'twins_i.csv.*UNJOINED' "$work/twins/issues.csv"
ok $? "rows of either id join the supplier"
grep -q '^twins.csv,[23],.*MERGED_SPELLING' "$work/twins/issues.csv" &&
	grep -q 'REFUSED_UNION.*two of your ids' "$work/twins/issues.csv" &&
	grep -q 'another registration number' "$work/twins/results.jsonl"
ok $? "remarks say what was joined and what was kept apart"
grep -q 'Rows taken for one entity' "$work"/twins/entity/A[12]-*.html &&
	grep -q 'Not united although alike' "$work"/twins/entity/A3-*.html &&
	grep -rq 'sister unit' "$work/twins/entity" && ! grep -rq '<Mills>' "$work/twins/entity"
ok $? "dossiers say so too"
{ head -n 1 "$work/twins.csv"; tail -n +2 "$work/twins.csv" | tac; } >"$work/p/twins.csv"
"$bin" screen "$work/p/twins.csv" --inspections "$work/twins_i.csv" -o "$work/twins2" --as-of 2026-11-01 -q
[ "$(digest "$work/twins")" = "$(digest "$work/twins2")" ]
ok $? "whatever the order of the rows"

# ---- pages are well formed ----
for page in "$work/a/index.html" "$work"/a/entity/0001-*.html "$work"/hostile/entity/*.html "$work"/twins/entity/*.html; do
	awk -f "$here/balance.awk" "$page" || echo "$page"
done >"$work/unbalanced"
[ ! -s "$work/unbalanced" ] || cat "$work/unbalanced"
ok "$(wc -l <"$work/unbalanced")" "every element that is opened is closed, in order"
! grep -rqE '(src|href)="(https?:)?//' "$work/a" --include='*.html'
ok $? "pages ask nothing of the network"

# ---- who a row may mean ----
printf 'name,country\nNowhere Mill,\nMill of Two Lands,DE\nMill of Two Lands,FR\n' >"$work/who.csv"
printf 'employer,country,violation,authority\nNowhere Mill,US,SAFETY,X\nMill of Two Lands,DE,SAFETY,X\nMill of Two Lands,,SAFETY,X\nMill of Two Lands,IT,SAFETY,X\n' >"$work/i.csv"
"$bin" screen "$work/who.csv" --inspections "$work/i.csv" -o "$work/who" --as-of 2026-11-01 >"$work/log"
ok $? "rows by name"
grep -q 'not used: 2 rows of evidence that belong to no supplier of the run, or may belong to several; see issues.csv' "$work/log" &&
	grep -q '2 rows of evidence are not used' "$work/who/index.html" && grep -q 'by file: i.csv 2' "$work/who/index.html" &&
	grep -q '"unjoined": 2' "$work/who/manifest.json"
ok $? "evidence that found no supplier is counted, on the terminal and the portfolio"
! grep -q '^i.csv,[23],' "$work/who/issues.csv" && grep -q '^i.csv,4,.*AMBIGUOUS' "$work/who/issues.csv" &&
	grep -q '^i.csv,5,.*UNJOINED' "$work/who/issues.csv"
ok $? "a name joins where one supplier can be meant, and says so where not"

# ---- lists that come along ----
mkdir "$work/share" && cp -r "$root/indicators" "$root/connectors" "$work/share"
cat >"$work/share/connectors/lists/lists.json" <<'EOT'
{"lists": [{"file": "l.csv", "title": "Invented list", "url": "https://example.org/l", "licence": "CC0-1.0",
 "edition": "2026-08-02", "stale_after_days": 30, "missing": "the second <half>", "instead": ["us-uflpa"],
 "instead_from_rows": 3}]}
EOT
cat >"$work/share/connectors/lists/l.csv" <<'EOT'
id,name,aliases,former_names,country,address,good,gate,list,listed_on,ended_on,reason,citation,source,as_of,confidence
X-1,Kestrelmoor Quandry Ropes Ltd,Kestrelmoor,,TH,,,G-UFLPA,Invented list,2022-06-21,,example,E 1,invented,2026-08-02,published
EOT
printf 'name,country,city,address\nKestrelmoor Quandry Rope Limited,TH,Trang,1 Pier Road\n' >"$work/alone.csv"
alone() { # output, options...
	o=$1
	shift
	"$bin" screen "$work/alone.csv" -o "$o" --as-of 2026-11-01 --share "$work/share" "$@" >"$work/log" 2>&1
}
alone "$work/l1" && grep -q '"code":"G-UFLPA","status":"possible"' "$work/l1/results.jsonl"
ok $? "a supplier list alone is compared with the lists that come along"
grep -q 'l.csv of 2026-08-02, 91 days old: stale' "$work/log" && grep -q 'rows: 1 = 1' "$work/log"
ok $? "the summary tells their age, and counts the user's rows"
grep -q '"edition": *"2026-08-02"' "$work/l1/manifest.json" && grep -q '"age_days": *91' "$work/l1/manifest.json" &&
	grep -q '"stale": *true' "$work/l1/manifest.json" && grep -q '"missing": *"the second' "$work/l1/manifest.json"
ok $? "the manifest has edition, age and what is missing"
grep -q 'the second &lt;half&gt;' "$work/l1/index.html" && grep -rq 'the second &lt;half&gt;' "$work/l1/entity"
ok $? "index and dossier say so too"
alone "$work/l2" --no-shipped-lists && ! grep -q '"l.csv"' "$work/l2/manifest.json" &&
	grep -q '"status":"not checked"' "$work/l2/results.jsonl"
ok $? "--no-shipped-lists does without"
printf 'Name of Entity,Effective Date\nA Co.,"June 21, 2022"\nB Co.,"June 21, 2022"\n' >"$work/part.csv"
{ cat "$work/part.csv"; printf 'C Co.,"June 12, 2023"\n'; } >"$work/full.csv"
alone "$work/l3" --watchlist "$work/part.csv" && grep -q '"l.csv"' "$work/l3/manifest.json"
ok $? "an extract does not take the place of a list"
alone "$work/l4" --watchlist "$work/full.csv" && ! grep -q '"l.csv"' "$work/l4/manifest.json" && grep -q 'replaced by yours' "$work/log"
ok $? "a full file of the publisher does"
grep -rq 'Known of Thailand, not scored' "$work/l1/entity" && grep -rq 'ILO conventions' "$work/l1/entity"
ok $? "a dossier has what is known of the country"
grep -q '"edition": *"2017-07-11"' "$work/l1/manifest.json" && grep -rq 'edition of 2017-07-11' "$work/l1/entity"
ok $? "and of which edition that is"
printf '{"lists": [{"file": "../x"}]}' >"$work/share/connectors/lists/lists.json"
exits 78 'lists[0]' "a mistake in lists.json is named" "$bin" screen "$work/alone.csv" -o "$work/x" --share "$work/share"
for f in "$root"/connectors/lists/*.csv "$root"/connectors/reference/*.csv; do
	[ -e "$f" ] || continue
	"$bin" check --json "$f" >"$work/check" 2>&1 && ! grep -q '"layout":""' "$work/check" && grep -q '"noted":0,"quarantined":0' "$work/check"
	ok $? "$(basename "$f") is read without a remark"
done

# ---- two runs into one store ----
screen "$work/r1" -d "$work/store" && screen "$work/r2" -d "$work/store" && screen "$work/r3" -d "$work/store"
ok $? "three runs share a store"
[ "$(cat "$work/store/current")" = 3 ] && [ ! -e "$work/store/gen/1.mdb" ] && [ -e "$work/store/gen/2.mdb" ]
ok $? "the store keeps the last generation and the one before"
cmp -s "$work/r1/results.jsonl" "$work/a/results.jsonl"
ok $? "a store's history changes no result"

# ---- explain, check, pack ----
"$bin" explain 0001 -d "$work/a" >"$work/explain" 2>&1 && grep -q 'inspections.csv:2' "$work/explain"
ok $? "explain cites file and line"
"$bin" explain 'Meghalata Stitchworks Ltd' -d "$work/store" >"$work/explain" 2>&1
ok $? "explain finds a name written another way"
exits 66 'Meghalata' "explain proposes the nearest name" "$bin" explain 'Meghalata Stichworks' -d "$work/a"
"$bin" explain 0001 -d "$work/a" --json >"$work/explain.json" 2>&1
ok $? "explain --json"
"$bin" check "$ex"/*.csv >"$work/check" 2>&1 && grep -q '20 rows' "$work/check"
ok $? "check reads every example"
"$bin" pack check >/dev/null && "$bin" pack list | grep -q '^ilo-11' && "$bin" pack show gates >"$work/show" &&
	"$bin" pack list -d "$work/store" | grep -q '^gates'
ok $? "pack check, list, show, and from a store"

# ---- findings are never failures, mistakes are named ----
exits 10 '' "--fail-on is reached" "$bin" screen "$ex/suppliers.csv" $all -o "$work/f1" --fail-on severe -q
exits 0 '' "--fail-on is not reached" "$bin" screen "$ex/suppliers.csv" --as-of 2026-11-01 -o "$work/f2" --fail-on severe -q
mkdir "$work/mine" && : >"$work/mine/contract.docx"
exits 73 'contract.docx' "a folder with other files is not replaced, whatever is said" \
	"$bin" screen "$ex/suppliers.csv" -f -o "$work/mine"
exits 73 'exists' "an existing output is not replaced" "$bin" screen "$ex/suppliers.csv" -o "$work/a"
exits 0 '' "-f replaces it" "$bin" screen "$ex/suppliers.csv" $all -o "$work/b" -f -q
exits 64 'did you mean screen' "an unknown command" "$bin" scren
exits 64 'findings' "an unknown option" "$bin" screen x.csv --findngs y -o z
exits 64 'severe' "an unknown band" "$bin" screen x.csv -o z --fail-on sever
exits 64 'YYYY-MM-DD' "a wrong day" "$bin" screen x.csv -o z --as-of 1.11.2026
exits 66 'nothing.csv' "a missing file" "$bin" screen "$work/nothing.csv" -o "$work/x"
: >"$work/empty.csv"
exits 65 'empty' "an empty file" "$bin" screen "$work/empty.csv" -o "$work/x"
head -c 3000 "$bin" >"$work/binary.csv"
exits 65 'not a text file' "binary garbage" "$bin" screen "$work/binary.csv" -o "$work/x"
printf 'a,b\n1,2\n' >"$work/nohead.csv"
exits 65 'header' "no usable header" "$bin" screen "$work/nohead.csv" -o "$work/x"
exits 66 '' "a directory as input" "$bin" screen "$work" -o "$work/x"
[ ! -e "$work/x" ] && [ ! -e "$work/x.tmp" ]
ok $? "a failed run leaves nothing behind"
printf 'name,country\n' >"$work/only.csv"
exits 65 'no company was found' "a header only" "$bin" screen "$work/only.csv" -o "$work/only" -q
printf 'name,country\nA,DE\n"B,DE\nC,DE\n' >"$work/quote.csv"
exits 0 '' "an unclosed quote" "$bin" screen "$work/quote.csv" -o "$work/quote" -q
grep -q 'quote.csv,3,.*ROW_QUOTE' "$work/quote/issues.csv" && [ "$(grep -c '"type":"entity"' "$work/quote/results.jsonl")" = 2 ]
ok $? "an unclosed quote costs its own row only"
{ printf 'name,country\nA,DE\n'; head -c 2000000 /dev/zero | tr '\0' x; printf ',DE\nC,DE\n'; } >"$work/long.csv"
exits 0 '' "a huge line" "$bin" screen "$work/long.csv" -o "$work/long" -q
[ "$(grep -c '"type":"entity"' "$work/long/results.jsonl")" = 2 ]
ok $? "a huge line costs its own row only"
printf '\357\273\277Lieferant;Land\r\nM\303\274hlenwerk Silberdistel GmbH;Deutschland\r\n' >"$work/bom.csv"
printf 'Lieferant;Land\nM\374hlenwerk Silberdistel GmbH;Deutschland\n' >"$work/cp1252.csv"
"$bin" screen "$work/bom.csv" -o "$work/bom" -q --as-of 2026-11-01 && "$bin" screen "$work/cp1252.csv" -o "$work/cp" -q --as-of 2026-11-01
[ "$(digest "$work/bom")" = "$(digest "$work/cp")" ] && grep -q 'windows-1252' "$work/cp/manifest.json"
ok $? "UTF-8 with BOM and Windows-1252 with semicolons: the same entity"
printf 'name\tcountry\n=cmd|x\tNA\n' >"$work/tab.csv"
"$bin" screen "$work/tab.csv" -o "$work/tab" -q --as-of 2026-11-01 && grep -q '"country":"NA"' "$work/tab/results.jsonl"
ok $? "tabs, and NA is Namibia"
printf 'name,country\nSilberdistel,Atlantis\n' >"$work/unknown.csv"
"$bin" screen "$work/unknown.csv" -o "$work/unknown" -q --as-of 2026-11-01 && grep -q 'CELL_COUNTRY' "$work/unknown/issues.csv" &&
	! grep -q '"band":"low"' "$work/unknown/results.jsonl"
ok $? "an unknown country is a remark, never low"
"$bin" screen - -o "$work/stdin" -q --as-of 2026-11-01 <"$ex/suppliers.csv"
ok $? "standard input"
exits 78 'indicators' "a pack with a mistake names file and place" "$bin" screen "$ex/suppliers.csv" -o "$work/x" --share "$here/broken"

# ---- the manual ----
# Every command (.Cm) and every option (.Fl, --name and -n) that --help tells has its entry.
manual=$root/engine/cli/manumit.1
"$bin" --help | awk '/^  [a-z]/ { print $1 }' >"$work/commands"
while read -r command; do
	grep -qxF ".It Cm $command" "$manual" && grep -qxF ".Cm $command" "$manual" || echo "no entry of $command"
	"$bin" "$command" --help | grep -oE '^  (-[a-z],|   ) --[a-z-]+' | tr -d ' ' | tr , '\n' | while read -r option; do
		grep '^\.It Fl ' "$manual" | grep -qE -- "(Fl|,) ${option#-}( |\$)" || echo "$command: no entry of $option"
	done
done <"$work/commands" >"$work/undocumented"
cat "$work/undocumented"
[ ! -s "$work/undocumented" ] && [ "$(wc -l <"$work/commands")" -ge 7 ] && grep -qx match "$work/commands"
ok $? "the manual has every command and option"

# ---- tenders: invented bidders as Open Contracting data ----
cat >"$work/tender.json" <<'EOF'
{"uri":"u","version":"1.1","releases":[{"ocid":"ocds-x-1","date":"2026-01-02T00:00:00Z","parties":[
 {"id":"1","name":"Fennlake Garments Ltd","identifier":{"scheme":"GB-COH","id":1234567},"roles":["tenderer","supplier"],
  "contactPoint":{"name":"P-SECRET"}},
 {"id":"2","name":"Ostrel Textil","address":{"countryName":"Poland"},"roles":["tenderer"]},
 {"id":"3","name":"Town of Hollin","roles":["buyer"]}],
 "tender":{"id":"t","title":"Uniforms","lots":[{"id":"L1"}],"items":[{"id":"1","description":"Shirts"}],
  "tenderers":[{"id":"1"},{"id":"2"}]},
 "awards":[{"id":"a","status":"active","suppliers":[{"id":"1"}]}]}]}
EOF
"$bin" check "$work/tender.json" >"$work/out" 2>&1
grep -qF '1 releases, 3 organisations, 1 lots, 1 items, 1 awards' "$work/out" &&
	grep -qF '/releases/0/parties/0/identifier/id: a number where a text is expected' "$work/out"
ok $? "check counts what a tender holds, and tells what is not as it should be"
"$bin" screen "$work/tender.json" -o "$work/tender" --as-of 2026-11-01 >"$work/log" 2>&1
ok $? "screens the bidders of a tender"
grep -F Fennlake "$work/tender/results.jsonl" | grep -qF '"role":"supplier"' &&
	grep -F Ostrel "$work/tender/results.jsonl" | grep -qF '"role":"bidder"' &&
	! grep -qF Hollin "$work/tender/results.jsonl"
ok $? "bidders are no suppliers yet, and the buyer is neither"
! grep -rqF SECRET "$work/tender"
ok $? "contact points reach no output"

# ---- files that nobody here wrote ----
data=$root/../shared/data
if [ -d "$data" ]; then
	n=0
	for f in "$data"/1_suppliers/*.csv; do
		n=$((n + 1))
		"$bin" screen "$f" -o "$work/real$n" --as-of 2026-11-01 -q >"$work/log" 2>&1 || { echo "$f"; false; }
		ok $? "screens $(basename "$f")"
	done
	"$bin" screen "$ex/suppliers.csv" --inspections "$data/4_inspections/us_whd_san_francisco.csv" \
		--watchlist "$data"/2_watchlists/br_cadastro*.csv --as-of 2026-11-01 -o "$work/real" -q >"$work/log" 2>&1
	ok $? "screens with the inspections extract and the register of employers"
	grep -q 'PERSONAL' "$work/real/issues.csv" && ! grep -qE 'BERNAB|CLEBE' "$work/real/issues.csv" "$work/real/results.jsonl"
	ok $? "natural persons of the register are counted and not named"
else
	echo "skipped: real files (no ../shared/data)"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
