#!/bin/sh
# What was done, as users meet it: results.xlsx is filled in and read back, the next report
# tells of it, later rows supersede earlier ones, and the journal notices what is changed.
# All names are invented. MANUMIT names the binary, FILL the program that fills in cells.
# Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"
fill=$(cd "$(dirname "$FILL")" && pwd)/$(basename "$FILL")
store=$work/store

exits() { # status wanted, text wanted on stderr, name, command...
	want=$1 text=$2 name=$3
	shift 3
	"$@" >"$work/out" 2>"$work/err" </dev/null
	got=$?
	[ "$got" = "$want" ] && { [ -z "$text" ] || grep -qF -- "$text" "$work/err"; }
	r=$?
	[ "$r" = 0 ] || { echo "  exit $got (wanted $want): $(head -n 4 "$work/err")"; }
	ok $r "$name"
}
screen() { # options...
	"$bin" screen "$work/s.csv" --findings "$work/a.csv" --fees "$work/f.csv" --watchlist "$work/w.csv" --as-of 2026-11-10 -d "$store" -o "$work/r" -f -q "$@" >"$work/log" 2>&1
}
record() { "$bin" record -d "$store" --as-of 2026-11-02 --by compliance "$@"; }
says() { grep -qF -- "$1" "$work/out"; }
page() { tr -d '\n' <"$(ls "$work"/r/entity/"$1"-*.html)" | grep -qF -- "$2"; } # id, text
line() { grep -F "\"source_ids\":[\"$1\"]" "$work/r/results.jsonl"; }
digest() { grep -o '"digest": *"[0-9a-f]*"' "$work/r/manifest.json"; }

cat >"$work/s.csv" <<'END'
id,name,country
A1,Amberfen Gloves Ltd,BD
B2,Birchlea Works,DE
C3,Cinderwold Dairy,FR
D4,Cinderwold Dairy,FR
END
cat >"$work/a.csv" <<'END'
entity,indicator,strength,source_class,date,status,description,reference
A1,I07,S,inspectorate,2026-03-01,open,passports in the office safe,Report A
B2,I03,M,union,2026-04-01,open,gate locked at night,Report B
END
{
	echo 'entity,worker,recruiter,origin,destination,category,amount,currency,paid_by,wage'
	for i in 1 2 3 4 5 6 7 8; do echo "A1,w$i,Bluefinch Manpower,NP,BD,service fee,1000,USD,worker,250"; done
} >"$work/f.csv"
printf 'gate,list,id,name,country,listed_on\nG-WRO,Example orders (invented),1,Birchlea Works,DE,2026-01-05\n' >"$work/w.csv"

# ---- a story: screen, fill in, record, screen ----
screen
ok $? "the first run"
page A1 '<h3>Corrective action plan</h3>' && page A1 'passports in the office safe' && page A1 'Return all documents the same day' && page A1 'proposed: within 1 day' && page A1 'Workers show their own documents'
ok $? "the plan has the finding, the action, a proposed deadline and way of verification"
page A1 '<h3>Remedy so far</h3>' && page A1 'by the fee ledger; nothing was recorded' && page A1 '8000.00 USD'
ok $? "the ledger begins with what the fee ledger says"
cp "$work/r/results.xlsx" "$work/book.xlsx"
exits 0 '' "results.xlsx as it is" record "$work/book.xlsx"
says '0 rows recorded' && says 'without anything filled in'
ok $? "nothing was filled in, nothing is recorded"
"$fill" "$work/book.xlsx" 8 '*S=I07-1' '?I=site manager' '?J=2026-11-05' '?K=in_progress' '?Q=two safes are being built'
ok $? "the sheet Actions is filled in"
"$fill" "$work/book.xlsx" 9 '*F=Bluefinch' '?K=8000' '?L=2000' '?N=8' '?P=2026-10-31' '?R=2026-10-15'
ok $? "the sheet Remediation is filled in"
before=$(digest)
exits 0 '' "record" record "$work/book.xlsx"
says '2 rows recorded: actions 1, remediation 1' && says 'journal: record'
ok $? "it says what was kept, and where"
exits 0 '' "the same file again" record "$work/book.xlsx"
says '0 rows recorded' && says '2 known already'
ok $? "a file read twice records nothing twice"
screen
[ "$before" != "$(digest)" ]
ok $? "what was recorded is an input: the digest changes"
page A1 'site manager' && page A1 '2026-11-05</time> <strong>overdue</strong>' && page A1 'two safes are being built'
ok $? "the plan has owner, deadline and note, and is overdue"
page A1 '<td class="n">8000.00 USD</td><td class="n">2000.00 USD</td><td class="n">6000.00 USD</td>' && page A1 '2026-10-31</time> <strong>overdue</strong>' && page A1 'not verified'
ok $? "the ledger: owed, paid, still owed, overdue, not verified"
tr -d '\n' <"$work/r/index.html" | grep -qF 'Return all documents the same day, with a signed list.</td><td>site manager</td><td>2026-11-05' && grep -qF 'paid 2000.00 of 8000.00 USD' "$work/r/index.html"
ok $? "the first page lists what is overdue, and sums up"
line A1 | grep -qF '"state":"overdue","action":"Return all documents the same day, with a signed list.","owner":"site manager"' && line A1 | grep -qF '"owed":"8000.00","paid":"2000.00","by_fee_ledger":"8000.00","workers":8,"due":"2026-10-31","overdue":true,"settled":false'
ok $? "results.jsonl has both"
grep -A2 '"file": "journal"' "$work/r/manifest.json" | grep -q '"kind": "actions"' && page A1 'journal:'
ok $? "the entries are an input of the manifest, cited by the record of the journal"
exits 0 '' "the new results.xlsx, unchanged" record --as-of 2026-11-11 "$work/r/results.xlsx"
says '0 rows recorded' && says '2 known already'
ok $? "round trip: what the workbook shows reads back as the same"

