# Money that waits for a person's word, for the tests of the dialogue. All
# invented. Sourced after lib.sh, in a scratch folder.

# waiting [ROW...]: a new home: P1 P4 P5 P6 are suggested, P2 fits nothing, P3
# is booked by itself, and these payments more
waiting() {
	rm -rf "$MAILFILTER_HOME"
	"$mf" -q init >/dev/null || return
	cat >customers.csv <<-C
	id,name,email,language,ibans
	C1,Acme Tools GmbH,anna@acme.example,en,DE89370400440532013000
	C2,Beta Bakery Ltd,bob@beta.example,en,
	C3,Carla Ruiz,carla@ruiz.example,es,
	C4,Delta Ltd,dan@delta.example,en,GB29NWBK60161331926819
	C5,ООО Ромашка,anna@romashka.example,ru,
	C6,株式会社山田製作所,hanako@yamada.example,en,
	C
	cat >invoices.csv <<-I
	id,number,customer,type,date,due,currency,amount,reference
	I3,2026-0003,C2,invoice,2026-10-20,2026-11-19,EUR,200.00,
	I4,2026-0004,C3,invoice,2026-10-20,2026-11-19,EUR,300.00,
	I5,2026-0005,C4,invoice,2026-10-20,2026-11-19,EUR,60.00,
	I6,2026-0006,C4,credit-note,2026-10-20,2026-11-19,EUR,10.00,
	I7,1814,C2,invoice,2026-10-20,2026-11-19,EUR,70.00,
	I8,2026-0008,C5,invoice,2026-10-20,2026-11-19,EUR,810.00,
	I9,2026-0009,C6,invoice,2026-10-20,2026-11-19,EUR,920.00,
	I11,2026-0011,C6,invoice,2026-10-21,2026-11-20,EUR,920.00,
	I10,2026-0010,C3,invoice,2026-10-25,2026-11-25,EUR,120.00,
	I
	{
		cat <<-P
		id,channel,date,amount,currency,payer,payer_account,remittance,reference,bank_reference
		P1,statement,2026-11-20,300.00,EUR,Carla Ruiz,,thanks,,
		P2,statement,2026-11-20,77.00,EUR,Nobody,,rent for November and some more words than fit on half a screen,,
		P3,statement,2026-11-20,810.00,EUR,ООО Ромашка,,2026-0008 спасибо,,
		P4,statement,2026-11-20,920.00,EUR,株式会社山田製作所,,請求書のお支払い,,
		P5,statement,2026-11-20,420.00,EUR,Carla Ruiz,,both of them,,
		P6,statement,2026-11-20,250.00,EUR,Somebody,,invoice 2026-0003,,
		P
		[ $# = 0 ] || printf '%s\n' "$@"
	} >payments.csv
	"$mf" -q import customers.csv invoices.csv payments.csv >/dev/null 2>&1
}
# hostile KEY: its payer and text try to act on the terminal. No import takes
# that; who has the store at hand can write it.
hostile() {
	sqlite3 "$MAILFILTER_HOME/store.db" "UPDATE payment SET payer = 'Carla'
	    || char(27, 93, 50, 59) || 'owned' || char(7, 27, 91, 50, 74, 155)
	    || 'Ruiz' || char(0x202e, 0x200b, 13), remittance = 'x' ||
	    char(8, 127, 0x2028, 9, 10) || 'y' || char(27, 91, 51, 49, 109)
	    WHERE key = '$1'"
}
# answer LINE...: what the dialogue says to these answers
answer() { [ $# = 0 ] || printf '%s\n' "$@" | "$mf" reconcile --ask; }
open_of() {
	"$mf" invoice list --json | jq -r "select(.id == \"$1\") | .open"
}
left_of() { "$mf" --json payment show "$1" | jq -r .unallocated; }
suggested() {
	sqlite3 "$MAILFILTER_HOME/store.db" "SELECT i.number FROM suggestion s
	    JOIN payment p ON p.id = s.payment JOIN invoice i ON i.id = s.invoice
	    WHERE p.key = '$1' AND s.rejected = 0 ORDER BY s.id"
}
questions() {
	sqlite3 "$MAILFILTER_HOME/store.db" "SELECT count(*) FROM question q
	    JOIN payment p ON p.id = q.payment WHERE p.key = '$1'
	    AND q.answered = 0"
}
