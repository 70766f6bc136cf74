#!/bin/sh
# One invoice in two parts, one part in cents that are not even; the second
# part ends it. The same part twice is no accident of the bank.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/money.sh"
money_begins <<C
C1,Galerie Morgenrot GmbH,ap@morgenrot.example,de,DE,EUR,
C
invoices <<C
I1,2026-061,C1,invoice,2026-10-20,2026-11-19,EUR,1250.01,,,
I2,2026-062,C1,invoice,2026-10-20,2026-11-19,EUR,430.00,,,
C
at 2026-11-10
got=$(pay P1 2026-11-09 625.00 "Galerie Morgenrot GmbH" "Rate 1 Rechnung 2026-061")
like "$got" '^auto 2026-061 payment 625.00 .*amount:instalment' "a half is an instalment"
is "$(balance 2026-061) $(balance 2026-062)" "625.01 430.00" "the rest stays open"
is "$(waiting)" nothing "nobody is asked"
at 2026-11-24
got=$(pay P2 2026-11-23 625.01 "Galerie Morgenrot GmbH" "Rate 2 Rechnung 2026-061")
like "$got" '^auto 2026-061 payment 625.01 .*amount:open-balance' "the second part is what is open"
is "$(balance 2026-061) $(booked 2026-061)" "0.00 payment 625.00, payment 625.01" "paid"
is "$("$mf" explain 2026-061 | grep -c 'pays 2026-061')" 2 "both stand in its story"
exits 0 "the first is taken back" "$mf" -q reconcile --undo P1
is "$(balance 2026-061) $(account P1)" "625.00 625.00" "and is open again, alone"
story_ends
