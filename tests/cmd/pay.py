"""Ways to pay, read back by readers written from their standards: invoices are
made and sent, and what mailfilter-render is told is kept on the way. Usage:
pay.py MAILFILTER ROOT FOLDER. Prints "good WHAT" or "bad WHAT"."""
import json
import lzma
import os
import re
import shutil
import struct
import subprocess
import sys
import urllib.parse
import zlib

from stdnum import iban, iso11649
from stdnum.ch import esr

MAILFILTER, ROOT, FOLDER = sys.argv[1:4]
SCANS = shutil.which("zbarimg") and shutil.which("pdftoppm")
CUSTOMERS = """id,name,email,country,currency,address
C1,Müller & Söhne GmbH,c1@x.example,CH,EUR,"Am Weiher 12
8001 Zürich"
C2,Baumann Holz GmbH,c2@x.example,DE,EUR,somewhere
"""


def told(ok, what):
    print("%s %s" % ("good" if ok else "bad", what))


def is_iban(text):
    return iban.is_valid(text, check_country=False)


# ---- readers ------------------------------------------------------------------


def read_epc(text):
    """EPC069-12, 2.2: eleven lines at most, 331 bytes, character set 1."""
    assert len(text.encode()) <= 331
    lines = text.split("\n")
    assert 10 <= len(lines) <= 12 and lines[-1]
    lines += [""] * (12 - len(lines))
    tag, version, charset, code, bic, name, account, amount, purpose, \
        reference, free, note = lines
    assert (tag, version, charset, code) == ("BCD", "002", "1", "SCT")
    assert 1 <= len(name) <= 70 and is_iban(account)
    assert re.fullmatch(r"EUR\d{1,9}\.\d\d", amount)
    assert not purpose and not note and not (reference and free)
    assert len(free) <= 140 and (not reference or iso11649.is_valid(reference))
    assert not bic or re.fullmatch("[A-Z0-9]{8}([A-Z0-9]{3})?", bic)
    return {"account": account, "amount": amount[3:], "name": name,
            "reference": reference, "text": free}


def read_swiss(text):
    """SIX, QR-bill 2.3, 4.2: lines by their place."""
    lines = text.split("\n")
    assert lines[:3] == ["SPC", "0200", "1"] and len(text) <= 997
    account, creditor, ultimate, amount, currency, debtor = lines[3], \
        lines[4:11], lines[11:18], lines[18], lines[19], lines[20:27]
    kind, reference, message, trailer = lines[27:31]
    rest = lines[31:]
    assert trailer == "EPD" and len(rest) <= 3 and not any(ultimate)
    assert is_iban(account) and account[:2] in ("CH", "LI")
    for party in creditor, debtor:
        if any(party):
            assert party[0] == "S" and all(party[i] for i in (1, 4, 5, 6))
            assert re.fullmatch("[A-Z]{2}", party[6])
            assert [len(p) <= n for p, n in zip(
                party[1:], (70, 70, 16, 16, 35))] == [True] * 5
    assert any(creditor) and currency in ("CHF", "EUR")
    assert re.fullmatch(r"\d{1,9}\.\d\d", amount)
    qr_iban = 30000 <= int(account[4:9]) <= 31999
    assert qr_iban == (kind == "QRR")
    assert kind != "QRR" or len(reference) == 27 and esr.is_valid(reference)
    assert kind != "SCOR" or iso11649.is_valid(reference)
    assert kind in ("QRR", "SCOR", "NON") and (kind == "NON") == (not reference)
    bill = rest[0] if rest else ""
    assert len(message) + len(bill) <= 140
    assert not bill or bill.startswith("//S1/")
    return {"account": account, "amount": amount, "currency": currency,
            "reference": reference, "text": message, "creditor": creditor,
            "debtor": debtor, "bill": bill}


