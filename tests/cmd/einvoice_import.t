#!/bin/sh
# Electronic invoices that another program has sent for us: read in both
# syntaxes and out of PDFs and archives, taken once, with the right customer;
# what is not ours, does not add up or is hostile is refused with a sentence.
. "$(dirname "$0")/../lib.sh"
extract=$root/libexec/mailfilter-extract render=$root/libexec/mailfilter-render
"$mf" -q init
cat >"$tmp/home/mailfilter.conf" <<'C'
owner {
	email = "owner@example.com"
	company = "Musterwerk GmbH"
	tax-id = "DE136695976"
}
account "main" {
	iban = "DE02120300000000202051"
}
C
cat >"$tmp/base.json" <<'J'
{"type":"invoice","number":"R-2026-17","date":"2026-11-02","due":"2026-12-02","currency":"EUR","buyer_reference":"04011000-12345-34","po":"PO-4711",
"seller":{"name":"Musterwerk GmbH","tax_id":"DE136695976","address":{"street":"Werkstr. 1","city":"Berlin","postcode":"10115","country":"DE"},"contact":{"name":"Pat Muster","phone":"+49 30 1234567","email":"pat@musterwerk.example"}},
"buyer":{"name":"Atelier Exemple SARL","tax_id":"FR83404833048","ids":[{"id":"K-77"}],"address":{"street":"1 rue de l'Exemple","city":"Paris","postcode":"75011","country":"FR"},"contact":{"name":"Zoé Exemple","email":"zoe@atelier.example"},"endpoint":"FR83404833048","endpoint_scheme":"9957"},
"payment":{"means":"58","reference":"RF18539007547034","accounts":[{"iban":"DE02120300000000202051","bic":"BYLADEM1001"}]},"terms":"Payable by 2 December 2026.",
"lines":[{"id":"1","text":"Consulting","quantity":"8","unit":"HUR","price":"125","category":"S","rate":"19","net":"1000.00"},{"id":"2","text":"Travel","quantity":"1","unit":"C62","price":"80.50","category":"S","rate":"19","net":"80.50","allowances":[{"amount":"0.50","reason":"Round"}]}],
"taxes":[{"category":"S","rate":"19","base":"1080.00","amount":"205.20"}],"totals":{"lines":"1080.00","net":"1080.00","tax":"205.20","gross":"1285.20","due":"1285.20"}}
J
sed -i 's/"price":"80.50","category":"S","rate":"19","net":"80.50"/"price":"80.50","category":"S","rate":"19","net":"80.00"/' "$tmp/base.json"
# doc JQ PROFILE FILE: the sample, changed, as XML
doc() {
	jq -c "{form: \"xml:$2\", document: (. | $1)}" "$tmp/base.json" | "$render" >"$tmp/$3"
}
# pdf XML FILE [NAME]: a PDF with it inside
pdf() {
	python3 - "$tmp/$1" "${3:-factur-x.xml}" >"$tmp/$2" <<'P'
import sys, zlib
data = zlib.compress(open(sys.argv[1], 'rb').read())
sys.stdout.buffer.write(
    b'%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Names << /EmbeddedFiles << /Names [(' + sys.argv[2].encode() +
    b') 5 0 R] >> >> >>\nendobj\n6 0 obj\n<< /Type /EmbeddedFile /Subtype /text#2Fxml /Filter /FlateDecode /Length '
    + str(len(data)).encode() + b' >>\nstream\r\n' + data + b'\nendstream\nendobj\n'
    b'5 0 obj\n<< /Type /Filespec /EF << /F 6 0 R >> >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n')
P
}
field() { "$mf" --json invoice show "$1" | jq -r "$2"; }
customers() { "$mf" --json customer list | jq -s length; }

