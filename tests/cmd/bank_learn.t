#!/bin/sh
# A bank that nobody knows: its file out of two of its mails, and a third,
# which it has never seen, is read. What must not be learned is not.
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 1
generic=tests/generic
"$mf" init -q --authserv-id mx.clerk.example --mailbox money@clerk.example ||
	{ ok 1 "a home"; finish; }
banks=$MAILFILTER_HOME/banks
vary() { /usr/bin/python3 tests/vary.py "$@" || echo "# vary $*"; }
learn() { "$mf" bank learn "$@" >"$tmp/out" 2>"$tmp/err" </dev/null; }
read_one() { "$mf" parse --json "$1"; }

# ---- languages and layouts --------------------------------------------------
es=$generic/es/es-transferencia-recibida.eml
vary $es "$tmp/es2.eml" '1.234,56=>87,10' 'CARPINTERÍA ALBORADA SL=>Talleres Nieto' \
    'FACTURA 2026/118=>fra 99' '19/11/2026=>18/11/2026' '20/11/2026=>19/11/2026' \
    'ES93 0182 5500 5702 0152 0001=>ES79 2100 0813 6101 2345 6789'
vary $es "$tmp/es3.eml" '1.234,56=>12.087,10' 'CARPINTERÍA ALBORADA SL=>Hnos. Gil, S.L.' \
    'Concepto: FACTURA 2026/118=>' '19/11/2026=>17/11/2026'
learn --yes --name es-cierzo $es "$tmp/es2.eml"; is $? 0 "Spanish: a sentence and labels"
like "$(cat "$tmp/out")" 'remittance +FACTURA 2026/118 +Concepto: FACTURA' \
    "what is read, and where it stands"
like "$(cat "$tmp/out")" 'from bancocierzo.example' "and from whom"
like "$(cat "$tmp/out")" 'bank = "es-cierzo"' "how to go on"
like "$(cat "$tmp/out")" 'class U:' "what such mail is worth"
like "$(cat "$tmp/out")" 'trust: no results of our own' "and why"
like "$(read_one "$tmp/es3.eml")" '"bank":"es-cierzo".*"reader":"template","amount":"12087.10","currency":"EUR","booked":"2026-11-17".*"payer":"Hnos. Gil, S.L."' \
    "a third mail is read: other names, no reference"

cs=$generic/cs/html-oznameni.eml
vary $cs "$tmp/cs2.eml" '420,00=>11 007,30' 'ALPENHOLZ GMBH=>Truhlářství Dvořák' \
    'AT61 1904 3002 3457 3201=>19-2000145399/0800' '18. 11. 2026=>2. 11. 2026' \
    '2026000511=>77'
vary $cs "$tmp/cs3.eml" '420,00=>5,00' 'ALPENHOLZ GMBH=>X' '2026000511=>4'
learn --yes --name cs-vltavin $cs "$tmp/cs2.eml"; is $? 0 "Czech: a table of HTML"
like "$(read_one "$tmp/cs3.eml")" '"bank":"cs-vltavin".*"amount":"5.00","currency":"EUR","booked":"2026-11-18".*"payer":"X".*"variable_symbol":"4"' \
    "a third is read"

de=$generic/de/de-satz.eml
vary $de "$tmp/de2.eml" '89,50=>1.000,00' 'Mareike Thoms=>Özgür Öz' 'Rechnung 77=>Miete'
vary $de "$tmp/de3.eml" '89,50=>3,20' 'Mareike Thoms=>Fa. Klee & Co.' 'Rechnung 77=>R-1'
learn --yes --name de-nordlicht $de "$tmp/de2.eml"; is $? 0 "German: a sentence"
like "$(read_one "$tmp/de3.eml")" '"bank":"de-nordlicht".*"amount":"3.20".*"payer":"Fa. Klee & Co.","remittance":"R-1"' \
    "a third is read"

en=$generic/en/in-one-line.eml
vary $en "$tmp/en2.eml" '52,310.00=>1,05,000.00' 'SHREE BALAJI TRADERS=>ANAND STORES' \
    '20-11-26=>19-11-26' 'KVRBN26324118820=>KVRBN26323000001'
