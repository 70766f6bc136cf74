#!/bin/sh
# An invoice less a credit note, both named: one booking for both. A note that
# nobody names is asked about.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/money.sh"
money_begins <<C
C1,Hafenkontor Beckmann KG,ap@beckmann.example,de,DE,EUR,
C2,Druckerei Lind GmbH,ap@lind.example,de,DE,EUR,
C
invoices <<C
I1,2026-071,C1,invoice,2026-10-20,2026-11-19,EUR,712.40,,,
G1,2026-G07,C1,credit-note,2026-10-28,2026-10-28,EUR,112.15,,,
I2,2026-072,C2,invoice,2026-10-20,2026-11-19,EUR,934.20,,,
G2,2026-G08,C2,credit-note,2026-10-28,2026-10-28,EUR,51.95,,,
C
at 2026-11-20
got=$(pay P1 2026-11-18 600.25 "Hafenkontor Beckmann KG" "2026-071 abzgl. Gutschrift 2026-G07")
like "$got" '^auto .*2026-071 payment 600.25' "invoice less note"
like "$got" '2026-071 credit-note 112.15' "with the note"
is "$(balance 2026-071) $(balance 2026-G07)" "0.00 0.00" "both are closed"
is "$(booked 2026-071)" "credit-note 112.15, payment 600.25" "as what they are"
like "$("$mf" explain 2026-071)" '112.15 EUR of 2026-071 is closed as credit-note 2026-G07' "explained"
got=$(pay P2 2026-11-18 882.25 "Druckerei Lind GmbH" "Zahlung")
like "$got" '^suggest .*2026-072 payment 882.25' "nobody names the note: asked"
is "$(balance 2026-072) $(balance 2026-G08)" "934.20 51.95" "and nothing is booked"
exits 0 "yes" "$mf" -q reconcile --accept P2
is "$(balance 2026-072) $(balance 2026-G08)" "0.00 0.00" "closes both"
exits 0 "taken back" "$mf" -q reconcile --undo P2
is "$(balance 2026-072) $(balance 2026-G08) $(account P2)" "934.20 51.95 882.25" "opens both"
story_ends
