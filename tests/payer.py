#!/usr/bin/python3
"""Text of payers inside genuine bank mails (R34).

  payer.py make DIR PROGRAM   mails into DIR/N.eml, made of the golden credits
  payer.py look DIR EVENTS    does any of them say another amount and pass?

The text that a payer writes is replaced by lines of the same mail with other
digits (so by the bank's own labels), alone, before, behind and inside what
was there, on one line and on several.
"""
import email, email.policy, glob, html, json, os, re, subprocess, sys

FIELDS = ('payer', 'remittance', 'payer_account', 'reference')
GLUE = [' ', '\n', '\r', '\u2028', '\x85', '\x0b', '\t', ' \u00a0', '  ', '\n\n', '\n> ', ';', ' | ']


def credits():
    """Golden mails with one clean credit: path and event."""
    for path in sorted(glob.glob('tests/golden/*/*.eml')):
        if 'attack' in path:
            continue
        with open(path[:-4] + '.events', encoding='utf-8') as f:
            events = [json.loads(line) for line in f]
        if len(events) == 1 and events[0]['kind'] == 'credit' and not events[0].get('refused'):
            yield path, events[0]


def evils(lines, value):
    for line in lines:
        other = re.sub(r'\d', '9', line)
        yield other
        for glue in GLUE:
            yield value + glue + other
            yield other + glue + value
        yield value[:3] + '\n' + other + '\n' + value[3:]


def variants(path, event):
    m = email.message_from_binary_file(open(path, 'rb'), policy=email.policy.compat32)
    if m.is_multipart():
        return
    charset = m.get_content_charset() or 'utf-8'
    text = m.get_payload(decode=True).decode(charset, 'replace').replace('\r\n', '\n')
    is_html = m.get_content_type() == 'text/html'
    head = open(path, 'rb').read().replace(b'\r\n', b'\n').split(b'\n\n', 1)[0].decode('latin1')
    fields = [f for f in re.split(r'\n(?![ \t])', head)
              if not re.match(r'(?i)content-|message-id|mime-version', f)]
    lines = [re.sub(r'<[^>]*>', ' ', l).strip() for l in text.split('\n') if re.search(r'\d', l)]
    lines = [html.unescape(l) if is_html else l for l in lines if l]
    for field in FIELDS:
        value = event.get(field)
        shown = html.escape(value, quote=False) if value and is_html else value
        if not value or text.count(shown) != 1:
            continue
        for evil in evils(lines, value):
            if is_html:
                evil = html.escape(evil, quote=False)
            yield fields, 'text/html' if is_html else 'text/plain', text.replace(shown, evil)


def make(folder):
    n, banks = 0, set()
    with open(folder + '/../wanted.json', 'w', encoding='utf-8') as wanted:
        for path, event in credits():
            for fields, kind, text in variants(path, event):
                n += 1
                banks.add(event['bank'])
                with open('%s/%05d.eml' % (folder, n), 'wb') as f:
                    f.write('\n'.join(fields).encode('latin1') + b'\nMessage-ID: <%d@payer.example>\nMIME-Version: 1.0\n' % n +
                            ('Content-Type: %s; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n' % kind).encode() +
                            text.encode())
                print(json.dumps({'id': '<%d@payer.example>' % n, 'file': '%05d.eml' % n, 'from': path, 'bank': event['bank'],
                                  'amount': event['amount'], 'currency': event['currency']}), file=wanted)
    print('%d mails of %d banks' % (n, len(banks)))


def look(folder, events):
    with open(folder + '/../wanted.json', encoding='utf-8') as f:
        wanted = {w['id']: w for w in map(json.loads, f)}
    wrong, passed, seen = {}, {}, set()
    with open(events, encoding='utf-8') as f:
        for e in map(json.loads, f):
            w = wanted.get(e.get('message_id'))
            if not w:
                continue
            first = w['id'] not in seen
            seen.add(w['id'])
            if e['kind'] not in ('credit', 'debit', 'return') or e.get('trust') != 'verified' or e.get('refused'):
                continue
            passed[w['bank']] = passed.get(w['bank'], 0) + 1
            if (e.get('amount'), e.get('currency'), e['kind']) != (w['amount'], w['currency'], 'credit') or not first:
                wrong.setdefault(w['bank'], []).append((w['file'], e.get('amount'), e['kind']))
    for bank in sorted({w['bank'] for w in wanted.values()}):
        total = sum(w['bank'] == bank for w in wanted.values())
        print('%s - %s: %d mails, %d pass with the bank\'s own amount, the rest is refused' %
              ('not ok' if bank in wrong else 'ok', bank, total, passed.get(bank, 0)))
        for w in wrong.get(bank, [])[:3]:
            print('#   %s: %s' % (w[0], w[1:]))
    print('%s - each mail gave an event: %d of %d' % ('ok' if len(seen) == len(wanted) and wanted else 'not ok', len(seen), len(wanted)))


if sys.argv[1] == 'make':
    make(sys.argv[2])
else:
    look(sys.argv[2], sys.argv[3])
