#!/bin/sh
# A bank books several payments in one sum and tells them one by one in a
# camt.054: whichever comes first, the money counts once.
. "$(dirname "$0")/../lib.sh"
home=$tmp/home
samples=$root/tests/statements/camt
story() {	# story NAME FIRST SECOND
	rm -rf "$home"
	"$mf" -q init --authserv-id mx.studio.example || exit 1
	cat >>"$home/mailfilter.conf" <<-'EOF'
	account "main" {
		iban = "CH9300762011623852957"
		currency = "CHF"
		settles = "notice"
	}
	EOF
	chmod 600 "$home/mailfilter.conf"
	printf 'id,name,email,language,country\nC1,Hotel Tanne,a@tanne.example,en,CH\n' >"$tmp/customers.csv"
	printf '%s\n' "number,customer,date,due,currency,amount" \
	    "2026-201,C1,2026-11-01,2026-11-15,CHF,300.00" >"$tmp/invoices.csv"
	"$mf" -q import "$tmp/customers.csv" "$tmp/invoices.csv" || exit 1
	exits 0 "$1" "$mf" -q import "$samples/$2" "$samples/$3"
	is "$("$mf" payment list --json | jq -r 'select(.state == "booked") | .amount' | sort | tr '\n' ' ')" \
	    "120.00 180.00 " "  two payments are booked, and no third"
	is "$("$mf" invoice list --json | jq -r .open)" "300.00" "  the sum pays no invoice of the same amount"
	like "$("$mf" payment list --json)" '"300.00"' "  it is kept for the owner to see"
}
story "parts, then the sum" notification-054.xml batch-sum.xml
story "the sum, then its parts" batch-sum.xml notification-054.xml
finish
