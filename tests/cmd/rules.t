#!/bin/sh
# rules of the owner: what they do and what they may not, -n, explain, check,
# the report of what is set aside; and what is learned, shown and forgotten.
. "$(dirname "$0")/../lib.sh"
command -v jq >/dev/null || { skip "rules" "jq is not installed"; finish; }
cd "$tmp" || exit 1
MAILFILTER_NOW=2026-11-22T09:00:00Z; export MAILFILTER_NOW
conf=$MAILFILTER_HOME/mailfilter.conf
customers='id,name,email,language,ibans
C1,Acme Tools GmbH,anna@acme.example,en,DE89370400440532013000
C2,Beta Bakery Ltd,bob@beta.example,en,
C3,Carla Ruiz,carla@ruiz.example,es,'
invoices='id,number,customer,type,date,due,currency,amount,reference
I1,2026-0001,C1,invoice,2026-10-20,2026-11-19,EUR,499.00,
I2,2026-0002,C1,invoice,2026-10-20,2026-11-20,EUR,100.00,
I3,2026-0003,C2,invoice,2026-10-20,2026-11-19,EUR,200.00,
I4,2026-0004,C3,invoice,2026-10-20,2026-11-19,EUR,3000.00,
I5,2026-0005,C1,invoice,2026-10-20,2026-11-19,EUR,60.00,'
head='id,channel,date,amount,currency,payer,payer_account,remittance,reference,bank_reference'
start() {
	rm -rf "$MAILFILTER_HOME" payments.csv
	"$mf" -q init >/dev/null || return
	chmod 600 "$conf"; cat >>"$conf"
	printf '%s\n' "$customers" >customers.csv
	printf '%s\n' "$invoices" >invoices.csv
	printf '%s\n' "$head" "$@" >payments.csv
	"$mf" -q import customers.csv invoices.csv payments.csv >/dev/null 2>&1
}
decisions() {
	"$mf" reconcile --json "$@" | jq -r '[.payment, .decision,
	    (.allocations[] | .invoice + "=" + .amount),
	    (.reasons[] | select(startswith("rule:")))] | join(" ")'
}

start 'P1,statement,2026-11-20,550.00,EUR,ACME TOOLS,,on account,,' \
    'P2,statement,2026-11-20,200.00,EUR,Jan Jansen,NL91ABNA0417164300,thanks,,' \
    'P3,statement,2026-11-20,850.00,EUR,Somebody,,Miete November,,' \
    'P4,statement,2026-11-20,3000.00,EUR,Carla Ruiz,,2026-0004,,' \
    'P5,statement,2026-11-20,-60.00,EUR,ACME TOOLS,,went back,,' <<'C'
rule "acme pays oldest first" { payer = "acme*" do = oldest-first }
rule "private" { text = "*miete*" do = ignore }
rule "shared" { payer-account = "NL91 ABNA 0417 1643 00" do = "customer C2" }
rule "big" { amount = "1000-" do = ask }
C
wanted='P1 auto I1=499.00 I5=51.00 rule:acme pays oldest first
P2 auto I3=200.00 rule:shared
P3 none rule:private
P4 suggest I4=3000.00 rule:big
P5 none'
is "$(decisions -n)" "$wanted" "-n shows what the rules would do"
is "$("$mf" --json report set-aside)" "" "and does nothing"
out=$("$mf" reconcile -n)
like "$out" '^P3 .* set aside .*your rule “private”' "a person is not asked whose it is"
like "$out" '^2 that need no answer' "and told so in the end"
is "$(decisions)" "$wanted" "the rules are followed"
like "$("$mf" explain 2026-0001)" 'your rule “acme pays oldest first”' "explain names the rule"
is "$("$mf" --json report set-aside | jq -r '.payment + " " + .why')" \
    'P3 850.00 EUR from Somebody is left aside, as your rule “private” says' \
    "what is ignored is listed"
is "$("$mf" --json customer show C2 | jq -c .learned.accounts)" '[]' \
    "a rule teaches nothing"
is "$(decisions)" 'P4 suggest I4=3000.00 rule:big
P5 none' "nobody is asked about what is ignored"
exits 0 "the books are in order" "$mf" -q check

