#!/bin/sh
# A portfolio that one page does not hold: list/ has every entity once in each of its three
# orders, and all links lead somewhere. All names are invented. MANUMIT names the binary.
set -u
. "$(dirname "$0")/common.sh"
awk 'BEGIN { print "id,name,country,sector"
	split("BD,MY,,TR", c, ","); split("1410,,2610", s, ",")
	for (i = 0; i < 1203; i++) printf "S%04d,Invented <b>Works</b> %d,%s,%s\n", i, i, c[1 + i % 4], s[1 + i % 3] }' >"$work/s.csv"
printf 'entity,indicator,strength,source_class,date,status,description\nS0007,I05,S,court,2026-01-02,open,invented\n' >"$work/f.csv"
screen() { # report, more arguments
	out=$work/$1
	shift
	"$bin" screen "$work/s.csv" --dossiers elevated --findings "$work/f.csv" --as-of 2026-11-01 -q -f -o "$out" "$@" 2>"$work/err"
}
ids() { # files: how many rows, and how many different ids
	cat "$@" | grep -o '<bdi>S[0-9]*</bdi>' | sort | uniq -c | awk '{ n += $1; k++ } END { print n + 0, k + 0 }'
}
screen a
ok $? "a portfolio of 1203 is screened"
for kind in order name country; do
	[ "$(ids "$work"/a/list/$kind-*.html)" = "1203 1203" ]
	ok $? "pages by $kind have every entity once"
done
[ -e "$work/a/list/order-2.html" ] && [ ! -e "$work/a/list/order-3.html" ]
ok $? "a thousand a page"
grep -q '<td>act 1</td><td><a[^>]*><bdi>Invented &lt;b&gt;Works&lt;/b&gt; 7</bdi>' "$work/a/list/order-1.html"
ok $? "the finding comes first, and its name is text"
grep -q '<title>entities by country and band</title>' "$work/a/index.html" && grep -q 'href="list/index.html"' "$work/a/index.html"
ok $? "the portfolio shows countries and leads to the lists"
grep -q '<title>when it was</title>' "$work"/a/entity/S0007-*.html
ok $? "the dossier shows when it was"
dead=$(cd "$work/a/list" && grep -oh 'href="[^"#]*"' ./*.html | sort -u | cut -d'"' -f2 | while read -r h; do [ -e "$h" ] || echo "$h"; done)
[ -z "$dead" ]
ok $? "every link leads somewhere: $dead"
screen b && diff -r "$work/a/list" "$work/b/list" >/dev/null
ok $? "again, byte for byte"
screen p --audience public && [ "$(ids "$work"/p/list/order-*.html)" = "1203 1203" ] && grep -q 'Copy for audience public' "$work/p/list/index.html"
ok $? "a public copy has them and says what it is"
screen s --audience supplier && [ ! -e "$work/s/list" ]
ok $? "a copy for a supplier has no list of others"
# A dossier as Markdown: the page's headings, a name that is no mark, of whoever is asked for.
"$bin" explain S0007 --markdown -d "$work/a" >"$work/md" && head -n 1 "$work/md" | grep -qF '# Invented &lt;b&gt;Works&lt;/b&gt; 7' &&
	[ "$(grep -c '^## ' "$work/md")" = "$(cat "$work"/a/entity/S0007-*.html | grep -c '^<h2')" ]
ok $? "a dossier as Markdown has the sections of its page"
"$bin" explain S0900 --markdown -d "$work/a" >"$work/md" && grep -q '^## 7 Questions' "$work/md" && ! ls "$work"/a/entity/S0900-* >/dev/null 2>&1
ok $? "also of an entity without a page"
"$bin" explain S0007 --markdown --audience public -d "$work/a" >"$work/md" && grep -q 'Copy for audience' "$work/md"
ok $? "or as an audience's copy, which says so"
"$bin" explain S0007 --markdown --lang fr -d "$work/a" >"$work/md" 2>"$work/log" && grep -q '^## .*Questions' "$work/md" && ! grep -q '^## 7 Questions to ask' "$work/md" && grep -q 'nobody whose language' "$work/log"
ok $? "or in a language"
"$bin" explain S0007 --markdown --json -d "$work/a" >"$work/md" 2>&1
[ $? = 64 ]
ok $? "two formats at once are refused"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
