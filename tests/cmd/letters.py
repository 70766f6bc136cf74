"""Every letter in every language, for tests/cmd/letters.t.

letters.py PROGRAM FOLDER: lines "good NAME" and "bad NAME: why". FOLDER is
scratch. What render.py knows of letters is taken from there.
"""
import codecs
import concurrent.futures
import copy
import json
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, "tests/cmd")
import render as known  # noqa: E402

SCRATCH = sys.argv[2]
LANGUAGES = sorted(known.SAMPLE["customers"])
REGIONS = sorted(name for name in os.listdir("templates")
                 if re.fullmatch("[a-z]{2}-[a-z]{2}", name))
PARTS = ["greeting", "closing", "reply", "charges"]
TABLES = ["words", "format", "salutation"]
LETTERS = [".".join(filter(None, pair)) for pair in known.FILES]
say = known.say


def check(folder):
    result = subprocess.run([known.PROGRAM, "--check", folder],
                            capture_output=True, text=True, check=False)
    return result.stdout.splitlines()


# ---- what is missing is named ---------------------------------------------------

def edited(change):
    """What the check says of a copy of the templates that is changed."""
    folder = os.path.join(SCRATCH, "copy")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree("templates", folder,
                    ignore=shutil.ignore_patterns("*.c", "*.h", "render"))
    change(folder)
    return [line.replace(folder + "/", "") for line in check(folder)]


def remove(folder, language, names):
    for name in names:
        os.remove(os.path.join(folder, language, name))


def check_missing_files():
    """All of them at once, and one alone: another one for each language."""
    names = LETTERS + PARTS + TABLES
    said = "%s/%s: not there, English is used"
    for number, language in enumerate(LANGUAGES):
        one = names[number * 5 % len(names)]
        lines = edited(lambda folder: remove(folder, language, names[:-3]))
        missed = [name for name in names[:-3]
                  if said % (language, name) not in lines]
        say(missed and "not named: %s" % missed,
            "each missing file of %s is named" % language)
        lines = edited(lambda folder: remove(folder, language, [one]))
        say("" if said % (language, one) in lines else str(lines),
            "%s/%s alone is named when it is missing" % (language, one))


def names_in(path):
    with open(path, encoding="utf-8") as lines:
        return [line.split(":")[0] for line in lines
                if ":" in line and line[0] != "#"]


def without(path, names):
    with open(path, encoding="utf-8") as source:
        lines = [line for line in source if line.split(":")[0] not in names]
    with open(path, "w", encoding="utf-8") as target:
        target.writelines(lines)


def check_missing_lines():
    for language in [name for name in LANGUAGES if name != "en"]:
        wanted = {table: [name for name in names_in("templates/%s/%s" % (
            language, table)) if not name.startswith(
                ("symbol.", "plural.", "grouping_", "grouped_", "spell.",
                 "article.", "elided", "day."))]
                  for table in ("words", "format")}

        def change(folder):
            for table, names in wanted.items():
                without(os.path.join(folder, language, table), names[:-1])

        lines = "\n".join(edited(change))
        missed = [name for table, names in wanted.items()
                  for name in names[:-1] if name != "plural" and
                  not name.startswith("n_") and
                  "%s/%s: no \"%s\"" % (language, table, name) not in lines]
        say(missed and "not named: %s" % missed,
            "each missing label of %s is named" % language)
        count = [name for name in wanted["words"]
                 if name.startswith("n_")][-1]
        lines = edited(lambda folder: without(
            os.path.join(folder, language, "words"), [count]))
        say("" if lines == ["%s/words: no \"%s\"" % (language, count)] else
            str(lines), "%s of %s is named" % (count, language))


def check_kinds():
    """Each kind of letter that the store knows has a template and a sample."""
    with open("store/letter.c", encoding="utf-8") as source:
        table = re.search(r"kinds\[\] = \{([^}]*)\}", source.read())
    kinds = re.findall(r'"([a-z-]+)"', table.group(1)) if table else []
    say("" if len(kinds) >= 10 else "only %s" % kinds, "kinds were found")
    for kind in kinds:
        if kind == "digest":
            there = {os.path.exists("templates/%s/digest" % language)
                     for language in LANGUAGES}
            say("" if len(there) == 1 else "not in each language", "digest")
            continue
        there = [name for name in LETTERS if name.split(".")[0] == kind]
        say("" if there else "no template", "a template for %s" % kind)
        say("" if kind in known.SAMPLE["letters"] else "no values",
            "a sample of %s" % kind)


