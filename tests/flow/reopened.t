#!/bin/sh
# Later, stronger evidence: money that named nothing was put on an invoice by
# account and amount; then other money names that invoice.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
more() {	# NUMBER AMOUNT REFERENCE: one more invoice of C1
	printf '%s\n' "id,number,customer,date,due,currency,amount,reference" \
	    "$1,$1,C1,2026-10-20,2026-11-19,CZK,$2,$3" >"$tmp/more.csv"
	"$mf" -q import --type invoices "$tmp/more.csv"
}
left() { "$mf" --json payment list | jq -r --arg k "$1" 'select(.id == $k) | .unallocated'; }

at 2026-11-12T10:00:00Z; bank 9999999999 499.00
is "$(state 2026-001)" paid "account and amount settle the only invoice that fits"
first=$("$mf" --json payment list | jq -r .id)
more 2026-004 499.00 2026004
is "$(state 2026-001)" paid "a new invoice of the same amount changes nothing"
at 2026-11-13T10:00:00Z; bank 2026001 499.00
is "$(state 2026-001) $(state 2026-004)" "paid paid" "each has its own"
is "$("$mf" --json invoice show 2026-001 | jq -r '[.allocations[]? | select(.reversed | not)] | length')" 1 "one payment is on it"
is "$(left "$first")" 0.00 "the money that named nothing went to the other"
like "$("$mf" explain 2026-001)" "taken off 2026-001" "and the story is told"
"$mf" -q send >/dev/null; letters receipt | sed 's/^/# /'
is "$(letters receipt | grep -c 'sent.*2026-001')" 1 "one receipt for the one"
exits 0 "the books are in order" "$mf" -q check

# Nothing else that it can be for: the second one is paid twice, and stays.
at 2026-11-14T10:00:00Z; bank 9999999999 100.00 's,^Protiúčet:.*,Protiúčet: 4000000009/0800,'
is "$(state 2026-002)" paid "money without a number settles Marta's"
at 2026-11-14T11:00:00Z; bank 2026002 100.00
is "$("$mf" --json payment list | jq -r 'select(.amount == "100.00") | .unallocated' | xargs)" "0.00 100.00" "what came twice stays on account"

# Said by a person: nothing takes it back.
more 2026-005 250.00 2026005; more 2026-006 250.00 2026006
at 2026-11-25T10:00:00Z; bank 9999999999 250.00
second=$("$mf" --json payment list | jq -r 'select(.amount == "250.00") | .id')
"$mf" -q reconcile --accept "$second"
is "$(state 2026-003)" paid "the owner put it there"
at 2026-11-25T11:00:00Z; bank 2026003 250.00
is "$(state 2026-003) $(left "$second")" "paid 0.00" "there it stays"
finish
