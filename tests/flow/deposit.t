#!/bin/sh
# Money before its invoice waits on account and holds nothing; it is offered
# when the invoice comes. The same money twice: the second one waits as well.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/money.sh"
money_begins <<C
C1,Segelschule Nordlicht e.K.,ap@nordlicht.example,de,DE,EUR,
C2,Kanzlei Roth und Partner mbB,ap@roth.example,de,DE,EUR,
C
invoices <<C
I1,2026-090,C1,invoice,2026-10-01,2026-11-30,EUR,77.70,,,
I2,2026-091,C2,invoice,2026-10-20,2026-11-19,EUR,540.60,,,
C
at 2026-11-05
got=$(pay P1 2026-11-04 1500.00 "Segelschule Nordlicht e.K." "Anzahlung Auftrag Jolle")
like "$got" '^none ' "no invoice is guessed"
is "$(account P1) $(balance 2026-090)" "1500.00 77.70" "it waits on account"
like "$("$mf" status | tr -s ' \n' ' ')" "1 500.00 EUR from Segelschule Nordlicht e.K. is paid in advance" "and the owner is told"
at 2026-11-12
invoices <<C
I3,2026-099,C1,invoice,2026-11-12,2026-12-12,EUR,1500.00,,,
C
like "$("$mf" status | tr -s ' \n' ' ')" "1 500.00 EUR from Segelschule Nordlicht e.K. may be for 2026-099: name and exact amount, but " "offered when its invoice comes"
is "$(balance 2026-099) $(account P1)" "1500.00 1500.00" "and not booked by itself"
exits 0 "yes" "$mf" -q reconcile --accept P1
is "$(balance 2026-099) $(account P1) $(balance 2026-090)" "0.00 0.00 77.70" "which is paid then, and no other"

at 2026-11-20
got=$(pay P2 2026-11-18 540.60 "Kanzlei Roth und Partner mbB" "RE 2026-091")
like "$got" '^auto 2026-091 payment 540.60 ' "paid"
at 2026-11-24
got=$(pay P3 2026-11-23 540.60 "Kanzlei Roth und Partner mbB" "RE 2026-091")
like "$got" '\[paid-twice\]' "paid twice"
is "$(balance 2026-091) $(account P2) $(account P3)" "0.00 0.00 540.60" "the second one stays on account"
like "$("$mf" status | tr -s ' \n' ' ')" "540.60 EUR from Kanzlei Roth und Partner mbB pays what is paid already" "and the owner is told"
got=$("$mf" --json reconcile </dev/null | decision P3)
like "$got" 'paid-twice' "asked again, it says the same"
story_ends
