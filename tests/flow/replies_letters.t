#!/bin/sh
# Letters that answer by themselves, promises, tags in addresses, our own
# copies; and who is never answered.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
. "$root/tests/flow/replies.sh"
story_begins
sed -i 's/^send {/send {\n\ttag-delimiter = "+"/' "$home/mailfilter.conf"
at 2026-11-24T10:00:00Z; alive; round
jana=$(id_of reminder 2026-001) marta=$(id_of reminder 2026-002)
is "$(stat -c %a "$home/secret.key")" 600 "the key is ours alone"
letter=$(ls "$home"/outbox/reminder.2026-002*.eml)
like "$(cat "$letter")" '^Reply-To: .*eva\+r[0-9]+-[0-9a-f]{20}@clerk.example' \
    "answers go to an address of the letter's own"
mark=$(sed -n 's/^X-Mailfilter-Letter: \([^\r]*\).*/\1/p' "$letter")

# --- the invoice again, a statement
at 2026-11-25T10:00:00Z
answers marta@ruiz.example "$marta" "Please send me the invoice again, a copy of the invoice please."
"$mf" -q send >/dev/null
is "$(letters copy)" "copy sent 2026-002" "a copy is sent"
like "$(cat "$home"/outbox/copy*.eml)" "^In-Reply-To: <reply-$number@there.example>" \
    "as an answer to their mail"
like "$(cat "$home"/outbox/copy*.eml)" '^To: .*marta@ruiz.example' "to the customer of record"
answers marta@ruiz.example "$marta" "Please send me a copy of the invoice, again."
"$mf" -q send >/dev/null
is "$(letters copy | wc -l)" 1 "not twice in a day"
is "$(open_questions)" reply:copy "the owner is asked"
at 2026-11-26T10:00:00Z
answers jana@pekarna.example "$jana" "Could you send us a statement of account?"
"$mf" -q send >/dev/null
is "$(letters statement)" "statement sent 2026-001,2026-003" "a statement of what is open"
like "$(last_letter)" '749.00' "with its sum"
answers friend@there.example "$marta" "Could you send us a statement of account?"
AUTH='dmarc=fail header.from=ruiz.example'
answers marta@ruiz.example "" "Please send me a statement of account for 2026-002."
AUTH= HEADER='Auto-Submitted: auto-replied'
answers jana@pekarna.example "$jana" "Please send me a statement of account."
HEADER='List-Id: <all.pekarna.example>'
answers jana@pekarna.example "$jana" "Please send me a statement of account."
HEADER=
answers eva@clerk.example "$jana" "Please send me a statement of account."
"$mf" -q send >/dev/null
is "$(letters statement | wc -l)" 1 "nobody else gets one: strangers, forgers, machines, lists, ourselves"

# --- promises
at 2026-11-30T10:00:00Z
alive
answers marta@ruiz.example "$marta" "We will pay on 4 December 2026."
like "$(holds | grep promise)" 'promise 2026-002 reply 2026-12-' "a promise holds"
at 2026-12-14T10:00:00Z; alive; round
is "$(open_questions | grep -c promise-broken)" 1 "a broken one is told"
is "$(letters reminder | grep -c 2026-002)" 2 "and the schedule goes on"

# --- tags
tag=$(sed -n 's/^Reply-To: .*eva+\(r[^@]*\)@.*/\1/p' "$letter")
SENT_TO="eva+$tag@clerk.example"
answers assistant@elsewhere.example "" "I do not agree with this invoice, it is wrong."
is "$(holds | grep dispute | cut -d' ' -f1-3)" "dispute 2026-002 reply" "a tag of ours tells the letter"
SENT_TO="eva+r1-0123456789abcdef0123@clerk.example"
answers assistant@elsewhere.example "" "I do not agree with this invoice, it is wrong."
is "$(holds | grep -c dispute)" 1 "a forged one tells nothing"
SENT_TO=

# --- our own copy
sqlite3 "$home/store.db" "UPDATE letter SET state = 6 WHERE message_id = '$marta'"
sed "s/$mark/m1-0123456789abcdef0123/" "$letter" | "$mf" deliver
is "$(letters reminder | grep -c unknown)" 1 "a forged copy changes nothing"
"$mf" deliver <"$letter"
is "$(letters reminder | grep -c unknown)" 0 "our own copy tells that it was sent"
is "$(holds | grep -c out-of-office)" 0 "and is no automatic answer"
exits 0 "the books are in order" "$mf" -q check
finish
