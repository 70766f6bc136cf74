#!/bin/sh
# Where letters have tags, only mail to the letter's own address, or with its
# mark, counts as come back; nobody else can make them.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
. "$root/tests/flow/replies.sh"
story_begins
sed -i 's/^send {/send {\n\ttag-delimiter = "+"/' "$home/mailfilter.conf"
# back TO MARK STATUS: a delivery report of today about Marta's reminder
back() {
	number=$((number + 1))
	cat <<-M | "$mf" deliver
	Return-Path: <>
	From: Mail Delivery System <MAILER-DAEMON@there.example>
	To: $1
	Subject: Undelivered Mail Returned to Sender
	Date: $(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')
	Message-ID: <report-$number@there.example>
	MIME-Version: 1.0
	Content-Type: multipart/report; report-type=delivery-status; boundary="b"

	--b
	Content-Type: message/delivery-status

	Reporting-MTA: dns; there.example

	Final-Recipient: rfc822; marta@ruiz.example
	Action: failed
	Status: $3

	--b
	Content-Type: message/rfc822

	Message-ID: $marta
	X-Other: x
	${2:+X-Mailfilter-Letter: $2}
	From: eva@clerk.example
	Subject: ours

	--b--
	M
}
at 2026-11-24T10:00:00Z; alive; round
marta=$(id_of reminder 2026-002)
letter=$(ls "$home"/outbox/reminder.2026-002*.eml)
mark=$(sed -n 's/^X-Mailfilter-Letter: \([^\r]*\).*/\1/p' "$letter")
other=$(sed -n 's/^X-Mailfilter-Letter: \([^\r]*\).*/\1/p' "$home"/outbox/reminder.2026-001*.eml)
now() { letters reminder | grep 2026-002; }
back eva@clerk.example "" 5.1.1
is "$(now)" "reminder sent 2026-002" "without a tag it is anybody's word"
back eva@clerk.example m2-0123456789abcdef0123 5.1.1
is "$(now)" "reminder sent 2026-002" "so with a forged mark"
back eva@clerk.example "$other" 5.1.1
is "$(now)" "reminder sent 2026-002" "or with another letter's"
back eva+b2-0123456789abcdef0123@clerk.example "$mark" 5.1.1
is "$(now)" "reminder sent 2026-002" "one forged tag is one too many"
back eva@clerk.example "$mark" 4.2.2
is "$(now)" "reminder sent 2026-002" "what is not for good is no end"
back eva@clerk.example "$mark" 5.1.1
is "$(now)" "reminder failed 2026-002" "with its mark it came back"
finish
