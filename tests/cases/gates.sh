#!/bin/sh
# Gates as users meet them: lists of several editions, orders about goods, licences, old
# lists, and many possible matches decided at once. All firms are invented.
# MANUMIT names the binary. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"
cd "$work" || exit 1
screen() { # options...
	"$bin" screen s.csv --as-of 2026-07-01 -f -q -o r "$@" >log 2>&1
}
of() { # source id, text wanted in its record
	grep -F "\"source_ids\":[\"$1\"" r/results.jsonl | grep -qF -- "$2"
}

# ---- goods ----
cat >s.csv <<'END'
id,name,country,origin_country,product,hs,role,licence_scheme,licence_no,licence_status,licence_valid_to,licence_checked_on,licence_checked_by
M1,Ashwell Gloves Sdn Bhd,MY,,nitrile gloves,,supplier,,,,,,
M2,Ashwell Gloves Sdn Bhd,MY,,office furniture,,supplier,,,,,,
M3,Birchmoor Yarns,TR,TM,cotton yarn,,supplier,,,,,,
M4,Cedarholt Shirts,IN,IN,,6109,supplier,,,,,,
M5,Downley Buttons,CN,,,,supplier,,,,,,
L1,Fernleigh Labour Ltd,GB,,,,recruiter,GLAA,FERN0001,licensed,2026-03-31,2026-06-15,compliance
L2,Harrowgate Field Staff Ltd,GB,,,,recruiter,GLAA,HARR0002,,,,
L3,Oakmere Pickers Ltd,GB,,,,recruiter,,,,,,
END
cat >orders.csv <<'END'
id,name,country,good,gate,list,listed_on,ended_on,tax_id
O1,Ashwell Gloves Sdn Bhd,MY,Disposable gloves,G-WRO,Orders of a test,2025-01-01,,
END
cat >glaa.csv <<'END'
URN,Business Name,Trading Name,Licence Status,Licence Expiry Date,Company Number,Address,Postcode,Principal Authority,Telephone,Email,Country,Industry Sectors
HARR0002,Harrowgate Field Staff Ltd,,Revoked,31/12/2026,,1 Lane,,,,,GB,Agriculture
END
screen --watchlist orders.csv --watchlist glaa.csv --no-shipped-lists
of M1 '"code":"G-WRO","status":"possible"' && of M1 '"fit":"fits"'
ok $? "a firm by name with the good of the order is possible"
of M2 '"fit":"differs"' && of M2 '"fits":"another good: \"office furniture\"' || of M2 '"fits":"another good: \"furniture\"'
ok $? "the same firm with another good is told"
! of M2 '"code":"G-WRO","status":"possible"'
ok $? "... and not counted"
of M3 '"code":"G-WRO","status":"possible","basis":"good and origin"' && of M3 'Cotton of Turkmenistan'
ok $? "a good of a country is met without a firm"
of M4 '"code":"G-EO13126","status":"possible"' && of M5 '"code":"G-EO13126","status":"not checked","why_not":"what it makes is not stated'
ok $? "by HS code; and nothing is compared where nothing is stated"

# ---- who supplies public bodies ----
printf 'name,year,imports_into,sells_in,buys_publicly_in,sells_publicly_in\nOwn Trading,2026,none,none,none,US\n' >p.csv
"$bin" screen s.csv --profile p.csv --no-shipped-lists --as-of 2026-07-01 -f -q -o us >log 2>&1
sed 's/,US$/,none/' p.csv >p2.csv
"$bin" screen s.csv --profile p2.csv --no-shipped-lists --as-of 2026-07-01 -f -q -o none >log 2>&1
grep -rqF 'As a supplier of public bodies in the United States: Who sells to the US Government certifies' us/entity && ! grep -rqF 'Who sells to the US Government certifies' none/entity
ok $? "EO 13126 binds who supplies the US Government, and nobody else"

# ---- licences ----
of L1 '"code":"G-LICENCE","status":"hit"' && grep -rq 'The workers it placed are owed protection\|the workers it placed are owed protection' r/entity
ok $? "a licence that lapsed is a hit, and the workers are owed protection"
of L2 '"code":"G-LICENCE","status":"hit","basis":"identifier"' && of L2 '"citation":"Gangmasters'
ok $? "a register is met by the licence number"
of L3 '"code":"G-LICENCE","status":"not checked","why_not":"not met in the registers of this run, which does not mean unlicensed"'
ok $? "not found in a register is not unlicensed"

# ---- old lists ----
"$bin" screen s.csv --as-of 2026-07-01 -f -q -o new >log 2>&1 && "$bin" screen s.csv --as-of 2026-11-01 -f -q -o old >log 2>&1
grep -qF '"code":"G-UFLPA","status":"no match"' new/results.jsonl && grep -qF '"code":"G-UFLPA","status":"not checked","why_not":"us-uflpa.csv of 2026-08-02 is 91 days old, more than 30"' old/results.jsonl
ok $? "no match in a list that is too old is no check, and says why"

