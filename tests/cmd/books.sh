# A home with three customers and four invoices, for the tests of commands.
# Needs lib.sh. $home is the home, books makes it.
home=$MAILFILTER_HOME
books() {
	"$mf" -q init --authserv-id mx.clerk.example --mailbox bank@clerk.example
	cp "$root/tests/fixture.conf" "$home/mailfilter.conf"
	chmod 600 "$home/mailfilter.conf"
	cat >"$tmp/customers.csv" <<-C
	id,name,contact,email,language,country,currency,terms_days,po_required,ibans
	C1,Veselá Pekárna s.r.o.,Jana Veselá,jana@pekarna.example,en,CZ,CZK,14,no,CZ6508000000192000145399
	C2,Talleres Ruiz SL,Marta Ruiz,marta@ruiz.example,es,ES,EUR,30,yes,
	C3,ООО Ромашка,Анна Ильина,anna@romashka.example,ru,CZ,CZK,,,
	C
	cat >"$tmp/invoices.csv" <<-C
	id,number,customer,date,due,currency,amount,reference
	I1,2026-101,C1,2026-10-20,2026-11-19,CZK,499.00,2026101
	I2,2026-102,C2,2026-10-20,2026-11-19,EUR,100.00,2026102
	I3,2026-103,C1,2026-11-10,2026-12-10,CZK,250.00,2026103
	I4,2026-104,C3,2026-10-20,2026-11-19,CZK,80.50,2026104
	C
	"$mf" -q import "$tmp/customers.csv" "$tmp/invoices.csv"
}
# what the store holds, for "nothing changed"
facts() { "$mf" export; }
# unchanged NAME: the facts are those of $tmp/before
remember() { facts >"$tmp/before"; }
unchanged() { facts | cmp -s - "$tmp/before"; ok $? "$1"; }
# json NAME: $tmp/out is JSON Lines and not empty
json() { [ -s "$tmp/out" ] && jq -e . <"$tmp/out" >/dev/null; ok $? "$1"; }
