#!/bin/sh
# Started with a standard stream closed: no file of ours takes its place.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/fixture.sh"
home=$tmp/home
make_home "$home"
bank_mail 2026001 499.00 1 >"$tmp/mail"
sound() { "$mf" -q check >/dev/null; ok $? "  the store is sound"; }
"$mf" filter <"$tmp/mail" >&- 2>"$tmp/err"; is $? 75 "filter, stdout closed"
is "$(cat "$tmp/err")" "4.3.0 mailfilter: the message could not be written" \
    "  at once, and it says why"
sound
"$mf" filter <&- >"$tmp/out" 2>"$tmp/err"; is $? 75 "filter, stdin closed"
is "$(wc -c <"$tmp/out")" 0 "  nothing is written"
"$mf" deliver <&- 2>/dev/null; is $? 75 "deliver, stdin closed"
"$mf" deliver <&- >&- 2>&-; is $? 75 "deliver, all closed"
sound
"$mf" status >&- 2>/dev/null; is $? 74 "status, stdout closed"
"$mf" hold add C1 --until 2026-12-12 >/dev/null 2>&-; is $? 0 "hold, stderr closed"
"$mf" deliver <"$tmp/mail" >&- 2>&-; is $? 0 "deliver, stdout and stderr closed"
is "$(invoice_open 2026-001)" 0.00 "  the money is there"
sound
exits 0 "the same hold again" "$mf" hold add C1 --until 2026-12-12
is "$(cat "$tmp/err")" "" "  no word of trouble"
finish
