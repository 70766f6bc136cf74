"""The business rules of EN 16931-1 over an e-invoice in UBL 2.1 or CII D16B,
written from the standard's wording and independent of the program: an
extractor for each syntax gives the same terms (BT), the rules look at those.
Amounts are Fractions. check(root) gives the names of the broken rules.

  einvoice_rules.py FILE...            the rules that each file breaks
"""
import os
import re
import sys
from datetime import date
from fractions import Fraction as F

from lxml import etree

UBL = 'urn:oasis:names:specification:ubl:schema:xsd:'
CII = 'urn:un:unece:uncefact:data:standard:'
NS = {'cac': UBL + 'CommonAggregateComponents-2',
      'cbc': UBL + 'CommonBasicComponents-2',
      'rsm': CII + 'CrossIndustryInvoice:100',
      'ram': CII + 'ReusableAggregateBusinessInformationEntity:100',
      'qdt': CII + 'QualifiedDataType:100',
      'udt': CII + 'UnqualifiedDataType:100'}
CODES = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                     '..', 'filter', 'codes')
PATHS = {}


def clark(path):
    if path not in PATHS:
        PATHS[path] = re.sub(r'(\w+):', lambda m: '{%s}' % NS[m.group(1)],
                             path)
    return PATHS[path]


def each(node, path):
    return [] if node is None else node.findall(clark(path))


def first(node, path):
    return None if node is None else node.find(clark(path))


def get(node, path):
    """The text at a path ("x/@a": the attribute), None when it is blank."""
    path, _, attribute = path.partition('/@')
    found = first(node, path)
    if found is None:
        return None
    value = found.get(attribute) if attribute else found.text
    return (value or '').strip() or None


def day102(text):
    if text and re.fullmatch(r'\d{8}', text):
        return '%s-%s-%s' % (text[:4], text[4:6], text[6:])
    return text


# What both syntaxes have in each group: term, UBL path, CII path.
def terms(node, table, column):
    return {row[0]: get(node, row[column]) if row[column] else None
            for row in table}


PARTY = [
    ('name', 'cac:PartyLegalEntity/cbc:RegistrationName', 'ram:Name'),
    ('legal', 'cac:PartyLegalEntity/cbc:CompanyID',
     'ram:SpecifiedLegalOrganization/ram:ID'),
    ('legal-1', 'cac:PartyLegalEntity/cbc:CompanyID/@schemeID',
     'ram:SpecifiedLegalOrganization/ram:ID/@schemeID'),
    ('endpoint', 'cbc:EndpointID', 'ram:URIUniversalCommunication/ram:URIID'),
    ('endpoint-1', 'cbc:EndpointID/@schemeID',
     'ram:URIUniversalCommunication/ram:URIID/@schemeID'),
    ('country', 'cac:PostalAddress/cac:Country/cbc:IdentificationCode',
     'ram:PostalTradeAddress/ram:CountryID')]
ALLOWANCE = [
    ('amount', 'cbc:Amount', 'ram:ActualAmount'),
    ('base', 'cbc:BaseAmount', 'ram:BasisAmount'),
    ('percent', 'cbc:MultiplierFactorNumeric', 'ram:CalculationPercent'),
    ('reason', 'cbc:AllowanceChargeReason', 'ram:Reason'),
    ('code', 'cbc:AllowanceChargeReasonCode', 'ram:ReasonCode'),
    ('cat', 'cac:TaxCategory/cbc:ID', 'ram:CategoryTradeTax/ram:CategoryCode'),
    ('rate', 'cac:TaxCategory/cbc:Percent',
     'ram:CategoryTradeTax/ram:RateApplicablePercent')]
TAX = [
    ('base', 'cbc:TaxableAmount', 'ram:BasisAmount'),
    ('amount', 'cbc:TaxAmount', 'ram:CalculatedAmount'),
    ('cat', 'cac:TaxCategory/cbc:ID', 'ram:CategoryCode'),
    ('rate', 'cac:TaxCategory/cbc:Percent', 'ram:RateApplicablePercent'),
    ('reason', 'cac:TaxCategory/cbc:TaxExemptionReason',
     'ram:ExemptionReason'),
    ('code', 'cac:TaxCategory/cbc:TaxExemptionReasonCode',
     'ram:ExemptionReasonCode')]
