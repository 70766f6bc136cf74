#!/bin/sh
# Paid at once, paid too early, money that goes back, a void invoice, a credit
# note: the plan follows the books.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"

plan() { "$mf" --json instalments show "$1"; }
parts() { plan "$1" | jq -r '[.instalments[] | "\(.open) \(.state)"] | join("; ")'; }
state_of() { plan "$1" | jq -r .state; }
payment_of() { "$mf" --json payment list | jq -r --arg a "$1" 'select(.amount==$a) | .payment // .id // .key' | tail -n 1; }

story_begins
at 2026-11-20T09:00:00Z
"$mf" -q instalments add 2026-001 --amounts 100,200,199 --first 2026-12-01
is "$(state_of 1)" offered "an offer"
"$mf" -q send >/dev/null
is "$(letters offer)" "offer sent 2026-001" "is sent"
at 2026-11-23T09:00:00Z; bank 2026001 250.00
is "$(state_of 1)" active "paying the first instalment accepts it"
is "$(parts 1)" "0.00 paid; 50.00 part of it paid; 199.00 open" \
    "what is more counts ahead"
round
is "$(letters agreement)" "agreement sent 2026-001" "the agreement is sent"
at 2026-12-01T09:00:00Z
"$mf" -q reconcile --undo "$(payment_of 250.00)" >/dev/null
is "$(parts 1)" "100.00 open; 200.00 open; 199.00 open" "what is undone is open again"
"$mf" -q payment assign "$(payment_of 250.00)" 2026-001 >/dev/null
is "$(parts 1)" "0.00 paid; 50.00 part of it paid; 199.00 open" "and counts again"
bank 2026001 249.00
is "$(state_of 1)" paid "all at once closes it"
"$mf" -q reconcile --undo "$(payment_of 249.00)" >/dev/null
round
is "$(state_of 1)" active "and money that was taken off opens it again"
"$mf" -q payment assign "$(payment_of 249.00)" 2026-001 >/dev/null
round
is "$(state_of 1)" paid "until it is back"

"$mf" -q instalments add 2026-003 --parts 2 --agreed --no-letter
"$mf" -q invoice void 2026-003 >/dev/null
round
is "$(state_of 2)" cancelled "nobody owes a void invoice"
"$mf" -q instalments add C2 --parts 2 --first 2026-12-10 --no-letter
"$mf" -q instalments cancel 3 --why "paid by card"
is "$(plan 3 | jq -r '.state + " " + .why')" "cancelled paid by card" "the owner cancels"
at 2026-12-02T09:00:00Z
"$mf" -q instalments add C2 --parts 2 --first 2026-12-20 --no-letter
at 2026-12-20T09:00:00Z; round
is "$(state_of 4)" expired "an offer that nobody takes expires"
! "$mf" -q instalments add 2026-002 2026-001 --parts 2 2>/dev/null
ok $? "two customers have no plan together"
! "$mf" -q instalments add 2026-002 --amounts 10,20 2>/dev/null
ok $? "amounts must be what is open"
before=$("$mf" --json instalments list --all | grep -c .)
"$mf" -q instalments add 2026-002 --parts 2 -n
is "$("$mf" --json instalments list --all | grep -c .)" "$before" "-n changes nothing"
"$mf" check >/dev/null; ok $? "the books are in order"
finish
