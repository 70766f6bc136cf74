#!/bin/sh
# A forged notice never settles; it holds one reminder once, at most 48 hours.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-23T10:00:00Z; alive
forge='s/dkim=pass/dkim=fail/'
bank 2026002 100.00 "$forge"; ok $? "the forged notice is taken"
is "$(state 2026-002)" open "it settles nothing"
is "$(balance 2026-002)" 100.00 "not a cent"
at 2026-11-24T10:00:00Z; alive; round
is "$(letters reminder | grep -c 'sent.*2026-002')" 0 "the reminder is held"
i=0
while [ $i -lt 20 ]; do
	at 2026-11-24T1$((i % 9)):30:00Z; bank 2026002 100.00 "$forge"; i=$((i + 1))
done
at 2026-11-26T10:00:00Z; alive; round
is "$(letters reminder | grep -c 'sent.*2026-002')" 1 "more forged mail does not hold it longer"
is "$(state 2026-002)" open "and nothing is settled"
is "$("$mf" --json hold list --all 2>/dev/null | jq -s '[.[] | select(.kind == "possible-payment")] | length')" 1 "one hold was ever made"
finish
