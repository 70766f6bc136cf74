#!/bin/sh
# A notice of a bank that no file knows: read by the words of its language, it
# holds one reminder for 48 hours and asks; the like from a customer does not.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"

# unknown FROM VS AMOUNT: a notice as some bank might write it
unknown() {
	number=$((number + 1))
	"$mf" deliver <<-M
	From: $1
	To: bank@clerk.example
	Subject: Příchozí platba
	Date: $(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')
	Message-ID: <unknown-$number@bank.example>
	MIME-Version: 1.0
	Content-Type: text/plain; charset=utf-8

	Na Váš účet byla připsána platba.
	Částka: $3 Kč
	Plátce: Talleres Ruiz SL
	Variabilní symbol: $2
	Disponibilní zůstatek: 91 204,10 Kč
	M
}
holds() { "$mf" --json hold list --all | jq -s '[.[] | select(.kind == "possible-payment")] | length'; }

story_begins
at 2026-11-23T10:00:00Z; alive
unknown marta@ruiz.example 2026002 100,00
ok $? "the customer's own notice is taken"
is "$(holds)" 0 "and holds nothing"
unknown notice@neznama-banka.example 2026002 100,00
ok $? "the unknown bank's notice is taken"
is "$(state 2026-002) $(balance 2026-002)" "open 100.00" "it settles nothing"
at 2026-11-24T10:00:00Z; alive; round
is "$(letters reminder | grep -c 'sent.*2026-002')" 0 "the reminder is held"
is "$(holds)" 1 "by one hold"
unknown notice@neznama-banka.example 2026002 100,00
at 2026-11-26T10:00:00Z; alive; round
is "$(letters reminder | grep -c 'sent.*2026-002')" 1 "for two days, whatever comes"
is "$(state 2026-002)" open "and nothing is settled"
finish
