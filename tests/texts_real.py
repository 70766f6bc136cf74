#!/usr/bin/python3
"""Real statements in text formats give the values that their source asserts.

Usage: texts_real.py [-v] EXTRACT DATA. Prints TAP: every file is read or
refused with a reason, and of the asserted values of each kind (amount, day,
payer, account, text ...) at least 98 % are given. -v lists each miss.
"""
import base64
import glob
import json
import os
import re
import subprocess
import sys
import unicodedata

try:
    import yaml
except ImportError:
    yaml = None

GOAL = 98
FOLDERS = ("mt940-*", "swift-*", "coda-*", "bai2-*", "ofx-*",
           "beancount-import-jbms")
MONEY = ("credit", "debit", "return")
tally = {}
misses = []
files = []


def score(kind, good, note):
    row = tally.setdefault(kind, [0, 0])
    row[0] += bool(good)
    row[1] += 1
    if not good:
        misses.append(f"{kind}: {note}")


def plain(text):
    """Without blanks: sources join lines each in their own way."""
    return re.sub(r"\s+", "", text) if isinstance(text, str) else ""


def minor(text):
    whole, _, rest = str(text).lstrip("-").partition(".")
    return int(whole or 0) * 10000 + int(rest.ljust(4, "0")[:4])


# ---- what a source asserts: a list of (key, value) for each entry

def load_yaml(text):
    class Loader(yaml.SafeLoader):
        pass

    def construct(loader, _suffix, node):
        if isinstance(node, yaml.MappingNode):
            return loader.construct_mapping(node, deep=True)
        if isinstance(node, yaml.SequenceNode):
            return loader.construct_sequence(node, deep=True)
        return loader.construct_scalar(node)

    # Each transaction holds the whole document once more.
    top = re.match(r"&(\S+) ", text)
    if top:
        text = text.replace(f" *{top[1]}\n", " null\n")
    Loader.add_multi_constructor("tag:yaml.org,2002:python/", construct)
    return yaml.load(text, Loader)


def wolph_day(value):
    if not value:
        return None
    raw = value[0] if isinstance(value[0], bytes) else \
        base64.b64decode(value[0])
    return f"{raw[0] * 256 + raw[1]:04d}-{raw[2]:02d}-{raw[3]:02d}"


def entries_wolph(text):
    doc = load_yaml(text)
    found = []
    for item in doc.get("transactions") or []:
        data = item.get("data") or {}
        if "amount" not in data:
            continue
        amount = data["amount"]["amount"][0]
        found.append({
            "amount": minor(amount),
            "out": data.get("status") in ("D", "RC"),
            "value": wolph_day(data.get("date")),
            "booked": wolph_day(data.get("entry_date")),
            "bank_reference": data.get("bank_reference"),
            "customer": data.get("customer_reference"),
            "end_to_end": data.get("end_to_end_reference"),
            "payer": data.get("applicant_name"),
            "payer_account": data.get("applicant_iban"),
            "text": data.get("purpose") or data.get("transaction_details"),
        })
    return found


def entries_svenstaro(text):
    return [{
        "amount": minor(e["amount"]),
        "out": e["ext_debit_credit_indicator"] in ("Debit", "ReverseCredit"),
        "value": e["value_date"], "booked": e["entry_date"],
        "bank_reference": e["bank_ref"], "customer": e["customer_ref"],
        "text": e["information_to_account_owner"],
    } for message in json.loads(text) for e in message["statement_lines"]]


def entries_webschik(text):
    return [{
        "amount": minor(abs(e["amount"])), "out": not e["isCredit"],
        "value": e["valueDate"], "booked": e["entryDate"],
        "bank_reference": e["bankReference"],
        "customer": e["customerReference"], "text": e["description"],
    } for message in json.loads(text) for e in message["transactions"]]


def entries_myflow(text):
    text = re.sub(r",(\s*[\]}])", r"\1", text)
    try:
        doc = json.loads(text)
    except ValueError:
        return []
    found = []

    def walk(node):
        if isinstance(node, list):
            for item in node:
                walk(item)
        elif "swift_code" in node:
            found.append({
                "amount": minor(node["amount"]),
                "out": "debit" in node["funds_code"] and
                       "return" not in node["funds_code"],
                "value": (node["value_date"] or "")[:10],
                "booked": (node["entry_date"] or "")[:10],
                "customer": node["reference"],
                "bank_reference": node["transaction_description"],
            })
        elif "details" in node and found and node["details"]:
            found[-1]["text"] = "".join(node["details"])
            found[-1]["payer"] = " ".join(node["account_holder"] or [])
            found[-1]["payer_account"] = node["account_number"]
    walk(doc)
    return found


def entries_asserts(text):
    """Lines of a test: only amounts and counts are taken."""
    return [{"amount": minor(value), "out": value.startswith("-"),
             "cents": True}
            for value in re.findall(
                r"(?:tx|transaction)\.amount, Decimal\([\"'](-?[0-9.]+)", text)
            + re.findall(
                r"Decimal\('(-?[0-9.]+)'\), (?:tx|transaction)\.amount", text)]


