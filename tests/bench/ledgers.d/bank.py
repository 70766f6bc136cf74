# From what the customer wrote to what reaches us: statements and notices
# with the cuts, tags and masks of different banks.
import re

import people


def masked(r, acc):
    if not acc:
        return None
    return r.choice([acc[:4] + '****' + acc[-4:], '****' + acc[-4:], 'XXXXXX' + acc[-4:], acc[:2] + '••••' + acc[-4:],
        acc[:4] + 'X' * max(4, len(acc) - 8) + acc[-4:], '...' + acc[-3:], '*' + acc[-6:], acc, None, None])


def wrapped(r, text):
    """Fixed lines: cut anywhere, joined with or without a blank."""
    w = r.choice([27, 27, 35, 32])
    return r.choice([' ', '', '']).join(text[i:i + w] for i in range(0, len(text), w))


def tagged(r, pay, name, text):
    e2e = pay['e2e'] or 'NOTPROVIDED'
    country = pay['ours']                       # the tags are our bank's
    if country == 'NL':
        return '/TRTP/SEPA OVERBOEKING/IBAN/%s/BIC/ABNANL2A/NAME/%s/REMI/%s/EREF/%s' % (pay['acc'] or '', name, text, e2e)
    if country in ('DE', 'AT', 'LU'):
        return r.choice(['EREF+%s SVWZ+%s' % (e2e, text), 'EREF: %s SVWZ: %s' % (e2e, text), 'SVWZ+%s' % text,
            'EREF+%sKREF+NONREFSVWZ+%s' % (e2e, text)])
    if country == 'PL':
        return r.choice(['%s TYT.: %s' % (name, text), text])
    if country in ('FR', 'BE'):
        return r.choice(['VIR SEPA RECU /DE %s /MOTIF %s /REF %s' % (name, text, e2e), text])
    if country == 'IT':
        return r.choice(['BONIFICO A VOSTRO FAVORE ORD. %s RIF. %s' % (name, text), text])
    if country == 'ES':
        return r.choice(['TRANSF. DE %s CONCEPTO %s' % (name, text), text])
    if country in ('GB', 'IE'):
        return r.choice(['FPS CREDIT %s %s' % (name, text), '%s BGC' % text, text])
    if country == 'US':
        return r.choice(['ORIG CO NAME:%s CO ENTRY DESCR:PAYMENT SEC:CCD IND ID:%s' % (name[:16], text), text])
    if country == 'IN':
        return r.choice(['NEFT-%s-%s' % (name, text), 'RTGS/%s/%s' % (text, name), text])
    if country == 'BR':
        return r.choice(['PIX RECEBIDO %s %s' % (name, text), 'TED %s' % text, text])
    if country == 'TR':
        return r.choice(['GELEN FAST - %s - %s' % (name, text), 'GELEN EFT %s' % text])
    if country in ('CZ', 'SK'):
        return r.choice(['AV: %s' % text, 'ZPRAVA PRO PRIJEMCE: %s' % text, text])
    if country in ('FI', 'EE'):
        return r.choice(['SEPA-MAKSU %s' % text, 'VIESTI: %s' % text, text])
    if country == 'HU':
        return r.choice(['AZONNALI ATUTALAS: %s' % text, 'KOZL: %s' % text])
    if country in ('NO', 'SE', 'DK'):
        return r.choice(['FRA: %s %s' % (name, text), 'BETALING %s' % text, text])
    return text


def render(r, pay, channel, hard=False):
    """One report of the transaction pay on this channel."""
    c = people.COUNTRY[pay['country']]
    width = {'camt': 70, 'mt940': r.choice([27, 32, 35, 54]), 'csv': r.choice([35, 60]),
        'email': r.choice([18, 20, 32, 35, 70])}[channel]
    ascii_only = True if channel == 'mt940' else None
    name = people.at_bank(r, pay['name'], c, width, ascii_only, pay['kind']) if pay['name'] else ''
    text, ref, acc, e2e = pay['text'], pay['ref'], pay['acc'], pay['e2e']
    if ref and (channel != 'camt' or r.random() < .25):
        text, ref = (text + ' ' + pay['refprint']).strip(), None
    foreign = any(ord(ch) > 0x250 for ch in text)
    if channel == 'mt940' or r.random() < (.6 if foreign else .4):
        text = people.latin(text, c['lang'] == 'de')
    if channel == 'mt940' and r.random() < .55 or r.random() < .12:
        text = text.upper()
    text = text[:140]
    if channel == 'mt940':
        if r.random() < .45:
            text = tagged(r, pay, name, text)
        if r.random() < .5:
            text = wrapped(r, text)
    if channel == 'email':
        cut = r.choice([20, 35, 35, 70, 140, 140, 140, 140])
        text, acc, e2e = text[:cut], masked(r, acc), None
        if r.random() < .05 and acc:
            name = ''
    elif not pay.get('keep') and r.random() < (.12 if channel == 'csv' else .03):
        acc = None
    row = {'channel': channel, 'date': pay['date'], 'amount': pay['amount'], 'currency': pay['cur'],
        'payer_name': name or None, 'payer_iban': acc, 'remittance': re.sub(r' +', ' ', text).strip(),
        'structured_ref': ref, 'e2e': e2e, 'bank_ref': None if channel == 'email' and r.random() < .7 else pay['bank_ref']}
    return row
