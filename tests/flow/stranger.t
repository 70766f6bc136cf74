#!/bin/sh
# Money of a stranger that fits nobody: it settles and holds nothing for good.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-23T10:00:00Z; bank 8888 33.33 's,^Protiúčet:.*,Protiúčet: 19-2000145399/0800,'
is "$(state 2026-001) $(state 2026-002) $(state 2026-003)" "open open open" "nothing is settled"
at 2026-11-24T10:00:00Z; alive; round
like "$(letters reminder)" 'sent.*2026-002' "reminders leave all the same"
finish
