#!/bin/sh
# Each kind of reference that invoices carry, as banks and people quote it, is
# booked on exactly its invoice: 500 invoices of two series a kind.
. "$(dirname "$0")/../lib.sh"
python3 "$root/tests/cmd/references.py" "$mf" "$tmp" >"$tmp/said"
is $? 0 'the payments were read'
while read -r verdict rest; do
	[ "$verdict" = good ]
	ok $? "$rest"
done <"$tmp/said"
is "$(wc -l <"$tmp/said")" 12 'all kinds were looked at'
finish
