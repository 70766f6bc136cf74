#!/bin/sh
# Money that goes back opens what it had paid, once, whoever tells of it and
# in whatever order: all of it or a part, before its credit, and once more.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
. "$root/tests/flow/statement.sh"
header=id,channel,date,amount,currency,payer,payer_account,remittance,end_to_end_id,bank_reference
# rows of payments, each from stdin "DATE AMOUNT TEXT E2E BANKREF [CHANNEL]"
money() {
	{
		echo $header
		while read -r day amount text end bank channel; do
			echo ",${channel:-statement},2026-11-$day,$amount,CZK,Vesela Pekarna,1000000005/0800,${text#-},${end#-},${bank#-}"
		done
	} >"$tmp/money.csv"
	"$mf" -q import "$tmp/money.csv" && "$mf" -q reconcile >/dev/null </dev/null
}
again() { "$mf" -q import "$tmp/money.csv"; "$mf" -q reconcile >/dev/null </dev/null; }
open_questions() { sqlite3 "$home/store.db" "SELECT count(*) FROM question WHERE answered = 0 AND code = 'returned'"; }
begins() { MAILFILTER_HOME=$tmp/$1 home=$tmp/$1; rm -rf "$home"; cp -a "$tmp/clean" "$home"; }

story_begins; at 2026-11-24T09:00:00Z
cp -a "$home" "$tmp/clean"

begins whole
echo "20 499.00 2026001 E1 B1" | money
is "$(state 2026-001)" paid "paid"
echo "23 -499.00 - E1 R1" | money
is "$(state 2026-001) $(balance 2026-001)" "open 499.00" "a direct debit comes back: open as it was"
is "$(open_questions)" 1 "the owner is told"
again
is "$(payments) $(open_questions) $(state 2026-001)" "2 1 open" "told again, nothing changes"
echo "23 -499.00 - E1 - notice" | money
is "$(payments) $(open_questions) $(state 2026-001)" "2 1 open" "the mail about it is the same return"
echo "24 499.00 2026001 E1 B2" | money
is "$(payments) $(state 2026-001)" "3 paid" "presented once more, it pays again"
is "$("$mf" check >/dev/null 2>&1; echo $?)" 0 "the books are in order"

begins part
echo "20 499.00 2026001 E1 B1" | money
echo "23 -99.00 2026001 E1 R1" | money
is "$(state 2026-001) $(balance 2026-001)" "open 99.00" "a part goes back: so much is open"
again
is "$(balance 2026-001)" 99.00 "once"
is "$("$mf" check >/dev/null 2>&1; echo $?)" 0 "the books are in order"

begins before
echo "23 -499.00 - E1 R1" | money
is "$(state 2026-001) $(open_questions)" "open 1" "a return that nothing is known for is asked about"
echo "20 499.00 2026001 E1 B1" | money
is "$(state 2026-001) $(balance 2026-001)" "open 499.00" "its credit comes later: both cancel out"
is "$(open_questions)" 1 "and are told of once"

begins mails
at 2026-11-24T09:00:00Z
notice 2026001 499.00 >"$tmp/credit"
echo "24 -499.00 2026001 - R1" | money
"$mf" deliver <"$tmp/credit"
is "$(state 2026-001)" open "the credit by mail after its return: undone at once"

begins unmatched
echo "20 123.45 thanks E7 B7" | money
echo "23 -123.45 thanks E7 R7" | money
is "$("$mf" --json payment list | jq -r 'select(.set_aside) | .amount' | sort | tr '\n' ' ')" "-123.45 123.45 " "money that paid nothing and went back is done with"
is "$(sqlite3 "$home/store.db" "SELECT count(*) FROM question WHERE answered = 0 AND code <> 'returned'")" 0 "nothing else is asked"

begins wrong
echo "20 499.00 2026001 - W1
20 -499.00 2026001 - W2
20 250.00 2026003 - W3" | money
is "$(state 2026-001) $(state 2026-003)" "open paid" "the bank's own correction: wrong credit out, right one in"

begins twins
echo "20 100.00 2026002 E1 B1
20 100.00 2026002 E2 B2" | money
echo "23 -100.00 2026002 E2 R2" | money
is "$("$mf" --json payment list | jq -r 'select(.set_aside) | .end_to_end_id' | sort | tr '\n' ' ')" "E2 E2 " "of twins, the one that is named goes back"

begins refund
echo "20 499.00 2026001 E1 B1" | money
statement 2000.00 -120.00 0 23 | sed 's,<Amt Ccy="CZK">-120.00</Amt><CdtDbtInd>CRDT,<Amt Ccy="CZK">120.00</Amt><CdtDbtInd>DBIT,; s,Dbtr,Cdtr,g; s,<CdtCdtrInd>,<CdtDbtInd>,g' >"$tmp/debit.xml"
"$mf" -q import "$tmp/debit.xml"; ok $? "the owner pays something to a customer"
like "$("$mf" status | tr -s ' \n' '  ')" '120.00 CZK went from your account to Vesel' "the owner is asked whether it is a refund"
is "$(state 2026-001)" paid "and nothing is undone"
sed 's/S-23/S-23b/' "$tmp/debit.xml" >"$tmp/debit2.xml"; "$mf" -q import "$tmp/debit2.xml"
is "$(sqlite3 "$home/store.db" "SELECT count(*) FROM question WHERE code LIKE 'refund%'")" 1 "once"

begins receipt
at 2026-11-24T09:00:00Z; number=40
bank 2026001 499.00
like "$(letters receipt)" 'planned.*2026-001' "a receipt waits"
echo "24 -499.00 2026001 - R1" | money
"$mf" -q send >/dev/null
is "$(letters receipt | grep -c ' sent ')" 0 "it is not sent when the money goes back"
finish
