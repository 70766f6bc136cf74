"""The same world by the rule "due + n days, as most programs do".

The same steps; an invoice counts as paid when somebody books the bank's
statements, once a day or once a week. A run that dies sends again what it had
sent; a run that is lost is made up for by the next. Nobody reads answers.
"""
import collections

from calendars import DAY, is_business, local, utc_day
from count import POLICIES


class Plain:
    kind = 'reminder'

    def __init__(self, inv, time, to):
        self.customer, self.time, self.numbers = inv.customer, time, [inv.key]
        self.to, self.message_id, self.subject, self.text = to, f'<r.{inv.key}.{time}>', '', ''


def play(world, plan, weekly):
    """Counter of what happened; plan(now) tells how the round goes."""
    out, known, last, waiting = collections.Counter(), {}, {}, []
    for n in range(world.days):
        day = world.start.toordinal() + n
        now = (day - 719163) * DAY + 8 * 3600 + 1800
        for event in world.events(now):
            if event.what == 'issue':
                known.update((i.key, i.cents) for i in event.invoices)
            elif event.what == 'statement':
                waiting += [p for p in event.payments if p.real]
                for p in event.payments:
                    p.reports.append((event.time, 'S'))
            elif event.what == 'notice' and event.trust == 'A':
                event.payment.reports.append((event.time, 'A'))
        if not weekly or utc_day(now).weekday() == 4:
            for p in waiting:
                for inv, cents in p.shares.items():
                    cents = -cents if p.back else cents + (inv.cents * inv.discount // 100)
                    known[inv.key] = known.get(inv.key, 0) - cents
            waiting = []
        how = plan(now)
        if how == 'lost' or not is_business(utc_day(now)):
            continue
        for key in [k for k, left in known.items() if left <= 0]:
            del known[key]
        for key in list(known):
            remind(world, world.invoices[key], last, now, how, out)
    return out


def remind(world, inv, last, now, how, out):
    for number, offset, _, grave in POLICIES[inv.customer.policy][2]:
        if grave == 'escalate' or number <= last.get(inv.key, 0) or \
                (utc_day(now) - inv.due).days < offset or \
                offset < 0 and utc_day(now) >= inv.due:
            continue
        last[inv.key] = number
        twice = how in ('crash', 'twice', 'both') and hash_of(inv.key) % 2
        out['doubled'] += bool(twice)
        out['reminders'] += 1 + bool(twice)
        money = [p for p in world.payments if inv in p.shares]
        if inv.left <= 0:
            out['reminders to people who had paid'] += 1
            if money and all(p.reported(now) for p in money):
                out['whose money was in a report'] += 1
        world.letter(Plain(inv, now, inv.customer.email))
        return


def hash_of(text):
    return sum(text.encode())


def days_outstanding(world):
    """Days from an invoice to its money, weighed by the amounts."""
    end = world.start.toordinal() + world.days
    total = sum(i.cents for i in world.invoices.values())
    return sum(i.cents * (i.paid_days if i.paid_days is not None else
                          end - i.issued.toordinal())
               for i in world.invoices.values()) / total if total else 0
