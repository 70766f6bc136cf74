"""Letters of mailfilter-render, read by Python's email and html packages.

render.py PROGRAM [--write]: lines "good NAME" and "bad NAME: why" for
tests/cmd/render.t; --write makes the golden texts anew.
"""
import copy
import email
import email.policy
import email.utils
import html.parser
import json
import os
import random
import subprocess
import sys

PROGRAM = sys.argv[1]
WRITE = "--write" in sys.argv
GOLDEN = "tests/letters"
FILES = [("invoice", ""), ("reminder", "friendly"),
         ("reminder", "understanding"), ("reminder", "firm"),
         ("receipt", ""), ("crossed", ""), ("copy", ""), ("statement", ""),
         ("inquiry", ""), ("offer", ""), ("agreement", ""),
         ("instalment", ""), ("credit-note", "")]
ALWAYS = {"date", "from", "subject", "to", "message-id", "auto-submitted",
          "mime-version", "content-type"}

with open("templates/sample.json", encoding="utf-8") as sample_file:
    SAMPLE = json.load(sample_file)


def say(problem, name):
    print("good %s" % name if not problem else "bad %s: %s" % (name, problem))


def sample(kind, tone, language):
    letter = copy.deepcopy(SAMPLE["letters"][kind])
    letter.update(tone=tone, language=language, dirs=["templates"])
    letter["values"]["customer"].update(SAMPLE["customers"][language])
    return letter


def one(letter, index):
    """The letter about one of its invoices."""
    values = letter["values"]
    values["invoices"] = [values["invoices"][index]]
    values["total_balance"] = values["invoices"][0]["balance"]
    values.get("pay", {}).pop("amount", None)
    values.pop("charges", None)
    if "pay" in values:
        values["pay"]["reference"] = values["invoices"][0]["reference"]
    return letter


def one_part_paid(letter):
    return one(letter, 0)


def one_before_due(letter):
    values = one(letter, 1)["values"]
    values["invoices"][0].update(
        is_overdue=False, due="2026-11-30",
        discount=dict(SAMPLE["letters"]["invoice"]["values"]["invoices"][0]
                      ["discount"], until="2026-11-25"))
    for name in ("term_day", "last_reminder", "legal", "instalments"):
        del values[name]
    return letter


def with_fee(letter):
    values = letter["values"]
    del values["charges"], values["pay"]["amount"]
    values["fee"] = {"amount": "40.00", "currency": "EUR"}
    return letter


def nothing_open(letter):
    values = letter["values"]
    for name in ("invoices", "ageing", "pay"):
        del values[name]
    values["total_balance"] = []
    return letter


def before_its_date(letter):
    part = letter["values"]["part"]
    part.update(balance=part["amount"], is_overdue=False)
    del part["days_overdue"], letter["values"]["term_day"]
    return letter


def one_paid(letter):
    values = one(letter, 1)["values"]
    values["payment"]["amount"] = values["invoices"][0]["applied"]
    return letter


def bare(letter):
    """Only what has to be there: no greeting by name, no extras."""
    values = letter["values"]
    values["owner"] = {"name": values["owner"]["name"]}
    values["customer"] = {"name": values["customer"]["name"]}
    for name in ("lines", "net", "tax", "taxes", "term_day", "charges", "legal",
                 "instalments", "last_reminder"):
        values.pop(name, None)
    values["pay"].pop("amount", None)
    for invoice in values["invoices"]:
        for name in ("po", "reference", "received", "discount", "note"):
            invoice.pop(name, None)
    return letter


VARIANTS = [("reminder", "friendly", "one-part-paid", one_part_paid),
            ("reminder", "friendly", "one-before-due", one_before_due),
            ("reminder", "understanding", "one-part-paid", one_part_paid),
            ("reminder", "firm", "one-part-paid", one_part_paid),
            ("reminder", "firm", "bare", bare),
            ("reminder", "firm", "with-fee", with_fee),
            ("statement", "", "nothing-open", nothing_open),
            ("instalment", "friendly", "before-its-date", before_its_date),
            ("instalment", "firm", "overdue", lambda letter: letter),
            ("invoice", "", "bare", bare),
            ("receipt", "", "one-part-paid", one_part_paid),
            ("receipt", "", "one-paid", one_paid)]


