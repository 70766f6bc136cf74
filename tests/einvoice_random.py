"""Random invoice documents, complete and lawful: every tax category,
allowances and charges on lines and document, prepaid, rounding, foreign
currency, credit notes, corrections, negative lines, all references. Amounts
by Fractions, independent of the program. document(seed, kind) gives one;
kind "de" fulfils XRechnung, "net" Peppol, "any" EN 16931."""
import base64
import random
from fractions import Fraction as F

# Invented parties; numbers with valid check digits.
PARTIES = {
    'DE': ('Musterwerk GmbH', 'DE940427928', '10115', 'Berlin',
           ('9930', 'DE940427928')),
    'FR': ('Atelier Exemple SARL', 'FR70917914673', '75011', 'Paris',
           ('9957', 'FR70917914673')),
    'ES': ('Taller Ejemplo SL', 'ESB99898181', '08001', 'Barcelona',
           ('9920', 'ESB99898181')),
    'IT': ('Esempio Srl', 'IT99724870326', '20121', 'Milano',
           ('0211', 'IT99724870326')),
    'BE': ('Voorbeeld BV', 'BE0976438919', '1000', 'Brussel',
           ('0208', '0976438919')),
    'AT': ('Beispiel & Söhne OG', 'ATU93917343', '1010', 'Wien',
           ('9914', 'ATU93917343')),
    'PL': ('Przykład Sp. z o.o.', 'PL9908155676', '00-001', 'Warszawa',
           ('9945', 'PL9908155676')),
    'PT': ('Exemplo Lda', 'PT597819904', '1100-148', 'Lisboa',
           ('9946', 'PT597819904')),
    'NL': ('Voorbeeldzaak B.V.', 'NL999257729B01', '1011 AB', 'Amsterdam',
           ('0106', '12345678')),
    'SE': ('Exempel AB', 'SE559793527801', '111 22', 'Stockholm',
           ('0088', '7300010000001')),
    'CH': ('Muster & Co. <AG>', None, '8001', 'Zürich',
           ('0183', 'CHE123456788')),
    'NO': ('Eksempel AS', 'NO992600861MVA', '0150', 'Oslo',
           ('0192', '992600861')),
    'DK': ('Eksempel ApS', 'DK93636694', '1050', 'København',
           ('0184', '93636694')),
    'IS': ('Dæmi ehf.', 'IS11111', '101', 'Reykjavík',
           ('0196', '4501750929')),
    'US': ('Sample & Daughters Inc.', None, '10001', 'New York',
           ('0060', '123456789')),
}
EU = ['DE', 'FR', 'ES', 'IT', 'BE', 'AT', 'PL', 'PT', 'NL', 'SE']
IBANS = ['DE02120300000000202051', 'FR1420041010050500013M02606',
         'ES9121000418450200051332', 'NL91ABNA0417164300']
TEXTS = ['Consulting', 'Ремонт <крыши> & стен', 'Café "Zoë" — ½ Tag',
         'Bolt M8 × 40', 'Line\nbreak', 'Emoji 🧾 invoice', ']]> end',
         "D'été & l'hiver", 'Größe 10 %', '#AAI# looks like a subject']
RATES = {'DE': ['19', '7'], 'SE': ['25', '12', '6']}
REASONS = {'E': ('Exempt under article 132', 'VATEX-EU-132'),
           'AE': ('Reverse charge', 'VATEX-EU-AE'),
           'K': ('Intra-community supply', 'VATEX-EU-IC'),
           'G': ('Export outside the EU', 'VATEX-EU-G'),
           'O': ('Not subject to VAT', 'VATEX-EU-O')}


def half_up(value, digits=2):
    """Rounded half away from zero."""
    scaled = abs(value) * 10 ** digits
    whole = int(scaled + F(1, 2))
    return F(whole if value >= 0 else -whole, 10 ** digits)


def text(value, digits=2):
    value = half_up(F(value), digits)
    sign, value = ('-' if value < 0 else ''), abs(value)
    whole = int(value)
    if not digits:
        return '%s%d' % (sign, whole)
    return '%s%d.%0*d' % (sign, whole, digits, (value - whole) * 10 ** digits)


def short(value, digits):
    out = text(value, digits)
    return out.rstrip('0').rstrip('.') if '.' in out else out


