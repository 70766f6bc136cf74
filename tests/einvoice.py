"""mailfilter-render's e-invoices: golden files, XML Schemas, the rules of
EN 16931, random documents, mutations, demands. Prints TAP.

einvoice.py PROGRAM PART...: golden, rules, random, mutants, order, demands,
texts, schemas. GOLDEN_WRITE=1 writes golden files that are missing.
"""
import copy
import glob
import json
import os
import re
import subprocess
import sys

from lxml import etree

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import einvoice_random  # noqa: E402
import einvoice_rules as rules  # noqa: E402

PROFILES = ['ubl', 'cii', 'xrechnung', 'xrechnung-cii', 'peppol', 'factur-x']
count = failed = 0


def ok(good, name, *why):
    global count, failed
    count += 1
    failed += not good
    print('%s %d - %s' % ('ok' if good else 'not ok', count, name))
    for line in why if not good else ():
        print('#   %s' % str(line)[:400])


def skip(name, why):
    global count
    count += 1
    print('ok %d - %s # SKIP %s' % (count, name, why))


class Render:
    """One program for all documents."""

    def __init__(self, program):
        self.process = subprocess.Popen([program, '--serve'],
                                        stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)

    def __call__(self, document, profile):
        letter = json.dumps({'document': document, 'form': 'xml:' + profile})
        letter = letter.encode()
        self.process.stdin.write(b'%d\n' % len(letter) + letter)
        self.process.stdin.flush()
        word, length, more = self.process.stdout.readline().split()
        body = self.process.stdout.read(int(length))
        self.process.stdout.read(int(more))
        return word == b'ok', body


def goldens():
    for path in sorted(glob.glob(os.path.join(HERE, 'einvoice', '*.json'))):
        with open(path, encoding='utf-8') as file:
            document = json.load(file)
        profiles = document.pop('_profiles')
        yield path[:-5], document, profiles


def golden_files():
    return sorted(glob.glob(os.path.join(HERE, 'einvoice', '*.xml')))


def part_golden(render):
    for stem, document, profiles in goldens():
        for profile in profiles:
            path = '%s.%s.xml' % (stem, profile)
            good, body = render(document, profile)
            if not os.path.exists(path) and os.environ.get('GOLDEN_WRITE'):
                with open(path, 'wb') as file:
                    file.write(body)
            wanted = b''
            if os.path.exists(path):
                with open(path, 'rb') as file:
                    wanted = file.read()
            name = os.path.basename(path)
            ok(good and body == wanted, name + ' as it was', body[:200])
            ok(render(document, profile) == (good, body),
               name + ' again: the same bytes')


def part_rules(_render):
    for path in golden_files():
        broken = rules.check(etree.parse(path).getroot())
        ok(not broken, '%s breaks no rule' % os.path.basename(path),
           ' '.join(broken))


KINDS = {'ubl': 'any', 'cii': 'any', 'xrechnung': 'de', 'xrechnung-cii': 'de',
         'peppol': 'net', 'factur-x': 'any'}


def part_random(render):
    for profile in PROFILES:
        bad, written, wanted = [], 0, 0
        for seed in range(320 if profile in ('ubl', 'cii') else 60):
            document = einvoice_random.document(seed, KINDS[profile])
            good, body = render(document, profile)
            if not good:
                # the published rules of CII want IGIC above zero, those of
                # Denmark no credit note below it
                if b'IGIC' not in body and b'below zero' not in body:
                    bad.append('%d: %s' % (seed, body.decode()))
                continue
            written += 1
            broken = rules.check(etree.fromstring(body))
            if broken:
                bad.append('%d: %s' % (seed, ' '.join(broken)))
            wanted += rules.model(etree.fromstring(body))['115'] == \
                document['totals']['due']
        ok(written > 50 and not bad, '%s: %d random documents break no rule'
           % (profile, written), *bad[:5])
        ok(written == wanted, '%s: their amounts due are as computed' %
           profile)


