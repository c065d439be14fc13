#!/bin/sh
# Planning visits as an inspectorate meets it: a register is screened, next month's visits
# are planned, two are changed with a reason, what was found is recorded, and the next
# plan knows. And the estimate of hidden cases. All names are invented. MANUMIT names the
# binary. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"
cd "$work" || exit 1

exits() { # status wanted, text wanted on stderr, name, command...
	want=$1 text=$2 name=$3
	shift 3
	"$@" >out 2>err </dev/null
	got=$?
	[ "$got" = "$want" ] && { [ -z "$text" ] || grep -qF -- "$text" err; }
	r=$?
	[ "$r" = 0 ] || { echo "  exit $got (wanted $want): $(head -n 4 err)"; }
	ok $r "$name"
}
screen() { "$bin" screen employers.csv --inspections past.csv --findings f.csv --no-shipped-lists -d store -o report -f -q --as-of "$1" >log 2>&1; }
plan() { "$bin" plan -d store -o plan -f "$@"; }
of() { awk -F, -v s="$1" 'NR > 1 && index($0, "," s ",")' plan/plan.csv; } # rows of a stratum
has() { grep -q "^[0-9]*,$1," plan/plan.csv; }

{
	echo 'id,name,country,region,city,address,sector,workers,role'
	i=0
	for r in North South; do
		for s in farming fishing textile; do
			for w in 6 30 120 900; do
				i=$((i + 1))
				echo "E$i,Example $r $s $w,BD,$r,Town,$i Mill Lane,$s,$w,employer"
			done
		done
	done
} >employers.csv
cat >f.csv <<'END'
entity,indicator,strength,source_class,date,status,description
E3,I07,S,inspectorate,2026-03-01,open,papers held
E8,I03,M,union,2026-04-01,open,gate locked
E9,I05,S,grievance,2026-10-01,open,pushed from a ladder
E14,I09,M,ngo,2026-05-01,open,debt
END
cat >past.csv <<'END'
entity,authority,opened,closed,outcome
E4,Example Inspectorate,2026-09-01,2026-09-02,none
E5,Example Inspectorate,2024-01-01,2024-01-02,none
END
cat >inspectors.csv <<'END'
inspector,base,region,days,languages
N-1,Town,North,8,bn
S-1,,South,5,en
S-2,,South;North,3,Bangla;English
END
printf 'id,reason\nE8,before the courts\nE99,a slip of the pen\n' >never.csv
printf 'sector,from,to\nfishing,5,9\n' >seasons.csv

screen 2026-11-01
ok $? "the register is screened"

# ---- a number of visits ----
plan --capacity 10 >out 2>err
ok $? "a number of visits is enough"
[ "$(of ranked | wc -l)" = 7 ] && [ "$(of random | wc -l)" = 1 ] && [ "$(of reserve | wc -l)" = 1 ] && of reserve | grep -q '^[0-9]*,E9,'
ok $? "a part is drawn by lot, a complaint comes out of the reserve"
! has E4 && has E3
ok $? "who was visited lately is not visited again, who is likely is"
head -n 1 plan/plan.csv | grep -q '^rank,id,name,address,region,sector,workers,last_visit,days,languages,stratum,reason,look_for,'
ok $? "plan.csv has its columns"
awk -F, 'NR > 1 && $7 < 10 { n++ } END { exit n < 1 }' plan/plan.csv
ok $? "small workplaces are not left out"
cp -r plan again
plan --capacity 10 -q && diff -r plan again
ok $? "the same run gives the same bytes"
plan --capacity 10 -q --seed 2 && ! diff -q plan/plan.csv again/plan.csv >/dev/null
ok $? "another seed draws others"

