#!/usr/bin/python3
# tax_ids.py SEED COUNT: COUNT ids for each country, good ones and damaged ones,
# as lines "CC ID", each followed by what python-stdnum says of it: for
# tests/cmd/totals.t. As `tax_ids.py judge FILE GIVEN` it compares.
import random
import sys

from stdnum import luhn  # noqa: F401  (without it there is no oracle)
from stdnum.util import get_cc_module
import stdnum.au.abn, stdnum.br.cnpj, stdnum.br.cpf, stdnum.ch.vat
import stdnum.es.nif, stdnum.gb.vat, stdnum.in_.gstin, stdnum.it.codicefiscale
import stdnum.it.iva, stdnum.no.mva, stdnum.ru.inn, stdnum.us.ein

D, A, X = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", \
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
EU = ("at be bg cy cz de dk ee es fi fr gr hr hu ie it lt lu lv mt nl pl pt "
      "ro se si sk").split()
# Shapes of ids: D a digit, A a letter, X either, others (and
# small ones) stand for themselves.
SHAPES = {
    "at": ["UDDDDDDDD"], "be": ["0DDDDDDDDD", "1DDDDDDDDD"],
    "bg": ["DDDDDDDDD", "DDDDDDDDDD"], "cy": ["DDDDDDDDA"],
    "cz": ["DDDDDDDD", "6DDDDDDDD", "DD0D1DDDDD", "DD5D2DDDDD", "DD0D1DDDD"],
    "de": ["DDDDDDDDD"], "dk": ["DDDDDDDD"], "ee": ["DDDDDDDDD"],
    "es": ["ADDDDDDDD", "ADDDDDDDA", "DDDDDDDDA"], "fi": ["DDDDDDDD"],
    "fr": ["DDDDDDDDDDD", "XXDDDDDDDDD", "XX000DDDDDD"],
    "gr": ["DDDDDDDDD"], "hr": ["DDDDDDDDDDD"], "hu": ["DDDDDDDD"],
    "ie": ["DDDDDDDA", "DDDDDDDAA", "DADDDDDA"], "it": ["DDDDDDD0DDD"],
    "lt": ["DDDDDDD1D", "DDDDDDDDDD1D"], "lu": ["DDDDDDDD"],
    "lv": ["4DDDDDDDDDD", "1D0D5D1DDDD"], "mt": ["DDDDDDDD"],
    "nl": ["DDDDDDDDDB01", "DDDDDDDDDBDD"], "pl": ["DDDDDDDDDD"],
    "pt": ["DDDDDDDDD"], "ro": ["DDDDDDDD", "DDDDDD", "1DD0D1DDDDDDD"],
    "se": ["DDDDDDDDDD01"], "si": ["DDDDDDDD"], "sk": ["DDDDDDDDDD"],
    "gb": ["DDDDDDDDD", "DDDDDDDDD001", "GdDDD", "HaDDD", "Gd8888DDDDD"],
    "ch": ["CHEDDDDDDDDDMWST", "CHEDDDDDDDDDTVa"], "no": ["DDDDDDDDDMVa"],
    "br": ["DDDDDDDDDDD", "DDDDDDDD0001DD"],
    "ru": ["DDDDDDDDDD", "DDDDDDDDDDDD"],
    "in": ["27AAACADDDDA1ZX", "DDAAAPADDDDAXZX"], "au": ["DDDDDDDDDDD"],
    "us": ["DDDDDDDDD"], "cf": ["AAAAAADDADDADDDA", "AAAAAA8DA1DF2D5A"],
}


def oracle(country):
    if country == "gr":
        return get_cc_module("gr", "vat").is_valid
    if country in EU and country != "it":
        return get_cc_module(country, "vat").is_valid
    return {"it": stdnum.it.iva.is_valid, "gb": stdnum.gb.vat.is_valid,
            "ch": stdnum.ch.vat.is_valid, "no": stdnum.no.mva.is_valid,
            "ru": stdnum.ru.inn.is_valid, "in": stdnum.in_.gstin.is_valid,
            "au": stdnum.au.abn.is_valid, "us": stdnum.us.ein.is_valid,
            "cf": stdnum.it.codicefiscale.is_valid,
            "br": lambda x: stdnum.br.cpf.is_valid(x)
            or stdnum.br.cnpj.is_valid(x)}[country]