def read_spayd(text):
    """SPAYD 1.0: keys and values, "*" between, "%" escapes."""
    head, version, *pairs = text.split("*")
    assert (head, version) == ("SPD", "1.0")
    assert re.fullmatch(r"[0-9A-Z $%*+\-./:]*", text), text
    values = dict(pair.split(":", 1) for pair in pairs)
    assert len(values) == len(pairs)
    values = {k: urllib.parse.unquote(v) for k, v in values.items()}
    assert is_iban(values["ACC"].split("+")[0])
    assert len(values["AM"]) <= 10 and len(values.get("MSG", "")) <= 60
    assert len(values.get("RN", "")) <= 35
    assert re.fullmatch(r"\d{1,10}", values.get("X-VS", "1"))
    assert re.fullmatch(r"\d{8}", values.get("DT", "20260101"))
    return {"account": values["ACC"].split("+")[0], "amount": values["AM"],
            "currency": values["CC"], "reference": values.get("X-VS"),
            "text": values["MSG"], "due": values.get("DT")}


def read_emv(text):
    """EMV merchant codes: id, length, value; CRC-16 at the end."""
    def objects(data):
        out = {}
        while data:
            key, n = data[:2], int(data[2:4])
            assert len(data) >= 4 + n and key not in out
            out[key] = data[4:4 + n]
            data = data[4 + n:]
        return out

    crc = 0xFFFF
    for byte in text[:-4].encode("ascii"):
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ (0x1021 if crc & 0x8000 else 0)) & 0xFFFF
    values = objects(text)
    assert values["63"] == "%04X" % crc and list(values)[0] == "00"
    merchant, more = objects(values["26"]), objects(values["62"])
    assert values["00"] == "01" and merchant["00"] == "br.gov.bcb.pix"
    assert values["53"] == "986" and values["58"] == "BR"
    assert len(values["59"]) <= 25 and len(values["60"]) <= 15
    assert re.fullmatch(r"[A-Za-z0-9]{1,25}|\*\*\*", more["05"])
    return {"account": merchant["01"], "amount": values["54"],
            "reference": more["05"], "name": values["59"]}


def read_upi(text):
    parts = urllib.parse.urlsplit(text)
    assert (parts.scheme, parts.netloc) == ("upi", "pay")
    assert "+" not in parts.query
    values = dict(urllib.parse.parse_qsl(parts.query, strict_parsing=True))
    return {"account": values["pa"], "amount": values["am"],
            "currency": values["cu"], "reference": values["tr"],
            "name": values["pn"]}


