#!/bin/sh
# Real camt statements give the values that their source asserts.
. "$(dirname "$0")/../lib.sh"
data=$root/../shared/data
[ -d "$data/statement" ] ||
	{ skip "real statements" "../shared/data is not here"; finish; }
command -v python3 >/dev/null ||
	{ skip "real statements" "no python3"; finish; }
python3 "$root/tests/camt_real.py" "$root/libexec/mailfilter-extract" "$data"
code=$?
rm -rf "$tmp"
exit $code
