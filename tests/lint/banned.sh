#!/bin/sh
# Functions that engine code does not call: unbounded copies, locale, hidden state, the
# clock outside its home, threads outside theirs, malloc outside base. Exit 1 on a breach.
fail=0
ban() { # what, pattern, files...
	what=$1 pattern=$2
	shift 2
	if grep -nE "$pattern" "$@" /dev/null; then
		echo "banned: $what"
		fail=1
	fi
}
all=$(find engine connectors -name '*.[ch]')
w='(^|[^A-Za-z0-9_.>])'
ban "unbounded or unsafe" "$w(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|alloca|system|popen|mktemp|tmpnam)[[:space:]]*\\(" $all
ban "partial order" "$w(qsort|bsearch)[[:space:]]*\\(" $all
ban "hidden state" "$w(rand|srand|random|setlocale|localtime|gmtime|strtod|atof)[[:space:]]*\\(" $all
ban "the clock is an argument" "$w(time|clock|clock_gettime|gettimeofday)[[:space:]]*\\(" \
	$(echo "$all" | grep -v '^engine/base/clock.c$')
ban "the environment" "$w(getenv|secure_getenv)[[:space:]]*\\(" \
	$(echo "$all" | grep -vE '^engine/(base/clock.c$|cli/)')
ban "memory comes from arenas" "$w(malloc|calloc|realloc|free|strdup|strndup)[[:space:]]*\\(" \
	$(echo "$all" | grep -vE '^engine/base/')
# estimate: a statistical annex that is printed, never stored and never part of a score.
ban "no floats in results" "(^|[^A-Za-z0-9_])(double|float)[[:space:]]" \
	$(echo "$all" | grep -vE '^engine/(base/json.c$|cli/|(score|report)/estimate)')
ban "printing from a library room" "$w(printf|puts|perror|vprintf)[[:space:]]*\\(" \
	$(echo "$all" | grep -v '^engine/cli/')
[ "$fail" = 0 ] && echo "banned: $(echo "$all" | wc -l) files clean"
exit $fail
