"""The clerk's office: drives the real program, badly now and then.

Mails come by deliver or in a mailbox file by import, statements by import;
twice a day there is a round of reconcile, remind and send. Rounds get lost,
come twice or two at once, die at a system call, or see a wrong clock; what
died is done again as mail servers and cron do.
"""
import json
import os
import random
import subprocess

from calendars import iso, rfc
import banks

CONFIG = '''owner {
	name = "Eva Horáková"
	company = "Studio Lumen GmbH"
	email = "eva@clerk.example"
	language = "en"
	country = "DE"
	currency = "EUR"
	timezone = "Europe/Berlin"
}
intake {
	authserv-id = "mx.clerk.example"
	mailboxes = { "money@clerk.example" }
}
account "main" {
	iban = "DE89370400440532013000"
	bank = "de-n26"
	currency = "EUR"
	settles = "%(settles)s"
	holder = "Studio Lumen GmbH"
}
rule "till" {
	payer = "Kassenabrechnung"
	text = "Kasse"
	do = ignore
}
policy "usual" {
	gap = 7
	minimum = "5.00"
	steps = {
		"before 3 days tone friendly",
		"after 3 days tone understanding term 7 days",
		"after 14 days tone firm term 7 days",
		"after 30 days escalate"
	}
}
policy "mild" {
	gap = 10
	minimum = "5.00"
	steps = {
		"before 5 days tone friendly",
		"after 5 days tone friendly",
		"after 20 days tone understanding term 10 days",
		"after 40 days tone understanding term 10 days offer instalments",
		"after 60 days escalate"
	}
}
policy "strict" {
	gap = 5
	minimum = "5.00"
	steps = {
		"after 1 day tone understanding term 7 days",
		"after 8 days tone firm term 5 days",
		"after 16 days tone firm term 5 days fee legal",
		"after 21 days escalate"
	}
}
reminders {
	policy = usual
	receipts = %(receipts)s
}
send {
	transport = dir
	rate-limit = 5000
}
'''
# System calls to die at, and how many of each a command makes at most.
CALLS = (('pwrite64', 150), ('pwrite64', 30), ('fdatasync', 30), ('fcntl', 250), ('rename', 4),
         ('write', 10), ('ftruncate', 8), ('unlink', 3), ('fsync', 6), ('openat', 110),
         ('close', 110), ('read', 80), ('pread64', 300), ('flock', 15), ('clone', 3),
         ('execve', 4), ('wait4', 3))


