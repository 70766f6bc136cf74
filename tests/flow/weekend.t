#!/bin/sh
# Reminders rest on Saturday and Sunday and outside the hours.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-20T10:00:00Z; alive
for day in 28 29; do at 2026-11-${day}T10:00:00Z; alive; round; done
is "$(letters reminder | grep -c sent)" 0 "nothing on Saturday and Sunday"
at 2026-11-30T03:00:00Z; alive; round
is "$(letters reminder | grep -c sent)" 0 "nothing at three in the morning"
at 2026-11-30T10:00:00Z; round
is "$(letters reminder | grep -c 'sent.*2026-002')" 1 "one on Monday morning"
finish
