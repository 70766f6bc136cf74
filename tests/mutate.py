#!/usr/bin/env python3
"""Spoils good statements: every number of one, and its end.

Usage: mutate.py EXTRACT FOLDER. A good statement is FOLDER/FORMAT/NAME.EXT
whose NAME.events hold a frame with both balances and nothing refused. Each
amount in it, wherever it stands in the file and however it is spelled, gets
another digit: the file must be refused then, or the frame, or the entry. A
place that changes no amount of any event (a text) does not count, but each
amount needs one that does. Cut off anywhere it gives no whole statement.
Prints a line with # for each failure, and a summary.
"""
import glob
import json
import os
import re
import subprocess
import sys

tried = failed = cut = 0
MAPS = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                    "..", "parser", "statements")
AMOUNTS = ("amount", "opening", "closing")


def run(program, data):
    """The events, or None when the file is refused."""
    with open(os.path.join(os.environ.get("TMPDIR", "/tmp"),
                           f"mutant.{os.getpid()}"), "w+b") as file:
        os.unlink(file.name)
        file.write(data)
        file.seek(0)
        done = subprocess.run([program, "statement", "--maps", MAPS,
                               "--account", "DE02120300000000202051"],
                              stdin=file,
                              capture_output=True, check=False)
    if done.returncode in (65, 66) and not done.stdout:
        return None
    if done.returncode:
        return [{"kind": f"exit {done.returncode}"}]
    return [json.loads(line) for line in done.stdout.splitlines()]


def is_good(events):
    frames = [e for e in events if e["kind"] == "statement"]
    return bool(frames) and all(
        f.get("coverage") == "statement" and "refused" not in f
        for f in frames)


def amounts(events):
    return [[e.get(key) for key in AMOUNTS] for e in events]


def opening(events):
    """What the statement before has to have closed with."""
    return [e.get("opening") for e in events]


def is_derived(data, amount, events):
    """An opening balance that the file does not say: it is taken from the
    balance after the first entry."""
    return amount in opening(events) and not places(data, amount)


def fail(what):
    global failed
    failed += 1
    print(f"# not refused: {what}")


def places(data, amount):
    """Where the file may say an amount: with a mark anywhere or none, and
    noughts around."""
    before = rb"(?<![0-9.])" if b",Amount," in data else rb"(?<![0-9.,])"
    digits = amount.lstrip("-").replace(".", "").lstrip("0") or "0"
    pattern = before + rb"0*[.,]?0*" + rb"[.,]?".join(
        b"%c" % ord(d) for d in digits)
    if "." in amount:
        whole = digits.rstrip("0")
        short = before + rb"0*[.,]?0*" + rb"[.,]?".join(
            b"%c" % ord(d) for d in whole) + rb"[.,]?0*"
        pattern = b"(?:" + pattern + b"(?![0-9]))|(?:" + short + b")"
    found = list(re.finditer(pattern + b"(?![0-9])", data))
    # In columns: filled up with noughts, other digits beside them; or as a
    # field between commas.
    return found + list(re.finditer(
        b"(?<=000)" + digits.encode() + b"|(?<=,)" + digits.encode() + b"(?=,)",
        data))


def spoil_numbers(program, name, data, events):
    global tried
    for amount in sorted({a for e in amounts(events) for a in e
                          if a and float(a)}):
        counted = 0
        for match in places(data, amount):
            at = max(i for i in range(match.start(), match.end())
                     if data[i:i + 1].isdigit())
            digit = b"%d" % ((int(data[at:at + 1]) + 1) % 10)
            got = run(program, data[:at] + digit + data[at + 1:])
            tried += 1
            if got is None or any("refused" in e for e in got) or \
                    opening(got) != opening(events):
                counted += 1
            elif amounts(got) != amounts(events):
                fail(f"{name}: {amount} with another digit at byte {at}")
                counted += 1
        if not counted and not is_derived(data, amount, events):
            fail(f"{name}: {amount} stands nowhere")


def cut_off(program, name, data, events):
    global cut
    for part in (1, 3, 5, 7, 9):
        got = run(program, data[:len(data) * part // 10])
        cut += 1
        if got and is_good(got) and amounts(got) != amounts(events) and \
                len(got) == len(events):
            fail(f"{name}: cut off after {part} tenths")


def main():
    program, folder = sys.argv[1:3]
    good = 0
    for path in sorted(glob.glob(f"{folder}/*/*.events")):
        files = [f for f in glob.glob(path[:-len("events")] + "*")
                 if f != path]
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if text.startswith("refused:") or len(files) != 1:
            continue
        events = [json.loads(line) for line in text.splitlines()]
        if not is_good(events) or \
                any("refused" in event for event in events):
            continue
        good += 1
        with open(files[0], "rb") as file:
            data = file.read()
        name = os.path.relpath(files[0], folder)
        if not name.endswith((".zip", ".gz")):
            spoil_numbers(program, name, data, events)
            cut_off(program, name, data, events)
    print(f"{good} good statements: {tried} other numbers and {cut} cuts, "
          f"{failed} not refused")
    sys.exit(failed != 0 or good < 3)


main()