def party(rng, country, full):
    name, vat, postcode, city, (scheme, endpoint) = PARTIES[country]
    out = {'name': name, 'address': {'street': 'Example street %d' %
                                     rng.randint(1, 99),
                                     'city': city, 'postcode': postcode,
                                     'country': country}}
    if vat:
        out['tax_id'] = vat
    else:
        out['legal_id'] = 'R-%d' % rng.randint(1000, 9999)
    if rng.random() < .3:
        out['address'].update(street2='Back yard', street3='2nd floor')
    if rng.random() < .2:
        out['address']['region'] = 'Region & Co'
    if rng.random() < .4:
        out['trading_name'] = name.split()[0] + ' <Trade>'
    if rng.random() < .4:
        out['ids'] = [{'id': 'K%d' % rng.randint(1, 999)}]
        if rng.random() < .5:
            out['ids'] += [{'id': '4012345000009', 'scheme': '0088'}]
    if rng.random() < .3 and country not in ('NL', 'SE'):
        out['legal_id'] = 'HRB %d' % rng.randint(1, 99999)
    if rng.random() < .3:
        out['legal_info'] = 'Court: Example; Board: A. Person'
    if full or rng.random() < .6:
        out['contact'] = {'name': 'Pat Example', 'phone': '+49 30 1234567',
                          'email': 'pat@%s.example' % country.lower()}
    if full or rng.random() < .6:
        out['endpoint'], out['endpoint_scheme'] = endpoint, scheme
    return out


def allowance(rng, net, what):
    out = {}
    if rng.random() < .5:
        percent = F(rng.choice(['5', '10', '2.5', '33.3333']))
        base = abs(net)
        out = {'percent': short(percent, 4), 'base': text(base),
               'amount': text(base * percent / 100)}
    else:
        out = {'amount': text(F(rng.randint(1, 500), 100))}
    if what == 'allowances':
        out['reason'] = 'Loyal & good'
        if rng.random() < .5:
            out['reason_code'] = '95'
    else:
        if rng.random() < .7:
            out['reason'] = 'Freight <heavy>'
        out['reason_code'] = 'FC'
    return out


def line(rng, number, category, rate, credit):
    quantity = F(rng.choice(['1', '2', '3.5', '0.25', '12', '0.333333',
                             '1000', '7.125']))
    if not credit and rng.random() < .15:
        quantity = -quantity
    price = F(rng.choice(['10', '19.99', '0.0125', '333.333333', '1250',
                          '0', '4.5']))
    out = {'id': str(number), 'text': rng.choice(TEXTS),
           'quantity': short(quantity, 6),
           'unit': rng.choice(['C62', 'HUR', 'DAY', 'KGM', 'MTR', 'E48']),
           'price': short(price, 6), 'category': category}
    if rate is not None:
        out['rate'] = rate
    per = F(1)
    if rng.random() < .2:
        per = F(rng.choice(['1', '100', '12']))
        out['price_quantity'] = short(per, 6)
        if rng.random() < .5:
            out['price_unit'] = out['unit']
    if rng.random() < .25:
        cut = F(rng.choice(['0.5', '1.25', '0']))
        out['gross_price'] = short(price + cut, 6)
        if rng.random() < .7:
            out['price_discount'] = short(cut, 6)
    net = half_up(quantity * price / per)
    for what, sign in (('allowances', -1), ('charges', 1)):
        if rng.random() < .3:
            out[what] = [allowance(rng, net, what)
                         for _ in range(rng.randint(1, 2))]
            net += sign * sum(F(a['amount']) for a in out[what])
    out['net'] = text(net)
    if rng.random() < .2:
        out['period'] = {'from': '2026-10-0%d' % rng.randint(1, 9),
                         'to': '2026-10-2%d' % rng.randint(0, 9)}
    extra = {'description': 'Long & <detailed>', 'note': 'A note',
             'object': 'METER-7', 'po_line': '4', 'accounting': '4400',
             'seller_id': 'A-1', 'buyer_id': 'B-2',
             'origin': rng.choice(['DE', 'CN', 'IT']),
             'standard_id': '4012345000009', 'standard_scheme': '0160',
             'classes': [{'code': '30197643', 'scheme': 'STI'},
                         {'code': 'A1', 'scheme': 'TST',
                          'version': '26.0801'}],
             'attributes': [{'name': 'Colour', 'value': 'black & white'},
                            {'name': 'Size', 'value': 'XL'}]}
    for key in extra:
        if rng.random() < .2:
            out[key] = extra[key]
    if 'object' in out and rng.random() < .5:
        out['object_scheme'] = 'MG'
    if 'standard_id' not in out:
        out.pop('standard_scheme', None)
    else:
        out['standard_scheme'] = '0160'
    return out


