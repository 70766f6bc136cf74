#!/bin/sh
# One sum for three invoices that nobody names, of five that are open: the owner
# is asked, the customer's reminders wait, and one yes books all three.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/money.sh"
money_begins <<C
C1,Ziegelei Oberland AG,ap@oberland.example,de,DE,EUR,
C
invoices <<C
I1,2026-081,C1,invoice,2026-10-01,2026-10-31,EUR,318.27,,,
I2,2026-082,C1,invoice,2026-10-08,2026-11-07,EUR,1044.90,,,
I3,2026-083,C1,invoice,2026-10-12,2026-11-11,EUR,227.63,,,
I4,2026-084,C1,invoice,2026-10-15,2026-11-14,EUR,856.02,,,
I5,2026-085,C1,invoice,2026-10-19,2026-11-18,EUR,499.51,,,
C
open() { for n in 1 2 3 4 5; do balance 2026-08$n; done | tr '\n' ' '; }
all=$(open)
at 2026-11-20
got=$(pay P1 2026-11-19 1401.92 "Ziegelei Oberland AG" "Zahlung November")
like "$got" '^suggest 2026-081 payment 318.27, 2026-083 payment 227.63, 2026-084 payment 856.02 ' "the three are found"
is "$(open)" "$all" "nothing is booked"
like "$("$mf" status | tr -s ' \n' ' ')" '1 401.92 EUR from Ziegelei Oberland AG may be for 2026-081, 2026-083 and 2026-084: ' "the owner is asked"
is "$("$mf" --json remind -n | jq -r 'select(.gate == "possible-payment") | .number' | sort -u | tr '\n' ' ')" \
    "2026-081 2026-082 2026-083 2026-084 " "the customer's reminders wait"
exits 0 "yes" "$mf" -q reconcile --accept P1
is "$(open)" "0.00 1044.90 0.00 0.00 499.51 " "all three are paid, and no other"
is "$(account P1) $(waiting)" "0.00 nothing" "nothing is left to say"
like "$("$mf" explain P1)" '227.63 EUR is put on 2026-083 by' "explained"
exits 0 "taken back" "$mf" -q reconcile --undo P1
is "$(open)" "$all" "opens all three"
story_ends
