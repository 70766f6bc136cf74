#!/bin/sh
# Two invoices in one payment.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-12T10:00:00Z
bank "" 749.00 's/^Zpráva příjemci:.*/Zpráva příjemci: 2026-001 a 2026-003/'
is "$(state 2026-001) $(state 2026-003)" "paid paid" "both are settled"
is "$("$mf" --json payment list | jq -r .unallocated)" 0.00 "nothing is left over"
is "$(state 2026-002)" open "the third is untouched"
finish
