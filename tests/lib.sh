# Shared by the shell tests: TAP, a scratch home, small helpers. Source it as
#   . "$(dirname "$0")/../lib.sh"
# and end the file with `finish`.
set -u
# What the tests count are letters, whatever the machine's own locale.
LC_ALL=C.UTF-8; export LC_ALL
root=$(cd "$(dirname "$0")" && while [ ! -d parser ]; do cd ..; done; pwd)
mf=${MAILFILTER:-$root/mailfilter}
tmp=$(mktemp -d "${TMPDIR:-/tmp}/mf.XXXXXX")
chmod 755 "$tmp"
cleanup() { :; }
trap 'cleanup; rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
MAILFILTER_HOME=$tmp/home; export MAILFILTER_HOME
MAILFILTER_NOW=${MAILFILTER_NOW:-2026-11-22T09:00:00Z}; export MAILFILTER_NOW
tests=0 failed=0

# ok STATUS NAME: STATUS is what the shell left in $?
ok() {
	tests=$((tests + 1))
	if [ "$1" = 0 ]; then echo "ok $tests - $2"
	else echo "not ok $tests - $2"; failed=$((failed + 1)); fi
}
# is GOT WANTED NAME
is() {
	if [ "$1" = "$2" ]; then ok 0 "$3"
	else
		ok 1 "$3"
		printf '%s\n' "$2" | sed 's/^/#   wanted: /'
		printf '%s\n' "$1" | sed 's/^/#      got: /'
	fi
}
# like GOT PATTERN NAME (grep -E)
like() {
	if printf '%s\n' "$1" | grep -Eq -- "$2"; then ok 0 "$3"
	else
		ok 1 "$3"
		echo "#   wanted match of: $2"
		printf '%s\n' "$1" | head -n 20 | sed 's/^/#      got: /'
	fi
}
unlike() {
	if printf '%s\n' "$1" | grep -Eq -- "$2"; then
		ok 1 "$3"; printf '%s\n' "$1" | head -n 20 | sed 's/^/#      got: /'
	else ok 0 "$3"; fi
}
# exits CODE NAME COMMAND...: runs it, output in $tmp/out and $tmp/err
exits() {
	_want=$1 _name=$2; shift 2
	"$@" >"$tmp/out" 2>"$tmp/err"; _code=$?
	if [ $_code = "$_want" ]; then ok 0 "$_name"
	else
		ok 1 "$_name (wanted exit $_want, got $_code)"
		head -n 5 "$tmp/out" "$tmp/err" | sed 's/^/#  /'
	fi
}
skip() { tests=$((tests + 1)); echo "ok $tests - $1 # SKIP $2"; }
finish() { echo "1..$tests"; [ $failed = 0 ]; exit $?; }
