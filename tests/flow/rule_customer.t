#!/bin/sh
# "That account is Marta's": a stranger's account pays for her by the amount
# alone, and a reminder that waited is recalled; unverified mail does not.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
cat >>"$home/mailfilter.conf" <<'C'
rule "Marta's brother" {
	payer-account = "19-2000145399/0800"
	do = "customer C2"
}
C
brother='s,^Protiúčet:.*,Protiúčet: 19-2000145399/0800,; s/^VS: .*/VS:/'
at 2026-11-24T08:00:00Z; alive
bank '' 100.00 "$brother; s/^From: .*/From: Fio <x@elsewhere.example>/"
is "$(state 2026-002)" open "a forged mail settles nothing by a rule"
at 2026-11-24T09:00:00Z; bank '' 100.00 "$brother"
is "$(state 2026-002)" paid "her invoice is paid"
like "$("$mf" explain 2026-002)" "your rule .Marta's brother" "on whose word"
is "$("$mf" --json customer show C2 | jq -r '.learned.accounts | map(.account) | index("19-2000145399/0800")')" null "the rule teaches nothing"
exits 0 "the books are in order" "$mf" -q check
finish
