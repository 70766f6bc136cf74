#!/bin/sh
# What banks on the way keep: within the tolerance it is booked as a fee, above
# it the owner is asked; inside SEPA it is money that is missing. A discount
# that came too late is asked about, too.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/money.sh"
money_begins <<C
C1,Lakeside Tools Inc,ap@lakeside.example,en,US,EUR,
C2,Ateliers Garonne SARL,ap@garonne.example,en,FR,EUR,
C
invoices <<C
I1,2026-051,C1,invoice,2026-10-20,2026-11-19,EUR,1000.00,,,
I2,2026-052,C1,invoice,2026-10-20,2026-11-19,EUR,1500.00,,,
I3,2026-053,C2,invoice,2026-10-20,2026-11-19,EUR,800.00,,,
I4,2026-054,C2,invoice,2026-10-20,2026-11-19,EUR,600.00,,2,2026-10-30
I5,2026-055,C1,invoice,2026-10-20,2026-11-19,EUR,1700.00,,,
C
at 2026-11-20
got=$(pay P1 2026-11-18 996.50 "Lakeside Tools Inc" "Invoice 2026-051")
like "$got" '^auto 2026-051 payment 996.50, 2026-051 fee 3.50 ' "within the tolerance"
is "$(balance 2026-051) $(booked 2026-051)" "0.00 fee 3.50, payment 996.50" "closed as a fee"
like "$("$mf" explain 2026-051)" "amount less a bank's fee" "explained"

got=$(pay P2 2026-11-18 1482.00 "Lakeside Tools Inc" "Invoice 2026-052")
like "$got" '^auto 2026-052 payment 1482.00 .*rest:fee' "above it: what was paid"
is "$(balance 2026-052)" 18.00 "the rest is open"
is "$(waiting)" "Waiting for you (1)" "one question"
like "$("$mf" status | tr -s ' \n' ' ')" "18.00 EUR of 2026-052 stays open .* it may be charges of a bank on the way" "about charges"
is "$("$mf" --json hold list | grep -c 2026-052)" 0 "nothing is held for it"
is "$("$mf" --json remind -n | jq -r 'select(.number == "2026-052") | .gate' | grep -c possible)" 0 "and its reminders go on"
exits 0 "no" "$mf" -q reconcile --reject P2
is "$(balance 2026-052) $(waiting)" "18.00 nothing" "it stays open, and is not asked again"

got=$(pay P3 2026-11-18 1685.00 "Lakeside Tools Inc" "Invoice 2026-055")
is "$(waiting)" "Waiting for you (1)" "the next one is asked about"
got=$(pay P4 2026-11-19 15.00 "Lakeside Tools Inc" "Rest of invoice 2026-055")
is "$(balance 2026-055) $(waiting)" "0.00 nothing" "until the rest is paid: the question is gone"

got=$(pay P5 2026-11-18 797.00 "Ateliers Garonne SARL" "Facture 2026-053")
is "$(balance 2026-053) $(booked 2026-053)" "3.00 payment 797.00" "inside SEPA no bank keeps anything"

got=$(pay P6 2026-11-18 588.00 "Ateliers Garonne SARL" "Facture 2026-054")
like "$got" '^suggest 2026-054 payment 588.00 .*amount:late-discount' "a discount taken too late is asked about"
is "$(balance 2026-054)" 600.00 "before anything is booked"
like "$("$mf" status | tr -s ' \n' ' ')" "588.00 EUR from Ateliers Garonne SARL may be for 2026-054: .*the discount taken too late" "in words"
exits 0 "yes" "$mf" -q reconcile --accept P6
is "$(balance 2026-054)" 12.00 "what was paid is booked, the discount is still owed"
like "$("$mf" explain P6)" 'is put on 2026-054 by' "by the owner"
story_ends
