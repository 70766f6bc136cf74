#!/bin/sh
# Who pays from a known account may pay for somebody else: unmatched money that
# is exactly what another customer owes holds that reminder, too.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-24T10:00:00Z
bank 7777777777 100.00; ok $? "Jana's account pays 100.00, and no number is ours"
round
is "$(letters reminder | grep -c 2026-002)" 0 "Marta, who owes exactly that, is not reminded"
like "$("$mf" --json remind -n)" '"number": *"2026-002".*possible-payment|possible-payment.*2026-002' \
    "it may be hers"
"$mf" -q payment set-aside "$("$mf" --json payment list --unmatched | jq -r .id)"
ok $? "the owner knows better"
at 2026-11-25T10:00:00Z; alive; round
is "$(letters reminder | grep -c 'sent.*2026-002')" 1 "then she is"
finish