# ---- taken, once --------------------------------------------------------------
doc . xrechnung ours.xml
exits 0 "a dry run" "$mf" import -n "$tmp/ours.xml"
like "$(cat "$tmp/out")" '1 new, 1 new customer \(nothing changed\)' "says what would happen"
like "$(cat "$tmp/out")" 'R-2026-17 to Atelier Exemple SARL: 1285.20 EUR, due 2026-12-02 \(a new customer\)' "to whom"
is "$(customers)" 0 "and changes nothing"
exits 0 "taken" "$mf" import "$tmp/ours.xml"
is "$(field R-2026-17 '[.amount, .open, .currency, .date, .due, .reference, .po, .state] | join(" ")')" \
    "1285.20 1285.20 EUR 2026-11-02 2026-12-02 RF18539007547034 PO-4711 open" "with what it says"
is "$(field R-2026-17 .account)" main "to be paid to our account"
is "$("$mf" --json customer list | jq -r '[.id, .name, .contact, .email, .country, .tax_id] | join("|")')" \
    "K-77|Atelier Exemple SARL|Zoé Exemple|zoe@atelier.example|FR|FR83404833048" "its buyer is a customer now"
"$mf" send -n >"$tmp/out" 2>&1
unlike "$(cat "$tmp/out")" 'R-2026-17' "it counts as sent"
exits 0 "again" "$mf" import "$tmp/ours.xml"
like "$(cat "$tmp/out")" '0 new, 1 known already' "is known"
doc . factur-x ours-cii.xml
exits 0 "the same in the other syntax" "$mf" --json import "$tmp/ours-cii.xml"
is "$(jq -r '[.type, .new, .known, .customers, .invoices[0].number] | join(" ")' "$tmp/out")" \
    "invoices 0 1 0 R-2026-17" "is known, too, and says so as JSON"
like "$("$mf" explain R-2026-17)" 'Imported from ours.xml' "the journal tells where it came from"
"$mf" payment add --date 2026-11-20 --amount 1285.20 --currency EUR --payer "Somebody" --remittance "RF18539007547034" >/dev/null 2>&1 ||
    printf 'id,date,amount,currency,payer,remittance\np1,2026-11-20,1285.20,EUR,Somebody,RF18539007547034\n' >"$tmp/p.csv"
[ -f "$tmp/p.csv" ] && "$mf" -q import "$tmp/p.csv"
"$mf" -q reconcile >/dev/null 2>&1
is "$(field R-2026-17 .open)" 0.00 "money with its reference settles it"

# ---- out of a PDF, an archive ---------------------------------------------------
n=20
for name in factur-x.xml zugferd-invoice.xml xrechnung.xml; do
	doc ".number=\"R-2026-$n\"" factur-x in.xml; pdf in.xml "$n.pdf" "$name"
	exits 0 "a PDF with $name" "$mf" import "$tmp/$n.pdf"
	is "$(field "R-2026-$n" .open)" 1285.20 "is read"
	n=$((n + 1))
done
doc '.number="R-2026-30"' ubl z1.xml; doc '.number="R-2026-31"' cii z2.xml; printf 'hello\n' >"$tmp/z.txt"
(cd "$tmp" && python3 -c 'import zipfile, sys; z = zipfile.ZipFile("all.zip", "w", zipfile.ZIP_DEFLATED); [z.write(n) for n in sys.argv[1:]]' z1.xml z.txt z2.xml 20.pdf)
exits 0 "an archive" "$mf" import "$tmp/all.zip"
like "$(cat "$tmp/out")" '3 e-invoices, 2 new, 1 known already' "with several, and other files"
is "$(customers)" 1 "all for the same customer"

doc '.number="R-2026-40"' cii m1.xml; doc '.number="R-2026-41"' factur-x m2.xml; pdf m2.xml m2.pdf
python3 - "$tmp" <<'P'
import email.message, mailbox, sys
tmp = sys.argv[1]
box = mailbox.mbox(tmp + '/sent.mbox')
for n, (name, kind) in enumerate((('m1.xml', ('application', 'xml')), ('m2.pdf', ('application', 'pdf')))):
    mail = email.message.EmailMessage()
    mail['From'] = 'pat@musterwerk.example'; mail['To'] = 'zoe@atelier.example'; mail['Subject'] = 'Invoice'
    mail['Date'] = 'Mon, 02 Nov 2026 09:00:00 +0000'; mail['Message-ID'] = '<sent-%d@musterwerk.example>' % n
    mail.set_content('Please find our invoice attached.')
    mail.add_attachment(open(tmp + '/' + name, 'rb').read(), maintype=kind[0], subtype=kind[1], filename=name)
    box.add(mail)
