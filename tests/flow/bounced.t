#!/bin/sh
# Mail that came back was not sent: with the right address the invoice goes out
# again, and the reminders begin where they began before.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
# comes_back MESSAGE-ID ADDRESS STATUS: a delivery report of today
comes_back() {
	number=$((number + 1))
	_date=$(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')
	cat <<-M | "$mf" deliver
	Return-Path: <>
	Received: from mail.there.example (mail.there.example [192.0.2.99])
	 by mx.clerk.example (Postfix) with ESMTPS id 8Aa$number
	 for <eva@clerk.example>; $_date
	From: Mail Delivery System <MAILER-DAEMON@there.example>
	To: eva@clerk.example
	Subject: Undelivered Mail Returned to Sender
	Date: $_date
	Message-ID: <report-$number@there.example>
	Auto-Submitted: auto-replied
	MIME-Version: 1.0
	Content-Type: multipart/report; report-type=delivery-status; boundary="b"

	--b
	Content-Type: text/plain

	It could not be delivered.
	--b
	Content-Type: message/delivery-status

	Reporting-MTA: dns; there.example

	Final-Recipient: rfc822; $2
	Action: failed
	Status: $3

	--b
	Content-Type: message/rfc822

	Message-ID: <$1>
	From: eva@clerk.example
	To: $2
	Subject: ours

	--b--
	M
}
id_of() {
	"$mf" --json letter list | jq -r --arg kind "$1" \
	    'select(.kind == $kind and (.invoices | map(.number // .) | index("'"$2"'"))) | .message_id' |
	    tail -n 1 | tr -d '<>'
}
tone() { "$mf" remind -n | grep -o '[a-z]* reminder to marta[^ ,]*'; }

exits 0 "a new invoice" "$mf" -q invoice new --customer C2 --line 'x;70.00' \
    --number N-1 --due 2026-12-31
round
is "$(letters invoice)" "invoice sent N-1" "it is mailed"
comes_back "$(id_of invoice N-1)" marta@ruiz.example 4.2.2
is "$(letters invoice)" "invoice sent N-1" "a mailbox that is full now is no end"
comes_back "$(id_of invoice N-1)" other@ruiz.example 5.1.1
is "$(letters invoice)" "invoice sent N-1" "nor is another address"
comes_back reminder.n-1.0123456789abcdef@clerk.example marta@ruiz.example 5.1.1
is "$(letters invoice)" "invoice sent N-1" "nor a letter that was never written"
{
	printf 'Return-Path: <>\nFrom: MAILER-DAEMON@x.example\nTo: eva@clerk.example\n'
	printf 'Subject: failure notice\nDate: Tue, 10 Nov 2026 09:00:00 +0000\n\n'
	printf 'It is a permanent error. 550 5.1.1\n\n--- Below this line is a copy of the message.\n\n'
	printf 'Received: from x by y\nMessage-ID: <%s>\nSubject: x\n\n' "$(id_of invoice N-1)"
} | "$mf" deliver
is "$(letters invoice)" "invoice sent N-1" "nor is one that names nobody"
comes_back "$(id_of invoice N-1)" marta@ruiz.example 5.1.1
is "$(letters invoice)" "invoice failed N-1" "an unknown address is"
asked() { sqlite3 "$home/store.db" "SELECT count(*) FROM question WHERE code = 'undelivered'"; }
is "$(asked)" 1 "the owner is asked for an address"
comes_back "$(id_of invoice N-1)" marta@ruiz.example 5.1.1
is "$(asked)" 1 "once, however much comes back"
round
is "$(letters invoice)" "invoice failed N-1" "nothing more goes there"
"$mf" -q customer edit C2 --email marta2@ruiz.example
round
is "$(letters invoice | tail -n 1)" "invoice sent N-1" \
    "to the right address it is mailed again"

at 2026-11-24T10:00:00Z; alive; round
is "$(letters reminder | grep 2026-002)" "reminder sent 2026-002" "a reminder"
comes_back "$(id_of reminder 2026-002)" marta2@ruiz.example 5.1.1
is "$(letters reminder | grep 2026-002)" "reminder failed 2026-002" "comes back"
at 2026-12-09T10:00:00Z; alive
is "$(tone)" "" "nothing goes there"
"$mf" -q customer edit C2 --email marta@ruiz.example
is "$(tone)" "understanding reminder to marta@ruiz.example" \
    "the first that arrives is not the firm one"
round
is "$(letters reminder | grep -c 'sent 2026-002')" 1 "and it is sent once"
exits 0 "the books are in order" "$mf" -q check
finish