# ---- a later entry supersedes, both are kept ----
cp "$work/r/results.xlsx" "$work/book.xlsx"
"$fill" "$work/book.xlsx" 8 '*S=I07-1' '?L=2026-11-08' '?O=workers committee' '?P=2026-11-09' &&
	"$fill" "$work/book.xlsx" 9 '*F=Bluefinch' '?L=8000' '?S=workers committee' '?T=2026-11-09'
exits 0 '' "a week later" record --as-of 2026-11-09 "$work/book.xlsx"
says '2 of them after an earlier row about the same thing'
ok $? "it says that earlier rows are superseded"
screen
page A1 'done and verified' && page A1 'verified by workers committee on <time>2026-11-09' && page A1 '<summary>1 earlier</summary>' && page A1 'as of <time>2026-11-02</time>: owner site manager, due 2026-11-05, action status in_progress'
ok $? "the later one counts, the earlier one is shown with its day"
line A1 | grep -qF '"settled":true,"verified_by":"workers committee","verified":true' && line A1 | grep -qF '"entries":2'
ok $? "results.jsonl says how many there are"
line A1 | grep -qF '"status":"open"'
ok $? "an action closes no finding"
printf 'entity,action_id,done_on,verified_by,verified_on\nA1,I07-2,2026-11-08,factory management,2026-11-08\n' >"$work/self.csv"
screen --actions "$work/self.csv"
page A1 'called verified, but not by workers: by factory management' && line A1 | grep -qF '"id":"I07-2","about":"I07","state":"done, not verified"'
ok $? "what the supplier verifies itself is not verified"
grep -q 'self.csv,2,verified_by,,REMEDY_UNVERIFIED' "$work/r/issues.csv"
ok $? "and the row is told, with what to do"
screen
screen --as-of 2026-11-05
page A1 'two safes' && ! page A1 'workers committee' && grep -q 'journal,.*FUTURE' "$work/r/issues.csv"
ok $? "on an earlier day the later entry is not known yet, and that is said"
cat >"$work/old.csv" <<'END'
entity,about,recruiter,origin,destination,owed,paid,currency,workers,due,last_paid_on
A1,I09,Bluefinch Manpower,NP,BD,8000,2000,USD,8,2026-10-31,2026-10-15
END
exits 0 '' "what was said before and superseded" record --as-of 2026-11-10 "$work/old.csv"
says '0 rows recorded' && says 'old.csv:2: was said before, and superseded on 2026-11-09'
ok $? "is not put back by reading an old file"
exits 0 '' "less paid than before" record --as-of 2026-11-10 -f "$work/old.csv"
screen
grep -q 'journal,.*DONE_LESS' "$work/r/issues.csv"
ok $? "with -f it is, and the run remarks that less is paid"

