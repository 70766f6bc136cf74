#!/usr/bin/python3
# Invents a ledger for reminders: due.py SIZE DUE DIR writes SIZE/10 customers
# and SIZE open invoices, DUE of them past their due date, the others due
# later; and 1,000 payments that are for nobody. The same for the same size.
import json
import random
import sys

size, due, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
pick = random.Random(20261124)
LANGUAGES = [('cs', 'CZ'), ('en', 'GB'), ('de', 'DE'), ('es', 'ES'),
             ('ru', 'CZ'), ('fr', 'FR'), ('it', 'IT'), ('nl', 'NL')]
TRADES = 'Bau Foods Logistik Transport Metalli Print Holz Software'.split()
SYLLABLES = 'ka ve lo ri na tu mer sol ba den ost fal gri tor mi zan'.split()


def name():
    first = ''.join(pick.choice(SYLLABLES) for _ in range(4)).capitalize()
    return f'{first} {pick.choice(TRADES)}'


customers = max(10, size // 10)
with open(f'{folder}/customers.jsonl', 'w') as out:
    for i in range(customers):
        language, country = pick.choice(LANGUAGES)
        out.write(json.dumps(
            {'id': f'W{i}', 'name': name(), 'country': country,
             'language': language, 'currency': 'CZK',
             'email': f'c{i}@customer.example'}) + '\n')

# The clock of the benchmark is 24 November 2026.
overdue = set(pick.sample(range(size), due))
with open(f'{folder}/invoices.jsonl', 'w') as out:
    for i in range(size):
        last = f'2026-11-{pick.randint(2, 17):02d}' if i in overdue else \
            f'2027-{pick.randint(1, 6):02d}-{pick.randint(1, 28):02d}'
        cents = int(pick.lognormvariate(11, 1)) + 1000
        out.write(json.dumps(
            {'id': f'N{i}', 'number': f'R-2026-{i + 100001}',
             'customer': f'W{pick.randrange(customers)}',
             'date': '2026-10-20', 'due': last, 'currency': 'CZK',
             'amount': f'{cents // 100}.{cents % 100:02d}'}) + '\n')

with open(f'{folder}/payments.jsonl', 'w') as out:
    for i in range(1000):
        cents = int(pick.lognormvariate(11, 1)) + 1
        out.write(json.dumps(
            {'id': f'Q{i}', 'channel': 'notice', 'date': '2026-11-20',
             'amount': f'{cents // 100}.{cents % 100:02d}', 'currency': 'CZK',
             'payer': name() + ' Holding', 'account': '2900123451/2010',
             'remittance': 'thank you'}) + '\n')
