#!/bin/sh
# What a careless owner types: refused with a sentence and the right code, and
# nothing is changed.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/fixture.sh"
MAILFILTER_NOW=2026-11-10T09:00:00Z; home=$tmp/home
make_home "$home"
before=$("$mf" export | sha256sum)
newline=$(printf 'one\ntwo;5'); broken=$(printf '\377\376')
rows=0
# refused CODE PATTERN COMMAND...
refused() {
	_code=$1 _pattern=$2; shift 2
	rows=$((rows + 1))
	exits "$_code" "$(printf %s "$*" | tr '\n' ' ' | LC_ALL=C tr -d '\377\376'): $_code" "$mf" "$@"
	like "$(cat "$tmp/err")" "$_pattern" "it says why"
}
refused 65 'went back' payment add --amount -5 --invoice 2026-001
refused 65 'is in CZK, not in EUR' payment add --amount 5 --currency EUR --invoice 2026-001
refused 66 "no invoice 'nope'" payment add --amount 5 --invoice nope
refused 64 'still to come' payment add --amount 5 --date 2099-01-01
refused 64 'before 1970' payment add --amount 5 --date 0001-01-01
refused 64 'is no day' payment add --amount 5 --date 2026-02-30
refused 64 "customer's name" customer add ''
refused 64 '--id KEY' customer add '!!!'
refused 64 'character that controls' customer add "$newline"
refused 64 'UTF-8' customer add "$broken"
refused 64 'UTF-8' hold add C1 --until 2026-12-01 --why "$broken"
refused 64 'character that controls' hold add C1 --until 2026-12-01 --why "$newline"
refused 64 'what to change' customer edit C1
refused 64 'character that controls' invoice new --customer C1 --line "$newline"
refused 64 "'nope' is not in the configuration" invoice new --customer C1 --line 'a;5' --policy nope
refused 64 'go together' invoice new --customer C1 --line 'a;5' --discount-percent 2
refused 64 'go together' invoice new --customer C1 --line 'a;5' --discount-until 2026-12-01
refused 66 "no payment 'nope'" reconcile --undo nope
refused 73 'cannot be made' backup "$tmp/nowhere/copy"
refused 78 'no configuration at' --config "$tmp/nowhere" status
refused 78 'no configuration at' --config "$tmp/nowhere" invoice list
printf 'number,customer,date,due,amount,currency,policy\nX1,C1,2026-11-01,2026-11-15,5,CZK,nope\n' >"$tmp/i.csv"
refused 65 "i.csv:2: policy: 'nope'" import "$tmp/i.csv"
is "$rows" 22 "all rows were tried"
is "$("$mf" export | sha256sum)" "$before" "nothing was changed"
finish
