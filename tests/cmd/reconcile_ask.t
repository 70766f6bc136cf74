#!/bin/sh
# reconcile --ask: one answer a line, the same words as on the screen; what was
# said stands in the store, and everything can be taken back. payment assign.
. "$(dirname "$0")/../lib.sh"
command -v jq >/dev/null || { skip "reconcile --ask" "jq is not installed"; finish; }
cd "$tmp" || exit 1
. "$root/tests/cmd/waiting.sh"

# ---- walking
waiting
out=$(answer s s s s s b q)
like "$out" '^1 of 5: 300.00 EUR from Carla Ruiz' "the suggestions come first"
like "$out" '^5 of 5: 77.00 EUR from Nobody' "what fits nothing comes last"
is "$(printf '%s\n' "$out" | grep -c '^5 of 5: ')" 2 "back shows it once more"
like "$out" "That was all" "the end is said"
like "$out" "Nothing was said" "and that nothing was said"
like "$out" "nothing is suggested: no known customer" "and why nothing fits"
is "$(open_of I4) $(open_of I9)" "300.00 920.00" "looking changes nothing"
like "$(answer s)" 'Customer: 株式会社山田製作所' "the end of input is quit"
unlike "$("$mf" reconcile </dev/null)" "1 of 5" "nobody is asked without a terminal"

like "$out" 'Same words: Carla Ruiz' "what both names have in common, as it is written"
sure=$(printf '%s\n' "$out" | sed -n '/ from 株式会社山田製作所/,/^a \/ n/s/^[0-9]\. \([0-9]*\) %: 2026-00\(09\|11\),.*/\1/p')
is "$(echo "$sure" | grep -c .) $(echo "$sure" | awk '{ n += $1 } END { print (n <= 100 && n > 80) }')" \
    "2 1" "invoices that fit alike share what is sure"
unlike "$(answer e)" '[a-z]:[a-z]+-' "no codes for a person"

# ---- yes, no, another one
like "$(answer a)" 'Done: 300.00 EUR is put on 2026-0004 by' "accept"
is "$(open_of I4)" 0.00 "books it"
like "$("$mf" explain P1)" 'put on 2026-0004 by' "the journal has the word"
exits 0 "--undo takes it back" "$mf" -q reconcile --undo P1
is "$(open_of I4)" 300.00 "and opens the invoice"
like "$("$mf" reconcile | grep '^P1')" 'refused or taken back' \
    "what was taken back is not said to fit nothing"
waiting
answer a u >out
like "$(cat out)" '^Taken back: 300.00 EUR is put on 2026-0004' "undo"
is "$(open_of I4)" 300.00 "opens it again"
is "$(suggested P1)" 2026-0004 "and it is suggested as before"
answer '/2026-0010' 1 a >out
is "$(open_of I4) $(open_of I10)" "300.00 0.00" "another invoice, searched by its number"
like "$(cat out)" 'would be left of the payment: 180.00 EUR' "what is left is said before"
waiting
answer '/ruiz' 2 a '/920' 1 a >out
is "$(open_of I10) $(open_of I9)" "0.00 0.00" "searched by name, and by amount"
waiting
answer n >out
is "$(open_of I4) $(suggested P1)" "300.00 " "none of these"
exits 0 "--undo of a no" "$mf" -q reconcile --undo P1
"$mf" reconcile --json >/dev/null
is "$(suggested P1)" 2026-0004 "lets it be suggested again"
exits 65 "and only once" "$mf" -q reconcile --undo P1

# ---- sums
waiting
answer 'p 2026-0004=200 2026-0010=50,50' >out
is "$(open_of I4) $(open_of I10) $(left_of P1)" "100.00 69.50 49.50" "split, with a comma"
like "$(answer 'p 2026-0010=400')" 'Not done: 330.50 EUR more than is open on 2026-0010' "no more than is open"
like "$(answer 'p 2026-0009=900 2026-0010=21')" 'Not done: 1.00 EUR more than payment P4 has left' "no more than the payment has"
is "$(open_of I9) $(open_of I10)" "920.00 69.50" "then nothing is done"
like "$(answer 'p 2026-0009=1 2026-0009=2')" 'named twice' "nothing twice"
like "$(answer 'p 2026-0009')" 'is not NUMBER=AMOUNT' "an amount is needed"

# ---- putting away, credit
waiting
answer x 'x later' 'c acme' >out
is "$(left_of P1) $("$mf" --json payment list --unmatched | jq -r .id | tr '\n' ' ')" \
    "300.00 P2 P5 P6 " "put away: nobody asks again"
