#!/bin/sh
# What buyers do with it: the page of a lot, and statements that a law asks for. Companies,
# lists and findings are invented. MANUMIT names the binary. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/common.sh"
ex=$root/examples
has() { grep -qF -- "$2" "$1"; }

# ---- tenders ----
cat >"$work/b.csv" <<'END'
lot,bidder,company_no,country,address,role,makes_at_name,makes_at_country,cpv,workers,agency_used
L1,Zenith Workwear,,GB,,,,,18110000,,
L1,Brightwater Uniforms Ltd,01234567,GB,"4 Mill Lane, Leeds",lead,Padma Stitching Works,BD,18110000,120,no
L1,anka tekstil a.s.,,TR,"Organize Sanayi 12, Bursa",consortium,,,18110000,400,yes
L1,Padma Fabrics,,BD,"Plot 4, Gazipur",subcontractor,,,18110000,2000,
L2,Northfield Cleaning Ltd,09876543,GB,"1 High Street, York",,,,90910000,300,no
END
cat >"$work/f.csv" <<'END'
entity,indicator,direction,strength,source_class,date,status
Padma Stitching Works,I08,adverse,strong,inspectorate,2026-03-01,open
END
cat >"$work/w.csv" <<'END'
name,country,gate,list,listed_on
Brightwater Uniforms Limited,GB,G-EXCL,Invented exclusions,2025-05-01
END
printf 'name,buys_publicly_in,imports_into,sells_in\nTown of Millbrook,GB,none,none\n' >"$work/p.csv"
tender() { # output, files and options...
	o=$work/$1
	shift
	"$bin" tender "$@" --as-of 2026-11-01 -o "$o" -f -q >"$work/log" 2>&1
}
tender t "$work/b.csv" --findings "$work/f.csv" --watchlist "$work/w.csv" --profile "$work/p.csv"
ok $? "a table of bidders is screened"
[ "$(ls "$work/t/lot" | wc -l)" = 2 ] && [ "$(ls "$work/t/entity" | wc -l)" = 6 ]
ok $? "a page a lot, a dossier a bidder and site"
lot=$(ls "$work"/t/lot/L1-*.html)
[ "$(grep -o '<div class="item"><p><strong><a[^>]*><bdi>[^<]*' "$lot" | sed 's/.*>//' | tr '\n' '|')" = \
	"anka tekstil a.s.|Brightwater Uniforms Ltd|Padma Fabrics|Zenith Workwear|" ]
ok $? "bidders stand in the order of the alphabet"
[ "$(grep -c 'Identify first' "$lot")" = 2 ]
ok $? "a bare name says: identify first"
has "$lot" 'Made at <strong>' && has "$lot" 'Padma Stitching Works' && has "$lot" 'labour inspectorate, <time>2026-03-01</time>, open'
ok $? "the site of making is screened, its open finding is told"
has "$lot" 'possible match, review' && has "$lot" 'listed <time>2025-05-01</time>' && has "$lot" 'As a public buyer'
ok $? "a gate with status, day and what it means for the reader"
for w in Industry 'Nature of the workforce' 'Location of suppliers' 'Context in which' 'Type of commodity' 'Business and supply chain'; do
	has "$lot" "$w" || break
done && has "$lot" 'More than one is present' && has "$lot" 'hires through an agency'
ok $? "six characteristics, with reasons"
has "$lot" 'Exclusion is a decision by a person' && has "$lot" 'Signature' &&
	has "$lot" "$(sha256sum "$work/t/manifest.json" | cut -c1-64)"
ok $? "the caution, the box to sign, the hash of the manifest"
sed '/<style>/,/<\/style>/d' "$lot" | grep -qE 'severe|elevated|likelihood|class="band'
[ $? = 1 ]
ok $? "no band and no score on the page of a lot"
l2=$(ls "$work"/t/lot/L2-*.html)
has "$l2" 'a service' && has "$l2" 'CPV 909'
ok $? "cleaning is told from waste by the longest code, and delivers no good"
sed '1!G;h;$!d' "$work/b.csv" | sed '$d' >"$work/tail" && { head -n 1 "$work/b.csv"; cat "$work/tail"; } >"$work/b2.csv"
mkdir "$work/other" && cp "$work/b2.csv" "$work/other/b.csv" && tender t2 "$work/other/b.csv" --findings "$work/f.csv" \
	--watchlist "$work/w.csv" --profile "$work/p.csv"