def run(letter):
    return subprocess.run(
        [PROGRAM], input=json.dumps(letter).encode(), capture_output=True,
        check=False)


def message_of(result):
    return email.message_from_bytes(result.stdout,
                                    policy=email.policy.default)


def text_of(message, kind):
    part = message.get_body((kind,))
    return part.get_content().replace("\r\n", "\n")


class Text(html.parser.HTMLParser):
    """What a reader sees, and which elements there are."""
    VOID = ("meta", "br")

    def __init__(self, source):
        super().__init__()
        self.seen, self.tags, self.open, self.problem = [], [], [], None
        self.feed(source)
        self.close()
        if self.open:
            self.problem = "not closed: %s" % self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, sorted(name for name, _ in attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problem = "stray </%s>" % tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.seen.append(data)

    def text(self):
        return " ".join("".join(self.seen).split())


def squeeze(text):
    return " ".join(text.split())


def golden(name, letter):
    result = run(letter)
    path = os.path.join(GOLDEN, name + ".txt")
    if result.returncode or result.stderr:
        say(result.stderr.decode() or "exit %d" % result.returncode, name)
        return
    message = message_of(result)
    got = "Subject: %s\n\n%s" % (message["subject"],
                                 text_of(message, "plain"))
    if WRITE:
        with open(path, "w", encoding="utf-8") as out:
            out.write(got)
    with open(path, encoding="utf-8") as wanted:
        same = wanted.read() == got
    say("" if same else "differs from %s" % path, "golden %s" % name)
    say(wire_problem(message, letter), "wire %s" % name)


def defects(message):
    found = list(message.defects)
    for value in message.values():
        found += getattr(value, "defects", [])
    for part in message.iter_parts():
        found += part.defects
    return found


def wire_problem(message, letter):
    """What Python's email package finds wrong, or an empty string."""
    headers = letter["headers"]
    names = [name.lower() for name in message.keys()]
    wanted = ALWAYS | {name.lower() for name in headers}
    if sorted(names) != sorted(wanted):
        return "headers are %s" % sorted(names)
    if defects(message):
        return "defects: %s" % defects(message)
    if message.get_content_type() != "multipart/alternative":
        return "it is %s" % message.get_content_type()
    kinds = [part.get_content_type() for part in message.iter_parts()]
    if kinds != ["text/plain", "text/html"]:
        return "parts are %s" % kinds
    for part in message.iter_parts():
        if part.get_content_charset() != "utf-8":
            return "charset is %s" % part.get_content_charset()
        if part["content-transfer-encoding"] != "quoted-printable":
            return "encoding is %s" % part["content-transfer-encoding"]
    if message["auto-submitted"] != "auto-generated":
        return "Auto-Submitted is %s" % message["auto-submitted"]
    for name in ("From", "To", "Cc"):
        if name in headers and not same_mailboxes(message[name],
                                                  headers[name]):
            return "%s is %s" % (name, message[name])
    for name in ("Message-ID", "In-Reply-To", "References",
                 "List-Unsubscribe"):
        if name in headers and squeeze(message[name]) != headers[name]:
            return "%s is %s" % (name, message[name])
    date = message["date"].datetime
    if date.isoformat() != headers["Date"]:
        return "Date is %s" % message["date"]
    page = Text(text_of(message, "html"))
    return page.problem or ""


def same_mailboxes(header, given):
    """One "Name <address>", or bare addresses. Blanks are not compared: the
    package keeps the ones between two encoded words of a name."""
    if "<" in given:
        name, address = given.rsplit("<", 1)
        wanted = [("".join(name.split()), address.rstrip(">"))]
    else:
        wanted = [("", address.strip()) for address in given.split(",")]
    got = [("".join(a.display_name.split()), a.addr_spec)
           for a in header.addresses]
    return got == wanted


def check_golden():
    for language in SAMPLE["customers"]:
        for kind, tone in FILES:
            name = ".".join(filter(None, (language, kind, tone)))
            golden(name, sample(kind, tone, language))
    for kind, tone, variant, change in VARIANTS:
        name = ".".join(filter(None, ("en", kind, tone, variant)))
        golden(name, change(sample(kind, tone, "en")))


# ---- values are inert (R46) -------------------------------------------------

INERT = ["{{owner.name}}", "{{{body}}}", "{{#many}}", "{{/many}}",
         "{{> pay}}", "{{=<% %>=}}", "<%x%>", "%n%s%d", "$(id)", "`id`",
         "<script>alert(1)</script>", "<b>x", "</p></table>", "<!--", "-->",
         "\" onload=\"x", "' onload='x", "&amp;", "&lt;b&gt;", "&#60;",
         "]]>", "a\\", "\\n", "@1", "<", "a & b", "=3D", "=?utf-8?q?x?=",
         "- x", "* x", "# x", "From x", ".", "..", "— x", "12 x"]
PLACES = [("owner", "name"), ("owner", "company"), ("owner", "address"),
          ("customer", "name"), ("customer", "contact"),
          ("customer", "address"), ("invoices", 0, "number"),
          ("invoices", 0, "po"), ("invoices", 0, "note"),
          ("pay", "holder"), ("pay", "bank"), ("pay", "reference"),
          ("lines", 0, "text"), ("lines", 0, "unit")]


def set_at(values, place, text):
    for key in place[:-1]:
        values = values[key]
    values[place[-1]] = text


def marked(text, number):
    """The text, recognisable as the one of this place."""
    return "m%d%sm%d" % (number, text, number)


def with_everywhere(text):
    letter = sample("invoice", "", "en")
    for number, place in enumerate(PLACES):
        set_at(letter["values"], place, marked(text, number))
    return letter


def inert_problem(text, tags):
    letter = with_everywhere(text)
    result = run(letter)
    if result.returncode or result.stderr:
        return "exit %d %s" % (result.returncode, result.stderr.decode())
    message = message_of(result)
    if wire_problem(message, letter):
        return wire_problem(message, letter)
    page = Text(text_of(message, "html"))
    plain = squeeze(text_of(message, "plain"))
    if page.tags != tags:
        return "other elements than before"
    for number, place in enumerate(PLACES):
        if marked(text, number) not in page.text():
            return "%s: not in the HTML text" % (place,)
        if marked(text, number) not in plain:
            return "%s: not in the plain text" % (place,)
    if marked(text, PLACES.index(("invoices", 0, "number"))) \
            not in message["subject"]:
        return "the subject is %s" % message["subject"]
    return ""


def check_inert():
    plain = message_of(run(with_everywhere("x")))
    tags = Text(text_of(plain, "html")).tags
    for text in INERT:
        say(inert_problem(text, tags), "inert %s" % text)


# ---- hostile text (R38) ------------------------------------------------------

PIECES = ["\r\n", "\n", "\r", "\0", "\t", "\x01", "\x1e", "\x7f", "\u202e",
          "\u200f", "\u2028", "\u2066", "\r\nBcc: a@b.example", "\n\n<html>",
          "<", ">", "@", ",", ";", ":", "(", ")", "\"", "\\", "=?", "?=",
          "=?utf-8?q?=0d=0aBcc:?=", "anna", "a@b.example", " ", ".", "ä",
          "Ж", "株", "😀", "x" * 80, "ж" * 80, "Jr.", "'"]
FIELDS = [("headers", "From"), ("headers", "To"), ("headers", "Cc"),
          ("values", "owner", "name"), ("values", "customer", "name"),
          ("values", "invoices", 0, "number"),
          ("values", "invoices", 0, "po")]


def hostile_problem(source):
    letter = sample("invoice", "", "en")
    field = source.choice(FIELDS)
    text = "".join(source.choice(PIECES)
                   for _ in range(source.randint(1, 3)))
    if field[0] == "headers" and source.random() < 0.8:
        text += " <a@b.example>"
    set_at(letter, field, text)
    result = run(letter)
    if result.returncode not in (0, 65):
        return "%s %r: exit %d" % (field, text, result.returncode), False
    if result.returncode == 65:
        return "", False
    problem = wire_problem(message_of(result), letter)
    return problem and "%s %r: %s" % (field, text, problem), True


def check_hostile():
    source = random.Random(38)
    taken = 0
    for _ in range(300):
        problem, accepted = hostile_problem(source)
        taken += accepted
        if problem:
            say(problem, "hostile")
            return
    say("" if 50 < taken < 300 else "%d taken" % taken,
        "hostile text: 300 strings, refused or harmless")


if __name__ == "__main__":
    check_golden()
    if not WRITE:
        check_inert()
        check_hostile()
