# Stories of amounts: an account in euros in Germany, whose statements settle,
# customers in several countries, and payments that a statement tells of.
home=$tmp/home
MAILFILTER_HOME=$home
export MAILFILTER_HOME

at() { MAILFILTER_NOW=$1T10:00:00Z; export MAILFILTER_NOW; }

money_begins() {
	at 2026-11-02
	"$mf" -q init >/dev/null
	cat >"$home/mailfilter.conf" <<-C
	owner {
	        name = "Werkstatt Falke"
	        email = "rechnung@falke.example"
	        country = "DE"
	        currency = "EUR"
	}
	account "main" {
	        iban = "DE12500105170648489890"
	        currency = "EUR"
	        settles = "statement"
	}
	C
	chmod 600 "$home/mailfilter.conf"
	{
		echo 'id,name,email,language,country,currency,withholding_percent'
		cat
	} >"$tmp/customers.csv"
	"$mf" -q import "$tmp/customers.csv"
	ok $? "the story begins"
}
# invoices, a line each: ID,NUMBER,CUSTOMER,TYPE,DATE,DUE,CURRENCY,AMOUNT,TAX,DISCOUNT,UNTIL
invoices() {
	{
		echo 'id,number,customer,type,date,due,currency,amount,tax,discount_percent,discount_until'
		cat
	} >"$tmp/invoices.csv"
	"$mf" -q import "$tmp/invoices.csv" || ok 1 "the invoices are taken"
}
# pay ID DAY AMOUNT PAYER TEXT [CURRENCY]: a row of a statement, and what is
# decided about it: "auto 2026-001 payment 10.00, 2026-001 fee 1.00 [reasons]"
pay() {
	printf 'id,channel,date,amount,currency,payer,remittance,account\n%s,statement,%s,%s,%s,%s,%s,DE12500105170648489890\n' \
	    "$1" "$2" "$3" "${6:-EUR}" "$4" "$5" >"$tmp/payment.csv"
	"$mf" -q import "$tmp/payment.csv" || ok 1 "payment $1 is taken"
	"$mf" --json reconcile </dev/null | decision "$1"
}
decision() {
	jq -r --arg p "$1" 'select(.payment == $p) | "\(.decision)\(.allocations | map(" \(.number) \(.kind) \(.amount)") | join(",")) [\(.reasons | join(" "))]"'
}
balance() { "$mf" --json invoice show "$1" | jq -r .open; }
# What stands on an invoice: "fee 1.00, payment 10.00"
booked() { "$mf" --json invoice show "$1" | jq -r '[.allocations[] | select(.reversed == null) | "\(.kind) \(.amount)"] | sort | join(", ")'; }
account() { "$mf" --json payment show "$1" | jq -r .unallocated; }
waiting() { "$mf" status | tr -s ' \n' ' ' | grep -o 'Waiting for you ([0-9]*)' || echo nothing; }
story_ends() {
	exits 0 "the books are in order" "$mf" -q check
	finish
}
