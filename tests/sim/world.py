"""The world outside: invoices fall due, people pay, banks report, mail goes astray.

World(seed, customers, start, days) is the same for the same arguments and the
same letters: customers answer the reminders that reach them, so each clerk
(the program, or the plain rule of rule.py) plays in a world of its own. What
is decided about an invoice hangs on its key, never on the order of events.

events(until) yields what reaches the clerk's office, in order of time; the
clerk tells the world of its letters with letter(), and notes on each payment
when it was given a report of it.
"""
import datetime
import heapq
import random

import banks
from calendars import DAY, add_business, is_business, local, moment, utc_day
from people import AWAY, PURPOSE, Customer, iban, says

HOUR = 3600


class Invoice:
    def __init__(self, key, number, customer, issued, due, cents):
        self.key, self.number, self.customer = key, number, customer
        self.issued, self.due, self.cents = issued, due, cents
        self.discount = 0        # in hundredths, for ten days
        self.credited = 0        # by credit notes
        self.left = cents        # what the customer still means to pay
        self.mailed = False      # our program sends the invoice itself
        self.disputed = False
        self.spoken = False      # the customer answered about it
        self.paid_days = None    # from its date until the last of the money

    def note(self, seed, what):
        return random.Random(f'{seed}/{self.key}/{what}')


class Payment:
    def __init__(self, serial, customer, cents, shares, ordered):
        self.serial, self.customer, self.cents = serial, customer, cents
        self.shares = shares           # {invoice: cents}, as it was meant
        self.ordered = ordered
        self.payer, self.account, self.text = '', '', ''
        self.booked = None
        self.bank_reference = f'B{serial:08d}'
        self.end_to_end = f'E{serial:08d}'
        self.real = True
        self.back = None               # the payment that this one gives back
        self.returned = False
        self.reports = []              # (time, class) that the clerk was given

    def reported(self, by=None, classes='AS'):
        """When the first report of these classes came; None: not (by then)."""
        times = [t for t, c in self.reports if c in classes and (by is None or t <= by)]
        return min(times) if times else None


class Event:
    """issue(invoices), notice(payment, mail), forged(mail, invoice), statement
    (text, payments), reply(mail, customer, meaning, until), bounce(mail,
    customer, status), credit(invoice, cents), address(customer), release(customer)"""

    def __init__(self, what, time, **more):
        self.what, self.time = what, time
        self.__dict__.update(more)


