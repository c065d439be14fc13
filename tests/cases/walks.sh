#!/bin/sh
# Three walks through the whole program, each told alike by every output: whom nobody ever
# looked at (unknown, ask first); a cotton spinner three tiers up in a listed region (its
# buyer: upstream with the path; itself: state-imposed, no contact); a farm labour provider
# whose licence lapsed (a hit on the provider, its workers protected). All firms are
# invented. Paragraphs: UFLPA, Public Law 117-78, section 3(a); Gangmasters (Licensing) Act
# 2004, section 6; UN Guiding Principles 17, 18. MANUMIT names the binary.
set -u
. "$(dirname "$0")/common.sh"

cat >"$work/s.csv" <<'E'
id,name,country,region,city,sector,product,origin_country,workers,tier,spend,currency,role,licence_scheme,licence_no,licence_status,licence_valid_to,licence_checked_on,licence_checked_by
P1,Larkspur Printers,GB,,Leeds,printing,leaflets,GB,40,1,50000,GBP,,,,,,,
B1,Bluebell Apparel,PT,,Braga,garments,shirts,PT,1200,1,620000,EUR,,,,,,,
M1,Alder Fabric,VN,,Nam Dinh,textiles,fabric,VN,800,3,,,,,,,,,
K1,Osier Knitting,PT,,Porto,textiles,fabric,PT,80,2,,,,,,,,,
Y1,Spindle Spinning,CN,Xinjiang,Aksu,cotton spinning,cotton yarn,CN,600,4,,,,,,,,,
L1,Furrow Labour Ltd,GB,,Boston,labour provider,,,150,1,90000,GBP,recruiter,GLAA,INV0001,lapsed,2026-06-30,2026-09-01,the public register
E
cat >"$work/e.csv" <<'E'
from,to,kind,tier,good
Y1,M1,supplies,4,cotton yarn
M1,K1,supplies,3,cotton fabric
K1,B1,supplies,2,knitted fabric
E
cat >"$work/p.csv" <<'E'
name,imports_into,sells_in,country,year
Invented Retail plc,US;GB,US;GB,GB,2026
E
awk -F, 'NR == 1 { print "lot,bidder,country"; next } { print "L1," $2 "," $3 }' "$work/s.csv" >"$work/b.csv"
o="--edges $work/e.csv --profile $work/p.csv --as-of 2026-11-01 -f -q"
"$bin" screen "$work/s.csv" $o -d "$work/d" -o "$work/r" 2>"$work/log" &&
	"$bin" tender "$work/b.csv" --suppliers "$work/s.csv" $o -o "$work/lots" 2>"$work/log" &&
	"$bin" statement --law uk -d "$work/d" -o "$work/st" >"$work/log" 2>&1
ok $? "screen, tender and statement"