AGREED = 'ram:SpecifiedLineTradeAgreement/'
SETTLED = 'ram:SpecifiedLineTradeSettlement/'
PRODUCT = 'ram:SpecifiedTradeProduct/'
PERIOD = 'ram:BillingSpecifiedPeriod/'
LINE = [
    ('126', 'cbc:ID', 'ram:AssociatedDocumentLineDocument/ram:LineID'),
    ('129', 'cbc:Quantity', 'ram:SpecifiedLineTradeDelivery/ram:BilledQuantity'),
    ('130', 'cbc:Quantity/@unitCode',
     'ram:SpecifiedLineTradeDelivery/ram:BilledQuantity/@unitCode'),
    ('131', 'cbc:LineExtensionAmount', SETTLED +
     'ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount'),
    ('128-1', 'cac:DocumentReference/cbc:ID/@schemeID',
     SETTLED + 'ram:AdditionalReferencedDocument/ram:ReferenceTypeCode'),
    ('134', 'cac:InvoicePeriod/cbc:StartDate',
     SETTLED + PERIOD + 'ram:StartDateTime/udt:DateTimeString'),
    ('135', 'cac:InvoicePeriod/cbc:EndDate',
     SETTLED + PERIOD + 'ram:EndDateTime/udt:DateTimeString'),
    ('146', 'cac:Price/cbc:PriceAmount',
     AGREED + 'ram:NetPriceProductTradePrice/ram:ChargeAmount'),
    ('147', 'cac:Price/cac:AllowanceCharge/cbc:Amount', AGREED +
     'ram:GrossPriceProductTradePrice/ram:AppliedTradeAllowanceCharge'
     '/ram:ActualAmount'),
    ('148', 'cac:Price/cac:AllowanceCharge/cbc:BaseAmount',
     AGREED + 'ram:GrossPriceProductTradePrice/ram:ChargeAmount'),
    ('149', 'cac:Price/cbc:BaseQuantity',
     AGREED + 'ram:NetPriceProductTradePrice/ram:BasisQuantity'),
    ('150', 'cac:Price/cbc:BaseQuantity/@unitCode',
     AGREED + 'ram:NetPriceProductTradePrice/ram:BasisQuantity/@unitCode'),
    ('153', 'cac:Item/cbc:Name', PRODUCT + 'ram:Name'),
    ('157', 'cac:Item/cac:StandardItemIdentification/cbc:ID',
     PRODUCT + 'ram:GlobalID'),
    ('157-1', 'cac:Item/cac:StandardItemIdentification/cbc:ID/@schemeID',
     PRODUCT + 'ram:GlobalID/@schemeID'),
    ('159', 'cac:Item/cac:OriginCountry/cbc:IdentificationCode',
     PRODUCT + 'ram:OriginTradeCountry/ram:ID'),
    ('cat', 'cac:Item/cac:ClassifiedTaxCategory/cbc:ID',
     SETTLED + 'ram:ApplicableTradeTax/ram:CategoryCode'),
    ('rate', 'cac:Item/cac:ClassifiedTaxCategory/cbc:Percent',
     SETTLED + 'ram:ApplicableTradeTax/ram:RateApplicablePercent')]
SUMS = [
    ('106', 'cbc:LineExtensionAmount', 'ram:LineTotalAmount'),
    ('107', 'cbc:AllowanceTotalAmount', 'ram:AllowanceTotalAmount'),
    ('108', 'cbc:ChargeTotalAmount', 'ram:ChargeTotalAmount'),
    ('109', 'cbc:TaxExclusiveAmount', 'ram:TaxBasisTotalAmount'),
    ('112', 'cbc:TaxInclusiveAmount', 'ram:GrandTotalAmount'),
    ('113', 'cbc:PrepaidAmount', 'ram:TotalPrepaidAmount'),
    ('114', 'cbc:PayableRoundingAmount', 'ram:RoundingAmount'),
    ('115', 'cbc:PayableAmount', 'ram:DuePayableAmount')]


def ubl_party(node):
    if node is None:
        return None
    out = terms(node, PARTY, 1)
    out['ids'] = [(get(i, 'cbc:ID'), get(i, 'cbc:ID/@schemeID'))
                  for i in each(node, 'cac:PartyIdentification')]
    for scheme in each(node, 'cac:PartyTaxScheme'):
        vat = get(scheme, 'cac:TaxScheme/cbc:ID') == 'VAT'
        out['vat' if vat else 'tax'] = get(scheme, 'cbc:CompanyID')
    out['address'] = first(node, 'cac:PostalAddress') is not None
    out['trade'] = get(node, 'cac:PartyName/cbc:Name')
    return out


def ubl_allowances(node, charge):
    return [terms(a, ALLOWANCE, 1) for a in each(node, 'cac:AllowanceCharge')
            if (get(a, 'cbc:ChargeIndicator') == 'true') == charge]


def ubl_line(node, quantity):
    out = {row[0]: get(node, row[1].replace('cbc:Quantity', quantity))
           for row in LINE}
    out['allowances'] = ubl_allowances(node, False)
    out['charges'] = ubl_allowances(node, True)
    out['period'] = first(node, 'cac:InvoicePeriod') is not None
    out['attributes'] = [
        (get(a, 'cbc:Name'), get(a, 'cbc:Value'))
        for a in each(node, 'cac:Item/cac:AdditionalItemProperty')]
    out['classes'] = [
        (get(c, 'cbc:ItemClassificationCode'),
         get(c, 'cbc:ItemClassificationCode/@listID'))
        for c in each(node, 'cac:Item/cac:CommodityClassification')]
    return out


