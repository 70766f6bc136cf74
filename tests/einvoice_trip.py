"""Documents there and back: random ones (einvoice_random.py) are written in
each profile and read again; what comes back must be what went in, but for
what a syntax has no place for, which is listed in carried(). As arguments
  random RENDER EXTRACT COUNT: so many documents of each profile;
  golden EXTRACT FOLDER: NAME.PROFILE.xml and the document NAME.json;
  write RENDER COUNT FOLDER: only the files."""
import copy
import glob
import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal

import einvoice_random

PROFILES = {'ubl': 'any', 'cii': 'any', 'xrechnung': 'de',
            'xrechnung-cii': 'de', 'peppol': 'net', 'factur-x': 'any'}
AMOUNTS = {'net', 'amount', 'base', 'price', 'gross_price', 'price_discount',
           'quantity', 'price_quantity', 'percent', 'rate', 'lines',
           'allowances', 'charges', 'tax', 'tax_accounting', 'gross',
           'prepaid', 'rounding', 'due'}


def number(text):
    value = Decimal(text).normalize()
    return format(value + 0, 'f')


def plain(value, key=''):
    """Numbers in one spelling, texts without double blanks."""
    if isinstance(value, dict):
        return {k: plain(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v, key) for v in value]
    if key in AMOUNTS:
        try:
            return number(value)
        except ArithmeticError:
            pass
    return ' '.join(value.split())


def drop(value, *keys):
    for key in keys:
        value.pop(key, None)


def withheld(doc):
    """The profiles have no term for it: a note and a line of the terms."""
    tax = doc.pop('withholding', None)
    if tax:
        says = '%s -%s%%: -%s %s (%s %s)' % (
            tax['name'], tax['percent'], tax['amount'], doc['currency'],
            tax['base'], doc['currency'])
        doc.setdefault('notes', []).append({'text': says})
        doc['terms'] += ' ' + says


def discounts(doc, german):
    """Only XRechnung has a form for them, with days and no last day."""
    if not german:
        return drop(doc, 'discounts')
    for one in doc.get('discounts', []):
        until = date.fromisoformat(one.pop('until'))
        one.setdefault('days', str(
            (until - date.fromisoformat(doc['date'])).days))
        if one.get('base') == doc['totals']['due']:
            del one['base']


def deposits(doc):
    """They are earlier invoices (BG-3), and paid (BT-113)."""
    for one in doc.pop('deposits', []):
        doc.setdefault('preceding', []).append(
            {k: one[k] for k in ('number', 'date') if k in one})
    if Decimal(doc['totals'].get('prepaid', '0')):
        doc['prepaid'] = doc['totals']['prepaid']
    else:
        drop(doc, 'prepaid')


def card(doc):
    """BR-51: no more of a card than its last digits."""
    one = doc.get('payment', {}).get('card', {})
    if len(one.get('number', '')) > 10:
        one['number'] = one['number'][-4:]


def lines(doc, cii):
    """A gross price says what was taken off; in CII not that nothing was."""
    for one in doc['lines']:
        if 'gross_price' in one:
            cut = Decimal(one['gross_price']) - Decimal(one['price'])
            one['price_discount'] = str(cut)
            if cii and not cut:
                del one['price_discount']
        else:
            drop(one, 'price_discount')
        if 'price_quantity' in one:
            one['price_unit'] = one['unit']


def parties(doc):
    """A buyer has one id (BT-46) and no BT-32, BT-33. What is not subject to
    tax has no VAT ids (BR-O-2 to 4): the seller keeps his as an id."""
    drop(doc['buyer'], 'legal_info', 'tax_number')
    doc['buyer']['ids'] = doc['buyer'].get('ids', [])[:1]
    if any(one['category'] == 'O' for one in doc['taxes']):
        seller = doc['seller']
        known = seller.get('ids') or seller.get('legal_id')
        if seller.get('tax_id') and not known:
            seller['ids'] = [{'id': seller['tax_id']}]
        for key in ('seller', 'buyer'):
            drop(doc[key], 'tax_id')
        drop(doc, 'representative')     # would be nothing without his
    for key in ('seller', 'buyer'):
        if not doc[key].get('ids'):
            drop(doc[key], 'ids')


def delivered_to(doc):
    """BR-IC-12 wants a country of delivery: the buyer's."""
    there = doc.get('delivery', {}).get('address')
    if not there and any(t['category'] == 'K' for t in doc['taxes']):
        doc.setdefault('delivery', {})['address'] = doc['buyer']['address']


def join_notes(doc):
    """Peppol has one note."""
    notes = [one['text'] for one in doc.get('notes', [])]
    if notes:
        doc['notes'] = [{'text': ' '.join(notes)}]


def danish(doc):
    """A transfer within Denmark has a code of its own (DK-R-5)."""
    pay = doc.get('payment', {})
    first = pay.get('accounts', [{}])[0]
    if {doc[k]['address']['country'] for k in ('seller', 'buyer')} == {
            'DK'} and pay.get('means') == '30' and 'bic' in first:
        pay['means'] = '31' if 'iban' in first else '42'