def fill(shape, r):
    return "".join(r.choice({"D": D, "A": A, "X": X}.get(c, c))
                   for c in shape).upper()


def repair(text, good, r):
    """The id with its last characters tried until it is right, or None."""
    places = [i for i, c in enumerate(text) if c.isalnum()]
    tail = places[-1]
    if text.endswith(("MWST", "TVA", "MVA")):
        tail = max(i for i, c in enumerate(text) if c.isdigit())
    if "B" in text[9:10] and len(text) == 12:
        tail = 8
    for c in r.sample(X, len(X)):
        if good(text[:tail] + c + text[tail + 1:]):
            return text[:tail] + c + text[tail + 1:]
    if tail >= 2:                       # two check digits
        for a in D:
            for b in D:
                one = text[:tail - 1] + a + b + text[tail + 1:]
                if good(one):
                    return one
    for a in r.sample(X, len(X)):       # the key stands in front
        for b in D:
            if good(a + b + text[2:]):
                return a + b + text[2:]
    return None


def damage(text, r):
    i, kind = r.randrange(len(text)), r.randrange(5)
    if kind == 0:
        return text[:i] + r.choice(X) + text[i + 1:]
    if kind == 1:
        return text[:i] + text[i + 1:]
    if kind == 2:
        return text[:i] + r.choice(D) + text[i:]
    if kind == 3 and i:
        return text[:i - 1] + text[i] + text[i - 1] + text[i + 1:]
    return text[:i] + r.choice(D) + text[i + 1:]


def make(seed, count):
    r = random.Random(seed)
    for country, shapes in SHAPES.items():
        good, rows = oracle(country), 0
        while rows < count:
            text = fill(r.choice(shapes), r)
            if r.random() < 0.8:
                text = repair(text, good, r) or text
            if r.random() < 0.5:
                text = damage(text, r)
            # an organisation's branches: we take 01 to 94, the oracle only 01
            if country == "se" and text[-2:] != "01" or len(text) < 4:
                continue
            # shorter ids, which the oracle fills up with noughts; 98 and 00,
            # which it takes for 01 and 97
            if country in ("be", "gr", "nl") and len(text) != len(shapes[0]):
                continue
            if country == "be" and text[-2:] in ("98", "99", "00"):
                continue
            if country in EU and text[:2].lower() in (country, "el"):
                continue
            # 10 and 99 are the same for the check
            if country == "au" and text[:2] in ("10", "99"):
                continue
            # letters in a CNPJ, since 2026
            if country == "br" and not text.isdigit():
                continue
            # two more union territories and two codes since the oracle's list
            if country == "in" and text[:2] in ("38", "97", "99"):
                continue
            rows += 1
            print("it" if country == "cf" else country, text,
                  "good" if good(text) else "bad",
                  country, file=sys.stdout)


def judge(wanted, given):
    seen, good, wrong = {}, {}, []
    with open(wanted) as w, open(given) as g:
        for want, got in zip(w, g, strict=True):
            country, text, says, kind = want.split()
            seen[kind] = seen.get(kind, 0) + 1
            good[kind] = good.get(kind, 0) + (says == "good")
            if got.split()[0] != says:
                wrong.append(f"{kind} {text}: {says} wanted, {got.strip()}")
    few = [k for k in SHAPES if good.get(k, 0) < seen.get(k, 0) / 10
           or good.get(k, 0) == seen.get(k, 0)]
    for line in wrong[:20]:
        print("#", line)
    print(len(wrong), sum(seen.values()), sum(good.values()), len(seen),
          " ".join(few))


if sys.argv[1] == "judge":
    judge(*sys.argv[2:])
else:
    make(int(sys.argv[1]), int(sys.argv[2]))