def ubl(root):
    credit = root.tag.endswith('}CreditNote')
    word = 'CreditNote' if credit else 'Invoice'
    m = {n: get(root, p) for n, p in (
        ('24', 'cbc:CustomizationID'), ('1', 'cbc:ID'),
        ('2', 'cbc:IssueDate'), ('3', 'cbc:%sTypeCode' % word),
        ('5', 'cbc:DocumentCurrencyCode'), ('6', 'cbc:TaxCurrencyCode'),
        ('7', 'cbc:TaxPointDate'), ('8', 'cac:InvoicePeriod/cbc:DescriptionCode'),
        ('9', 'cac:PaymentMeans/cbc:PaymentDueDate' if credit
         else 'cbc:DueDate'),
        ('20', 'cac:PaymentTerms/cbc:Note'),
        ('73', 'cac:InvoicePeriod/cbc:StartDate'),
        ('74', 'cac:InvoicePeriod/cbc:EndDate'),
        ('72', 'cac:Delivery/cbc:ActualDeliveryDate'),
        ('71-1', 'cac:Delivery/cac:DeliveryLocation/cbc:ID/@schemeID'),
        ('80', 'cac:Delivery/cac:DeliveryLocation/cac:Address/cac:Country'
         '/cbc:IdentificationCode'))}
    m['types'] = CREDIT_TYPES if credit else INVOICE_TYPES
    m['period'] = first(root, 'cac:InvoicePeriod') is not None
    m['subjects'] = [n.text.split('#')[1] for n in each(root, 'cbc:Note')
                     if re.match(r'#[A-Z]{3}#', n.text or '')]
    m['seller'] = ubl_party(first(root, 'cac:AccountingSupplierParty/cac:Party'))
    m['buyer'] = ubl_party(first(root, 'cac:AccountingCustomerParty/cac:Party'))
    m['payee'] = ubl_party(first(root, 'cac:PayeeParty'))
    m['rep'] = ubl_party(first(root, 'cac:TaxRepresentativeParty'))
    for who in ('payee', 'rep'):
        if m[who]:
            m[who]['name'] = m[who]['trade']
    m['address'] = first(root, 'cac:Delivery/cac:DeliveryLocation'
                         '/cac:Address') is not None
    m['preceding'] = [get(p, 'cac:InvoiceDocumentReference/cbc:ID')
                      for p in each(root, 'cac:BillingReference')]
    m['files'], m['18-1'] = [], []
    for d in each(root, 'cac:AdditionalDocumentReference'):
        if get(d, 'cbc:DocumentTypeCode') == '130':
            m['18-1'].append(get(d, 'cbc:ID/@schemeID'))
        blob = first(d, 'cac:Attachment/cbc:EmbeddedDocumentBinaryObject')
        m['files'].append((get(d, 'cbc:ID'), blob is not None,
                           None if blob is None else blob.get('mimeCode'),
                           None if blob is None else blob.get('filename')))
    m['means'] = [{'code': get(p, 'cbc:PaymentMeansCode'),
                   'account': get(p, 'cac:PayeeFinancialAccount/cbc:ID'),
                   'accounts': first(p, 'cac:PayeeFinancialAccount')
                   is not None,
                   'card': get(p, 'cac:CardAccount'
                               '/cbc:PrimaryAccountNumberID')}
                  for p in each(root, 'cac:PaymentMeans')]
    m['allowances'] = ubl_allowances(root, False)
    m['charges'] = ubl_allowances(root, True)
    m['taxes'], m['tax'] = [], []
    for t in each(root, 'cac:TaxTotal'):
        m['tax'].append((get(t, 'cbc:TaxAmount'),
                         get(t, 'cbc:TaxAmount/@currencyID')))
        m['taxes'] += [terms(s, TAX, 1) for s in each(t, 'cac:TaxSubtotal')]
    m.update(terms(first(root, 'cac:LegalMonetaryTotal'), SUMS, 1))
    quantity = 'cbc:CreditedQuantity' if credit else 'cbc:InvoicedQuantity'
    m['lines'] = [ubl_line(n, quantity) for n in each(
        root, 'cac:%sLine' % word)]
    m['currencies'] = [e.get('currencyID') for e in root.iter()
                       if e.get('currencyID')]
    return m


def cii_party(node):
    if node is None:
        return None
    out = terms(node, PARTY, 2)
    out['ids'] = [(i.text, None) for i in each(node, 'ram:ID')] + [
        (i.text, i.get('schemeID')) for i in each(node, 'ram:GlobalID')]
    for i in each(node, 'ram:SpecifiedTaxRegistration/ram:ID'):
        out['vat' if i.get('schemeID') == 'VA' else 'tax'] = i.text
    out['address'] = first(node, 'ram:PostalTradeAddress') is not None
    out['trade'] = out['name']
    return out


