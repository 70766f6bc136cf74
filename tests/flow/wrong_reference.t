#!/bin/sh
# A wrong reference: nothing is settled by guess, the owner is asked.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-12T10:00:00Z; bank 2026777 100.00 's,^Protiúčet:.*,Protiúčet: 19-2000145399/0800,'
is "$(state 2026-001) $(state 2026-002) $(state 2026-003)" "open open open" "nothing is settled"
is "$("$mf" --json payment list | jq -r .unallocated)" 100.00 "the money is kept unallocated"
id=$("$mf" --json payment list | jq -r '.payment // .id')
"$mf" -q reconcile --undo "$id" >/dev/null 2>&1
like "$("$mf" status)" '[0-9]' "status shows it"
at 2026-11-24T10:00:00Z; bank 2026001 499.00; round
is "$(letters reminder | grep -c 'sent.*2026-002')" 0 "the invoice it may be for is not reminded of"
finish
