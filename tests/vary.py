#!/usr/bin/python3
"""vary.py - a mail with other values in it: each of its texts and its subject.

    vary.py IN OUT [OLD=>NEW ...]    a value that stands nowhere is an error
"""
import email
import sys
from email import policy

source, target, *pairs = sys.argv[1:]
pairs = [pair.split("=>", 1) for pair in pairs]
found = set()


def change(text):
    for old, new in pairs:
        if old in text:
            found.add(old)
        text = text.replace(old, new)
    return text


with open(source, "rb") as file:
    mail = email.message_from_binary_file(file, policy=policy.default)
subject = change(str(mail["Subject"]))
del mail["Subject"]
mail["Subject"] = subject
for part in mail.walk():
    if part.get_content_maintype() == "text":
        kind = part.get_content_subtype()
        text = change(part.get_content())
        part.set_content(text, subtype=kind, charset="utf-8")
missing = [old for old, new in pairs if old not in found]
if missing:
    sys.exit("%s: not there: %s" % (source, missing))
with open(target, "wb") as file:
    file.write(mail.as_bytes())
