#!/bin/sh
# Every forged, replayed, hidden or twisted notice of tests/golden/attack on
# its way into a store: nothing is announced, nothing is paid, and all of them
# together hold one reminder once. Genuine mail in which a payer wrote what
# looks like money is in the files payer-*: it stays the amount that it is.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/fixture.sh"
home=$tmp/home
make_home "$home"; ok $? "a home"
MAILFILTER_NOW=2026-11-22T09:00:00Z
"$mf" export >"$tmp/before"

delivered=0 refused= spoke=
for mail in "$root"/tests/golden/attack/*.eml; do
	name=$(basename "$mail" .eml)
	case $name in payer-*) continue ;; esac
	"$mf" deliver <"$mail" >"$tmp/said" 2>&1
	case $? in
	0) delivered=$((delivered + 1)); [ ! -s "$tmp/said" ] || spoke="$spoke $name" ;;
	75) refused="$refused $name" ;;
	*) ok 1 "$name: ended with another code" ;;
	esac
done
[ "$delivered" -gt 300 ]; ok $? "attacks were delivered ($delivered)"
is "$spoke" "" "in silence"
is "$(echo $refused)" "over-containers over-fields over-groups over-parameters over-parts" \
    "what is over a limit is tried again"
is "$("$mf" --json payment list | jq -r 'select(.trust != "U") | .amount')" "" \
    "no payment is better than unauthenticated"
is "$("$mf" --json invoice list | jq -r 'select(.open != .amount or .state != "open") | .number')" "" "" \
    "no invoice is paid"
is "$("$mf" --json invoice list | jq -r 'select(.announced) | .number')" "" \
    "nothing is announced"
is "$("$mf" --json hold list --all | jq -r 'select(.kind == "possible-payment") | .invoice')" 2026-001 \
    "one reminder is held for money that may be there"
holds=$("$mf" --json hold list --all | jq -r '"\(.kind) \(.invoice // .customer)"' | sort | uniq -c | awk '$1 > 1')
is "$holds" "" "no invoice is held twice"
[ "$("$mf" --json hold list --all | wc -l)" -le 2 ]; ok $? "and hardly anything is held"

# All of it again, two days later: the hold is over, and no mail renews it.
MAILFILTER_NOW=2026-11-24T10:00:00Z
for mail in "$root"/tests/golden/attack/ar-*.eml; do
	sed 's/22 Nov 2026 08/24 Nov 2026 08/; s/<attack-/<again-/' "$mail" | "$mf" deliver >/dev/null 2>&1
done
is "$("$mf" --json hold list | wc -l)" 0 "no hold is renewed"

# The same bytes with nothing wrong with them do count.
MAILFILTER_NOW=2026-11-22T09:00:00Z
sed 's/Authentication-Results: mx.clerk.example; dkim=fail.*/Authentication-Results: mx.clerk.example;\n dkim=pass header.d=fio.cz/' \
    "$root/tests/golden/attack/ar-fail.eml" | sed 's/<attack-/<genuine-/' | "$mf" deliver
is "$("$mf" --json invoice show 2026-001 | jq -r .open)" 0.00 "a genuine one settles"
finish
