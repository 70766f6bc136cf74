#!/bin/sh
# The same mail five times is one payment (R11).
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-12T10:00:00Z; number=1
notice 2026001 200.00 >"$tmp/mail"
"$mf" deliver <"$tmp/mail"
"$mf" export >"$tmp/once"
for i in 1 2 3 4; do "$mf" deliver <"$tmp/mail"; ok $? "delivery $i more"; done
# another hop's Received, another mailbox: still the same mail
sed 's/^Return-Path:.*/Return-Path: <x@y.example>/' "$tmp/mail" | "$mf" deliver
"$mf" export >"$tmp/more"
[ -s "$tmp/once" ]; ok $? "there is something to compare"
cmp "$tmp/once" "$tmp/more"; ok $? "the books are the same"
is "$(balance 2026-001)" 299.00 "counted once"
finish
