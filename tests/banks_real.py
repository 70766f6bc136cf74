#!/usr/bin/env python3
"""Real bank mails in ../shared/data give the values that their source asserts.

Usage: banks_real.py MAILFILTER DATA. Prints TAP. Where the source had only a
body, the message around it gets the sender of the bank and a day near it.
"""
import csv
import email
import email.policy
import json
import os
import re
import subprocess
import sys
import tempfile

# Words of a file's name -> bank, its sender, a day for bodies without one.
BANKS = {
    "airbank": ("cz-airbank", "info@airbank.cz", None),
    "fio": ("cz-fio", "automat@fio.cz", None),
    "csob": ("cz-csob", "noreply@csob.cz", None),
    "raiffeisenbank": ("cz-raiffeisenbank", "info@rb.cz", None),
    "unicredit": ("cz-unicredit", "unicreditbank@unicreditgroup.cz", None),
    "cs": ("cz-ceskasporitelna", "automat@csas.cz", None),
    "moneta": ("cz-moneta", "infoservis@moneta.cz", None),
    "creditas": ("cz-creditas", "info@creditas.cz", None),
    "postfinance": ("ch-postfinance", "n@postfinance.ch", "2026-04-01"),
    "transfer": ("sg-dbs", "ibanking.alert@dbs.com", "2026-09-29"),
    "hdfc": ("in-hdfc", "alerts@hdfcbank.net", "2026-07-20"),
    "icici": ("in-icici", "credit_cards@icicibank.com", "2026-04-01"),
    "kotak": ("in-kotak", "BankAlerts@kotak.com", "2026-04-20"),
    "test": ("us-cashapp", "cash@square.com", None),
    "fnb": ("za-fnb", "incontact@fnb.co.za", "2026-11-01"),
    "axis": ("in-axis", "alerts@axisbank.com", "2026-04-20"),
    "bom": ("in-bom", "mahaalert@mahabank.co.in", "2026-04-20"),
    "equitas": ("in-equitas", "alerts@equitasbank.com", "2026-05-06"),
    "hsbc": ("in-hsbc", "hsbc@mail.hsbc.co.in", "2026-01-15"),
    "idfc": ("in-idfc", "noreply@idfcfirstbank.com", "2026-01-15"),
    "indusind": ("in-indusind", "transactionalert@indusind.com",
                 "2026-01-15"),
    "jupiter": ("in-jupiter", "no-reply@jupiter.money", "2026-03-18"),
    "onecard": ("in-onecard", "no-reply@getonecard.app", "2026-03-18"),
    "sbi": ("in-sbi", "neftinfo.itps@alerts.sbi.bank.in", "2026-01-15"),
    "slice": ("in-slice", "noreply@sliceit.com", "2026-01-15"),
    "yesbank": ("in-yesbank", "alerts@yes.bank.in", "2026-04-19"),
    "jp-japannetbank-suin": ("jp-paypay", "info@mail.paypay-bank.co.jp",
                             "2020-07-22"),
}
SOURCES = {"sg-dbs": "sg-dbs", "us-cashapp": "us-cashapp"}
# The source counts what comes back to a card, or pays it, as a credit.
OWN = "NOT a customer payment"
UNSAID = "amount NOT in the mail"
# Key of the source -> fields of an event that may hold it.
FIELDS = {
    "currency": ["currency"], "payer": ["payer"],
    "payee": ["payer"], "own_account": ["account"], "card": ["account"],
    "bank_ref": ["bank_reference"], "message": ["remittance"],
    "constant_symbol": ["constant_symbol"],
    "reference": ["variable_symbol", "reference", "bank_reference"],
}
# What the source's program made up: the text does not say it.
INVENTED = {"Payment received", "PPF/SSY A/c XX0000"}
# The bank's word for the kind of payment: no message of the payer's.
INVENTED |= {"Příchozí úhrada", "Blokace"}
KINDS = {"credit": ("credit",), "debit": ("debit",)}
ABSENT = {"", "null", "None"}

count = failed = 0


def ok(good, name, why=""):
    global count, failed
    count += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {count} - {name}")
    if not good:
        print(f"# {why}")


def expected(row):
    values = {}
    for part in row["expected"].split("; "):
        key, sign, value = part.partition("=")
        if sign:
            values[key.strip()] = value.strip()
    for key in row["expected_unasserted"].split(","):
        if not key.strip() == "spoofed_from":
            values.pop(key.strip(), None)
    return values


def bank_of(row):
    path = row["file"].split("/")
    word = re.split("[_-]", path[-1])[0]
    bank = BANKS.get(path[1]) or BANKS.get(word)
    if not bank or (bank[0] in SOURCES and
                    not path[1].startswith(SOURCES[bank[0]])):
        return None
    return bank


