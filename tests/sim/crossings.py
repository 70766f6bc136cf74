"""The witness on reminders that crossed with money, and on what took them back."""
import collections

from calendars import DAY, iso, local

OWNER_ZONE = 'Europe/Berlin'


class Crossings:
    """A part of count.Witness: reminders that left when the money had been
    sent, but was in no report yet, and the letters that excuse them."""

    def look_for_crossing(self, about, payment, time):
        for letter in about.letters:
            if not payment.ordered <= letter.time < time:
                continue
            self.figures['crossed'] += letter not in self.crossed.values()
            self.crossed[letter.message_id] = letter
            settled = about.known <= 0
            knowable = payment.booked <= local(letter.time, OWNER_ZONE)[0]
            self.expected.append((letter, payment, about.invoice, knowable and settled, time,
                                  self.address[letter.customer.key] in
                                  self.of[letter.customer.key].refused))

    def close(self, now):
        self.judge_retractions(now)

    def judge_retractions(self, now):
        used = collections.Counter()
        for letter in self.retractions:
            regards = [m for m in self.crossed if m in letter.thread]
            used.update(regards)
            if not regards:
                self.judge_kindness(letter)
        for message, times in used.items():
            if times > 1:
                letter = self.crossed[message]
                self.violate('retraction', letter.time, letter.customer, None,
                             f'{times} retractions of one reminder')
        done = set()
        for letter, payment, inv, knowable, told, unreachable in self.expected:
            c = letter.customer
            later = [r for r in self.retractions if r.customer is c and r.time >= told and
                     any(l.message_id in r.thread for l in self.about[inv.key].letters)]
            self.figures['crossings, by law of nature'] += not knowable
            if later or not knowable or now - told < 12 * DAY or (letter.message_id in done):
                continue
            if unreachable or getattr(letter, 'came_back', False) or told - letter.time > 55 * DAY:
                continue
            done.add(letter.message_id)
            self.violate('retraction', told, c, inv.key, f'none for the reminder of '
                         f'{iso(letter.time)}; money booked {payment.booked}, '
                         f'{payment.shares[inv]} of {payment.cents}, "{payment.text}"')
        self.figures['retractions'] = len(self.retractions)

    def judge_kindness(self, letter):
        """A retraction of a reminder that did not cross: only where the bank's
        day could be read so."""
        mine = [l for a in self.about.values() if a.invoice.customer is letter.customer
                for l in a.letters if l.message_id in letter.thread]
        if not mine:
            self.violate('retraction', letter.time, letter.customer, None,
                         'outside of the thread of any reminder')
            return
        day = local(mine[0].time, OWNER_ZONE)[0]
        about = {self.about[n].invoice for n in letter.numbers if n in self.about}
        if any(p.booked <= day and about & set(p.shares) for p in self.world.payments):
            self.figures['retractions out of kindness'] += 1
            return
        self.violate('retraction', letter.time, letter.customer, None,
                     f'the reminder of {iso(mine[0].time)} did not cross')