# ---- whatever the values are --------------------------------------------------------

LONG = "Vereinigte Donaudampfschifffahrtsgesellschaftskapitänswitwenrente " * 6
VALUES = {
    "short": "A",
    "long": LONG.strip(),
    "unbroken": "x" * 300,
    "scripts": "Σοφία Şükrü Ёлкин 山田花子 김 Ýmir ñ",
    "emoji": "👩‍🚀 🧾 €",
    "braces": "{{owner.name}} {{#many}} {{> pay}} %s $(id)",
    "markup": "<script>alert(1)</script> & \"x\" <!-- </td>",
}
REFUSED = {"a line": "A\r\nBcc: x@y.example", "a mark": "A\u202eB",
           "isolates": "\u2066A", "a NUL": "A\0B", "very long": "x" * 10000}
PLACES = [("owner", "name"), ("owner", "company"), ("owner", "phone"),
          ("customer", "name"), ("customer", "contact"),
          ("invoices", 0, "number"), ("invoices", 0, "po"),
          ("invoices", 0, "reference"), ("pay", "holder"), ("pay", "bank")]


def letter_of(name, language):
    kind, _, tone = name.partition(".")
    return known.sample(kind, tone, language)


def fill_in(letter, turn):
    """Each of the values somewhere, elsewhere with another turn."""
    texts = list(VALUES.values())
    for number, place in enumerate(PLACES):
        if place[0] in letter["values"] and letter["values"][place[0]]:
            known.set_at(letter["values"], place,
                         texts[(number + turn) % len(texts)])
    return letter


def as_one(letter):
    """About its first invoice only."""
    letter["values"]["invoices"] = letter["values"]["invoices"][:1]
    return letter


def in_two_currencies(letter):
    values = letter["values"]
    other = copy.deepcopy(values["invoices"][0])
    other.update(number="2026-0999", balance={"amount": "1234567.89",
                                              "currency": "USD"})
    other.pop("received", None)
    values["invoices"].append(other)
    values["total_balance"] = [values["invoices"][0]["balance"],
                               other["balance"]]
    return letter


def facts(text):
    """All words with a digit in them."""
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    return {word.strip(".,;:!?()«»„“”’<>&\"'") for word in text.split()
            if re.search(r"\d", word)}


def shown_problem(plain, page, message):
    """Both parts have the same facts, and nothing is left over."""
    seen = known.squeeze(" ".join(known.Text(page).seen))
    body = seen.split(known.squeeze(str(message["subject"])), 1)[-1]
    body += " " + " ".join(re.findall(r'href="([^"]*)"', page))
    if facts(plain) != facts(body):
        return "parts differ: %s" % sorted(facts(plain) ^ facts(body))[:6]
    links = re.findall(r"(?:src|href|url)\s*[=(]\S*",
                       re.split("<body[^>]*>", page)[1])
    if any("https://pay.example/" not in link for link in links):
        return "it points to somewhere else: %s" % links
    if "{{" in plain:
        return "a tag was left"
    if re.search(r"  \S.*  \S|\n\n\n", plain):
        return "blanks are left over"
    return ""


def filled_problem(plain, page, letter):
    """Each of the values is in both parts as it was given."""
    customer = letter["values"]["customer"]["name"]
    number = letter["values"]["invoices"][0]["number"]
    owner = letter["values"]["owner"]["name"]
    shown = known.squeeze(known.Text(page).text())
    billed = (customer,) if letter["kind"] in ("invoice", "credit-note") else ()
    for value in (number, owner) + billed:
        value = known.squeeze(value)
        if value not in known.squeeze(plain):
            return "%s is not in the text" % value
        if value not in shown:
            return "%s is not in the HTML" % value
    return ""


SUBJECTS = {}


def problem_of(letter, filled=False, name=None):
    """What is wrong with a letter as it comes out, or an empty string."""
    result = known.run(letter)
    if result.returncode or result.stderr:
        return "exit %d %s" % (result.returncode, result.stderr.decode())
    message = known.message_of(result)
    plain = known.text_of(message, "plain")
    page = known.text_of(message, "html")
    SUBJECTS[name] = str(message["subject"]) + "\n" + plain
    return known.wire_problem(message, letter) or (
        filled_problem(plain, page, letter) if filled else
        shown_problem(plain, page, message)) or line_problem(
            plain, result.stdout, filled)


