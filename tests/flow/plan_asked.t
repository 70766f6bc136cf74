#!/bin/sh
# A customer asks for instalments: the offer where the configuration lets us
# and the history deserves it, the owner's question else.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"

id_of() { "$mf" --json letter list | jq -r --arg k "$1" 'select(.kind==$k and (.to // "") == "jana@pekarna.example") | .message_id' | tail -n 1; }
writes() {
	number=$((number + 1))
	"$mf" deliver <<-M
	From: Jana Vesela <jana@pekarna.example>
	To: bank@clerk.example
	Subject: Re: invoice
	Date: $(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')
	Message-ID: <m$number@pekarna.example>
	In-Reply-To: <$(id_of "$1" | tr -d '<>')>
	MIME-Version: 1.0
	Content-Type: text/plain; charset=utf-8

	$2
	M
}
plans() { "$mf" --json instalments list --all | jq -r '"\(.customer) \(.state) \(.origin)"'; }

story_begins
cat >"$tmp/history.csv" <<-C
invoice,customer,invoiced,paid,amount,currency
H1,C1,2026-01-01,2026-02-02,10.00,CZK
H2,C1,2026-02-01,2026-03-05,10.00,CZK
H3,C1,2026-03-01,2026-04-01,10.00,CZK
C
"$mf" -q customer edit C1 --terms 30 >/dev/null 2>&1
"$mf" -q import "$tmp/history.csv"
at 2026-11-24T09:00:00Z; alive; round
writes reminder "Could we please pay this invoice in instalments?"
is "$(plans)" "" "by default the owner is asked"
like "$("$mf" status)" 'nstalments' "with a question"
sed -i 's/^	# asked = .*//' "$home/mailfilter.conf"
printf 'instalments {\n\tasked = "offer"\n}\n' >>"$home/mailfilter.conf"
at 2026-11-25T09:00:00Z
writes reminder "Hello, is it possible to pay the invoice in three instalments?"
is "$(plans)" "C1 offered reply" "then the offer is made"
"$mf" -q send >/dev/null
is "$(letters offer | grep -c ' sent ')" 1 "and sent"
at 2026-11-26T09:00:00Z
"$mf" -q instalments accept 1
is "$(plans)" "C1 active reply" "the owner accepts in the customer's name"
"$mf" -q send >/dev/null
is "$(letters agreement | grep -c ' sent ')" 1 "which is confirmed"
finish
