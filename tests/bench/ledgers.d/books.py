# The ledger: branches, customers and what was invoiced to them.
import datetime
import re

import people
import series

DAY = datetime.timedelta(1)
START, END = datetime.date(2026, 10, 19), datetime.date(2026, 11, 20)
ZERO = {'JPY', 'ISK', 'KRW', 'CLP'}            # as the import files have them
RATE = {'EUR': 1, 'GBP': .86, 'USD': 1.16, 'CHF': .94, 'PLN': 4.25, 'CZK': 24.3, 'HUF': 388, 'RON': 5.08, 'BGN': 1.9558,
    'SEK': 11, 'NOK': 11.7, 'DKK': 7.46, 'ISK': 145, 'RUB': 93, 'UAH': 48.5, 'RSD': 117, 'CAD': 1.62, 'AUD': 1.77,
    'INR': 102, 'BRL': 6.2, 'MXN': 21.3, 'TRY': 48.9, 'JPY': 178, 'ZAR': 20, 'ILS': 3.8, 'AED': 4.26, 'GEL': 3.15, 'KZT': 610,
    'BAM': 1.9558, 'MDL': 19.7, 'CNY': 8.3, 'KRW': 1650, 'EGP': 55, 'NZD': 2.02, 'SGD': 1.5, 'CLP': 1090}
VAT = {'DE': 19, 'AT': 20, 'CH': 8.1, 'FR': 20, 'IT': 22, 'ES': 21, 'PL': 23, 'CZ': 21, 'HU': 27, 'IN': 18, 'GB': 20,
    'NO': 25, 'SE': 25, 'DK': 25, 'FI': 25.5, 'NL': 21, 'BE': 21, 'RU': 20, 'TR': 20, 'US': 0, 'BR': 0, 'JP': 10}
WITHHOLD = {'ES': (15, 7), 'IN': (10, 2), 'IT': (20,), 'BR': (1.5,), 'PT': (25,), 'TR': (20,)}


def unit(cur):
    return 1 if cur in ZERO else 100


class Invoice:
    pass


class Customer:
    pass


def payer_forms(r, c, given, sur):
    """How banks print a private person."""
    first = given.split()[0]
    return r.choice([f'{given} {sur}', f'{sur} {given}', f'{sur}, {given}', f'{first[0]}. {sur}', f'{first[0]} {sur}',
        f'{sur} {first}', {'en': 'Mr ', 'de': 'Herrn ', 'fr': 'M. ', 'nl': 'Dhr ', 'it': 'Sig. ', 'es': 'D. ',
        'pl': 'P. ', 'pt': 'Sr. '}.get(c['lang'], '') + f'{first} {sur}', f'{first} {sur}'])


def accounts_of(r, c, cust):
    """(name, account, relation): whose accounts this customer's money comes from."""
    here = lambda: people.account(r, c['code'])
    if cust.kind == 'person':
        given, sur = cust.person
        own = [(payer_forms(r, c, given, sur), here(), 'own')]
        x = r.random()
        if x < .12:
            own.append((r.choice(c['men'] + c['women']) + ' ' + sur, here(), 'spouse'))
        elif x < .2:
            joint = r.choice({'fr': [f'M OU MME {sur} {given}', f'MR ET MME {sur}'], 'de': [f'Eheleute {sur}',
                f'{given} und {r.choice(c["women"])} {sur}'], 'en': [f'MR & MRS {given[0]} {sur}', f'{given[0]} & '
                f'{r.choice(c["women"])[0]} {sur}']}.get(c['lang'], [f'{given} / {r.choice(c["men"] + c["women"])} {sur}']))
            own = [(joint, own[0][1], 'joint')]
        elif x < .25:
            own.append((given + ' ' + people.surname(r, c), own[0][1], 'married'))
        return own
    own = [(cust.name, here(), 'own')]
    x = r.random()
    if x < .1:
        own.append((f'{cust.core.split()[0]} Holding {r.choice(c["forms"])}', here(), 'parent'))
    elif x < .2 and len(cust.core) < 40:
        own.append((' '.join(people.person(r, c['code'])), here(), 'owner'))
    elif x < .26:
        own.append((cust.core, here(), 'own'))
    return own


