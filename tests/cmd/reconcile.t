#!/bin/sh
# reconcile: what it prints, books, asks, takes back, and refuses.
. "$(dirname "$0")/../lib.sh"
command -v jq >/dev/null || { skip "reconcile" "jq is not installed"; finish; }
cd "$tmp" || exit 1

customers='id,name,email,language,ibans
C1,Acme Tools GmbH,anna@acme.example,en,DE89370400440532013000
C2,Beta Bakery Ltd,bob@beta.example,en,
C3,Carla Ruiz,carla@ruiz.example,es,
C4,Delta Ltd,dan@delta.example,en,GB29NWBK60161331926819'
invoices='id,number,customer,type,date,due,currency,amount,reference
I1,2026-0001,C1,invoice,2026-10-20,2026-11-19,EUR,499.00,RF18539007547034
I2,2026-0002,C1,invoice,2026-10-20,2026-11-19,EUR,100.00,
I3,2026-0003,C2,invoice,2026-10-20,2026-11-19,EUR,200.00,
I4,2026-0004,C3,invoice,2026-10-20,2026-11-19,EUR,300.00,
I5,2026-0005,C4,invoice,2026-10-20,2026-11-19,EUR,60.00,
I6,2026-0006,C4,credit-note,2026-10-20,2026-11-19,EUR,10.00,
I7,1814,C2,invoice,2026-10-20,2026-11-19,EUR,70.00,'
head='id,channel,date,amount,currency,payer,payer_account,remittance,reference,bank_reference'

# start ROW...: a new home with these payments
start() {
	rm -rf "$MAILFILTER_HOME" payments.csv
	"$mf" -q init >/dev/null || return
	printf '%s\n' "$customers" >customers.csv
	printf '%s\n' "$invoices" >invoices.csv
	printf '%s\n' "$head" "$@" >payments.csv
	"$mf" -q import customers.csv invoices.csv payments.csv >/dev/null 2>&1
}
# decisions: "P1 auto I1=499.00" for each line
decisions() {
	"$mf" reconcile --json "$@" | jq -r '[.payment, .decision,
	    (.allocations[] | .invoice + "=" + .amount)] | join(" ")'
}
open_of() {
	"$mf" invoice list --json | jq -r "select(.id == \"$1\") | .open"
}

# ---- what is booked
start 'P1,statement,2026-11-20,499.00,EUR,ACME TOOLS,,Invoice 2026-0001,,' \
    'P2,statement,2026-11-20,100.00,EUR,ACME TOOLS,DE89370400440532013000,thanks,,' \
    'P3,statement,2026-11-20,300.00,EUR,Carla Ruiz,,thanks,,' \
    'P4,statement,2026-11-20,77.00,EUR,Nobody,,rent,,'
wanted='P1 auto I1=499.00
P2 auto I2=100.00
P3 suggest I4=300.00
P4 none'
is "$(decisions -n)" "$wanted" "-n shows the decisions"
is "$(open_of I1)" 499.00 "-n changes nothing"
is "$(decisions)" "$wanted" "one line a payment, in order of arrival"
is "$(open_of I1)" 0.00 "the named invoice is paid"
is "$(open_of I4)" 300.00 "a suggestion books nothing"
is "$(decisions)" 'P3 suggest I4=300.00
P4 none' "a second run sees what is left, and says the same"
is "$("$mf" hold list --json | jq -r .invoice | sort -u)" 2026-0004 \
    "a suggestion holds the reminder"
is "$("$mf" hold list --json | grep -c .)" 1 \
    "asking again does not hold again"

# ---- the owner's word
exits 0 "accept" "$mf" reconcile --accept P3
is "$(open_of I4)" 0.00 "accepted money is booked"
is "$("$mf" hold list --json | grep -c .)" 0 "and its hold is released"
exits 0 "undo" "$mf" reconcile --undo P1
is "$(open_of I1)" 499.00 "undo opens the invoice again"
like "$(decisions | grep P1)" '^P1 (suggest|none)' \
    "what was undone is not booked again by itself"
exits 65 "undo of what is on no invoice" "$mf" reconcile --undo P1
like "$(cat err)" "on no invoice" "says so"
exits 65 "accept where nothing is suggested" "$mf" reconcile --accept P4
exits 66 "no such payment" "$mf" reconcile --accept nothing
like "$(cat err)" "no payment 'nothing'" "names it"
exits 64 "accept without a payment" "$mf" reconcile --accept
exits 64 "two words at once" "$mf" reconcile --accept --undo P1

start 'P3,statement,2026-11-20,300.00,EUR,Carla Ruiz,,thanks,,'
decisions >/dev/null
exits 66 "all or nothing: one bad id" "$mf" reconcile --accept P3 nothing
is "$(open_of I4)" 300.00 "nothing was accepted"
exits 0 "reject" "$mf" reconcile --reject P3
is "$(decisions)" "P3 none" "what was rejected is not suggested again"
is "$("$mf" hold list --json | grep -c .)" 0 "rejecting releases the hold"

