#!/bin/sh
# A plan that is not kept: the note, the understanding word, then nothing in
# spite of both. The plan is broken, the owner is told once, and the invoice's
# schedule goes on where it stood, with one letter. What might be the money
# keeps a plan alive.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"

plan() { "$mf" --json instalments show 1; }
days() { for day; do at "${day}T09:00:00Z"; alive; round; done; }

story_begins
days 2026-11-24 2026-11-25
is "$(letters reminder | grep -c 2026-001)" 1 "the schedule had begun"
at 2026-11-26T09:00:00Z
"$mf" -q instalments add 2026-001 --parts 2 --first 2026-12-07 --agreed
ok $? "then instalments are agreed"
"$mf" -q send >/dev/null
days 2026-12-03 2026-12-04
is "$(letters instalment)" "instalment sent 2026-001" "the note before the day"
days 2026-12-11
is "$(letters instalment | grep -c ' sent ')" 2 "the word after the day"
like "$(last_letter)" '249.50' "it says what is to be paid"
days 2026-12-15 2026-12-18
is "$(plan | jq -r .state)" active "the grace is not over"
is "$(letters instalment | grep -c ' sent ')" 2 "one word, not two"
at 2026-12-22T09:00:00Z
bank 5555555555 249.50 's,^Protiúčet:.*,Protiúčet: 1000000005/0800,'
"$mf" -q remind >/dev/null
is "$(plan | jq -r .state)" active "money that may be theirs: not broken"
for id in $("$mf" --json payment list | jq -r 'select(.amount=="249.50") | .payment // .id // .key'); do
	"$mf" -q payment set-aside "$id" >/dev/null 2>&1
done
days 2026-12-28 2026-12-29
is "$(plan | jq -r .state)" broken "then it is broken"
is "$("$mf" --json status | jq -r .questions >/dev/null; "$mf" status | grep -c 'nstalment plan 1')" 1 "the owner is told once"
before=$(letters reminder | grep -c 2026-001)
days 2026-12-30 2027-01-04 2027-01-05
[ "$(letters reminder | grep -c 2026-001)" -le $((before + 1)) ]
ok $? "no burst"
days 2027-01-11 2027-01-12 2027-01-18 2027-01-20
is "$(letters reminder | grep -c 2026-001)" "$((before + 1))" "the next step comes"
"$mf" explain 2026-001 | grep -q "plan 1 .* is broken"
ok $? "explain tells it"
"$mf" check >/dev/null; ok $? "the books are in order"
finish