# ---- what a rule may not do
start 'P1,notice,2026-11-20,499.00,EUR,ACME TOOLS,,2026-0003,,' \
    'P2,statement,2026-11-20,1000.00,EUR,ACME TOOLS,DE89370400440532013000,all of it,,' \
    'P3,statement,2026-11-20,60.00,USD,ACME TOOLS,DE89370400440532013000,dollars,,' <<'C'
rule "acme" { payer = "ACME*" do = oldest-first }
C
is "$(decisions | sed -n 1p)" 'P1 suggest I1=499.00 rule:acme' \
    "not against another customer's number in the text"
is "$(decisions | sed -n 2p)" 'P2 none' "what is over stays on account"
is "$("$mf" invoice list --json | jq -r 'select(.customer == "C1").open' | sort -u)" 0.00 \
    "all that is open of this customer is settled"
is "$("$mf" invoice list --json | jq -r 'select(.number == "2026-0003").open')" 200.00 \
    "and nothing of another one"

# ---- check
start <<'C'
rule "one" { payer = "acme*"
	do = oldest-first }
rule "two" { payer = "Acme Tools" do = ask }
rule "three" { payer = "x" do = "customer C9" }
C
line=$(grep -n '^rule "two"' "$conf" | cut -d: -f1)
exits 65 "check" "$mf" check
flat=$(tr '\n' ' ' <"$tmp/out" | tr -s ' ')
like "$flat" "mailfilter.conf:$line: rule \"two\" never applies: rule \"one\" of line $((line - 2)) takes all" \
    "says which rule never applies"
like "$flat" "mailfilter.conf:$((line + 1)): rule \"three\": there is no customer 'C9'" \
    "and which customer is not there"
printf 'rule "four" {\n\tpayer = "x"\n\tdo = settle\n}\n' >>"$conf"
exits 78 "a word that is none" "$mf" reconcile
like "$(cat "$tmp/err")" "mailfilter.conf:$((line + 4)): do: \"settle\" is not one of" "is told with its line"

# ---- learned, shown, unlearned, forgotten
start 'P1,statement,2026-11-20,200.00,EUR,Holding One,NL91ABNA0417164300,invoice 2026-0003,,' \
    'P2,statement,2026-11-21,60.00,EUR,Acme,,?,,' </dev/null
learned() { "$mf" --json customer show C2 | jq -c ".learned.$1"; }
"$mf" -q reconcile >/dev/null
"$mf" -q reconcile --accept P1 >/dev/null 2>&1
is "$(learned 'accounts[0] | [.account, .source, .payments, .from[0]]')" \
    '["NL91ABNA0417164300","learned",1,"P1"]' "an account, and the payment that taught it"
is "$(learned 'names[0].name')" '"HOLDING ONE"' "the name of who pays for the customer"
is "$(learned 'habits.days.mean | floor')" 31 "the days from invoice to payment"
like "$("$mf" customer show C2)" 'NL91ABNA0417164300, from P1' "in words"
"$mf" -q reconcile --undo P1 >/dev/null
is "$(learned 'accounts + .learned.names')" '[]' "undone is unlearned"
printf 'invoice,customer,invoiced,paid,amount,currency,payer,payer_account\nX1,C2,2025-01-01,2025-01-31,5.00,EUR,Uncle Bob,GB29NWBK60161331926819\n' >history.csv
"$mf" -q import --type history history.csv
is "$(learned 'accounts[0].from[0]')" '"earlier payment of 2025-01-31"' "the history teaches"
exits 0 "forget -n" "$mf" customer forget -n C2 'GB29 NWBK 6016 1331 9268 19'
is "$(learned 'accounts | length')" 1 "changes nothing"
exits 0 "forget an account" "$mf" customer forget C2 'GB29 NWBK 6016 1331 9268 19'
is "$(learned 'accounts | length')" 0 "it is gone"
exits 0 "forget a name" "$mf" customer forget C2 'Uncle Bob'
is "$(learned 'names | length')" 0 "that too"
exits 0 "forget habits" "$mf" customer forget C2 habits
is "$(learned 'habits.payments')" 0 "those too"
exits 65 "what is not known" "$mf" customer forget C2 'Nobody'
exits 0 "the books are in order" "$mf" -q check
finish
