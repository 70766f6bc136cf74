"""Decisions of `mailfilter reconcile --json` held against the truth of a case
folder: what was booked right, asked right, left out, and how honest the
probabilities are. Used by tests/bench/match; the meaning of each figure is in
figures(), that of each outcome beside its cost.
"""
import collections
import json
import math
import os

NO_MINOR = {'JPY': 0, 'KRW': 0, 'CLP': 0, 'ISK': 0}
# What an outcome costs the owner: the money of somebody else on an invoice
# most, a question least.
COST = {
    'wrong_auto': 100,      # booked, and it was not for these invoices
    'dup_auto': 60,         # one transaction booked a second time
    'incomplete': 30,       # booked on a part of its invoices
    'wrong_amount': 20,     # right invoices, wrong amounts
    'missed': 5,            # it had invoices and nothing was said
    'suggest_wrong': 3, 'suggest_needless': 1.5, 'suggest_right': 1,
    'auto_right': 0, 'none_right': 0}
WRONG = ('wrong_auto', 'dup_auto', 'incomplete', 'wrong_amount')
EDGES = (0, .5, .8, .9, .95, .98, .99, .999, 1.000001)
TOLERANCE = 5               # minor units


def lines(path):
    with open(path, encoding='utf-8') as file:
        return [json.loads(line) for line in file if line.strip()]


def minor(value, currency):
    """Whole numbers are minor units already, text is decimal."""
    if isinstance(value, int):
        return value
    digits = NO_MINOR.get(currency, 2)
    whole, _, part = str(value).lstrip('-').partition('.')
    number = int(whole or 0) * 10 ** digits + \
        int((part + '0' * digits)[:digits] or 0)
    return -number if str(value).startswith('-') else number


def read_decisions(path, invoices):
    """Per payment: decision, probability, invoice → minor units put on it."""
    out = {}
    for row in lines(path):
        shares = {}
        for share in row.get('allocations') or []:
            invoice = share['invoice']
            amount = share.get('amount')
            if amount is not None:
                amount = minor(amount, invoices[invoice]['currency'])
            if share.get('kind', 'payment') in ('payment', 'credit-note'):
                shares[invoice] = (shares.get(invoice) or 0) + (amount or 0)
            else:
                shares.setdefault(invoice, 0)
        said = row.get('probability', row.get('confidence'))
        out[row['payment']] = {'decision': row['decision'], 'said': said,
                               'shares': shares, 'row': row}
    return out


class Cases:
    """What a generator says of its world. files: the import files."""

    def __init__(self, files, truth):
        self.invoices = {}
        for row in lines(os.path.join(files, 'invoices.jsonl')):
            self.invoices[row['id']] = {
                'currency': row['currency'], 'customer': row['customer'],
                'open': minor(row.get('open', row['amount']),
                              row['currency'])}
        self.currency = {row['id']: row['currency'] for row in
                         lines(os.path.join(files, 'payments.jsonl'))}
        self.truth = lines(truth)


def first_of_two(truth, decisions):
    """One transaction that two channels report, or an invoice paid twice:
    whichever of the two was taken is the match, the other the copy."""
    rank = {'auto': 2, 'suggest': 1}
    by_id = {row['payment']: row for row in truth}

    def weight(row):
        found = decisions.get(row['payment'])
        return rank.get(found['decision'], 0) if found else 0

    for row in truth:
        first = by_id.get(row.get('duplicate_of'))
        if first and weight(row) > weight(first):
            for key in ('expected', 'customer', 'allocations', 'alt'):
                row[key], first[key] = first.get(key), row.get(key)


def amounts_right(cases, row, shares):
    want = {a['invoice']: a for a in row['allocations']}
    for invoice, amount in shares.items():
        known = cases.invoices[invoice]
        if known['currency'] != cases.currency[row['payment']]:
            continue
        wanted = minor(want[invoice]['amount'], known['currency'])
        if abs(amount - wanted) <= TOLERANCE:
            continue
        if not want[invoice]['settles'] or \
                abs(abs(amount) - abs(known['open'])) > TOLERANCE:
            return False
    return True


