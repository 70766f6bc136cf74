#!/bin/sh
# Policies: missed runs and holidays, overrides, hours in another zone, steps
# in order, what the plan says, the owner's copy on the envelope.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
export MAILFILTER_HOME
story_begins

# add ID COUNTRY ZONE POLICY: a customer; bill NUMBER CUSTOMER DUE [POLICY] [AMOUNT]
add() {
	printf 'id,name,email,language,country,timezone,policy\n%s,%s Ltd,%s@x.example,en,%s,%s,%s\n' \
	    "$1" "$1" "$1" "$2" "$3" "$4" >"$tmp/c.csv"
	"$mf" -q import "$tmp/c.csv"
}
bill() {
	printf 'id,number,customer,date,due,currency,amount,policy\n%s,%s,%s,2026-03-01,%s,%s,%s,%s\n' \
	    "$1" "$1" "$2" "$3" "${6:-CZK}" "${5:-900.00}" "${4:-}" >"$tmp/i.csv"
	"$mf" -q import "$tmp/i.csv" && "$mf" -q send >/dev/null
}
# plan NUMBER: "tone step" of the letter about it, else "held GATE DAY", else -
plan() {
	"$mf" --json remind -n | jq -r --arg n "$1" '
	    if .action == "letter" then
	        . as $l | .invoices[]? | select(.number == $n) | "\($l.tone) \(.step)"
	    elif .action == "held" and .number == $n then "held \(.gate) \((.until // "")[:10])"
	    elif .action == "ask" and .number == $n then "call"
	    else empty end' | head -n 1 | grep . || echo -
}
next() {
	"$mf" --json remind -n | jq -r --arg n "$1" \
	    'select(.action == "next" and .number == $n) | "\(.day) \(.step) \(.tone // "call")"'
}

# Christmas in Czechia (24 to 26 December) and a weekend after it.
add xmas CZ Europe/Prague standard; add germany DE Europe/Berlin standard
bill X-1 xmas 2026-12-18; bill X-2 germany 2026-12-18
at 2026-12-23T10:00:00Z; alive
is "$(plan X-1)" "understanding 2" "the day before Christmas it goes"
at 2026-12-24T10:00:00Z; alive
is "$(plan X-1)" "held window 2026-12-28" "not on 24 December, a holiday there, nor on the weekend"
at 2026-12-28T10:00:00Z; alive
is "$(plan X-1)" "understanding 2" "but on the Monday"

# The owner's own closed days.
cp "$home/mailfilter.conf" "$tmp/conf"
echo 'reminders { closed = { "12-24..01-01" } }' >>"$home/mailfilter.conf"
is "$(plan X-1)" "held window 2027-01-04" "closed between the years: the Monday after"
cp "$tmp/conf" "$home/mailfilter.conf"

# Orthodox Easter 2027: Friday 30 April and Monday 3 May in Greece.
add greece GR Europe/Athens standard; bill G-1 greece 2027-04-22
at 2027-04-30T10:00:00Z; alive
is "$(plan G-1)" "held window 2027-05-04" "nothing on Orthodox Good Friday and Easter Monday"
at 2027-05-04T10:00:00Z; alive
is "$(plan G-1)" "understanding 2" "on the Tuesday it goes"

# Hours of another zone: 08:00 in Auckland is 20:00 the day before here.
add kiwi NZ Pacific/Auckland standard; bill K-1 kiwi 2027-06-01
at 2027-06-08T10:00:00Z; alive
is "$(plan K-1)" "held window 2027-06-08" "ten in Prague is night in Auckland"
at 2027-06-08T20:30:00Z
is "$(plan K-1)" "understanding 2" "half past eight there"

# Overrides: an invoice's policy before its customer's; none is none at all.
add quiet CZ Europe/Prague none; bill N-1 quiet 2027-07-08; bill N-2 quiet 2027-07-08 firm
bill N-3 xmas 2027-07-08 none
at 2027-07-20T10:00:00Z; alive
is "$(plan N-1)" "-" "policy none: no reminder"
is "$(plan N-2)" "understanding 1" "but of the invoice that has one of its own"
is "$(plan N-3)" "-" "an invoice of policy none"
"$mf" -q customer edit quiet --policy gentle
is "$(plan N-1)" "understanding 2" "customer edit --policy: with the other in one letter, in its tone"
exits 65 "a policy that there is not" "$mf" customer edit quiet --policy rude
exits 0 "invoice edit --policy" "$mf" invoice edit --policy none N-2
is "$(plan N-2)" "-" "no reminder of it any more"
like "$("$mf" explain N-2)" 'reminded of by the policy "none"' "explain tells who said so"
"$mf" -q invoice edit --policy - N-2
is "$(plan N-2)" "friendly 2" "its customer's policy again"
exits 64 "a policy that there is not" "$mf" invoice edit --policy rude N-2
exits 66 "an invoice that there is not" "$mf" invoice edit --policy none X-99