# ---- editions ----
head='ID;Ano da ação fiscal;UF;Empregador;CNPJ/CPF;Estabelecimento;Trabalhadores envolvidos;CNAE;Decisão administrativa de procedência;Inclusão no Cadastro de Empregadores'
edition() { # file, then name;number;days ...
	f=$1
	shift
	n=0
	{
		echo "$head"
		for r; do n=$((n + 1)); echo "$n;2023;MT;${r%%;*};$(echo "$r" | cut -d';' -f2);FAZENDA X;5;0115-6/00;01/02/2024;${r##*;}"; done
	} | iconv -f utf-8 -t latin1 >"$f"
}
edition e1.csv "FAZENDA ARVOREDO LTDA;11.222.333/0001-81;05/04/2024" "CARVOARIA BREJO LTDA;11.444.777/0001-61;05/04/2024"
edition e2.csv "FAZENDA ARVOREDO LTDA;11.222.333/0001-81;05/04/2024" "CAFE CAPAO LTDA;45.723.174/0001-10;07/10/2024"
edition e3.csv "CAFE CAPAO LTDA;45.723.174/0001-10;07/10/2024" "CARVOARIA BREJO LTDA;11.444.777/0001-61;05/04/2024 a 10/05/2024, 09/04/2025"
cat >s.csv <<'END'
id,name,country,tax_id,product
B1,Fazenda Arvoredo Ltda,BR,11.222.333/0001-81,soy
B2,Carvoaria Brejo Ltda,BR,11.444.777/0001-61,charcoal
B3,Cafe Capao Ltda,BR,45.723.174/0001-10,coffee
END
screen --watchlist e1.csv --watchlist e2.csv --watchlist e3.csv
of B1 '"code":"G-LISTA","status":"ended"' && of B1 '"intervals":"2024-04-05/2025-04-09"' && of B1 'not in the edition of 2025-04-09, ended by then'
ok $? "who is not in the newest edition was delisted by its day"
of B1 'Q-ended-1' && grep -rq 'Ask for proof of remedy' r/entity
ok $? "... and proof of remedy is asked for"
of B2 '"code":"G-LISTA","status":"hit"' && of B2 '"intervals":"2024-04-05/2024-05-10;2025-04-09/"'
ok $? "listed, suspended and listed again is one entry with its history"
cp r/results.jsonl first
screen --watchlist e3.csv --watchlist e1.csv --watchlist e2.csv
sed 's/"row":[0-9]*//g; /"type":"[ht]/d' first >first.flat
sed 's/"row":[0-9]*//g; /"type":"[ht]/d' r/results.jsonl | cmp -s - first.flat
ok $? "the order of the files changes nothing"

# ---- many at once ----
{
	echo 'id,name,country'
	for n in Ashwell Birchmoor Cedarholt Downley Elmsett; do echo "$n,$n Spinning Co. Ltd.,CN"; done
	echo 'Fernley,Fernley Spinning Co. Ltd.,'
} >s.csv
{
	echo 'id,name,country,gate,list,listed_on'
	for n in Ashwell Birchmoor Cedarholt Downley Elmsett Fernley; do echo "$n,$n Spinning Co. Ltd.,CN,G-UFLPA,List of a test,2025-01-01"; done
} >list.csv
screen --watchlist list.csv --no-shipped-lists -d store
decide() { "$bin" decide --from r/review.csv -d store --same --on-list "List of a test" --min-p .9 --same-country --reason "names and country" --by compliance --as-of 2026-07-01 "$@" >log 2>&1; }
decide && grep -q '^5 rows are chosen; nothing is recorded yet' log && ! "$bin" audit show -d store | grep -q 'decided at once'
ok $? "rows are counted and shown first, and nothing is recorded"
decide --expect 6
[ $? = 65 ] && grep -q '5 rows would be decided, not 6' log
ok $? "another number than expected records nothing"
decide --expect 5 && [ "$("$bin" audit show -d store | grep -c 'one of 5 decided at once')" = 5 ] && "$bin" audit verify -d store >/dev/null
ok $? "with the number they are recorded, each with how it was chosen"
screen --watchlist list.csv --no-shipped-lists -d store
[ "$(grep -c '"code":"G-UFLPA","status":"hit","basis":"decision"' r/results.jsonl)" = 5 ] && of Fernley '"code":"G-UFLPA","status":"possible"'
ok $? "the next run states five hits; without a country it stays possible"
"$bin" decide --from r/review.csv -d store --same --reason x >log 2>&1
[ $? = 64 ] && "$bin" decide --from r/review.csv -d store --gate G-UFLPA --reason x >log 2>&1
[ $? = 64 ]
ok $? "a whole file, or neither same nor different, is refused"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
