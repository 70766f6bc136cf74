#!/bin/sh
# import of a text format: a statement of MT940 as camt.053 is, with its report
# of the day before it; continuity, once, a broken line.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/books.sh"
books
sed -i 's/settles = .*/settles = "statement"/' "$home/mailfilter.conf"
# mt940 OPENING CLOSING AMOUNT VS DAY
mt940() {
	cat <<-X
	:20:$5
	:25:2900123451/2010
	:28C:$5/1
	:60F:C2611${5}CZK$1
	:61:2611${5}11${5}C$3NTRF$4//B-$4
	:86:020?00UHRADA?20VS$4?311000000005/0800?32Vesela Pekarna
	:62F:C2611${5}CZK$2
	-
	X
}
mt940 1000,00 1499,00 499,00 2026101 12 >"$tmp/12.sta"
mt940 1499,00 1749,00 250,00 2026103 13 >"$tmp/13.sta"
mt940 1500,00 1750,00 250,00 2026103 13 >"$tmp/gap.sta"
mt940 1000,00 1499,01 499,00 2026101 12 >"$tmp/sums.sta"
sed 's/:61:2611/:61:26x1/' "$tmp/12.sta" >"$tmp/line.sta"
remember
exits 65 "sums that are not right" "$mf" import "$tmp/sums.sta"
exits 65 "a broken line" "$mf" import "$tmp/line.sta"
like "$(cat "$tmp/err")" 'line.sta: .*line 5: expected a value date' "says which, and what was expected"
unchanged "nothing changed by that"
exits 0 "a right one" "$mf" import "$tmp/12.sta"
like "$(cat "$tmp/out")" '1 statement with 1 entry' "counted"
is "$("$mf" --json invoice show 2026-101 | jq -r .state)" paid "its payment is matched"
is "$("$mf" --json payment list | jq -r '.trust + " " + .state')" "S booked" "class S, booked"
remember
exits 0 "once more" "$mf" import "$tmp/12.sta"
unchanged "changes nothing"
exits 65 "one that leaves a gap" "$mf" import "$tmp/gap.sta"
like "$(cat "$tmp/err")" 'opens with 1500.00 CZK, but the last one closed with 1 499.00' "says what is missing"
unchanged "nothing of it settles"
exits 0 "the next one" "$mf" import "$tmp/13.sta"
is "$("$mf" --json invoice show 2026-103 | jq -r .state)" paid "matched too"
exits 65 "a card's OFX" "$mf" import "$root/tests/statements/ofx/card.qfx"
like "$(cat "$tmp/err")" "customer's money" "says why"
exits 0 "the store is in order" "$mf" check
finish
