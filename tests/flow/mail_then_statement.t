#!/bin/sh
# Mail, then statement; statement, then mail: one payment, the same ledger.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
. "$root/tests/flow/statement.sh"
SETTLES=statement
story_begins
statement 1000.00 499.00 2026001 >"$tmp/s.xml"
at 2026-11-12T10:00:00Z; number=7
notice 2026001 499.00 >"$tmp/mail"
cp -a "$home" "$tmp/other"

"$mf" deliver <"$tmp/mail"; ok $? "the notice first"
is "$(state 2026-001)" open "announced, not booked: a statement settles here"
is "$("$mf" --json invoice show 2026-001 | jq -r .announced)" 499.00 "but its reminder stops"
"$mf" -q import "$tmp/s.xml"; ok $? "then the statement"
is "$(state 2026-001)" paid "now it is paid"
is "$(payments)" 1 "one payment, two reports"
"$mf" -q import "$tmp/s.xml"
is "$(payments)" 1 "the statement again changes nothing"
"$mf" export | sort >"$tmp/a"

MAILFILTER_HOME=$tmp/other home=$tmp/other
"$mf" -q import "$tmp/s.xml"; ok $? "the statement first"
is "$(state 2026-001)" paid "settles"
"$mf" deliver <"$tmp/mail"; ok $? "then the notice"
is "$(payments)" 1 "one payment"
"$mf" export | sort >"$tmp/b"
cmp "$tmp/a" "$tmp/b" || diff "$tmp/a" "$tmp/b" | head -n 6 | sed 's/^/# /'
cmp -s "$tmp/a" "$tmp/b"; ok $? "either order gives the same books"

statement 9000.00 5.00 777 14 >"$tmp/gap.xml"
"$mf" import "$tmp/gap.xml" >"$tmp/out" 2>&1
is "$(payments)" 1 "a statement with a gap before it books nothing"
like "$("$mf" status; cat "$tmp/out")" 'missing|gap|statement' "and the owner is told"
finish
