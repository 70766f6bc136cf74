"""interest.py CASES LAWS: counts each case of unit/interest.c once more, from
the files of laws, day by day and in fractions; prints what differs."""
import calendar, datetime, functools, json, os, sys
from fractions import Fraction as F

day = datetime.date.fromisoformat


def lines(path):
    for line in open(path, encoding='utf-8'):
        line = line.split('#')[0].strip()
        if line:
            key, _, value = line.partition(' ')
            yield key, value.strip()


@functools.lru_cache
def load(folder, code):
    law = dict(lines(os.path.join(folder, code + '.law')))
    rows, until = [], None
    for key, value in lines(os.path.join(folder, law['reference'] + '.rates')):
        if key == 'known-until':
            until = day(value)
        elif key[0].isdigit():
            rows.append((day(key), None if value == 'none' else F(value)))
    return law, sorted(rows), until


def percent(law, rows, until, when):
    """Of the law on a day; LookupError when nobody knows."""
    if when > until or when < rows[0][0]:
        raise LookupError(when)
    rate = [value for start, value in rows if start <= when][-1]
    if rate is None:
        return F(0)
    rate *= int(law.get('times', 1))
    if 'round-up' in law:
        step = F(law['round-up'])
        rate = -(-rate // step) * step
    return max(rate + F(law.get('margin', '0')), F(0))


def half_up(value):
    return int((value * 2 + 1) // 2)


def piece(days):
    return sum(half_up(balance * rate / 100 / year * n)
               for (balance, rate, year), n in days.items())


def anniversary(due, months):
    year, month = divmod(due.year * 12 + due.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(
        due.day, calendar.monthrange(year, month + 1)[1]))


def count(case, folder):
    law, rows, until = load(folder, case['law'])
    agreed = F(case['rate'], 10000)
    due, end = day(case['due']), day(case['until'])
    changes = [(day(text), amount) for text, amount in case['changes']]
    first = due + datetime.timedelta(1)
    if agreed:
        law = {}
    months, compound, total, days, key = 1, 0, 0, {}, None
    when = first
    while when <= end:
        rate = agreed or percent(law, rows, until,
                                 first if 'fixed' in law else when)
        balance = max(0, case['amount'] - sum(
            amount for when_paid, amount in changes if when_paid < when))
        if balance:
            balance += compound
        year = 365
        if law.get('year') == 'actual' and calendar.isleap(when.year):
            year = 366
        if (balance, rate, year) != key:
            total, days, key = total + piece(days), {}, (balance, rate, year)
        days[key] = days.get(key, 0) + 1
        if 'compound' in law and anniversary(due, months) == when:
            total, days, key = total + piece(days), {}, None
            months, compound = months + 1, total
        when += datetime.timedelta(1)
    return total + piece(days)


def main(path, folder):
    looked = differs = unknown = 0
    for line in open(path):
        case = json.loads(line)
        looked += 1
        try:
            wanted = count(case, folder)
        except LookupError:
            unknown += 1
            wanted = None
        got = None if case['result'] == 3 else case['sum']
        if got != wanted:
            differs += 1
            print('#', wanted, line, end='')
    print(looked, 'looked at,', unknown, 'beyond what is known,', differs,
          'differ')


main(*sys.argv[1:])