json() { # id: its record
	grep '"type":"entity"' "$work/r/results.jsonl" | grep "\"source_ids\":\[\"$1\"\]"
}
csv() { # id, columns...: of results.csv
	python3 -c 'import csv, sys
for r in csv.DictReader(open(sys.argv[1])):
    if r["id"] == sys.argv[2]: print("|".join(r[c] for c in sys.argv[3:]))' "$work/r/results.csv" "$@"
}
sheet() { # sheet of results.xlsx, id: its cells
	python3 -c 'import re, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
names = re.findall("sheet name=\"([^\"]+)\"", z.read("xl/workbook.xml").decode())
t = z.read("xl/worksheets/sheet%d.xml" % (names.index(sys.argv[2]) + 1)).decode()
for r in re.findall("<row .*?</row>", t, re.S):
    c = [re.sub("<[^>]+>", "", x) for x in re.findall("<c [^>]*?>(.*?)</c>", r, re.S)]
    if c and c[0] == sys.argv[3]: print("|".join(c))' "$work/r/results.xlsx" "$1" "$2"
}
page() { cat "$work"/r/entity/"$1"-*.html; }
why() { "$bin" explain "$1" -d "$work/d"; }
bidder() { # name: what the page of the lot says of it
	sed -n "/<strong><a[^>]*><bdi>$1/,/<div class=\"item\">/p" "$work"/lots/lot/*.html
}
row() { # gate: its row in the statement
	grep -F "| $1 |" "$work/st/statement.md"
}
has() { # text, pattern, name
	case $1 in *"$2"*) ok 0 "$3" ;; *) ok 1 "$3" ;; esac
}
hasnt() {
	case $1 in *"$2"*) ok 1 "$3" ;; *) ok 0 "$3" ;; esac
}

# ---- nobody ever looked ----
[ "$(csv P1 band list next_step gates statements)" = 'unknown|ask first|ask first||0' ]
ok $? "results.csv: unknown, ask first"
has "$(json P1)" '"band":"unknown","band_note":"ask first"' "results.jsonl: unknown, ask first"
has "$(sheet Entities P1)" '|unknown|ask first|ask first|' "results.xlsx: the same"
has "$(why P1)" 'Band: unknown, ask first' "explain: the same"
has "$(page P1)" 'Unknown is not low' "dossier: unknown is not low"
hasnt "$(page P1)" 'class="band low"' "dossier: not low"
has "$(bidder 'Larkspur Printers')" 'silence is no clearance' "lot: silence is no clearance"
grep -q 'Of whom too little is known to say anything' "$work/st/statement.md" && grep -q 'Unknown is not low' "$work/st/statement.md"
ok $? "statement: counted as unknown"

# ---- the buyer of the spinner ----
has "$(csv B1 list next_step gates)" 'act|enhanced due diligence|G-UFLPA upstream' "results.csv: to act on, upstream"
has "$(json B1)" '"code":"G-UFLPA","status":"upstream"' "results.jsonl: upstream"
has "$(json B1)" 'tier 3: cotton yarn from Spindle Spinning (CN)' "results.jsonl: with the path"
has "$(why B1)" 'tier 3: cotton yarn from Spindle Spinning (CN); e.csv:2' "explain: path, file and line"
has "$(page B1)" 'tier 3: cotton yarn from Spindle Spinning (CN)' "dossier: the path"
has "$(page B1)" '<svg' "dossier: drawn"
has "$(page B1)" 'As an importer into the United States' "dossier: what it means for you"
has "$(sheet 'Supply paths' B1)" 'tier 3: cotton yarn from Spindle Spinning (CN)' "results.xlsx: the path"
has "$(bidder 'Bluebell Apparel')" 'tier 3: cotton yarn from Spindle Spinning (CN), which may be meant' "lot: upstream with the path"
grep -q '3 <span class="gate[^>]*>upstream\|>upstream<' "$work/lots/index.html"
ok $? "lots: upstream is counted"
has "$(row 'UFLPA Entity List and Xinjiang region')" '| 0 | 3 | 1 |' "statement: three upstream, one possible"
hasnt "$(json B1)" '"state_imposed":true' "the buyer's setting is its own"

# ---- the spinner ----
has "$(csv Y1 next_step gates)" 'protect workers first: do not contact the employer; refer|G-UFLPA possible' "results.csv: no contact"
has "$(json Y1)" '"state_imposed":true' "results.jsonl: state-imposed"
has "$(why Y1)" 'nothing clears' "explain: nothing clears"
has "$(why Y1)" 'the supplier none before the workers are safe' "explain: no question to the supplier"
has "$(page Y1)" 'State-imposed setting' "dossier: state-imposed"
has "$(sheet Entities Y1)" 'protect workers first: do not contact the employer' "results.xlsx: no contact"
has "$(bidder 'Spindle Spinning')" 'Nothing yet: workers first' "lot: nothing is asked"
grep -q 'Workers first:</strong> of 1 the dossier says' "$work/lots/index.html"
ok $? "lots: the office is warned"
"$bin" ask -d "$work/d" -o "$work/asked" >"$work/log" 2>&1 && ! ls "$work/asked" | grep -q '^Y1' && grep -q '1 not asked' "$work/log"
ok $? "it is not sent any questions"

# ---- the labour provider ----
[ "$(csv L1 band list next_step gates)" = 'unknown|act|escalate|G-LICENCE hit' ]
ok $? "results.csv: a hit beside an unknown band"
has "$(json L1)" 'the workers it placed are owed protection' "results.jsonl: workers protected"
has "$(why L1)" 'expired, valid to 2026-06-30, checked on 2026-09-01' "explain: the days"
has "$(page L1)" 'the workers it placed are owed protection, pay and their papers' "dossier: workers protected"
has "$(page L1)" 'Gangmasters (Licensing) Act 2004' "dossier: the law"
has "$(sheet Gates L1)" '|hit|' "results.xlsx: hit"
has "$(bidder 'Furrow Labour Ltd')" 'expired, valid to 2026-06-30, checked on 2026-09-01' "lot: the day it lapsed"
has "$(bidder 'Furrow Labour Ltd')" 'owed protection' "lot: workers protected"
has "$(row 'Licence of a labour provider')" '| 1 | 0 | 0 |' "statement: one hit"
! grep -q licence_status "$work/r/issues.csv"
ok $? "lapsed is a word for expired"

echo "walks: $passed passed, $failed failed"
[ "$failed" = 0 ]