def categories(rng, country):
    """What stands together in one invoice: pairs of category and rate."""
    rates = RATES.get(country, ['20', '10', '5.5'])
    if country == 'IT' and rng.random() < .3:
        return [('B', '22')]
    pick = rng.random()
    if pick < .06:
        return [('O', None)]
    if pick < .18:
        return [('L', rng.choice(['7', '0', '3'])), ('M', '4')][
            :rng.randint(1, 2)]
    every = [('S', rng.choice(rates)), ('S', rng.choice(rates)), ('Z', '0'),
             ('E', '0'), ('AE', '0'), ('G', '0'), ('K', '0')]
    return rng.sample(every, rng.randint(1, 3)) if pick < .6 else every[:1]


def group(doc):
    """BG-23 and BG-22 of a document with its lines."""
    sums, order = {}, []

    def add(what, amount):
        key = (what['category'], what.get('rate'))
        if key not in sums:
            order.append(key)
        sums[key] = sums.get(key, F(0)) + amount
    for one in doc['lines']:
        add(one, F(one['net']))
    for one in doc.get('allowances', []):
        add(one, -F(one['amount']))
    for one in doc.get('charges', []):
        add(one, F(one['amount']))
    taxes = []
    for category, rate in order:
        base = sums[category, rate]
        tax = {'category': category, 'base': text(base),
               'amount': text(base * F(rate or 0) / 100)}
        if rate is not None:
            tax['rate'] = rate
        if category in REASONS:
            tax['reason'], tax['reason_code'] = REASONS[category]
        taxes.append(tax)
    return taxes


def complete(doc):
    """Taxes and totals of a document with its lines, prepaid and rounding."""
    lines = sum((F(one['net']) for one in doc['lines']), F(0))
    out = {'lines': text(lines)}
    net = lines
    for what, sign in (('allowances', -1), ('charges', 1)):
        if doc.get(what):
            amount = sum(F(a['amount']) for a in doc[what])
            out[what] = text(amount)
            net += sign * amount
    doc['taxes'] = group(doc)
    tax = sum(F(t['amount']) for t in doc['taxes'])
    gross = net + tax
    out.update(net=text(net), tax=text(tax), gross=text(gross))
    if 'tax_currency' in doc:
        out['tax_accounting'] = text(tax * F(doc['exchange_rate']))
    paid = F(doc.get('prepaid', 0)) + sum(
        F(d['amount']) for d in doc.get('deposits', []))
    if 'withholding' in doc:
        amount = half_up(net * F(doc['withholding']['percent']) / 100)
        doc['withholding'].update(amount=text(amount), base=text(net))
        paid += amount
    if paid:
        out['prepaid'] = text(paid)
    if 'rounding' in doc:
        out['rounding'] = doc['rounding']
    out['due'] = text(gross - paid + F(doc.get('rounding', 0)))
    doc['totals'] = out


def totals(rng, doc):
    complete(doc)
    gross = F(doc['totals']['gross'])
    if rng.random() < .25:
        doc['prepaid'] = text(gross * F(rng.randint(1, 100), 100))
    complete(doc)
    due = F(doc['totals']['due'])
    if rng.random() < .15:
        doc['rounding'] = text(half_up(due * 20, 0) / 20 - due)
    complete(doc)


