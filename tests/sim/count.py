"""The witness: knows what the world knows, sees what left, and counts.

Its rules are written from the manuals (mailfilter.conf(5), REMINDERS), not
from the program. A violation is (rule, time, customer, invoice, sentence):

  paid       a reminder although a report of the money had been given
  balance    a reminder that names another balance than what is open
  doubled    a letter twice
  early      a reminder before its step, or although a gate must be shut
  hold       a reminder while an answer of the customer asks for patience
  missed     a step whose gates stood open on three days without its letter
  retraction a crossed reminder without exactly one retraction in its thread,
             or a retraction of a reminder that did not cross
  stranger   a letter to nobody of record, or to an address that came back
  ledger     money on other invoices than it was meant for; a check that fails
"""
import collections
import datetime

import banks
from calendars import DAY, add_business, is_closed, iso, local, may_be_closed
from letters import NUMBER
from crossings import OWNER_ZONE, Crossings

LAG, FRESH, SLACK_DAYS = 2, 5, 3
# Steps: (number, days from the due date, term, grave); a grave one that
# escalates sends nothing.
POLICIES = {
    'usual': (7, 500, ((1, -3, 0, ''), (2, 3, 7, ''), (3, 14, 7, ''), (4, 30, 0, 'escalate'))),
    'mild': (10, 500, ((1, -5, 0, ''), (2, 5, 0, ''), (3, 20, 10, ''), (4, 40, 10, ''),
                       (5, 60, 0, 'escalate'))),
    'strict': (5, 500, ((1, 1, 7, ''), (2, 8, 5, ''), (3, 16, 5, 'legal'),
                        (4, 21, 0, 'escalate'))),
}
# How long an answer may stop reminders, in days.
PATIENCE = {'stranger': 2, 'paid': 26, 'promise': 10, 'dispute': 45, 'instalments': 24, 'copy': 8,
            'statement': 8, 'away': 4, 'other': 16}
# How long one surely does, of the invoices of the letter that it answers.
QUIET = {'paid': 3, 'dispute': 7, 'instalments': 2, 'promise': 0, 'away': 0}
THREE = ('copy', 'statement', 'inquiry', 'offer', 'agreement', 'instalment')


class About:
    """What the witness keeps of an invoice."""

    def __init__(self, invoice, zone):
        self.invoice = invoice
        self.known = invoice.cents     # open, by the reports that were given
        self.last = 0                  # the last step that was sent
        self.term_end = None
        self.letters = []              # reminders about it
        self.before = {}               # last and term_end before each of them
        self.lacking = set()           # days on which a step was due and open
        self.unsure = []               # times of mail that nobody vouches for
        self.by_kind = collections.Counter()
        self.returned = 0              # letters of it that came back
        self.closed = False
        self.excused = 0
        self.quiet, self.why = 0, ''   # until when nothing may go about it


class Of:
    """What it keeps of a customer."""

    def __init__(self):
        self.reminded = self.earlier = None    # day of the last one after a due date
        self.days = set()
        self.patience, self.why = 0, ''
        self.refused = set()           # addresses that came back
        self.credit = 0
        self.grave = None              # day of a letter with legal words
        self.per_day = collections.Counter()


