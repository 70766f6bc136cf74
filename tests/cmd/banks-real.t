#!/bin/sh
# Real mails of the banks that have templates give the values that their
# source asserts; those that it rejects give no money.
. "$(dirname "$0")/../lib.sh"
data=$root/../shared/data
[ -f "$data/MANIFEST.tsv" ] ||
	{ skip "real bank mails" "../shared/data is not here"; finish; }
command -v python3 >/dev/null ||
	{ skip "real bank mails" "no python3"; finish; }
python3 "$root/tests/banks_real.py" "$mf" "$data"
code=$?
rm -rf "$tmp"
exit $code
