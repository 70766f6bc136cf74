"""Letters with a user's broken templates, and with files, for template.t.

template.py PROGRAM FOLDER: lines "good NAME" and "bad NAME: why". FOLDER is
scratch: the user's folder of templates is made in it.
"""
import email
import email.policy
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, "tests/cmd")
import render as known  # noqa: E402

OWN = os.path.join(sys.argv[2], "own")
say = known.say

LETTERS = [(kind, tone) for kind, tone in known.FILES] + [("digest", "")]
FORMS = ["message", "text", "html", "pdf"]
BROKEN = {
    "an open section": "Subject: x\n\n{{#invoices}}\n",
    "no subject": "Hello\n",
    "not UTF-8": b"Subject: \xff\xfe\n\nx\n",
    "an empty file": "",
    "a closed section": "Subject: x\n\n{{/x}}\n",
    "control characters": "Subject: x\n\n\x01\x02\n",
    "an empty subject": "Subject: {{nothing}}\n\nHello\n",
}


def letter_of(kind, tone, language, form, **more):
    letter = json.loads(json.dumps(known.SAMPLE["letters"][kind]))
    letter.update(tone=tone, language=language, dirs=[OWN, "templates"],
                  form=form, **more)
    customer = known.SAMPLE["customers"][language]
    letter["values"].setdefault("customer", {}).update(customer)
    return letter


