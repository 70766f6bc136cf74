#!/bin/sh
# Every command that acts: with -n not one byte of the home changes, with
# --json all that is printed is JSON, and options may stand on either side.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-24T10:00:00Z; alive
bank 2026001 749.00 's,^VS:.*,VS:,'	# may be for both of Jana's invoices
bank 2026002 30.00
"$mf" -q remind
"$mf" -q hold add C3 --until 2026-12-24
. "$root/tests/flow/statement.sh"
statement 1000.00 499.00 2026003 23 >"$tmp/s.xml"
notice 2026002 100.00 >"$tmp/m.eml"
printf 'id,name\nC9,New\n' >"$tmp/c.csv"
booked=$("$mf" --json payment list | jq -r 'select(.amount == "30.00") | .id')
loose=$("$mf" --json payment list | jq -r 'select(.amount == "749.00") | .id')
letter=$("$mf" --json letter list --waiting | jq -r .letter | head -n 1)
bytes() { find "$home" -type f | sort | xargs sha256sum; }
before=$(bytes)
rows=0
while read -r line; do
	rows=$((rows + 1))
	set -f; set -- $line; set +f
	exits 0 "$line" "$mf" "$@"
	is "$(bytes)" "$before" "  changes nothing"
	"$mf" --json "$@" >"$tmp/json" 2>/dev/null
	ok $? "  with --json"
	[ -s "$tmp/json" ] && jq . <"$tmp/json" >/dev/null; ok $? "  prints JSON"
	"$mf" "$@" --json 2>/dev/null | cmp -s - "$tmp/json"
	ok $? "  the same with the option behind"
done <<TABLE
import -n $tmp/c.csv
import -n $tmp/s.xml
import -n $tmp/m.eml
reconcile -n
reconcile -n --accept $loose
reconcile -n --reject $loose
reconcile -n --undo $booked
remind -n
send -n
run -n
customer add New -n
customer edit C1 --contact Eva -n
invoice new -n --customer C1 --line a;5
payment add -n --amount 5 --invoice 2026-003
payment add -n --amount 5
hold add -n 2026-002 --until 2026-12-12
hold release -n 1
TABLE
is "$rows" 17 "all rows were tried"
for line in "invoice void -n 2026-003" "payment set-aside -n $loose" \
    "letter recall -n $letter" "letter retry -n $letter"; do
	exits 0 "$line" "$mf" $line
	is "$(bytes)" "$before" "  changes nothing"
	"$mf" --json $line 2>/dev/null | jq . >/dev/null; ok $? "  prints no text as JSON"
done
for verb in deliver filter; do
	exits 0 "$verb -n" sh -c '"$0" "$1" -n <"$2"' "$mf" $verb "$tmp/m.eml"
	is "$(bytes)" "$before" "  changes nothing"
done
finish