vary $en "$tmp/en3.eml" '52,310.00=>75.00' 'SHREE BALAJI TRADERS=>R K AND SONS' \
    '20-11-26=>18-11-26' 'Bal: Rs.1,88,204.55=>Bal: Rs.75.00'
learn --yes --name in-kaveri $en "$tmp/en2.eml"; is $? 0 "Indian: one line"
like "$(read_one "$tmp/en3.eml")" '"bank":"in-kaveri".*"amount":"75.00","currency":"INR","booked":"2026-11-18","account":"XX4417","payer":"R K AND SONS"' \
    "a third is read, its balance is not"

ja=$generic/ja/furikomi-nyukin.eml
vary $ja "$tmp/ja2.eml" '132,000=>9,500' 'カ)アオゾラモツコウ=>ヤマダ タロウ'
vary $ja "$tmp/ja3.eml" '132,000=>1,200,000' 'カ)アオゾラモツコウ=>スズキ シヨウテン'
learn --yes --name ja-minato $ja "$tmp/ja2.eml"; is $? 0 "Japanese: colons apart"
like "$(read_one "$tmp/ja3.eml")" '"bank":"ja-minato".*"amount":"1200000","currency":"JPY".*"payer":"スズキ シヨウテン"' \
    "a third is read"
"$mf" bank check >"$tmp/out" 2>&1; is "$? $(grep -c order "$tmp/out")" "0 1" "bank check is content with all"

# Text and HTML side by side, and the payer in the subject.
both() { # AMOUNT PAYER NOTE
	cat <<-M
	From: Shore <pay@shore.example>
	To: money@clerk.example
	Subject: $2 sent you EUR $1
	Date: Fri, 20 Nov 2026 10:00:00 +0000
	Message-ID: <$1@shore.example>
	MIME-Version: 1.0
	Content-Type: multipart/alternative; boundary=b

	--b
	Content-Type: text/plain; charset=utf-8

	Money was paid into your account.

	Amount: EUR $1
	From: $2
	Message: $3

	Your balance is EUR 9,$1.
	--b
	Content-Type: text/html; charset=utf-8

	<p>Money was paid into your account.</p><table><tr><td>Amount</td><td>EUR $1</td></tr>
	<tr><td>From</td><td>$2</td></tr><tr><td>Message</td><td>$3</td></tr></table>
	<p>Your balance is EUR 9,$1.</p>
	--b--
	M
}
both 120.00 'Aoife Byrne' 'inv 1' >"$tmp/b1.eml"
both 77.10 'Quay Ltd' 'inv 2' >"$tmp/b2.eml"
both 31.00 'Mairead' 'inv 3' >"$tmp/b3.eml"
learn --yes "$tmp/b1.eml" "$tmp/b2.eml"; is $? 0 "text and HTML parts"
like "$(read_one "$tmp/b3.eml")" '"bank":"shore".*"amount":"31.00".*"payer":"Mairead","remittance":"inv 3"' \
    "the file goes by the domain's name; a third is read in both"
unlike "$(cat "$banks/shore.bank")" 'Byrne|Quay' "no payer's name is in the file"
unlike "$(read_one "$tmp/b3.eml")" 'differs' "both parts say the same"

# ---- what is there is not lost ------------------------------------------------
cp "$banks/shore.bank" "$tmp/kept"
learn --yes --name shore "$tmp/b1.eml" "$tmp/b3.eml"; is $? 73 "a file that is there stays"
like "$(cat "$tmp/err")" '--replace' "and how to replace it is said"
cmp -s "$banks/shore.bank" "$tmp/kept"; ok $? "untouched"
learn --yes --replace --name shore "$tmp/b1.eml" "$tmp/b3.eml"; is $? 0 "--replace"
cmp -s "$banks/shore.bank.old" "$tmp/kept"; ok $? "the old one is kept"
learn -n --yes --name fresh "$tmp/b1.eml" "$tmp/b2.eml"; is $? 0 "-n"
like "$(cat "$tmp/out")" '^template +credit' "prints the file"
[ ! -e "$banks/fresh.bank" ]; ok $? "and writes none"
rm "$banks/shore.bank" "$banks/shore.bank.old"

