#!/bin/sh
# A tax that a customer keeps back: with the rate on file it is booked with its
# share; a rate of the country is asked about, and one yes closes it.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/money.sh"
money_begins <<C
C1,Jaipur Textiles Pvt Ltd,ap@jaipur.example,en,IN,EUR,10
C2,Estudio Olmo SL,pagos@olmo.example,es,ES,EUR,
C
invoices <<C
I1,2026-041,C1,invoice,2026-10-20,2026-11-19,EUR,1000.00,0.00,,
I2,2026-042,C2,invoice,2026-10-20,2026-11-19,EUR,2420.00,420.00,,
I3,2026-043,C2,invoice,2026-10-20,2026-12-19,EUR,1210.00,210.00,,
C
at 2026-11-20
got=$(pay P1 2026-11-18 900.00 "Jaipur Textiles Pvt Ltd" "Invoice 2026-041")
like "$got" '^auto 2026-041 payment 900.00, 2026-041 withholding 100.00 ' "the rate on file: booked with its share"
is "$(balance 2026-041)" 0.00 "nothing is open"
is "$(booked 2026-041)" "payment 900.00, withholding 100.00" "as tax, not as money"
like "$("$mf" explain 2026-041)" '100.00 EUR of 2026-041 is closed as withholding' "explained"
is "$(waiting)" nothing "nobody is asked"

got=$(pay P2 2026-11-19 2120.00 "Estudio Olmo SL" "Factura 2026-042")
like "$got" '^[a-z]* 2026-042 payment 2120.00 .*rest:withholding' "a rate of the country: only what was paid"
is "$(balance 2026-042)" 300.00 "the rest is open"
like "$("$mf" status | tr -s ' \n' ' ')" "300.00 EUR of 2026-042 stays open after what Estudio Olmo SL paid: it may be a tax that the payer keeps back" "the owner is asked in words"
exits 0 "yes" "$mf" -q reconcile --accept P2
is "$(balance 2026-042) $(booked 2026-042)" "0.00 payment 2120.00, withholding 300.00" "closes it"
like "$("$mf" explain 2026-042)" 'of 2026-042 is closed as withholding by' "and says by whom"
is "$(waiting)" nothing "nothing is asked any more"
exits 0 "taken back" "$mf" -q reconcile --undo P2
is "$(balance 2026-042) $(account P2)" "2420.00 2120.00" "money and tax together"
story_ends