# ---- field sheets ----
plan --capacity 10 -q
n=$(ls plan/field | wc -l)
[ "$n" = 9 ] && ! grep -liE 'ranked|random|reserve|stratum|likelihood|severity|complaint|papers held|ladder|seed' plan/field/*.html
ok $? "field sheets say neither rank, stratum, score, finding nor complaint"
sheet=$(ls plan/field/E9-*.html)
grep -q 'Restriction of movement' "$sheet" && grep -q '9 Mill Lane' "$sheet" && grep -q 'Interviews in private' "$sheet" && grep -q 'Bangla' "$sheet"
ok $? "a field sheet has address, checklist, language and prompts"
[ "$(sed -n '/<h2>Checklist/,/<h2>Interviews/p' plan/field/E9-*.html | cksum)" = "$(sed -n '/<h2>Checklist/,/<h2>Interviews/p' plan/field/E3-*.html | cksum)" ]
ok $? "the checklist is the same for everybody"

# ---- inspectors, never, seasons ----
plan --capacity inspectors.csv --never never.csv --seasons seasons.csv --by region >out 2>err
ok $? "inspectors, a never list and seasons are read"
grep -q 'of 16 days' out && grep -q 'never.csv:3: no entity "E99"' out
ok $? "the days add up, and a name that is nobody's is told"
! has E8 && ! grep -q ',fishing,' plan/plan.csv
ok $? "the never list and the season hold"
grep -q 'N-1' plan/plan.csv && grep -q '<h3>North</h3>' plan/plan.html && grep -q '1 never to be scheduled' plan/plan.html
ok $? "the page is by region, with who goes and who is left out"
awk -F, 'NR > 1 && /\(.* day/ { if ($0 ~ /,North,/ && $0 ~ /S-1 \(/) exit 1 }' plan/plan.csv
ok $? "nobody is sent to a region that is not theirs"

# ---- changes ----
first=$(awk -F, '/,ranked,/ { print $2; exit }' plan/plan.csv)
args="--capacity inspectors.csv --never never.csv --seasons seasons.csv"
exits 64 "--reason" "a swap wants a reason" "$bin" plan $args -d store -o plan -f --swap "$first=E2"
exits 65 "cannot be visited in this plan" "a swap for somebody on the never list is refused" "$bin" plan $args -d store -o plan -f --swap "$first=E8" --reason x
free=$(for i in 1 2 3 12 10 11 13 22 24; do has E$i || { echo E$i; break; }; done)
exits 0 "" "a swap with a reason" "$bin" plan $args -d store -o plan -f --swap "$first=$free" --reason "flood in the delta" --who planner
! has "$first" && has "$free" && grep -q 'flood in the delta' plan/plan.html && grep -q 'Put in by planner: flood in the delta' plan/plan.csv
ok $? "it is in the plan, with its reason"
plan $args -q && ! has "$first" && has "$free"
ok $? "and stays in it when the plan is made again"
exits 0 "" "a deferral with a reason" "$bin" plan $args -d store -o plan -f --defer "$free" --reason "burnt down" --who planner
! has "$free"
ok $? "who is deferred is out"
"$bin" audit verify -d store >out && "$bin" audit show -d store | grep -q 'change defer, month 2026-12'
ok $? "changes are in the journal"

# ---- what was found ----
cat >visits.csv <<'END'
id,visited_on,access,workers_seen,interviewed_privately,violations,referred,stratum
E3,2026-12-03,full,60,12,DOCUMENTS_HELD,2,ranked
E14,2026-12-04,full,30,9,none,,random
E2,,,,,,,ranked
END
exits 0 "" "visits are recorded" "$bin" record visits.csv -d store --as-of 2026-12-20 --by planner
grep -q 'inspections 2' out && grep -q '1 proposed action or visit without' out
ok $? "the two that were made, not the one that was not"
sed -i 's/full,30,9,none/full,30,9,EXCESSIVE_HOURS/' visits.csv
exits 0 "" "a correction is recorded" "$bin" record visits.csv -d store --as-of 2026-12-21 --by planner
screen 2026-12-31
"$bin" explain E3 -d store >out && grep -q 'journal:' out && grep -q '2026-12-03' out
ok $? "the next run tells of the visit, by the record of the journal"
"$bin" explain E14 -d store >out && grep -qi 'hours' out && ! grep -q 'no violation found' out
ok $? "of two rows about one visit the later counts"
grep -q '"file": *"journal"' report/manifest.json && plan --capacity 10 -q && ! has E3
ok $? "and the next plan does not go there again"
printf 'id,visited_on,workers_seen,interviewed_privately,violations\nE1,2026-12-04,5,9,\nE2,2027-05-01,,,\n' >bad.csv
exits 65 "is more than the workers seen" "impossible visits are refused with their cell" "$bin" record bad.csv -d store --as-of 2026-12-20

# ---- was it right? ----
{
	echo 'entity,authority,opened,outcome,selection'
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do
		case $i in 3 | 8 | 9 | 14 | 20) o=violation ;; *) o=none ;; esac
		echo "E$i,Example Inspectorate,2027-02-$((i + 1)),$o,random"
	done
} >later.csv
"$bin" screen employers.csv --inspections past.csv --inspections later.csv --findings f.csv --no-shipped-lists -d test -o tested -f -q --as-of 2026-11-01
exits 0 "" "a backtest of what came later" "$bin" backtest -d test --split 2026-11-01
grep -q 'measured  24 sites' out && grep -q '  4       100.0 %' out && ! grep -q 'SELECTION-BIASED' out
ok $? "it finds who was likely, among those drawn by lot"
"$bin" backtest -d test --json >out && grep -q '"random_violators": 5' out && grep -q '"visits_after": 24' out
ok $? "and says so to programs"
# A certificate is no violation and no visit; a claim that was dismissed found nobody.
{
	echo 'entity,authority,closed,violation,back_wages'
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do
		echo "E$i,US OFLC,2026-01-01,CERTIFIED,"
		echo "E$i,US OFLC,2027-02-01,CERTIFIED,"
	done
} >decided.csv
sed 's/US OFLC/Illinois Department of Labor/; s/CERTIFIED/DISMISSED/; s/^\(E[123],.*2027.*\)DISMISSED,$/\1,100/' decided.csv >claims.csv
"$bin" screen employers.csv --inspections decided.csv --no-shipped-lists -d dec -o decided -f -q --as-of 2026-11-01
exits 65 "decisions on applications or entries of a register: nobody went there" "certificates measure nothing" "$bin" backtest -d dec --sites known
"$bin" screen employers.csv --inspections decided.csv --inspections claims.csv --no-shipped-lists -d cla -o claimed -f -q --as-of 2026-11-01
exits 0 "" "claims are measured" "$bin" backtest -d cla --sites known
grep -q 'violation 12.5 %' out && grep -q '24 of 24 rows after the day are claims of workers' out && grep -q '48 rows are decisions' out
ok $? "dismissed ones as no violation, and it is said what they are: $(grep '^violation' out)"
exits 65 "screen the same files with --as-of 2025-01-01" "another day wants another run" "$bin" backtest -d test --split 2025-01-01
exits 65 "measure nothing" "nothing later is no measure" "$bin" backtest -d store

# ---- the folder ----
exits 73 "exists already" "a plan is not overwritten without -f" "$bin" plan --capacity 3 -d store -o plan
mkdir other && echo x >other/thesis.txt
exits 73 "other/thesis.txt" "a folder that is no plan is left alone" "$bin" plan --capacity 3 -d store -o other -f
exits 64 "--capacity" "capacity is needed" "$bin" plan -d store
exits 66 "" "a file that is not there" "$bin" plan --capacity nobody.csv -d store -o p2
printf 'inspector,base\nN-1,Town\n' >nodays.csv
exits 65 'no column "days"' "inspectors without days are refused" "$bin" plan --capacity nodays.csv -d store -o p2

# ---- the estimate ----
printf 'A,B,C,n\n1,0,0,40\n0,1,0,30\n0,0,1,20\n1,1,0,6\n' >o.csv
exits 0 "" "an estimate" "$bin" estimate o.csv
grep -q '539.1' out && grep -q 'This holds only if' out
ok $? "its number and its assumptions"
exits 65 "" "a model without an estimate gives none" "$bin" estimate o.csv --model A:B --json
grep -q '"status": 1' out && grep -q '"total": null' out
ok $? "but its code"
printf 'A,B,n\n1,0,40\n0,1,30\n1,1,6\n' >two.csv
exits 65 "at least 3" "two lists are refused" "$bin" estimate two.csv

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