def prepare(row, bank, data, folder):
    with open(os.path.join(data, row["eml"]), "rb") as file:
        raw = file.read()
    head, blank, body = raw.partition(b"\n\n")
    if b"unknown-sender@example.invalid" in head:
        head = head.replace(b"unknown-sender@example.invalid",
                            bank[1].encode())
        year, month, day = bank[2].split("-")
        name = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
        head = re.sub(rb"(?m)^Date:.*$", (
            f"Date: {int(day)} {name[int(month) - 1]} {year} 12:00:00 +0000"
        ).encode(), head)
    path = os.path.join(folder, "mail.eml")
    with open(path, "wb") as file:
        file.write(head + blank + body)
    return path


def parse(program, path):
    done = subprocess.run([program, "parse", "--json", path],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"parse: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def is_doubtful(event):
    return any(not why.startswith("trust:")
               for why in event.get("refused", []))


def same_number(got, wanted):
    return got is not None and float(got) == \
        abs(float(wanted.replace(",", "").replace("_", "")))


def plain(text):
    return "".join(str(text).split())


def check_value(name, event, key, wanted, values):
    if key == "amount":
        ok(same_number(event.get("amount"), wanted), f"{name} {key}",
           f"wanted {wanted}, got {event.get('amount')}")
    elif key == "direction":
        ok(event["kind"] in KINDS[wanted], f"{name} {key}",
           f"wanted {wanted}, got {event['kind']}")
    elif key == "date":
        got = event.get("booked", "")
        good = bool(got) if wanted == "not None" else got == wanted[:10]
        ok(good, f"{name} {key}", f"wanted {wanted}, got {got}")
    elif key == "payer_account":
        bank = values.get("payer_bank")
        if bank and bank not in ABSENT:
            wanted += "/" + bank
        got = event.get("payer_account")
        ok(got == (None if wanted in ABSENT else wanted), f"{name} {key}",
           f"wanted {wanted}, got {got}")
    elif key in FIELDS and wanted not in INVENTED:
        if key == "card" and "own_account" in values:
            return
        got = [event[f] for f in FIELDS[key] if f in event]
        if key == "reference" and wanted in ABSENT:
            got = event.get("references", [])
        if wanted in ABSENT:
            good = not got
        elif wanted == "not None":
            good = bool(got)
        elif key == "card":
            good = any(plain(g).lstrip("Xx*").endswith(
                plain(wanted).lstrip("Xx*")) for g in got)
        else:
            good = plain(wanted) in [plain(g) for g in got]
        ok(good, f"{name} {key}", f"wanted {wanted}, got {got}")


def check_mail(program, row, bank, data, folder):
    values = expected(row)
    name = row["file"].split("/")[-1]
    events = parse(program, prepare(row, bank, data, folder))
    if values.get("accept") == "false":
        ok(all("bank" not in e for e in events), f"{name} is a stranger's")
    elif values.get("parse_result") or "error/none" in row["expected"]:
        ok(all("amount" not in e or e.get("trust") != "verified"
               for e in events), f"{name} gives no money")
    elif "n_transactions" in values:
        ok(len(events) == int(values["n_transactions"]),
           f"{name} has all its parts", f"got {len(events)}")
    elif values and row["shows"] != "other" or "amount" in values or \
            "reference" in values:
        ok(len(events) == 1 and events[0].get("bank") == bank[0] and
           is_doubtful(events[0]) == (UNSAID in row["shows"]),
           f"{name} is read by {bank[0]}",
           json.dumps(events))
        if OWN in row["shows"]:
            ok(events[0]["kind"] == "other", f"{name} is no payment",
               events[0]["kind"])
            values.pop("direction", None)
        for key, wanted in values.items():
            check_value(name, events[0], key, wanted, values)


def main():
    program, data = sys.argv[1:3]
    csv.field_size_limit(10 ** 8)
    looked = set()
    with open(os.path.join(data, "MANIFEST.tsv"), newline="") as file, \
            tempfile.TemporaryDirectory() as folder:
        for row in csv.DictReader(file, delimiter="\t",
                                  quoting=csv.QUOTE_NONE):
            bank = bank_of(row) if row["kind"] == "bankmail" else None
            if bank:
                check_mail(program, row, bank, data, folder)
                looked.add(bank[0])
    ok(looked == {b[0] for b in BANKS.values()}, "every bank was looked at",
       str(looked))
    print(f"1..{count}")
    sys.exit(failed != 0)


main()
