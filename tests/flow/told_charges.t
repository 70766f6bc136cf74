#!/bin/sh
# A statement tells what banks on the way kept, and what the payer's bank was
# told to pay: charges close the invoice exactly, another currency asks, and
# what a payer writes about either is no word of the bank's.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-21T10:00:00Z
cat >>"$home/mailfilter.conf" <<-C
	account "eur" {
	        iban = "DE12500105170648489890"
	        currency = "EUR"
	        settles = "statement"
	}
	C
cat >"$tmp/more.csv" <<-C
	id,name,contact,email,language,country,currency
	T1,Lakeside Tools Inc,Lee Poe,lee@lakeside.example,en,US,EUR
	T2,Hudson Paper Co,Ann Roe,ann@hudson.example,en,US,USD
	T3,Nice Try Ltd,Sam Doe,sam@nicetry.example,en,US,EUR
	C
cat >"$tmp/told.csv" <<-C
	id,number,customer,date,due,currency,amount
	V1,2026-311,T1,2026-10-20,2026-11-19,EUR,100.00
	V2,2026-312,T2,2026-10-20,2026-11-19,USD,200.00
	V3,2026-313,T3,2026-10-20,2026-11-19,EUR,90.00
	V4,2026-314,T3,2026-10-20,2026-11-19,EUR,90.00
	C
"$mf" -q import "$tmp/more.csv" "$tmp/told.csv"
cat >"$tmp/s.sta" <<-'C'
	:20:STARTUMSE
	:25:50010517/0648489890
	:28C:00077/001
	:60F:C261119EUR1000,00
	:61:2611201120CR91,20NTRFNONREF//Q701
	/OCMT/EUR100,//CHGS/EUR8,80/
	:86:/NAME/Lakeside Tools Inc/REMI/Invoice 2026-311
	:61:2611201120CR184,02NTRFNONREF//Q702
	:86:/OCMT/USD200,/EXCH/1,0868/NAME/Hudson Paper Co/REMI/Invoice 2026-312
	:61:2611201120CR53,00NTRFNONREF//Q703
	:86:/NAME/Nice Try Ltd/REMI/Invoice 2026-313 /CHGS/EUR37,/OCMT/EUR90,
	:62F:C261120EUR1328,22
	-
	C
exits 0 "the statement" "$mf" -q import "$tmp/s.sta"
is "$(state 2026-311)" paid "charges that the bank tells close the invoice"
kinds() { "$mf" --json invoice show "$1" | jq -rc '[.allocations[] | select(.reversed == null) | "\(.kind) \(.amount)"] | sort | join(", ")'; }
is "$(kinds 2026-311)" "fee 8.80, payment 91.20" "exactly, as a fee"
like "$("$mf" explain 2026-311)" '8.80 EUR of 2026-311 is closed as fee' "explained"
like "$("$mf" explain 2026-311)" 'amount less the charges that the bank tells' "with the reason"
is "$(state 2026-312)" open "another currency is not booked"
like "$("$mf" reconcile </dev/null)" '184.02 EUR .*2026-312' "but suggested"
like "$("$mf" status)" 'the bank was told 200.00 USD' "in words"
is "$("$mf" --json payment list | jq -rc 'select(.payer == "Hudson Paper Co") | [.unallocated, .instructed_amount, .instructed_currency, .exchange_rate]')" \
    '["184.02","200.00","USD","1.0868"]' "and kept with the payment"
is "$(state 2026-313)" open "what the payer writes about charges closes nothing"
is "$(kinds 2026-313)" "payment 53.00" "and is no fee"
at 2026-11-25T10:00:00Z; round
is "$(letters reminder | grep -c 2026-311)" 0 "no reminder of what was paid"
exits 0 "taken back" "$mf" -q reconcile --undo "$("$mf" --json payment list | jq -r 'select(.payer == "Lakeside Tools Inc") | .id')"
is "$(balance 2026-311)" 100.00 "the fee too"

# The same in a table of payments, and what cannot be.
at 2026-11-26T10:00:00Z
cat >"$tmp/p.csv" <<-C
	id,channel,date,amount,currency,payer,remittance,account,charges,instructed_amount,instructed_currency,exchange_rate
	P1,statement,2026-11-25,88.50,EUR,Nice Try Ltd,2026-314,DE12500105170648489890,1.50,,,
	C
exits 0 "a table" "$mf" -q import "$tmp/p.csv"
"$mf" -q reconcile </dev/null >/dev/null
is "$(kinds 2026-314)" "fee 1.50, payment 88.50" "tells charges as well"
sed 's/,1.50,/,-1.50,/; s/P1/P2/' "$tmp/p.csv" >"$tmp/bad.csv"
exits 65 "charges below zero" "$mf" -q import "$tmp/bad.csv"
like "$(cat "$tmp/err")" 'bad.csv:2: charges and instructed_amount are not below zero' "are refused, with the place"
exits 0 "the store is in order" "$mf" check
finish
