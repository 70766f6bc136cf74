"""A generator's folder (minor units, its own names of fields) as the tables
that `mailfilter import` takes."""
import json
import os

import score

CUSTOMER = (('id', 'id'), ('name', 'name'), ('country', 'country'),
            ('currency', 'currency'), ('ibans', 'ibans'),
            ('terms_days', 'terms'), ('withholding_percent',
                                      'withholding_pct'))
INVOICE = (('id', 'id'), ('number', 'number'), ('customer', 'customer'),
           ('date', 'date'), ('due', 'due'), ('currency', 'currency'),
           ('reference', 'payment_ref'), ('po', 'po'),
           ('discount_until', 'discount_until'))
HISTORY = (('invoice', 'invoice'), ('customer', 'customer'),
           ('invoiced', 'invoiced'), ('paid', 'paid'),
           ('currency', 'currency'), ('payer', 'payer_name'),
           ('payer_account', 'payer_iban'))
PAYMENT = (('id', 'id'), ('date', 'date'), ('currency', 'currency'),
           ('payer', 'payer_name'), ('payer_account', 'payer_iban'),
           ('remittance', 'remittance'), ('reference', 'structured_ref'),
           ('end_to_end_id', 'e2e'), ('bank_reference', 'bank_ref'))


def decimal(minor, currency):
    digits = score.NO_MINOR.get(currency, 2)
    sign, minor = '-' if minor < 0 else '', abs(minor)
    if not digits:
        return '%s%d' % (sign, minor)
    whole, part = divmod(minor, 10 ** digits)
    return '%s%d.%0*d' % (sign, whole, digits, part)


def pick(row, fields):
    return {new: row[old] for new, old in fields
            if row.get(old) not in (None, '', [])}


def invoice(row):
    out = pick(row, INVOICE)
    out['type'] = 'invoice' if row['type'] == 'invoice' else 'credit-note'
    for field in ('amount', 'open'):
        out[field] = decimal(abs(row[field]), row['currency'])
    if row.get('discount_bp') is not None:
        out['discount_percent'] = row['discount_bp'] / 100
    return out


def payment(row):
    out = pick(row, PAYMENT)
    out['channel'] = 'notice' if row['channel'] == 'email' else 'statement'
    out['amount'] = decimal(row['amount'], row['currency'])
    return out


def history(row):
    out = pick(row, HISTORY)
    out['amount'] = decimal(row['amount'], row['currency'])
    return out


def convert(cases, out):
    os.makedirs(out, exist_ok=True)
    for name, turn in (('customers', lambda row: pick(row, CUSTOMER)),
                       ('invoices', invoice), ('history', history),
                       ('payments', payment)):
        with open(os.path.join(out, name + '.jsonl'), 'w',
                  encoding='utf-8') as file:
            for row in score.lines(os.path.join(cases, name + '.jsonl')):
                file.write(json.dumps(turn(row), ensure_ascii=False) + '\n')