class Server:
    def __init__(self):
        self.process = subprocess.Popen(
            [known.PROGRAM, "--serve"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE)

    def write(self, letter):
        text = json.dumps(letter).encode()
        self.process.stdin.write(b"%d\n" % len(text) + text)
        self.process.stdin.flush()
        word, length, more = self.process.stdout.readline().split()
        body = self.process.stdout.read(int(length))
        return (word == b"ok", body,
                self.process.stdout.read(int(more)).decode())

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


def make_own(files):
    shutil.rmtree(OWN, ignore_errors=True)
    for path, text in files.items():
        path = os.path.join(OWN, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as target:
            target.write(text if isinstance(text, bytes) else text.encode())


def shipped():
    """Each letter in each form with our templates alone."""
    make_own({})
    os.makedirs(OWN)
    server, found = Server(), {}
    for kind, tone in LETTERS:
        for form in FORMS:
            good, body, _ = server.write(letter_of(kind, tone, "es", form))
            found[kind, tone, form] = body
            if not good:
                say(body.decode(), "%s as %s" % (kind, form))
    server.end()
    return found


def shared_files():
    return [os.path.basename(path) for pattern in ("*.txt", "*.html", "*.page")
            for path in glob.glob("templates/" + pattern)]


def language_files():
    return sorted(os.listdir("templates/es"))


def check_broken(wanted):
    """Each file of each letter broken in one way or another: the letters are
    as without them, and there is a warning."""
    for turn, (name, text) in enumerate(BROKEN.items()):
        files = {"es/" + each: text for each in language_files()}
        files.update({each: text for each in shared_files()})
        if name in ("an empty subject", "no subject", "an empty file"):
            # sound as a part of a letter
            files = {"es/" + ".".join(filter(None, pair)): text
                     for pair in LETTERS}
        make_own(files)
        server, problem, warned = Server(), "", set()
        for kind, tone in LETTERS:
            for form in FORMS if turn == 0 else FORMS[:1]:
                good, body, words = server.write(
                    letter_of(kind, tone, "es", form))
                warned |= {line for line in words.splitlines()
                           if "left out" in line}
                if not good:
                    problem = problem or "no %s as %s: %s" % (
                        kind, form, body.decode())
                elif body != wanted[kind, tone, form] and not (
                        name == "an empty subject"):
                    problem = problem or "%s as %s is another" % (kind, form)
        server.end()
        # one reason for all of them, or one for each file
        least = 1 if name == "an empty subject" else len(LETTERS)
        say(problem or ("" if len(warned) >= least else
                        "only %d warnings" % len(warned)), "broken: " + name)


PAGES = {"nonsense": "no page at all", "an unknown element":
         "<page><blink>x</blink></page>", "not closed": "<page><p>x</page>",
         "nothing": ""}


def check_pages(wanted):
    for name, text in PAGES.items():
        make_own({os.path.basename(path): text for path in
                  glob.glob("templates/*.page")})
        server, problem, words = Server(), "", ""
        for kind in ("invoice", "reminder", "receipt"):
            tone = "firm" if kind == "reminder" else ""
            good, body, said = server.write(
                letter_of(kind, tone, "es", "pdf"))
            words += said
            if not good:
                problem = problem or "no %s: %s" % (kind, body.decode())
            elif body != wanted[kind, tone, "pdf"]:
                problem = problem or "%s is another" % kind
        server.end()
        say(problem or ("" if "left out" in words else "no warning"),
            "broken pages: " + name)


FORMATS = {"money: @2": "without @1", "day: @2": "without @1",
           "decimal:": "without a mark", "percent: %": "without @1"}


def check_formats(wanted):
    for line, why in FORMATS.items():
        make_own({"es/format": line + "\n"})
        result = known.run(letter_of("invoice", "", "es", "text"))
        say("" if result.stdout == wanted["invoice", "", "text"] and
            why in result.stderr.decode() else "%s, %s" % (
                result.stdout.decode()[:200], result.stderr.decode()),
            "a format that would lose amounts is left out: " + line)
    make_own({"layout.html": "<html><body>My page</body></html>"})
    result = known.run(letter_of("invoice", "", "es", "html"))
    say("" if result.stdout == wanted["invoice", "", "html"] and
        b"no {{{body}}}" in result.stderr else result.stderr.decode(),
        "a layout without the letter is left out")


# ---- what is attached -----------------------------------------------------------------

def parts_of(message):
    """(type, disposition, file name, bytes) of each part that is no text."""
    return [(part.get_content_type(), part.get_content_disposition(),
             part.get_filename(), part.get_payload(decode=True))
            for part in message.iter_parts()
            if part.get_content_type() != "multipart/alternative"]


def attached(language, attach, change=None, kind="invoice"):
    letter = letter_of(kind, "firm" if kind == "reminder" else "", language,
                       "message", attach=attach)
    if change:
        change(letter)
    result = known.run(letter)
    return result, email.message_from_bytes(
        result.stdout, policy=email.policy.default)


NAMES = {"de": "Rechnung 2026-0112.pdf", "ru": "Счёт 2026-0112.pdf",
         "es": "Factura 2026-0112.pdf", "fr": "Facture 2026-0112.pdf",
         "it": "Fattura 2026-0112.pdf", "nl": "Factuur 2026-0112.pdf",
         "pt": "Fatura 2026-0112.pdf", "en": "Invoice 2026-0112.pdf"}


def check_attached():
    make_own({})
    os.makedirs(OWN)
    for language, name in NAMES.items():
        result, message = attached(language, ["pdf", "xml:ubl"])
        problem = result.stderr.decode()
        if not problem:
            problem = structure_problem(message, name)
        again, _ = attached(language, ["pdf", "xml:ubl"])
        if not problem and again.stdout != result.stdout:
            problem = "not the same again"
        say(problem, "the files of an invoice in %s" % language)


def structure_problem(message, name):
    if message.get_content_type() != "multipart/mixed":
        return "it is %s" % message.get_content_type()
    parts = list(message.iter_parts())
    if parts[0].get_content_type() != "multipart/alternative":
        return "the text is not in front"
    if known.defects(message):
        return "defects: %s" % known.defects(message)
    files = parts_of(message)
    if [each[:3] for each in files] != [
            ("application/pdf", "attachment", name),
            ("application/xml", "attachment", "2026-0112.xml")]:
        return "files are %s" % [each[:3] for each in files]
    if files[0][3][:5] != b"%PDF-" or not files[0][3].strip().endswith(
            b"%%EOF") or b"<Invoice" not in files[1][3][:600]:
        return "the files are broken"
    plain = known.text_of(message, "plain")
    flat = known.squeeze(plain)
    if name not in flat or "2026-0112.xml" not in flat:
        return "the letter does not name them"
    if "DE74" not in plain.replace("\u00a0", " ") or "RF41" not in plain:
        return "the text does not say how to pay"
    for line in message.as_bytes().splitlines():
        if len(line) > 200 or any(byte > 126 for byte in line):
            return "a line that mail servers dislike: %s" % line[:99]
    return ""


def set_number(number):
    def change(letter):
        letter["document"]["number"] = number
    return change


def check_names():
    for number, wanted in (("../../etc/passwd", "Invoice ..-..-etc-passwd.pdf"),
                           ("2026/17", "Invoice 2026-17.pdf"),
                           ("a\"b\\c;d", "Invoice a-b-c;d.pdf"),
                           ("Ünï-☃-7", "Invoice Ünï-☃-7.pdf"),
                           ("é" * 60, "Invoice %s.pdf" % ("é" * 60))):
        result, message = attached("en", ["pdf"], set_number(number))
        found = [each[2] for each in parts_of(message)]
        say("" if found == [wanted] else "%s %s" % (
            found, result.stderr.decode()), "a file named %s" % number[:20])


def check_refused():
    def huge(letter):
        letter["document"]["notes"] = [{"text": "x" * 3000}] * 5
        letter["documents"] = [dict(letter["document"], number=str(i))
                               for i in range(41)]
    for name, attach, change, why in (
            ("an unknown form", ["exe"], None, "nothing that can be attached"),
            ("an unknown profile", ["xml:poem"], None, "poem"),
            ("no text", [17], None, "nothing that can be attached"),
            ("too many", ["pdf"], huge, "too many files")):
        result, _ = attached("en", attach, change)
        say("" if result.returncode == 65 and not result.stdout and
            why in result.stderr.decode() else result.stderr.decode(),
            "no letter when its files cannot be made: " + name)


def two(letter):
    letter["documents"] = [letter["document"],
                           dict(letter["document"], number="2026-0113"),
                           letter["document"]]


def check_kinds():
    for kind, wanted in (("reminder", "Payment reminder 2026-11-20.pdf"),
                         ("statement", "Statement of account 2026-11-23.pdf"),
                         ("credit-note", "Credit note CN-2026-0004.pdf")):
        result, message = attached("en", ["pdf"], None, kind)
        found = [each[2] for each in parts_of(message)]
        say("" if found == [wanted] else "%s %s" % (
            found, result.stderr.decode()), "the file of a %s" % kind)
    result, message = attached("en", ["pdf"], two, "copy")
    found = [each[2] for each in parts_of(message)]
    say("" if found == ["Invoice 2026-0112.pdf", "Invoice 2026-0113.pdf",
                        "Invoice 2026-0112 (2).pdf"] else "%s %s" % (
                            found, result.stderr.decode()),
        "a copy of several invoices has a file of each")


if __name__ == "__main__":
    WANTED = shipped()
    say("" if len({hashlib.sha256(body).digest() for body in
                   WANTED.values()}) > 50 else "too few", "all letters")
    check_broken(WANTED)
    check_pages(WANTED)
    check_formats(WANTED)
    check_attached()
    check_names()
    check_refused()
    check_kinds()
