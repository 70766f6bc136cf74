"""References as invoices carry them, quoted as banks and people write them:
each payment is booked on exactly its invoice. Usage: references.py MAILFILTER
FOLDER. The references are made here, from the standards, not by mailfilter;
unit/pay.c holds mailfilter's own against the same figures. Prints "good WHAT"
or "bad WHAT"."""
import csv
import json
import os
import random
import subprocess
import sys

MAILFILTER, FOLDER = sys.argv[1], sys.argv[2]
COUNT = 250  # of each of two series


def mod97(text):
    return int("".join(str(int(c, 36)) for c in text)) % 97


def luhn(digits):
    total = 0
    for i, c in enumerate(reversed(digits)):
        value = int(c) * (2 if i % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def weights731(digits):
    return str(-sum(int(c) * (7, 3, 1)[i % 3]
                    for i, c in enumerate(reversed(digits))) % 10)


def recursive(digits):
    table, carry = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5), 0
    for c in digits:
        carry = table[(carry + int(c)) % 10]
    return str(-carry % 10)


def mod11(digits):
    check = 11 - sum(int(c) * (i + 2)
                     for i, c in enumerate(reversed(digits))) % 11
    return "0" if check > 9 else str(check)


def ogm(core):
    digits = "%010d%02d" % (int(core), int(core) % 97 or 97)
    return "+++%s/%s/%s+++" % (digits[:3], digits[3:7], digits[7:])


def ocr(core):
    core += str((len(core) + 2) % 10)
    return core + luhn(core)


def fours(text):
    return " ".join(text[i:i + 4] for i in range(0, len(text), 4))


# name: (least digits, core -> reference, reference -> fields of a payment)
KINDS = {
    "rf": (8, lambda c: "RF%02d%s" % (98 - mod97(c + "RF00"), c), lambda r: [
        {"reference": r}, {"reference": fours(r)},
        {"remittance": "payment %s thank you" % r},
        {"remittance": "ref. " + fours(r)}, {"remittance": "/RFB/" + r},
        {"remittance": r.lower()}, {"remittance": "RE" + "\n" + r}]),
    "qrr": (10, lambda c: c.zfill(26) + recursive(c.zfill(26)), lambda r: [
        {"reference": r}, {"reference": r.lstrip("0")}, {"remittance": r},
        {"remittance": "Zahlung %s %s" % (r[:2], " ".join(
            r[i:i + 5] for i in range(2, 27, 5)))}]),
    "ogm": (10, ogm, lambda r: [
        {"reference": r.strip("+").replace("/", "")}, {"reference": r},
        {"remittance": r.replace("+", "*")}, {"remittance": "betaling " + r},
        {"remittance": r.strip("+").replace("/", "")}]),
    "vs": (6, lambda c: c, lambda r: [
        {"reference": r}, {"remittance": "VS:%s platba" % r},
        {"end_to_end_id": "/VS%s/SS/KS0308" % r},
        {"remittance": "/VS%s/SS/KS" % r},
        {"remittance": "VS %s/KS 308 faktura" % r}]),
    "kid": (10, lambda c: c + luhn(c), lambda r: [
        {"reference": r}, {"remittance": "KID " + r}, {"remittance": r}]),
    "viite": (10, lambda c: c + weights731(c), lambda r: [
        {"reference": r}, {"reference": "000000000" + r},
        {"remittance": "viite %s" % fours(r[::-1])[::-1]},
        {"remittance": r}]),
    "ee": (10, lambda c: c + weights731(c), lambda r: [
        {"reference": r}, {"remittance": "viitenumber " + r}]),
    "ocr": (9, ocr, lambda r: [
        {"reference": r}, {"remittance": "OCR " + r}, {"remittance": r}]),
    "fik": (10, lambda c: "+71<%s%s+12345678<" % (
        c.zfill(14), luhn(c.zfill(14))), lambda r: [
        {"reference": r}, {"remittance": r}, {"reference": r[4:19]},
        {"remittance": "FIK-indbetaling " + r[4:19]}]),
    "si12": (7, lambda c: "SI12" + c + mod11(c), lambda r: [
        {"reference": r}, {"remittance": fours(r)},
        {"remittance": "placilo " + r}]),
    "hr01": (7, lambda c: "HR01" + c + mod11(c), lambda r: [
        {"reference": r}, {"remittance": fours(r)},
        {"remittance": "uplata " + r}]),
}
# invoices that came without one: letters quote RF, made of the number
KINDS["none"] = KINDS["rf"]
SERIES = ("2026-%04d", "B-2026-%04d"), ("%d", "F26/%03d"), \
    ("INV-%05d", "K%06d")


