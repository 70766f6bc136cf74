#!/bin/sh
# Banks as data: each has samples, a new bank is a file in the home, and a
# wrong file is told with its line. (tests/unit/bank_cross.c: no bank's file
# answers to another bank's mail.)
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 1
"$mf" init -q --authserv-id mx.clerk.example --mailbox money@clerk.example ||
	{ ok 1 "a home"; finish; }

for file in parser/banks/*.bank; do
	bank=$(basename "$file" .bank)
	own=$(ls tests/golden/"$bank"/*.eml 2>/dev/null | wc -l)
	[ "$own" -ge 3 ]; ok $? "$bank has $own samples"
done

# A bank of the owner's own: a file and a sample, no C.
cat >"$MAILFILTER_HOME/banks/zz-harbour.bank" <<'BANK'
title     Harbour Bank
country   IE
language  en
currency  EUR €
from      harbour.example
decimal   .
grouping  ,
dates     dmy

template  received
kind      credit
label     Amount: {currency}{amount}
label     On: {booked}
label?    From: {payer}
label?    Message: {remittance}
BANK
cat >"$tmp/harbour.eml" <<'MAIL'
From: Harbour <notify@harbour.example>
To: money@clerk.example
Subject: You have been paid
Date: Fri, 20 Nov 2026 10:00:00 +0000
Message-ID: <1@harbour.example>

Amount: €1,480.00
On: 20 November 2026
From: Aoife Byrne
Message: 2026-0512
MAIL
like "$("$mf" parse --json "$tmp/harbour.eml")" \
    '"kind":"credit","bank":"zz-harbour".*"amount":"1480.00","currency":"EUR","booked":"2026-11-20".*"payer":"Aoife Byrne".*"remittance":"2026-0512"' \
    "a bank of the owner's own is read"

# A sentence that is everybody's: a name in the mail tells whose it is.
sed -e 's/^from.*/from      shore.example/' -e 's/^title.*/title Shore/' \
    -e 's/^language/named     Shore Bank\nlanguage/' \
    "$MAILFILTER_HOME/banks/zz-harbour.bank" >"$MAILFILTER_HOME/banks/zz-shore.bank"
sed -i 's/^language/named     Harbour Bank\nlanguage/' "$MAILFILTER_HOME/banks/zz-harbour.bank"
like "$("$mf" parse --json "$tmp/harbour.eml")" '"kind":"credit","bank":"zz-harbour"' \
    "a mail that names nobody is read"
{ cat "$tmp/harbour.eml"; echo "Shore Bank plc"; } >"$tmp/shore.eml"
like "$("$mf" parse --json "$tmp/shore.eml")" '"kind":"drift".*the mail names zz-shore' \
    "one that names another bank is not"
{ cat "$tmp/shore.eml"; echo "Harbour Bank"; } >"$tmp/both.eml"
like "$("$mf" parse --json "$tmp/both.eml")" '"kind":"credit","bank":"zz-harbour"' \
    "unless it names its own too"
sed -i '/^named/d' "$MAILFILTER_HOME/banks/zz-harbour.bank"
rm "$MAILFILTER_HOME/banks/zz-shore.bank"

# The owner's file stands before the shipped one of its name.
sed 's/^title.*/title Our Fio/' parser/banks/cz-fio.bank \
    >"$MAILFILTER_HOME/banks/cz-fio.bank"
"$mf" parse --json tests/golden/cz-fio/incoming.eml >"$tmp/out"
like "$(cat "$tmp/out")" '"amount":"12480.50"' "the owner's copy is used"

# Another file that sends from a shipped bank's domain goes before it.
sed 's/^title.*/title Our Fio too/' parser/banks/cz-fio.bank \
    >"$MAILFILTER_HOME/banks/zz-own.bank"
rm "$MAILFILTER_HOME/banks/cz-fio.bank"
like "$("$mf" parse --json tests/golden/cz-fio/incoming.eml)" \
    '"bank":"zz-own".*"amount":"12480.50"' "the owner's claim of a domain wins"
like "$("$mf" bank check 2>&1)" 'all in order' "and is no fault"
cp "$MAILFILTER_HOME/banks/zz-own.bank" "$MAILFILTER_HOME/banks/zz-third.bank"
like "$("$mf" bank check 2>&1)" 'fio.cz sends for zz-own too' \
    "two of the owner's own that claim one domain are"
rm "$MAILFILTER_HOME/banks/zz-own.bank" "$MAILFILTER_HOME/banks/zz-third.bank"

# A fault is told when that bank writes, or when asked; a file that says no
# sender stops everything.
own=$MAILFILTER_HOME/banks/zz-harbour.bank
cp "$own" "$tmp/good.bank"
echo 'colour red' >>"$own"
like "$("$mf" parse --json "$tmp/harbour.eml")" \
    '"kind":"drift".*zz-harbour.bank:16: unknown key' "drift tells the line"
like "$("$mf" parse --json tests/golden/cz-fio/incoming.eml)" \
    '"amount":"12480.50"' "other banks are read all the same"
"$mf" bank check >"$tmp/out" 2>&1; code=$?
[ $code != 0 ]; ok $? "bank check fails"
like "$(cat "$tmp/out")" 'zz-harbour.bank:16: unknown key "colour"' \
    "and tells the line"
sed 's/^country.*/country Ireland/' "$tmp/good.bank" >"$own"
like "$("$mf" parse --json "$tmp/harbour.eml")" \
    '"kind":"drift".*zz-harbour.bank:2: a country is two' \
    "a wrong head of a file is drift, told with its line"
like "$("$mf" bank list)" 'zz-harbour +wrong: see .bank check' \
    "bank list names the fault"
sed 's/^from.*//' "$tmp/good.bank" >"$own"
"$mf" parse --json "$tmp/harbour.eml" >"$tmp/out" 2>"$tmp/err"; code=$?
[ $code != 0 ]; ok $? "a bank without a sender is an error"
like "$(cat "$tmp/err")" 'zz-harbour.bank:1: no "from"' "told with its line"
finish
