#!/bin/sh
# Statements in mail of the wrong bank, and mail of everybody's that wants to
# fill the owner's screen: nothing settles, and few questions are asked.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
. "$root/tests/flow/statement.sh"
SETTLES=statement
story_begins
at 2026-11-13T10:00:00Z

# --- genuine mail of another bank of ours -------------------------------------
cat >>"$home/mailfilter.conf" <<-C
	account "shop" {
	        bank = "paypal"
	        currency = "CZK"
	        settles = "notice"
	}
	C
statement 1000.00 499.00 2026001 12 >"$tmp/12.xml"
attached "$tmp/12.xml" s.xml application/xml "s/fio\.cz/paypal.com/g
	s/automat@/service@/; s/Fio banka - .*/Notice/; s/Fio banka//" >"$tmp/other.eml"
is "$("$mf" parse --json "$tmp/other.eml" | jq -r '.bank + " " + .trust' | sort -u)" \
    "paypal verified" "mail of the shop's provider is genuine"
"$mf" deliver <"$tmp/other.eml"; ok $? "with a statement of the bank's account"
is "$(state 2026-001) $(payments)" "open 0" "it settles nothing"
like "$("$mf" status | tr -s ' \n' ' ')" 'from paypal, but account main is at cz-fio' "the owner is told why"
exits 0 "the owner's own hand" "$mf" import "$tmp/12.xml"
is "$(state 2026-001)" paid "makes it count"

# --- questions of mail that is not verified ------------------------------------
# forged N: a stranger's notice of a sum of its own for one of two invoices
forged() {
	cat <<-M
	Received: from mail.friend.example (mail.friend.example [192.0.2.9])
	 by mx.clerk.example (Postfix) with ESMTPS id 5Ab$1
	 for <bank@clerk.example>; Fri, 13 Nov 2026 09:00:05 +0000 (UTC)
	From: Some Bank <alerts@bank$1.example>
	To: bank@clerk.example
	Subject: You received a payment
	Date: Fri, 13 Nov 2026 09:00:00 +0000
	Message-ID: <forged-$1@bank$1.example>
	MIME-Version: 1.0
	Content-Type: text/plain; charset=utf-8

	You have received a payment.

	Amount: CZK $1.00
	From: Firm $1 Ltd
	Reference: 2026-00$(($1 % 2 + 2))
	Account: 2900123451/2010
	M
}
for i in $(seq 1 14); do forged "$i" | "$mf" deliver || echo "# $i: $?"; done
[ "$(payments)" -gt 13 ]; ok $? "many a mail tells of money"
questions() { sqlite3 "$home/store.db" 'SELECT code, count(*) FROM question WHERE answered = 0 GROUP BY code' | tr '\n' ' '; }
is "$(questions)" "possible-payment|10 statement-break|1 unverified-mail|1 " \
    "few of them ask"
is "$("$mf" --json invoice list | jq -r 'select(.open != .amount) | .number')" 2026-001 "and none settles"
exits 0 "the store is in order" "$mf" check

# --- a bank whose file is gone ---------------------------------------------------
sed -i 's/bank = "cz-fio"/bank = "cz-gone"/' "$home/mailfilter.conf"
notice 2026002 100.00 >"$tmp/late.eml"
exits 75 "mail of a bank without a file waits" "$mf" deliver <"$tmp/late.eml"
like "$(cat "$tmp/out" "$tmp/err")" "4.3.0 .*a bank of the configuration has no file" "  and says so"
sed -i 's/cz-gone/cz-fio/' "$home/mailfilter.conf"
exits 0 "  until it is there again" "$mf" deliver <"$tmp/late.eml"
is "$("$mf" --json payment list | jq -r 'select(.amount == "100.00") | .trust')" A "  and nothing is lost"
finish
