#!/bin/sh
# report matching: where payments stand, what was taken back against the error
# budget, how money was recognised, and what the owner said to suggestions.
. "$(dirname "$0")/../lib.sh"
command -v jq >/dev/null || { skip "report matching" "jq is not installed"; finish; }
cd "$tmp" || exit 1
. "$root/tests/cmd/waiting.sh"
figures() { "$mf" --json report matching "$@" | jq -c "$figure"; }

"$mf" -q init >/dev/null
like "$("$mf" report matching)" 'Nothing was booked without a person' "an empty store"

waiting 'P7,statement,2026-10-25,33.00,EUR,Nobody,,rent,,'
"$mf" -q reconcile >/dev/null
figure=.payments
is "$(figures)" '{"all":7,"booked_without_a_person":1,"booked_by_the_owner":0,"waiting":6,"set_aside":0,"ignored_by_a_rule":0}' \
    "where the payments stand"
is "$(figures --since 2026-11-20 | jq .all)" 6 "of a day and later"
is "$(figures --since 2026-11-21 | jq .all)" 0 "or of none"
figure='.suggestions | map(.accepted + .other + .rejected) | add'
is "$(figures)" 0 "nobody has answered yet"
"$mf" -q reconcile --accept P1
"$mf" -q reconcile --reject P4
"$mf" -q payment assign P6 I7=70.00 >/dev/null 2>&1 ||
    "$mf" -q payment assign P6 1814 >/dev/null
"$mf" -q payment set-aside P2
figure='.suggestions | [(map(.accepted) | add), (map(.other) | add), (map(.rejected) | add)]'
is "$(figures)" '[1,1,1]' "accepted, put elsewhere, and refused"
figure='.payments | [.booked_without_a_person, .booked_by_the_owner, .waiting, .set_aside]'
is "$(figures)" '[1,2,3,1]' "and where they stand now"
figure='.suggestions[] | select(.accepted == 1) | (.said | tonumber) >= (.from | tonumber) and (.said | tonumber) <= (.to | tonumber)'
is "$(figures)" true "what was said lies in its band"
figure='.automatic | [.bookings, .taken_back, .verdict, .budget]'
is "$(figures)" '[1,0,"within","0.001000"]' "nothing was taken back"
figure='.automatic.ways[] | select(.bookings > 0).recognised'
is "$(figures)" '"by number"' "recognised by its number"

"$mf" -q reconcile --undo P3
figure='.automatic | [.bookings, .taken_back, .verdict]'
is "$(figures)" '[1,1,"above"]' "what the owner takes back is an error"
like "$("$mf" report matching)" '^1 of 1 automatic bookings was taken back \(100.00 %\): more than the budget of 1 in 1000\.' \
    "in words"
like "$("$mf" report matching)" 'auto-errors' "and what to do"
like "$("$mf" report matching)" '^by number +1 +1 +100.00 %' "of which kind"
"$mf" -q reconcile --undo P1
figure='.suggestions | map(.accepted) | add'
is "$(figures)" 0 "an answer that was taken back is none"
figure='.payments.booked_by_the_owner'
is "$(figures)" 1 "and books nothing"

exits 64 "no CSV" "$mf" report matching --format csv
exits 64 "a bad day" "$mf" report matching --since yesterday
exits 64 "--since of another" "$mf" report aging --since 2026-11-01
finish