box.close()
P
exits 0 "sent mails without more" "$mf" import "$tmp/sent.mbox"
is "$("$mf" --json invoice list | jq -r .number | grep -c 'R-2026-4')" 0 "bring no invoice: who wrote them is not proved"
exits 0 "sent mails, said to be invoices" "$mf" import --type invoices "$tmp/sent.mbox"
like "$(cat "$tmp/out")" '2 e-invoices, 2 new' "are read"
is "$(field R-2026-41 '[.open, .message_id] | join(" ")')" "1285.20 <sent-1@musterwerk.example>" "with the mail they went out with"

# ---- who ---------------------------------------------------------------------------
doc '.number="W-1"|.seller.name="Other Ltd"|.seller.tax_id="ATU13585627"' ubl w.xml
exits 65 "another seller" "$mf" import "$tmp/w.xml"
like "$(cat "$tmp/err")" 'invoice W-1: this invoice is FROM Other Ltd to Atelier Exemple SARL, and neither is you' "is refused"
doc '.number="W-2"|.buyer as $b|.buyer=.seller|.seller=$b' ubl w.xml
exits 65 "an invoice to us" "$mf" import "$tmp/w.xml"
like "$(cat "$tmp/err")" 'this invoice is FROM Atelier Exemple SARL to you' "says whose it is"
doc '.number="W-3"|del(.seller.tax_id)|.seller.legal_id="HRB 1"|.seller.tax_number="12/345/67890"' ubl w.xml
exits 0 "ours by its name alone" "$mf" import "$tmp/w.xml"
sed -i 's/^owner {/owner {\n\tlegal-id = "HRB 4711"\n\tendpoint = "0204:991-1234512345-06"/' "$tmp/home/mailfilter.conf"
doc '.number="W-31"|.seller.name="Renamed"|.seller.tax_id="ATU13585627"|.seller.legal_id="HRB 4711"' ubl w.xml
exits 0 "ours by its legal id" "$mf" import "$tmp/w.xml"
doc '.number="W-32"|.seller.name="Renamed"|.seller.tax_id="ATU13585627"|.seller.endpoint="991-1234512345-06"|.seller.endpoint_scheme="0204"' ubl w.xml
exits 0 "ours by its endpoint" "$mf" import "$tmp/w.xml"
doc '.number="W-4"|.buyer={"name":"Neu & Co","address":{"country":"DE"}}' ubl w.xml
exits 65 "a buyer without an address" "$mf" import "$tmp/w.xml"
like "$(cat "$tmp/err")" "its buyer Neu & Co is no customer on file.*mailfilter customer add --name 'Neu & Co' --email" "how to add him"
"$mf" -q customer add --name 'Neu & Co' --email neu@neu.example
exits 0 "then it is taken" "$mf" import "$tmp/w.xml"
is "$(field W-4 .customer)" "$("$mf" --json customer show 'Neu & Co' | jq -r .id)" "by his name"
doc '.number="W-5"|.buyer.name="Neu & Co"|.buyer.ids=[]' ubl w.xml
exits 0 "the tax id counts more than the name" "$mf" import "$tmp/w.xml"
is "$(field W-5 .customer)" K-77 "it is who has the tax id"
"$mf" -q customer edit 'Neu & Co' --tax-id DE811569869
doc '.number="W-6"|.buyer={"name":"Neu & Co","tax_id":"ATU13585627","address":{"country":"DE"},"contact":{"email":"neu@neu.example"}}' ubl w.xml
exits 65 "a name on file with another tax id" "$mf" import "$tmp/w.xml"
like "$(cat "$tmp/err")" 'the name of customer Neu & Co, but another tax id \(ATU13585627, on file is DE811569869\)' "is asked about"
doc '.number="W-7"|.buyer.ids=[{"id":"Neu & Co"}]' ubl w.xml
exits 65 "marks of two customers" "$mf" import "$tmp/w.xml"
like "$(cat "$tmp/err")" 'has the tax id of customer Atelier Exemple SARL and the number of customer Neu & Co' "are a conflict"
doc '.number="W-8"|.buyer={"name":"Ganz Anders AG","address":{"country":"DE"},"contact":{"email":"zoe@atelier.example"}}' ubl w.xml
exits 65 "another name with an address on file" "$mf" import "$tmp/w.xml"
like "$(cat "$tmp/err")" 'Ganz Anders AG has the e-mail address of customer Atelier Exemple SARL' "is asked about"

