#!/usr/bin/env python3
"""Real statements in ../shared/data give the values that their source asserts.

Usage: camt_real.py EXTRACT DATA. Prints TAP.
"""
import glob
import json
import os
import subprocess
import sys

count = failed = 0
DIGITS = {"JPY": 0}


def ok(good, name, why=""):
    global count, failed
    count += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {count} - {name}")
    if not good:
        print(f"# {why}")


def money(value):
    """Their minor units as our decimal text, with sign."""
    if not value:
        return None
    digits = DIGITS.get(value["getCurrency"]["getCode"], 2)
    minor = int(value["getAmount"])
    text = str(abs(minor)).rjust(digits + 1, "0")
    if digits:
        text = text[:-digits] + "." + text[-digits:]
    return ("-" if minor < 0 else "") + text


def day(value):
    return value["0"][:10] if value else None


def deep(value, *path):
    for step in path:
        if isinstance(value, list):
            value = value[0] if value else None
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    return value


def check_record(name, frame, record):
    ok(frame.get("statement_id") == record["getId"], f"{name} id",
       str(frame))
    account = deep(record, "getAccount", "getIdentification")
    if account:
        ok(frame.get("account") == account, f"{name} account", str(frame))
    for balance in record.get("getBalances") or []:
        if not isinstance(balance, dict) or \
                balance["getType"] not in ("opening", "closing"):
            continue
        if balance["getType"] in frame:
            wanted = money(balance["getAmount"])
            same = [b for b in record["getBalances"]
                    if b["getType"] == balance["getType"]]
            ok(frame[balance["getType"]] in
               [money(b["getAmount"]) for b in same],
               f"{name} {balance['getType']}", f"wanted {wanted}: {frame}")


def check_entry(name, events, entry):
    total = money(entry["getAmount"]).lstrip("-")
    kind = "credit" if entry["getCreditDebitIndicator"] == "CRDT" else "debit"
    found = [e for e in events if e.get("amount") == total and
             e["kind"] in (kind, "return") and
             e.get("bank_reference") ==
             (entry["getAccountServicerReference"] or
              e.get("bank_reference"))]
    ok(bool(found), f"{name} {kind} {total}", str(events))
    for event in found[:1]:
        ok(event["currency"] ==
           deep(entry, "getAmount", "getCurrency", "getCode"),
           f"{name} currency", str(event))
        for key, field in (("getBookingDate", "booked"),
                           ("getValueDate", "value")):
            if entry.get(key):
                ok(abs(int(event.get(field, "0-0-0")[8:]) -
                       int(day(entry[key])[8:])) <= 1 and
                   event[field][:4] == day(entry[key])[:4],
                   f"{name} {field}", f"{day(entry[key])}: {event}")
        details = entry.get("getTransactionDetails") or []
        if not all(isinstance(one, dict) for one in details):
            details = [entry.get("getTransactionDetail")]
        if "refused" not in event:
            check_details(name, event, details)


def check_details(name, event, details):
    if len(details) != 1 or not isinstance(details[0], dict):
        return
    end_to_end = deep(details[0], "getReference", "getEndToEndId")
    if end_to_end:
        ok(event.get("end_to_end_id") == end_to_end or
           end_to_end == "NOTPROVIDED", f"{name} end-to-end", str(event))
    info = deep(details[0], "getRemittanceInformation") or {}
    reference = deep(info, "getCreditorReferenceInformation", "getRef")
    if reference:
        ok(event.get("reference") == reference, f"{name} reference",
           str(event))
    text = deep(info, "getUnstructuredBlock", "getMessage")
    if text:
        ok(text in event.get("remittance", ""), f"{name} remittance",
           f"{text}: {event}")
    for party in details[0].get("getRelatedParties") or []:
        if not isinstance(party, dict):
            continue
        type_name = deep(party, "getRelatedPartyType", "__CLASS__") or ""
        who = deep(party, "getRelatedPartyType", "getName")
        iban = deep(party, "getAccount", "getIdentification")
        side = "\\Debtor" if event["kind"] == "credit" else "\\Creditor"
        if not type_name.endswith(side):
            continue
        if who:
            ok(event.get("payer") == who, f"{name} payer", str(event))
        if iban:
            ok(event.get("payer_account") == iban, f"{name} payer account",
               str(event))


def run(program, path):
    with open(path, "rb") as file:
        return subprocess.run([program, "statement"], stdin=file,
                              capture_output=True, text=True, check=False)


def check_file(program, path):
    name = os.path.basename(path)
    done = run(program, path)
    ok(done.returncode == 0, f"{name} is read", done.stderr)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    frames = [e for e in events if e["kind"] == "statement"]
    with open(path + ".expected.json") as file:
        asserted = json.load(file)
    records = {r["getId"]: r for r in (asserted.get("getRecords") or []) +
               [e.get("getRecord") for e in asserted.get("getEntries") or []
                if isinstance(e, dict)] if isinstance(r, dict)}
    ok(len(frames) >= max(len(records), 1), f"{name} statements")
    for frame in frames:
        if frame["statement_id"] in records:
            check_record(name, frame, records[frame["statement_id"]])
    for entry in asserted.get("getEntries") or []:
        if isinstance(entry, dict) and entry.get("getStatus") == "BOOK":
            check_entry(name, [e for e in events
                               if e["kind"] != "statement"], entry)


def main():
    program, data = sys.argv[1:3]
    paths = sorted(glob.glob(f"{data}/statement/camt-*/*.xml.expected.json"))
    for path in paths:
        check_file(program, path[:-len(".expected.json")])
    ok(len(paths) > 20, f"looked at {len(paths)} statements")
    good = run(program, data + "/statement/camt-rousseau/"
               "business_sample_camt.053.001.04.xml")
    frame = json.loads(good.stdout.splitlines()[0])
    ok("refused" not in frame and frame["opening"] == "500000.00" and
       frame["closing"] == "435678.50" and frame["currency"] == "SEK",
       "a whole statement is not refused", good.stdout)
    print(f"1..{count}")
    sys.exit(failed != 0)


main()
