#!/bin/sh
# The reminder left, and money dated before it turns up: one short letter.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-24T10:00:00Z; alive; round
like "$(letters reminder)" 'sent.*2026-002' "the reminder left"
at 2026-11-24T15:00:00Z; bank 2026002 100.00
"$mf" -q send >/dev/null
is "$(sent crossed)" 1 "one letter says thank you, please disregard"
like "$(last_letter)" '24 de noviembre' "it names the reminder's date, in Spanish"
at 2026-11-25T10:00:00Z; alive; round
is "$(sent crossed)" 1 "and only one"
is "$(state 2026-002)" paid "the invoice is paid"
finish