def fresh(root, element, seen, *more):
    """Is it the first of its kind? Kind: the path without numbers, and of an
    allowance whether it is a charge."""
    path = root.getroottree().getelementpath(element)
    around = element
    while around is not None and not around.tag.endswith('AllowanceCharge'):
        around = around.getparent()
    charge = around is not None and 'true' in (
        around.findtext('{*}ChargeIndicator') or '', around.findtext(
            '{*}ChargeIndicator/{*}Indicator') or '')
    key = (re.sub(r'\[\d+\]', '', path), charge) + more
    if key in seen:
        return False
    seen.add(key)
    return True


def children_removed(root, seen):
    """Each element once taken out, then put back."""
    category = frozenset(t['cat'] for t in rules.model(root)['taxes'])
    for element in list(root.iter(etree.Element)):
        parent = element.getparent()
        if parent is None or not fresh(root, element, seen, category):
            continue
        at = parent.index(element)
        parent.remove(element)
        yield
        parent.insert(at, element)


CODES = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M', 'B', '58', 'XX', '3',
         'DE', '']


def others(tag, old):
    """Texts to put in the place of an old one."""
    if tag.endswith(('Date', 'DateString', 'DateTimeString')):
        return ['2020-01-01', '20200101']
    if rules.number(old) is not None and '-' not in old[1:]:
        return ['-1', '0', '7', old + '1', old + '.001', old + '0000000']
    if old.startswith('#AAI#'):
        return ['#XXX#']
    if tag.endswith('Name'):
        return ['', 'Musterwerk GmbH']
    return CODES if len(old) < 20 else ['', 'XX']


def texts_changed(root, seen):
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname
        old = element.text
        if len(element) or not old or not fresh(root, element, seen,
                                                 old[:3]):
            continue
        for text in others(tag, old):
            element.text = text
            yield
        element.text = old


def attributes_changed(root, seen):
    for element in root.iter(etree.Element):
        for key, old in list(element.attrib.items()):
            if not fresh(root, element, seen, key):
                continue
            element.set(key, 'XXX')
            yield
            del element.attrib[key]
            yield
            element.set(key, old)


def additions(root, seen):
    """What stands once stands twice, or where it does not belong."""
    for element in list(root.iter(etree.Element)):
        parent = element.getparent()
        name = etree.QName(element).localname
        if parent is None or not name.startswith((
                'TaxSubtotal', 'ApplicableTradeTax', 'InvoicePeriod')):
            continue
        twin = copy.deepcopy(element)
        element.addnext(twin)
        yield
        parent.remove(twin)
    cbc = '{%s}' % rules.NS['cbc']
    ram = '{%s}' % rules.NS['ram']
    places = [('TaxCategory', cbc + 'TaxExemptionReason', 'why'),
              ('TaxCategory', cbc + 'Percent', '1'),
              ('ClassifiedTaxCategory', cbc + 'Percent', '1'),
              ('ApplicableTradeTax', ram + 'ExemptionReason', 'why'),
              ('ApplicableTradeTax', ram + 'RateApplicablePercent', '1'),
              ('CategoryTradeTax', ram + 'RateApplicablePercent', '1'),
              ('InvoicePeriod', cbc + 'DescriptionCode', '3'),
              ('ApplicableTradeTax', ram + 'DueDateTypeCode', '5')]
    for element in list(root.iter(etree.Element)):
        name = etree.QName(element).localname
        for where, what, text in places:
            old = element.findtext('{*}ID') or element.findtext(
                '{*}CategoryCode')
            if where != name or element.find(what) is not None or \
                    not fresh(root, element, seen, what, old):
                continue
            added = etree.SubElement(element, what)
            added.text = text
            yield
            element.remove(added)


