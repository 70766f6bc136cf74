#!/bin/sh
# An instalment plan from the agreement to the last payment: the invoice's own
# reminders rest, each instalment has its note and no reminder once it is
# paid, and the plan closes with the last one.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"

plan() { "$mf" --json instalments show 1; }
parts() { plan | jq -r '[.instalments[] | "\(.due) \(.amount) \(.state)"] | join("; ")'; }

story_begins
at 2026-11-23T09:00:00Z
"$mf" -q instalments add 2026-001 --parts 3 --first 2026-12-01 --agreed
ok $? "the owner writes down what was agreed"
is "$(parts)" "2026-12-01 166.33 open; 2027-01-01 166.33 open; 2027-02-01 166.34 open" \
    "three parts, exactly the sum, the rest on the last"
! "$mf" -q instalments add 2026-001 --parts 2 >/dev/null 2>&1
ok $? "a second plan on the same invoice is refused"
"$mf" -q send >/dev/null
is "$(letters agreement)" "agreement sent 2026-001" "the agreement is sent"

at 2026-11-26T09:00:00Z; alive; round
is "$(letters reminder | grep -c 2026-001)" 0 "the invoice itself is not reminded of"
is "$(held 2026-001)" hold "its hold is shown"
at 2026-11-28T09:00:00Z; alive
at 2026-11-30T09:00:00Z; alive 1.00; round
is "$(letters instalment)" "instalment sent 2026-001" "a note comes before the instalment"

at 2026-12-01T09:00:00Z; bank 2026001 166.33
is "$(parts)" "2026-12-01 166.33 paid; 2027-01-01 166.33 open; 2027-02-01 166.34 open" \
    "money counts against the first"
for day in 02 05 09 14 20; do at "2026-12-${day}T09:00:00Z"; alive; round; done
is "$(letters instalment | grep -c .)" 1 "nothing more is written while it is paid"

at 2026-12-29T10:00:00Z; alive; round
is "$(letters instalment | grep -c ' sent ')" 2 "the note of the second"
at 2026-12-30T09:00:00Z; bank 2026001 166.33
at 2027-01-08T09:00:00Z; alive; round
is "$(letters instalment | grep -c .)" 2 "paid early: no reminder"
at 2027-01-29T09:00:00Z; bank 2026001 166.34
is "$(plan | jq -r .state)" paid "the last payment closes the plan"
is "$(state 2026-001)" paid "and the invoice"
round
is "$(letters receipt | grep -c ' sent ')" 1 "with a receipt"
is "$("$mf" --json hold list | grep -c instalments)" 0 "its hold is released"
"$mf" explain 2026-001 | grep -q "instalment plan 1 .* is paid"
ok $? "explain tells it"
"$mf" check >/dev/null; ok $? "the books are in order"
finish