# Three missed runs, one letter; the two before the call are not left out.
add late CZ Europe/Prague standard; bill L-1 late 2027-09-01
at 2027-11-09T10:00:00Z; alive
is "$(plan L-1)" "understanding 2" "after ten weeks without a run: the first reminder"
is "$(next L-1)" "2027-11-22 3 firm" "the next one after its new term and the bank's lag"
like "$("$mf" remind -n)" '^2027-11-22 +L-1 +step 3, firm reminder' "and says so"
like "$("$mf" explain L-1)" '^  2027-11-09 +step 2, understanding reminder' "explain tells what is ahead"
like "$("$mf" explain L-1)" '^  2027-1[12]-[0-9]+ +step 4, a call' "to the end"
round
is "$("$mf" --json letter list | jq -r 'select(.to == "late@x.example" and .kind == "reminder") | .tone' | tr '\n' ' ')" \
    "understanding " "one letter"
at 2027-11-19T10:00:00Z; alive
like "$(plan L-1)" "held bank-lag" "not before the new term and the lag are over"
at 2027-11-22T10:00:00Z; alive
is "$(plan L-1)" "firm 3" "the day that was told"
round
at 2027-12-10T10:00:00Z; alive
is "$(plan L-1)" "call" "then a call"

# The least amount, in the invoice's own currency.
add small DE Europe/Berlin standard; bill S-1 small 2028-01-05 "" 4.00 EUR
bill S-2 small 2028-01-05 "" 4.00 CZK
at 2028-01-12T10:00:00Z; alive
is "$(plan S-2)" "held minimum " "4 crowns are below the minimum of 5"
is "$(plan S-1)" "understanding 2" "4 euro are not"

# check tells what can never be.
sed 's/^/	/' >>"$home/mailfilter.conf" <<C
policy "hasty" { gap = 10 steps = { "after 1 day", "after 3 days", "after 5 days" } }
C
add lost CZ Europe/Prague hasty; add island KY Europe/London standard; bill H-1 lost 2028-01-06
like "$("$mf" check 2>&1 | tr -s ' \n' '  ')" 'policy hasty: "after 1 day" never comes' \
    "a step that the gap leaves out"
unlike "$("$mf" check 2>&1)" 'policy (gentle|standard|firm|agency|b2c-eu): ' "no step of ours is left out"
like "$("$mf" check 2>&1 | tr -s ' \n' '  ')" 'holidays of KY are not known \(1 customers, such as island' \
    "a country without holidays"
sed -i '/"hasty"/d' "$home/mailfilter.conf"
like "$("$mf" check 2>&1 | tr -s ' \n' '  ')" 'there is no policy "hasty", which 1 customers' \
    "a customer of a policy that is gone"

# A policy under which work waits says so, in every language; so does the last letter.
cat >>"$home/mailfilter.conf" <<C
policy "waits" { work-stops = yes gap = 2 steps = { "after 3 days", "after 7 days tone firm", "after 14 days tone firm final" } }
C
add builder CZ Europe/Prague waits; bill W-1 builder 2028-01-04
text() {		# of the last letter about W-1
	python3 - "$(grep -l 'W-1' "$home"/outbox/*.eml | xargs ls -t | head -n 1)" <<-'PY' | tr -s ' \n' '  '
	import email, email.policy, sys
	m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
	print(m.get_body(('plain',)).get_content())
	PY
}
at 2028-01-14T10:00:00Z; alive; round
like "$(text)" 'our work waits until the payment' "work waits for the money"
unlike "$(text)" 'our last reminder' "the first is not the last"
for day in 18 24; do at 2028-01-${day}T10:00:00Z; alive; round; done
like "$(text)" 'our last reminder' "the last one says that it is"

# The owner's copy goes on the envelope and into no header.
cat >>"$home/mailfilter.conf" <<C
policy "copied" { steps = { "after 3 days copy owner" } }
C
sed -i "s,transport = dir,transport = sendmail\n\tsendmail = \"$tmp/sendmail\"," "$home/mailfilter.conf"
printf '#!/bin/sh\necho "$@" >>"%s/argv"; cat >"%s/mail"\n' "$tmp" "$tmp" >"$tmp/sendmail"
chmod +x "$tmp/sendmail"
add copy CZ Europe/Prague copied; bill C-1 copy 2028-02-01
at 2028-02-08T10:00:00Z; alive; : >"$tmp/argv"
round
like "$(grep copy@x.example "$tmp/argv")" 'eva@clerk.example' "the envelope names the owner"
like "$(grep copy@x.example "$tmp/argv")" '.*copy@x.example.*eva@clerk.example' "after the customer"
unlike "$(sed -n '1,/^$/p' "$tmp/mail")" '^(To|Cc|Bcc):.*eva@' "no header does"
finish