def references(rng, doc):
    known = {'po': 'PO & 77', 'sales_order': 'SO-8', 'contract': 'C-9',
             'project': 'P <1>', 'tender': 'T-4', 'object': 'OBJ-1',
             'despatch': 'DA-3', 'receipt': 'RA-2', 'accounting': '8400:K1',
             'buyer_reference': '04011000-12345-34'}
    for key in known:
        if rng.random() < .35:
            doc[key] = known[key]
    if 'object' in doc and rng.random() < .5:
        doc['object_scheme'] = 'ABT'
    if rng.random() < .2 or doc['type'] in ('credit-note', 'corrected'):
        doc['preceding'] = [{'number': '2026-0001', 'date': '2026-09-01'}]
        if rng.random() < .3:
            doc['preceding'].append({'number': '2026-0002'})
    if rng.random() < .3:
        doc['period'] = {'from': '2026-10-01', 'to': '2026-10-31'}
    elif rng.random() < .2:
        doc['period'] = {'to': '2026-10-31'}
    if rng.random() < .15:
        doc['tax_point'] = '2026-11-20'
    elif rng.random() < .1:
        doc['tax_point_code'] = rng.choice(['3', '35', '432'])
    if rng.random() < .3:
        doc['delivered'] = '2026-11-02'
    if rng.random() < .25:
        doc['notes'] = [{'text': rng.choice(TEXTS)}]
        if rng.random() < .5:
            doc['notes'].append({'text': 'Second', 'subject': 'AAI'})
    if rng.random() < .2:
        doc['attachments'] = [
            {'id': 'A1', 'description': 'Time sheet & plan',
             'url': 'https://files.example/a?b=c&d=e'},
            {'id': 'A2', 'name': 'sheet.csv', 'mime': 'text/csv',
             'content': base64.b64encode(b'a;b\n').decode()}]


def payment(rng, doc, german):
    ways = ['transfer', 'sepa', 'card', 'debit', 'cash']
    way = rng.choice(ways[:4] if german else ways)
    pay = {'reference': 'RF18539007547034'}
    accounts = [{'iban': IBANS[0], 'holder': doc['seller']['name'],
                 'bic': 'BYLADEM1001'}]
    if rng.random() < .3:
        accounts.append({'iban': rng.choice(IBANS[1:])})
    if way == 'transfer':
        pay.update(means='30', means_text='Bank <transfer>',
                   accounts=accounts + ([{'account': '12345678'}]
                                        if rng.random() < .3 else []))
    elif way == 'sepa':
        pay.update(means='58', accounts=accounts)
    elif way == 'card':
        pay.update(means='48', card={'number': '1234',
                                     'holder': 'P. Example'})
    elif way == 'debit':
        pay.update(means='59', mandate={
            'reference': 'M-1', 'creditor': 'DE98ZZZ09999999999',
            'account': IBANS[2]})
    else:
        pay.update(means='10')
        if rng.random() < .5:
            pay['accounts'] = accounts
    if rng.random() < .9 or german:
        doc['payment'] = pay


def countries(rng, kind):
    if kind == 'de':
        return 'DE', rng.choice(['DE', 'DE', 'FR', 'AT', 'CH', 'US'])
    if kind == 'net':
        sellers = ['DE', 'FR', 'ES', 'BE', 'AT', 'PL', 'PT', 'IT', 'NL', 'SE',
                   'NO', 'DK', 'IS']
        mine = rng.choice(sellers)
        home = mine if rng.random() < .4 else rng.choice(EU)
        return mine, home
    return rng.choice(list(PARTIES)), rng.choice(list(PARTIES))


LEGAL = {'DK': ('93636694', '0184'), 'IS': ('4501750929', '0196'),
         'NL': ('12345678', '0106'), 'SE': ('5597935278', '0007')}


def national(rng, doc):
    """What Peppol wants of a seller of one country."""
    mine = doc['seller']['address']['country']
    home = mine == doc['buyer']['address']['country']
    for who in ('seller', 'buyer'):
        one = doc[who]
        country = one['address']['country']
        if country in LEGAL:
            one['legal_id'], one['legal_scheme'] = LEGAL[country]
        if mine == 'DK':
            one['ids'] = [i for i in one.get('ids', []) if i.get('scheme')]
    pay = doc.get('payment', {})
    if mine == 'NL':
        doc['po'] = 'PO-1'
        if home or not pay:
            doc['payment'] = {'means': '30', 'accounts': [
                {'iban': IBANS[3]}]}
        if doc['type'] == 'credit-note':
            doc['preceding'] = [{'number': '2026-0001'}]
    if mine == 'DK' and home and pay.get('means') == '30':
        pay['accounts'] = pay['accounts'][:1]
    if mine == 'IS' and doc['type'] != 'credit-note':
        doc['type'] = 'invoice'