def cii_allowances(node, charge):
    return [terms(a, ALLOWANCE, 2)
            for a in each(node, 'ram:SpecifiedTradeAllowanceCharge')
            if (get(a, 'ram:ChargeIndicator/udt:Indicator') == 'true')
            == charge]


def cii_line(node):
    out = terms(node, LINE, 2)
    settled = first(node, 'ram:SpecifiedLineTradeSettlement')
    product = first(node, 'ram:SpecifiedTradeProduct')
    out['134'], out['135'] = day102(out['134']), day102(out['135'])
    out['allowances'] = cii_allowances(settled, False)
    out['charges'] = cii_allowances(settled, True)
    out['period'] = first(settled, 'ram:BillingSpecifiedPeriod') is not None
    out['attributes'] = [
        (get(a, 'ram:Description'), get(a, 'ram:Value'))
        for a in each(product, 'ram:ApplicableProductCharacteristic')]
    out['classes'] = [
        (get(c, 'ram:ClassCode'), get(c, 'ram:ClassCode/@listID'))
        for c in each(product, 'ram:DesignatedProductClassification')]
    return out


def cii(root):
    context = first(root, 'rsm:ExchangedDocumentContext')
    head = first(root, 'rsm:ExchangedDocument')
    trade = first(root, 'rsm:SupplyChainTradeTransaction')
    agreed = first(trade, 'ram:ApplicableHeaderTradeAgreement')
    sent = first(trade, 'ram:ApplicableHeaderTradeDelivery')
    paid = first(trade, 'ram:ApplicableHeaderTradeSettlement')
    sums = first(paid, 'ram:SpecifiedTradeSettlementHeaderMonetarySummation')
    m = {'24': get(context, 'ram:GuidelineSpecifiedDocumentContextParameter'
                   '/ram:ID'),
         '1': get(head, 'ram:ID'), '3': get(head, 'ram:TypeCode'),
         '2': day102(get(head, 'ram:IssueDateTime/udt:DateTimeString')),
         '5': get(paid, 'ram:InvoiceCurrencyCode'),
         '6': get(paid, 'ram:TaxCurrencyCode'),
         '7': get(paid, 'ram:ApplicableTradeTax/ram:TaxPointDate'
                  '/udt:DateString'),
         '9': get(paid, 'ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime'
                  '/udt:DateTimeString'),
         '20': get(paid, 'ram:SpecifiedTradePaymentTerms/ram:Description'),
         '73': day102(get(paid, PERIOD +
                          'ram:StartDateTime/udt:DateTimeString')),
         '74': day102(get(paid, PERIOD +
                          'ram:EndDateTime/udt:DateTimeString')),
         '72': get(sent, 'ram:ActualDeliverySupplyChainEvent'
                   '/ram:OccurrenceDateTime/udt:DateTimeString'),
         '71-1': get(sent, 'ram:ShipToTradeParty/ram:GlobalID/@schemeID'),
         '80': get(sent, 'ram:ShipToTradeParty/ram:PostalTradeAddress'
                   '/ram:CountryID')}
    point = get(paid, 'ram:ApplicableTradeTax/ram:DueDateTypeCode')
    m['8'] = {'5': '3', '29': '35', '72': '432'}.get(point, point)
    m['types'] = INVOICE_TYPES | CREDIT_TYPES
    m['period'] = first(paid, 'ram:BillingSpecifiedPeriod') is not None
    m['subjects'] = [get(n, 'ram:SubjectCode')
                     for n in each(head, 'ram:IncludedNote')
                     if get(n, 'ram:SubjectCode')]
    m['seller'] = cii_party(first(agreed, 'ram:SellerTradeParty'))
    m['buyer'] = cii_party(first(agreed, 'ram:BuyerTradeParty'))
    m['payee'] = cii_party(first(paid, 'ram:PayeeTradeParty'))
    m['rep'] = cii_party(first(
        agreed, 'ram:SellerTaxRepresentativeTradeParty'))
    m['address'] = first(
        sent, 'ram:ShipToTradeParty/ram:PostalTradeAddress') is not None
    m['preceding'] = [get(p, 'ram:IssuerAssignedID')
                      for p in each(paid, 'ram:InvoiceReferencedDocument')]
    m['files'], m['18-1'] = [], []
    for d in each(agreed, 'ram:AdditionalReferencedDocument'):
        if get(d, 'ram:TypeCode') == '130':
            m['18-1'].append(get(d, 'ram:ReferenceTypeCode'))
        blob = first(d, 'ram:AttachmentBinaryObject')
        m['files'].append((get(d, 'ram:IssuerAssignedID'), blob is not None,
                           None if blob is None else blob.get('mimeCode'),
                           None if blob is None else blob.get('filename')))
    m['means'] = [{'code': get(p, 'ram:TypeCode'),
                   'account': get(p, 'ram:PayeePartyCreditorFinancialAccount'
                                  '/ram:IBANID') or
                   get(p, 'ram:PayeePartyCreditorFinancialAccount'
                       '/ram:ProprietaryID'),
                   'accounts': first(
                       p, 'ram:PayeePartyCreditorFinancialAccount')
                   is not None,
                   'card': get(p, 'ram:ApplicableTradeSettlementFinancialCard'
                               '/ram:ID')}
                  for p in each(paid,
                                'ram:SpecifiedTradeSettlementPaymentMeans')]
    m['allowances'] = cii_allowances(paid, False)
    m['charges'] = cii_allowances(paid, True)
    m['taxes'] = [terms(t, TAX, 2)
                  for t in each(paid, 'ram:ApplicableTradeTax')]
    m['tax'] = [(t.text, t.get('currencyID'))
                for t in each(sums, 'ram:TaxTotalAmount')]
    m.update(terms(sums, SUMS, 2))
    m['lines'] = [cii_line(n) for n in each(
        trade, 'ram:IncludedSupplyChainTradeLineItem')]
    m['currencies'] = [c for _, c in m['tax'] if c]
    return m