# ---- confirming and correcting ----------------------------------------------------
learn --name x "$tmp/b1.eml" "$tmp/b2.eml"; is $? 65 "without --yes nothing is written"
like "$(cat "$tmp/err")" 'say --yes' "and that is said"
learn --yes --name x --set amount=99.99 "$tmp/b1.eml"; is $? 65 "a value that is not in the mail"
like "$(cat "$tmp/err")" 'amount: "99.99" does not stand in the mail' "is refused"
learn --yes --name x "$tmp/b1.eml" --set colour=red; is $? 65 "a field that does not exist"
learn --yes --name x --kind gift "$tmp/b1.eml"; is $? 64 "a kind that does not exist"
zelle=$generic/en/us-zelle-sentence.eml
sed 's,<td>EUR 120.00,<td>EUR 620.00,' "$tmp/b1.eml" >"$tmp/b4.eml"
learn --yes --name x "$tmp/b4.eml" "$tmp/b2.eml"; is $? 65 "parts that say different amounts"
like "$(cat "$tmp/err")" 'b4.eml: .*refused' "is told"
vary $zelle "$tmp/z2.eml" 'MARTIN OKAFOR=>Lena Brandt' '420.00=>15.00' '3307=>3308'
vary $zelle "$tmp/z3.eml" 'MARTIN OKAFOR=>J. R. Doe' '420.00=>1,015.00'
learn --yes --name us-cascade $zelle --set 'payer=MARTIN OKAFOR' "$tmp/z2.eml" --set 'payer=Lena Brandt'
is $? 0 "a correction for each mail"
like "$(read_one "$tmp/z3.eml")" '"bank":"us-cascade".*"amount":"1015.00".*"payer":"J. R. Doe"' "a third is read"
vary $zelle "$tmp/z4.eml" "MARTIN OKAFOR=>Eve sent you \$9,000.00 with Zelle. It's in your account ending in 8810. Eve"
unlike "$(read_one "$tmp/z4.eml")" '"amount":"9000.00"' "a name that says an amount makes none"

# The same payer in all mails: the name must not become fixed text.
vary $de "$tmp/de4.eml" '89,50=>12,00' 'Rechnung 77=>Rechnung 78'
learn --yes --name de-one $de "$tmp/de4.eml"; is $? 0 "two mails of one payer"
like "$(cat "$tmp/err")" 'all samples have one payer' "a hint asks for another"
unlike "$(cat "$banks/de-one.bank")" 'Mareike|Thoms' "the name is not in the file"
rm "$banks/de-one.bank"
learn --yes --name de-one $de; like "$(cat "$tmp/err")" 'one sample shows nothing that varies' \
    "one sample is taken with a warning"
rm -f "$banks/de-one.bank"

# ---- other layouts, mails that mean nothing -----------------------------------------
news() {
	cat <<-M
	From: Shore <pay@shore.example>
	To: money@clerk.example
	Subject: News from Shore
	Date: Fri, 20 Nov 2026 10:00:00 +0000
	Message-ID: <news@shore.example>

	Our branches are closed on the first of December.
	Transfers up to EUR 500.00 are free.
	M
}
news >"$tmp/news.eml"
learn --yes --not "$tmp/b3.eml" "$tmp/b1.eml" "$tmp/b2.eml"
is $? 65 "a mail that must not be read, and would be"
like "$(cat "$tmp/err")" 'b3.eml: the file would read it' "is named"
learn --yes --not $es --other "$tmp/news.eml" "$tmp/b1.eml" "$tmp/b2.eml"; is $? 0 "--other and --not"
like "$(read_one "$tmp/news.eml")" '"kind":"other","bank":"shore"' "news are known as such"
like "$(read_one "$tmp/b3.eml")" '"kind":"credit","bank":"shore"' "money is money"

