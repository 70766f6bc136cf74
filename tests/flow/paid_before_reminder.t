#!/bin/sh
# Paid a day before the reminder would have left: it does not leave.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-16T10:00:00Z; alive; round
before=$(letters reminder | grep -c 2026-001)
at 2026-11-20T10:00:00Z; alive
at 2026-11-23T10:00:00Z; bank 2026001 499.00
at 2026-11-24T10:00:00Z; alive; round
is "$(letters reminder | grep -c 2026-001)" "$before" "no reminder after the money"
like "$(letters reminder)" 'sent.*2026-002' "another customer's reminder leaves"
is "$(sent crossed)" 0 "nothing crossed"
finish