# ---- figures and days -----------------------------------------------------------------
doc . ubl good.xml
# bad SED PATTERN NAME: the sample spoilt is refused with a sentence
bad() {
	sed "s/R-2026-17/B-1/; $1" "$tmp/good.xml" >"$tmp/bad.xml"
	exits 65 "$3" "$mf" import "$tmp/bad.xml"
	like "$(cat "$tmp/err")" "$2" "says so"
}
bad 's/>1285.20</>1285.30</g' 'total with tax is 1285.30 in the file and 1285.20 by its own' "a total that is not the sum"
bad 's/>205.20</>250.20</g; s/>1285.20</>1330.20</g' 'tax of S 19 is 250.20 in the file and 205.20' "a tax that is not the rate"
bad 's/LineExtensionAmount currencyID="EUR">80.00/LineExtensionAmount currencyID="EUR">90.00/' 'sum of the lines is 1080.00 in the file and 1090.00' "lines that are not the total"
bad 's/PayableAmount currencyID="EUR">1285.20/PayableAmount currencyID="EUR">1000.00/' 'amount due is 1000.00 in the file and 1285.20' "due that does not follow"
bad 's/TaxableAmount currencyID="EUR">1080.00/TaxableAmount currencyID="EUR">1000.00/' 'amount taxed by S 19 is 1000.00 in the file and 1080.00' "a base that is not the lines'"
bad 's/>1285.20</>1285.2012</g' "'1285.2012' is no amount of EUR" "an amount with too many digits"
bad 's/currencyID="EUR">205.20/currencyID="USD">205.20/' 'it is in USD, the invoice in EUR' "another currency"
bad 's/>2026-11-02</>2026-11-31</' "IssueDate: '2026-11-31' is no day" "a day that is none"
bad 's/DueDate>2026-12-02/DueDate>2026-10-02/' 'was due on 2026-10-02, before its date' "due before its date"
bad 's/>380</>751</' 'information for bookkeeping' "no request for money"
is "$("$mf" --json invoice list | jq -r .number | grep -c B-1)" 0 "none of them is on file"
doc '.number="R-2026-17"|.lines[0].quantity="9"|.lines[0].net="1125.00"|.taxes[0].base="1205.00"|.taxes[0].amount="228.95"|.totals={"lines":"1205.00","net":"1205.00","tax":"228.95","gross":"1433.95","due":"1433.95"}' ubl other.xml
exits 65 "a known number with another amount" "$mf" import "$tmp/other.xml"
like "$(cat "$tmp/err")" 'with other content: the total is 1 285.20 EUR on file and 1 433.95 EUR in it' "is a conflict, with both figures"
doc '.number="D-1"|del(.due)' ubl due.xml
exits 65 "no due day" "$mf" import "$tmp/due.xml"
like "$(cat "$tmp/err")" 'no due date .*--terms DAYS' "says what to do"
exits 0 "with the days" "$mf" import --terms 30 "$tmp/due.xml"
is "$(field D-1 .due)" 2026-12-02 "they are counted from its date"
exits 64 "days that are none" "$mf" import --terms soon "$tmp/due.xml"
doc '.number="D-2"|.terms="x"' ubl due.xml
sed -i 's/<cbc:Note>x</<cbc:Note>Thanks.\n#SKONTO#TAGE=7#PROZENT=2.00#\n#SKONTO#TAGE=20#PROZENT=0.00#\n</; /<cbc:DueDate>/d' "$tmp/due.xml"
exits 0 "terms in a structure" "$mf" import "$tmp/due.xml"
is "$(field D-2 '[.due, .discount_until, .discount_percent] | join(" ")')" "2026-11-22 2026-11-09 2" "give due day and discount"
doc '.number="D-3"|.prepaid="285.20"|.totals.prepaid="285.20"|.totals.due="1000.00"' cii due.xml
exits 0 "partly paid" "$mf" import "$tmp/due.xml"
is "$(field D-3 '[.amount, .open] | join(" ")')" "1285.20 1000.00" "the rest is open"

