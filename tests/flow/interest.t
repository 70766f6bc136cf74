#!/bin/sh
# What late payment costs: by law, over a part payment, only for a business,
# kept when the letter leaves, waived when the money was on its way, understood
# when it is paid; beyond the last known rate nothing is named.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"

# late [--business=no]: the story with an invoice of Marta, 2026-002, partly
# paid, and a reminder with interest and compensation of 3 December
late() {
	rm -rf "$home"
	story_begins
	cat >>"$home/mailfilter.conf" <<-C
	policy "late" {
		gap = 1
		steps = { "after 12 days interest compensation" }
	}
	C
	"$mf" -q customer edit C2 --policy late "${1:---business}"
	[ -z "${RATES:-}" ] || { mkdir -p "$home/laws"; echo "$RATES" | tr ';' '\n' >"$home/laws/cz-repo.rates"; }
	at 2026-11-26T10:00:00Z; alive; bank 2026002 40.00
	at 2026-12-03T10:00:00Z; alive; round
}
# The story's law is Czech: the rate of the half-year in which it became late.
RATES='2026-07-01 3.50;known-until 2026-12-31'
late
like "$(last_letter)" '100,00.*CZK.* × 11,5.% × 7/365 = 0,22' "the calculation is on the letter: before the part payment"
like "$(last_letter)" '60,00.*CZK.* × 11,5.% × 7/365 = 0,13' "and after it"
like "$(last_letter)" 'Importe: *1[. ]?260,35' "what is to be paid with all of it"
is "$(balance 2026-002)" 60.00 "it is in no balance"
like "$("$mf" explain 2026-002)" '0.35 CZK of interest is named for 2026-002: 100.00 CZK x 11.5 % x 7/365 \(2026-11-20 to 2026-11-26\) = 0.22 CZK' "explained"
like "$("$mf" explain 2026-002)" '1 200.00 CZK of compensation is named for 2026-002' "compensation, too"
cp -a "$home" "$tmp/named"

at 2026-12-04T10:00:00Z; bank 2026002 1260.35
is "$(state 2026-002)" paid "money that includes it pays the invoice"
is "$("$mf" --json payment list | jq -r 'select(.amount == "1260.35") | .unallocated // "0.00"')" 1200.35 "the rest of it"
like "$("$mf" explain 2026-002)" '1 200.35 CZK of it is what the letter named: interest 0.35 CZK, compensation 1 200.00 CZK' "is known"
unlike "$("$mf" status)" 'more than was open' "and no mystery"
cp -a "$home" "$tmp/paid"
"$mf" -q reconcile --undo "$("$mf" --json payment list | jq -r 'select(.amount == "1260.35") | .id')" >"$tmp/out" 2>&1
ok $? "it can be undone"
is "$(state 2026-002) $(sqlite3 "$home/store.db" "SELECT count(*) FROM charge WHERE payment IS NOT NULL UNION ALL SELECT count(*) FROM payment WHERE amount = 126035 AND set_aside = 0" | paste -sd ' ' -)" "open 0 1" "and nothing of what was named is paid"
rm -rf "$home"; mv "$tmp/paid" "$home"
"$mf" -q send >/dev/null
unlike "$(last_letter)" '1[. ]?200,35' "the receipt takes nothing back"

rm -rf "$home"; cp -a "$tmp/named" "$home"
at 2026-12-03T10:00:00Z; notice 2026002 60.00 >"$tmp/late.eml"
at 2026-12-04T10:00:00Z; "$mf" deliver <"$tmp/late.eml"
"$mf" -q send >/dev/null
like "$(letters)" 'crossed sent 2026-002' "money of the day before: the letter is taken back"
like "$(last_letter)" '1[. ]?200,35' "with what it named"
is "$(sqlite3 "$home/store.db" "SELECT count(*) FROM charge WHERE waived = 0")" 0 "nothing of it stands"

RATES=
late
unlike "$(last_letter)" '11,5' "a half-year whose rate nobody has told: no interest"
like "$("$mf" status)" 'No interest is named for 2026-002: the two-week repo rate is known up' "the owner is told which rate is missing"
RATES='2026-07-01 3.50;known-until 2026-12-31'
late --business=no
unlike "$(last_letter)" '(11,5|1[. ]?200)' "nothing to somebody who may be a consumer"
finish
