#!/bin/sh
# The reminder waits in the outbox when the money arrives: it is recalled.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-24T10:00:00Z; alive
"$mf" -q remind >/dev/null
like "$(letters reminder)" 'planned.*2026-002' "a reminder waits"
bank 2026002 100.00
unlike "$(letters reminder)" '(planned|rendered) .*2026-002' "the money recalls it"
"$mf" -q send >/dev/null
is "$(letters reminder | grep -c 'sent .*2026-002')" 0 "and it never leaves"
like "$(letters reminder)" 'recalled.*2026-002' "the outbox says that it was recalled"
finish