def make_customers(r, n, homes):
    out, taken = [], set()
    start = r.choice([1001, 10010, 204, 70001, 5500])
    for i in range(n):
        c = people.COUNTRY[r.choice(homes) if r.random() < .68 else r.choice(list(people.COUNTRY))]
        k = Customer()
        k.country, k.c, k.no = c['code'], c, start + i * r.choice([1, 1, 1, 2])
        while k.no in taken:
            k.no += 1
        taken.add(k.no)
        k.id = 'D%05d' % (i + 1)
        k.kind = 'person' if r.random() < .28 else 'company'
        twin = r.choice(out) if out and r.random() < .04 else None
        if k.kind == 'person':
            k.person = people.person(r, k.country)
            if twin and twin.kind == 'person':
                k.country, k.c, k.person = twin.country, twin.c, twin.person
            k.name, k.core = ' '.join(k.person), k.person[1]
        else:
            k.name, k.core = people.company(r, k.country)
            if twin and twin.kind == 'company':
                k.country, k.c = twin.country, twin.c
                k.core = twin.core
                k.name = f'{twin.core} {r.choice(["Service", "Export", "II", "Invest"])} {r.choice(k.c["forms"])}'
        c = k.c
        k.city = r.choice(c['towns'])
        k.branch = k.country if k.country in homes else homes[0]
        home_cur = people.COUNTRY[k.branch]['cur']
        k.cur = home_cur if k.branch == k.country else r.choice([home_cur, home_cur, 'EUR', 'EUR', c['cur']])
        k.lang = {'BE': r.choice(['nl', 'fr']), 'CH': r.choice(['de', 'fr', 'it']), 'CA': r.choice(['en', 'fr'])}.get(
            k.country, c['lang'] if r.random() < .88 else 'en')
        k.terms = r.choice([7, 10, 14, 14, 21, 30, 30, 30, 45, 60])
        k.accounts = accounts_of(r, c, k)
        k.remembered = r.random() < .68
        k.ibans = [k.accounts[0][1]] if r.random() < .3 and c['bban'][0] != '-' else []
        k.bill = r.choice(['plan', 'plan', 'hours', 'hours', 'goods', 'goods', 'goods', 'retainer'])
        w = WITHHOLD.get(k.country) if k.kind == 'company' and r.random() < .5 else None
        k.withholds = r.choice(w) if w else None
        k.withholding_pct = k.withholds if w and r.random() < .6 else None
        k.discount = r.choice([(200, 10), (300, 8), (200, 14), (150, 7)]) if k.kind == 'company' and r.random() < .16 else None
        k.weight = min(12, r.paretovariate(1.1)) * r.choice([.15, .15, .4, 1, 1])
        k.invoices = []
        if out and r.random() < .025:                # two firms of one house, one account
            sister = r.choice(out)
            if sister.kind == k.kind == 'company' and sister.country == k.country:
                k.accounts = [(k.name if r.random() < .5 else sister.name, sister.accounts[0][1], 'sister')]
                k.cur = sister.cur
        out.append(k)
    return out


def amount(r, k, plans):
    u, rate = unit(k.cur), RATE.get(k.cur, 1)
    vat = k.vat
    if k.bill == 'plan':
        net = k.plan
    elif k.bill == 'retainer':
        net = k.plan * 10
    elif k.bill == 'hours':
        net = r.randint(2, 90) * r.choice([45, 62, 78.5, 85, 96]) + r.choice([0, 0, 12.4, 38.75])
    else:
        net = round(10 ** r.uniform(1.3, 4.1), 2)
    if rate > 5 and k.bill in ('plan', 'retainer'):
        net = round(net * rate / 10) * 10
    else:
        net *= rate
    net = int(round(net * u))
    return net, net + int(round(net * vat / 100))


