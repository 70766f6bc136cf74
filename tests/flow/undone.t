#!/bin/sh
# What was booked is taken off again before its letters left: nobody is thanked
# for money that is not on the invoice.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
paid_by() {
	"$mf" --json payment list | jq -r --arg a "$1" \
	    'select(.amount == $a) | .id'
}
at 2026-11-12T10:00:00Z; bank 2026001 499.00; bank 2026002 100.00
is "$(letters receipt | wc -l)" 2 "two receipts wait"
exits 0 "one payment is undone" "$mf" -q reconcile --undo "$(paid_by 499.00)"
is "$(balance 2026-001)" 499.00 "its invoice is open again"
"$mf" -q send >/dev/null
is "$(letters receipt)" "receipt recalled 2026-001
receipt sent 2026-002" "its receipt is recalled, the other one leaves"
exits 0 "it was for something else" "$mf" -q payment set-aside \
    "$(paid_by 499.00)"

# The same for the word that a reminder crossed.
at 2026-11-24T10:00:00Z; alive; round
at 2026-11-24T12:00:00Z; bank 2026003 250.00
is "$(letters crossed)" "crossed planned 2026-003" "a crossing is noticed"
"$mf" -q reconcile --undo "$(paid_by 250.00)"
"$mf" -q send >/dev/null
is "$(letters crossed)" "crossed recalled 2026-003" \
    "nobody is told to disregard what is open"
exits 0 "the books are in order" "$mf" -q check
finish