doc '.number="D-2"' cii due.xml
sed -i 's/<udt:DateTimeString format="102">20261202/<udt:DateTimeString format="102">20261122/' "$tmp/due.xml"
exits 0 "the same without its discount, for which this syntax has no place" "$mf" import "$tmp/due.xml"
like "$(cat "$tmp/out")" '1 known already' "is known"
is "$(field D-2 .discount_until)" 2026-11-09 "and keeps it"

# ---- credit notes --------------------------------------------------------------------------
credit='.type="credit-note"|.lines=[{"id":"1","text":"Back","quantity":"1","unit":"C62","price":"100","category":"S","rate":"19","net":"100.00"}]|.taxes[0].base="100.00"|.taxes[0].amount="19.00"|.totals={"lines":"100.00","net":"100.00","tax":"19.00","gross":"119.00","due":"119.00"}'
doc "$credit"'|.number="C-1"|.preceding=[{"number":"D-3","date":"2026-11-02"}]' ubl c1.xml
doc "$credit"'|.number="C-2"|.preceding=[{"number":"NOT-HERE"}]' cii c2.xml
exits 0 "a credit note" "$mf" import "$tmp/c1.xml"
like "$(cat "$tmp/out")" '119.00 EUR of credit note C-1 are set off against invoice D-3' "is set off against what it names"
is "$(field D-3 .open) $(field C-1 .open)" "881.00 0.00" "both balances know"
exits 0 "once more" "$mf" import "$tmp/c1.xml"
is "$(field D-3 .open)" 881.00 "changes nothing"
exits 0 "one of an unknown invoice" "$mf" import "$tmp/c2.xml"
like "$(cat "$tmp/out")" 'names invoice NOT-HERE, which is not on file' "is the customer's credit"

# ---- little, old and strange -------------------------------------------------------------------
doc '.number="M-1"' factur-x full.xml
python3 - "$tmp" <<'P'
import re, sys
tmp = sys.argv[1]
full = open(tmp + '/full.xml', encoding='utf-8').read()
def cut(xml, *names):
    for name in names:
        xml = re.sub(r'<ram:%s>.*?</ram:%s>\s*' % (name, name), '', xml, flags=re.S)
    return xml
# the profile MINIMUM: no lines, no taxes by rate, no sum of lines
open(tmp + '/minimum.xml', 'w', encoding='utf-8').write(cut(full, 'IncludedSupplyChainTradeLineItem', 'ApplicableTradeTax', 'LineTotalAmount', 'SpecifiedTradeSettlementPaymentMeans').replace('urn:cen.eu:en16931:2017', 'urn:factur-x.eu:1p0:minimum'))
open(tmp + '/utf16.xml', 'w', encoding='utf-16').write(full.replace('M-1', 'M-2').replace('UTF-8', 'UTF-16'))
open(tmp + '/latin.xml', 'w', encoding='windows-1252').write(full.replace('M-1', 'M-3').replace('UTF-8', 'windows-1252'))
old = full.replace('M-1', 'M-4')
for a, b in (('rsm:CrossIndustryInvoice', 'rsm:CrossIndustryDocument'), ('ExchangedDocumentContext', 'SpecifiedExchangedDocumentContext'),
             ('rsm:ExchangedDocument>', 'rsm:HeaderExchangedDocument>'), ('SupplyChainTradeTransaction', 'SpecifiedSupplyChainTradeTransaction'),
             ('ApplicableHeaderTrade', 'ApplicableSupplyChainTrade'), ('SpecifiedLineTrade', 'SpecifiedSupplyChainTrade'),
             ('SettlementHeaderMonetary', 'SettlementMonetary'), ('SettlementLineMonetary', 'SettlementMonetary'), ('RateApplicablePercent', 'ApplicablePercent')):
    old = old.replace(a, b)
