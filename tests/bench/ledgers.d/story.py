# Who pays what, how, and what a careful clerk would make of it.
import datetime
import itertools
import re

import bank
import books
import people
import series
import words

DAY = datetime.timedelta(1)
NAMING = dict(number_typo=False, number_of_other=False, month_named=False)     # no number of ours to be cut
WEIGHTS = '''
number 23 15; reference 13 6; payer_amount 9 7; counter 4 5; month_named 3 4; equal_open 3 4; list_full 6 5; list_short 2 4
list_unnamed 3 4; lump_oldest 1 2; list_minus .7 1.5; list_more .8 1.6; months_named .8 1.2
third_named 4 5; third_unnamed 1 2; renamed .8 1.5; new_account 1.2 2; number_typo 1.2 3; number_of_other 1 2.5
number_old 1.5 3; po_only 1.2 2; customer_no 1.5 2; number_in_e2e 1 1.5; date_named .8 1.5; split_payment .6 1; instalments .35 .6
standing_order .25 .5; fee 2 3; discount 2.5 2.5; discount_late 1 1.5; withheld 2.5 3
rounded 1.5 2; part 1.5 2.5; rest 1 1.5; overpaid .8 1.5; credit_netted 1.6 2.5; fx 1 2; twins 1 2; no_clue .6 1.2
paid_again .8 1.5; deposit 1.2 1.5; namesake 1.2 2.5; stranger_amount 1.2 2.5; digits 1.5 3; returned 1 1.5
supplier_refund 1.3 1.5; tax_office .8 .8; interest .6 .6; card_payout 1.5 1.5; insurance .7 .8; rent .7 .9
own_transfer 1 1.2; wrong_supplier 1 1.5
payroll_back .4 .5; utilities .6 .7; grant .4 .5; before_invoice .7 1'''


