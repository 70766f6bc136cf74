"""mailfilter-render's e-invoices: golden files, XML Schemas, the rules of
EN 16931, random documents, mutations, demands. Prints TAP.

einvoice.py PROGRAM PART...: golden, rules, random, mutants, demands, texts,
schemas. GOLDEN_WRITE=1 writes golden files that are missing.
"""
import copy
import glob
import json
import os
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


def children_removed(root):
    """Each element once taken out, then put back."""
    seen = set()
    for element in list(root.iter(etree.Element)):
        parent = element.getparent()
        path = root.getroottree().getelementpath(element)
        if parent is None or path in seen:
            continue
        seen.add(path)
        at = parent.index(element)
        parent.remove(element)
        yield 'without ' + path
        parent.insert(at, element)


NUMBERS = ['-1', '0', '7', '0.001', None]
CODES = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M', 'B', '58', '30', 'XX',
         'DE', '4111111111111111', '2026-99-99', '20269999', '', 'Musterwerk',
         'Musterwerk GmbH', '2020-01-01', '20200101', '3', '5']


def texts_changed(root):
    for element in root.iter(etree.Element):
        if len(element) or not element.text or len(element.text) > 40:
            continue
        old = element.text
        new = list(CODES)
        if rules.number(old) is not None and '-' not in old[1:]:
            new = ['-1', '0', '7', '1.001', old + '1']
        for text in new:
            element.text = text
            yield '%s: %s' % (element.tag.split('}')[1], text)
        element.text = old


def attributes_changed(root):
    for element in root.iter(etree.Element):
        for key, old in list(element.attrib.items()):
            element.set(key, 'XXX')
            yield '@%s: XXX' % key
            del element.attrib[key]
            yield 'without @' + key
            element.set(key, old)


def additions(root):
    """What stands once stands twice, or where it does not belong."""
    for element in list(root.iter(etree.Element)):
        parent = element.getparent()
        name = etree.QName(element).localname
        if parent is None or not name.startswith((
                'TaxSubtotal', 'ApplicableTradeTax', 'InvoicePeriod')):
            continue
        twin = copy.deepcopy(element)
        element.addnext(twin)
        yield 'twice ' + name
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
            if where != name or element.find(what) is not None:
                continue
            added = etree.SubElement(element, what)
            added.text = text
            yield 'added %s to %s' % (what.split('}')[1], name)
            element.remove(added)


def part_mutants(_render):
    for syntax in ('ubl', 'cii'):
        hit, mutants = set(), 0
        for path in golden_files():
            if not path.endswith('.%s.xml' % syntax):
                continue
            root = etree.parse(path).getroot()
            for change in (children_removed, texts_changed,
                           attributes_changed, additions):
                for _ in change(root):
                    mutants += 1
                    hit.update(rules.check(root))
            broken = rules.check(root)
            if broken:
                ok(False, 'after its mutations %s is whole' %
                   os.path.basename(path), *broken)
        missing = [name for name in rules.RULES if name not in hit]
        ok(not missing, '%s: %d mutants, each of %d rules found one' %
           (syntax, mutants, len(rules.RULES)), ' '.join(missing))


if __name__ == '__main__':
    program = Render(sys.argv[1])
    for part in sys.argv[2:]:
        globals()['part_' + part](program)
    print('1..%d' % count)
    sys.exit(failed > 0)