class Witness(Crossings):
    def __init__(self, world):
        self.world = world
        self.about, self.of = {}, {c.key: Of() for c in world.customers}
        self.address = {c.key: c.email for c in world.customers}
        self.domain = {c.domain: c for c in world.customers}
        self.heard = None
        self.violations = []
        self.figures = collections.Counter()
        self.shut = collections.Counter()
        self.crossed = {}              # reminder's Message-ID -> (letter, customer)
        self.expected = []             # (letter, payment, invoice, knowable)
        self.retractions = []
        self.asked = None              # asked, too: (payment, customers suggested)
        self.undecided = None          # asked when it matters: unmatched money

    def violate(self, rule, time, customer, invoice, text):
        self.violations.append((rule, iso(time), customer.key if customer else '-',
                                invoice or '-', text))

    # ---- what the program was given -------------------------------------------------

    def issued(self, invoice):
        self.about[invoice.key] = About(invoice, invoice.customer.zone)

    def bank_spoke(self, dated):
        day = local(dated, OWNER_ZONE)[0]
        self.heard = max(self.heard or day, day)

    def statement_until(self, day, now):
        """A whole statement speaks of its last day to the end: until midnight."""
        day = min(day + datetime.timedelta(1), local(now, OWNER_ZONE)[0])
        self.heard = max(self.heard or day, day)

    def report(self, payment, time, trust):
        first = payment.reported() is None
        payment.reports.append((time, trust))
        if trust == 'U':
            for inv in payment.shares:
                self.about[inv.key].unsure.append(time)
            return
        if not first:
            return
        if payment.back:
            for inv, cents in payment.shares.items():
                about = self.about[inv.key]
                whole = inv.discount and cents == inv.cents - inv.cents * inv.discount // 100
                about.known = inv.cents if whole else about.known + cents
                about.closed = False
                about.excused = time + 14 * DAY
            return
        for inv, cents in payment.shares.items():
            about = self.about[inv.key]
            whole = inv.discount and cents == inv.cents - inv.cents * inv.discount // 100
            about.known = 0 if whole else about.known - cents
            self.look_for_crossing(about, payment, time)

    def credited(self, invoice, cents, time):
        self.about[invoice.key].known -= cents

    def answered(self, customer, meaning, until, time, numbers):
        self.figures['answers: ' + meaning] += 1
        if meaning in QUIET:
            end = time + QUIET[meaning] * DAY
            if until:
                end = max(end, (until - datetime.date(1970, 1, 1)).days * DAY)
            for number in numbers:
                about = self.about.get(number)
                if about and end > about.quiet:
                    about.quiet, about.why = end, meaning
        of = self.of[customer.key]
        day = PATIENCE.get(meaning, 0)
        end = time + day * DAY
        if until:
            end = max(end, int((until - datetime.date(1970, 1, 1)).days + day) * DAY)
        if end > of.patience:
            of.patience, of.why = end, meaning

    def released(self, customer):
        for about in self.about.values():
            if about.invoice.customer is customer:
                about.quiet = 0

    def returned(self, customer, address, letter):
        """What came back was not sent: its step is due once more."""
        of = self.of[customer.key]
        of.refused.add(address)
        letter.came_back = True
        for number in letter.numbers:
            about = self.about.get(number)
            if about:
                about.returned += 1
            if about and letter in about.letters:
                about.letters.remove(letter)
                about.last, about.term_end = about.before.pop(letter)
        if letter.kind == 'reminder' and of.reminded and of.reminded == letter.day:
            of.reminded = of.earlier

    # ---- the rules of a reminder ------------------------------------------------------

    def step_due(self, about, today):
        """The step that is due, as the manual tells it, or None."""
        inv = about.invoice
        gap, least, steps = POLICIES[inv.customer.policy]
        due = [s for s in steps if s[0] > about.last and
               inv.due + datetime.timedelta(s[1]) <= today and
               (s[1] > 0 or today < inv.due)]
        if not due:
            return None
        latest = due[-1]
        for s in due[:-1]:
            grave = [g for g in steps if g[3] and g[0] > s[0]]
            before = [b for b in steps if grave and b[1] > 0 and b[0] < grave[0][0]]
            if s in before[-2:]:
                return s
        return latest

    def early_note(self, about, today):
        """A note whose day is none for letters may go on the last one before."""
        for s in POLICIES[about.invoice.customer.policy][2]:
            day = about.invoice.due + datetime.timedelta(s[1])
            if s[1] < 0 and s[0] > about.last and may_be_closed(about.invoice.customer.country, day) \
                    and 0 < (day - today).days < 7:
                return s
        return None

    def gate(self, about, step, now):
        """'' or the gate that must be shut."""
        inv, c = about.invoice, about.invoice.customer
        of = self.of[c.key]
        gap, least, _ = POLICIES[c.policy]
        today, minute = local(now, c.zone)
        if about.known < least:
            return 'paid'
        if is_closed(c.country, today) or not 8 * 60 <= minute < 18 * 60:
            return 'window'
        if today in of.days:
            return 'customer-cap'
        if self.address[c.key] in of.refused:
            return 'undelivered'
        if step[1] < 0:
            return ''
        if of.reminded and (today - of.reminded).days < gap:
            return 'customer-cap'
        last_day = max(inv.due, about.term_end or inv.due)
        end = add_business(last_day, LAG)
        if not self.heard or self.heard <= inv.due or add_business(self.heard, FRESH) < today:
            return 'feed-stale'
        if today <= end or self.heard <= end:
            return 'bank-lag'
        return ''

    def excuse(self, about, now):
        """Why a letter may rightly wait although the gates stand open."""
        inv, c = about.invoice, about.invoice.customer
        of = self.of[c.key]
        today = local(now, c.zone)[0]
        if of.patience > now:
            return 'hold:' + of.why
        if about.excused > now:
            return 'given back'
        if any(now - 2 * DAY <= t for t in about.unsure):
            return 'possible-payment:unsure'
        if of.credit:
            return 'credit'
        if may_be_closed(c.country, today):
            return 'holiday'
        if today == of.grave:
            return 'a letter with grave words is about others'
        for cents, payer, account, candidates in self.undecided(now):
            if cents in (about.known, inv.cents) or account == c.iban or \
                    c.key in candidates or set(c.name.lower().split()) <= set(payer.lower().split()):
                return 'possible-payment'
        return ''

    def round(self, now, letters, counts):
        """After a round: what left, and what should have. counts: was the round
        whole, so that what is lacking counts?"""
        owing = []
        for about in list(self.about.values()):
            if about.closed:
                continue
            if about.known < 500 and about.invoice.left <= 500:
                about.closed = True
                continue
            today = local(now, about.invoice.customer.zone)[0]
            if (about.invoice.due - today).days > 5:
                continue
            step = self.step_due(about, today)
            if step and step[3] != 'escalate':
                shut = self.gate(about, step, now)
                self.shut[shut or 'open'] += 1
                if not shut:
                    owing.append((about, step, today))
        named = set()
        for letter in letters:
            self.letter(letter)
            if letter.kind == 'reminder':
                named.update(letter.numbers)
        for about, step, today in owing if counts else ():
            if about.invoice.key in named:
                continue
            why = self.excuse(about, now)
            if why:
                self.shut['excused ' + why] += 1
                about.lacking.clear()
                continue
            about.lacking.add(today)
            if len(about.lacking) == SLACK_DAYS:
                self.violate('missed', now, about.invoice.customer, about.invoice.key,
                             f'step {step[0]} is due and open on {len(about.lacking)} days')

    # ---- what left ----------------------------------------------------------------------

    def letter(self, letter):
        self.figures['letters'] += 1
        self.figures['letters ' + letter.kind] += 1
        if letter.kind == 'digest':
            if letter.to != banks.OWNER:
                self.violate('stranger', letter.time, None, None, f'a digest to {letter.to}')
            return
        c = letter.customer = self.domain.get(letter.to.rpartition('@')[2])
        if not c or letter.to != self.address[c.key]:
            self.violate('stranger', letter.time, c, None, f'{letter.kind} to {letter.to}')
            if not c:
                return
        of = self.of[c.key]
        if letter.to in of.refused:
            self.violate('stranger', letter.time, c, None,
                         f'{letter.kind} to {letter.to}, which came back')
        if not letter.automatic:
            self.violate('stranger', letter.time, c, None, 'without Auto-Submitted')
        for number in letter.numbers:
            about = self.about.get(number)
            if not about or about.invoice.customer is not c:
                self.violate('stranger', letter.time, c, number, "somebody else's invoice")
        today = local(letter.time, c.zone)[0]
        if letter.kind == 'reminder':
            self.reminder(letter, of, today)
        elif letter.kind == 'crossed':
            self.retractions.append(letter)
        else:
            self.other(letter, of, today)

    def other(self, letter, of, today):
        c = letter.customer
        if letter.kind in THREE:
            of.per_day[letter.kind, today] += 1
            if of.per_day[letter.kind, today] > 1:
                self.violate('doubled', letter.time, c, None, f'two letters {letter.kind} a day')
            return
        for number in letter.numbers:
            about = self.about.get(number)
            if not about:
                continue
            about.by_kind[letter.kind] += 1
            most = 1 + about.returned
            if letter.kind == 'receipt':
                most = sum(about.invoice in p.shares or number in p.text
                           for p in self.world.payments)
            if about.by_kind[letter.kind] > most:
                self.violate('doubled', letter.time, c, number,
                             f'{letter.kind} {about.by_kind[letter.kind]} times')

    def reminder(self, letter, of, today):
        c = letter.customer
        farthest, after = (0, 0, 0, ''), False
        self.figures['reminders'] += 1
        if today in of.days:
            self.violate('doubled', letter.time, c, None, 'two reminders a day')
        for number in letter.numbers:
            about = self.about.get(number)
            if not about:
                continue
            if self.paid_already(letter, about):
                continue
            if about.quiet > letter.time:
                self.violate('hold', letter.time, c, number,
                             f'{about.why}: quiet until {iso(about.quiet)}')
            step = self.step_due(about, today) or self.early_note(about, today)
            if not step or step[3] == 'escalate':
                self.violate('early', letter.time, c, number,
                             f'no step is due (due {about.invoice.due}, last step {about.last})')
                continue
            shut = self.gate(about, step, letter.time)
            if shut and not (shut == 'customer-cap' and today in of.days):
                self.violate('early', letter.time, c, number,
                             f'step {step[0]} although {shut} (due {about.invoice.due}, '
                             f'bank heard {self.heard}, term {about.term_end})')
            about.before[letter] = about.last, about.term_end
            about.last = step[0]
            about.lacking.clear()
            farthest = max(farthest, step)
            after = after or step[1] > 0
        of.days.add(today)
        letter.day = today
        if farthest[3]:
            of.grave = today
        if after:
            of.earlier, of.reminded = of.reminded, today
        for number in letter.numbers:
            about = self.about.get(number)
            if about:
                about.before.setdefault(letter, (about.last, about.term_end))
                about.letters.append(letter)
                if farthest[2]:
                    about.term_end = today + datetime.timedelta(farthest[2])

    def paid_already(self, letter, about):
        c, inv = letter.customer, about.invoice
        soft = [p for p in self.world.payments if inv in p.shares and p.cents > 0 and
                not p.returned and p.reported(letter.time, 'U') and not p.reported(letter.time)]
        if self.is_hidden(inv, letter):
            return about.known <= 0
        if about.known <= 0:
            self.violate('paid', letter.time, c, inv.key, self.money_of(inv, letter.time))
        elif not letter.says(about.known):
            self.violate('balance', letter.time, c, inv.key,
                         f'{about.known} cents are open; {self.money_of(inv, letter.time)}')
        for p in soft:
            if letter.time - p.reported(None, 'U') < 2 * DAY and len(about.unsure) == 1:
                self.violate('paid', letter.time, c, inv.key, 'an unverified mail told it '
                             'less than two days ago')
            self.figures['unverified, two days later'] += 1
        if inv.left <= 0:
            self.figures['reminders to people who had paid'] += 1
        return about.known <= 0

    def named(self, payment):
        return {n for n in NUMBER.findall(payment.text) if n in self.about}

    def is_hidden(self, inv, letter):
        """Was its money in a report that nobody could read so: still unmatched,
        of somebody else's account and name, without the number, and another
        sum; or held to be somebody else's, about which the owner is asked?"""
        c = inv.customer
        mine = [p for p in self.world.payments if inv in p.shares and p.cents > 0 and
                p.reported(letter.time)]
        for p in mine:
            if inv.number not in p.text and self.named(p) - {inv.number}:
                self.figures['reminded: the customer named another invoice'] += 1
                return True
        asked = {id(p): others for p, others in self.asked(letter.time)} if mine else {}
        for p in mine:
            if id(p) not in asked:
                continue
            known = p.account == c.iban and c.iban_known or p.payer == c.bank_name or \
                inv.number in p.text
            if asked[id(p)] - {c.key}:
                self.figures['reminded: money suggested for somebody else'] += 1
                return True
            if not known and p.cents not in (inv.cents, p.shares[inv]):
                self.figures['reminded: money that nobody could know'] += 1
                return True
            if not known and p.shares[inv] < inv.cents:
                self.figures['reminded: money that nobody could know'] += 1
                return True
        return False

    def money_of(self, inv, now):
        return '; '.join(f'{p.shares[inv]} of {p.cents} cents, "{p.payer}" "{p.text}", reported '
                         f'{iso(p.reported(now) or 0)}' for p in self.world.payments
                         if inv in p.shares and p.reported(now))

    # ---- at the end ----------------------------------------------------------------------

    def ledger(self, allocations, now):
        """Where the money is, against where it was meant to be."""
        for payment, there in allocations:
            if payment.returned or payment.cents < 0:
                continue
            meant = {i.key: c for i, c in payment.shares.items()}
            for key, cents in there.items():
                self.figures['money on invoices'] += 1
                if meant.get(key) != cents:
                    rule = 'ledger' if key not in meant and key not in payment.text else \
                        'figure'
                    if rule == 'ledger':
                        self.violate('ledger', now, payment.customer, key,
                                     f'{cents} of {payment.cents} cents, "{payment.payer}" '
                                     f'"{payment.text}" was meant for {meant}')
                    self.figures['money on another invoice' if rule == 'ledger' else
                                 'other parts than meant'] += 1
