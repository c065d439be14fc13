#!/bin/sh
# What somebody new does with the README alone: tables with a preamble and the words of a
# procurement office, verdicts in own words. Companies and lists are invented. MANUMIT names
# the binary. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"
has() { grep -qF -- "$2" "$1"; }

# ---- a tender ----
cat >"$work/b.csv" <<'END'
Borough of Wexbridge (invented): bids received,,,,,,,,,,,
,,,,,,,,,,,
Lot no.,Lot title,CPV code,Bidder,Role in bid,Companies House no. / VAT,Country of registration,Registered address,Product offered,Made at (factory),Factory country,Received
1,Workwear,18110000-3,Pennine Textiles,Lead member,04567812,UK,"1 Exchange Square, Bradford",Hi-vis jackets,Anadolu Konfeksiyon,Turkey,19.11.2026
1,Workwear,18110000-3,Wearwell Logistics,Consortium member,11223344,UK,"Unit 5, Trafford Park",,,,19.11.2026
1,Workwear,18110000-3,Karim Embroidery,Sub-contractor,,Bangladesh,"Mirpur-10, Dhaka",Badges,,,19.11.2026
1,Workwear,18110000-3,Harbour Lane Jackets,Tenderer,,UK,"2 Harbour Lane, Hull",Hi-vis jackets,,,19.11.2026
2,Cut flowers,03121000-5,,,,,,,,,19.11.2026
Total bids: 4,,,,,,,,,,,
END
cat >"$work/w.csv" <<'END'
name,country,gate,list,listed_on
Harbour Lane Jackets,GB,G-OWN,Invented list,2025-05-01
Harbour Lane Jacket Company,GB,G-OWN,Invented list,2024-03-01
END
"$bin" tender "$work/b.csv" --watchlist "$work/w.csv" --profile uk-public --as-of 2026-11-27 -d "$work/s" -o "$work/t" \
	>"$work/log" 2>&1
lot=$(ls "$work"/t/lot/1-*.html)
has "$lot" 'lead of a consortium' && has "$lot" 'member of a consortium' && has "$lot" 'subcontractor'
ok $? "roles in the words of a procurement office"
has "$lot" 'no. <bdi>04567812' && has "$lot" '<bdi>Anadolu Konfeksiyon' && ! has "$lot" 'lead of a consortium · country unknown'
ok $? "numbers, countries and sites under an office's own headers"
ls "$work"/t/lot/2-*.html >/dev/null 2>&1 && has "$work"/t/lot/2-*.html 'names no bidder' && [ "$(ls "$work/t/lot" | wc -l)" = 2 ]
ok $? "a lot without a bidder has its page, a line of totals has none"
has "$lot" '; also: <bdi>Harbour Lane Jacket'
ok $? "every entry that waits stands on the page, not the strongest alone"
! has "$lot" 'look in your own files'
ok $? "the bidder is asked what it can answer"
sed 's/<[^>]*>//g' "$lot" >"$work/page"
grep -q 'Lists too old, so no match is no check: UFLPA' "$work/page" && ! grep -q 'Compared: [^.]*UFLPA' "$work/page"
ok $? "a gate is compared or not checked, never both"

has "$work/log" 'not used: b.csv row 9, Bidder: no name' && has "$work/log" 'columns not used: Received'
ok $? "the terminal names the row and the column that are not used"
has "$work/log" "manumit decide --from $work/t/review.csv -d $work/s"
ok $? "and what to do about a possible match"

cat >"$work/act.csv" <<'END'
entity,date,activity,description,offsite
Harbour Lane Jackets,25.11.2026,reply,names its only site,
Wearwell Logistics,24.11.2026,engagement,what workers told,yes
Karim Embroidery,23.11.2026,interviews,what workers told,
END
"$bin" record "$work/act.csv" -d "$work/s" >"$work/log" 2>&1
"$bin" tender "$work/b.csv" --watchlist "$work/w.csv" --as-of 2026-11-27 -d "$work/s" -o "$work/t" -f -q >"$work/log" 2>&1
[ "$(grep -c 'Engagement on record' "$work"/t/lot/1-*.html)" = 1 ] &&
	has "$work"/t/lot/1-*.html '<dt>Engagement on record</dt><dd><time>2026-11-25</time>' && ! has "$work"/t/lot/1-*.html 'only site'
ok $? "the signed page says that the bidder was heard, and nothing of talks with workers"
"$bin" decide "Harbour Lane Jackets" "Harbour Lane" --different --reason "other firm" --by buying -d "$work/s" >"$work/log" 2>&1
[ $? = 66 ] && [ "$(grep -oE '[0-9a-f]{32} \(Harbour Lane' "$work/log" | wc -l)" = 2 ] && has "$work/log" 'take what is named above'
ok $? "a match that is not named well is answered with all keys"
"$bin" explain "Harbour Lane Jackets" -d "$work/t" >"$work/log" 2>&1
[ $? = 66 ] && has "$work/log" 'give -d the store'
ok $? "a report without a store says where the run is"

# ---- a screening ----
cat >"$work/f.csv" <<'END'
entity,indicator,source_class,date,status
Pennine Textiles,Excessive overtime,announced audit,2026-03-14,open
Pennine Textiles,passports kept,announced audit,2026-03-14,open
END
printf 'id,name,country\n1,Pennine Textiles,GB\n' >"$work/v.csv"
"$bin" screen "$work/v.csv" --findings "$work/f.csv" --as-of 2026-11-27 -d "$work/s2" -o "$work/r" >"$work/log" 2>&1
has "$work/r/results.jsonl" '"I11"' && has "$work"/r/entity/1-*.html 'announced audit'
ok $? "an indicator and a source by the names that the template tells"
! grep -q 'If I[01][0-9]' "$work"/r/entity/1-*.html && has "$work"/r/entity/1-*.html '<li>If Isolation were checked'
ok $? "what would change a band is said in words"
has "$work/log" 'not used: f.csv row 3, indicator "passports kept": unknown indicator; use I01 to I11'
ok $? "a finding that is not understood is named, with what to do"

# ---- questions and answers ----
"$bin" ask -d "$work/s2" -o "$work/ask" --top 1 --due 2026-12-01 >"$work/log" 2>&1
cat >"$work/back.csv" <<'END'
id,supplier,country,code,question,supplier answer,document or remark
1,Pennine Textiles,GB,I09-FEES,Has any worker paid?,Y,
1,Pennine Textiles,GB,I07-PAPERS,Does anybody keep passports?,No.,
END
"$bin" answers "$work/back.csv" --actions "$work/ask/asked.csv" --as-of 2026-12-15 -o "$work/an" >"$work/log" 2>&1
has "$work/log" '1 admissions, 1 said to be in order' && has "$work/log" '0 not understood'
ok $? "Y and No. are answers"
[ "$(grep -n 'manumit record' "$work/log" | cut -d: -f1)" -lt "$(grep -n 'manumit screen' "$work/log" | cut -d: -f1)" ]
ok $? "replies are recorded before the screening that is to count them"

echo "newcomer: $passed passed, $failed failed"
[ "$failed" = 0 ]
