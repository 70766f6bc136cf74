#!/bin/sh
# Invoices that another program sends through the gate: e-invoices of ours to
# a customer on file are taken over, whatever they come in; doubts are asked
# about with a command that is ready; the mail goes out as it came.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
mkdir "$tmp/went"
cat >"$tmp/back" <<-S
#!/bin/sh
cat >"\$(mktemp "$tmp/went/XXXXXX")"
S
chmod 755 "$tmp/back"
printf 'gate {\n\treinject = "%s"\n}\n' "$tmp/back" >>"$home/mailfilter.conf"
company=$(sed -n 's/^[ \t]*company *= *"\(.*\)"/\1/p' "$home/mailfilter.conf")
[ -n "$company" ] || company=$(sed -n 's/^[ \t]*name *= *"\(.*\)"/\1/p' "$home/mailfilter.conf" | head -n 1)

# invoice FORMAT NUMBER TO [sed script on the XML]: a mail with it
invoice() {
	python3 - "$company" "$@" <<'P' >"$tmp/mail"
import base64, subprocess, sys, zlib
company, form, number, to = sys.argv[1:5]
script = sys.argv[5] if len(sys.argv) > 5 else ''
UBL = '''<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>%s</cbc:ID><cbc:IssueDate>2026-11-10</cbc:IssueDate><cbc:DueDate>2026-12-10</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>CZK</cbc:DocumentCurrencyCode><cac:OrderReference><cbc:ID>PO-7</cbc:ID></cac:OrderReference>
<cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>%s</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Buyer Name</cbc:RegistrationName></cac:PartyLegalEntity><cac:Contact><cbc:ElectronicMail>%s</cbc:ElectronicMail></cac:Contact></cac:Party></cac:AccountingCustomerParty>
<cac:TaxTotal><cbc:TaxAmount currencyID="CZK">210.00</cbc:TaxAmount></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="CZK">1000.00</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount currencyID="CZK">1210.00</cbc:TaxInclusiveAmount><cbc:PayableAmount currencyID="CZK">1210.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:InvoiceLine><cbc:ID>1</cbc:ID></cac:InvoiceLine></Invoice>
'''
CII = '''<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocument><ram:ID>%s</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format="102">20261110</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>%s</ram:Name></ram:SellerTradeParty>
<ram:BuyerTradeParty><ram:Name>Buyer Name</ram:Name><ram:URIUniversalCommunication><ram:URIID schemeID="EM">%s</ram:URIID></ram:URIUniversalCommunication></ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>CZK</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">20261210</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>1000.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="CZK">210.00</ram:TaxTotalAmount><ram:GrandTotalAmount>1210.00</ram:GrandTotalAmount><ram:DuePayableAmount>1210.00</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>
'''
xml = ((UBL if form == 'ubl' else CII) % (number, company, to)).encode()
if script:
    xml = subprocess.run(['sed', script], input=xml, stdout=subprocess.PIPE).stdout
kind, name = 'application/xml', number + '.xml'
if form in ('pdf', 'plainpdf'):
    data = zlib.compress(xml) if form == 'pdf' else xml
    packed = b' /Filter /FlateDecode' if form == 'pdf' else b''
    page = zlib.compress(b'BT /F1 12 Tf (Invoice) Tj ET')
    xml = (b'%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(factur-x.xml) 5 0 R] >> >> >>\nendobj\n'
           b'4 0 obj\n<< /Length ' + str(len(page)).encode() + b' /Filter /FlateDecode >>\nstream\n' + page + b'\nendstream\nendobj\n'
           b'6 0 obj\n<< /Type /EmbeddedFile /Subtype /text#2Fxml' + packed + b' /Length 7 0 R >>\nstream\r\n' + data + b'\nendstream\nendobj\n'
           b'5 0 obj\n<< /Type /Filespec /F (factur-x.xml) /AFRelationship /Data /EF << /F 6 0 R >> >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n')
    kind, name = 'application/pdf', number + '.pdf'
b64 = base64.encodebytes(xml).decode()
print(f'''From: Billing <billing@clerk.example>
To: {to}
Subject: Invoice {number}
Date: Tue, 10 Nov 2026 09:00:00 +0000
Message-ID: <{form}-{number}@billing.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=frontier

--frontier
Content-Type: text/plain; charset=utf-8

Please find our invoice {number} attached.
--frontier
Content-Type: {kind}; name="{name}"
Content-Disposition: attachment; filename="{name}"
Content-Transfer-Encoding: base64

{b64}--frontier--''')
P
}
gate() {
	invoice "$@"
	_before=$(ls "$tmp/went" | wc -l)
	"$mf" gate -f billing@clerk.example -- "$3" <"$tmp/mail"
	is "$? $(ls "$tmp/went" | wc -l)" "0 $((_before + 1))" "$1 $2: the mail goes out"
}
known() { "$mf" --json invoice show "$1" 2>/dev/null | jq -r '"\(.customer) \(.amount) \(.currency) \(.date) \(.due) \(.state)"'; }
questions() { sqlite3 "$home/store.db" 'SELECT text FROM question WHERE answered = 0'; }
asked() { questions | grep -c "Invoice $1 .*not taken over.*${2:-}"; }
good='C1 1210.00 CZK 2026-11-10 2026-12-10 open'