def make_invoices(r, custs, n_open, homes):
    plans = [r.choice([9, 19, 29, 49, 79, 99, 149, 250]) + r.choice([0, .9, .5]) for _ in range(5)]
    scheme = {b: [r.choice(series.HABIT[b][0].split())] for b in homes}
    for b in homes:
        if r.random() < .3:
            scheme[b].append(r.choice([s for s in series.SERIES if s not in scheme[b]]))
    refs = {b: series.HABIT[b][1] for b in homes}
    refs = {b: ('' if x == 'rf0' and r.random() < .6 else x) for b, x in refs.items()}
    total, rows = sum(k.weight for k in custs), []
    for k in custs:
        k.plan, k.vat = r.choice(plans), VAT.get(k.country, 21) if k.country == k.branch else 0
        n = max(1, round(n_open * 1.4 * k.weight / total))
        days = []
        if k.bill in ('plan', 'retainer'):
            d = datetime.date(2026, 11, r.choice([1, 1, 2, 15]))
            each = 1 + n // 13
            while len(days) < n:
                days += [d] * each
                d = (d.replace(day=1) - DAY).replace(day=d.day)
            days = days[:n]
        else:
            days = [END - DAY * int(r.uniform(1, 300)) for _ in range(n)]
        days.sort()
        paid = int(n * .29 + r.random())
        last = None
        for i, d in enumerate(days):
            v = Invoice()
            v.k, v.date, v.due, v.cur, v.type = k, d, d + DAY * k.terms, k.cur, 'invoice'
            v.net, v.amount = amount(r, k, plans)
            if last and k.bill == 'hours' and r.random() < .1:
                v.net, v.amount = last.net, last.amount
            last = v
            if i >= paid and r.random() < .035 and v.amount > 5000:
                v.type = 'credit'
                v.amount = -int(v.amount * r.choice([.1, .25, .5, 1]) // 100 * 100)
                v.amount = v.amount or -1000
            v.open = 0 if i < paid else v.amount
            v.series, v.refkind = r.choice(scheme[k.branch]), refs[k.branch] if k.country == k.branch or r.random() < .3 else ''
            v.po = str(r.randint(40000, 4999999)) if r.random() < .15 and k.kind == 'company' else None
            rows.append(v)
    number_all(r, rows)
    return rows


def number_all(r, rows):
    rows.sort(key=lambda v: v.date)
    counter, per_day, per_cust, used = {}, {}, {}, set()
    for i, v in enumerate(rows):
        fmt, restart, first = series.SERIES[v.series]
        y = v.date.year - (v.date.month < 4)
        period = {'month': v.date.strftime('%Y%m'), 'year': v.date.year, 'fiscal': y, 'never': 0}[restart]
        while True:
            key = (v.k.branch, v.series, period)
            v.n = counter[key] = counter.get(key, first - 1) + r.choice([1, 1, 1, 2, 3])
            day = per_day[v.date] = per_day.get(v.date, 0) + 1
            cn = per_cust[v.k.id] = per_cust.get(v.k.id, 0) + 1
            v.number = series.per_year(fmt)(dict(n=v.n, d=v.date, day=day, c=v.k.no, cno=v.k.no, cn=cn,
                fy='%02d-%02d' % (y % 100, (y + 1) % 100)))
            if v.type == 'credit':
                v.number = {'PL': 'KOR ', 'DE': 'GS-', 'FR': 'AV-', 'IT': 'NC '}.get(v.k.branch, 'CN-') + v.number
            if v.number not in used:
                break
        used.add(v.number)
        v.id = 'V%06d' % (i + 1)
        v.ref = series.reference(v.refkind, v.k.no, i + 17) if v.refkind and v.type == 'invoice' else None
        v.left, v.sure, v.disc, v.until = v.open, v.open == 0, None, None
        if v.k.discount and v.type == 'invoice':
            v.disc, v.until = v.k.discount[0], v.date + DAY * v.k.discount[1]
        v.k.invoices.append(v)


def spelled(r, v):
    """The number as a customer copies it; never so short that it is another's."""
    n, x = v.number, r.random()
    digits = sum(ch.isdigit() for ch in n)
    if x < .58 or digits < 4:
        return n
    if x < .68:
        return re.sub(r'[^\w]', '', n)
    if x < .76:
        return re.sub(r'[^\w]+', ' ', n).strip()
    if x < .84:
        return re.sub(r'[^\w]+', r.choice('-/. _'), n)
    if x < .88:
        return n.lower()
    if x < .91:                                     # the year in two digits
        return re.sub(r'20(2[5-7])(?!\d)', r'\1', n)
    if x < .94:
        return re.sub(r'(?<!\d)0+(?=\d)', '', n)
    bare = re.sub(r'^[^\d]+', '', n)
    return bare if len(bare) > 3 else n


def counter_only(v):
    """The shortest thing a customer calls the invoice: its counter."""
    if v.series in ('date', 'date-x', 'cust', 'cust-s', 'de-k'):
        return v.number
    return str(v.n)
