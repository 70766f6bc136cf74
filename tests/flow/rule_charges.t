#!/bin/sh
# "Marta's bank keeps up to 20": what is missing is closed as a fee for her
# payments, and for nobody else's.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
cat >>"$home/mailfilter.conf" <<'C'
rule "Marta's bank" { payer-account = "4000000009/0800" do = "charges 20.00" }
C
at 2026-11-12T10:00:00Z; bank 2026002 82.00; bank 2026003 232.00
is "$(balance 2026-002)" 0.00 "hers is closed"
like "$("$mf" explain 2026-002)" "your rule “Marta's bank”" "by the rule"
is "$(balance 2026-003 | sed 's/18.00/open/; s/250.00/open/')" open "the other one is not"
exits 0 "the books are in order" "$mf" -q check
finish
