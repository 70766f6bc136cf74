#!/bin/sh
# Invoice documents: every figure against an independent calculation by the
# formulas of EN 16931-1, and tax ids against python-stdnum.
. "$(dirname "$0")/../lib.sh"
unit=$root/build/tests/unit/document
here=$root/tests/cmd

documents=${TOTALS_DOCUMENTS:-2500}
/usr/bin/python3 "$here/totals.py" make "${TOTALS_SEED:-11}" "$documents" \
    "$tmp/documents" "$tmp/wanted"
ok $? "$documents documents are made"
"$unit" --documents <"$tmp/documents" >"$tmp/given"
ok $? "and completed"
/usr/bin/python3 "$here/totals.py" judge "$tmp/wanted" "$tmp/given" \
    >"$tmp/verdict"
ok $? "and compared"
grep '^#' "$tmp/verdict" | head -n 12
set -- $(tail -n 1 "$tmp/verdict")
is "$1" 0 "every line, tax and total is equal (of $2 documents, $4 taxes)"
[ "$2" = "$documents" ] && [ "$3" -gt $((documents / 2)) ] &&
    [ "$3" -lt "$documents" ]
ok $? "most are good ($3), some have to be refused"

"$mf" init >/dev/null 2>&1
for id in DE136695976 DE136695975; do
	sed -i '/^\ttax-id/d; /^\tcountry/d' "$MAILFILTER_HOME/mailfilter.conf"
	sed -i "s/^owner {/&\n\ttax-id = \"$id\"\n\tcountry = \"DE\"/" \
	    "$MAILFILTER_HOME/mailfilter.conf"
	"$mf" check >"$tmp/check-$id" 2>&1
done
is "$(grep -c "tax-id 'DE136695975' cannot be right for DE" "$tmp/check-DE136695975")" 1 \
    "check tells an owner's tax id that cannot be right"
is "$(grep -c 'cannot be right' "$tmp/check-DE136695976")" 0 "and not a good one"

page=$root/filter/mailfilter-invoice.5
/usr/bin/python3 "$here/totals.py" examples "$page" | "$unit" --documents |
    grep -o '^!.*\|"due":"[^-"]*"' >"$tmp/examples"
is "$(wc -l <"$tmp/examples")" 3 "the manual has three examples"
for due in $(grep -o '[0-9.]*' "$tmp/examples"); do
	grep -Eq "(due|credited) $due\." "$page"; ok $? "and says that $due is due"
done

if /usr/bin/python3 -c 'import stdnum' 2>/dev/null; then
	ids=${TAX_IDS:-300}
	/usr/bin/python3 "$here/tax_ids.py" "${TOTALS_SEED:-11}" "$ids" \
	    >"$tmp/ids"
	ok $? "tax ids are made"
	cut -d' ' -f1,2 "$tmp/ids" | "$unit" --tax-ids >"$tmp/checked"
	ok $? "and checked"
	/usr/bin/python3 "$here/tax_ids.py" judge "$tmp/ids" "$tmp/checked" \
	    >"$tmp/verdict"
	grep '^#' "$tmp/verdict" | head -n 12
	set -- $(tail -n 1 "$tmp/verdict")
	is "$1" 0 "all are judged as python-stdnum does ($2 ids, $3 good)"
	is "$4" 36 "of all countries and kinds"
	is "${5:-}" "" "each has good ones and bad ones"
else
	skip "tax ids against python-stdnum" "it is not there"
fi
finish