like "$("$mf" explain P5)" 'credit of Acme Tools GmbH' "the credit is in the journal"
"$mf" reconcile --json >/dev/null
is "$("$mf" --json payment show P5 | jq -r .credit)" C1 "and shown with the payment"
is "$(questions P5)" 0 "a credit is no question any more"
like "$("$mf" reconcile --json | jq -c 'select(.payment == "P5") | .reasons')" '"credit:owner"' "and said to be one"
unlike "$(answer)" 'P5' "and not shown"
like "$("$mf" customer show C1)" 'credit +420.00 EUR of payment P5' "it stands with its customer"
is "$("$mf" --json customer show C1 | jq -c .credit)" \
    '[{"payment":"P5","amount":"420.00","currency":"EUR"}]' "in JSON, too"
like "$("$mf" payment list)" '^P5 .* credit ' "the list says that it is credit"
is "$("$mf" --json status | jq -c '[.unmatched, .credit]')" "[2,1]" \
    "status counts neither credit nor what is put away as unmatched"
like "$("$mf" explain P5)" '^Payment P5 .*420.00 EUR credit of Acme' "explain begins with it"
like "$("$mf" explain P1)" '^Payment P1 .*, set aside$' "and with what is put away"
for p in P1 P4 P5; do "$mf" -q reconcile --undo $p; done
is "$("$mf" --json payment list --unmatched | jq -r .id | tr '\n' ' ')" \
    "P1 P2 P4 P5 P6 " "all of that is taken back"
like "$(answer s s s s)" '250.00 EUR from Somebody' "and asked again"
waiting
answer s s s ac >out
is "$(open_of I3) $(left_of P6)" "0.00 50.00" "the rest is left as credit"
like "$("$mf" explain P6)" '50.00 EUR of payment P6 is credit of Beta' "and only the rest"
waiting
like "$(answer c u q)" 'Taken back' "credit is taken back"
is "$("$mf" check | grep -c '^store *in order')" 1 "the books are in order"

# ---- -n, wrong answers, hostile text
waiting
like "$(printf 'a\nu\nx\n' | "$mf" reconcile -n --ask)" 'Would be: ' "-n says what would be"
is "$(open_of I4) $(suggested P1)" "300.00 " "and changes nothing"
waiting
like "$(answer hm)" "'?' tells which" "what is no answer"
like "$(answer '?')" 'back to the one before' "help"
like "$(answer 9)" 'no such number' "a number that is not there"
like "$(answer s s s s a)" 'Choose first what it is for' "nothing is accepted that is not chosen"
like "$(answer e)" 'Open invoices of Carla Ruiz' "explain tells what else is open"
waiting; hostile P1
out=$(answer s b e a q)
is "$(printf '%s' "$out" | tr -d '\n' | LC_ALL=C grep -c "$(printf '[\001-\037\177]')")" 0 \
    "no control character of a payer reaches the terminal"
unlike "$out" "$(printf '\342\200[\256\213\250]')" "nor one that hides or turns"
like "$out" 'Carla.*owned.*Ruiz' "what can be read is shown"
exits 64 "--ask with a word" "$mf" reconcile --ask --accept P1
exits 64 "--ask with --json" "$mf" --json reconcile --ask

# ---- what is suggested with a credit note: note and money are booked
waiting 'P7,statement,2026-11-20,50.00,EUR,Delta Ltd,GB29NWBK60161331926819,thanks,,'
"$mf" -q reconcile
exits 0 "accept less a credit note" "$mf" reconcile --accept P7
is "$(open_of I5) $(open_of I6) $(left_of P7)" "0.00 0.00 0.00" "closes the note, too"
exits 0 "undo" "$mf" -q reconcile --undo P7
is "$(open_of I5) $(open_of I6) $(left_of P7)" "60.00 10.00 50.00" "opens both"

# ---- payment assign
exits 0 "assign" "$mf" payment assign P6 2026-0003=150.00 1814
is "$(open_of I3) $(open_of I7) $(left_of P6)" "50.00 0.00 30.00" "an amount, and as much as both have"
like "$("$mf" explain P6)" 'put on 1814 by' "in the journal"
exits 65 "more than there is" "$mf" payment assign P6 2026-0003=31.00
like "$(cat err)" '1.00 EUR more than payment P6 has left' "says how much"
exits 65 "more than is open" "$mf" payment assign P1 2026-0003=51.00
exits 66 "an invoice that is not there" "$mf" payment assign P1 2026-9999=1
exits 66 "a payment that is not there" "$mf" payment assign P99 2026-0003
exits 64 "an amount that is none" "$mf" payment assign P1 2026-0003=x
exits 64 "no invoice" "$mf" payment assign P1
exits 65 "a credit note" "$mf" payment assign P1 2026-0006=1
exits 65 "a negative amount" "$mf" payment assign P1 2026-0003=-1
exits 0 "-n" "$mf" payment assign -n P1 2026-0004
is "$(open_of I4) $(left_of P1)" "300.00 300.00" "changes nothing"
exits 0 "undo" "$mf" -q reconcile --undo P6
is "$(open_of I3) $(open_of I7) $(left_of P6)" "200.00 70.00 250.00" "takes all of it back"
finish