# ---- rows that cannot be recorded: nothing of the file is ----
n=$("$bin" audit show -d "$store" --json | wc -l)
cat >"$work/bad.csv" <<'END'
entity,about,action,owner,due,done_on,verified_by,verified_on
A1,I07,a good row,buyer,2026-12-01,,,
Z9,I07,nobody,buyer,2026-12-01,,,
Cinderwold Dairy,I07,one of two,buyer,2026-12-01,,,
A1,I77,about nothing,buyer,2026-12-01,,,
A1,I07,a day of another form,buyer,sometime,,,
A1,I07,done tomorrow,buyer,2026-12-01,2026-12-24,,
A1,I07,verified by nobody,buyer,,,,2026-11-01
A1,I07,twice,buyer,2026-12-01,,,
A1,I07,Twice,seller,2026-12-01,,,
END
exits 65 'nothing was recorded' "a file with rows that cannot be kept" record "$work/bad.csv"
for said in 'bad.csv:3: column entity: "Z9" is no supplier of the current run' 'bad.csv:4: column entity: "Cinderwold Dairy" may be several suppliers' \
	'bad.csv:5: column about: "I77" is no indicator' 'bad.csv:6: column due: "sometime" not a date' 'bad.csv:7: column done_on: "2026-12-24" lies after the day of recording' \
	'bad.csv:8: column verified_by: "" is empty' 'bad.csv:10: says otherwise than line 9'; do
	grep -qF -- "$said" "$work/err"
	ok $? "it says: $said"
done
[ "$("$bin" audit show -d "$store" --json | wc -l)" = "$n" ]
ok $? "the journal is as it was"
exits 65 'is read as suppliers' "a table of something else" record "$work/s.csv"
printf 'entity,action,note\nA1,call,ask jo.doe@example.org\n' >"$work/c.csv"
exits 65 'column note: "(masked)" looked like personal data; leave it out' "what looks like a person's data is not kept, and not printed" record "$work/c.csv"
printf 'entity,owed\nA1,5\n' >"$work/c.csv"
exits 65 'sums of no currency' "a sum without a currency" record "$work/c.csv"
printf 'entity,action,owner\nZ9,x,buyer\n' >"$work/z.csv"
exits 0 '' "-f keeps a row about nobody there" record -f "$work/z.csv"
screen
grep -q 'journal,.*Z9,UNJOINED' "$work/r/issues.csv"
ok $? "each run says that it belongs to nobody"

# ---- visits and training; two statements of one day ----
cat >"$work/v.csv" <<'END'
supplier id,activity,date,by,text,announced,off site
A1,visit,2026-10-20,buyer and union,safes seen,no,
A1,grievance,2026-10-21,hotline,late pay,,
END
printf 'date,topic,trained,people\n2026-09-01,fair recruitment,own_staff,24\n' >"$work/t.csv"
exits 0 '' "visits and training, told by their columns" record "$work/v.csv" "$work/t.csv"
says 'activities 2, training 1'
ok $? "each into its table"
screen --activities "$work/v.csv"
page A1 'visit; safes seen; by buyer and union; unannounced' && page A1 'late pay' && head -n 1 "$work/r/results.jsonl" | grep -qF '"table":"training","date":"2026-09-01","topic":"fair recruitment","trained":"own_staff","people":24'
ok $? "they are told; training of one's own is in the header of results.jsonl"
grep -q 'DUP_ROW' "$work/r/issues.csv" && [ "$(line A1 | grep -o '"activity":"visit"' | wc -l)" = 1 ]
ok $? "a row that is both given and recorded is one"
screen --audience public
! page A1 'late pay' && ! page A1 'safes seen'
ok $? "the public is told neither that somebody complained nor who came"
! grep -q 'two safes are being built' "$work"/r/entity/A1-*.html "$work/r/results.jsonl"
ok $? "nor of remarks"
sed 's/safes seen/nothing seen/; s/$/,2026-11-02/; 1s/,2026-11-02/,recorded on/' "$work/v.csv" >"$work/v2.csv"
screen --activities "$work/v2.csv"
grep -q 'DONE_CONFLICT' "$work/r/issues.csv" && page A1 'two entries of one day disagree'
ok $? "two statements of one day that disagree are reported, and both are shown"