def line_problem(plain, wire, filled):
    for line in plain.splitlines():
        if len(line) > 72 and line[0] != " " and " " in line and not filled:
            return "a line of %d characters: %s" % (len(line), line)
    if max(len(line) for line in wire.split(b"\r\n")) > 998:
        return "a line too long for SMTP"
    return ""


def first_problem(jobs):
    """jobs: (name, letter, filled); the first that has a problem."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda job: problem_of(job[1], job[2], job[0]),
                           jobs)
        for job, problem in zip(jobs, results):
            if problem:
                return "%s: %s" % (job[0], problem)
    return ""


def check_values():
    for turn, language in enumerate(LANGUAGES):
        plain, one, two = [], [], []
        for number, name in enumerate(LETTERS):
            key = language + " " + name
            plain.append((key, neutral(letter_of(name, language)), False))
            one.append((key + " 1", fill_in(as_one(letter_of(
                name, language)), turn + number), True))
            two.append((key + " 2", fill_in(in_two_currencies(letter_of(
                name, language)), turn + number + 3), True))
        say(first_problem(plain), "letters in %s" % language)
        say(first_problem(one), "of one invoice and any text in %s" % language)
        say(first_problem(two), "in two currencies in %s" % language)


def check_regions():
    for number, region in enumerate(REGIONS):
        jobs = []
        for name in ("reminder.firm", LETTERS[number % len(LETTERS)]):
            letter = letter_of(name, region.split("-")[0])
            letter["language"] = region
            jobs.append((region + " " + name, letter, False))
        say(first_problem(jobs), "letters in %s" % region)


def check_refused():
    for turn, (kind, text) in enumerate(REFUSED.items()):
        problem = ""
        for number in range(turn, len(LETTERS), 4):
            letter = letter_of(LETTERS[number], LANGUAGES[number % 8])
            known.set_at(letter["values"], PLACES[
                (number + turn) % 4], text)
            result = known.run(letter)
            if result.returncode != 65 or result.stdout:
                problem = problem or "%s is written" % LETTERS[number]
        say(problem, "no letter with %s" % kind)


# ---- no English in them -------------------------------------------------------------

ENGLISH = """the you your yours please thank thanks invoice invoices payment
    received with from which have been this that reply instalment instalments
    agreed would could overdue reached still again asked wrote them there
    anything nothing answer amount open owner due below listed interest
    compensation our and was were each sent money""".split()
SHARED = {"nl": {"open", "was"}, "de": {"was"}, "pt": {"due"},
          "it": {"due"}, "fr": set(), "es": set(), "ru": set()}


def words_of(text):
    return set(re.findall(r"[^\W\d_]+", text.lower()))


def neutral(letter):
    """Without the sample's own English words."""
    values = letter["values"]
    for line in values.get("lines", []):
        line["text"] = "Xyz"
    values["invoices"] = [dict(invoice, note="Xyz")
                          for invoice in values["invoices"]]
    if "credit" in values:
        values["credit"]["reason"] = "Xyz"
    values["owner"] = {"name": "Xyz", "phone": "+49 89 0000 4711"}
    if "pay" in values:
        values["pay"]["bank"] = values["pay"]["holder"] = "Xyz"
    return letter


def check_english():
    """In what check_values() has written."""
    english = words_of(" ".join(SUBJECTS["en " + name] for name in LETTERS))
    say("" if len(english & set(ENGLISH)) > 40 else "only %d" % len(
        english & set(ENGLISH)), "the English words are those of the letters")
    for language in LANGUAGES:
        found = {}
        for name in LETTERS:
            words = words_of(SUBJECTS["%s %s" % (language, name)])
            words = words & set(ENGLISH) - SHARED.get(language, set())
            if words and language != "en":
                found[name] = words
        say(found and str(found), "no English in %s" % language)


# ---- a language more -----------------------------------------------------------------

def rot(text):
    """The words turned, the tags as they are."""
    pieces = re.split(r"(\{\{.*?\}\}|Subject:)", text, flags=re.S)
    return "".join(piece if piece[:2] == "{{" or piece == "Subject:" else
                   codecs.encode(piece, "rot13") for piece in pieces)