open(tmp + '/old.xml', 'w', encoding='utf-8').write('<!-- ' + 'Terms of use. ' * 2000 + '-->\n' + old[old.index('?>') + 2:])
P
for i in "minimum M-1" "utf16 M-2" "latin M-3" "old M-4"; do
	exits 0 "${i% *}" "$mf" import "$tmp/${i% *}.xml"
	is "$(field "${i#* }" .open)" 1285.20 "is read"
done

# ---- hostile ------------------------------------------------------------------------------------
python3 - "$tmp" <<'P'
import sys
tmp = sys.argv[1]
good = open(tmp + '/good.xml', encoding='utf-8').read()
head, body = good[:good.index('?>') + 2], good[good.index('?>') + 2:]
root = 'Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"'
cases = {
    'doctype': head + '<!DOCTYPE Invoice>' + body,
    'laughs': head + '<!DOCTYPE Invoice [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' + body.replace('Consulting', '&b;'),
    'file': head + '<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + body.replace('Consulting', '&x;'),
    'cut': good[:len(good) // 2],
    'deep': head + '<%s>' % root + '<a>' * 5000,
    'attributes': head + '<%s ' % root + ' '.join('a%d="x"' % i for i in range(5000)) + '/>',
    'empty': head + '<%s/>' % root,
    'twice': good.replace('<cbc:ID>R-2026-17</cbc:ID>', ''),
    'digits': good.replace('>1285.20<', '>1' + '0' * 40 + '<'),
    'exponent': good.replace('>1285.20<', '>1.2852E3<'),
}
for name, text in cases.items():
    open('%s/h-%s.xml' % (tmp, name), 'w', encoding='utf-8').write(text)
P
for file in "$tmp"/h-*.xml; do
	name=${file##*/h-}
	exits 65 "hostile: ${name%.xml}" "$mf" import "$file"
	like "$(cat "$tmp/err")" 'mailfilter: ' "has a sentence"
done
before=$("$mf" --json invoice list | wc -l)
head -c 300000 /dev/urandom >"$tmp/noise"
{ printf '%%PDF-1.7\n'; cat "$tmp/noise"; } >"$tmp/noise.pdf"
exits 65 "noise in a PDF" "$mf" import "$tmp/noise.pdf"
like "$(cat "$tmp/err")" 'a PDF without an electronic invoice' "is none"
is "$("$mf" --json invoice list | wc -l)" "$before" "nothing of all that is on file"

# ---- there and back --------------------------------------------------------------------------------
# trip NAME LEAST ARGUMENTS...: none changed, and as many as that came back
trip() {
	_name=$1 _least=$2; shift 2
	python3 "$root/tests/einvoice_trip.py" "$@" >"$tmp/trip"
	is "$(sed -n 's/^.* came back, \([0-9]*\) changed.*/\1/p' "$tmp/trip")" 0 "$_name come back as they went"
	grep '^# ' "$tmp/trip" | head -n 5
	[ "$(sed -n 's/^\([0-9]*\) documents.*/\1/p' "$tmp/trip")" -ge "$_least" ]; ok $? "$_least of them"
}
trip "random documents" 120 random "$render" "$extract" 25
trip "the golden files" 40 golden "$extract" "$root/tests/einvoice"
finish