def part_mutants(_render):
    """Each rule finds one of the mutants: a rule that cannot fail is none."""
    for syntax in ('ubl', 'cii'):
        mutants, seen, missing = 0, {}, list(rules.RULES)
        for path in golden_files():
            if not path.endswith('.%s.xml' % syntax) or not missing:
                continue
            root = etree.parse(path).getroot()
            for change in (children_removed, texts_changed,
                           attributes_changed, additions):
                kinds = seen.setdefault(change, set()) \
                    if change != additions else set()
                for _ in change(root, kinds):
                    mutants += 1
                    m = rules.model(root)
                    missing = [n for n in missing if rules.RULES[n](m)]
            if rules.check(root):
                ok(False, 'mutations left %s as it was' % path)
        ok(mutants > 500 and not missing,
           '%s: %d mutants, each of %d rules found one' %
           (syntax, mutants, len(rules.RULES)), ' '.join(missing))


def ubl_order():
    """Parent to its children: name, must it be there, may it be there twice."""
    text = ''
    with open(os.path.join(HERE, 'einvoice', 'ubl.order')) as file:
        for row in file:
            if not row.startswith('#'):
                text += row.rstrip('\n') if row.startswith('  ') else \
                    '\n' + row.rstrip('\n')
    order = {}
    for row in text.strip().split('\n'):
        parents, children = row.split(':')
        for parent in parents.split():
            order[parent] = [(c.rstrip('!*'), '!' in c, '*' in c)
                             for c in children.split()]
    return order


def disorder(root, order):
    """What the schema of UBL would say of it."""
    wrong = []
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        found = [etree.QName(child).localname for child in element]
        if not found:
            if not (element.text or '').strip():
                wrong.append('%s is empty' % name)
            continue
        rows = order.get(name, [])
        known = [row[0] for row in rows]
        places = [known.index(c) if c in known else -1 for c in found]
        if -1 in places or places != sorted(places):
            wrong.append('%s: %s' % (name, ' '.join(found)))
        for child, must, many in rows:
            if must and child not in found or \
                    not many and found.count(child) > 1:
                wrong.append('%s: %d %s' % (name, found.count(child), child))
    return wrong


def part_order(render):
    order, looked, wrong = ubl_order(), 0, []
    for profile in ('ubl', 'xrechnung', 'peppol'):
        for seed in range(120):
            good, body = render(einvoice_random.document(
                seed, KINDS[profile]), profile)
            if good:
                looked += 1
                wrong += disorder(etree.fromstring(body), order)
    ok(looked > 300 and not wrong, '%d documents are in the order of UBL' %
       looked, *wrong[:5])
    root = etree.parse(os.path.join(HERE, 'einvoice',
                                    'standard.ubl.xml')).getroot()
    root.append(root[0])
    ok(disorder(root, order), 'an element in the wrong place is seen')
    root.insert(0, root[-1])
    root.remove(root.find('{*}LegalMonetaryTotal'))
    ok(disorder(root, order), 'an element that is missing is seen')


def fetched(package):
    """The folder of an npm package, None when there is no registry."""
    folder = os.path.join(HERE, '..', 'build', 'tests', 'npm',
                          re.sub(r'\W', '_', package))
    if not os.path.isdir(os.path.join(folder, 'package')):
        os.makedirs(folder, exist_ok=True)
        try:
            name = subprocess.run(
                ['npm', 'pack', '--silent', package], cwd=folder, check=True,
                timeout=60, capture_output=True, text=True).stdout.split()[-1]
            subprocess.run(['tar', 'xzf', name], cwd=folder, check=True)
        except (OSError, subprocess.SubprocessError, IndexError):
            return None
    return os.path.join(folder, 'package')


def validate(render, schema, profiles, pick):
    for path in golden_files():
        profile = path.split('.')[-2]
        root = etree.parse(path).getroot()
        if profile in profiles and pick(root):
            ok(schema.validate(root), os.path.basename(path) +
               ' is valid by its schema', *schema.error_log[:2])
    wrong, looked = [], 0
    for seed in range(60):
        for profile in profiles:
            good, body = render(einvoice_random.document(
                seed, KINDS[profile]), profile)
            root = etree.fromstring(body) if good else None
            if good and pick(root):
                looked += 1
                if not schema.validate(root):
                    wrong.append(schema.error_log[0])
    ok(looked > 20 and not wrong, '%d random documents are valid' % looked,
       *wrong[:3])
    root.append(etree.Element('surplus'))
    ok(not schema.validate(root), 'a surplus element is not')


