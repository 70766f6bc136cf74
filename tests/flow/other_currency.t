#!/bin/sh
# Money in another currency than its invoice: asked about, never booked, unless
# the rate cannot be; a yes says why it is not booked.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/money.sh"
money_begins <<C
C1,Hudson Paper Co,ap@hudson.example,en,US,USD,
C
invoices <<C
I1,2026-101,C1,invoice,2026-10-20,2026-11-19,USD,1000.00,,,
I2,2026-102,C1,invoice,2026-10-20,2026-11-19,USD,9000.00,,,
C
at 2026-11-20
got=$(pay P1 2026-11-18 912.44 "Hudson Paper Co" "Invoice 2026-101")
like "$got" '^suggest 2026-101 payment 1000.00 .*amount:other-currency' "asked about"
is "$(balance 2026-101) $(account P1)" "1000.00 912.44" "nothing is booked"
like "$("$mf" status | tr -s ' \n' ' ')" '912.44 EUR from Hudson Paper Co may be for 2026-101: .*another currency' "in words"
exits 65 "a yes" "$mf" -q reconcile --accept P1
like "$(cat "$tmp/err")" 'invoice 2026-101 is in USD, not in EUR' "says why it cannot be booked"
is "$(balance 2026-101) $(account P1)" "1000.00 912.44" "and books nothing"
got=$(pay P2 2026-11-18 10.00 "Hudson Paper Co" "Invoice 2026-102")
like "$got" '^none ' "at a rate that cannot be it is no money for it"
is "$(balance 2026-102)" 9000.00 "and holds nothing"
got=$(pay P3 2026-11-19 1000.00 "Hudson Paper Co" "Invoice 2026-101" USD)
like "$got" '^auto 2026-101 payment 1000.00 ' "in its own currency it is booked"
story_ends
