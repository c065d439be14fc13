#!/bin/sh
# An attacker who has everything but the input files and the key: copies for several
# audiences, the reports of two nights, the store, quarantine files, manifests, what a killed
# run leaves. No worker's row may come out of it. All companies and workers are invented.
# MANUMIT names the binary. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"
pid=
trap '[ -z "$pid" ] || kill -9 $pid 2>/dev/null; rm -rf "$work"' EXIT

screen() { # output, options...
	o=$1
	shift
	"$bin" screen "$work/s.csv" --no-shipped-lists --as-of 2026-09-01 -f -o "$o" "$@" >"$work/log" 2>&1
}
# Everything a reader of a report can see, workbooks unpacked.
readable() { # report
	find "$1" -type f ! -name '*.xlsx' ! -path '*/store/*' -exec cat {} +
	[ ! -e "$1/results.xlsx" ] || python3 - "$1/results.xlsx" <<'X' 2>/dev/null || unzip -p "$1/results.xlsx"
import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
for n in z.namelist():
    sys.stdout.write(z.read(n).decode("utf-8", "replace"))
X
}
page() { # report, name: its dossier
	grep -lF "$2" "$1"/entity/*.html | head -n 1
}
pseudonym() { # every hash of a reference, without its key, that a guesser would try
	printf '%s' "$1" | sha256sum | cut -c 1-32
}

cat >"$work/s.csv" <<X
id,name,country,workers,spend,currency,contact person
1,Alwaha Invented Cleaning W.L.L.,Qatar,400,998877,EUR,Contact Invented Person
2,Borealis Invented Workshop,Qatar,12,776655,EUR,Contact Invented Person
3,Chestnut Invented Mill,Qatar,300,554433,EUR,Contact Invented Person
X
ledger() { # number of workers of the large group
	echo "entity,recruiter,worker,worker name,passport no,origin,destination,category,description,amount,currency,paid_by,paid_on,wage,contract_months"
	i=0
	while [ $i -lt "$1" ]; do
		echo "1,Chautari Invented Manpower,REF-$((7100 + i)),Invented Worker$i,PN77$((1000 + i)),Nepal,Qatar,service charge,,$((3000 + 7 * i)),QAR,worker,2025-01-10,1000,24"
		i=$((i + 1))
	done
	for i in 1 2 3; do
		echo "1,Little Invented Recruiter,LTL-$i,Tiny Worker$i,PX99$i,India,Qatar,service charge,,77$i,QAR,worker,2025-01-10,1000,24"
	done
	i=0
	while [ $i -lt 6 ]; do
		echo "3,Dovetail Invented Recruiter,DVT-$i,Dove Worker$i,PD11$i,Nepal,Qatar,service charge,,5$((11 * i)),QAR,worker,2025-01-10,1000,24"
		i=$((i + 1))
	done
}
ledger 23 >"$work/f.csv"
cat >"$work/a.csv" <<X
entity,indicator,strength,source_class,date,status,n_asked,n_adverse,reference,root,description,complainant,offsite
2,I04,S,grievance,2026-03-17,open,,1,Hotline case 4711,,somebody locked the door of room nine,Brave Invented Worker,
2,I07,S,worker_survey,2026-04-21,open,9,2,Survey wave seven,,papers are kept in the office,,
2,I10,M,audit_unannounced,2026-02-11,open,,,Audit of February,,beds for half of the workers,,
2,I06,W,audit_unannounced,2026-02-11,open,,,Audit of February,,heard outside that a foreman threatens,,yes
1,I10,M,audit_unannounced,2026-02-12,open,,,Audit of February,,beds for half of the workers,,
1,I05,W,grievance,2026-05-05,open,,1,Hotline case 4712,,call me at +974 5512 34567 or ask Ana Invented Lima born 3 May 1991,,
X
refs='REF-7|LTL-|DVT-|Invented Worker|Tiny Worker|Dove Worker|PN77|PX99|PD11|Brave Invented|Contact Invented'

screen "$work/i" --fees "$work/f.csv" --findings "$work/a.csv"
ok $? "the internal report"
for a in supplier public inspectorate; do
	screen "$work/$a" --fees "$work/f.csv" --findings "$work/a.csv" --audience $a
	ok $? "the copy for $a"
done

# ---- references and names ----
! grep -raqE "$refs" "$work/i" "$work/supplier" "$work/public" "$work/inspectorate"
ok $? "no reference, name or passport is in any report or store"
for r in i supplier public inspectorate; do readable "$work/$r"; done >"$work/all"
! grep -qE "$refs" "$work/all"
ok $? "nor in any workbook"
grep -c COLUMN_DROPPED "$work/i/issues.csv" | grep -qx 4 && grep -q 'worker name.*COLUMN_DROPPED' "$work/i/issues.csv" &&
	grep -q 'complainant.*COLUMN_DROPPED' "$work/i/issues.csv"
ok $? "a column that names people is dropped, and that is said once"
! grep -qE '5512|Ana Invented|1991' "$work/all"
ok $? "what looks personal in free text is not in any output"
grep -q '^a.csv,7,description,(masked),PERSONAL' "$work/i/issues.csv"
ok $? "and is reported by file, line and column, without its value"
for w in REF-7100 LTL-1; do
	h=$(pseudonym $w)
	! grep -raq "$h" "$work/i"
	ok $? "no plain hash of $w either"
done

# ---- the key ----
screen "$work/k" --fees "$work/f.csv" --worker-key "$work/key"
grep -q 'a new key' "$work/log" && [ "$(stat -c %a "$work/key")" = 600 ]
ok $? "a key is made with a message, readable by its owner only"
id=$(sed -n 's/.*"worker_key": "\([0-9a-f]*\)".*/\1/p' "$work/k/manifest.json")
[ ${#id} = 16 ] && ! grep -q "$id" "$work/key"
ok $? "the manifest has its id, which is no part of it"
! grep -raqF "$(cat "$work/key")" "$work/k"
ok $? "the key is nowhere else"
! grep -raqE "$refs" "$work/k"
ok $? "with a kept key no reference is in the report either"
digest() { sed -n 's/.*"digest": *"\([0-9a-f]*\)".*/\1/p' "$1/manifest.json"; }
screen "$work/k2" --fees "$work/f.csv" --worker-key "$work/key2"
[ "$(digest "$work/k")" = "$(digest "$work/k2")" ] && [ -n "$(digest "$work/k")" ]
ok $? "no digest covers a pseudonym: another key, the same digest"
cmp -s "$work/k/results.jsonl" "$work/k2/results.jsonl" && cmp -s "$work/k/issues.csv" "$work/k2/issues.csv"
ok $? "nor does any output"
chmod 640 "$work/key"
screen "$work/k3" --fees "$work/f.csv" --worker-key "$work/key"
[ $? = 77 ] && [ ! -e "$work/k3" ]
ok $? "a key that the group can read is refused"
screen "$work/k" --fees "$work/f.csv" --worker-key "$work/k/key"
[ $? = 77 ] && [ ! -e "$work/k/key" ]
ok $? "so is one beside the data"

# ---- audiences ----
for a in internal supplier public inspectorate; do
	r=$work/$a
	[ $a = internal ] && r=$work/i
	grep -q "\"audience\": \"$a\"" "$r/manifest.json" && grep -q "$a" "$(page "$r" 'Alwaha Invented')"
	ok $? "manifest and dossier name the audience $a"
done
for a in supplier public inspectorate; do
	[ ! -e "$work/$a/store" ] && [ ! -e "$work/$a/issues.csv" ] && [ ! -e "$work/$a/review.csv" ]
	ok $? "the copy for $a has no store, issues.csv or review.csv"
	! readable "$work/$a" | grep -qE '998877|776655|554433'
	ok $? "nor what was spent"
done
[ "$(ls "$work/supplier")" = "entity
manifest.json" ]
ok $? "a supplier's copy is pages of one supplier each"
for a in supplier public inspectorate; do
	sed -n '/<header>/,/<\/header>/p' "$(page "$work/$a" Alwaha)" | grep -q "Copy for audience $a: made for "
	ok $? "the heading of the page for $a names for whom it is made"
done
sed -n '/<header>/,/<\/header>/p' "$work/public/index.html" | grep -q 'Copy for audience public: made for the public'
ok $? "so does that of the public portfolio"
# A worse supplier in front of all would move every rank.
cp "$work/s.csv" "$work/s.keep"
echo '0,Aardvark Invented Worst,Qatar,900,1,EUR,' >>"$work/s.csv"
printf '%s\n0,I03,S,inspectorate,2026-03-17,open,,,Case 1,,,,\n' "$(cat "$work/a.csv")" >"$work/a1.csv"
screen "$work/worse" --fees "$work/f.csv" --findings "$work/a1.csv" --audience supplier
mv "$work/s.keep" "$work/s.csv"
lost=$(ls "$work/supplier/entity" | while read -r f; do [ -e "$work/worse/entity/$f" ] || echo "$f"; done)
[ -z "$lost" ] && [ "$(ls "$work/worse/entity" | wc -l)" -gt "$(ls "$work/supplier/entity" | wc -l)" ]
ok $? "names of pages hang on no rank: with a worse supplier the others keep theirs"
for n in Alwaha Borealis Chestnut; do
	p=$(page "$work/supplier" "$n Invented")
	others=$(echo Alwaha Borealis Chestnut | sed "s/$n//")
	bad=0
	for o in $others; do grep -q "$o" "$p" && bad=1; done
	ok $bad "the page of $n names no other supplier"
done
secret='Hotline|foreman threatens|4711|4712|Survey wave|room nine|kept in the office|a\.csv|f\.csv|grievance mech|worker survey'
for a in supplier public; do
	! readable "$work/$a" | grep -vE 'grievance procedure' | grep -qE "$secret"
	ok $? "no complaint, survey or file name is in the copy for $a"
done
grep -q 'room nine' "$(page "$work/inspectorate" Borealis)"
ok $? "the inspectorate reads of the complaint"
p=$(page "$work/supplier" Borealis)
grep -q 'beds for half' "$p" && ! grep -q '2026-02-1' "$p"
ok $? "an audit of a small site is told to its supplier without its day"
grep -q '2026-02-12' "$(page "$work/supplier" Alwaha)"
ok $? "that of a large site with it"
screen "$work/x" --audience suplier
[ $? = 64 ] && grep -q 'did you mean supplier' "$work/log"
ok $? "an unknown audience is refused, with the nearest"

# ---- two nights: a complaint more, a worker more ----
grep -v '^2,.*\(grievance\|worker_survey\)' "$work/a.csv" >"$work/a0.csv"
for a in supplier public; do
	screen "$work/n0" --fees "$work/f.csv" --findings "$work/a0.csv" --audience $a
	cmp -s "$(page "$work/n0" Borealis)" "$(page "$work/$a" Borealis)"
	ok $? "with and without the complaint, the page for $a is the same to the byte"
done
readable "$work/public" | grep -v digest >"$work/d1"
screen "$work/n0" --fees "$work/f.csv" --findings "$work/a0.csv" --audience public
readable "$work/n0" | grep -v digest >"$work/d0"
[ "$(sed 's/[0-9a-f]\{16,\}//g' "$work/d0" | sha256sum)" = "$(sed 's/[0-9a-f]\{16,\}//g' "$work/d1" | sha256sum)" ]
ok $? "so is, digests apart, all of the public copy"
ledger 24 >"$work/g.csv"
for a in internal inspectorate supplier public; do
	r=$work/$a
	[ $a = internal ] && r=$work/i
	screen "$work/n1" --fees "$work/g.csv" --findings "$work/a.csv" --audience $a
	one=$(sed 's/<[^>]*>/ /g' "$(page "$r" Alwaha)")
	two=$(sed 's/<[^>]*>/ /g' "$(page "$work/n1" Alwaha)")
	printf '%s' "$one" >"$work/one" && printf '%s' "$two" >"$work/two"
	# The worker who came paid 3161; subtracting any two numbers must not give it.
	# A digest may hold any number.
	for f in one two; do sed 's/[0-9a-f]\{16,\}//g' "$work/$f" | grep -oE '[0-9]+(\.[0-9]+)?' | sort -u >"$work/$f.n"; done
	! awk 'NR == FNR { a[$1] = 1; next } { for (x in a) if ($1 - x == 3161 || x - $1 == 3161) { print x, $1; exit } }' \
		"$work/one.n" "$work/two.n" | grep -q .
	ok $? "subtracting two nights of the copy for $a does not give what one worker paid"
	! grep -qE '(^|[^0-9])(23|24)([^0-9.]|$)' "$work/one" || ! grep -q 'Workers who paid' "$work/one" ||
		! grep -oE 'Chautari[^Q]*QA *[0-9]+' "$work/one" | grep -qE ' 2[34]$'
	ok $? "nor how many they are exactly"
	if [ $a = internal ]; then
		# Of all files, workbooks too: numbers that stand in one of the nights only.
		for x in i n1; do readable "$work/$x" | grep -oE '(^|[^0-9a-f.])[0-9]+(\.[0-9]+)?([^0-9a-f.]|$)' | grep -oE '[0-9.]*[0-9]' | sort -u >"$work/$x.n"; done
		comm -23 "$work/i.n" "$work/n1.n" >"$work/i.only"
		comm -13 "$work/i.n" "$work/n1.n" >"$work/n1.only"
		! awk 'NR == FNR { a[$1] = 1; next } { for (x in a) if ($1 - x == 3161 || x - $1 == 3161) { print x, $1; exit } }' \
			"$work/i.only" "$work/n1.only" | grep -q .
		ok $? "nor do any two numbers of all files of two internal reports, workbooks too"
	fi
done
# Interviews of two nights: the worker who came on the second reported P02 and W03.
answers() { # number of workers
	echo "employer,respondent,interview date,reference period,age group,interview setting,codes,codes asked"
	i=0
	while [ $i -lt "$1" ]; do
		[ $i = 0 ] || [ $((i % 3)) = 1 ] && c="P02;W03" || c=none
		echo "1,ANS-$i,2026-05-02,year,adult,off site,$c,SURVEY"
		i=$((i + 1))
	done
}
for a in internal inspectorate; do
	for n in 31 32; do
		answers $n >"$work/answers.csv"
		screen "$work/v" --survey "$work/answers.csv" --audience $a
		{
			sed -n '/Three lenses/,/The band and what/p' "$(page "$work/v" Alwaha)"
			grep -o '"lenses":.*"fees"' "$work/v/results.jsonl"
		} >"$work/v$n"
	done
	grep -q '"interviewed":35,"assessable":35,"pattern":10\|"interviewed":35,"assessable":35,"pattern":15' "$work/v31" &&
		! grep -oE '"(interviewed|assessable|pattern|WL|both|neither)":[0-9]+' "$work/v31" "$work/v32" | grep -qvE '[05]$'
	ok $? "interviews, $a: counts in steps of five"
	cmp -s "$work/v31" "$work/v32"
	ok $? "and a worker more does not show"
done

# ---- small cells, wholes, two audiences ----
numbers='771|772|773|2316'
readable "$work/i" | sed 's/[0-9a-f]\{16,\}//g' >"$work/i1" # a digest may hold any number
readable "$work/public" | sed 's/[0-9a-f]\{16,\}//g' >"$work/p1"
! grep -qE "(^|[^0-9])($numbers)(\.00|[^0-9])" "$work/i1" && ! grep -qE "(^|[^0-9])($numbers)(\.00|[^0-9])" "$work/p1"
ok $? "three workers' payments, and their sum, are shown to nobody"
total=$((3000 * 23 + 7 * 253 + 2316))
! readable "$work/i" | grep -q "$total"
ok $? "nor the sum of all, from which they would follow"
grep -q 'Chautari' "$work/i/results.jsonl" && grep -q '"paid":"70000.00"\|"borne_by_workers":"70000.00"' "$work/i/results.jsonl" &&
	! grep -q "$((3000 * 23 + 7 * 253)).00" "$work/i/results.jsonl"
ok $? "of twenty-three workers the buyer reads the sum in a step of two of them"
cat >"$work/exact.json" <<X
{"tailoring": "exact-numbers", "reason": "who reads this reads the ledgers too", "author": "compliance", "date": "2026-09-01",
 "set": [{"section": "parameters", "code": "round_internal", "member": "value", "value": 1}]}
X
screen "$work/exact" --fees "$work/f.csv" --tailor "$work/exact.json"
grep -q "$((3000 * 23 + 7 * 253)).00" "$work/exact/results.jsonl" && grep -q 'who reads this reads the ledgers too' "$(page "$work/exact" Alwaha)"
ok $? "and as it is where a tailoring file says so, which every page names"
screen "$work/exact" --fees "$work/f.csv" --tailor "$work/exact.json" --audience supplier
! readable "$work/exact" | grep -q "$((3000 * 23 + 7 * 253))"
ok $? "copies are rounded all the same"
six=$(sed -n '/Chestnut Invented/s/.*"fees":\(\[.*\]\),"matches.*/\1/p' "$work/public/results.jsonl")
! printf '%s' "$six" | grep -qE '"(workers|paid|borne_by_workers)":'
ok $? "six workers are too few for the public"
! grep -o '"paid":[0-9]*,' "$work/i/results.jsonl" | grep -q 23
ok $? "that all of them paid is not said"
e=$("$bin" explain -d "$work/i" 1 2>&1; "$bin" explain -d "$work/i" 1 --json 2>&1; "$bin" explain -d "$work/i" 3 2>&1)
! printf '%s' "$e" | grep -qE "$refs|2316|(^|[^0-9])77[123]\.00"
ok $? "explain tells of no worker"
# Of an internal generation it tells others what their copies tell.
for a in public inspectorate; do
	for i in 1 2 3; do
		"$bin" explain -d "$work/i" $i --json --audience $a >"$work/e" 2>/dev/null
		l=$(sed -n 's/.*"likelihood": *\([0-9.]*\).*/"likelihood":\1/p' "$work/e")
		grep "\"source_ids\":\[\"$i\"\]" "$work/$a/results.jsonl" | grep -q "$l," && [ -n "$l" ]
		ok $? "explain for $a has the likelihood of the copy, supplier $i"
	done
done
e=$(for i in 1 2 3; do "$bin" explain -d "$work/i" $i --audience supplier; "$bin" explain -d "$work/i" $i --audience supplier --json; done 2>&1)
! printf '%s' "$e" | grep -vE 'grievance procedure' | grep -qE "$secret|likelihood|s\.csv|2026-02-11"
ok $? "explain for a supplier tells what its copy withholds no more than that"
printf '%s' "$e" | grep -q 'I10-1: '
ok $? "and shows the actions"
"$bin" explain -d "$work/public" 1 >/dev/null 2>&1
[ $? != 0 ]
ok $? "and has nothing to say of a copy"

# ---- quarantine ----
cat >"$work/q.csv" <<'X'
entity,worker,recruiter,amount,currency,paid_on,wage,description
1,QRT-1 Invented Person,R,not a number,QAR,2025-01-10,1000,
1,QRT-2,R,call +974 5598 76543,QAR,2025-01-10,1000,passport QX7654321
,QRT-3,R,100,QAR,2025-01-10,1000,
1,QRT-4,R,100,QAR,the day of QRT-4,1000,born 1991-02-03
9999,QRT-5,R,100,QAR,2031-01-10,1000,
1,QRT-6,R,"100,QAR,2025-01-10,1000,
1,QRT-7,R,100,QAR,2025-01-10
X
screen "$work/q" --fees "$work/q.csv"
[ "$(wc -l <"$work/q/issues.csv")" -gt 5 ]
ok $? "rows that cannot be read are told"
! grep -raqE 'QRT-[123567]|5598|QX7654321|1991-02-03' "$work/q"
ok $? "without the cell about the worker"
"$bin" check "$work/q.csv" >"$work/c" 2>&1
"$bin" check --json "$work/q.csv" >>"$work/c" 2>&1
! grep -qE 'QRT-[123567]|5598|QX7654321|1991-02-03' "$work/c"
ok $? "check does not show it either"

# ---- a store that is kept ----
screen "$work/o" --fees "$work/f.csv" --findings "$work/a.csv" -d "$work/data" --worker-key "$work/key2"
screen "$work/o2" --fees "$work/f.csv" --findings "$work/a.csv" -d "$work/data" --audience supplier
[ "$(cat "$work/data/current")" = 1 ] && "$bin" audit show -d "$work/data" 2>/dev/null | grep -q 'supplier'
ok $? "a copy replaces no generation, and the journal says for whom it was made"
"$bin" audit verify -d "$work/data" >/dev/null 2>&1
ok $? "and still verifies"
! grep -raqE "$refs" "$work/data" && ! grep -raqF "$(cat "$work/key2")" "$work/data"
ok $? "neither references nor the key are in the store"

# ---- a run that is killed ----
awk 'BEGIN { print "entity,recruiter,worker,origin,destination,category,amount,currency,paid_by,wage"
	for (i = 0; i < 700000; i++) printf "1,Chautari Invented Manpower,KILLED-%07d-REFERENCE-OF-A-WORKER,Nepal,Qatar,service charge,%d,QAR,worker,1000\n", i, 3000 + i % 900 }' >"$work/big.csv"
ulimit -c unlimited 2>/dev/null
mkdir "$work/cwd"
seen=0 bad=0 named=0
for wait in 0.4 0.9 1.5 2.2 3.0; do
	(cd "$work/cwd" && exec "$bin" screen "$work/s.csv" --fees "$work/big.csv" --no-shipped-lists --as-of 2026-09-01 -f -q -o "$work/dead") &
	pid=$!
	sleep $wait
	# Work files are open and have no name.
	for l in /proc/$pid/fd/*; do
		t=$(readlink "$l" 2>/dev/null) || continue
		case $t in "$work"*deleted*) seen=1 ;; *spill*) [ -e "$t" ] && named=1 ;; esac
	done
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	pid=
	grep -raqE 'KILLED-[0-9]' "$work/dead" "$work/dead.tmp" "$work/cwd" 2>/dev/null && bad=1
	find "$work/dead.tmp" "$work/cwd" \( -name 'core*' -o -name '*spill*' \) 2>/dev/null | grep -q . && bad=1
done
ok $bad "a killed run leaves no worker's reference, work file or core dump"
ok $named "work files have no name while they are used"
(cd "$work/cwd" && exec "$bin" screen "$work/s.csv" --fees "$work/big.csv" --no-shipped-lists --as-of 2026-09-01 -f -q -o "$work/dead") &
pid=$!
sleep 1.2
kill -ABRT $pid 2>/dev/null
wait $pid 2>/dev/null
pid=
! find "$work/cwd" "$work/dead.tmp" -name 'core*' 2>/dev/null | grep -q . && ! grep -raqE 'KILLED-[0-9]' "$work/cwd" "$work/dead.tmp" 2>/dev/null
ok $? "nor does one that crashes"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
