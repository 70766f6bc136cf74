#!/bin/sh
# The bank has not spoken since the due date: no reminder, and the owner sees why.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-17T10:00:00Z; alive
for day in 24 25 26; do at 2026-11-${day}T10:00:00Z; round; done
is "$(letters reminder | grep -c 'sent')" 0 "no reminder on a silent feed"
like "$("$mf" --json remind -n)" 'feed-stale' "remind -n names the gate"
at 2026-11-27T10:00:00Z; alive; round
like "$(letters reminder)" 'sent.*2026-002' "it speaks again: the reminder leaves"
is "$(letters reminder | grep -c 'sent.*2026-002')" 1 "one letter, not one for each missed day"
finish
