#!/bin/sh
# Part of the money came: the reminder is about the rest, not the total.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-12T10:00:00Z; bank 2026002 40.00
is "$(state 2026-002)" open "still open"
is "$(balance 2026-002)" 60.00 "with the rest"
for day in 16 20 24; do at 2026-11-${day}T10:00:00Z; alive; round; done
like "$(letters reminder)" 'sent.*2026-002' "a reminder left"
text=$(for f in "$home"/outbox/*.eml; do python3 - "$f" <<'P'
import email, email.policy, sys
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
if 'marta' in m['To']: print(m.get_body(('plain',)).get_content())
P
done)
like "$text" '60,00' "it asks for the balance"
like "$text" '40,00' "and says what was received"
finish
