#!/bin/sh
# Ways to pay, from the configuration to what a code holds, read back by
# readers of our own; and what the configuration refuses.
. "$(dirname "$0")/../lib.sh"
if /usr/bin/python3 -c 'import stdnum' 2>/dev/null; then
	/usr/bin/python3 "$root/tests/cmd/pay.py" "$mf" "$root" "$tmp" >"$tmp/said" 2>"$tmp/err"
	is $? 0 'the codes could be read'
	head -n 20 "$tmp/err"
	while read -r verdict rest; do
		[ "$verdict" = good ]
		ok $? "$rest"
	done <"$tmp/said"
	[ "$(wc -l <"$tmp/said")" -gt 55 ]
	ok $? "many were looked at ($(wc -l <"$tmp/said"))"
else skip 'the codes are read' 'python3-stdnum is not there'; fi

"$mf" -q init
conf=$MAILFILTER_HOME/mailfilter.conf
account() {	# account LINES: a configuration with them
	printf 'owner {\n\tname = "Lena Vogt"\n\temail = "l@o.example"\n}\naccount "main" {\n%s\n}\n' "$1" >"$conf"
	chmod 600 "$conf"
}
account '	iban = "DE89370400440532013000"
	payment-link = { "Card: https://pay.example/{nummer}" }'
exits 65 'an unknown name in a link' "$mf" check
like "$(tr -s '\n ' '  ' <"$tmp/out")" 'mailfilter.conf:7: payment-link: there is no \{nummer\}; known are number, amount' 'with its line and what is known'
account '	iban = "DE89370400440532013001"'
"$mf" check >"$tmp/out" 2>&1
like "$(cat "$tmp/out")" 'account main: .*is no IBAN' 'check names an account that cannot be paid to'
account '	iban = "CH9300762011623852957"
	currency = CHF'
"$mf" check >"$tmp/out" 2>&1
like "$(cat "$tmp/out")" 'account main: Swiss invoices need the address' 'check wants the address for a Swiss bill'

# Numbers that are the same without their marks.
account '	iban = "DE89370400440532013000"'
sed -i 's/^owner {/owner {\n\tcountry = DE/' "$conf"
printf 'id,name,email,country\nC1,Baumann Holz GmbH,c1@x.example,DE\n' >"$tmp/c.csv"
"$mf" -q import "$tmp/c.csv"
for number in 2026-1/2 20261-2 2026-12; do
	"$mf" --json invoice new --customer C1 --number $number --line 'Work;10.00'
done >"$tmp/out" 2>"$tmp/err"
is "$(jq -r .reference <"$tmp/out" | cut -c5- | tr '\n' ' ')" '00202612 00202612X1 00202612X2 ' 'each has another reference'
finish
