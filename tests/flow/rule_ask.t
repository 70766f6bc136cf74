#!/bin/sh
# "Never book large sums without me": what would be booked is asked about, and
# the owner's yes books it.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
cat >>"$home/mailfilter.conf" <<'C'
rule "large" { currency = CZK amount = "400-" do = ask }
C
at 2026-11-12T10:00:00Z; bank 2026001 499.00; bank 2026003 250.00
is "$(state 2026-001) $(state 2026-003)" "open paid" "the large one waits, the small one is booked"
key=$("$mf" --json payment list | jq -r 'select(.amount == "499.00").id')
like "$("$mf" reconcile -n)" 'your rule “large”' "and says why"
exits 0 "yes" "$mf" -q reconcile --accept "$key"
is "$(state 2026-001)" paid "is enough"
exits 0 "the books are in order" "$mf" -q check
finish
