#!/usr/bin/python3
"""Mails made and read by Python's email package (R49, R54).

  python.py COUNT DIR     writes DIR/N.eml; prints JSON of what they say
  python.py look FILE     holds events (stdin) against that

From, Subject and text of a reply in many charsets, encodings, folds and
shapes of body; what Python made must be read as Python meant it.
"""
import base64, email.charset, email.header, json, quopri, random, re, sys
from email.message import EmailMessage

TEXTS = ['We paid invoice 2026-017 on Monday.', 'Счёт № 17 оплачен во вторник', 'La factura está pagada, señora',
         '請求書を支払いました', 'Příliš žluťoučký kůň', 'total = 5', 'a.b.c', 'line with  two blanks', '50 % of it',
         'Straße 5, Köln', 'x' * 70, 'tabs\tinside', 'From the start', '.dot', 'dash - dash', 'ends with space ']
CHARSETS = ['utf-8', 'koi8-r', 'windows-1251', 'iso-8859-1', 'iso-8859-2', 'iso-8859-15', 'windows-1250', 'windows-1252',
            'iso-2022-jp', 'shift_jis', 'euc-jp', 'gb18030', 'utf-16', 'us-ascii']


def encoded_word(dice, text, charset):
    data = text.encode(charset)
    if dice.random() < .5:
        return '=?%s?%s?%s?=' % (charset, dice.choice('bB'), base64.b64encode(data).decode())
    return '=?%s?%s?%s?=' % (charset, dice.choice('qQ'), ''.join('=%02X' % b for b in data))


def subject(dice, text):
    """Words of different charsets, split where Python would never split."""
    words, rest = [], text
    while rest:
        n = dice.randint(1, 7)
        part, rest = rest[:n], rest[n:]
        fit = [c for c in CHARSETS if c not in ('utf-16', 'iso-2022-jp', 'us-ascii') and can(part, c)]
        words.append(encoded_word(dice, part, dice.choice(fit)))
    return dice.choice([' ', '\n ', '\n\t']).join(words)


def can(text, charset):
    try:
        return text.encode(charset).decode(charset) == text
    except UnicodeError:
        return False


def body(dice, lines):
    """Content fields and bytes."""
    text = '\n'.join(lines) + '\n'
    charset = dice.choice([c for c in CHARSETS if can(text, c)])
    data = text.encode(charset)
    way = dice.choice(['base64', 'quoted-printable'] + (['8bit'] if charset not in ('utf-16',) else []))
    if way == 'base64':
        data = base64.encodebytes(data)
    elif way == 'quoted-printable':
        data = quopri.encodestring(data)
    name = dice.choice([charset, charset.upper(), '"%s"' % charset])
    return 'Content-Type: text/plain; charset=%s\nContent-Transfer-Encoding: %s\n' % (name, dice.choice([way, way.upper()])), data


def make(count, folder):
    dice = random.Random(54)
    for n in range(count):
        lines = [dice.choice(TEXTS) for _ in range(dice.randint(1, 5))]
        head, data = body(dice, lines)
        title = ' '.join(dice.choice(TEXTS).strip() for _ in range(dice.randint(1, 2)))
        title = re.sub(r'\s+', ' ', title)
        name = dice.choice(['Ann', 'Anna Nováková', 'Илья', 'O"Neil', 'Müller, Jörg'])
        address = '%s%d@client.example' % (dice.choice(['ann', 'a.b', 'x+y', "o'neil"]), n)
        shown = {'Ann': 'Ann', 'O"Neil': '"O\\"Neil"'}.get(name) or encoded_word(dice, name, 'utf-8')
        mail = ('From: %s <%s>\nTo: bank@clerk.example\nSubject: %s\nIn-Reply-To: <x@clerk.example>\n'
                'Date: Sat, 21 Nov 2026 10:00:00 +0000\nMessage-ID: <%d@client.example>\nMIME-Version: 1.0\n'
                % (shown, address, subject(dice, title), n)).encode()
        shape = dice.choice(['plain', 'mixed', 'alternative'])
        if shape == 'plain':
            mail += head.encode() + b'\n' + data
        else:
            mail += ('Content-Type: multipart/%s; boundary="=_b%d"\n\npreamble\n--=_b%d\n%s\n' % (shape, n, n, head)).encode() + data
            if shape == 'mixed':
                mail += ('\n--=_b%d\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n'
                         'Content-Transfer-Encoding: base64\n\nJVBERi0=\n--=_b%d--\nepilogue\n' % (n, n)).encode()
            else:
                mail += ('\n--=_b%d\nContent-Type: text/html\n\n<p>other</p>\n--=_b%d--\n' % (n, n)).encode()
        mail = mail.replace(b'\n', b'\r\n') if dice.random() < .3 and b'utf-16' not in head.lower().encode() else mail
        with open('%s/%05d.eml' % (folder, n), 'wb') as f:
            f.write(mail)
        m = email.message_from_bytes(mail, policy=email.policy.default)
        part = m.get_body(('plain',))
        assert re.sub(r'\s+', ' ', part.get_content()).strip() == re.sub(r'\s+', ' ', ' '.join(lines)).strip(), (head, lines)
        print(json.dumps({'id': '<%d@client.example>' % n, 'from': m['From'].addresses[0].addr_spec.lower() if False else address,
                          'subject': title.strip(), 'text': ' '.join(lines)}))


def squeeze(text):
    return re.sub(r'\s+', ' ', text or '').strip()


def look(path):
    wanted = {w['id']: w for w in map(json.loads, open(path, encoding='utf-8'))}
    seen, wrong = 0, {'from': [], 'subject': [], 'text': []}
    for e in map(json.loads, sys.stdin):
        w = wanted.get(e.get('message_id'))
        if not w:
            continue
        seen += 1
        for key in wrong:
            if squeeze(e.get(key)) != squeeze(w[key]):
                wrong[key].append('%s: %r, not %r' % (w['id'], e.get(key), w[key]))
    for key, bad in wrong.items():
        print('%s - %s of %d mails as Python reads them' % ('not ok' if bad or not seen else 'ok', key, seen))
        for b in bad[:4]:
            print('#   ' + b[:300])
    print('%s - each mail is a reply: %d of %d' % ('ok' if seen == len(wanted) else 'not ok', seen, len(wanted)))


import email, email.policy
if sys.argv[1] == 'look':
    look(sys.argv[2])
else:
    make(int(sys.argv[1]), sys.argv[2])
