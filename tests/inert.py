#!/usr/bin/python3
"""Values that try to be more than values (R38, R46).

  inert.py make SEED COUNT DIR     customers.jsonl, invoices.jsonl, legal.json
  inert.py look DIR BOX            the letters that a mail server got in BOX

About COUNT strings, one in each field of a customer and an invoice: line
breaks, control characters, marks that turn the writing, commas and brackets
of addresses, encoded words, templates, formats, markup, words of any length.
`look` holds each mail against what was imported. Prints TAP lines.
"""
import email, email.policy, email.utils, glob, html.parser, json, os, random, re, sys

BIDI = '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'
LEGAL = ['{{owner.email}}', '{{{number}}}', '{{#invoices}}', '{{/invoices}}', '{{>letter}}', '%n%n%s', '%s',
         '<script>alert(1)</script>', '" onload="x()', "'><img src=x onerror=y>", '&lt;b&gt;', '&amp;', '&#10;',
         '=?utf-8?Q?a=0AX-Evil:_1?=', '=?utf-8?B?DQpYLUV2aWw6IDE=?=', 'Bcc: x@evil.example', '<a@evil.example>',
         'a@evil.example, b@evil.example', '"; b', '(a comment)', '\\', '\\r\\n', '%0d%0a', '.', '..', '. .',
         'Ženský klub', 'ООО «Ромашка»', '株式会社', 'ﬁ', 'a\u0301', '\U0001f4b6', 'x' * 90, 'ü' * 60, "O'Neil & Sons",
         'RCPT TO:<x@evil.example>', '$(id)', '`id`', '--', '-f', '=', '<', '>', '<!--', '-->', ']]>', '<style>*{display:none}',
         'DE02120300000000202051', '\u00a0', 'a\u00adb', 'From x', '>From']
ILLEGAL = ['\r\nBcc: x@evil.example', '\nX-Evil: 1', '\r', '\x00', '\x07', '\x1b[31m', '\x7f', '\x85', '\u2028', '\u2029', *BIDI]
ADDRESS = ['a@b@c.example', 'a b@c.example', 'a@c.example\r\nRCPT TO:<x@evil.example>', '<a@c.example>', 'a@', '@c.example',
           'a@c.example>', 'a@' + 'c' * 250 + '.example', 'é@c.example', 'a"b@c.example', 'a@[192.0.2.1]', '..@', 'a@c.example,x@@evil.example',
           'a\x00@c.example', 'a..b@c.example', '.a@c.example', 'a@-c.example', 'a@c..example']
NAMES = {'date', 'from', 'subject', 'to', 'cc', 'message-id', 'auto-submitted', 'mime-version', 'content-type', 'reply-to',
         'in-reply-to', 'references', 'list-unsubscribe', 'x-mailfilter-letter', 'list-unsubscribe-post', 'x-auto-response-suppress', 'x-mailfilter'}


class Maker:
    def __init__(self, seed):
        self.dice, self.count, self.legal = random.Random(seed), 0, True

    def text(self, filler, lines=False):
        self.count += 1
        dice = self.dice.random()
        if dice < 0.015:
            what = self.dice.choice(ILLEGAL)
            self.legal = self.legal and lines and what.strip('\r\n') != what
            return filler + what + 'x'
        if dice < 0.6:
            return ' '.join(filter(None, (self.dice.choice(['', filler]), self.dice.choice(LEGAL),
                                          self.dice.choice(['', self.dice.choice(LEGAL)]))))
        if dice < 0.7:
            return ''.join(self.dice.choice('abc <>&{}%"\'\\,;:()[]=?@éшß') for _ in range(self.dice.randint(1, 60))) + 'z'
        return filler

    def address(self, n):
        self.count += 1
        if self.dice.random() < 0.04:
            self.legal = False
            return self.dice.choice(ADDRESS)
        return self.dice.choice(['a.b+%d', 'x_%d', "o'neil%d", 'a-%d', '%d']) % n + '@client%d.example' % n


def make(seed, wanted, folder):
    maker, legal, n = Maker(seed), {}, 0
    with open(folder + '/customers.jsonl', 'w') as c, open(folder + '/invoices.jsonl', 'w') as i:
        while maker.count < wanted:
            n += 1
            maker.legal = True
            customer = {'id': 'C%d' % n, 'email': maker.address(n), 'language': maker.dice.choice(['en', 'es', 'ru']),
                        'country': 'CZ', 'currency': 'CZK', 'name': maker.text('Client %d' % n),
                        'contact': maker.text('Anna Nováková'), 'salutation': maker.text('Dear Anna'),
                        'tax_id': maker.text('CZ%d' % n), 'address': maker.text('Street 1', True)}
            good = maker.legal
            invoice = {'id': 'I%d' % n, 'number': '2026/%d ' % n + maker.text('x'), 'customer': 'C%d' % n, 'date': '2026-10-20',
                       'due': '2026-11-19', 'currency': 'CZK', 'amount': '%d.00' % (100 + n), 'reference': maker.text('R%d' % n),
                       'po': maker.text('PO %d' % n), 'note': maker.text('Thank you.', True)}
            for which in (customer, invoice):
                for key in ('contact', 'salutation', 'tax_id', 'address', 'reference', 'po', 'note'):
                    if key in which and not which[key].strip():
                        del which[key]
            print(json.dumps(customer), file=c)
            print(json.dumps(invoice), file=i)
            legal['C%d' % n] = {'legal': good, 'both': maker.legal, 'email': customer['email'], 'number': invoice['number'],
                                'name': customer['name']}
    with open(folder + '/legal.json', 'w') as f:
        json.dump(legal, f)
    print(maker.count)