INVOICE_TYPES = set('71 80 82 84 102 218 219 326 331 380 382 383 384 385 386 '
                    '387 388 389 390 393 394 395 456 457 527 553 575 623 633 '
                    '751 780 817 870 875 876 877 935'.split())
CREDIT_TYPES = set('81 83 261 262 296 308 381 396 420 458 532'.split())
CATEGORIES = 'S Z E AE K G O L M B'.split()
MIMES = {'application/pdf', 'image/png', 'image/jpeg', 'text/csv',
         'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
         'application/vnd.oasis.opendocument.spreadsheet'}
CURRENCIES = set('''AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF
BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP
COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP
GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS
KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK
PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD
SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI
UYU UYW UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW'''.split())


def codes(name):
    with open(os.path.join(CODES, name), encoding='utf-8') as file:
        return {row.split('\t')[0].strip() for row in file
                if row.strip() and not row.startswith('#')}


LISTS = {}


def listed(name, code):
    if name not in LISTS:
        LISTS[name] = codes(name)
    return code in LISTS[name]


def number(text):
    try:
        return F(text)
    except (TypeError, ValueError):
        return None


def amount(text):
    return number(text) or F(0)


def cents(value):
    scaled = int(abs(value) * 100 + F(1, 2))
    return F(scaled if value >= 0 else -scaled, 100)


def decimals(text):
    return len((text or '').partition('.')[2])


def ordered(start, end):
    return not start or not end or start <= end


RULES = {}


def rule(name):
    def keep(function):
        RULES[name] = function
        return function
    return keep


def need(name, test):
    RULES[name] = test


def every(items, test):
    return all(test(item) for item in items)


for _name, _term in (('BR-01', '24'), ('BR-02', '1'), ('BR-03', '2'),
                     ('BR-04', '3'), ('BR-05', '5'), ('BR-12', '106'),
                     ('BR-13', '109'), ('BR-14', '112'), ('BR-15', '115')):
    need(_name, lambda m, t=_term: m[t])
for _name, _who, _what in (
        ('BR-06', 'seller', 'name'), ('BR-07', 'buyer', 'name'),
        ('BR-08', 'seller', 'address'), ('BR-09', 'seller', 'country'),
        ('BR-10', 'buyer', 'address'), ('BR-11', 'buyer', 'country')):
    need(_name, lambda m, w=_who, t=_what: m[w] and m[w][t])
need('BR-16', lambda m: m['lines'])
need('BR-17', lambda m: not m['payee'] or (
    m['payee']['name'] and m['payee']['name'] != (m['seller'] or {}).get(
        'name')))
for _name, _what in (('BR-18', 'name'), ('BR-19', 'address'),
                     ('BR-20', 'country')):
    need(_name, lambda m, t=_what: not m['rep'] or m['rep'][t])
need('BR-56', lambda m: not m['rep'] or m['rep'].get('vat'))
for _name, _term in (('BR-21', '126'), ('BR-22', '129'), ('BR-23', '130'),
                     ('BR-24', '131'), ('BR-25', '153'), ('BR-26', '146'),
                     ('BR-CO-04', 'cat')):
    need(_name, lambda m, t=_term: every(m['lines'], lambda li: li[t]))
need('BR-27', lambda m: every(m['lines'], lambda li: amount(li['146']) >= 0))
need('BR-28', lambda m: every(m['lines'], lambda li: amount(li['148']) >= 0))
need('BR-29', lambda m: ordered(m['73'], m['74']))
need('BR-30', lambda m: every(m['lines'],
                              lambda li: ordered(li['134'], li['135'])))
for _name, _list, _what in (
        ('BR-31', 'allowances', 'amount'), ('BR-32', 'allowances', 'cat'),
        ('BR-36', 'charges', 'amount'), ('BR-37', 'charges', 'cat')):
    need(_name, lambda m, k=_list, t=_what: every(m[k], lambda a: a[t]))