READERS = {
    "mt940-wolph": entries_wolph, "mt940-svenstaro": entries_svenstaro,
    "mt940-webschik": entries_webschik, "mt940-myflow": entries_myflow,
    "ofx-ofxparse": entries_asserts,
}


# ---- comparing

def day_counts(key, wanted, event):
    """A booking day that the line does not have is the reader's guess."""
    return wanted and (key == "value" or "booked" in event)


def check_entry(name, wanted, event):
    where = f"{name} {wanted['amount'] / 10000}"
    score("direction", (event["kind"] == "credit") != wanted["out"],
          f"{where}: {event}")
    for key in ("value", "booked"):
        if day_counts(key, wanted.get(key), event):
            score(key, event.get(key) == wanted[key],
                  f"{where}: {wanted[key]}, got {event.get(key)}")
    for key, field in (("bank_reference", "bank_reference"),
                       ("end_to_end", "end_to_end_id"),
                       ("payer", "payer"),
                       ("payer_account", "payer_account")):
        value = plain(wanted.get(key))
        if value and value not in ("NONREF", "NOTPROVIDED", "GIFTCARD"):
            got = plain(event.get(field))
            # An IBAN for the number in it; a bank's note behind an id.
            good = got == value or value.startswith(got + "MTLG:") and got \
                or key == "payer_account" and got.endswith(value)
            score(key, good,
                  f"{where}: {wanted[key]}, got {event.get(field)}")
    if letters(wanted.get("text")):
        score("text", same_text(wanted["text"], event),
              f"{where}: {wanted['text']!r}, got {event.get('remittance')!r}")


def letters(text):
    """Letters and digits: some sources replace all that SWIFT has not."""
    if not isinstance(text, str):
        return ""
    text = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^A-Za-z0-9]", "", text)


def same_text(wanted, event):
    """The asserted text, or, where that is the whole field as it stands in
    the file, the payer's part of it."""
    got = letters(event.get("remittance"))
    whole = letters(re.sub(r"\n?[?>~]\d\d", "", wanted))
    if got and (got in whole or letters(wanted) in got):
        return True
    words = [letters(w) for w in event.get("remittance", "").split()]
    if words and "payer" in event or "payer_account" in event:
        return all(word in whole for word in words)
    return False


def take(events, wanted):
    """The next event with that amount, and the same day if there is one."""
    same = [e for e in events if minor(e["amount"]) == wanted["amount"]]
    dated = [e for e in same if e.get("value") == wanted.get("value")]
    for event in (dated or same)[:1]:
        events.remove(event)
        return event
    return None


def check_file(program, path, name):
    with open(path, "rb") as file:
        done = subprocess.run([program, "statement"], stdin=file,
                              capture_output=True, text=True, check=False)
    reason = done.stderr.strip()
    files.append((name, done.returncode in (0, 65, 66) and
                  (done.returncode == 0) == (not reason), reason))
    events = [json.loads(line) for line in done.stdout.splitlines()]
    events = [e for e in events if e["kind"] in MONEY]
    reader = READERS.get(name.split("/")[0])
    for expected in glob.glob(glob.escape(path) + ".*"):
        if not reader or (expected.endswith(".yml") and not yaml):
            continue
        with open(expected, encoding="utf-8") as file:
            asserted = reader(file.read())
        for wanted in asserted:
            event = take(events, wanted)
            score("amount", event, f"{name}: {wanted['amount'] / 10000} "
                  f"{reason}")
            if event and not wanted.get("cents"):
                check_entry(name, wanted, event)


def main():
    verbose = "-v" in sys.argv
    program, data = [a for a in sys.argv[1:] if a != "-v"][:2]
    root = data + "/statement"
    for folder in FOLDERS:
        for path in sorted(glob.glob(f"{root}/{folder}/**", recursive=True)):
            if os.path.isfile(path) and not re.search(
                    r"\.(yml|json|csv)$|\.asserts\.txt$|/_tests/", path):
                check_file(program, path, os.path.relpath(path, root))
    number = 1
    bad = [f"{name}: {why}" for name, good, why in files if not good]
    print(f"{'not ok' if bad or len(files) < 50 else 'ok'} 1 - "
          f"{len(files)} files are read or refused with a reason, "
          f"{sum(not why for _, _, why in files)} read")
    for line in bad:
        print(f"#  {line}")
    failed = len(bad)
    for kind, (good, asked) in sorted(tally.items()):
        number += 1
        enough = good * 100 >= GOAL * asked
        failed += not enough
        print(f"{'ok' if enough else 'not ok'} {number} - {kind}: "
              f"{good} of {asked}")
    if verbose or failed:
        for line in misses:
            print(f"#  {line}")
        for name, _, why in files:
            if why:
                print(f"#  refused: {name}: {why}")
    print(f"1..{number}")
    sys.exit(failed != 0)


main()
