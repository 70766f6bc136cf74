#!/bin/sh
# What customers answer, and what becomes of it: claims, promises, disputes,
# copies, statements; whose the answer is; that nothing is answered twice.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
. "$root/tests/flow/replies.sh"
story_begins
at 2026-11-24T10:00:00Z; alive; round
is "$(letters reminder)" "reminder sent 2026-001,2026-003
reminder sent 2026-002" "reminders have left"
jana=$(id_of reminder 2026-001) marta=$(id_of reminder 2026-002)

# --- a claim: the bank's lag, a question in the thread, then the owner
at 2026-11-25T10:00:00Z
answers marta@ruiz.example "$marta" "Ya está pagada, la transferencia salió ayer."
is "$(holds)" "paid-claim 2026-002 reply 2026-11-26" "a claim waits for the bank's lag from its day"
is "$(open_questions)" "" "and nobody is asked"
answers marta@ruiz.example "$marta" "Ya está pagada, la transferencia salió ayer."
is "$(holds | grep -c paid-claim)" 1 "said twice it holds once"
"$mf" deliver <"$tmp/answer.eml"
is "$(holds | grep -c paid-claim)" 1 "redelivered it is known"
# --- a dispute: of that invoice only, and not forgotten
at 2026-11-26T10:00:00Z
answers jana@pekarna.example "$jana" "We do not agree with invoice 2026-003, the amount is wrong."
is "$(holds | grep dispute | cut -d' ' -f1-3)" "dispute 2026-003 reply" "a dispute holds what it names"
at 2026-12-01T10:00:00Z; "$mf" -q remind >/dev/null
is "$(letters inquiry)" "" "as long as the bank is silent nothing is said to be missing"
is "$(holds | grep -c paid-claim)" 1 "and the hold stays"
alive; round
is "$(letters inquiry)" "inquiry sent 2026-002" "then a friendly question"
like "$(last_letter)" 'Su pago|pago' "in the customer's language"
like "$(grep -l "^In-Reply-To" "$home"/outbox/inquiry*.eml)" inquiry "in the thread"
round; alive; round
is "$(letters inquiry | wc -l)" 1 "asked once"
at 2026-12-10T10:00:00Z; alive; round
is "$(open_questions | tail -n 1)" claim-open "without an answer the owner is asked"
is "$(letters reminder | grep -c 2026-002)" 1 "no reminder left meanwhile"
bank 2026002 100.00
is "$(state 2026-002)" paid "the money comes"
is "$(holds | grep -c 2026-002)" 0 "the hold is over"
is "$(open_questions | grep -c claim)" 0 "and so is the question"

is "$(letters reminder | grep -c 2026-001)" 2 "the other invoice goes on"
is "$(letters reminder | grep -c 2026-003)" 1 "alone"
at 2027-01-15T10:00:00Z; alive; round
is "$(holds | grep dispute | cut -d' ' -f1-3)" "dispute 2026-003 asked" "it waits on after a month"
like "$(sqlite3 "$home/store.db" "SELECT text FROM question WHERE code = 'reply:dispute' AND answered = 0")" \
    'asked again on 2027-01-15' "and the owner is asked again"
id=$("$mf" --json hold list | jq -r 'select(.kind == "dispute") | .hold')
"$mf" -q hold release "$id"
is "$(open_questions | grep -c dispute)" 0 "the owner's release is the answer"

# --- whose it is
at 2027-01-16T10:00:00Z
answers mallory@there.example "" "Please stop sending me anything about 2026-003."
is "$(holds | grep -c stop)" 1 "a stranger's stop"
like "$(holds | grep stop)" 'stop 2026-003 reply 2027-01-18' "holds one invoice for two days"
AUTH='dmarc=fail header.from=pekarna.example'
answers jana@pekarna.example "" "Stop sending reminders about 2026-003, remove me."
is "$(holds | grep -c 'stop all')" 0 "a disproved sender is a stranger"
AUTH=
answers jana@pekarna.example "" "Please stop sending me reminders."
is "$(holds | grep 'stop all' | cut -d' ' -f1-3)" "stop all reply" "the customer's own word stops all"
exits 0 "the books are in order" "$mf" -q check
finish
