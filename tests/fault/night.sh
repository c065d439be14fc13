#!/bin/sh
# A night that is killed at moments all over its length, and run again: what comes out is what
# an uninterrupted one gives, byte for byte, and the journal is whole. All names are invented.
# MANUMIT names the program. Ends with "N passed, N failed".
set -u
. "$(dirname "$0")/../cases/common.sh"
config() { # folder
	mkdir -p "$1/inbox"
	cp "$work/s.csv" "$1/s.csv"
	cat >"$1/night.json" <<-'END'
		{"data-dir": "store", "inbox": "inbox", "metrics": "m.prom", "log": "log.jsonl", "on-change": "sh hook.sh",
		 "screen": {"output": "report", "suppliers": ["s.csv"], "no-shipped-lists": true, "dossiers": "high", "jobs": 1}}
	END
	echo 'echo "$MANUMIT_OUTCOME $MANUMIT_CHANGED" >>hooks.txt' >"$1/hook.sh"
}
finding() { # folder: what makes the second night differ from the first
	printf 'entity,indicator,direction,strength,source_class,date,status,reference\nK7,I07,adverse,strong,inspectorate,2026-10-10,open,report 1\n' >"$1/inbox/findings.csv"
}
night() { "$bin" run "$1/night.json" -q --as-of 2026-11-05; }
same() { # of the two nights: what was published, but for numbers of generations
	for f in results.jsonl results.csv index.html issues.csv review.csv; do
		cmp -s "$work/whole/report/$f" "$work/killed/report/$f" || { echo "$f differs"; return 1; }
	done
}

awk 'BEGIN { print "id,name,country,sector"; for (i = 0; i < 300; i++) printf "K%d,Killdeer Works %d,BD,textile\n", i, i }' >"$work/s.csv"
for d in whole killed; do config "$work/$d" && night "$work/$d" || exit 1; finding "$work/$d"; done
started=$(date +%s%N)
night "$work/whole"
ok $? "a night that nobody interrupts"
full=$(( ($(date +%s%N) - started) / 1000000 ))
[ "$(cat "$work/whole/hooks.txt")" = "changed 1" ]
ok $? "tells one change"

before=$(sha256sum <"$work/killed/report/results.jsonl") bad=0 killed=0
after=$(sha256sum <"$work/whole/report/results.jsonl")
for i in 1 2 3 4 5 6 7 8; do
	"$bin" run "$work/killed/night.json" -q --as-of 2026-11-05 >/dev/null 2>&1 &
	pid=$!
	ms=$((full * i / 9))
	sleep "$((ms / 1000)).$(printf %03d $((ms % 1000)))"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	[ $? = 137 ] && killed=$((killed + 1))
	# The old night or the new one, never a part of either; and never a half record.
	now=$(sha256sum <"$work/killed/report/results.jsonl")
	[ "$now" = "$before" ] || [ "$now" = "$after" ] || { echo "neither night's results"; bad=$((bad + 1)); }
	"$bin" audit verify -q -d "$work/killed/store" || bad=$((bad + 1))
done
ok $bad "kill -9 at eight moments leaves one night or the other, and the journal whole"
[ $killed -ge 4 ]
ok $? "at least four of the kills met a night at work, not $killed"
night "$work/killed"
ok $? "the night after the kills"
same
ok $? "gives what an uninterrupted one gives"
[ -z "$(find "$work/killed/store" -name '*.building')" ] && [ ! -e "$work/killed/report.tmp" ] && "$bin" audit verify -q -d "$work/killed/store"
ok $? "nothing of the dead nights is left, the journal is whole"
[ "$(awk '!/^\{.*\}$/' "$work/killed/log.jsonl" | wc -l)" = 0 ] && tail -n 1 "$work/killed/log.jsonl" | grep -q '"published":true'
ok $? "the log has whole lines"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
