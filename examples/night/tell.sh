#!/bin/sh
# A hook of run: what it is told stands in MANUMIT_...; here it becomes a mail.
set -u
: "${MANUMIT_OUTCOME:?called by manumit run}"
{
	echo "outcome: $MANUMIT_OUTCOME (exit $MANUMIT_STATUS)"
	echo "changed: $MANUMIT_CHANGED, bands up: $MANUMIT_BANDS_UP"
	# diff.txt quotes complaints, so it stays where the report is and goes into no mail.
	[ ! -f "$MANUMIT_REPORT/diff.txt" ] || echo "what changed: $MANUMIT_REPORT/diff.txt"
} | mail -s "manumit: $MANUMIT_OUTCOME" compliance