class Clerk:
    def __init__(self, program, home, seed, receipts=True, trouble=1.0, batch=.7, settles=None):
        self.program, self.home, self.seed = program, home, seed
        self.trouble, self.batch = trouble, batch
        self.env = {'PATH': os.environ['PATH'], 'LC_ALL': 'C', 'MAILFILTER_HOME': home}
        self.runs, self.killed, self.failures, self.box = 0, 0, [], []
        self.spent = {}
        settles = settles or random.Random(f'{seed}/settles').choice(('notice', 'statement'))
        self.settles = settles
        self.run(0, 'init', '--authserv-id', 'mx.clerk.example', '--mailbox', banks.INTAKE)
        path = os.path.join(home, 'mailfilter.conf')
        with open(path, 'w', encoding='utf-8') as f:
            f.write(CONFIG % {'settles': settles, 'receipts': 'yes' if receipts else 'no'})
        os.chmod(path, 0o600)

    # ---- running it -----------------------------------------------------------

    def command(self, now, *args):
        return [self.program, '-q'] + (['--now', iso(now)] if now else []) + list(args)

    def run(self, now, *args, stdin=b'', allow=(0,), kill=None):
        command = self.command(now, *args)
        if kill:
            call, n = kill
            command = ['strace', '-qq', '-f', '-o', '/dev/null', '-e', f'trace={call}', '-e',
                       f'inject={call}:signal=KILL:when={n}'] + command
        begin = os.times()
        done = subprocess.run(command, input=stdin, env=self.env, capture_output=True,
                              timeout=600)
        end = os.times()
        name = next((a for a in args if not a.startswith('-')), '')
        spent = self.spent.setdefault(name + ('*' if kill else ''), [0, 0.0])
        spent[0] += 1
        spent[1] += end.elapsed - begin.elapsed
        self.runs += 1
        if kill and done.returncode < 0:
            self.killed += 1
        elif done.returncode not in allow and not kill:
            self.failures.append('%s %s: %d %s' % (iso(now) if now else '', ' '.join(args)[:120],
                                 done.returncode, done.stderr.decode(errors='replace')[:300]))
        return done

    def objects(self, now, *args):
        done = self.run(now, '--json', *args, allow=(0, 66))
        return [json.loads(line) for line in done.stdout.decode().splitlines()
                if line.startswith('{')]

    def file(self, name, text):
        path = os.path.join(self.home, name)
        with open(path, 'wb') as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        return path

    def luck(self, now, what):
        return random.Random(f'{self.seed}/luck/{what}/{now}')

    def death(self, luck):
        call, most = luck.choice(CALLS)
        return call, 1 + int(luck.random() ** 1.5 * most)

    # ---- mail --------------------------------------------------------------------

    def deliver(self, now, mail):
        luck = self.luck(now, 'deliver')
        if luck.random() < .02 * self.trouble:
            self.run(now, 'deliver', stdin=mail, kill=self.death(luck))
        self.run(now, 'deliver', stdin=mail)

    def take(self, event, done):
        """Gives a mail to the program now, or with the next box; done(time) is
        called once it has it."""
        if self.luck(event.time, f'box{len(event.mail)}').random() < self.batch:
            self.box.append((event.mail, done))
        else:
            self.deliver(event.time, event.mail)
            done(event.time)

    def empty_box(self, now):
        if not self.box:
            return
        parts = []
        for mail, _ in self.box:
            body = mail.decode().replace('\nFrom ', '\n>From ')
            parts.append(f'From someone@there.example {rfc(now)}\n{body}\n'.encode())
        path = self.file('box.mbox', b''.join(parts))
        luck = self.luck(now, 'box')
        if luck.random() < .05 * self.trouble:
            self.run(now, 'import', '--type', 'mail', path, kill=self.death(luck))
        self.run(now, 'import', '--type', 'mail', path)
        for _, done in self.box:
            done(now)
        self.box = []

    def statement(self, now, text):
        path = self.file('statement.xml', text)
        luck = self.luck(now, 'statement')
        if luck.random() < .1 * self.trouble:
            self.run(now, 'import', path, kill=self.death(luck))
        self.run(now, 'import', path)

    def table(self, now, header, rows):
        path = self.file('table.csv', header + '\n' + '\n'.join(rows) + '\n')
        self.run(now, 'import', path)

    # ---- a round -----------------------------------------------------------------

    def plan(self, now):
        """How the round goes: well, lost, crash, twice, both at once, half (the
        letters wait), a clock that stands back or forth."""
        day = now // 86400
        luck = self.luck(now, 'round')
        if self.luck(day // 5, 'off').random() < .03 * self.trouble and day % 5 < 3:
            return 'lost'
        roll = luck.random() / self.trouble if self.trouble else 1
        for share, how in ((.05, 'lost'), (.15, 'crash'), (.05, 'twice'), (.06, 'both'),
                           (.04, 'half'), (.015, 'back'), (.01, 'forth')):
            roll -= share
            if roll < 0:
                return how
        return 'well'

    def round(self, now, how):
        steps = ('reconcile', 'remind', 'send')
        luck = self.luck(now, 'steps')
        if how == 'lost':
            return
        if how in ('back', 'forth'):
            now += (-1 if how == 'back' else 1) * luck.randrange(600, 7200)
        if how == 'crash':
            name = luck.choice(('reconcile', 'remind', 'remind', 'send', 'send', 'send', 'run'))
            for step in steps if name != 'run' else ('run',):
                if step == name:
                    self.run(now, step, kill=self.death(luck))
                    if luck.random() < .5:
                        return              # the next round does it
                    break
                self.run(now, step, allow=(0, 75))
        if how == 'half':
            self.run(now, 'reconcile')
            self.run(now, 'remind')
            return
        if how == 'both':
            self.run(now, 'reconcile')
            for step in ('remind', 'send'):
                both = [subprocess.Popen(self.command(now, step), env=self.env,
                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in 'ab']
                for one in both:
                    one.wait(600)
                self.runs += 2
            return
        if how == 'well' and luck.random() < .7:
            steps = ('run',)
        for step in steps:
            self.run(now, step, allow=(0, 75) if how == 'back' else (0,))
        if how == 'twice':
            for step in ('remind', 'send', 'send'):
                self.run(now, step)
