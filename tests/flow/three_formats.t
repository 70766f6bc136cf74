#!/bin/sh
# One account's days as two overlapping CSV exports, as camt.053 and as MT940,
# whose ids are others: each entry is one payment, and twins stay two.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-22T10:00:00Z
cat >>"$home/mailfilter.conf" <<-C
	account "eur" {
	        iban = "DE12500105170648489890"
	        currency = "EUR"
	        settles = "statement"
	}
	C
cat >"$tmp/eur.csv" <<-C
	id,number,customer,date,due,currency,amount
	E1,2026-501,C1,2026-10-20,2026-11-19,EUR,100.00
	E2,2026-502,C1,2026-10-20,2026-11-19,EUR,100.00
	E3,2026-503,C1,2026-10-20,2026-11-19,EUR,100.00
	C
"$mf" -q import "$tmp/eur.csv"

# each DAY AMOUNT TEXT PAYER ID: one entry, as $form writes it
entries() {
	$form 21 100.00 "RE 2026-503" Vesela 5
	$form 20 50.00 "rent" Max 4
	$form 20 50.00 "rent" Max 3
	$form 19 100.00 "RE 2026-501" Vesela 2
	$form 18 100.00 "RE 2026-502" Vesela 1
}
csv() {
	echo "\"DE12500105170648489890\";\"$1.11.26\";\"$1.11.26\";\"GUTSCHR. UEBERWEISUNG\";\"$3\";\"$4\";\"DE89370400440532013000\";\"${2%.*},${2#*.}\";\"EUR\";\"Umsatz gebucht\""
}
mt940() {
	echo ":61:2611${1}11${1}CR${2%.*},${2#*.}N051NONREF//Q$5"
	echo ":86:166?00GUTSCHRIFT?20SVWZ+$3?31DE89370400440532013000?32$4"
}
camt() {
	echo "<Ntry><Amt Ccy=\"EUR\">$2</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-$1</Dt></BookgDt><AcctSvcrRef>R$5</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>$4</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>$3</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
}
balance() {
	echo "<Bal><Tp><CdOrPrtry><Cd>$1</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">$2</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-$3</Dt></Dt></Bal>"
}
head='"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"Betrag";"Waehrung";"Info"'
{ echo "$head"; form=csv; entries | tail -n 4; } >"$tmp/first.csv"
{ echo "$head"; form=csv; entries | head -n 4; } >"$tmp/second.csv"
{
	echo '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>S-9</Id><Acct><Id><IBAN>DE12500105170648489890</IBAN></Id><Ccy>EUR</Ccy></Acct>'
	balance OPBD 0.00 18; balance CLBD 400.00 21
	form=camt; entries
	echo '</Stmt></BkToCstmrStmt></Document>'
} >"$tmp/s.xml"
{
	printf ':20:STARTUMSE\n:25:50010517/0648489890\n:28C:00001/001\n:60F:C261118EUR0,00\n'
	form=mt940; entries
	printf ':62F:C261121EUR400,00\n-\n'
} >"$tmp/s.sta"

ledger() { "$mf" --json payment list | jq -r 'select(.currency == "EUR") | "\(.date) \(.amount) \(.trust) \(.unallocated)"' | sort; }
wanted='2026-11-18 100.00 S 0.00
2026-11-19 100.00 S 0.00
2026-11-20 50.00 S 50.00
2026-11-20 50.00 S 50.00
2026-11-21 100.00 S 0.00'
for order in "first.csv second.csv s.xml s.sta" "s.sta s.xml second.csv first.csv"; do
	cp "$home/store.db" "$tmp/before.db"
	for file in $order; do
		exits 0 "$file" "$mf" -q import "$tmp/$file"
	done
	is "$(ledger)" "$wanted" "each entry once ($order)"
	exits 0 "  and the store is in order" "$mf" check
	cp "$tmp/before.db" "$home/store.db"
done
finish
