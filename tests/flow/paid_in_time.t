#!/bin/sh
# Paid in time: no letter but the receipt.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-12T10:00:00Z; bank 2026001 499.00; ok $? "the notice is taken"
is "$(state 2026-001)" paid "it settles its invoice"
is "$(balance 2026-001)" 0.00 "in full"
for day in 16 17 18 20 23 24 30; do at 2026-11-${day}T10:00:00Z; alive; round; done
unlike "$(letters reminder)" '2026-001' "no reminder ever speaks of it"
like "$(letters receipt)" 'receipt sent 2026-001' "a receipt went out"
like "$(letters reminder)" 'sent.*2026-003' "the other invoice of the same customer is reminded of"
like "$("$mf" explain 2026-001)" '499.00' "explain tells the story"
finish