# ---- the profile decides what a gate means for you ----
page B2 'If you import into the United States' && page B2 'If you buy as a public body in the United States' && page B2 'fill in the sheet profile'
ok $? "without a profile all are told, each with whom it concerns"
printf 'company,year,imports into,sells in,buys publicly in\nOwn Trading,2026,"United States; DE",none,\n' >"$work/p.csv"
exits 0 '' "a profile" record "$work/p.csv"
screen
page B2 'As an importer into the United States: Goods are detained' && ! page B2 'If you sell' && page B2 'public body in the United States (your profile does not say)'
ok $? "what concerns you is told, what does not is not, and what is not known is marked"
printf 'company,year,imports into,sells in,buys publicly in\nOwn Trading,2026,Atlantis,,\n' >"$work/p2.csv"
exits 65 'names what is no country' "a market that is none" record "$work/p2.csv"
printf 'company,year,imports into,sells in,buys publicly in\nOwn Trading,2026,GB,none,none\n' >"$work/p2.csv"
exits 0 '' "a later profile of the same year" record --as-of 2026-11-05 "$work/p2.csv"
screen
page B2 'By your profile you neither import, sell, supply public bodies nor buy publicly where this law reaches'
ok $? "it supersedes the earlier one"

# ---- contacts are shown when somebody verified them ----
page B2 'Referral: unknown. No verified contact is loaded'
ok $? "an unverified contact is not shown"
mkdir "$work/share" && cp -r "$root/indicators" "$root/connectors" "$work/share/"
cat >"$work/share/indicators/own.json" <<'END'
{"pack": "own-contacts", "kind": "reference", "version": "1", "licence": "own", "source": "own",
 "contacts": [{"country": "FR", "name": "Verified Line (invented)", "what": "labour inspectorate", "contact": "000", "checked_on": "2026-11-01", "source": "called by compliance", "verified": true}]}
END
screen --share "$work/share"
page C3 'Referral: Verified Line (invented) (labour inspectorate), 000, checked on 2026-11-01'
ok $? "a verified one is, with the day of the check"

# ---- the same entries in another store: the same digest ----
screen
one=$(digest)
cp -r "$store" "$work/again"
screen -d "$work/again"
[ "$one" = "$(digest)" ]
ok $? "a copy of the store gives the same digest"
printf 'entity,action,owner\nB2,call the union,buyer\n' >"$work/k.csv"
for d in "$work/other" "$work/fresh"; do
	"$bin" screen "$work/s.csv" --as-of 2026-11-01 -d "$d" -o "$work/q" -f -q
	[ "$d" = "$work/fresh" ] && "$bin" screen "$work/s.csv" --as-of 2026-11-01 -d "$d" -o "$work/q" -f -q
	"$bin" record "$work/k.csv" -d "$d" --as-of 2026-11-02 -q
	screen -d "$d"
	digest
done | sort -u >"$work/digests"
[ "$(wc -l <"$work/digests")" = 1 ]
ok $? "the number of a record is no content: another store, the same digest"

# ---- the template ----
"$bin" template -q -o "$work/t.xlsx"
exits 0 '' "the template as it is" record "$work/t.xlsx"
says '0 rows recorded'
ok $? "its examples are not recorded"

# ---- mistakes of the call, and the journal ----
exits 64 '-d DIR' "no store" "$bin" record "$work/k.csv"
exits 64 'FILE' "no file" "$bin" record -d "$store"
exits 64 'not fees' "a kind that is not kept" record --kind fees "$work/f.csv"
exits 66 'no store' "a directory without a store" "$bin" record "$work/k.csv" -d "$work/nowhere"
exits 66 'nothing.csv' "a file that is not there" record "$work/nothing.csv"
"$bin" screen "$work/s.csv" -o "$work/alone" -q
exits 64 'screen -d STORE' "a report directory keeps nothing" "$bin" record "$work/k.csv" -d "$work/alone"
exits 0 '' "audit verify" "$bin" audit verify -d "$store"
"$bin" audit show -d "$store" | grep -q 'record   compliance'
ok $? "audit show names who recorded"
cp -r "$store" "$work/broken"
LC_ALL=C sed -i 's/two safes are/two safes arE/g' "$work/broken/state.mdb"
exits 65 'record' "one letter changed in the store" "$bin" audit verify -d "$work/broken"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
