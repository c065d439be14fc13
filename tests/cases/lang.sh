#!/bin/sh
# Pages in other languages: what is said in them, what stays as it is for programs.
. "$(dirname "$0")/common.sh"
ex="$root/examples"

has() { grep -qF -- "$2" "$1"; }
screen() { # name, then options
	name=$1
	shift
	"$bin" screen "$ex/suppliers.csv" --fees "$ex/fees.csv" --findings "$ex/findings.csv" --inspections "$ex/inspections.csv" \
		--watchlist "$ex/watchlist.csv" --edges "$ex/edges.csv" --survey "$ex/survey.csv" -d "$work/$name-s" -o "$work/$name" \
		--as-of 2026-11-20 "$@" >"$work/log" 2>&1
}
# What heads a page, its tables and their columns.
headings() { cat "$1"/index.html "$1"/entity/*.html | tr '\n' ' ' | grep -oE '<(h[1-4]|th|caption|dt|summary|title|b)( [^>]*)?>[^<]*' | sed 's/<[^>]*>//' | sort -u; }

screen en && screen fr --lang fr && has "$work/log" 'nobody whose language it is has reviewed'
ok $? "a run in French says that nobody reviewed it"
[ "$(grep -l '<html lang="fr">' "$work"/fr/index.html "$work"/fr/entity/*.html | wc -l)" = "$(ls "$work"/fr/index.html "$work"/fr/entity/*.html | wc -l)" ] &&
	has "$work/fr/entity/0001-b94249c7.html" 'Traduction que personne' && ! grep -q 'Traduction' "$work/en/index.html"
ok $? "each page names its language and that it is unreviewed"
for f in results.jsonl results.csv review.csv issues.csv; do cmp -s "$work/en/$f" "$work/fr/$f" || break; done &&
	[ "$(grep digest "$work/en/manifest.json")" = "$(grep digest "$work/fr/manifest.json")" ] && has "$work/fr/manifest.json" '"language": "fr"'
ok $? "files for programs and the digest do not depend on it; the manifest names it"
# No heading of the English pages that the catalogue says in other words; some words are also the name of a pack.
headings "$work/en" >"$work/h-en"
headings "$work/fr" >"$work/h-fr"
awk -F'": "' '/^    "/ { k = substr($1, 6); t = $2; sub(/",?$/, "", t); if (k != t) print k }' \
	"$root/connectors/messages/fr.json" | sort -u >"$work/keys"
comm -12 "$work/h-en" "$work/h-fr" | comm -12 - "$work/keys" |
	grep -vxE "$(ls "$root/indicators" | sed -n "s/\.json//p" | paste -sd "|")" >"$work/left"
[ "$(wc -l <"$work/keys")" -gt 500 ] && [ -s "$work/h-fr" ] && [ ! -s "$work/left" ]
ok $? "a French page has no English heading: $(head -3 "$work/left" | tr '\n' '|')"
"$bin" audit reproduce "$ex" -d "$work/fr-s" >"$work/log" 2>&1
ok $? "a run in French is reproduced"
"$bin" screen "$ex/suppliers.csv" -o "$work/xx" --lang xx >"$work/log" 2>&1
[ $? = 64 ] && has "$work/log" 'there are en, es, fr, pt, zh' && [ ! -e "$work/xx" ]
ok $? "an unknown language names those there are, and nothing is written"

# ---- plans ----
plan() { "$bin" plan -d "$work/en-s" -o "$work/$1" --capacity 6 --month 2026-12 $2 >"$work/log" 2>&1; }
each_is() { for page in "$1"/plan.html "$1"/field/*.html; do has "$page" "<html lang=\"$2\">" && has "$page" "$3" || return 1; done; }
plan plan-en && plan plan-zh "--lang zh" && has "$work/log" 'nobody whose language it is has reviewed' && each_is "$work/plan-zh" zh '本页译文尚未经母语人士审校'
ok $? "a plan and its field sheets in Chinese, and each says that nobody reviewed it"
cmp -s "$work/plan-en/plan.csv" "$work/plan-zh/plan.csv"
ok $? "plan.csv does not depend on it"
cat "$work"/plan-zh/plan.html "$work"/plan-zh/field/*.html | tr '\n' ' ' | grep -oE '<(h[1-4]|th|caption|title|b|p|li|span|td)( [^>]*)?>[^<]*' | sed 's/<[^>]*>//; s/ *$//' | sort -u >"$work/said"
grep -oE '^    "([^"\\]|\\.)*"' "$root/connectors/messages/zh.json" | sed 's/^    "//; s/"$//' | sort -u | comm -12 - "$work/said" >"$work/left"
[ -s "$work/said" ] && has "$work/plan-zh/plan.html" '按排名' && has "$work/plan-zh/plan.html" '重点查看' && [ ! -s "$work/left" ]
ok $? "nothing that the catalogue says is in English there: $(head -3 "$work/left" | tr '\n' '|')"
plan plan-xx "--lang xx"
[ $? = 64 ] && has "$work/log" 'there are en, es, fr, pt, zh' && [ ! -e "$work/plan-xx" ]
ok $? "an unknown language of a plan is told, and nothing is written"

# ---- statements ----
state() { "$bin" statement --law uk -d "$work/en-s" -o "$work/$1" $2 >"$work/log" 2>&1; }
state st-en && state st-fr "--lang fr" && has "$work/log" 'nobody whose language it is has reviewed' && has "$work/st-fr/statement.html" '<html lang="fr">'
ok $? "a statement in French"
for f in md html; do has "$work/st-fr/statement.$f" 'Traduction que personne' && has "$work/st-fr/statement.$f" 'Ce que demande la loi' || break; done &&
	unzip -p "$work/st-fr/statement.docx" word/document.xml >"$work/said" && has "$work/said" 'Traduction que personne' && has "$work/said" 'Lacune.' &&
	unzip -p "$work/st-fr/statement.docx" word/styles.xml | grep -qF 'w:lang w:val="fr"' && ! grep -q 'Traduction' "$work/st-en/statement.md"
ok $? "page, Markdown and Word say that nobody reviewed it, and what stays English"
has "$work/st-fr/statement.md" '**LACUNE** À rédiger : Name each policy' && has "$work/st-fr/statement.md" 'examinés : 19' &&
	! grep -qE 'GAP|Missing:|Suppliers and sites \|' "$work/st-fr/statement.md"
ok $? "labels are French, what the law asks is English"
for f in registry.csv registry.json; do cmp -s "$work/st-en/$f" "$work/st-fr/$f" || break; done &&
	[ "$(head -n 1 "$work/st-en/evidence-index.csv")" = "$(head -n 1 "$work/st-fr/evidence-index.csv")" ] &&
	[ "$(cut -d, -f1,2 "$work/st-en/evidence-index.csv")" = "$(cut -d, -f1,2 "$work/st-fr/evidence-index.csv")" ]
ok $? "the registry's columns and the codes of the index do not depend on it"
sed -n '/^### /p; /^|/p; /^[A-Z].*:$/p' "$work/st-fr/statement.md" | tr '|' '\n' | sed 's/^#* *//; s/ *:*$//' | sort -u >"$work/said"
comm -12 "$work/said" "$work/keys" >"$work/left"
[ ! -s "$work/left" ]
ok $? "no heading and no cell that the catalogue says in other words is English: $(head -3 "$work/left" | tr '\n' '|')"
state st-xx "--lang xx"
[ $? = 64 ] && has "$work/log" 'there are en, es, fr, pt, zh' && [ ! -e "$work/st-xx" ]
ok $? "an unknown language of a statement is told, and nothing is written"

echo "lang: $passed passed, $failed failed"
[ "$failed" = 0 ]