n=100
for form in ubl cii pdf plainpdf; do
	n=$((n + 1))
	gate $form 2026-$n jana@pekarna.example
	is "$(known 2026-$n)" "$good" "$form: the invoice is on file"
	like "$("$mf" explain 2026-$n)" 'Taken over from the e-invoice that went out to jana' "$form: explain tells it"
done
cmp -s "$(ls -t "$tmp"/went/* | head -n 1)" "$tmp/mail"; ok $? "as it came"
is "$("$mf" --json invoice show 2026-101 | jq -r .po)" PO-7 "with its purchase order"
is "$("$mf" --json invoice show 2026-101 | jq -r ".document.totals.gross")" 1210.00 "and all of it as a document"
gate ubl 2026-101 jana@pekarna.example
is "$(asked 2026-101)" 0 "a copy of it is no news"
gate ubl 2026-101 jana@pekarna.example 's/1210.00/1211.00/g; s/1000.00/1001.00/'
is "$(asked 2026-101 'another')" 1 "the same number with another amount is asked about"
is "$(known 2026-101)" "$good" "and changes nothing"
invoice ubl 2026-150 jana@pekarna.example
like "$("$mf" gate -n -f billing@clerk.example -- jana@pekarna.example <"$tmp/mail")" '^learn: invoice 2026-150' "-n says it"
is "$(known 2026-150)" "" "and does nothing"

gate ubl 2026-110 jana@pekarna.example 's/210.00/200.00/'
is "$(known 2026-110) $(asked 2026-110 'in the file and .* by its own figures')" " 1" "sums that are wrong are asked about"
gate ubl 2026-111 jana@pekarna.example 's/RegistrationName>[^<B]*</RegistrationName>Somebody Else</'
is "$(known 2026-111) $(asked 2026-111 'seller')" " 1" "another seller, too"
gate cii 2026-112 nobody@new.example 's/Buyer Name/New Buyer Ltd/'
is "$(known 2026-112) $(asked 2026-112 'no customer on file')" " 1" "and a buyer whom nobody knows"
questions | sed -n 's/.*2026-112.*then: mailfilter //p' >"$tmp/command"
sh -c "'$mf' -q $(cat "$tmp/command")"; ok $? "the command that the question tells works: $(cut -c1-60 "$tmp/command")"
like "$(known 2026-112)" '^nobody@new.example 1210.00 CZK' "and takes over customer and invoice"
"$mf" -q send; is "$(asked 2026-112)" 0 "the question is answered"
gate cii 2026-113 marta@ruiz.example 's/jana@pekarna.example/x/; s/marta@ruiz.example/jana@pekarna.example/'
is "$(known 2026-113) $(asked 2026-113 'two customers')" " 1" "a mail to one customer with another one's invoice is asked about"
gate ubl 2026-114 jana@pekarna.example 's/InvoiceTypeCode>380/InvoiceTypeCode>384/'
is "$(asked 2026-114 'corrects')" 1 "a corrected invoice is asked about"
gate ubl 2026-115 jana@pekarna.example 's/InvoiceTypeCode>380/InvoiceTypeCode>381/'
is "$("$mf" --json invoice show 2026-115 | jq -r .type)" credit-note "a credit note is one"
gate ubl 2026-116 jana@pekarna.example 's/InvoiceTypeCode>380/InvoiceTypeCode>386/'
is "$("$mf" --json invoice show 2026-116 | jq -r .type)" deposit "a deposit is one"
gate ubl 2026-117 jana@pekarna.example 's/InvoiceTypeCode>380/InvoiceTypeCode>389/'
is "$(known 2026-117) $(asked 2026-117)" " 0" "a self-billed one is none of ours"
gate ubl 2026-118 jana@pekarna.example '1a <!DOCTYPE Invoice [<!ENTITY x "y">]>'
is "$(known 2026-118)" "" "XML with a DOCTYPE is not read"
gate pdf 2026-119 jana@pekarna.example 's/CrossIndustryInvoice/Report/g'
is "$(known 2026-119)" "" "a PDF with other XML in it is none"
mv "$home/store.db" "$tmp/away"
gate ubl 2026-120 jana@pekarna.example
mv "$tmp/away" "$home/store.db"
finish