for _name, _list in (('BR-33', 'allowances'), ('BR-CO-21', 'allowances'),
                     ('BR-38', 'charges'), ('BR-CO-22', 'charges')):
    need(_name, lambda m, k=_list: every(
        m[k], lambda a: a['reason'] or a['code']))
for _name, _list in (('BR-41', 'allowances'), ('BR-43', 'charges')):
    need(_name, lambda m, k=_list: every(m['lines'], lambda li: every(
        li[k], lambda a: a['amount'])))
for _name, _list in (('BR-42', 'allowances'), ('BR-CO-23', 'allowances'),
                     ('BR-44', 'charges'), ('BR-CO-24', 'charges')):
    need(_name, lambda m, k=_list: every(m['lines'], lambda li: every(
        li[k], lambda a: a['reason'] or a['code'])))
for _name, _what in (('BR-45', 'base'), ('BR-46', 'amount'), ('BR-47', 'cat')):
    need(_name, lambda m, t=_what: every(m['taxes'], lambda x: x[t]))
need('BR-48', lambda m: every(m['taxes'],
                              lambda x: x['rate'] or x['cat'] == 'O'))
need('BR-49', lambda m: every(m['means'], lambda p: p['code']))
need('BR-50', lambda m: every(m['means'], lambda p: not p['accounts'] or
                              p['account'] or p['code'] not in ('30', '58')))
need('BR-51', lambda m: every(m['means'], lambda p: len(p['card'] or '') <= 10))
need('BR-52', lambda m: every(m['files'], lambda f: f[0]))
need('BR-53', lambda m: not m['6'] or m['6'] in [c for _, c in m['tax']])
need('BR-54', lambda m: every(m['lines'], lambda li: every(
    li['attributes'], lambda a: a[0] and a[1])))
need('BR-55', lambda m: every(m['preceding'], lambda p: p))
need('BR-57', lambda m: not m['address'] or m['80'])
need('BR-61', lambda m: every(m['means'], lambda p: p['account'] or
                              p['code'] not in ('30', '58')))
for _name, _who in (('BR-62', 'seller'), ('BR-63', 'buyer')):
    need(_name, lambda m, w=_who: not m[w] or not m[w]['endpoint'] or
         m[w]['endpoint-1'])
need('BR-64', lambda m: every(m['lines'],
                              lambda li: not li['157'] or li['157-1']))
need('BR-65', lambda m: every(m['lines'], lambda li: every(
    li['classes'], lambda c: c[1])))

need('BR-CO-03', lambda m: not (m['7'] and m['8']))


@rule('BR-CO-09')
def vat_prefix(m):
    ids = [m[w].get('vat') for w in ('seller', 'buyer', 'rep') if m[w]]
    return every(ids, lambda i: not i or i[:2] == 'EL' or
                 listed('countries', i[:2]))


need('BR-CO-10', lambda m: amount(m['106']) == sum(
    (amount(li['131']) for li in m['lines']), F(0)))
for _name, _term, _list in (('BR-CO-11', '107', 'allowances'),
                            ('BR-CO-12', '108', 'charges')):
    need(_name, lambda m, t=_term, k=_list: amount(m[t]) == sum(
        (amount(a['amount']) for a in m[k]), F(0)))
need('BR-CO-13', lambda m: amount(m['109']) == amount(m['106']) -
     amount(m['107']) + amount(m['108']))


def tax_in(m, currency):
    found = [a for a, c in m['tax'] if c == currency]
    return found[0] if found else None


need('BR-CO-14', lambda m: amount(tax_in(m, m['5'])) == sum(
    (amount(t['amount']) for t in m['taxes']), F(0)))
need('BR-CO-15', lambda m: amount(m['112']) == amount(m['109']) +
     amount(tax_in(m, m['5'])))
need('BR-CO-16', lambda m: amount(m['115']) == amount(m['112']) -
     amount(m['113']) + amount(m['114']))
need('BR-CO-17', lambda m: every(m['taxes'], lambda t: amount(
    t['amount']) == cents(amount(t['base']) * amount(t['rate']) / 100)))
need('BR-CO-18', lambda m: m['taxes'])
need('BR-CO-19', lambda m: not m['period'] or m['73'] or m['74'] or m['8'])
need('BR-CO-20', lambda m: every(m['lines'], lambda li: not li['period'] or
                                 li['134'] or li['135']))
need('BR-CO-25', lambda m: amount(m['115']) <= 0 or m['9'] or m['20'])
need('BR-CO-26', lambda m: not m['seller'] or m['seller'].get('vat') or
     m['seller']['legal'] or any(s != 'SEPA' for _, s in m['seller']['ids']))

for _name, _list, _what in (
        ('BR-DEC-01', 'allowances', 'amount'),
        ('BR-DEC-02', 'allowances', 'base'),
        ('BR-DEC-05', 'charges', 'amount'), ('BR-DEC-06', 'charges', 'base'),
        ('BR-DEC-19', 'taxes', 'base'), ('BR-DEC-20', 'taxes', 'amount'),
        ('BR-DEC-23', 'lines', '131')):
    need(_name, lambda m, k=_list, t=_what: every(
        m[k], lambda a: decimals(a[t]) <= 2))
