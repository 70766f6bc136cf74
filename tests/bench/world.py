#!/usr/bin/python3
# Invents a ledger: world.py SIZE DIR writes customers, SIZE open invoices and
# payments as JSON Lines. The same for the same size.
import json
import random
import sys

size, folder = int(sys.argv[1]), sys.argv[2]
payments = int(sys.argv[3]) if len(sys.argv) > 3 else 20000
pick = random.Random(20261122)
SYLLABLES = ('ka ve lo ri na tu mer sol ba den ost fal gri tor mi zan pel '
             'hu cor lin').split()
TRADES = ['Bau', 'Foods', 'Logistik', 'Instalace', 'Transports', 'Metalli',
          'Print', 'Holz', 'Software', 'Catering']
FORMS = ['GmbH', 's.r.o.', 'SARL', 'SL', 'Ltd', 'BV', 'AB', 'S.p.A.', 'Oy']


def name():
    first = ''.join(pick.choice(SYLLABLES) for _ in range(3)).capitalize()
    return f'{first} {pick.choice(TRADES)} {pick.choice(FORMS)}'


def iban(number):
    domestic = f'{number:018d}'
    check = 98 - int(domestic + '131400') % 97
    return f'DE{check:02d}{domestic}'


customers = max(10, size // 10)
names = [name() for _ in range(customers)]
with open(f'{folder}/customers.jsonl', 'w') as out:
    for i, text in enumerate(names):
        row = {'id': f'W{i}', 'name': text, 'country': 'DE',
               'currency': 'EUR', 'email': f'c{i}@customer.example'}
        if pick.random() < .6:
            row['ibans'] = [iban(370400440000000000 + i)]
        out.write(json.dumps(row) + '\n')

kept = []
with open(f'{folder}/invoices.jsonl', 'w') as out:
    for i in range(size):
        day, month = pick.randint(1, 28), pick.randint(1, 10)
        cents = int(pick.lognormvariate(11, 1))
        row = {'id': f'N{i}', 'number': f'R-2026-{i + 100001}',
               'customer': f'W{int(customers * pick.random() ** 1.5)}',
               'date': f'2026-{month:02d}-{day:02d}',
               'due': f'2026-{month + 1:02d}-{day:02d}', 'currency': 'EUR',
               'amount': f'{cents // 100}.{cents % 100:02d}'}
        if pick.random() < min(1, 1.2 * payments / size):
            kept.append(row)
        out.write(json.dumps(row) + '\n')

pick.shuffle(kept)
with open(f'{folder}/payments.jsonl', 'w') as out:
    for i in range(payments):
        row = kept[i % len(kept)]
        owner = int(row['customer'][1:])
        kind = pick.random()
        text = row['number'] if kind < .5 else \
            row['number'].split('-')[2] if kind < .7 else 'Rechnung'
        payment = {'id': f'P{i}', 'channel': 'statement',
                   'date': '2026-11-20', 'amount': row['amount'],
                   'currency': 'EUR', 'payer': names[owner].upper(),
                   'remittance': f'Zahlung {text}',
                   'bank_reference': f'B{i}'}
        if kind > .3:
            payment['payer_account'] = iban(370400440000000000 + owner)
        out.write(json.dumps(payment) + '\n')