def make(kind, number, taken):
    """As an issue does it: plain, or marked when that one is taken."""
    letters = kind in ("rf", "none")
    least, wrap, _ = KINDS[kind]
    core = "".join(c for c in number if c.isdigit() or
                   letters and c.isalnum())
    for attempt in range(100):
        if letters:
            text = core.zfill(least) + ("X%d" % attempt if attempt else "")
        else:
            text = (str(attempt) if attempt else "") + core
            if len(text) < least:
                text = "1" + text.zfill(least)[1:]
            elif text[0] == "0":
                text = "1" + text[len(text) == least:]
        reference = wrap(text)
        if reference not in taken:
            taken.add(reference)
            return reference
    raise SystemExit("no reference for " + number)


def call(*arguments):
    done = subprocess.run([MAILFILTER, *arguments], capture_output=True,
                          text=True)
    if done.returncode:
        raise SystemExit("bad %s: %s" % (arguments, done.stderr[:500]))
    return done.stdout


def write(name, rows):
    path = os.path.join(FOLDER, name)
    columns = sorted({key for row in rows for key in row})
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def money(cents):
    return "%d.%02d" % divmod(cents, 100)


def world(kind, series, chance):
    """Invoices of two series, and a payment for each of them."""
    taken, invoices = set(), []
    names = ["%s%sara Werke %d GmbH" % (chr(65 + i % 26), "bcdefg"[i // 26] * 3,
                                        i) for i in range(50)]
    for pattern in series:
        for i in range(1, COUNT + 1):
            invoices.append((pattern % i, make(kind, pattern % i, taken),
                             chance.randrange(50), chance.choice(
                                 (10000, 11900, chance.randrange(1000, 900000)))))
    payments, wanted = [], {}
    chance.shuffle(invoices)
    for i, (number, reference, customer, amount) in enumerate(invoices):
        ways = KINDS[kind][2](reference)
        other = i % 4 == 3
        if other:
            amount = invoices[chance.randrange(len(invoices))][3]
        payments.append({
            "id": "P%d" % i, "channel": "statement", "date": "2026-11-20",
            "amount": money(amount), "currency": "EUR",
            "payer": names[customer] if i % 3 else "Somebody Else %d" % i,
            **ways[i % len(ways)]})
        wanted["P%d" % i] = number, other
    return names, invoices, payments, wanted


def prove(kind, series, chance):
    names, invoices, payments, wanted = world(kind, series, chance)
    call("-q", "import", "--type", "customers", write("customers.csv", [
        {"id": "C%d" % i, "name": name, "email": "c%d@x.example" % i,
         "currency": "EUR"} for i, name in enumerate(names)]))
    call("-q", "import", "--type", "invoices", write("invoices.csv", [
        {"id": n, "number": n, "customer": "C%d" % c, "date": "2026-10-20",
         "due": "2026-11-19", "currency": "EUR", "amount": money(a),
         "reference": "" if kind == "none" else r} for n, r, c, a in invoices]))
    call("-q", "import", "--type", "payments", write("payments.csv", payments))
    right = wrong = missed = 0
    for line in call("--json", "reconcile").splitlines():
        decision = json.loads(line)
        number, other = wanted.get(decision.get("payment"), (None, None))
        if number is None:
            continue
        booked = decision["decision"] == "auto"
        own = [a["number"] for a in decision["allocations"]] == [number]
        wrong += booked and not own
        right += booked and own and not other
        if not other and not (booked and own):
            missed += 1
            if missed < 3:
                sys.stderr.write("%s %s %s\n" % (kind, number, line[:600]))
    count = sum(not other for _, other in wanted.values())
    good = missed == 0 and right == count and count > 300 and wrong == 0
    print("%s %s %s: %d of %d booked, %d on another" % (
        "good" if good else "bad", kind, series[0], right, count, wrong))


def main():
    chance = random.Random(20261122)
    for i, kind in enumerate(KINDS):
        home = os.path.join(FOLDER, kind)
        os.environ["MAILFILTER_HOME"] = home
        call("-q", "init")
        conf = os.path.join(home, "mailfilter.conf")
        with open(conf, "w", encoding="utf-8") as out:
            out.write('owner {\nname = "Lena"\nemail = "l@o.example"\n}\n'
                      'account "m" {\niban = "DE89370400440532013000"\n}\n'
                      'send {\ntransport = dir\n}\n')
        os.chmod(conf, 0o600)
        prove(kind, SERIES[i % len(SERIES)], chance)


main()