def outcome(cases, row, found):
    """One word of COST, and whether the invoices are the right ones."""
    matchable = row['expected'] == 'match'
    what = found['decision'] if found else 'none'
    shares = found['shares'] if found else {}
    if what not in ('auto', 'suggest') or not shares:
        return 'missed' if matchable else 'none_right', False
    wanted = {a['invoice'] for a in row['allocations']}
    named = set(shares)
    right = matchable and (named == wanted or
                           any(named == set(x) for x in row['alt']))
    if what == 'suggest':
        return ('suggest_right' if right else 'suggest_wrong' if matchable
                else 'suggest_needless'), right
    if right:
        fine = named != wanted or amounts_right(cases, row, shares)
        return 'auto_right' if fine else 'wrong_amount', True
    if row['expected'] == 'duplicate':
        return 'dup_auto', False
    return ('incomplete' if matchable and named < wanted
            else 'wrong_auto'), False


class Tally:
    """Counts that can be pooled over worlds."""

    def __init__(self):
        self.n = self.matchable = self.autos = 0
        self.outcomes = collections.Counter()
        self.settled = self.crossing = self.hidden = 0
        self.said = []          # (probability, right)
        self.classes = {}
        self.cases = []         # (class, outcome, payment, said, row, truth)

    def add(self, other):
        for key in ('n', 'matchable', 'autos', 'settled', 'crossing',
                    'hidden'):
            setattr(self, key, getattr(self, key) + getattr(other, key))
        self.outcomes.update(other.outcomes)
        self.said += other.said
        self.cases += other.cases
        for name, tally in other.classes.items():
            self.classes.setdefault(name, Tally()).add(tally)

    def count(self, row, found, what):
        self.n += 1
        self.matchable += row['expected'] == 'match'
        self.outcomes[what] += 1
        self.autos += bool(found and found['decision'] == 'auto' and
                           found['shares'])

    def right(self):
        """A right invoice with another amount is no wrong match."""
        return self.outcomes['auto_right'] + self.outcomes['wrong_amount']

    def figures(self):
        good, asked = self.outcomes['auto_right'], self.outcomes['suggest_right']
        share = lambda a, b: 100 * a / b if b else float('nan')
        return {'auto': share(self.autos, self.n),
                'P(auto)': share(self.right(), self.autos),
                'R(auto)': share(good, self.matchable),
                'R(any)': share(good + asked, self.matchable),
                'crossing': share(self.crossing, self.settled),
                'cost': share(sum(COST[k] * v for k, v in
                                  self.outcomes.items()), self.n)}

    def must_not_booked(self):
        """Bookings of money that is for no invoice at all."""
        return sum(what == 'wrong_auto' and row['expected'] == 'none'
                   for _, what, _, _, _, row in self.cases)

    def reliability(self):
        """(from, to, n, said, was) for each bin that holds something."""
        table = []
        for low, high in zip(EDGES, EDGES[1:]):
            some = [x for x in self.said if low <= x[0] < high]
            if some:
                table.append((low, min(high, 1), len(some),
                              sum(p for p, _ in some) / len(some),
                              sum(r for _, r in some) / len(some)))
        return table

    def calibration_error(self):
        n = len(self.said)
        return sum(k * abs(said - was)
                   for _, _, k, said, was in self.reliability()) / n if n else 0


def score(cases, decisions):
    total = Tally()
    settled, touched, booked, held = set(), set(), set(), set()
    first_of_two(cases.truth, decisions)
    for row in cases.truth:
        found = decisions.get(row['payment'])
        what, right = outcome(cases, row, found)
        named = set(found['shares']) if found else set()
        small = total.classes.setdefault(row['class'], Tally())
        total.count(row, found, what)
        small.count(row, found, what)
        if row['expected'] == 'match':
            touched.update(a['invoice'] for a in row['allocations'])
            touched.update(*map(set, row['alt']))
            settled.update(a['invoice'] for a in row['allocations']
                           if a['settles'])
        if found and found['decision'] == 'auto':
            booked |= named
        elif found and found['decision'] == 'suggest':
            held |= named
        if found and named and found['decision'] in ('auto', 'suggest') and \
                found['said'] is not None:
            total.said.append((found['said'], right))
            small.said.append((found['said'], right))
        total.cases.append((row['class'], what, row['payment'], right,
                            found['row'] if found else None, row))
    total.settled = len(settled)
    total.crossing = len(settled - booked - held)
    total.hidden = len(booked - touched)
    return total


def upper_bound(errors, n, confidence=.95):
    """Clopper-Pearson: the rate of errors is below this, so sure."""
    if n == 0 or errors >= n:
        return 1.0

    def at_most(p):
        return sum(math.exp(math.lgamma(n + 1) - math.lgamma(k + 1) -
                            math.lgamma(n - k + 1) + k * math.log(p) +
                            (n - k) * math.log1p(-p))
                   for k in range(errors + 1))
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if at_most(middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high
