#!/bin/sh
# Real statements in text formats give the values that their source asserts.
. "$(dirname "$0")/../lib.sh"
data=$root/../shared/data
[ -d "$data/statement" ] ||
	{ skip "real statements" "../shared/data is not here"; finish; }
[ -x /usr/bin/python3 ] ||
	{ skip "real statements" "no python3"; finish; }
/usr/bin/python3 "$root/tests/texts_real.py" "$root/libexec/mailfilter-extract" "$data"
code=$?
rm -rf "$tmp"
exit $code
