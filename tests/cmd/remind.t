#!/bin/sh
# remind: plans, says why not, changes nothing with -n, stops on a bad clock.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
export MAILFILTER_HOME
story_begins
letters_waiting() { letters reminder | grep -c planned; }

at 2026-11-24T10:00:00Z
exits 0 "held back is no failure" "$mf" remind
like "$(cat "$tmp/out")" '^2026-001 .*account "main" was never' \
    "it says what is held and why"
like "$(cat "$tmp/out")" '^0 letters, 0 calls for you, 3 held back' "and sums up"

alive
cp -a "$home" "$tmp/fresh"
exits 0 "-n plans" "$mf" remind -n
like "$(cat "$tmp/out")" 'understanding reminder to jana@pekarna.example' "who gets what"
like "$(cat "$tmp/out")" '2026-001 .*499.00 CZK .*due 2026-11-19' "about which invoices"
like "$(cat "$tmp/out")" '^Would be: 2 letters' "it says that it is only a plan"
is "$(letters_waiting)" 0 "-n queues nothing"
before=$("$mf" --json explain 2026-001 | wc -l)
"$mf" remind -n >/dev/null
is "$("$mf" --json explain 2026-001 | wc -l)" "$before" "nor does it write the journal"

"$mf" --json remind --dry-run >"$tmp/json"
is "$(jq -s 'map(select(.action == "letter")) | length' "$tmp/json")" 2 "--json: a line a letter"
is "$(jq -r 'select(.to == "jana@pekarna.example") | [.invoices[].number] | join(",")' \
    "$tmp/json")" "2026-001,2026-003" "both invoices in one letter"
is "$(jq -r 'select(.to == "marta@ruiz.example") | .invoices[0].balance, .tone, .language' \
    "$tmp/json" | tr '\n' ' ')" "100.00 understanding es " "balance, tone, language"

exits 0 "-q is silent" "$mf" -q remind
is "$(cat "$tmp/out" "$tmp/err")" "" "nothing on either stream"
is "$(letters_waiting)" 2 "two letters wait"
exits 0 "once more" "$mf" remind
is "$(letters_waiting)" 2 "nothing is planned twice"

# Twenty at once plan it once.
"$mf" -q send
at 2026-12-09T10:00:00Z; alive
seq 20 | xargs -P 20 -I{} sh -c '"$0" -q remind || echo "code $?"' "$mf" >"$tmp/codes" 2>&1
is "$(cat "$tmp/codes")" "" "twenty runs at once all end well"
is "$(letters_waiting)" 2 "and plan two letters"

# R56: a clock that went back stops, one that went ahead finds a stale feed.
at 2026-12-09T09:00:00Z
exits 75 "a clock an hour back" "$mf" remind
like "$(cat "$tmp/err")" 'clock says 2026-12-09T09:00:00Z.*nothing is sent' "says so"
"$mf" -q send >/dev/null 2>&1
at 2026-12-03T10:00:00Z
"$mf" --home "$tmp/fresh" --json remind -n >"$tmp/json"
is "$(jq -r .gate "$tmp/json" | sort | uniq -c | tr -s ' ')" " 3 feed-stale" \
    "nine days ahead every feed is stale"

exits 64 "an argument too many" "$mf" remind 2026-001
exits 64 "an unknown option" "$mf" remind --loudly
echo 'owner {' >>"$home/mailfilter.conf"
exits 78 "a broken configuration" "$mf" remind
like "$(cat "$tmp/err")" 'mailfilter.conf:[0-9]+: .*never closed' "with its line"
# Before anything was heard of the bank, a note claims nothing about payments.
home=$tmp/unheard
. "$root/tests/fixture.sh"
MAILFILTER_NOW=2026-11-16T09:00:00Z; export MAILFILTER_NOW
make_home "$home"
is "$("$mf" --home "$home" -q run 2>&1)" "" "a quiet run says nothing when all is well"
is "$(ls "$home"/outbox/*.eml | wc -l)" 3 "three notes before the due date"
unlike "$(cat "$home"/outbox/*.eml)" 'taken into account' "without a word on payments received"
finish
