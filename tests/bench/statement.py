#!/usr/bin/env python3
"""Writes a camt.053 with many entries: statement.py ENTRIES [ACCOUNT] >FILE.

One statement, ten days, whole: the balances are right. A fifth of the entries
have one of four prices (a subscription's), the others any amount; each has a
payer with an account, an end-to-end id and a text with a number.
"""
import random
import sys

DAYS = 10
PRICES = (1900, 4900, 9900, 14900)
ENTRY = """<Ntry><Amt Ccy="CZK">%d.%02d</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
<Sts>BOOK</Sts><BookgDt><Dt>2026-11-%02d</Dt></BookgDt>\
<ValDt><Dt>2026-11-%02d</Dt></ValDt><AcctSvcrRef>B%09d</AcctSvcrRef>\
<NtryDtls><TxDtls><Refs><EndToEndId>E2E-%09d</EndToEndId></Refs><RltdPties>\
<Dbtr><Nm>%s %s s.r.o.</Nm></Dbtr><DbtrAcct><Id><Othr><Id>%010d/0800</Id>\
</Othr></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>Faktura %d dekujeme</Ustrd>\
</RmtInf></TxDtls></NtryDtls></Ntry>
"""
FIRST = ("Modra", "Stara", "Nova", "Bila", "Mala", "Vesela", "Horni", "Dolni")
LAST = ("Pekarna", "Kovarna", "Tiskarna", "Lekarna", "Kavarna", "Knihovna",
        "Zahrada", "Stolarna")


def balance(kind, minor, day):
    return (f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
            f'<Amt Ccy="CZK">{minor // 100}.{minor % 100:02d}</Amt>'
            f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>\n")


def amount(rand):
    return rand.choice(PRICES) if rand.random() < 0.2 \
        else rand.randrange(100, 5000000)


def main():
    entries = int(sys.argv[1])
    account = sys.argv[2] if len(sys.argv) > 2 else "2900123451/2010"
    write = sys.stdout.write
    rand = random.Random(7)
    total = sum(amount(rand) for _ in range(entries))
    rand = random.Random(7)
    write('<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:'
          'std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr>'
          "<MsgId>M1</MsgId></GrpHdr><Stmt><Id>S-1</Id><ElctrncSeqNb>1"
          "</ElctrncSeqNb><Acct><Id><Othr><Id>" + account + "</Id></Othr>"
          "</Id><Ccy>CZK</Ccy></Acct>\n")
    write(balance("OPBD", 100000, "2026-11-01"))
    write(balance("CLBD", 100000 + total, "2026-11-10"))
    for i in range(entries):
        minor = amount(rand)
        day = 1 + i * DAYS // entries
        write(ENTRY % (minor // 100, minor % 100, day, day, i, i,
                       FIRST[i % 8], LAST[i // 8 % 8],
                       1000000000 + i % 40000, 2026000000 + i))
    write("</Stmt></BkToCstmrStmt></Document>\n")


main()