# What the layout says to mail programs that print with Word.
with open(os.path.dirname(os.path.abspath(__file__)) + '/../templates/layout.html') as _layout:
    OURS = re.findall(r'<!--(.*?)-->', _layout.read())


class Reader(html.parser.HTMLParser):
    """The text of HTML, and what must not be in it."""

    def __init__(self):
        super().__init__()
        self.text, self.evil = '', []

    def handle_starttag(self, tag, attrs):
        if tag in ('script', 'img', 'iframe', 'object', 'form', 'link', 'svg') or any(a.startswith('on') for a, _ in attrs):
            self.evil.append(tag)

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        if data not in OURS:
            self.evil.append('comment')


def squeeze(text):
    return re.sub(r'\s+', ' ', text).strip()


def problems(raw, env, legal, by_address):
    commands = env.splitlines()
    to = [m.group(1) for m in (re.fullmatch(r'RCPT TO:<([^<> ]+)>(?: .*)?', c) for c in commands[1:]) if m]
    if len(to) != 1 or len(commands) != 2 or not re.fullmatch(r'MAIL FROM:<bounces@clerk\.example> RET=HDRS ENVID=L\d+', commands[0]):
        return ['envelope %r' % env[:200]]
    wrong = []
    customer = by_address.get(to[0])
    if not customer:
        return ['%s is nobody we know' % to[0]]
    m = email.message_from_bytes(raw, policy=email.policy.default)
    names = [n.lower() for n in m.keys()]
    if set(names) - NAMES or len(names) != len(set(names)):
        wrong.append('header fields %s' % names)
    if m.defects or any(p.defects for p in m.walk()):
        wrong.append('defects')
    if [a.addr_spec for a in m['To'].addresses] != to:
        wrong.append('To is %s' % m['To'])
    for name, value in m.items():
        if any(c in value for c in BIDI) or re.search(r'[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]', value):
            wrong.append('%s: %r' % (name, value))
    if max(len(line) for line in raw.split(b'\r\n')) > 998 or re.search(rb'(?<!\r)\n|\r(?!\n)', raw):
        wrong.append('lines')
    text = m.get_body(('plain',)).get_content()
    reader = Reader()
    reader.feed(m.get_body(('html',)).get_content())
    if reader.evil:
        wrong.append('in HTML: %s' % reader.evil)
    number = squeeze(customer['number'])
    if number not in squeeze(text):
        wrong.append('text has no %r' % number)
    if number not in squeeze(reader.text):
        wrong.append('HTML has no %r' % number)
    return wrong


def look(folder, box):
    with open(folder + '/legal.json') as f:
        legal = json.load(f)
    by_address = {c['email']: c for c in legal.values() if c['both']}
    bad, seen = [], 0
    for path in glob.glob(box + '/*.eml'):
        with open(path, 'rb') as f, open(path[:-4] + '.env') as e:
            found = problems(f.read(), e.read(), legal, by_address)
        seen += 1
        if found:
            bad.append('%s: %s' % (os.path.basename(path), '; '.join(found)))
    with open(box + '/log', encoding='utf-8', errors='replace') as f:
        strange = [l for l in f if not re.match(r'CONNECT|MESSAGE \d+$|END|C: (EHLO \S+|MAIL FROM:<bounces@clerk\.example>( \S+)*|RCPT TO:<[^<> ]+>( NOTIFY=\S+| ORCPT=\S+)*|DATA|QUIT)$', l.strip())]
    print('%s - %d mails: the headers, text and markup that were meant' % ('not ok' if bad or not seen else 'ok', seen))
    for b in bad[:8]:
        print('#   ' + b[:300].replace('\n', '\\n'))
    print('%s - the server heard the usual commands only' % ('not ok' if strange else 'ok'))
    for s in strange[:5]:
        print('#   ' + repr(s))
    wanted = len(by_address)
    print('%s - every legal one was written to: %d of %d' % ('ok' if seen == wanted else 'not ok', seen, wanted))
    for address in sorted(set(by_address) - {re.search(r'RCPT TO:<([^<>]+)>', open(p).read()).group(1) for p in glob.glob(box + '/*.env')})[:5]:
        print('#   not to ' + json.dumps(by_address[address]))


if sys.argv[1] == 'make':
    make(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
else:
    look(sys.argv[2], sys.argv[3])
