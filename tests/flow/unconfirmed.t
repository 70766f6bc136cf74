#!/bin/sh
# Money that a mail announced and that the statements do not have: the owner is
# asked once, and it is forgotten when a statement has it after all.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
. "$root/tests/flow/statement.sh"
SETTLES=statement
asked() { sqlite3 "$home/store.db" "SELECT count(*) FROM question WHERE code = 'unconfirmed'$1"; }
story_begins
at 2026-11-12T10:00:00Z; bank 2026001 499.00
cp -a "$home" "$tmp/other"
at 2026-11-13T10:00:00Z; statement 1000.00 7.77 777 13 >"$tmp/a.xml"; "$mf" -q import "$tmp/a.xml"
"$mf" -q remind >/dev/null
is "$(asked '')" 0 "a statement of the next day says nothing yet"
at 2026-11-16T10:00:00Z; statement 1007.77 8.88 778 16 >"$tmp/b.xml"; "$mf" -q import "$tmp/b.xml"
"$mf" -q remind >/dev/null
is "$(asked '')" 1 "one that covers its days and lacks it: asked"
like "$("$mf" status | tr -s ' \n' '  ')" '499.00 CZK from .* was announced on 2026-11-12, but the statements up to 2026-11-16 do not have it' "the status says so"
"$mf" -q remind >/dev/null
is "$(asked '')" 1 "once"
is "$(state 2026-001) $("$mf" --json invoice show 2026-001 | jq -r .announced)" "open 499.00" "nothing is undone without the owner"
at 2026-11-17T10:00:00Z; statement 1016.65 499.00 2026001 17 >"$tmp/c.xml"; "$mf" -q import "$tmp/c.xml"
is "$(state 2026-001) $(asked ' AND answered = 0')" "paid 0" "a statement has it after all: booked, and nothing waits"

MAILFILTER_HOME=$tmp/other home=$tmp/other
at 2026-11-24T10:00:00Z; "$mf" -q remind >/dev/null
is "$(asked '')" 0 "without any statement it has two weeks"
at 2026-11-30T10:00:00Z; "$mf" -q remind >/dev/null
is "$(asked '')" 1 "then it is asked about"
key=$("$mf" --json payment list | jq -r 'select(.amount == "499.00") | .payment // .id')
"$mf" -q reconcile --undo "$key" >/dev/null && "$mf" -q payment set-aside "$key" >/dev/null
is "$? $("$mf" --json invoice show 2026-001 | jq -r ".announced // 0")" "0 0" "the owner's word takes it off"
"$mf" -q remind >/dev/null
is "$(asked '')" 1 "and it is not asked about again"
finish