def read_square(text):
    """PAY by square: base32hex, header, length, LZMA, CRC-32, tabs."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUV"
    bits = "".join(format(digits.index(c), "05b") for c in text)
    data = bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits) - 7, 8))
    assert data[0] == 0x01 and data[1] == 0x00
    plain = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[{
        "id": lzma.FILTER_LZMA1, "dict_size": 1 << 17, "lc": 3, "lp": 0,
        "pb": 2}]).decompress(data[4:])
    assert struct.unpack("<H", data[2:4])[0] == len(plain)
    assert struct.unpack("<I", plain[:4])[0] == zlib.crc32(plain[4:])
    fields = plain[4:].decode().split("\t")
    assert len(fields) == 19 and fields[1:3] == ["1", "1"]
    assert fields[11] == "1" and is_iban(fields[12])
    assert fields[14:16] == ["0", "0"]
    return {"account": fields[12], "amount": fields[3], "currency": fields[4],
            "reference": fields[6], "due": fields[5], "name": fields[16]}


# ---- a clerk's home ---------------------------------------------------------------


class Home:
    """mailfilter with a renderer that keeps what it is told."""

    def __init__(self, name, account, owner):
        self.home = os.path.join(FOLDER, name)
        self.told = self.home + ".told"
        self.program = os.path.join(FOLDER, "program")
        if not os.path.isdir(self.program):
            self.install()
        self.run("-q", "init")
        with open(self.home + "/mailfilter.conf", "w", encoding="utf-8") as c:
            c.write('owner {\nname = "Lena Vogt"\nemail = "l@o.example"\n%s}\n'
                    'account "main" {\n%s}\nsend {\ntransport = dir\n}\n'
                    'reminders {\nweekends = yes\nwindow = "00:00-24:00"\n'
                    'policy = "note"\n}\npolicy "note" {\nsteps = {'
                    '"before 3 days tone friendly"}\n}\n'
                    % (owner, account))
        os.chmod(self.home + "/mailfilter.conf", 0o600)
        with open(self.home + "/c.csv", "w", encoding="utf-8") as out:
            out.write(CUSTOMERS)
        self.run("-q", "import", self.home + "/c.csv")

    def install(self):
        os.makedirs(self.program + "/libexec")
        for name in "parser", "store", "templates", "filter":
            os.symlink(os.path.join(ROOT, name),
                       os.path.join(self.program, name))
        for name in os.listdir(ROOT + "/libexec"):
            if name != "mailfilter-render":
                os.symlink(os.path.join(ROOT, "libexec", name),
                           os.path.join(self.program, "libexec", name))
        shutil.copy(MAILFILTER, self.program + "/mailfilter")

    def run(self, *arguments, now="2026-11-22T09:00:00Z"):
        render = self.program + "/libexec/mailfilter-render"
        with open(render + ".new", "w", encoding="utf-8") as out:
            out.write("#!/bin/sh\ntee -a '%s' | '%s' \"$@\"\n" % (
                self.told, ROOT + "/libexec/mailfilter-render"))
        os.chmod(render + ".new", 0o755)
        os.rename(render + ".new", render)
        done = subprocess.run(
            [self.program + "/mailfilter", *arguments], capture_output=True,
            text=True, env=dict(os.environ, MAILFILTER_HOME=self.home,
                                MAILFILTER_NOW=now))
        if done.returncode:
            raise SystemExit("bad %s: %s" % (arguments, done.stderr[:500]))
        return done.stdout

    def invoice(self, customer, *more):
        done = self.run("--json", "invoice", "new", "--customer", customer,
                        "--line", "Work;1234.50", "--due", "2026-12-06",
                        *more)
        return json.loads(done)

    def pay(self, amount, number, day):
        self.run("-q", "payment", "add", "--amount", amount, "--currency",
                 "EUR", "--invoice", number, "--date", day,
                 now=day + "T08:00:00Z")

    def letters(self, **how):
        """What the letters of one run are told, oldest first."""
        if os.path.exists(self.told):
            os.remove(self.told)
        self.run("-q", "run", **how)
        data = open(self.told, "rb").read() if os.path.exists(self.told) \
            else b""
        out = []
        while data:
            size, data = data.split(b"\n", 1)
            out.append(json.loads(data[:int(size)]))
            data = data[int(size):]
        return [letter for letter in out if letter["kind"] != "digest"]


def ways(letter):
    return letter["values"].get("pay", {}).get("ways", [])


def squared(letter):
    """The payload that a code holds, by a template that writes it alone."""
    folder = os.path.join(FOLDER, "templates")
    os.makedirs(folder + "/en", exist_ok=True)
    with open(folder + "/en/invoice", "w", encoding="utf-8") as out:
        out.write("Subject: x\n\n{{#pay.ways}}{{payload}}{{/pay.ways}}\n")
    letter = dict(letter, form="text", dirs=[folder, ROOT + "/templates"],
                  language="en")
    done = subprocess.run([ROOT + "/libexec/mailfilter-render"],
                          input=json.dumps(letter).encode(),
                          capture_output=True, check=True)
    return "".join(done.stdout.decode().split("\n")[1:]).strip()


def scanned(letter):
    """What a camera reads from the page of the letter."""
    currency = ways(letter)[0]["amount"]["currency"]
    letter = dict(letter, form="pdf")
    letter.setdefault("document", {
        "type": "invoice", "number": "2026-0001", "date": "2026-11-22",
        "due": "2026-12-06", "currency": currency,
        "seller": {"name": "Lena Vogt"}, "buyer": {"name": "Müller & Söhne"},
        "lines": [{"id": "1", "text": "Work", "quantity": "1", "unit": "C62",
                   "price": "1234.50", "category": "Z", "rate": "0",
                   "net": "1234.50"}],
        "taxes": [{"category": "Z", "rate": "0", "base": "1234.50",
                   "amount": "0.00"}],
        "totals": {"lines": "1234.50", "net": "1234.50", "tax": "0.00",
                   "gross": "1234.50", "due": "1234.50"}})
    done = subprocess.run([ROOT + "/libexec/mailfilter-render"],
                          input=json.dumps(letter).encode(),
                          capture_output=True, check=False)
    path = os.path.join(FOLDER, "page.pdf")
    with open(path, "wb") as out:
        out.write(done.stdout)
    if not done.stdout:
        return done.stderr.decode()[:200]
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-singlefile", path,
                    path], check=True)
    done = subprocess.run(["zbarimg", "-q", "--raw", "--oneshot", "-Sbinary",
                           path + ".pgm"], capture_output=True, check=False)
    return done.stdout.decode()


# ---- what is looked at ---------------------------------------------------------------

OWNER = 'country = DE\n'
ADDRESS = 'address = "Lindenweg 4\n8000 Zürich"\ncountry = CH\n'
CASES = (
    # name, account, owner, currency, kind, reader, account as read, reference
    ("DE", 'iban = "DE89370400440532013000"\nbic = "COBADEFFXXX"\n', OWNER,
     "EUR", "epc-qr", read_epc, "DE89370400440532013000", iso11649.is_valid),
    ("BE", 'iban = "BE68539007547034"\n', OWNER, "EUR", "epc-qr", read_epc,
     "BE68539007547034", lambda r: not r),
    ("FI", 'iban = "FI2112345600000785"\n', OWNER, "EUR", "epc-qr", read_epc,
     "FI2112345600000785", iso11649.is_valid),
    ("CH", 'iban = "CH9300762011623852957"\ncurrency = CHF\n', ADDRESS,
     "CHF", "swiss-qr", read_swiss, "CH9300762011623852957",
     iso11649.is_valid),
    ("QR", 'iban = "CH9300762011623852957"\ncurrency = CHF\n'
     'qr-iban = "CH4431999123000889012"\n', ADDRESS, "CHF", "swiss-qr",
     read_swiss, "CH4431999123000889012", esr.is_valid),
    ("CZ", 'iban = "CZ6508000000192000145399"\ncurrency = CZK\n', OWNER, "CZK",
     "spayd", read_spayd, "CZ6508000000192000145399", "20260001".__eq__),
    ("SK", 'iban = "SK3112000000198742637541"\n', OWNER, "EUR", "pay-by-square",
     read_square, "SK3112000000198742637541", "20260001".__eq__),
    ("BR", 'iban = "12345"\ncurrency = BRL\npix-key = "529.982.247-25"\n'
     'pix-city = "São Paulo"\n', OWNER, "BRL", "pix", read_emv, "52998224725",
     iso11649.is_valid),
    ("IN", 'iban = "12345"\ncurrency = INR\nupi-id = "lena@okbank"\n', OWNER,
     "INR", "upi", read_upi, "lena@okbank", iso11649.is_valid),
)


def look(name, account, owner, currency, kind, reader, number, reference):
    home = Home(name, account, owner)
    issued = home.invoice("C1", "--currency", currency)
    letter, = home.letters()
    first = ways(letter)[0]
    payload = squared(letter) if kind == "pay-by-square" else first["payload"]
    read = reader(payload)
    if SCANS:
        told(scanned(letter) == payload, "%s: scanned from the page" % name)
    told(first["kind"] == kind and len(ways(letter)) == 1,
         "%s: %s is its one way" % (name, kind))
    told(read["account"] == number and read["amount"] == "1234.50" and
         read.get("currency", currency) == currency,
         "%s: account and amount" % name)
    told(reference(read["reference"]), "%s: the reference" % name)
    quoted = re.sub("[^0-9A-Z]", "", issued["reference"])
    everything = re.sub("[^0-9A-Z]", "", payload if kind != "pay-by-square"
                        else read["reference"])
    told(quoted in everything, "%s: as the invoice has it" % name)
    told(first["amount"] == {"amount": "1234.50", "currency": currency},
         "%s: the amount beside it" % name)
    return read, letter


def look_at_reminders():
    """The balance and not the total; several invoices; nothing to pay."""
    home = Home("later", 'iban = "DE89370400440532013000"\npayment-link = {'
                '"Card: https://pay.example/{number}?a={amount}&c={currency}"'
                ', "https://p.example/{amount_minor}" }\n', OWNER)
    home.invoice("C1", "--discount-percent", "2", "--discount-until",
                 "2026-11-29")
    letter, = home.letters()
    first, card, plain = ways(letter)
    early = read_epc(first["discount"]["payload"])
    told(first["discount"]["until"] == "2026-11-29" and
         early["amount"] == "1209.81", "less for who pays early")
    told(card["title"] == "Card" and card["is_link"] and card["url"] ==
         "https://pay.example/2026-0001?a=1234.50&c=EUR", "a link")
    told("title" not in plain and plain["url"] == "https://p.example/123450",
         "a link without a title")
    home.pay("234.50", "2026-0001", "2026-11-25")
    home.invoice("C1")
    home.invoice("C2")
    letters = home.letters(now="2026-11-26T10:00:00Z")
    told([read_epc(ways(l)[0]["payload"])["amount"] for l in letters] ==
         ["1234.50", "1234.50"], "each letter its own amount")
    home.pay("1234.50", "2026-0003", "2026-11-27")
    later = home.letters(now="2026-11-27T09:00:00Z")
    told([l["kind"] for l in later] == ["receipt"] and not ways(later[0]),
         "what is paid offers no way")
    later = home.letters(now="2026-12-03T09:00:00Z")
    read = [read_epc(ways(l)[0]["payload"]) for l in later]
    told([l["kind"] for l in later] == ["reminder"] and
         read[0]["amount"] == "2234.50" and
         read[0]["text"] == "2026-0001 2026-0002" and
         "reference" not in later[0]["values"]["pay"],
         "a reminder of two: what is open of both, and their numbers")


def main():
    for case in CASES:
        read, letter = look(*case)
        pay = letter["values"]["pay"]
        if case[0] == "BE":
            digits = read["text"].strip("+").replace("/", "")
            told(len(digits) == 12 and
                 int(digits[:10]) % 97 == int(digits[10:]) % 97,
                 "BE: the text is a structured communication")
        if case[0] == "CH":
            told(read["creditor"][1:] == ["Lena Vogt", "Lindenweg", "4",
                                          "8000", "Zürich", "CH"],
                 "CH: the creditor in parts")
            told(read["debtor"][1:] == ["Müller & Söhne GmbH", "Am Weiher",
                                        "12", "8001", "Zürich", "CH"],
                 "CH: the debtor in parts")
            part = ways(letter)[0]["part"]
            told(part["sum"] == "1 234.50" and part["account"] ==
                 "CH93 0076 2011 6238 5295 7" and
                 part["labels"]["receipt"] == "Receipt",
                 "CH: what the payment part shows")
        if case[0] == "QR":
            told(pay["iban"] == "CH4431999123000889012",
                 "QR: the letter names the account of the reference")
        if case[0] == "CZ":
            told(pay["domestic"] == "19-2000145399/0800" and
                 read["due"] == "20261206", "CZ: domestic number, due date")
    look_at_reminders()


main()