strip() { sed 's/SHA-256 <code>[0-9a-f]*//' "$1"; }
strip "$lot" >"$work/x1" && strip "$work/t2/lot/$(basename "$lot")" >"$work/x2" && cmp -s "$work/x1" "$work/x2"
ok $? "rows in another order give the same page"
cat >"$work/o.json" <<'END'
{"releases":[{"ocid":"ocds-x-1","id":"1","date":"2026-01-01T00:00:00Z","tag":["tender"],
"buyer":{"id":"B","name":"Town of Millbrook"},"parties":[{"id":"B","name":"Town of Millbrook","roles":["buyer"]}],
"tender":{"id":"T-1","title":"Uniforms","items":[{"id":"1","classification":{"scheme":"CPV","id":"18110000"}}]}}]}
END
tender o "$work/o.json" && has "$work"/o/lot/*.html 'names no bidder' && has "$work"/o/lot/*.html 'CPV 18'
ok $? "a tender without bidders has a page that says so, and is no failure"
"$bin" tender "$work/b.csv" >"$work/log" 2>&1
[ $? = 64 ] && has "$work/log" 'wants a table of bidders'
ok $? "without -o the usage is told"

# ---- statements ----
cat >"$work/a.csv" <<'END'
entity,activity,date,announced,offsite,done_by
0001,audit,2026-03-01,no,yes,auditors
0002,audit,2025-06-01,yes,no,auditors
END
cat >"$work/g.csv" <<'END'
date,trained,people,topic
2026-02-02,own_staff,40,signs
2026-06-01,suppliers,3,fees
END
printf 'name,country,year,turnover,currency,sells_in\nInvented Retail plc,GB,2026,412000000,GBP,GB\n' >"$work/me.csv"
printf 'name,country,year,turnover,currency,sells_in\nask jane@example.org,GB,2026,1,GBP,GB\n' >"$work/you.csv"
screen() { # store, profile
	"$bin" screen "$ex/suppliers.csv" --findings "$ex/findings.csv" --activities "$work/a.csv" --training "$work/g.csv" \
		--profile "$2" -d "$work/$1" -o "$work/$1-r" --as-of 2026-11-01 -f -q >"$work/log" 2>&1
}
state() { # output, store, options...
	o=$work/$1 d=$work/$2
	shift 2
	"$bin" statement "$@" -d "$d" -o "$o" >"$work/log" 2>&1
}
screen s "$work/me.csv" && for law in uk au ca de no ch us-uflpa eu-flr; do state "st-$law" s --law $law || break; done
ok $? "a statement for each law"
st=$work/st-uk/statement.md
has "$st" 'Invented Retail plc. Statement 2026' && has "$st" 'Audits: 1 (2025: 1)' && has "$st" '1 unannounced, 0 announced'
ok $? "what was done this year and the year before"
has "$st" '**GAP** To be written: Name each policy' && has "$st" '**GAP** Missing: corrective actions: nothing was recorded'
ok $? "what no table says is a gap for a human"
has "$st" 'People trained: 43' && grep -q '^> .*secondary sources' "$st"
ok $? "people are counted, unverified law is marked"
head -n 1 "$work/st-uk/registry.csv" | awk -F, '{exit NF != 71}' && has "$work/st-uk/registry.csv" '£100 million to £500 million' &&
	has "$work/st-uk/registry.csv" 'Within your supply chains' && has "$work/st-uk/registry.json" '"state": "human"'
ok $? "the registry's columns and words"
has "$work/st-eu-flr/tracing.csv" 'Seri Kenanga Tempayan' && ! has "$st" 'Seri Kenanga'
ok $? "suppliers are named where the law asks for sites, not elsewhere"
has "$work/st-uk/evidence-index.csv" 'uk-effect,effectiveness,Unannounced audits'
ok $? "each figure says where it was counted"
state st-uk s --law uk
[ $? = 73 ] && state st-uk s --law uk -f && touch "$work/st-uk/mine.txt" && state st-uk s --law uk -f
[ $? != 0 ] && [ -e "$work/st-uk/mine.txt" ]
ok $? "it is replaced with -f only, and never a folder with other things"
state st-25 s --law uk --year 2025 && has "$work/st-25/statement.md" 'Audits: 1 (2024: 0)'
ok $? "another year counts other days"
state st-x s --law ukk
[ $? = 66 ] && has "$work/log" 'did you mean uk'
ok $? "an unknown law names the nearest"
screen s2 "$work/you.csv" && state st-p s2 --law ca && ! grep -rq 'jane@' "$work/st-p" && has "$work/log" 'withheld'
ok $? "what looks like personal data is not exported"

# ---- questions and answers ----
"$bin" ask -d "$work/s" -o "$work/ask" --lang fr --top 3 --due 2026-12-01 >"$work/log" 2>&1 && [ "$(ls "$work"/ask/*.xlsx | wc -l)" = 3 ] &&
	[ "$(wc -l <"$work/ask/asked.csv")" = 4 ] && has "$work/log" 'no native speaker' && has "$work/log" 'protect workers first'
ok $? "a workbook a supplier, and who must not be asked"
"$bin" ask -d "$work/s" -o "$work/ask2" --lang xx >"$work/log" 2>&1
[ $? = 66 ] && has "$work/log" ', en, fr' && [ ! -e "$work/ask2" ]
ok $? "an unknown language names those there are"
"$bin" check "$work"/ask/0015-*.xlsx >"$work/log" 2>&1 && has "$work/log" 'supplier_response'
ok $? "a questionnaire is a table of findings"
cat >"$work/back.csv" <<'END'
id,supplier,country,code,question,supplier answer,document or remark
0015,Padmaraga Manpower Link Pvt. Ltd.,NP,I09-FEES,Has any worker paid?,Oui,ledger
0015,Padmaraga Manpower Link Pvt. Ltd.,NP,I07-PAPERS,Does anybody keep passports?,no,
0015,Padmaraga Manpower Link Pvt. Ltd.,NP,I03-LEAVE,May they leave?,perhaps,
0015,Padmaraga Manpower Link Pvt. Ltd.,NP,I08-PAID,Were wages paid?,je ne sais pas,
0015,Padmaraga Manpower Link Pvt. Ltd.,NP,WORKERS,How many?,120,
END
"$bin" answers "$work/back.csv" --actions "$work/ask/asked.csv" --as-of 2026-12-15 -o "$work/an" >"$work/log" 2>&1
ok $? "answers are read back"
has "$work/an/findings.csv" 'I09,adverse,M,self_assessment,2026-12-15,open' && has "$work/an/findings.csv" 'I07,clear,,self_assessment' &&
	has "$work/an/suppliers.csv" '0015,Padmaraga Manpower Link Pvt. Ltd.,NP,120,'
ok $? "an admission, what is said to be in order, a fact"
has "$work/log" 'perhaps' && has "$work/log" '1 not known' && has "$work/log" '1 not understood'
ok $? "what is not understood is told with its line"
[ "$(wc -l <"$work/an/reminders.csv")" = 3 ] && grep -q '^0015,.*,done,2026-12-15,replied' "$work/an/actions.csv" &&
	grep -q ',open,,no reply by 2026-12-15' "$work/an/actions.csv"
ok $? "who replied and who is to be reminded"
# What a supplier picks in the drop-down of each language is understood.
in_its_language() { # language, yes, no, not known
	printf 'id,supplier,country,code,question,supplier answer,document or remark\n0015,P,NP,I09-FEES,?,%s,\n0015,P,NP,I07-PAPERS,?,%s,\n0015,P,NP,I08-PAID,?,%s,\n' \
		"$2" "$3" "$4" >"$work/l.csv" &&
		"$bin" ask -d "$work/s" -o "$work/ask-$1" --lang "$1" --top 1 >"$work/said" 2>&1 && has "$work/said" 'no native speaker' &&
		unzip -p "$work/ask-$1"/*.xlsx | grep -q "$2,$3,$4" &&
		"$bin" answers "$work/l.csv" --as-of 2026-12-15 -o "$work/an-$1" >"$work/said" 2>&1 && has "$work/said" '1 not known' &&
		has "$work/an-$1/findings.csv" 'I09,adverse' && has "$work/an-$1/findings.csv" 'I07,clear'
}
in_its_language es sí no 'no lo sé' && in_its_language pt sim não 'não sei' && in_its_language zh 是 否 不知道 && in_its_language tr evet hayır bilmiyorum
ok $? "asked and answered in Spanish, Portuguese, Chinese, Turkish"
in_its_language vi có không 'tôi không biết' && in_its_language hi हाँ नहीं 'मुझे पता नहीं' && in_its_language bn হ্যাঁ না 'আমি জানি না'
ok $? "asked and answered in Vietnamese, Hindi, Bengali"
"$bin" screen "$ex/suppliers.csv" --suppliers "$work/an/suppliers.csv" --findings "$work/an/findings.csv" --actions "$work/an/actions.csv" \
	-d "$work/s3" -o "$work/s3-r" --as-of 2026-12-16 -f -q >"$work/log" 2>&1 && "$bin" explain 0015 -d "$work/s3" | grep -q 'an admission' &&
	state st-3 s3 --law au && has "$work/st-3/statement.md" '3 asked, 1 replied (33 %)'
ok $? "answers are evidence, and the statement counts them"
"$bin" answers "$work/b.csv" -o "$work/an2" >"$work/log" 2>&1
[ $? = 65 ] && [ ! -e "$work/an2" ]
ok $? "a file without our questions is refused"

# ---- profiles that come along ----
screen_as() { "$bin" screen "$ex/suppliers.csv" --watchlist "$ex/watchlist.csv" --profile "$1" -o "$work/as" --as-of 2026-11-01 -f -q >"$work/log" 2>&1; }
(cd "$work" && screen_as uk-public) && grep -qF '"uk-public.csv"' "$work/as/manifest.json" && grep -rqF 'By your profile you neither import, sell' "$work/as/entity" &&
	! grep -rqF 'If you import into the United States' "$work/as/entity"
ok $? "--profile uk-public: gates say what they mean for a public buyer there"
printf 'name,imports_into,sells_in,buys_publicly_in,sells_publicly_in\nOurs,US,none,none,none\n' >"$work/uk-public"
(cd "$work" && screen_as uk-public) && grep -qF '"uk-public"' "$work/as/manifest.json"
ok $? "a file of that name goes before"
screen_as no-such-profile
[ $? = 66 ] && grep -qF 'no-such-profile' "$work/log"
ok $? "a profile that is not there is said"

echo "buyer: $passed passed, $failed failed"
[ "$failed" = 0 ]
