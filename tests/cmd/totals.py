#!/usr/bin/python3
# totals.py make SEED COUNT DOCUMENTS WANTED: random invoice documents, and
# what their figures must be by the formulas of EN 16931-1 (6.4.2, BR-CO-10 to
# BR-CO-17, BR-S-8 and its like), computed with fractions: for
# tests/cmd/totals.t. `totals.py judge WANTED GIVEN` compares every figure,
# `totals.py examples PAGE` prints the documents in a manual page.
import json
import random
import sys
from fractions import Fraction as F

DIGITS = {"EUR": 2, "USD": 2, "CHF": 2, "JPY": 0, "CLP": 0, "KWD": 3,
          "TND": 3, "HUF": 2, "INR": 2, "CZK": 2}
RATES = {"S": ["19", "7", "21", "20", "5.5", "8.1", "2.6", "25.5", "0.1",
               "13.5", "12.3456"],
         "L": ["7", "0", "9.5"], "M": ["4", "10", "0.5"],
         "Z": ["0"], "E": ["0"], "AE": ["0"], "K": ["0"], "G": ["0"],
         "O": [None]}
FREE = ("E", "AE", "K", "G", "O")


def half_away(x, digits):
    """Rounded to so many decimals, halves away from zero."""
    scale = 10 ** digits
    y = abs(x) * scale + F(1, 2)
    n = F(y.numerator // y.denominator, scale)
    return -n if x < 0 else n


def plain(x, digits):
    """A decimal text with exactly so many decimals."""
    n = x * 10 ** digits
    assert n.denominator == 1, (x, digits)
    sign, n = "-" if n < 0 else "", abs(int(n))
    if not digits:
        return sign + str(n)
    return f"{sign}{n // 10 ** digits}.{n % 10 ** digits:0{digits}d}"


def number(r, whole, decimals):
    """A text of a random number, often with fewer decimals."""
    d = r.randint(0, decimals)
    n = r.randrange(10 ** r.randint(1, whole))
    return str(n) if d == 0 else f"{n}.{r.randrange(10 ** d):0{d}d}"


class Maker:
    def __init__(self, r):
        self.r = r
        self.currency = r.choice(list(DIGITS))
        self.profile = r.random() < 0.2
        self.digits = DIGITS[self.currency]
        if self.profile:
            self.digits = min(self.digits, 2)
        self.taxes = {}         # (category, rate) -> base, in order
        self.lines = {}         # … -> nets of the lines

    def amount(self, whole=4):
        n = self.r.randrange(10 ** self.r.randint(1, whole + self.digits))
        return plain(F(n, 10 ** self.digits), self.digits)

    def share(self, base, charge):
        """An allowance or charge, and its amount."""
        r, one = self.r, {}
        how = r.randrange(4)
        if how == 0:
            one["amount"] = self.amount(2)
            worth = F(one["amount"])
        else:
            one["percent"] = number(r, 2, 4)
            if how == 1:
                one["base"] = self.amount()
                base = F(one["base"])
            worth = half_away(base * F(one["percent"]) / 100, self.digits)
            if how == 2:
                one["amount"] = plain(worth, self.digits)
        if r.random() < 0.5:
            one["reason"] = "because"
        elif r.random() < 0.5:
            one["reason_code"] = "FC" if charge else "95"
        return one, worth

    def tax(self):
        if "O" in self.allowed:
            return "O", None
        category = self.r.choice(self.allowed)
        rate = self.r.choice(RATES[category])
        if rate == "0.1" and self.profile:      # no electronic invoice has it
            rate = "19"
        return category, rate

    def add(self, category, rate, worth):
        key = (category, None if rate is None else F(rate))
        self.taxes[key] = self.taxes.get(key, F(0)) + worth
        return key

    def line(self, sign):
        r = self.r
        category, rate = self.tax()
        one = {"text": f"Item {r.randrange(999)}", "category": category,
               "quantity": sign + number(r, 4, r.choice([0, 2, 6])),
               "unit": r.choice(["C62", "HUR", "DAY", "KGM"]),
               "price": number(r, 4, r.choice([2, 4, 6]))}
        per = F(1)
        if r.random() < 0.2:
            one["price_quantity"] = r.choice(["3", "7", "10", "100", "0.5",
                                              "1000"])
            per = F(one["price_quantity"])
        if r.random() < 0.15:
            less = number(r, 1, 6)
            one["gross_price"] = str(plain(F(one["price"]) + F(less), 6))
            one["price_discount"] = less
            if r.random() < 0.5:
                del one["price"]
                one["price"] = plain(F(one["gross_price"]) - F(less), 6)
            if r.random() < 0.3:
                del one["price_discount"]
        if rate is not None and (rate != "0" or category in "LM" or
                                 r.random() < 0.5):
            one["rate"] = rate
        base = half_away(F(one["quantity"]) * F(one["price"]) / per,
                         self.digits)
        net = base
        if r.random() < 0.2:
            one["discount_percent"] = number(r, 2, 2)
            net -= half_away(base * F(one["discount_percent"]) / 100,
                             self.digits)
        for name in ("allowances", "charges"):
            for _ in range(r.choice([0, 0, 0, 1, 2])):
                part, worth = self.share(base, name == "charges")
                one.setdefault(name, []).append(part)
                net += worth if name == "charges" else -worth
        key = self.add(category, rate, net)
        self.lines[key] = self.lines.get(key, F(0)) + net
        return one, net

    def document(self):
        r = self.r
        self.allowed = r.choice([["S"], ["S"], ["S", "Z"], ["S", "E", "AE"],
                                 ["K"], ["G"], ["O"], ["S", "L", "M"],
                                 ["Z", "E", "AE", "K", "G", "L", "M", "S"]])
        doc = {"date": "2026-11-24", "due": "2026-12-24",
               "delivered": "2026-11-20", "currency": self.currency,
               "number": "1",
               "type": r.choice(["invoice"] * 4 + ["credit-note", "deposit",
                                                   "corrected"]),
               "preceding": [{"number": "0"}],
               "language": r.choice("en es ru de fr nl pt it".split()),
               "seller": {"name": "Ö", "tax_id": "DE136695976",
                          "legal_id": "HRB 1", "address": {"country": "DE"}},
               "buyer": {"name": "B", "tax_id": "ATU13585627",
                         "address": {"country": "AT"}},
               "delivery": {"address": {"country": "AT"}}, "lines": []}
        if self.profile:
            doc["profile"] = "en16931"
        nets = []
        for i in range(r.choice([1, 1, 2, 3, 8, 20])):
            one, net = self.line("-" if r.random() < 0.1 else "")
            doc["lines"].append(one)
            nets.append(net)
        sums = {"allowances": F(0), "charges": F(0)}
        for name in sums:
            for _ in range(r.choice([0, 0, 0, 1, 3])):
                key = r.choice(list(self.lines))
                part, worth = self.share(self.lines[key], name == "charges")
                part["category"] = key[0]
                if key[1] is not None:
                    part["rate"] = plain(key[1], 4)
                doc.setdefault(name, []).append(part)
                sums[name] += worth
                self.add(*key, worth if name == "charges" else -worth)
        if r.random() < 0.1:            # of the whole: one for each tax
            keys = list(self.taxes)
            percent = number(r, 1, 2)
            doc.setdefault("allowances", []).append({"percent": percent})
            for key in keys:
                worth = half_away(self.lines.get(key, F(0)) * F(percent) /
                                  100, self.digits)
                sums["allowances"] += worth
                self.add(*key, -worth)
        return doc, self.figures(doc, nets, sums)

    def figures(self, doc, nets, sums):
        r, d = self.r, self.digits
        taxes = [(c, q, base, half_away(base * (q or 0) / 100, d))
                 for (c, q), base in self.taxes.items()]
        t = {"lines": sum(nets), "tax": sum(x[3] for x in taxes)}
        t["net"] = t["lines"] - sums["allowances"] + sums["charges"]
        t["gross"] = t["net"] + t["tax"]
        paid = F(0)
        if t["gross"] > 10 and r.random() < 0.4:
            doc["deposits"] = []
            for i in range(r.choice([1, 2])):
                part = half_away(t["gross"] / r.randint(3, 9), d)
                doc["deposits"].append({"number": f"D{i}",
                                        "amount": plain(part, d)})
                paid += part
        if t["net"] > 10 and r.random() < 0.3:
            percent = r.choice(["15", "7", "19", "4.5"])
            doc["withholding"] = {"percent": percent}
            base = t["net"]
            if r.random() < 0.3:
                base = half_away(base / 2, d)
                doc["withholding"]["base"] = plain(base, d)
            doc["withholding"]["name"] = "IRPF"
            t["withheld"] = half_away(base * F(percent) / 100, d)
            paid += t["withheld"]
        if t["gross"] > 10 and r.random() < 0.2:
            part = half_away(t["gross"] / 20, d)
            doc["prepaid"] = plain(part, d)
            paid += part
        t["due"] = t["gross"] - paid
        if r.random() < 0.2:
            doc["rounding"] = plain(F(r.randint(-5, 5), 10 ** d), d)
            t["rounding"] = F(doc["rounding"])
            t["due"] += t["rounding"]
        t["prepaid"] = paid
        wanted = {k: plain(v, d) for k, v in t.items()}
        if r.random() < 0.3:
            other = r.choice([c for c in DIGITS if c != self.currency])
            doc["tax_currency"] = other
            doc["exchange_rate"] = "%d.%08d" % (r.randrange(300),
                                                r.randrange(1, 10 ** 8))
            n = min(DIGITS[other], 2)
            wanted["tax_accounting"] = plain(
                half_away(t["tax"] * F(doc["exchange_rate"]), n), n)
        for name in sums:
            if name in doc:
                wanted[name] = plain(sums[name], d)
        wanted["nets"] = [plain(x, d) for x in nets]
        wanted["taxes"] = [[c, "" if q is None else plain(q, 4),
                            plain(b, d), plain(a, d), c in FREE]
                           for c, q, b, a in taxes]
        wanted["good"] = t["gross"] > 0 and t["due"] >= 0
        return wanted


def compare(want, line):
    if line.startswith("!"):
        return [] if not want["good"] and "totals." in line else [line]
    if not want["good"]:
        return ["a negative sum was taken: " + line[:80]]
    doc, faults = json.loads(line), []
    t = doc["totals"]

    def same(name, got, wanted):
        if got != wanted:
            faults.append(f"{name}: {wanted} wanted, {got}")

    for key in ("lines", "net", "tax", "gross", "due", "allowances",
                "charges", "tax_accounting"):
        same(key, t.get(key), want.get(key))
    for key in ("prepaid", "rounding"):
        zero = F(want.get(key, "0")) == 0
        same(key, t.get(key), None if zero else want[key])
    same("withheld", doc.get("withholding", {}).get("amount"),
         want.get("withheld"))
    same("nets", [x["net"] for x in doc["lines"]], want["nets"])
    same("taxes", [[x["category"], plain(F(x["rate"]), 4) if "rate" in x
                    else "", x["base"], x["amount"], "reason" in x]
                   for x in doc["taxes"]], want["taxes"])
    for one in doc["lines"] + [doc]:
        for part in one.get("allowances", []) + one.get("charges", []):
            if not part.get("reason") or "amount" not in part or \
                    ("percent" in part) != ("base" in part):
                faults.append(f"allowance {part}")
    return faults


def judge(wanted, given):
    n = good = bad = taxes = 0
    with open(wanted) as w, open(given) as g:
        for want, got in zip(w, g, strict=True):
            want = json.loads(want)
            faults = compare(want, got)
            n, good = n + 1, good + want["good"]
            taxes += len(want["taxes"])
            if faults:
                bad += 1
                print(f"# document {n}:", "; ".join(faults)[:400])
    print(bad, n, good, taxes)


def examples(page):
    """The documents of a manual page, with the parties that they leave out."""
    blocks, open_ = [], None
    for line in open(page):
        if line.startswith(".Bd -literal"):
            open_ = []
        elif line.startswith(".Ed"):
            text = "".join(open_)
            if text.startswith("{"):
                blocks.append(json.loads(text))
            open_ = None
        elif open_ is not None:
            open_.append(line)
    for one in blocks:
        party = {"name": "A", "tax_id": "DE136695976",
                 "address": {"country": "DE"}}
        print(json.dumps({"date": "2026-11-24", "due": "2026-12-08",
                          "currency": "EUR", "seller": party,
                          "buyer": party, **one}))


if sys.argv[1] == "examples":
    examples(sys.argv[2])
elif sys.argv[1] == "judge":
    judge(*sys.argv[2:])
else:
    rand = random.Random(int(sys.argv[2]))
    with open(sys.argv[4], "w") as docs, open(sys.argv[5], "w") as figures:
        for _ in range(int(sys.argv[3])):
            one, figure = Maker(rand).document()
            print(json.dumps(one), file=docs)
            print(json.dumps(figure), file=figures)
