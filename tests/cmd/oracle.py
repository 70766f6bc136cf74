"""oracle.py DIR - writes mails with Authentication-Results fields and encoded
words, in the order of their names; prints name, tab, what the oracle says."""
import base64
import random
import sys
import email.header
import authres

OURS = "mx.clerk.example"
REST = """Received: from out.fio.cz (out.fio.cz [192.0.2.15])
 by mx.clerk.example (Postfix) with ESMTPS id 4Q0005
 for <money@clerk.example>; Fri, 20 Nov 2026 10:02:00 +0100
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=fio.cz; s=s1;
 h=from:to:subject:date:message-id:mime-version:content-type; bh=eA==; b=eA==
From: automat@fio.cz
To: money@clerk.example
Subject: Fio banka - prijem na konte
Date: Fri, 20 Nov 2026 10:02:00 +0100
Message-ID: <%d@fio.cz>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

hello
"""
P = "header.d=fio.cz"
VECTORS = [
    "mx.clerk.example; dkim=pass " + P,
    "mx.clerk.example; none",
    "mx.clerk.example 1; dkim=pass " + P,
    "MX.CLERK.EXAMPLE; dkim=pass " + P,
    "mx.clerk.example; dkim=pass (good) " + P,
    "mx.clerk.example; dkim=pass (a (nested) one) " + P,
    "mx.clerk.example; dkim=pass (dkim=fail) " + P,
    "mx.clerk.example; dkim=fail (dkim=pass " + P + ")",
    "mx.clerk.example; dkim=fail " + P,
    "mx.clerk.example; dkim=neutral " + P,
    "mx.clerk.example; dkim=temperror " + P,
    "mx.clerk.example; dkim=permerror " + P,
    "mx.clerk.example; dkim=policy " + P,
    "mx.clerk.example; dkim=none",
    "mx.clerk.example; spf=pass smtp.mailfrom=x@fio.cz",
    "mx.clerk.example; spf=pass smtp.mailfrom=x@fio.cz; dkim=pass " + P,
    "mx.clerk.example; spf=fail smtp.mailfrom=x@evil.example; dkim=pass " + P,
    "mx.clerk.example; dkim=pass header.d=evil.example",
    "mx.clerk.example; dkim=pass header.d=evil.example; dkim=pass " + P,
    "mx.clerk.example; dkim=pass header.d=fio.cz.evil.example",
    "mx.clerk.example; dkim=pass header.d=notfio.cz",
    "mx.clerk.example; dkim=pass header.i=@fio.cz",
    "mx.clerk.example; dkim=pass header.i=@fio.cz " + P,
    "mx.clerk.example; dkim=pass " + P + " header.s=s1",
    "mx.clerk.example; dkim=pass " + P + " header.b=eA",
    "mx.clerk.example; dkim=pass reason=\"good signature\" " + P,
    "mx.clerk.example; dkim=pass reason=good " + P,
    "mx.clerk.example; dmarc=pass header.from=fio.cz; dkim=pass " + P,
    "mx.clerk.example; dmarc=pass header.from=fio.cz",
    "mx.clerk.example;dkim=pass " + P,
    "mx.clerk.example;\n dkim=pass\n " + P,
    "mx.clerk.example;\n\tdkim=pass\n\t(x)\n\theader.d=fio.cz",
    "mx.clerk.example (second) ; dkim=pass " + P,
    "mx.other.example; dkim=pass " + P,
    "evil.mx.clerk.example; dkim=pass " + P,
    "mx.clerk.example.evil.example; dkim=pass " + P,
    "(mx.clerk.example;) mx.other.example; dkim=pass " + P,
    "mx.clerk.example; x-dkim=pass " + P,
    "mx.clerk.example; auth=pass smtp.auth=x@fio.cz",
    "mx.clerk.example; dkim=pass " + P + "; iprev=pass policy.iprev=192.0.2.1",
    "mx.clerk.example; dkim=pass smtp.d=fio.cz",
    "mx.clerk.example; dkim=pass policy.d=fio.cz",
    # not in the grammar at all
    "",
    "mx.clerk.example",
    "; dkim=pass " + P,
    "dkim=pass " + P,
    "spf=pass smtp.mailfrom=x@fio.cz; dkim=pass " + P,
    "mx.clerk.example; dkim",
    "mx.clerk.example; dkim=",
    "mx.clerk.example; =pass " + P,
    "mx.clerk.example; dkim=pass header.d",
    "mx.clerk.example; dkim=pass header.d=",
    "mx.clerk.example; dkim=pass header d=fio.cz",
    "mx.clerk.example; dkim=pass (open " + P,
]


def verdict(value):
    """What the oracle makes of one field: ours, and DKIM of fio.cz passed?"""
    try:
        field = authres.AuthenticationResultsHeader.parse_value(
            " " + value.replace("\n", ""))
    except Exception:
        return "unverified"
    if field.authserv_id.lower() != OURS or field.version not in (None, "1"):
        return "unverified"
    for result in field.results:
        if result.method != "dkim" or result.result != "pass":
            continue
        for prop in result.properties:
            if (prop.type, prop.name, prop.value) == ("header", "d", "fio.cz"):
                return "verified"
    return "unverified"


COUNT = 0


def write(name, text, want):
    """One mail, and its line."""
    global COUNT
    with open("%s/%03d.eml" % (sys.argv[1], COUNT), "w", newline="") as out:
        out.write(text)
    COUNT += 1
    print("%s\t%s" % (name, want))


for i, value in enumerate(VECTORS):
    write("results-%02d" % i,
          "Authentication-Results: %s\n" % value + REST % i,
          verdict(value))

random.seed(49)
TEXTS = ["EUR 1.234,56 für Rechnung 17", "Оплата счёта № 2026-17",
         "日本の請求書 5000円", "plain words only", "a=b?c_d  e"]
for i in range(60):
    text = random.choice(TEXTS)
    words, rest = [], text
    while rest:
        n = random.randint(1, 6)
        part, rest = rest[:n], rest[n:]
        charset = random.choice(["utf-8", "UTF-8", "koi8-r", "iso-2022-jp",
                                 "iso-8859-1"])
        try:
            data = part.encode(charset)
        except UnicodeEncodeError:
            charset, data = "utf-8", part.encode("utf-8")
        if random.random() < .5:
            words.append("=?%s?B?%s?=" % (charset,
                                         base64.b64encode(data).decode()))
        else:
            words.append("=?%s?Q?%s?=" % (charset, "".join(
                "=%02X" % b for b in data)))
    value = random.choice([" ", "\n ", "\n\t"]).join(words)
    want = str(email.header.make_header(email.header.decode_header(
        value.replace("\n\t", " ").replace("\n ", " "))))
    assert want == text, (want, text)
    write("subject-%02d" % i, "From: ann@customer.example\nSubject: %s\n\nx\n"
          % value, want.strip())
