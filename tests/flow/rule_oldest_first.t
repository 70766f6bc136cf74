#!/bin/sh
# "The bakery pays oldest first": a round sum with no number closes its oldest
# invoice and a part of the next, at once and without a question.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
cat >>"$home/mailfilter.conf" <<'C'
rule "the bakery pays oldest first" {
	payer-account = "1000000005/0800"
	do = oldest-first
}
C
no_number='s/^VS: .*/VS:/'
at 2026-11-12T10:00:00Z; bank '' 600.00 "$no_number"; ok $? "600.00 come without a number"
is "$(balance 2026-001) $(balance 2026-003)" "0.00 149.00" "the oldest is paid, the next in part"
is "$("$mf" --json status | jq -r '.questions // 0')" 0 "nobody is asked"
like "$("$mf" explain 2026-001)" 'your rule .*the bakery pays oldest first' "and the reason is told"
bank 2026002 100.00 's,^Protiúčet:.*,Protiúčet: 1000000005/0800,'
is "$(balance 2026-002) $(balance 2026-003)" "100.00 149.00" "never against another customer's number"
"$mf" -q reconcile --undo "$("$mf" --json payment list | jq -r 'select(.amount == "600.00").id')"
is "$(balance 2026-001) $(balance 2026-003)" "499.00 250.00" "it can be undone"
exits 0 "the books are in order" "$mf" -q check
finish
