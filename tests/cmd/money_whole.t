#!/bin/sh
# Money is whole minor units in matching: where amounts are added, shared and
# converted no number has a fraction, and where a chance is estimated it never
# becomes an amount again (R52).
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 1
n=0
for file in filter/charges.c filter/currency.c filter/sums.c filter/lists.c filter/tax.c filter/money_event.c \
    parser/money.c parser/extract/told.c parser/extract/camt_told.c parser/extract/camt_value.c store/balance.c; do
	[ -f "$file" ] || continue
	n=$((n + 1))
	is "$(grep -vE '^( |/)\*' "$file" | grep -nwE 'double|float|strtod|atof|lround|llround')" "" "$file has whole numbers only"
done
for file in filter/amounts.c filter/withheld.c filter/search.c filter/subset.c filter/notes.c filter/guesses.c filter/groups.c; do
	[ -f "$file" ] || continue
	n=$((n + 1))
	is "$(grep -nwE 'float|strtod|atof|l?lround|l?lrint|floor *\(|ceil *\(' "$file")" "" "$file turns no chance into an amount"
done
[ $n -ge 15 ]; ok $? "looked at $n files"
finish
