#!/bin/sh
# import of camt.053: continuity, whole or nothing, once.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/books.sh"
. "$root/tests/flow/statement.sh"
books
sed -i 's/settles = .*/settles = "statement"/' "$home/mailfilter.conf"
statement 1000.00 499.00 2026101 12 >"$tmp/12.xml"
statement 1499.00 250.00 2026103 13 >"$tmp/13.xml"
statement 1500.00 250.00 2026103 13 >"$tmp/gap.xml"
sed 's/2900123451/1999999999/' "$tmp/12.xml" >"$tmp/foreign.xml"
sed 's/<Amt Ccy="CZK">1499.00/<Amt Ccy="CZK">1498.00/' "$tmp/12.xml" >"$tmp/sums.xml"
head -c 900 "$tmp/12.xml" >"$tmp/cut.xml"
sed 's/<Document/<!DOCTYPE a [<!ENTITY b "c">]><Document/' "$tmp/12.xml" >"$tmp/doctype.xml"
remember
for bad in foreign sums cut doctype; do
	exits 65 "a statement that is not right: $bad" "$mf" import "$tmp/$bad.xml"
	like "$(cat "$tmp/err")" "$bad.xml: " "names the file"
done
exits 0 "-n" "$mf" import -n "$tmp/12.xml"
unchanged "nothing changed by all that"
exits 0 "a right one" "$mf" import "$tmp/12.xml"
like "$(cat "$tmp/out")" '1 statement with 1 entry' "counted"
is "$("$mf" --json invoice show 2026-101 | jq -r .state)" paid "its payment is matched"
is "$("$mf" --json payment list | jq -r '.trust + " " + .state')" "S booked" "class S, booked"
remember
exits 0 "once more" "$mf" import "$tmp/12.xml"
unchanged "changes nothing"
exits 65 "one that leaves a gap" "$mf" import "$tmp/gap.xml"
like "$(cat "$tmp/err")" 'statement S-13 was not taken: it opens with 1500.00 CZK, but the last one closed with 1 499.00' "says what is missing"
unchanged "nothing of it settles"
like "$("$mf" status | tr -s ' \n' ' ')" 'A statement of main is missing: S-13 was not taken: it opens with' "status shows it"
exits 0 "the next one" "$mf" --json import "$tmp/13.xml"
is "$(jq -c '[.statements, .entries]' <"$tmp/out")" '[1,1]' "as JSON"
is "$("$mf" --json invoice show 2026-103 | jq -r .state)" paid "matched too"
like "$("$mf" status)" 'main .*statements up to 2026-11-13' "the feed has moved on"
is "$("$mf" status | grep -c 'is missing')" 0 "and nothing is missing any more"
# The bank's own count of its statements: 14, and then 16 that opens as 14 closed.
numbered() { statement "$1" 1.00 999 "$2" | sed "s,</Id><Cre,</Id><ElctrncSeqNb>$2</ElctrncSeqNb><Cre,"; }
numbered 1749.00 14 >"$tmp/14.xml"
numbered 1750.00 15 >"$tmp/15.xml"
numbered 1750.00 16 >"$tmp/16.xml"
exits 0 "statement number 14" "$mf" import "$tmp/14.xml"
remember
exits 65 "number 16, though the balances agree" "$mf" import "$tmp/16.xml"
like "$(cat "$tmp/err")" 'its number is 16, but the last one, up to 2026-11-14, was number 14: a statement is missing' "says why"
unchanged "nothing of it settles"
exits 0 "number 15" "$mf" import "$tmp/15.xml"
like "$("$mf" status)" 'is missing: S-16' "what came too early has to come again"
exits 65 "which leaves another balance here" "$mf" import "$tmp/16.xml"
exits 0 "the owner says that there is no other" "$mf" import --gap "$tmp/16.xml"
is "$("$mf" status | grep -c 'is missing')" 0 "now nothing is missing"
exits 0 "the store is in order" "$mf" check
finish