TOY_FORMAT = """decimal: ·
grouping: '
grouped_from: 4
money: @1 @2
money_code: @1 @2
percent: @1 pct
day: @3/@2/@1
time: @1 @2
plural: one few many
plural.one: n = 1
plural.few: n = 2..3
spell.1: [Qrne] [Qanh]
""" + "".join("month.%d: zna%d\n" % (month, month) for month in range(1, 13))
TOY_SALUTATION = "title.Frau: f Xna\nsurname: last\n"


def make_toy(folder):
    os.makedirs(os.path.join(folder, "xq"))
    for name in LETTERS + PARTS + ["words", "digest", "terms"]:
        with open("templates/en/" + name, encoding="utf-8") as source:
            text = source.read()
        if name == "words":
            text = "".join(turn_label(line) for line in text.splitlines())
        else:
            text = rot(text)
        write(folder, name, text)
    write(folder, "format", TOY_FORMAT)
    write(folder, "salutation", TOY_SALUTATION)
    write(folder, "units", "HUR: u\n")


def turn_label(line):
    if line.startswith("#") or ":" not in line:
        return ""
    name, text = line.split(":", 1)
    if not name.startswith("n_"):
        return "%s:%s\n" % (name, codecs.encode(text, "rot13"))
    stem, category = name.rsplit(".", 1)
    if category == "one":
        return ""
    return "".join("%s.%s: @1 %s-%s\n" % (
        stem, each, codecs.encode(stem[2:], "rot13"), each)
                   for each in ("one", "few", "many"))


def write(folder, name, text):
    with open(os.path.join(folder, "xq", name), "w",
              encoding="utf-8") as target:
        target.write(text)


def check_toy():
    folder = os.path.join(SCRATCH, "toy")
    make_toy(folder)
    result = subprocess.run(
        [known.PROGRAM, "--check", folder, "templates"], capture_output=True,
        text=True, check=False)
    say(result.stdout, "a ninth language is complete")
    found, texts = {}, {}
    for name in LETTERS:
        letter = neutral(letter_of(name, "de"))
        letter.update(language="xq", dirs=[folder, "templates"])
        result = known.run(letter)
        if result.returncode or result.stderr:
            found[name] = result.stderr.decode()
            continue
        texts[name] = known.text_of(known.message_of(result), "plain")
        if words_of(texts[name]) & (set(ENGLISH) - {"the"}):
            found[name] = words_of(texts[name]) & set(ENGLISH)
    say(found and str(found), "letters in a ninth language")
    for name, wanted in (("reminder.firm", "2026/zna11/27"),
                         ("reminder.firm", "2'602·58 EUR"),
                         ("reminder.firm", "4 qnlf-many"),
                         ("statement", "3 vaibvprf-few"),
                         ("offer", "3 vafgnyzragf-few"),
                         ("offer", "Qanh Xna Süßmilch,")):
        say("" if wanted in texts.get(name, "") else "it is not there",
            "%s in the %s" % (wanted, name))


# ---- the answers that the letters ask for are understood ----------------------------

ANSWER = """From: Anna <anna@customer.example>
To: lena@vogt-design.example
Subject: Re: 2026-0112
Date: Mon, 23 Nov 2026 09:00:00 +0100
Message-ID: <answer@customer.example>
In-Reply-To: <reminder.2026-0112.19c2@vogt-design.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

"""


def intent_of(sentence):
    result = subprocess.run(
        [os.environ.get("MAILFILTER", "./mailfilter"), "parse", "--json"],
        input=(ANSWER + sentence + "\n").encode(), capture_output=True,
        check=False)
    lines = result.stdout.splitlines()
    return json.loads(lines[0]).get("intent") if lines else None


def check_answers():
    for language in LANGUAGES:
        with open("templates/%s/reply" % language,
                  encoding="utf-8") as source:
            text = " ".join(source.read().split())
        sentences = re.findall("[“„«] ?([^”“»]*?) ?[”“»]", text)
        intents = [intent_of(sentence) for sentence in sentences]
        say("" if intents == ["paid-claim", "promise", "copy"] else
            str(list(zip(sentences, intents))),
            "answers in %s are understood" % language)


if __name__ == "__main__":
    say("" if len(LANGUAGES) == 8 else str(LANGUAGES), "eight languages")
    say("\n".join(check("templates")), "the shipped templates")
    check_kinds()
    check_missing_files()
    check_missing_lines()
    check_values()
    check_regions()
    check_refused()
    check_english()
    check_answers()
    check_toy()