for _name, _list, _what in (
        ('BR-DEC-24', 'allowances', 'amount'),
        ('BR-DEC-25', 'allowances', 'base'),
        ('BR-DEC-27', 'charges', 'amount'), ('BR-DEC-28', 'charges', 'base')):
    need(_name, lambda m, k=_list, t=_what: every(m['lines'], lambda li: every(
        li[k], lambda a: decimals(a[t]) <= 2)))
for _name, _term in (('BR-DEC-09', '106'), ('BR-DEC-10', '107'),
                     ('BR-DEC-11', '108'), ('BR-DEC-12', '109'),
                     ('BR-DEC-14', '112'), ('BR-DEC-16', '113'),
                     ('BR-DEC-17', '114'), ('BR-DEC-18', '115')):
    need(_name, lambda m, t=_term: decimals(m[t]) <= 2)
need('BR-DEC-13', lambda m: decimals(tax_in(m, m['5'])) <= 2)
need('BR-DEC-15', lambda m: not m['6'] or decimals(tax_in(m, m['6'])) <= 2)

# Tax categories: the rules of one are like those of the others.
NAMES = {'S': 'S', 'Z': 'Z', 'E': 'E', 'AE': 'AE', 'K': 'IC', 'G': 'G',
         'O': 'O', 'L': 'AF', 'M': 'AG'}
RATED = ('S', 'L', 'M')		# a breakdown for each rate


def used(m, cat):
    return [x for key in ('lines', 'allowances', 'charges')
            for x in m[key] if x['cat'] == cat]


def shown(m, cat):
    return [t for t in m['taxes'] if t['cat'] == cat]


def breakdown(m, cat):
    if cat in RATED:
        return {amount(x['rate']) for x in used(m, cat)} == {
            amount(t['rate']) for t in shown(m, cat)} and len(
                {amount(t['rate']) for t in shown(m, cat)}) == len(
                    shown(m, cat))
    return len(shown(m, cat)) == (1 if used(m, cat) else 0)


def numbers(m, cat):
    """Which tax numbers have to be there, and which must not."""
    seller, buyer = m['seller'] or {}, m['buyer'] or {}
    vat = seller.get('vat') or (m['rep'] or {}).get('vat')
    if cat == 'O':
        return not vat and not buyer.get('vat')
    if cat in ('G', 'K'):
        return vat and (cat == 'G' or buyer.get('vat'))
    if cat == 'AE':
        return (vat or seller.get('tax')) and (
            buyer.get('vat') or buyer.get('legal'))
    return vat or seller.get('tax')


def rate_fits(cat, rate):
    if cat == 'O':
        return rate is None
    if rate is None:
        return False
    if cat == 'S':
        return amount(rate) > 0
    return amount(rate) >= 0 if cat in RATED else amount(rate) == 0


def base_fits(m, cat):
    for t in shown(m, cat):
        same = [x for x in used(m, cat) if cat not in RATED or
                amount(x['rate']) == amount(t['rate'])]
        total = F(0)
        for x in same:
            if '131' in x:
                total += amount(x['131'])
            else:
                total += amount(x['amount']) * (
                    -1 if any(x is a for a in m['allowances']) else 1)
        if total != amount(t['base']):
            return False
    return True


def category_rules(cat, name):
    def on(key, test):
        return lambda m: every(
            [x for x in m[key] if x['cat'] == cat], test)

    def has_numbers(key):
        return lambda m: not any(x['cat'] == cat for x in m[key]) or \
            numbers(m, cat)
    need('BR-%s-01' % name, lambda m: breakdown(m, cat))
    for index, key in enumerate(('lines', 'allowances', 'charges')):
        need('BR-%s-%02d' % (name, index + 2), has_numbers(key))
        need('BR-%s-%02d' % (name, index + 5),
             on(key, lambda x: rate_fits(cat, x['rate'])))
    need('BR-%s-08' % name, lambda m: base_fits(m, cat))
    if cat in RATED:
        need('BR-%s-09' % name, on('taxes', lambda t: amount(
            t['amount']) == cents(amount(t['base']) * amount(t['rate']) / 100)))
    else:
        need('BR-%s-09' % name, on('taxes', lambda t: amount(
            t['amount']) == 0))
    if cat in RATED + ('Z',):
        need('BR-%s-10' % name, on('taxes', lambda t: not t['reason'] and
                                   not t['code']))
    else:
        need('BR-%s-10' % name, on('taxes', lambda t: t['reason'] or
                                   t['code']))


for _cat in NAMES:
    category_rules(_cat, NAMES[_cat])
