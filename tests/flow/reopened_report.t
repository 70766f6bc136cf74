#!/bin/sh
# The bank's mail tells no reference and its money is put on an invoice by
# account and amount; the statement tells what it was for.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
. "$root/tests/flow/statement.sh"
story_begins
at 2026-11-12T10:00:00Z; number=7
bank 2026001 499.00 's/^VS: .*/VS: /'
is "$(state 2026-001)" paid "account and amount settle the only invoice that fits"
printf '%s\n' "id,number,customer,date,due,currency,amount,reference" \
    "I4,2026-004,C1,2026-10-20,2026-11-19,CZK,499.00,2026004" >"$tmp/more.csv"
"$mf" -q import --type invoices "$tmp/more.csv"
statement 1000.00 499.00 2026004 >"$tmp/s.xml"
"$mf" -q import "$tmp/s.xml"; ok $? "the statement comes"
is "$(payments)" 1 "one payment, two reports"
is "$(state 2026-001) $(state 2026-004)" "open paid" "it is where the statement says"
like "$("$mf" explain 2026-001)" "better report names another" "and the story is told"
"$mf" -q import "$tmp/s.xml"
is "$(state 2026-001) $(state 2026-004)" "open paid" "the statement again changes nothing"
exits 0 "the books are in order" "$mf" -q check
finish
