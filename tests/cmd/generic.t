#!/bin/sh
# The generic reader: tests/generic/LANG/NAME.eml gives at least what stands in
# NAME.events, and no other movement of money. A language is files, no code.
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 1
command -v python3 >/dev/null || { skip "bank mails by language" "no python3"; finish; }
MAILFILTER_HOME=$tmp/none python3 tests/generic.py "$mf" tests/generic/*/
code=$?
rm -rf "$tmp"
exit $code
