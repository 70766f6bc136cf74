#!/bin/sh
# Interest for late payment, counted a second time: 400 random cases of
# unit/interest.c in fractions, day by day, from the same files of laws.
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 1
program=build/tests/unit/interest
[ -x "$program" ] || { skip "interest" "$program is not built"; finish; }
INTEREST_CASES=$tmp/cases "$program" --tap -p /interest/random >"$tmp/tap" 2>&1
ok $? "the cases were made"
python3 tests/cmd/interest.py "$tmp/cases" filter/laws >"$tmp/out" 2>"$tmp/err"
ok $? "they were counted again"
sed '$!s/^/# /; $d' "$tmp/out" | head -n 5
like "$(tail -n 1 "$tmp/out")" '^400 looked at, [1-9][0-9]* beyond what is known, 0 differ$' \
    "both agree: $(tail -n 1 "$tmp/out")"

# A cent more in one of them is noticed.
sed '0,/"sum":[1-9]/s/"sum":\([1-9]\)/"sum":1\1/' "$tmp/cases" >"$tmp/wrong"
python3 tests/cmd/interest.py "$tmp/wrong" filter/laws >"$tmp/out" 2>&1
like "$(tail -n 1 "$tmp/out")" ', 1 differ$' "and would say so if they did not"
finish
