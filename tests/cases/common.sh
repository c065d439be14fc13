# Sourced by the scripts of this folder and of tests/fault: where the program and the sources
# are, a folder that goes when the script ends, and counting. MANUMIT names the binary.
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
bin=$(cd "$(dirname "$MANUMIT")" && pwd)/$(basename "$MANUMIT")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

ok() { # condition's status, name
	if [ "$1" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $2"; fi
}