# ---- learning: an account that the owner confirmed is known from then on
start 'P1,statement,2026-11-20,300.00,EUR,Carla Ruiz,ES9121000418450200051332,thanks,,'
is "$(decisions)" "P1 suggest I4=300.00" "a person by name only is asked about"
exits 0 "the owner accepts" "$mf" reconcile --accept P1
printf '%s\n' 'id,number,customer,type,date,due,currency,amount' \
    'I9,2026-0009,C3,invoice,2026-11-01,2026-11-30,EUR,80.00' >more.csv
printf '%s\n' "$head" \
    'P2,statement,2026-11-21,80.00,EUR,Carla Ruiz,ES9121000418450200051332,hello,,' >next.csv
"$mf" -q import more.csv
is "$(decisions next.csv 2>/dev/null)" "P2 auto I9=80.00" \
    "the next payment from this account is booked"

# ---- amounts
start 'P1,statement,2026-11-20,0.01,EUR,ACME TOOLS,DE89370400440532013000,2026-0001,,'
is "$(decisions)" "P1 auto I1=0.01" "a cent settles a cent"
is "$(open_of I1)" 498.99 "the rest stays open"
is "$("$mf" hold list --json | grep -c .)" 0 "and the reminder on"
start 'P1,statement,2026-11-20,0.01,EUR,Somebody,,2026-0001,,'
is "$(decisions)" "P1 suggest I1=0.01" "a stranger's cent is asked about"
is "$("$mf" hold list --json | grep -c .)" 0 "and holds nothing"
start 'P1,statement,2026-11-20,599.00,EUR,ACME TOOLS,,2026-0001 and 2026-0002,,'
is "$(decisions)" "P1 auto I1=499.00 I2=100.00" "two invoices in one payment"
start 'P1,statement,2026-11-20,50.00,EUR,DELTA LTD,GB29NWBK60161331926819,2026-0005 less 2026-0006,,'
is "$(decisions)" "P1 auto I5=10.00 I6=-10.00 I5=50.00" "less a credit note"
is "$(open_of I5) $(open_of I6)" "0.00 0.00" "both are closed"
exits 0 "undo of a netted payment" "$mf" reconcile --undo P1
is "$(open_of I5) $(open_of I6)" "60.00 10.00" "opens both again"

# ---- references
start 'P1,statement,2026-11-20,499.00,EUR,X,,,RF18539007547034,' \
    'P2,statement,2026-11-20,70.00,EUR,BETA BAKERY LTD,,invoice 18140,,' \
    'P3,statement,2026-11-20,70.00,EUR,Y,,invoice 814,,'
is "$(decisions)" 'P1 auto I1=499.00
P2 auto I7=70.00
P3 none' "structured reference; no number is found inside another"

# ---- twice
start 'P1,statement,2026-11-18,499.00,EUR,ACME TOOLS,DE89370400440532013000,2026-0001,,B1' \
    'P2,statement,2026-11-20,499.00,EUR,ACME TOOLS,DE89370400440532013000,2026-0001,,B2'
is "$(decisions)" 'P1 auto I1=499.00
P2 none' "paid twice: the second stays on account"
like "$("$mf" reconcile --json | jq -c .reasons)" paid-twice "and says why"
# one bank reference, two amounts: nothing settles from the second
start 'P1,notice,2026-11-20,5.00,EUR,ACME TOOLS,DE89370400440532013000,2026-0001,,B9'
printf '%s\n' "$head" \
    'P2,notice,2026-11-20,500.00,EUR,ACME TOOLS,DE89370400440532013000,2026-0001,,B9' >second.csv
exits 65 "a conflict is refused" "$mf" import second.csv
decisions >/dev/null
is "$(open_of I1)" 494.00 "and the invoice is open but for the first"

# ---- a return reverses what it undoes
start 'P1,statement,2026-11-18,499.00,EUR,ACME TOOLS,DE89370400440532013000,2026-0001,,B1'
decisions >/dev/null
printf '%s\n' "$head" \
    'R1,statement,2026-11-20,-499.00,EUR,ACME TOOLS,DE89370400440532013000,return 2026-0001,,B2' >back.csv
is "$(decisions back.csv 2>/dev/null)" "R1 none" "a file is imported first"
is "$(open_of I1)" 499.00 "money that went back opens the invoice"
is "$(decisions)" "" "and neither is matched again"

# ---- readable
start 'P1,statement,2026-11-20,499.00,EUR,ACME TOOLS,,Invoice 2026-0001,,'
out=$("$mf" reconcile)
like "$out" '^P1 +2026-11-20 .*book +2026-0001' "a line for a person"
like "$out" '^1 booked, 0 to be confirmed, 0 left on account$' "and the sums"
is "$("$mf" reconcile)" "No money waits for an invoice." "nothing to do"
if "$mf" help | grep -q '^  explain'; then
	story=$("$mf" explain 2026-0001 --json)
	like "$story" '"class": ?"S"' "the journal has the class"
	like "$story" 'reference:exact' "and the rules"
else
	skip "explain" "this program has no explain yet"
fi
rm -rf "$MAILFILTER_HOME"
exits 78 "no home" "$mf" reconcile
finish
