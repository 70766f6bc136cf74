#!/bin/sh
# Four sources speak of the same money: the bank's mail, the same mail by
# another way, a statement, and a longer statement of a table. In each of the
# 24 orders the books are the same (R18).
. "$(dirname "$0")/../lib.sh"
SETTLES=statement
. "$root/tests/flow/story.sh"
. "$root/tests/flow/statement.sh"
story_begins
at 2026-11-12T12:00:00Z; number=1
notice 2026001 499.00 >"$tmp/a"
sed 's/id 4Xy1/id 9ZZ9/' "$tmp/a" >"$tmp/b"
statement 1000.00 499.00 2026001 12 >"$tmp/c.xml"
sed 's/S-12/S-12-again/' "$tmp/c.xml" >"$tmp/d.xml"
at 2026-11-13T12:00:00Z
cp -a "$home" "$tmp/clean"
feed() {
	case $1 in
	a|b) "$mf" deliver <"$tmp/$1" ;;
	*) "$mf" -q import "$tmp/$1.xml" >/dev/null 2>&1 ;;
	esac
}
# What the books say of money, without the order in which it came.
books() {
	"$mf" --json invoice list | jq -cS '[.number, .open, .state, .announced]' | sort
	"$mf" --json payment list | jq -cS '[.amount, .currency, .trust, .state]' | sort
}
tried=0 wrong=0
for p in a b c d; do for q in a b c d; do for r in a b c d; do for s in a b c d; do
	case "$(printf '%s\n' $p $q $r $s | sort | tr -d '\n')" in abcd) ;; *) continue ;; esac
	rm -rf "$home"; cp -a "$tmp/clean" "$home"
	for source in $p $q $r $s; do feed $source; done
	books >"$tmp/books"
	[ -e "$tmp/first" ] || cp "$tmp/books" "$tmp/first"
	cmp -s "$tmp/books" "$tmp/first" || { wrong=$((wrong + 1)); echo "# $p $q $r $s:"; diff "$tmp/first" "$tmp/books" | sed 's/^/#  /'; }
	tried=$((tried + 1))
done; done; done; done
is $tried 24 "all orders were tried"
is $wrong 0 "the books are the same in each"
is "$(state 2026-001) $(balance 2026-001)" "paid 0.00" "the invoice is paid"
is "$("$mf" --json payment list | jq -s length)" 1 "by one payment"
finish
