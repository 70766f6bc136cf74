#!/bin/sh
# Money that came before its invoice: the invoice finds it.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-12T10:00:00Z; bank 2026007 333.00
is "$("$mf" --json payment list | jq -r .unallocated)" 333.00 "nothing has that number yet"
printf '%s\n' "id,number,customer,date,due,currency,amount,reference" \
    "I7,2026-007,C1,2026-11-12,2026-11-26,CZK,333.00,2026007" >"$tmp/more.csv"
"$mf" -q import -n --type invoices "$tmp/more.csv"
is "$("$mf" --json payment list | jq -r .unallocated)" 333.00 "a dry run changes nothing"
exits 0 "its invoice is imported" "$mf" -q import --type invoices "$tmp/more.csv"
is "$(state 2026-007)" paid "and is paid"
is "$("$mf" --json payment list | jq -r .unallocated)" 0.00 "by the money that waited"
"$mf" status >"$tmp/out"; like "$(cat "$tmp/out")" . "status reads"
is "$(grep -c 333.00 "$tmp/out")" 0 "nobody is asked about it any more"
# What was never matched waits for reconcile.
printf '%s\n' "id,channel,date,amount,currency,payer,remittance" \
    "P9,statement,2026-11-12,444.00,CZK,Vesela Pekarna,2026-009" >"$tmp/p.csv"
"$mf" -q import --type payments "$tmp/p.csv"
printf '%s\n' "id,number,customer,date,due,currency,amount,reference" \
    "I9,2026-009,C1,2026-11-12,2026-11-26,CZK,444.00,2026009" >"$tmp/more.csv"
"$mf" -q import --type invoices "$tmp/more.csv"
is "$(state 2026-009)" open "a payment that was only imported is not matched by the way"
is "$("$mf" --json reconcile | jq -r 'select(.payment == "P9") | .decision')" auto "reconcile does"
exits 0 "the books are in order" "$mf" -q check
finish