def ubl(doc, profile):
    """A note begins with its subject, so what looks like one gets one; the
    due day of a credit note needs a means of payment."""
    for one in doc.get('notes', []):
        parts = one['text'].split('#')
        if len(parts) > 2 and len(parts[1]) == 3:
            one.setdefault('subject', 'AAI')
    if doc['type'] == 'credit-note' and profile == 'ubl':
        doc.setdefault('payment', {'means': '1'})


def carried(doc, profile):
    """What comes back: what the syntax and the profile have a place for."""
    doc = copy.deepcopy(doc)
    german = profile.startswith('xrechnung')
    cii = profile.endswith('cii')
    doc['profile'] = {'xrechnung-cii': 'xrechnung', 'xrechnung': 'xrechnung',
                      'peppol': 'peppol'}.get(profile, 'en16931')
    drop(doc, '_profiles', 'exchange_rate')     # BT-111 is there
    deposits(doc)
    card(doc)
    if not Decimal(doc.get('rounding', '1')):
        drop(doc, 'rounding')
    withheld(doc)
    if cii:                             # D16B has one (BG-3)
        for one in doc.get('preceding', [])[1:]:
            doc.setdefault('notes', []).append({
                'text': 'Preceding invoice: ' + ', '.join(
                    one[k] for k in ('number', 'date') if k in one)})
        doc['preceding'] = doc.get('preceding', [])[:1]
        if not doc['preceding']:
            del doc['preceding']
    if profile == 'peppol':
        join_notes(doc)
        danish(doc)
    if profile in ('ubl', 'xrechnung', 'peppol'):
        ubl(doc, profile)
    else:                   # ids without a scheme come first
        for key in ('seller', 'buyer'):
            doc[key].get('ids', []).sort(key=lambda one: 'scheme' in one)
    discounts(doc, german)
    lines(doc, cii or profile == 'factur-x')
    parties(doc)
    delivered_to(doc)
    if german and doc['type'] == 'deposit':     # BR-DE-17 has no 386
        doc.update(type='invoice', type_code='326')
    doc['exemptions'] = {
        one['category']: {'reason': one['reason'], 'code': one['reason_code']}
        for one in reversed(doc['taxes']) if 'reason' in one}
    if not doc['exemptions']:
        del doc['exemptions']
    return doc


def differences(want, got, path=''):
    if isinstance(want, dict) and isinstance(got, dict):
        for key in sorted(set(want) | set(got)):
            yield from differences(want.get(key), got.get(key),
                                   '%s.%s' % (path, key) if path else key)
    elif isinstance(want, list) and isinstance(got, list) and \
            len(want) == len(got):
        for i, (a, b) in enumerate(zip(want, got)):
            yield from differences(a, b, '%s[%d]' % (path, i))
    elif want != got:
        yield '%s: %r became %r' % (path, want, got)


def write(render, doc, profile):
    letter = json.dumps({'form': 'xml:' + profile, 'document': doc})
    return subprocess.run([render], input=letter.encode(),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def keep(render, count, folder):
    for profile, kind in PROFILES.items():
        for seed in range(count):
            doc = einvoice_random.document(seed, kind)
            with open('%s/%s-%d.xml' % (folder, profile, seed), 'wb') as out:
                out.write(write(render, doc, profile).stdout)


def read(extract, xml):
    out = subprocess.run([extract, 'document', '0'], input=xml,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return json.loads(out.stdout) if not out.returncode else {
        'wrong': [out.stderr.decode().strip()]}


def compare(name, doc, profile, found):
    """1 when something changed, after having said what."""
    faults = list(differences(plain(carried(doc, profile)),
                              plain(found.get('document', {}))))
    faults += ['wrong: ' + w for w in found.get('wrong', [])]
    faults += ['unread: ' + w for w in found.get('unread', [])]
    for fault in faults:
        print('# %s: %s' % (name, fault))
    return bool(faults)


def golden(extract, folder):
    done = bad = 0
    for path in sorted(glob.glob(folder + '/*.xml')):
        stem, profile = os.path.basename(path)[:-4].split('.')
        with open('%s/%s.json' % (folder, stem), encoding='utf-8') as file:
            doc = json.load(file)
        with open(path, 'rb') as file:
            found = read(extract, file.read())
        done += 1
        bad += compare(path, doc, profile, found)
    return done, bad, 0


def random(render, extract, count):
    done = bad = refused = 0
    for profile, kind in PROFILES.items():
        for seed in range(int(count)):
            doc = einvoice_random.document(seed, kind)
            xml = write(render, doc, profile)
            if xml.returncode:      # the profile forbids it
                refused += 1
                continue
            done += 1
            bad += compare('%s %d' % (profile, seed), doc, profile,
                           read(extract, xml.stdout))
    return done, bad, refused


if sys.argv[1] == 'write':
    keep(sys.argv[2], int(sys.argv[3]), sys.argv[4])
else:
    print('%d documents came back, %d changed, %d were not written' %
          {'random': random, 'golden': golden}[sys.argv[1]](*sys.argv[2:]))