class World:
    def __init__(self, seed, customers, start, days, only=None):
        self.seed, self.start, self.days = seed, start, days
        self.customers = [Customer(seed, n) for n in range(customers)]
        self.by_key = {c.key: c for c in self.customers}
        self.only = only
        self.invoices, self.payments = {}, []
        self.open = {c.key: [] for c in self.customers}
        self.heap, self.serial, self.queue = [], 0, 0
        self.numbers = {}
        self.entries, self.closing, self.statements = [], 500000, 0
        self.stated = start - datetime.timedelta(1)
        self.statement_gap = 1 if random.Random(f'{seed}/daily').random() < .5 else 7
        outage = random.Random(f'{seed}/outage')
        self.outages = [start + datetime.timedelta(outage.randrange(30 + y * 365, 60 + y * 365))
                        for y in range(days // 365 + 1)]
        for n in range(days):
            day = start + datetime.timedelta(n)
            self.push(moment(day, 4 * 60), self.day_begins, day)

    # ---- the clock ----------------------------------------------------------

    def push(self, time, what, *more):
        self.queue += 1
        heapq.heappush(self.heap, (time, self.queue, what, more))

    def out(self, what, time, **more):
        self.push(time, Event(what, time, **more))

    def events(self, until):
        while self.heap and self.heap[0][0] <= until:
            time, _, what, more = heapq.heappop(self.heap)
            if isinstance(what, Event):
                yield what
            else:
                what(time, *more)

    def next_serial(self):
        self.serial += 1
        return self.serial

    def is_out(self, day):
        return any(0 <= (day - first).days < 10 for first in self.outages)

    # ---- a day ---------------------------------------------------------------

    def day_begins(self, time, day):
        fresh = [inv for c in self.customers for inv in self.issue(c, day)]
        if fresh:
            self.out('issue', time, invoices=fresh)
        for c in self.customers:
            if c.dies and not c.bounced and (day - self.start).days == 20 + c.number % 300:
                c.bounced = True
        if is_business(day):
            self.till(day)
        self.strangers(time, day)
        if (day - self.stated).days > self.statement_gap or \
                (day - self.start).days == self.days - 1:
            self.state(time, day - datetime.timedelta(1))

    def issue(self, c, day):
        if self.only and c.key not in self.only:
            return
        n = (day - self.start).days
        step = 30 if c.monthly else 75
        if n % step != c.first % step:
            return
        year = day.year
        self.numbers[year] = self.numbers.get(year, 0) + 1
        # The number hangs on the customer, so that a filter changes nothing.
        number = f'{year}-{(n * 7919 + c.number * 104729) % 90000 + 10000}'
        while number in self.invoices:
            number = f'{year}-{(int(number[5:]) - 9999) % 90000 + 10000}'
        note = random.Random(f'{self.seed}/{c.key}/{n}')
        cents = c.price or int(note.lognormvariate(10.3, .9)) + 900
        inv = Invoice(number, number, c, day, day + datetime.timedelta(c.terms), cents)
        inv.discount = 2 if c.habit == 'early' else 0
        inv.mailed = note.random() < .1
        inv.deposit = note.random() < .03
        self.invoices[inv.key] = inv
        self.open[c.key].append(inv)
        for when, share in self.intend(inv, note):
            self.push(when, self.pay, inv.key, share)
        yield inv

    def at(self, c, day, note):
        """A moment of the customer's waking hours."""
        return moment(day, note.randrange(5 * 60, 20 * 60))

    def intend(self, inv, note):
        """When the customer pays by itself, and which share of the whole."""
        c, day, due = inv.customer, datetime.timedelta, inv.due
        age = (inv.issued - self.start).days
        if c.habit == 'punctual' or c.habit == 'disputes' and note.random() < .7:
            yield self.at(c, due - day(note.choice((0, 0, 1, 1, 2, 3))), note), 1
        elif c.habit == 'early':
            yield self.at(c, inv.issued + day(note.randrange(2, 9)), note), 1
        elif c.habit == 'day12':
            first = inv.issued + day(5)
            while first.day != 12:
                first += day(1)
            yield self.at(c, first, note), 1
        elif c.habit == 'late':
            yield self.at(c, due + day(note.randrange(1, 26)), note), 1
        elif c.habit == 'worse':
            yield self.at(c, due + day(age // 20 + note.randrange(4)), note), 1
        elif c.habit == 'parts':
            yield self.at(c, due + day(note.randrange(-3, 4)), note), .5
            yield self.at(c, due + day(note.randrange(10, 31)), note), 1
        elif c.habit != 'never':
            if note.random() < .4:
                yield self.at(c, due + day(note.randrange(-2, 5)), note), 1
            else:
                yield self.at(c, due + day(60 + note.randrange(30)), note), 1

    # ---- money ----------------------------------------------------------------

    def share(self, inv, time, part):
        if part < 1:
            return min(inv.left, int(inv.cents * part))
        if inv.discount and (utc_day(time) - inv.issued).days <= 9 and inv.left == inv.cents:
            return inv.cents - inv.cents * inv.discount // 100
        return inv.left

    def pay(self, time, key, part):
        inv = self.invoices[key]
        if inv.left <= 0 or inv.disputed:
            return
        c = inv.customer
        if part == 1:
            # Of equal ones the oldest is meant: nobody could tell them apart.
            inv = min((o for o in self.open[c.key] if o.left == inv.left and not o.disputed),
                      key=lambda o: o.issued, default=inv)
        note = inv.note(self.seed, f'pay{inv.left}')
        group = [inv]
        if part == 1 and note.random() < .4:
            group += [o for o in self.open[c.key] if o is not inv and o.left > 0 and
                      not o.disputed and moment(o.due) < time + 10 * DAY]
        parent = self.customers[c.parent] if c.parent is not None else None
        if parent and part == 1 and note.random() < .5:
            group += [o for o in self.open[parent.key] if o.left > 0 and not o.disputed and
                      moment(o.due) < time + 5 * DAY]
        shares = {o: self.share(o, time, part) for o in group}
        for o in group:
            o.was = o.left
        if note.random() < .01 and len(group) == 1 and shares[inv] > 3000:
            shares[inv] -= note.randrange(50, 400)    # a slip
        payment = Payment(self.next_serial(), c, sum(shares.values()), shares, time)
        for o, cents in shares.items():
            whole = o.discount and cents == o.cents - o.cents * o.discount // 100
            o.left = 0 if whole else o.left - cents
            if o.left <= 500 and o in self.open[o.customer.key]:
                o.paid_days = (utc_day(time) - o.issued).days
                self.open[o.customer.key].remove(o)
        payer = parent or c
        payment.payer, payment.account = payer.bank_name, payer.iban
        if c.third and note.random() < .5:
            payment.payer, payment.account = f'{c.contact} Privat', \
                iban('DE', 500105170000000000 + c.number)
            if c.language == 'ru':
                payment.payer = 'Ivan Petrov'
        payment.text = self.purpose(c, group, part, note)
        self.payments.append(payment)
        self.move(payment, time, note)

    def purpose(self, c, group, part, note):
        word = PURPOSE[c.language]
        numbers = ', '.join(o.number for o in group)
        writes = c.writes if all(o.was == o.cents for o in group) and part == 1 else 'number'
        if writes == 'mixed':
            writes = note.choice(('number', 'nothing', 'typo', 'older', 'short'))
        if writes == 'number':
            return f'{word} {numbers}'
        if writes == 'short':
            return f'{word} ' + ', '.join(o.number[5:] for o in group)
        if writes in ('typo', 'older'):
            # Who names another invoice of his that is open has paid that one.
            wrong = self.wrong_number(c, group, note, writes)
            if not any(wrong == o.number and o.customer is c and not p.reported()
                       for p in self.payments for o in p.shares) and \
                    not any(o.number == wrong for o in self.open[c.key]):
                return f'{word} {wrong}'
            return f'{word} {numbers}'
        return note.choice(('', word, 'Danke', 'Abo'))

    def wrong_number(self, c, group, note, writes):
        if writes == 'typo':
            digits = list(group[0].number)
            digits[-1 - note.randrange(3)] = str(note.randrange(10))
            return ''.join(digits)
        return next(i.number for i in self.invoices.values() if i.customer is c)

    def move(self, payment, time, note):
        """The bank moves it on a day on which banks do, and tells."""
        day = utc_day(time)
        if note.random() < .2:
            when = time + 20                      # instant
        else:
            late = not is_business(day) or time % DAY > 14 * HOUR or note.random() < .5
            day = add_business(day, 1) if late else day
            when = max(time + HOUR // 2, moment(day, note.randrange(5 * 60, 16 * 60)))
        payment.booked = utc_day(when)
        self.push(when, self.book, payment)
        if payment.customer and note.random() < .015 and payment.cents > 2000:
            back = add_business(payment.booked, note.randrange(2, 10))
            self.push(moment(back, 9 * 60), self.give_back, payment)

    def give_back(self, time, first):
        """The payer's bank takes it back; the customer pays once more."""
        payment = Payment(self.next_serial(), first.customer, -first.cents, first.shares, time)
        payment.payer, payment.account, payment.text = first.payer, first.account, first.text
        payment.booked, payment.end_to_end, payment.back = utc_day(time), first.end_to_end, first
        first.returned = True
        self.payments.append(payment)
        self.entries.append(payment)
        for inv, cents in first.shares.items():
            whole = inv.discount and cents == inv.cents - inv.cents * inv.discount // 100
            inv.left = inv.cents if whole else inv.left + cents
            inv.paid_days = None
            if inv not in self.open[inv.customer.key]:
                self.open[inv.customer.key].append(inv)
            if inv.customer.habit != 'never':
                self.push(time + inv.note(self.seed, 'again').randrange(5, 25) * DAY, self.pay,
                          inv.key, 1)

    def book(self, time, payment):
        note = random.Random(f'{self.seed}/{payment.bank_reference}/{payment.cents}/mail')
        self.entries.append(payment)
        if not payment.real and payment.cents < 0:
            return
        mail = banks.notice(self.seed, payment.serial, payment.cents, payment.payer,
                            payment.account, payment.text, time)
        roll = note.random()
        delay = note.randrange(5, 300)
        if roll > .99 or self.is_out(utc_day(time)):
            return                               # lost
        if roll > .95:
            delay = note.randrange(DAY, 3 * DAY)
        elif roll > .8:
            delay = note.randrange(HOUR, 12 * HOUR)
        if note.random() < .005:                 # its seal is broken on the way
            mail = banks.notice(self.seed, payment.serial, payment.cents, payment.payer,
                                payment.account, payment.text, time, genuine=False)
            self.out('notice', time + delay, payment=payment, mail=mail, trust='U', dated=time)
            return
        self.out('notice', time + delay, payment=payment, mail=mail, trust='A', dated=time)
        if note.random() < .02:
            self.out('notice', time + delay + note.randrange(60, DAY), payment=payment,
                     mail=mail, trust='A', dated=time)

    def other_money(self, time, cents, payer, account, text):
        payment = Payment(self.next_serial(), None, cents, {}, time)
        payment.real = False
        payment.payer, payment.account, payment.text = payer, account, text
        payment.booked = utc_day(time)
        self.payments.append(payment)
        self.push(time, self.book, payment)

    def till(self, day):
        """The shop's till: the bank is alive."""
        note = random.Random(f'{self.seed}/till/{day}')
        self.other_money(moment(day, note.randrange(5 * 60, 8 * 60)), 10000 + note.randrange(90000),
                         'Kassenabrechnung', 'DE02120300000000202051', 'Kasse')

    def strangers(self, time, day):
        note = random.Random(f'{self.seed}/strangers/{day}')
        if note.random() < .1:
            self.other_money(time + note.randrange(HOUR, 10 * HOUR), 1000 + note.randrange(90000),
                             'Tante Erna', 'DE75512108001245126199', 'Geburtstag')
        if note.random() < .15:
            self.other_money(time + note.randrange(HOUR, 10 * HOUR), -note.randrange(1000, 90000),
                             'Vermieter GmbH', 'DE75512108001245126199', 'Miete')
        if note.random() < .05:
            self.meddle(time + note.randrange(HOUR, 10 * HOUR), note)
        if note.random() < .2:
            self.forge(time + note.randrange(HOUR, 10 * HOUR), note)

    def forge(self, time, note):
        """Somebody writes that an invoice is paid."""
        owed = [i for c in self.customers for i in self.open[c.key]
                if moment(i.due) < time]
        if not owed:
            return
        inv = note.choice(owed)
        serial = self.next_serial()
        fake = Payment(serial, inv.customer, inv.left, {inv: inv.left}, time)
        make = note.choice((0, 1))
        mail = banks.generic(self.seed, serial, inv.left, inv.customer.bank_name,
                             f'Invoice {inv.number}', time) if make else \
            banks.notice(self.seed, serial, inv.left, inv.customer.bank_name, inv.customer.iban,
                         f'Rechnung {inv.number}', time, genuine=False)
        self.out('forged', time, payment=fake, mail=mail, invoice=inv)

    def meddle(self, time, note):
        """A stranger answers for a customer."""
        owed = [i for c in self.customers for i in self.open[c.key]]
        if owed:
            inv = note.choice(owed)
            mail = banks.reply(self.seed, self.next_serial(), 'mallory@there.example',
                               f'Re: {inv.number}', '<nothing@there.example>',
                               says('dispute', 'en', inv.number), time)
            self.out('reply', time, mail=mail, customer=inv.customer, meaning='stranger',
                     until=None, numbers=[inv.number])

    def state(self, time, last):
        """A statement to the day before, late now and then, never out of order."""
        first = self.stated + datetime.timedelta(1)
        mine = [e for e in self.entries if e.booked <= last]
        self.entries = [e for e in self.entries if e.booked > last]
        self.statements += 1
        text = banks.statement(self.statements, first, last, self.closing, mine)
        self.closing += sum(e.cents for e in mine)
        self.stated = last
        note = random.Random(f'{self.seed}/statement/{self.statements}')
        when = time + HOUR + (note.randrange(DAY, 3 * DAY) if note.random() < .15 else 0)
        for first in self.outages:
            if self.is_out(utc_day(when)):
                when = moment(first + datetime.timedelta(10), 5 * 60) if \
                    0 <= (utc_day(when) - first).days < 10 else when
        when = max(when, getattr(self, 'last_statement', 0) + 60)
        self.last_statement = when
        self.out('statement', when, text=text, payments=mine, last=last)

    # ---- answers -----------------------------------------------------------------

    def letter(self, letter):
        """A letter has reached the customer's server."""
        c = letter.customer
        note = random.Random(f'{self.seed}/{c.key}/{letter.kind}/{"+".join(letter.numbers)}/'
                             f'{utc_day(letter.time)}')
        if c.bounced:
            if note.random() < .95:
                self.hear(letter, note, 'bounce', '5.1.1')
            return
        if c.soft and note.random() < .2:
            self.hear(letter, note, 'bounce', '4.2.2')
        if letter.kind == 'reminder' and note.random() < .9:
            self.react(letter, note)

    def hear(self, letter, note, what, status):
        when = letter.time + note.randrange(5, 2 * HOUR)
        c = letter.customer
        mail = banks.bounce(self.seed, self.next_serial(), letter.to, status,
                            letter.message_id, when)
        self.out(what, when, mail=mail, customer=c, status=status, letter=letter)
        if status[0] == '5' and c.bounced is True:
            c.bounced = 'told'
            self.push(when + 10 * DAY, self.move_house, c)

    def move_house(self, time, c):
        c.bounced = False
        c.dies = False
        c.email = f'accounts@{c.domain}'
        self.out('address', time, customer=c)

    def answer(self, letter, note, meaning, day=None, until=None):
        c = letter.customer
        when = letter.time + (note.randrange(5, 120) if meaning == 'away' else
                              note.randrange(HOUR, 2 * DAY))
        subject = AWAY[c.language] if meaning == 'away' else f'Re: {letter.subject}'
        quoted = '' if meaning == 'away' else '\n\n' + '\n'.join(
            f'> {line}' for line in letter.text.splitlines()[:12])
        mail = banks.reply(self.seed, self.next_serial(), c.email, subject, letter.message_id,
                           says(meaning, c.language, letter.numbers[0], day) + quoted, when,
                           meaning == 'away')
        self.out('reply', when, mail=mail, customer=c, meaning=meaning, until=until or day,
                 numbers=letter.numbers)
        return when

    def react(self, letter, note):
        c = letter.customer
        owed = [self.invoices[n] for n in letter.numbers if n in self.invoices]
        owed = [i for i in owed if i.left > 0 and not i.disputed]
        today = utc_day(letter.time)
        day = datetime.timedelta
        if note.random() < .05:
            self.answer(letter, note, 'away', today + day(note.randrange(1, 8)))
            return
        if not owed:
            if note.random() < .4:                # it crossed: they say so
                self.answer(letter, note, 'paid')
            return
        inv = owed[0]
        late = letter.time > moment(inv.due)
        if c.habit == 'disputes' and late and not inv.spoken:
            inv.spoken = inv.disputed = True
            when = self.answer(letter, note, 'dispute')
            self.push(when + note.randrange(4, 25) * DAY, self.settle_dispute, inv.key)
        elif c.habit == 'promises' and late and not inv.spoken:
            inv.spoken = True
            promised = today + day(note.randrange(4, 15))
            self.answer(letter, note, 'promise', promised)
            if note.random() < .6:
                self.push(self.at(c, promised - day(note.randrange(2)), note), self.pay, inv.key, 1)
        elif c.habit == 'instalments' and late and not inv.spoken:
            inv.spoken = True
            when = self.answer(letter, note, 'instalments')
            for n, part in ((10, .34), (40, .34), (70, 1)):
                self.push(when + n * DAY, self.pay, inv.key, part)
        elif c.habit == 'never':
            if note.random() < .15:
                self.answer(letter, note, 'paid')  # and it is not true
        elif note.random() < .06:
            self.answer(letter, note, note.choice(('copy', 'statement', 'other')))
        elif late and note.random() < .5:
            for o in owed:
                self.push(letter.time + note.randrange(HOUR, 4 * DAY), self.pay, o.key, 1)

    def settle_dispute(self, time, key):
        inv = self.invoices[key]
        note = inv.note(self.seed, 'dispute')
        inv.disputed = False
        if note.random() < .5 and inv.left > 2000:
            cents = inv.left // 5
            inv.credited += cents
            inv.left -= cents
            self.out('credit', time, invoice=inv, cents=cents)
        self.out('release', time + 60, customer=inv.customer, invoice=inv)
        self.push(time + note.randrange(1, 12) * DAY, self.pay, key, 1)