need('BR-IC-11', lambda m: not shown(m, 'K') or m['72'] or m['73'] or m['74'])
need('BR-IC-12', lambda m: not shown(m, 'K') or m['80'])
for _name, _list in (('BR-O-11', 'taxes'), ('BR-O-12', 'lines'),
                     ('BR-O-13', 'allowances'), ('BR-O-14', 'charges')):
    need(_name, lambda m, k=_list: not shown(m, 'O') or every(
        m[k], lambda x: x['cat'] == 'O'))


@rule('BR-B-01')
def split_home(m):
    countries = [m[w]['country'] for w in ('seller', 'buyer', 'rep') if m[w]]
    countries += [m['80']] + [li['159'] for li in m['lines']]
    return not (used(m, 'B') or shown(m, 'B')) or every(
        countries, lambda c: c in (None, 'IT'))


need('BR-B-02', lambda m: not (used(m, 'B') or shown(m, 'B')) or
     not (used(m, 'S') or shown(m, 'S')))

# Code lists.
need('BR-CL-01', lambda m: not m['3'] or m['3'] in m['types'])
need('BR-CL-03', lambda m: every(m['currencies'], CURRENCIES.__contains__))
need('BR-CL-04', lambda m: not m['5'] or m['5'] in CURRENCIES)
need('BR-CL-05', lambda m: not m['6'] or m['6'] in CURRENCIES)
need('BR-CL-06', lambda m: m['8'] in (None, '3', '35', '432'))
need('BR-CL-07', lambda m: every(
    m['18-1'] + [li['128-1'] for li in m['lines']],
    lambda s: not s or listed('references', s)))
need('BR-CL-08', lambda m: every(m['subjects'],
                                 lambda s: listed('subjects', s)))
need('BR-CL-10', lambda m: every(
    [s for w in ('seller', 'buyer', 'payee') if m[w]
     for _, s in m[w]['ids']],
    lambda s: s in (None, 'SEPA') or listed('icd', s)))
need('BR-CL-11', lambda m: every(
    [m[w]['legal-1'] for w in ('seller', 'buyer', 'payee') if m[w]],
    lambda s: not s or listed('icd', s)))
need('BR-CL-13', lambda m: every(m['lines'], lambda li: every(
    li['classes'], lambda c: not c[1] or listed('classes', c[1]))))
need('BR-CL-14', lambda m: every(
    [m[w]['country'] for w in ('seller', 'buyer', 'rep') if m[w]] + [m['80']],
    lambda c: not c or listed('countries', c)))
need('BR-CL-15', lambda m: every(m['lines'], lambda li: not li['159'] or
                                 listed('countries', li['159'])))
need('BR-CL-16', lambda m: every(m['means'], lambda p: not p['code'] or
                                 listed('means', p['code'])))
need('BR-CL-17', lambda m: every(
    m['taxes'] + m['allowances'] + m['charges'],
    lambda t: not t['cat'] or t['cat'] in CATEGORIES))
need('BR-CL-18', lambda m: every(m['lines'], lambda li: not li['cat'] or
                                 li['cat'] in CATEGORIES))
for _name, _list in (('BR-CL-19', 'allowances'), ('BR-CL-20', 'charges')):
    need(_name, lambda m, k=_list: every(
        m[k] + [a for li in m['lines'] for a in li[k]],
        lambda a: not a['code'] or listed(k, a['code'])))
need('BR-CL-21', lambda m: every(m['lines'], lambda li: not li['157-1'] or
                                 listed('icd', li['157-1'])))
need('BR-CL-22', lambda m: every(m['taxes'], lambda t: not t['code'] or
                                 listed('vatex', t['code'].upper())))
need('BR-CL-23', lambda m: every(
    [u for li in m['lines'] for u in (li['130'], li['150'])],
    lambda u: not u or listed('units', u)))
need('BR-CL-24', lambda m: every(m['files'], lambda f: not f[1] or
                                 f[2] in MIMES))
need('BR-CL-25', lambda m: every(
    [m[w]['endpoint-1'] for w in ('seller', 'buyer') if m[w]],
    lambda s: not s or listed('eas', s)))
need('BR-CL-26', lambda m: not m['71-1'] or listed('icd', m['71-1']))


def model(root):
    return cii(root) if root.tag.endswith('}CrossIndustryInvoice') else \
        ubl(root)


def check(root):
    """The names of the rules that the invoice breaks, in order."""
    m = model(root)
    broken = []
    for name in RULES:
        if not RULES[name](m):
            broken.append(name)
    return broken


def real_days(root):
    """Every day is one of the calendar."""
    for element in root.iter():
        text = day102((element.text or '').strip())
        if element.get('format') == '102' or element.tag.endswith('Date'):
            date.fromisoformat(text)
    return True


if __name__ == '__main__':
    bad = 0
    for name in sys.argv[1:]:
        broken = check(etree.parse(name).getroot())
        bad += bool(broken)
        print('%s: %s' % (name, ' '.join(broken) or 'ok'))
    sys.exit(bad > 0)