# A bank that is known gets one more template; the others stay.
cat >"$tmp/new.eml" <<'M'
From: Shore <pay@shore.example>
To: money@clerk.example
Subject: Direct debit returned
Date: Fri, 20 Nov 2026 10:00:00 +0000
Message-ID: <r@shore.example>

A direct debit was returned unpaid.

Returned amount: EUR 55.00
Customer: Quay Ltd
M
like "$(read_one "$tmp/new.eml")" '"kind":"drift"' "a new layout of a known bank is drift"
learn --yes --replace --kind return --set amount=55.00 --set currency=EUR --set 'payer=Quay Ltd' "$tmp/new.eml"
is $? 0 "and is learned"
like "$(read_one "$tmp/new.eml")" '"kind":"return","bank":"shore".*"amount":"55.00".*"payer":"Quay Ltd"' "beside what was known"
like "$(read_one "$tmp/b3.eml")" '"kind":"credit","bank":"shore"' "which is read as before"

# ---- for programs --------------------------------------------------------------------
is "$("$mf" --json bank learn -n --yes --name y "$tmp/b1.eml" "$tmp/b2.eml" 2>/dev/null |
    python3 -c 'import json,sys; o=json.load(sys.stdin); print(o["name"], o["samples"][1]["values"]["amount"], o["problems"])')" \
    "y 77.10 []" "--json"

# ---- at a terminal -------------------------------------------------------------------
# A value that is not there, the right one, all right, and the next mail is left out.
/usr/bin/python3 tests/terminal.py 'payer\nNobody\npayer\nMareike Thoms\n\ns\n' \
    "$mf" bank learn --name de-typed $de "$tmp/de2.eml" >"$tmp/out" 2>&1
is $? 0 "answers at a terminal"
like "$(cat "$tmp/out")" '"Nobody" does not stand in the mail' "a correction has to stand in the mail"
like "$(read_one "$de")" '"bank":"de-[a-z]*".*"payer":"Mareike Thoms"' "what was confirmed is read"
[ -e "$banks/de-typed.bank" ]; ok $? "the file is written"
/usr/bin/python3 tests/terminal.py 'q\n' "$mf" bank learn --name de-never $de >/dev/null 2>&1
is "$? $(ls "$banks" | grep -c never)" "65 0" "q writes nothing"

# ---- the story: a bank nobody knows, learned, settles ----------------------------------
. "$root/tests/fixture.sh"
home=$tmp/clerk
make_home "$home"
notice() { # SYMBOL AMOUNT N PAYER: an authenticated mail of a new bank
	bank_mail "$1" "$2" "$3" | sed -e 's/fio\.cz/vltava.example/g' -e 's/Fio banka/Banka Vltava/' |
	    awk '/^$/ { exit } { print }'
	printf '\nNa Váš účet 2900123451/2010 byla připsána platba.\n\nČástka: %s Kč\nPlátce: %s\nVariabilní symbol: %s\n' \
	    "${2%.*},${2#*.}" "$4" "$1"
}
clerk() { "$mf" --home "$home" "$@"; }
open_sum() { clerk --json invoice list | grep -c '"state":"paid"'; }
notice 2026002 100.00 1 'Talleres Ruiz SL' >"$tmp/v1.eml"
notice 2026003 10.00 2 'Ilina' >"$tmp/v2.eml"
notice 2026001 499.00 3 'Veselá Pekárna s.r.o.' >"$tmp/v3.eml"
clerk deliver <"$tmp/v1.eml"; is "$? $(open_sum)" "0 0" "an unknown bank settles nothing"
like "$(clerk status)" '[Ww]ait|question|ask' "the owner is asked"
clerk bank learn -q --yes "$tmp/v1.eml" "$tmp/v2.eml" >"$tmp/out" 2>&1; is $? 0 "its file is learned"
sed -i 's/bank = "cz-fio"/bank = "vltava"/' "$home/mailfilter.conf"
like "$(clerk bank test "$tmp/v3.eml")" 'class A' "the next mail is worth class A"
clerk deliver <"$tmp/v3.eml"; is "$? $(open_sum)" "0 1" "and settles its invoice"
finish
