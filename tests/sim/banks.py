"""What the bank writes: notices by mail and statements, and what only looks so."""
import hashlib

from calendars import rfc

ACCOUNT = 'DE89370400440532013000'
OWNER = 'eva@clerk.example'
INTAKE = 'money@clerk.example'


def euros(cents, point='.', group=''):
    whole = f'{cents // 100:,}'.replace(',', group)
    return f'{whole}{point}{cents % 100:02d}'


def code(*parts):
    return hashlib.sha1('/'.join(map(str, parts)).encode()).hexdigest()


def notice(seed, serial, cents, payer, account, text, when, genuine=True):
    """A mail of N26 about money that came in; one that is not genuine has no
    word of our server for it."""
    mark = code(seed, serial, genuine)
    vouched = f'''Authentication-Results: mx.clerk.example; dkim=pass header.d=n26.com
 header.s=bank2026 header.b={mark[:8]}; spf=pass smtp.mailfrom=n26.com
''' if genuine else ''
    return f'''Return-Path: <noreply@n26.com>
{vouched}Received: from out.n26.com (out.n26.com [192.0.2.7])
 by mx.clerk.example (Postfix) with ESMTPS id 4Q{serial}
 for <{INTAKE}>; {rfc(when)}
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=n26.com;
 s=bank2026; h=from:to:subject:date:message-id:mime-version:content-type:
 content-transfer-encoding; bh={mark[:27]}=; b={mark}
From: N26 <noreply@n26.com>
To: {INTAKE}
Subject: =?utf-8?q?Du_hast_eine_=C3=9Cberweisung_erhalten?=
Date: {rfc(when)}
Message-ID: <{mark[:16]}@n26.com>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Du hast eine Überweisung über {euros(cents, ',', '.')} € von {payer} erhalten.
Verwendungszweck: {text or '-'}
IBAN: {account}
'''.encode()


def generic(seed, serial, cents, payer, text, when):
    """A bank that nobody has configured writes that money came."""
    return f'''Return-Path: <alerts@harbour.example>
Received: from out.harbour.example (out.harbour.example [192.0.2.8])
 by mx.clerk.example (Postfix) with ESMTPS id 5Q{serial}
 for <{INTAKE}>; {rfc(when)}
From: Harbour Bank <alerts@harbour.example>
To: {INTAKE}
Subject: You have received a payment
Date: {rfc(when)}
Message-ID: <{code(seed, serial, 'generic')[:16]}@harbour.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Amount received: EUR {euros(cents, '.', ',')}
From: {payer}
Reference: {text}
'''.encode()


def entry(e):
    """One line of a statement: cents (negative: debit), day, ..."""
    side = 'DBIT' if e.cents < 0 else 'CRDT'
    party = 'Cdtr' if e.cents < 0 and not e.back else 'Dbtr'
    back = '<RvslInd>true</RvslInd>' if e.back else ''
    return f'''<Ntry><Amt Ccy="EUR">{euros(abs(e.cents))}</Amt><CdtDbtInd>{side}</CdtDbtInd>{back}\
<Sts>BOOK</Sts><BookgDt><Dt>{e.booked}</Dt></BookgDt><ValDt><Dt>{e.booked}</Dt></ValDt>\
<AcctSvcrRef>{e.bank_reference}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>\
{e.end_to_end}</EndToEndId></Refs><RltdPties><{party}>\
<Nm>{e.payer}</Nm></{party}><{party}Acct><Id><IBAN>{e.account}</IBAN></Id></{party}Acct>\
</RltdPties><RmtInf><Ustrd>{e.text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
'''


def balance(kind, cents, day):
    return (f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">'
            f'{euros(cents)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>\n')


def statement(number, first, last, opening, entries):
    closing = opening + sum(e.cents for e in entries)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:'
            'tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M'
            f'{number}</MsgId></GrpHdr><Stmt><Id>S-{number}</Id><ElctrncSeqNb>{number}'
            f'</ElctrncSeqNb><Acct><Id><IBAN>{ACCOUNT}</IBAN></Id><Ccy>EUR</Ccy></Acct>\n'
            + balance('OPBD', opening, first) + balance('CLBD', closing, last)
            + ''.join(map(entry, entries)) + '</Stmt></BkToCstmrStmt></Document>\n')


def reply(seed, serial, sender, subject, thread, text, when, automatic=False):
    auto = 'Auto-Submitted: auto-replied\n' if automatic else ''
    return f'''Return-Path: <{sender}>
Received: from mail.there.example (mail.there.example [192.0.2.99])
 by mx.clerk.example (Postfix) with ESMTPS id 7Q{serial}
 for <{OWNER}>; {rfc(when)}
From: <{sender}>
To: {OWNER}
Subject: {subject}
In-Reply-To: {thread}
References: {thread}
Date: {rfc(when)}
Message-ID: <{code(seed, serial, 'reply')[:16]}@there.example>
{auto}MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{text}
'''.encode()


def bounce(seed, serial, recipient, status, thread, when):
    return f'''Return-Path: <>
Received: from mail.there.example (mail.there.example [192.0.2.99])
 by mx.clerk.example (Postfix) with ESMTPS id 8Q{serial}
 for <{OWNER}>; {rfc(when)}
From: Mail Delivery System <MAILER-DAEMON@there.example>
To: {OWNER}
Subject: Undelivered Mail Returned to Sender
Date: {rfc(when)}
Message-ID: <{code(seed, serial, 'bounce')[:16]}@there.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; there.example

Final-Recipient: rfc822; {recipient}
Action: {'failed' if status[0] == '5' else 'delayed'}
Status: {status}

--b
Content-Type: message/rfc822

Message-ID: {thread}
From: {OWNER}
To: {recipient}
Subject: ours

--b--
'''.encode()
