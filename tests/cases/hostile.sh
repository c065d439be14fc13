#!/bin/sh
# Files that are made to hurt, through a pipe: each ends in bounded time and memory with a
# sentence or a count. MANUMIT_HOSTILE_MB makes them as large as a nightly job likes.
set -u
mb=${MANUMIT_HOSTILE_MB:-24}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
fill() { head -c "$((mb * 1048576))" /dev/zero | tr '\0' "$1"; }
says() { # words, exit status wanted; the file on standard input
	status=0
	timeout 600 "$MANUMIT" check - >"$work/out" 2>&1 || status=$?
	if [ "$status" != "$2" ] || ! grep -q "$1" "$work/out"; then
		echo "FAILED: status $status, wanted $2 and \"$1\":"
		tail -n 5 "$work/out" | cut -c1-200
		failed=1
	fi
}
{ printf 'name,country\nA,DE\n'; fill ' '; printf '\nB,FR\n'; } >"$work/f"
says '3 rows = 2 accepted + 0 noted + 1 quarantined' 0 <"$work/f"
fill ' ' | says 'no usable header' 65
{ printf 'name,country\nA,DE\n"'; fill x; printf '\nB,FR\n'; } >"$work/f"
says '3 rows = 2 accepted + 0 noted + 1 quarantined' 0 <"$work/f"
awk -v n=100000 'BEGIN { printf "name"; for (i = 0; i < n; i++) printf ",c%d", i; print "";
	for (i = 0; i <= n; i++) printf "A,"; print "" }' | says '1 rows = ' 0
printf 'name,country\nA,DE\n' | gzip -c | head -c 30 | says 'ends too early' 65
{ printf 'name,country\nA,DE\n' | gzip -c; printf 'more'; } | says 'something else follows' 65
head -c 100000000 /dev/zero | gzip -c | says 'as no table does' 65
printf '<html><body>404 Not Found</body></html>' | says 'a web page without a table' 65
{ printf '<table><tr><th>name<th>country'; awk 'BEGIN { for (i = 0; i < 200000; i++) printf "<table><tr><td>" }'; } |
	says '0 rows = ' 0
[ "$failed" = 0 ] && echo "hostile: 9 files of up to $mb MiB end well"
exit "$failed"
