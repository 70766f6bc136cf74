#!/bin/sh
# Credit that is not set off yet is the customer's money: no reminder leaves
# until the owner has set it off, and then it asks for the rest.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
printf '%s\n' id,number,customer,type,date,due,amount,currency \
    CN1,CN-1,C1,credit-note,2026-11-01,2026-11-15,99.00,CZK \
    CN2,CN-2,C2,credit-note,2026-11-01,2026-11-15,4.99,CZK >"$tmp/credit.csv"
exits 0 "two credit notes" "$mf" -q import "$tmp/credit.csv"
at 2026-11-24T10:00:00Z; alive
is "$(held 2026-001)" possible-payment "who has credit is not reminded"
like "$("$mf" --json remind -n | jq -r .detail)" \
    'mailfilter invoice credit 2026-001 CN-1' "the owner reads what to do"
round
is "$(letters reminder)" "reminder sent 2026-002" "five of a hundred are left be"
exits 65 "of another customer" "$mf" invoice credit 2026-002 CN-1
exits 65 "no credit note" "$mf" invoice credit 2026-001 2026-003
exits 0 "nothing with -n" "$mf" -q invoice credit -n 2026-001 CN-1
is "$(balance 2026-001)" 499.00 "nothing was changed"
exits 0 "it is set off" "$mf" -q invoice credit 2026-001 CN-1
is "$(balance 2026-001) $(balance CN-1)" "400.00 0.00" "both balances say so"
exits 65 "only once" "$mf" -q invoice credit 2026-001 CN-1
exits 65 "a credit note that is in use is not made void" "$mf" -q invoice void CN-1
at 2026-11-24T12:00:00Z
"$mf" -q remind
is "$(letters reminder | grep -c 'planned 2026-001,2026-003')" 1 "now a reminder waits"
exits 0 "taken back" "$mf" -q invoice credit --undo 2026-001 CN-1
is "$(balance 2026-001) $(balance CN-1)" "499.00 99.00" "as it was"
"$mf" -q send >/dev/null
is "$(letters reminder | grep -c 'sent 2026-001')" 0 "what waited does not leave"
"$mf" -q invoice credit 2026-003 CN-1
"$mf" -q remind; "$mf" -q send >/dev/null
like "$(last_letter)" '151\.00' "the reminder asks for the rest"
like "$("$mf" explain 2026-003)" 'CN-1' "the story tells of it"
exits 0 "the books are in order" "$mf" -q check
finish