class Story:
    def __init__(self, r, custs, rows, hard):
        self.r, self.custs, self.rows, self.hard = r, custs, rows, hard
        self.owing = [k for k in custs if any(v.left > 0 for v in k.invoices)]
        self.w = [min(20, sum(v.left > 0 for v in k.invoices)) for k in self.owing]
        self.numbers = {v.number for v in rows}
        self.out, self.seq, self.done, self.later, self.e2e = [], 0, [], [], None

    # -- choosing ---------------------------------------------------------
    def customer(self, ok=lambda k: True):
        for _ in range(60):
            k = self.r.choices(self.owing, self.w)[0]
            if self.open(k) and ok(k):
                return k
        return None

    def open(self, k):
        return [v for v in k.invoices if v.left > 0 and v.left == v.open and v.date <= self.day]

    def pick(self, k):
        """Mostly what is due next, sometimes anything."""
        c = self.open(k)
        return c[0] if self.r.random() < .5 else self.r.choice(c)

    def equals(self, v):
        return [x for x in v.k.invoices if x is not v and x.type == v.type and x.open == v.open and x.cur == v.cur and
            not x.sure and x.date <= self.day]

    def home(self):
        return self.r.choice(self.custs).country

    def lonely(self, v):
        return not any(x is not v and x.open == v.open for x in v.k.invoices)

    def alternatives(self, vs):
        """Sets that no clerk could tell from vs when no number is readable."""
        groups = {}
        for v in vs:
            groups.setdefault((v.type, v.open), []).append(v)
        pools = [itertools.combinations(sorted([v.id for v in g] + [x.id for x in self.equals(g[0]) if x not in g]), len(g))
            for g in groups.values()]
        want = sorted(v.id for v in vs)
        sets = [sorted(itertools.chain(*combo)) for combo in itertools.islice(itertools.product(*pools), 301)]
        return [s for s in sets if s != want]

    def clerk_could_err(self, k, total, vs):
        """Another one, two or three open invoices of k make the same sum."""
        c, want = self.open(k), {v.id for v in vs}
        if len(c) > 45:
            return True
        return any(sum(v.left for v in s) == total and {v.id for v in s} != want
            for n in (1, 2, 3) for s in itertools.combinations(c, n))

    # -- writing ----------------------------------------------------------
    def w1(self, k, field):
        return self.r.choice(words.LANG[k.lang][field])

    def dmy(self, d):
        return d.strftime(self.r.choice(['%d.%m.%Y', '%d.%m.%y', '%d/%m/%Y', '%Y-%m-%d', '%d-%m-%Y', '%d.%m.']))

    def money(self, minor, cur, k):
        u = books.unit(cur)
        s = f'{minor // u:,}' + ('.%02d' % (minor % u) if u > 1 else '')
        style = 'en' if k.lang in ('en', 'ja') else self.r.choice(['comma', 'comma', 'blank', 'plain'])
        if style == 'plain':
            return s.replace(',', '')
        return s if style == 'en' else s.replace(',', ' ' if style == 'blank' else '_').replace('.', ',').replace('_', '.')

    def digits(self, n):
        while True:
            s = str(self.r.randint(10 ** (n - 1), 10 ** n - 1))
            if s not in self.numbers:
                return s

    def own(self, k):
        """Other things with digits that customers add."""
        r = self.r
        return r.choice([lambda: self.w1(k, 'order') + ' ' + self.digits(r.randint(4, 7)),
            lambda: self.w1(k, 'cust') + ' ' + str(k.no), lambda: self.w1(k, 'deliv') + ' ' + self.digits(6),
            lambda: self.w1(k, 'tel') + ' 0' + self.digits(3) + '-' + self.digits(6),
            lambda: self.w1(k, 'contract') + ' ' + self.digits(5), lambda: self.w1(k, 'vat'),
            lambda: self.dmy(self.day), lambda: self.w1(k, 'cust') + ': ' + str(k.no),
            lambda: '%s %s' % (k.city, self.digits(5)), lambda: r.choice(['ID', 'USt-ID', 'NIP', 'P.IVA', 'CIF', 'IČ', 'ИНН']) + ' ' +
            self.digits(r.choice([8, 9, 10]))])()

    def phrase(self, k, what, dated=None):
        r, x, inv = self.r, self.r.random(), self.w1(k, 'inv')
        if x < .18:
            return what
        if x < .45:
            return r.choice([f'{inv} {what}', f'{inv}{what}' if inv.endswith('.') else f'{inv}: {what}'])
        if x < .58 and dated:
            return f'{inv} {what} {self.w1(k, "dated")} {self.dmy(dated)}'
        if x < .7:
            return f'{self.w1(k, "pay")} {inv} {what}, {self.w1(k, "thanks")}'
        if x < .86:
            return r.choice([f'{inv} {what} {self.own(k)}', f'{self.own(k)} {inv} {what}', f'{self.own(k)}, {what}'])
        if x < .93:
            return f'{k.name[:r.choice([12, 30])]} {inv} {what}'
        chat = words.CHAT.get(k.lang)
        if chat and r.random() < .7:
            return r.choice(chat.split('|')).format(n=what, c=k.no)
        return f'{self.w1(k, "thanks")} - {inv} {what} {self.own(k)}'

    def vague(self, k):
        r = self.r
        return r.choice(['', '', self.w1(k, 'pay'), self.w1(k, 'inv'), self.w1(k, 'thanks'), self.own(k), k.name[:20],
            f'{self.w1(k, "cust")} {k.no}', f'{self.w1(k, "pay")} {words.LANG[k.lang]["months"][self.day.month - 1]}'])

    # -- telling ----------------------------------------------------------
    def tell(self, cls, k, vs, text, amount=None, named=True, got=None, settles=True, ideal='auto', payer=0, ref=None,
            note='', cur=None, alt=None, channel=None):
        """One transaction; got: the amount put on each invoice."""
        r = self.r
        got = got or [v.left for v in vs]
        amount = sum(got) if amount is None else amount
        assert amount > 0, (cls, amount)
        name, acc, relation = payer if isinstance(payer, tuple) else k.accounts[payer]
        allocs = [dict(invoice=v.id, amount=g, settles=bool(settles)) for v, g in zip(vs, got)]
        spare = self.alternatives(vs)
        if alt is None:
            alt = [] if named else spare
        assert {a['invoice'] for a in allocs} == {v.id for v in vs} and len(vs) == len(allocs)
        for v, g in zip(vs, got):
            assert abs(g) <= abs(v.left) or cur, (cls, g, v.left)
            assert v.date <= self.day or cls == 'before_invoice'
            v.left = 0 if settles else v.left - g
            v.sure |= named
        truth = dict(expected='match', customer=k.id, allocations=allocs, alt=alt, note=note, ideal=ideal)
        pay = self.pay(name, acc, k, amount, cur or k.cur, text)
        pay['ref'], pay['keep'] = ref, cls == 'renamed'
        pay['refprint'] = series.printed(r, vs[0].refkind, ref) if ref else ''
        self.done.append((cls, k, vs, pay, truth))
        self.report(cls, pay, truth, channel, named=named and NAMING.get(cls, True))
        if self.cut:                            # the bank's cut took the number
            self.out[self.cut - 1]['cls'] = 'list_cut' if len(vs) > 1 else 'number_cut'
            seen = re.sub(r'\D', '', self.out[self.cut - 1]['row']['remittance'])
            legible = [v for v in vs if re.sub(r'\D', '', v.number) in seen]
            torn = [v for v in vs if v not in legible]
            both = [sorted(a + [v.id for v in legible]) for a in self.alternatives(torn) if not {v.id for v in legible} & set(a)]
            truth.update(ideal='suggest', alt=spare if len(vs) < 2 else both)
        return True

    def pay(self, name, acc, k, amount, cur, text):
        r = self.r
        kind = k.kind if k else 'company'
        e2e, self.e2e = self.e2e, None
        e2e = e2e or r.choice([None, 'NOTPROVIDED', None, self.digits(8), 'PO-' + self.digits(6)])
        return dict(name=name, acc=acc, country=k.country if k else 'DE', ours=k.branch if k else 'DE', kind=kind, amount=amount, cur=cur, text=text,
            ref=None, refprint='', e2e=e2e, date=self.day.isoformat(), bank_ref='B' + self.digits(11))

    def rendered(self, pay, channel, named):
        """A cut that takes the number of a third party's payment is not worth having."""
        want = [re.sub(r'\D', '', pay['ref']).lstrip('0')] if pay['ref'] else re.findall(r'\d+', people.latin(pay['text']))
        for _ in range(5):
            row = bank.render(self.r, pay, channel, self.hard)
            got = re.sub(r'\D', '', row['remittance'] + (row['structured_ref'] or ''))
            cut = named and any(x not in got for x in want)
            if not cut or self.r.random() < .12:
                break
        return row, cut

    def report(self, cls, pay, truth, channel=None, named=False):
        r, (a, b, c) = self.r, ((.3, .58, .75) if self.hard else (.42, .68, .84))
        x = r.random()
        channel = channel or ('camt' if x < a else 'mt940' if x < b else 'csv' if x < c else 'email')
        row, cut = self.rendered(pay, channel, named)
        self.add(cls, row, truth)
        self.cut = len(self.out) if cut else 0
        if truth['expected'] == 'match' and channel != 'email' and r.random() < (.11 if self.hard else .08):
            first = self.out[-1]
            again = bank.render(r, pay, 'email', self.hard)
            again['date'] = (self.day - DAY * r.choice([0, 0, 1, 1, 2])).isoformat()
            t = dict(expected='duplicate', customer=truth['customer'], allocations=[], alt=[], note='notice of the same money',
                ideal='none', of=first)
            self.add('reported_twice', again, t, before=True)
        return True

    def add(self, cls, row, truth, before=False):
        self.seq += 1
        self.out.append(dict(cls=cls, kind=cls, row=row, truth=truth, key=(row['date'], 0 if before else 1, self.seq)))

    def none(self, cls, name, acc, text, amount, cur, k=None, note='', customer=None):
        pay = self.pay(name, acc, k, amount, cur, text)
        return self.report(cls, pay, dict(expected='none', customer=customer, allocations=[], alt=[], note=note, ideal='none'))

    # -- classes that pay what they say -----------------------------------
    def number(self):
        k = self.customer()
        v = self.pick(k)
        return self.tell('number', k, [v], self.phrase(k, books.spelled(self.r, v), v.date))

    def reference(self):
        k = self.customer(lambda k: any(v.ref for v in self.open(k)))
        if not k:
            return False
        v = self.r.choice([v for v in self.open(k) if v.ref])
        text = self.r.choice(['', '', '', self.vague(k), self.phrase(k, v.number)])
        return self.tell('reference', k, [v], text, ref=v.ref)

    def payer_amount(self):
        k = self.customer(lambda k: self.lonely(self.open(k)[0]))
        if not k:
            return False
        v = self.open(k)[0]
        sure = k.remembered or k.ibans
        return self.tell('payer_amount', k, [v], self.vague(k), named=False, ideal='auto' if sure else 'suggest')

    def counter(self):
        k = self.customer()
        v = self.pick(k)
        s = books.counter_only(v)
        others = [x for x in self.open(k) if x is not v and x.left == v.left and books.counter_only(x) == s]
        if others:
            return False
        text = self.r.choice([f'{self.w1(k, "inv")} {s}', s, f'nr {s} {self.w1(k, "thanks")}', f'{self.w1(k, "inv")} {s} '
            f'{self.w1(k, "dated")} {self.dmy(v.date)}'])
        return self.tell('counter', k, [v], text)

    def month_named(self):
        k = self.customer(lambda k: k.bill in ('plan', 'retainer'))
        if not k:
            return False
        v = self.pick(k)
        if any(x.date.month == v.date.month and x is not v for x in k.invoices):
            return False
        m = words.LANG[k.lang]['months'][v.date.month - 1]
        text = self.r.choice([m, f'{m} {v.date.year}', f'{self.w1(k, "inv")} {m}', f'{v.date.month:02}/{v.date.year}',
            f'{self.w1(k, "pay")} {m} {v.date.year % 100}'])
        old = v.date < self.day - DAY * 200
        return self.tell('month_named', k, [v], text, named=not old, note='only the month tells which of equal ones')

    def equal_open(self):
        k = self.customer(lambda k: self.equals(self.open(k)[0]))
        if not k:
            return False
        return self.tell('equal_open', k, [self.open(k)[0]], self.r.choice(['', self.w1(k, 'pay'), self.w1(k, 'inv'),
            self.w1(k, 'thanks'), f'{self.w1(k, "cust")} {k.no}']), named=False)

    def several(self, least=2, most=6):
        k = self.customer(lambda k: len(self.open(k)) >= least and len({v.cur for v in k.invoices}) == 1)
        if not k:
            return None, None
        c = self.open(k)
        n = min(len(c), self.r.choice([2, 2, 2, 3, 3, 4, 5, most]))
        i = self.r.randint(0, len(c) - n) if self.r.random() < .5 else 0
        return k, c[i:i + n]

    def list_full(self):
        r = self.r
        k, vs = self.several()
        if not k:
            return False
        sep = r.choice([', ', ' + ', ' & ', ' ', '; ', ' / ', f' {self.w1(k, "and_")} '])
        how = [v.number for v in vs]
        if r.random() < .2:
            how = [f'{v.number} {self.money(v.left, v.cur, k)}' for v in vs]
        elif r.random() < .2:
            how = [f'{v.number} {self.w1(k, "dated")} {self.dmy(v.date)}' for v in vs]
        return self.tell('list_full', k, vs, self.phrase(k, sep.join(how)))

    def list_short(self):
        """The first in full, of the others only the counter; or from-to."""
        r = self.r
        k, vs = self.several()
        if not k or len({v.series for v in vs}) > 1 or any(books.counter_only(v) == v.number for v in vs):
            return False
        short = [books.counter_only(v) for v in vs]
        if any(str(v.n) not in v.number for v in vs):
            return False
        text = r.choice([vs[0].number + r.choice(['/', ', ', '+', ' + ', '; ']).join([''] + short[1:]),
            f' {self.w1(k, "and_")} '.join(short), ', '.join(short)])
        return self.tell('list_short', k, vs, f'{self.w1(k, "inv")} {text}')

    def list_unnamed(self):
        k, vs = self.several(2, 4)
        if not k or len(self.alternatives(vs)) > 250:
            return False
        if self.r.random() < .4:                      # all that fell due, at the end of the month
            vs = [v for v in self.open(k) if v.due <= self.day + DAY * 7][:12]
            if len(vs) < 2 or len(self.alternatives(vs)) > 250:
                return False
        vague = self.clerk_could_err(k, sum(v.left for v in vs), vs)
        return self.tell('list_unnamed', k, vs, self.vague(k), named=False,
            ideal='suggest' if vague or len(vs) > 2 else 'auto', note='other sums fit' if vague else '')

    def lump_oldest(self):
        k = self.customer(lambda k: len(self.open(k)) >= 3 and min(v.left for v in self.open(k)) > 2000)
        if not k:
            return False
        c = self.open(k)
        n = self.r.choice([1, 1, 2])
        lump = (sum(v.left for v in c[:n]) + c[n].left // 2) // 1000 * 1000
        got = [v.left for v in c[:n]]
        rest = lump - sum(got)
        if rest <= 0 or rest >= c[n].left or self.clerk_could_err(k, lump, []):
            return False
        vs = c[:n + 1]
        allocs = got + [rest]
        text = self.r.choice([self.w1(k, 'part'), self.w1(k, 'pay'), f'{self.w1(k, "cust")} {k.no}'])
        ok = self.tell('lump_oldest', k, vs, text, got=allocs, settles=False, named=False, alt=[], ideal='suggest', note='oldest first')
        for a, v in zip(self.done[-1][4]['allocations'], vs[:-1]):
            a['settles'], v.left = True, 0
        return ok

    def list_minus(self):
        """Names three and pays two of them: the third is disputed or forgotten."""
        k, vs = self.several(3, 4)
        if not k or len(vs) < 3:
            return False
        total, paid = [v.left for v in vs], vs[:-1]
        if total.count(vs[-1].left) > 1 or any(sum(c) == sum(total[:-1]) and len(c) < len(vs) and sorted(c) != sorted(total[:-1])
                for n in range(1, len(vs)) for c in itertools.combinations(total, n)):
            return False
        order = vs[:]
        self.r.shuffle(order)
        return self.tell('list_minus', k, paid, f'{self.w1(k, "inv")} ' + ', '.join(v.number for v in order), ideal='suggest')

    def list_more(self):
        """Names one, pays two."""
        k, vs = self.several(2, 2)
        if not k or len(vs) != 2 or self.equals(vs[1]) or self.clerk_could_err(k, sum(v.left for v in vs), vs):
            return False
        return self.tell('list_more', k, vs, self.phrase(k, vs[0].number), ideal='suggest')

    def months_named(self):
        k = self.customer(lambda k: k.bill in ('plan', 'retainer') and len(self.open(k)) > 1)
        if not k:
            return False
        i = self.r.randint(0, len(self.open(k)) - 2)
        vs = self.open(k)[i:i + 2]
        when = [(v.date.year, v.date.month) for v in vs]
        if len(set(when)) < 2 or sum((x.date.year, x.date.month) in when for x in k.invoices) > 2 or vs[0].date < self.day - DAY * 200:
            return False
        m = [words.LANG[k.lang]['months'][v.date.month - 1] for v in vs]
        return self.tell('months_named', k, vs, self.r.choice([f'{m[0]} + {m[1]}', f'{m[0]}/{m[1]} {vs[1].date.year}',
            f'{self.w1(k, "inv")} {m[0]} {self.w1(k, "and_")} {m[1]}']))

    def renamed(self):
        """The account of old, a new firm's name."""
        k = self.customer(lambda k: k.kind == 'company' and (k.remembered or k.ibans) and self.lonely(self.open(k)[0]))
        if not k:
            return False
        new, _ = people.company(self.r, k.country)
        return self.tell('renamed', k, [self.open(k)[0]], self.vague(k), named=False, payer=(new, k.accounts[0][1], 'renamed'),
            ideal='suggest', channel='camt')

    def new_account(self):
        k = self.customer(lambda k: self.lonely(self.open(k)[0]) and k.accounts[0][2] == 'own')
        if not k:
            return False
        return self.tell('new_account', k, [self.open(k)[0]], self.vague(k), named=False,
            payer=(k.name, people.account(self.r, k.country), 'own'), ideal='suggest')

    def third(self, k):
        r, c = self.r, k.c
        for i, a in enumerate(k.accounts):
            if a[2] in ('parent', 'owner', 'spouse', 'married', 'joint') and r.random() < .7:
                return i
        acc = people.account(r, k.country)
        agent = r.choice(['Eurofactor AG', 'Faktoro Nord S.A.', 'Inkassobüro Wendt GmbH', 'Cabinet Recouvrement Plus',
            'Buchhaltungsservice Ahlers', 'Payroll & Pay Services Ltd', 'Comunidad de Propietarios', 'Gestora Iberclear SL'])
        return (agent if r.random() < .5 else ' '.join(people.person(r, k.country)), acc, 'third')

    def third_named(self):
        k = self.customer()
        v = self.pick(k)
        text = self.phrase(k, v.number, v.date)
        if self.r.random() < .5:
            text += self.r.choice([' f. ', ' für ', ' for ', ' i.A. ', ' p/c ', ' w imieniu ', ' za ', ' namens ']) + k.name
        return self.tell('third_named', k, [v], text, payer=self.third(k))

    def third_unnamed(self):
        k = self.customer(lambda k: len(k.accounts) > 1 and k.remembered and self.lonely(self.open(k)[0]))
        if not k:
            return False
        return self.tell('third_unnamed', k, [self.open(k)[0]], self.vague(k), named=False, payer=1, ideal='suggest',
            note='account seen before' if k.remembered else '')

    def number_typo(self):
        r, k = self.r, self.customer(lambda k: self.lonely(self.open(k)[0]))
        if not k:
            return False
        v = self.open(k)[0]
        s = list(v.number)
        pos = [i for i, ch in enumerate(s) if ch.isdigit()]
        if len(pos) < 4:
            return False
        i = r.choice(pos[-4:-1])
        x = r.random()
        if x < .5 and s[i] != s[i + 1] and s[i + 1].isdigit():
            s[i], s[i + 1] = s[i + 1], s[i]
        elif x < .75:
            s[i] = r.choice([d for d in '0123456789' if d != s[i]])
        else:
            del s[i]
        s = ''.join(s)
        if s in self.numbers or s == v.number:
            return False
        return self.tell('number_typo', k, [v], self.phrase(k, s), ideal='suggest')

    def number_of_other(self):
        k = self.customer(lambda k: self.lonely(self.open(k)[0]))
        if not k:
            return False
        v = self.open(k)[0]
        o = self.r.choice(self.rows)
        if o.k is k or o.left == v.left or o.type != 'invoice':
            return False
        return self.tell('number_of_other', k, [v], self.phrase(k, o.number), ideal='suggest', note='names ' + o.id)

    def number_old(self):
        k = self.customer(lambda k: k.bill in ('plan', 'retainer') and any(v.open == 0 for v in k.invoices))
        if not k:
            return False
        v = self.open(k)[0]
        o = [x for x in k.invoices if x.open == 0 and x.amount == v.amount]
        if not o:
            return False
        return self.tell('number_old', k, [v], self.phrase(k, o[-1].number), named=False, ideal='suggest',
            note='standing order still names ' + o[-1].id)

    def po_only(self):
        k = self.customer(lambda k: any(v.po for v in self.open(k)))
        if not k:
            return False
        v = [v for v in self.open(k) if v.po][0]
        return self.tell('po_only', k, [v], f'{self.w1(k, "order")} {v.po}')

    def customer_no(self):
        k = self.customer(lambda k: self.lonely(self.open(k)[0]))
        if not k:
            return False
        text = self.r.choice([f'{self.w1(k, "cust")} {k.no}', f'{k.no}', f'VS{k.no}', f'{self.w1(k, "pay")} {k.no}'])
        return self.tell('customer_no', k, [self.open(k)[0]], text, named=False)

    def number_in_e2e(self):
        """Some banks keep the end-to-end id and lose the text."""
        k = self.customer()
        v = self.pick(k)
        self.e2e, ok = v.number.replace(' ', '')[:35], None
        return self.tell('number_in_e2e', k, [v], '', channel=self.r.choice(['camt', 'camt', 'mt940']))

    def date_named(self):
        k = self.customer()
        v = self.pick(k)
        if any(x is not v and x.date == v.date for x in k.invoices):
            return False
        return self.tell('date_named', k, [v], f'{self.w1(k, "inv")} {self.w1(k, "dated")} {self.dmy(v.date)}',
            note='only the day of the invoice is told')

    def split_payment(self):
        """The Polish form: VAT, tax number, invoice, text."""
        k = self.customer(lambda k: k.country == 'PL')
        if not k:
            return False
        v = self.pick(k)
        vat = f'{(v.left - v.net) // 100},{(v.left - v.net) % 100:02}'
        text = f'/VAT/{vat}/IDC/{self.digits(10)}/INV/{v.number}' + self.r.choice(['', f'/TXT/{self.w1(k, "inv")}', '/TXT/MPP'])
        return v.type == 'invoice' and self.tell('split_payment', k, [v], text)

    def instalments(self):
        """A third on three days, the same words each time: three payments, not one three times."""
        k = self.customer(lambda k: self.open(k)[-1].left > 15000)
        if not k:
            return False
        v = self.open(k)[-1]
        third = v.left // 3
        if self.clerk_could_err(k, third, []) or self.day > books.END - DAY * 12:
            return False
        text = self.r.choice([f'{self.w1(k, "inv")} {v.number}', f'{v.number} {self.w1(k, "part")}'])
        name, acc, _ = k.accounts[0]
        v.touched = datetime.date.max                       # nobody else pays the rest of it
        gap = self.r.choice([3, 5, 7, 10])
        for i in range(1, 3):
            self.later.append((self.day + DAY * gap * i, lambda i=i: self.tell('instalments', k, [v], text,
                got=[third if i < 2 else v.left], settles=i == 2)))
        return self.tell('instalments', k, [v], text, got=[third], settles=False)

    def standing_order(self):
        """A round sum each week towards the only invoice that is open; no number."""
        few = [k for k in self.owing if len(self.open(k)) == 1 and self.open(k)[0].left > 30000]
        k = self.r.choice(few) if few else None
        if not k or self.day > books.END - DAY * 8 or any(v.type == 'credit' and v.open for v in k.invoices):
            return False
        v = self.open(k)[0]
        if any(x is not v and x.open > 0 for x in k.invoices):
            return False
        sum_ = v.left // 4 // 1000 * 1000 or 5000
        v.touched = datetime.date.max
        for i in (1, 2):
            self.later.append((self.day + DAY * 7 * i, lambda: self.tell('standing_order', k, [v], self.w1(k, 'part'),
                got=[sum_], settles=False, named=False, ideal='suggest', alt=[])))
        return self.tell('standing_order', k, [v], self.w1(k, 'part'), got=[sum_], settles=False, named=False, ideal='suggest', alt=[])

    # -- classes that pay another amount ----------------------------------
    def fee(self):
        k = self.customer(lambda k: k.country not in people.SEPA)
        v = k and self.pick(k)
        fee = self.r.choice([500, 800, 1000, 1250, 1500, 1780, 2500, 3000]) * books.unit(k.cur) // 100 if k else 0
        fee = int(fee * max(1, books.RATE[k.cur] / 2)) if k else 0
        if not k or fee * 4 > v.left:
            return False
        return self.tell('fee', k, [v], self.phrase(k, v.number, v.date), got=[v.left - fee], note='bank kept %d' % fee)

    def discounted(self, late):
        k = self.customer(lambda k: k.discount and any((v.until < self.day) == late and v.until + DAY * 25 > self.day
            for v in self.open(k)))
        if not k:
            return False
        v = self.r.choice([v for v in self.open(k) if (v.until < self.day) == late and v.until + DAY * 25 > self.day])
        cut = (v.left * v.disc + 5000) // 10000
        text = self.phrase(k, v.number, v.date)
        if self.r.random() < .5:
            text += ' ' + self.w1(k, 'discount')
        return self.tell('discount_late' if late else 'discount', k, [v], text, got=[v.left - cut], settles=not late or
            (self.day - v.until).days <= 3, ideal='suggest' if late else 'auto')

    def discount(self):
        return self.discounted(False)

    def discount_late(self):
        return self.discounted(True)

    def withheld(self):
        k = self.customer(lambda k: k.withholds)
        if not k:
            return False
        v = self.pick(k)
        tax = int(v.net * k.withholds / 100 + .5)
        if not 0 < tax < v.left:
            return False
        text = self.phrase(k, v.number, v.date)
        if self.r.random() < .5:
            text += {'ES': ' retención IRPF %d%%', 'IN': ' TDS %d%% deducted', 'IT': " ritenuta d'acconto %d%%",
                'BR': ' IRRF %d%%', 'PT': ' retenção IRS %d%%', 'TR': ' stopaj %%%d'}[k.country] % k.withholds
        return self.tell('withheld', k, [v], text, got=[v.left - tax], ideal='auto' if k.withholding_pct else 'suggest')

    def rounded(self):
        r, k = self.r, self.customer()
        v = self.pick(k)
        u = books.unit(k.cur)
        if u == 1 or v.left < 5000 or v.left % 100 == 0:
            return False
        up = r.random() < .6
        amount = v.left // 100 * 100 + (100 if up else 0)
        if not up and v.left - amount > 60:
            amount = v.left // 10 * 10
        got = min(amount, v.left)
        return amount != v.left and self.tell('rounded', k, [v], self.phrase(k, v.number, v.date), amount=amount, got=[got])

    def part(self):
        k = self.customer(lambda k: self.open(k)[-1].left > 20000)
        if not k:
            return False
        v = self.open(k)[-1]
        amount = self.r.choice([v.left // 2, v.left // 3, v.left // 4, v.left // 2 // 1000 * 1000, v.left * 3 // 10])
        if amount < 100 or self.clerk_could_err(k, amount, []):
            return False
        return self.tell('part', k, [v], f'{self.w1(k, "part")} {self.phrase(k, v.number)}', got=[amount], settles=False)

    def rest(self):
        c = [v for v in self.rows if 0 < v.left < v.open and v.type == 'invoice' and not v.touched]
        if not c:
            return False
        v = self.r.choice(c)
        text = f'{self.w1(v.k, "rest")} {v.number}' if self.r.random() < .8 else self.w1(v.k, 'rest')
        return self.tell('rest', v.k, [v], text)

    def overpaid(self):
        k = self.customer(lambda k: self.open(k)[0].left > 3000)
        if not k:
            return False
        v = self.pick(k)
        more = self.r.choice([1000, 5000, 250, 990]) * books.unit(k.cur) // 100
        if self.clerk_could_err(k, v.left + more, []):
            return False
        return self.tell('overpaid', k, [v], self.phrase(k, v.number), amount=v.left + more, got=[v.left], ideal='suggest')

    def credit_netted(self):
        k = self.customer(lambda k: any(v.type == 'credit' and v.left < 0 and v.date <= self.day for v in k.invoices))
        if not k:
            return False
        cn = [v for v in k.invoices if v.type == 'credit' and v.left < 0 and v.date <= self.day][0]
        vs = [v for v in self.open(k) if v.left > -cn.left][:1]
        if not vs:
            return False
        vs += [v for v in self.open(k) if v is not vs[0]][:self.r.choice([0, 0, 1, 2])]
        both = self.r.random() < .7
        text = self.phrase(k, ', '.join(v.number for v in vs) + (' ./. ' + cn.number if both else ''))
        return self.tell('credit_netted', k, vs + [cn], text, ideal='auto' if both else 'suggest')

    def fx(self):
        k = self.customer(lambda k: k.cur != 'EUR')
        if not k:
            return False
        v = self.pick(k)
        amount = int(v.left / books.unit(k.cur) / books.RATE[k.cur] * self.r.uniform(.985, 1.01) * 100)
        return amount > 100 and self.tell('fx', k, [v], self.phrase(k, v.number, v.date), amount=amount, got=[v.left],
            cur='EUR', ideal='suggest')

    def twins(self):
        """Two real payments of equal amount on one day."""
        k = self.customer(lambda k: self.equals(self.open(k)[0]))
        vs = k and [v for v in self.open(k) if v.left == self.open(k)[0].left][:2]
        if not k or len(vs) < 2:
            return False
        bare = self.r.random() < .5
        text = self.w1(k, 'pay')
        for v in vs:
            v.touched = self.day
        both = [self.alternatives([v]) for v in vs]
        for v, alt in zip(vs, both):
            self.tell('twins', k, [v], text if bare else f'{self.w1(k, "inv")} {v.number}', named=not bare,
                alt=alt if bare else [])
        return True

    def no_clue(self):
        """A name that says nothing, no number; the amount exists once in all the ledger."""
        k = self.customer()
        v = self.pick(k)
        if sum(x.open == v.open and x.cur == v.cur for x in self.rows) > 1:
            return False
        who = ('' if self.r.random() < .4 else ' '.join(people.person(self.r, k.country)), None, 'third')
        return self.tell('no_clue', k, [v], self.r.choice(['', self.w1(k, 'pay'), self.w1(k, 'thanks')]), payer=who, ideal='suggest')

    def before_invoice(self):
        """The order is paid before its invoice is dated; by now the invoice is there."""
        late = [v for v in self.rows if v.open > 0 and v.date > self.day + DAY * 3 and v.po and v.left == v.open]
        if not late:
            return False
        v = self.r.choice(late)
        return self.tell('before_invoice', v.k, [v], f'{self.w1(v.k, "order")} {v.po}', ideal='suggest')

    # -- money that settles nothing ---------------------------------------
    def paid_again(self):
        c = [d for d in self.done if d[0] in ('number', 'reference', 'third_named') and d[3]['date'] < self.day.isoformat() and
            not d[3].get('gone')]
        if not c:
            return False
        _, k, vs, pay, truth = self.r.choice(c)
        first = next(o for o in self.out if o['truth'] is truth)
        pay['gone'] = True
        again = dict(pay, date=self.day.isoformat(), bank_ref='B' + self.digits(11))
        return self.report('paid_again', again, dict(expected='none', customer=k.id, allocations=[], alt=[],
            note='second payment of ' + vs[0].id, ideal='none', of=first))

    def deposit(self):
        k = self.customer()
        amount = self.r.choice([30000, 50000, 100000, 150000, 250000]) * books.unit(k.cur) // 100
        if self.clerk_could_err(k, amount, []):
            return False
        text = f'{self.w1(k, "deposit")} {self.r.choice(["AN-26-", "Q", "OF/26/", "KV-", ""])}{self.digits(self.r.choice([3, 4, 5]))}'
        return self.none('deposit', k.accounts[0][0], k.accounts[0][1], text, amount, k.cur, k, customer=k.id)

    def namesake(self):
        k = self.r.choice([k for k in self.custs if k.kind == 'person'])
        amount = self.r.choice([2000, 2500, 5000, 12000, 3350, 48000])
        return self.none('namesake', k.name, people.account(self.r, k.country), self.r.choice(words.PRIVATE.split('|')), amount,
            k.cur if books.unit(k.cur) == 100 else 'EUR', k)

    def stranger_amount(self):
        k = self.customer()
        v = self.pick(k)
        who = ' '.join(people.person(self.r, self.r.choice(list(people.COUNTRY))))
        return self.none('stranger_amount', who, people.account(self.r, self.home()), self.r.choice(words.PRIVATE.split('|')), v.left, v.cur,
            note='amount of ' + v.id)

    def digits_elsewhere(self):
        v = self.r.choice(self.rows)
        s = ''.join(ch for ch in v.number if ch.isdigit()) if self.r.random() < .5 else str(v.n)
        who, _ = people.company(self.r, self.r.choice(list(people.COUNTRY)))
        text = self.r.choice(words.STRANGE.split('|')).format(a=s)
        return self.none('digits', who, people.account(self.r, self.home()), text, self.r.randint(500, 90000), v.cur, note='digits of ' + v.id)

    def returned(self):
        c = [d for d in self.done if d[3]['date'] < self.day.isoformat() and not d[3].get('gone')]
        if not c:
            return False
        _, k, vs, pay, _ = self.r.choice(c)
        pay['gone'] = True
        text = self.r.choice(['RETURN ', 'Rücküberweisung ', 'AC04 ', 'retour ', 'zwrot ', 'RVSL ', 'MD06 ']) + pay['text']
        back = dict(pay, text=text, amount=-pay['amount'], date=self.day.isoformat(), bank_ref='B' + self.digits(11), ref=None)
        return self.report('returned', back, dict(expected='none', customer=None, allocations=[], alt=[],
            note='money that went back', ideal='none'), 'camt')

    def noise(self, cls):
        r = self.r
        who, texts = words.NOISE[cls]
        text = r.choice(texts.split('|')).format(a=self.digits(r.randint(4, 9)), b=self.digits(6), c=r.randint(2, 40),
            m='%02d' % self.day.month, d=self.day.strftime('%d.%m.'))
        name = r.choice(who.split('|')) or (' '.join(people.person(r, 'DE')) if cls == 'wrong_supplier' else '')
        cur = r.choice([k.cur for k in self.custs])
        cur = cur if books.unit(cur) == 100 else 'EUR'
        amount = int(10 ** r.uniform(3, 5.6))
        return self.none(cls, name, people.account(r, self.home()) if name else None, text, amount, cur)

    def run(self, n):
        table = [x.split() for x in WEIGHTS.replace('\n', ';').split(';') if x.strip()]
        names, weights = [t[0] for t in table], [float(t[2 if self.hard else 1]) for t in table]
        span = (books.END - books.START).days
        days = sorted(books.START + DAY * self.r.choice([self.r.randint(0, span), self.r.randint(0, span), self.r.randint(0, span), 12, 27]) for _ in range(n))
        for v in self.rows:
            v.touched = None
        for day in days:
            for x in sorted((x for x in self.later if x[0] <= day), key=lambda x: x[0]):
                self.later.remove(x)
                self.day = x[0]
                x[1]()
            self.day = day
            for _ in range(40):
                name = self.r.choices(names, weights)[0]
                if not any(self.open(k) for k in self.owing) and name not in words.NOISE:
                    continue
                f = getattr(self, {'digits': 'digits_elsewhere'}.get(name, name), None)
                if f() if f else self.noise(name):
                    break
        self.out.sort(key=lambda o: o['key'])
        for i, o in enumerate(self.out):
            o['id'] = 'T%06d' % (i + 1)
        return self.out