def part_schemas(render):
    """CII against the schema of Factur-X; UBL where UBL_XSD names the folder
    of the OASIS schemas (the one with maindoc in it)."""
    folder = fetched('@stackforge-eu/factur-x@1.3.1')
    if folder:
        schema = etree.XMLSchema(etree.parse(os.path.join(
            folder, 'schema', 'en16931', 'FACTUR-X_EN16931.xsd')))
        validate(render, schema, ('cii', 'xrechnung-cii', 'factur-x'),
                 lambda root: True)
    else:
        skip('CII by the schema of Factur-X', 'no npm registry')
    folder = os.environ.get('UBL_XSD')
    if not folder:
        skip('UBL by the schemas of OASIS', 'UBL_XSD names no folder')
        return
    for word in ('Invoice', 'CreditNote'):
        schema = etree.XMLSchema(etree.parse(os.path.join(
            folder, 'maindoc', 'UBL-%s-2.1.xsd' % word)))
        validate(render, schema, ('ubl', 'xrechnung', 'peppol'),
                 lambda root: root.tag.endswith('}' + word))


def golden(name):
    for stem, document, _ in goldens():
        if os.path.basename(stem) == name:
            return document
    raise KeyError(name)


def put(document, path, value):
    """Sets a.b.0.c of the document; None takes it out."""
    *way, last = [int(p) if p.isdigit() else p for p in path.split('.')]
    for step in way:
        document = document[step]
    if value is None:
        document.pop(last, None) if isinstance(document, dict) else \
            document.pop(last)
    else:
        document[last] = value


def part_demands(render):
    """Each row of demands.rows: what is missing or wrong, and what the
    sentence has to name."""
    with open(os.path.join(HERE, 'einvoice', 'demands.rows'),
              encoding='utf-8') as file:
        rows = [row.rstrip('\n').split('\t') for row in file
                if row.strip() and not row.startswith('#')]
    for profile, name, changes, wanted in rows:
        document = golden(name)
        for change in changes.split(' & '):
            path, _, value = change.partition('=')
            put(document, path, json.loads(value) if value else None)
        good, body = render(document, profile)
        sentence = body.decode()
        ok(not good and all(word in sentence for word in wanted.split(' … '))
           and '\n' not in sentence, '%s of %s: %s' %
           (profile, name, changes[:60]), 'it is good' if good else sentence)


def part_texts(render):
    """What XML cannot hold is refused, everything else comes back."""
    for mark in ('\x00', '\x01', '\x0b', '\x1f', '\x7f', '\ufffe', '\uffff'):
        document = golden('standard')
        document['lines'][1]['text'] = 'a' + mark
        good, body = render(document, 'ubl')
        ok(not good and (mark == '\x00' or b'lines[1].text' in body),
           'U+%04X is refused' % ord(mark), body[:200])
    for profile in PROFILES:
        document = golden('hostile')
        for who in ('seller', 'buyer'):
            document[who].update(endpoint='FR70917914673',
                                 endpoint_scheme='9957')
        good, body = render(document, profile)
        ok(good and b'<!DOCTYPE' not in body and body.startswith(
            b'<?xml version="1.0" encoding="UTF-8"?>\n'),
           profile + ': UTF-8, no DOCTYPE', body[:200])
        root = etree.fromstring(body)
        heard = {e.text for e in root.iter(etree.Element)}
        for text in (document['number'], document['buyer']['name'],
                     document['po'], document['lines'][0]['text'],
                     document['lines'][0]['description']):
            ok(text in heard, '%s: %s comes back' % (profile, ascii(text)))
    known = golden('standard')
    render(known, 'ubl')
    ok(not render(known, 'edifact')[0], 'there is no profile edifact')


if __name__ == '__main__':
    program = Render(sys.argv[1])
    for part in sys.argv[2:]:
        globals()['part_' + part](program)
    print('1..%d' % count)
    sys.exit(failed > 0)
