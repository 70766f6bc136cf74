#!/bin/sh
# invoice: new, list, show, void.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/books.sh"
books
sed -i 's/^\tcountry = "CZ"/&\n\ttax-id = "CZ27604004"/' "$home/mailfilter.conf"
remember
exits 64 "no customer" "$mf" invoice new --line 'x;1.00'
exits 64 "no line" "$mf" invoice new --customer C1
exits 66 "an unknown customer" "$mf" invoice new --customer C99 --line 'x;1.00'
exits 65 "a customer who wants an order number" "$mf" invoice new --customer C2 --line 'x;1.00'
like "$(cat "$tmp/err")" '--po' "says which option"
for line in 'x' ';1.00' 'x;1;h;1.00;21;colour=red' 'x;1;h;1.00;21;period=2026'; do
	exits 64 "a bad line: $line" "$mf" invoice new --customer C1 --line "$line"
done
for line in 'x;y' 'x;1;h;1.0000001;21' 'x;1.2345678;h;1.00;21' 'x;1;h;1.00;101' 'x;-5.00' 'x;1;furlong;1.00;21' 'x;1;h;1.00;Q'; do
	exits 65 "bad data: $line" "$mf" invoice new --customer C1 --line "$line"
	like "$(cat "$tmp/err")" '^mailfilter: lines(\[0\])?[.:a-z]' "names the field: $line"
done
exits 65 "due before its date" "$mf" invoice new --customer C1 --line 'x;1.00' --due 2026-11-01
exits 64 "--due and --terms" "$mf" invoice new --customer C1 --line 'x;1.00' --due 2026-12-01 --terms 3
exits 64 "no such day" "$mf" invoice new --customer C1 --line 'x;1.00' --due 2026-02-30
exits 0 "-n" "$mf" invoice new -n --customer C1 --line 'x;1.00'
like "$(tr '\n' ' ' <"$tmp/out")" 'Would make invoice 2026-0001.*Nothing was changed' "says so"
unchanged "nothing changed by all that"

exits 0 "new" "$mf" --json invoice new --customer C1 --date 2026-11-22 \
    --line 'Consulting;2.5;h;33.33;21%' --line 'Books;3;pc;9.99;12' --line 'More;1;h;0.01;21' --line 'Stamps;1.50'
json "as JSON"
# 83.33 + 0.01 at 21 % = 17.50; 29.97 at 12 % = 3.60; 1.50
is "$(jq -r '.number + " " + .amount + " " + .tax + " " + .due' <"$tmp/out")" \
    "2026-0001 135.91 21.10 2026-12-06" "sums by rate, the customer's term"
reference=$(jq -r .reference <"$tmp/out")
is "$reference" 20260001 "its reference is the variable symbol of a Czech account"
"$mf" -q invoice new --customer C2 --po 4711 --line 'x;1.00'
is "$("$mf" --json invoice show 2026-0002 | jq -r '.due + " " + .po + " " + .currency')" "2026-12-22 4711 EUR" "the series goes on, no gap"
printf 'number,customer,date,due,currency,amount\n2026-0003,C1,2026-01-01,2026-01-20,CZK,5.00\n' >"$tmp/taken.csv"
"$mf" -q import "$tmp/taken.csv"
"$mf" -q invoice new --customer C1 --line 'x;1.00'
is "$("$mf" --json invoice show 2026-0004 | jq -r .state)" open "an imported number is counted over"
exits 65 "a number that is taken" "$mf" invoice new --customer C1 --number 2026-0003 --line 'x;1.00'
exits 0 "a draft" "$mf" invoice new --draft --customer C1 --line 'x;1.00'
is "$("$mf" --json invoice show draft-1 | jq -r .state)" draft "stays a draft, without a number"

exits 0 "list --overdue" "$mf" --json invoice list --overdue
is "$(jq -r .number <"$tmp/out" | sort | tr '\n' ' ')" "2026-0003 2026-101 2026-102 2026-104 " "by the day of now"
exits 0 "list for a person" "$mf" invoice list --customer C1 --open
like "$(cat "$tmp/out")" '2026-101 .*499.00 CZK .*overdue' "says overdue"
exits 0 "show" "$mf" invoice show 2026-0001
like "$(cat "$tmp/out")" '^Consulting +2.5 +h +33.33 +21 % +83.33$' "with its lines"
like "$(cat "$tmp/out")" '^tax 21 % +17.50 CZK$' "and the sum of each tax"
exits 66 "show of nothing" "$mf" invoice show 2026-9999

remember
exits 0 "void -n" "$mf" invoice void -n 2026-0004
unchanged "changes nothing"
exits 0 "void" "$mf" invoice void 2026-0004
is "$("$mf" --json invoice show 2026-0004 | jq -r .state)" void "is void"
exits 65 "not twice" "$mf" invoice void 2026-0004
"$mf" -q payment add --amount 10.00 --currency CZK --invoice 2026-101
exits 65 "not with money on it" "$mf" invoice void 2026-101
like "$(cat "$tmp/err")" 'undo' "says what comes first"
exits 0 "the store is in order" "$mf" check
finish
