#!/bin/sh
# payment: add by the owner's word, list, show, set aside.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/books.sh"
books
remember
exits 64 "no amount" "$mf" payment add --invoice 2026-101
exits 64 "a bad amount" "$mf" payment add --amount 1,5
exits 65 "too many decimals" "$mf" payment add --amount 1.555 --currency CZK
exits 66 "an invoice that is not there" "$mf" payment add --amount 1.00 --invoice 2026-999
exits 0 "-n" "$mf" payment add -n --amount 499.00 --invoice 2026-101
unchanged "nothing changed by all that"
exits 0 "add for an invoice" "$mf" payment add --amount 400.00 --currency CZK --invoice 2026-101 --id CASH1
is "$("$mf" --json invoice show 2026-101 | jq -r '.open + " " + .state')" "99.00 open" "part of it is paid"
is "$("$mf" --json payment show CASH1 | jq -r '.trust + " " + .state + " " + .unallocated + " " + .allocations[0].number')" \
    "O booked 0.00 2026-101" "class O, booked"
like "$("$mf" --json explain CASH1 | jq -r '.code')" 'payment-added' "logged"
like "$("$mf" --json explain CASH1 | jq -r '.evidence.by // empty')" 'Eva Horáková' "with the owner's name"
exits 0 "add, to be matched" "$mf" payment add --amount 250.00 --currency CZK --reference 2026103 --payer "Veselá Pekárna"
is "$("$mf" --json invoice show 2026-103 | jq -r .state)" paid "matched by its reference"
exits 65 "the same once more" "$mf" payment add --amount 250.00 --currency CZK --reference 2026103 --payer "Veselá Pekárna"
like "$(cat "$tmp/err")" '--id' "says how to enter a twin"
"$mf" -q payment add --amount 3.33 --currency CZK --id ODD --payer Stranger >/dev/null
exits 0 "list --unmatched" "$mf" --json payment list --unmatched
is "$(jq -r .id <"$tmp/out")" ODD "what is on no invoice"
exits 0 "list of an invoice" "$mf" --json payment list --invoice 2026-101
is "$(jq -r .id <"$tmp/out")" CASH1 "its payments"
remember
exits 0 "set-aside -n" "$mf" payment set-aside -n ODD
unchanged "changes nothing"
exits 0 "set-aside" "$mf" payment set-aside ODD
is "$("$mf" --json payment list --unmatched | wc -l)" 0 "nothing is unmatched"
exits 66 "set-aside of nothing" "$mf" payment set-aside NONE
exits 66 "show of nothing" "$mf" payment show NONE
exits 0 "the store is in order" "$mf" check
finish