def extras(rng, doc, cats, kind):
    seller, buyer = doc['seller'], doc['buyer']
    if not seller.get('tax_id') and not cats & {'O'}:
        seller['tax_number'] = '12/345/67890'
    need = cats & {'AE', 'K', 'G'}
    if need and not seller.get('tax_id') or (
            rng.random() < .06 and 'B' not in cats):
        doc['representative'] = {
            'name': 'Tax & Rep', 'tax_id': PARTIES['BE'][1],
            'address': {'country': 'BE', 'city': 'Brussel'}}
    if 'K' in cats and not buyer.get('tax_id'):
        buyer['tax_id'] = PARTIES['AT'][1]
    if 'K' in cats and not doc.get('delivered') and 'period' not in doc:
        doc['delivered'] = '2026-11-03'
    if rng.random() < .2 and 'B' not in cats:
        doc['delivery'] = {'name': 'Store 7', 'id': 'L7', 'address': {
            'street': 'Dock 1', 'city': 'Lyon', 'postcode': '69001',
            'country': 'FR'}}
        if rng.random() < .4:
            doc['delivery'].update(id='4012345000009', id_scheme='0088')
    if rng.random() < .2:
        doc['payee'] = {'name': 'Factor & Sons', 'id': 'F-1'}
        if rng.random() < .5:
            doc['payee'].update(legal_id='987654321', legal_scheme='0002')
    if rng.random() < .1:
        doc['withholding'] = {'percent': '15', 'name': 'IRPF'}
    if rng.random() < .2 and doc['currency'] != 'EUR':
        doc['tax_currency'], doc['exchange_rate'] = 'EUR', '0.9215'
    if rng.random() < .25:
        doc['discounts'] = [
            {'percent': '2', 'days': '10', 'until': '2026-12-04'},
            {'percent': '1.5', 'until': '2026-12-10', 'base': '100.00'}][
                :rng.randint(1, 2)]


def document(seed, kind='any'):
    rng = random.Random('%s-%s' % (kind, seed))
    mine, theirs = countries(rng, kind)
    types = ['invoice'] * 5 + ['credit-note'] * 3 + ['deposit', 'corrected']
    if kind == 'net' and (mine, theirs) != ('DE', 'DE'):
        types.remove('corrected')
    doc = {'type': rng.choice(types), 'number': '2026-%04d' % seed,
           'date': '2026-11-24', 'due': '2026-12-24',
           'currency': rng.choice(['EUR', 'EUR', 'EUR', 'USD', 'CHF', 'GBP']),
           'seller': party(rng, mine, kind != 'any'),
           'buyer': party(rng, theirs, kind != 'any'),
           'terms': 'Payable by 24 December 2026, "net".\nLate & sorry.'}
    pairs = categories(rng, mine)
    if pairs[0][0] == 'B':
        doc['buyer'] = party(rng, 'IT', kind != 'any')
    references(rng, doc)
    if kind != 'any':
        doc['buyer_reference'] = '04011000-12345-34'
    payment(rng, doc, kind != 'any')
    credit = doc['type'] == 'credit-note'
    doc['lines'] = [line(rng, i + 1, *rng.choice(pairs), credit)
                    for i in range(rng.choice([1, 1, 2, 3, 5, 12]))]
    for what in ('allowances', 'charges'):
        if rng.random() < .3:
            net = sum(F(one['net']) for one in doc['lines'])
            doc[what] = []
            for _ in range(rng.randint(1, 2)):
                one = allowance(rng, net, what)
                one['category'], rate = rng.choice(pairs)
                if rate is not None:
                    one['rate'] = rate
                doc[what].append(one)
    cats = {one['category'] for key in ('lines', 'allowances', 'charges')
            for one in doc.get(key, [])}
    if 'B' in cats:
        for one in doc['lines']:
            one.pop('origin', None)
    extras(rng, doc, cats, kind)
    if 'period' in doc:
        if not doc['period'].get('from', '').startswith('2026-10-01'):
            for one in doc['lines']:
                one.pop('period', None)
    if kind == 'net':
        national(rng, doc)
    totals(rng, doc)
    return doc
