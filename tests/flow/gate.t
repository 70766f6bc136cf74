#!/bin/sh
# Another program's reminders pass the gate: dropped when the money is there,
# held when it may be theirs or they were promised time, released or dropped
# when that is known; everything else goes out.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
cat >"$tmp/back" <<-S
#!/bin/sh
file=\$(mktemp "$tmp/went/XXXXXX") && cat >"\$file" && printf '%s\n' "\$*" >"\$file.to"
S
chmod 755 "$tmp/back"; mkdir "$tmp/went"
printf 'gate {\n\treinject = "%s"\n}\n' "$tmp/back" >>"$home/mailfilter.conf"
went() { find "$tmp/went" -name '*.to' | wc -l; }
# reminder NUMBERS TO [SUBJECT]: as an invoicing program writes it
reminder() {
	serial=$((${serial:-0} + 1))
	cat <<-M
	From: Billing <billing@clerk.example>
	To: $2
	Subject: ${3:-Payment reminder: invoice $1}
	Date: $(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')
	Message-ID: <$serial.reminder@billing.example>
	Auto-Submitted: auto-generated

	Dear customer,

	our records show that invoice $1 is overdue.
	Please pay the amount due within 7 days.

	If you have already paid, please disregard this message.
	M
}
gate() { reminder "$@" >"$tmp/mail"; "$mf" gate -f billing@clerk.example -- "$2" <"$tmp/mail"; }
# passes NAME NUMBERS TO [SUBJECT]: it goes out as it came
passes() {
	_name=$1 _before=$(went); shift
	gate "$@"; ok $? "$_name: ends with 0"
	is "$(went)" $((_before + 1)) "$_name: it goes out"
	cmp -s "$(find "$tmp/went" -type f ! -name '*.to' -newer "$tmp/mail" -o -type f ! -name '*.to' | xargs ls -t | head -n 1)" "$tmp/mail"; ok $? "$_name: as it came"
}
stays() {
	_name=$1 _before=$(went); shift
	gate "$@"; ok $? "$_name: ends with 0"
	is "$(went)" $_before "$_name: it does not go out"
}
kept() { "$mf" --json gated list ${1:-} | jq -r '"\(.state) \(.code) \(.invoices | join(","))"'; }

at 2026-11-23T10:00:00Z
alive
passes "an open invoice" 2026-001 jana@pekarna.example
is "$(kept --all)" "" "nothing was kept"

# Money, and the reminder an hour later.
at 2026-11-24T09:00:00Z; bank 2026001 499.00
is "$(state 2026-001)" paid "the invoice is paid"
at 2026-11-24T10:00:00Z
stays "a paid invoice" 2026-001 jana@pekarna.example
is "$(kept --all)" "dropped paid 2026-001" "it was dropped"
cmp -s "$home"/gate/*.eml "$tmp/mail"; ok $? "and is kept, byte for byte"
like "$("$mf" explain 2026-001)" 'reminder of another program to jana@pekarna.example was dropped' "explain tells it"
like "$("$mf" status)" 'gated release 1' "the owner is told"
"$mf" gate -f billing@clerk.example -- jana@pekarna.example <"$tmp/mail"
is "$? $(went) $(kept --all | wc -l)" "0 1 1" "the same once more changes nothing"
passes "one for somebody else's address" 2026-001 jana@elsewhere.example
passes "another customer's number" 2026-001 marta@ruiz.example
passes "a number inside another" 12026-0019 jana@pekarna.example
is "$("$mf" gate -n -f billing@clerk.example -- jana@pekarna.example <"$tmp/mail" | head -c 4)" pass "-n says pass"
reminder 2026-001 jana@pekarna.example >"$tmp/dry"
before=$(went)
like "$("$mf" gate -n -f billing@clerk.example -- jana@pekarna.example <"$tmp/dry")" '^drop: reminder about 2026-001: 2026-001: nothing is open' "-n says drop, and why"
is "$(went) $(kept --all | wc -l)" "$before 1" "-n does nothing"
stays "with an address extension" 2026-001 jana+invoices@pekarna.example

# Two in one: one is paid, one is open: the owner decides.
stays "some of it paid" '2026-001 and invoice 2026-003' jana@pekarna.example
is "$(kept | tail -n 1)" "held mixed 2026-001,2026-003" "it is held"
"$mf" -q send; is "$(kept | tail -n 1)" "held mixed 2026-001,2026-003" "and stays so"
id=$("$mf" --json gated list | jq -r .gated)
before=$(went)
"$mf" -q gated release "$id"; ok $? "the owner lets it go"
is "$(went)" $((before + 1)) "it went out"
is "$(kept)" "" "nothing is held any more"
"$mf" -q gated release "$id" 2>/dev/null; is $? 65 "not twice"
unlike "$("$mf" status)" "gated release $id" "its question is answered"
stays "a number of the same kind that is not on file" '2026-001 and invoice 2026-099' jana@pekarna.example
is "$(kept | tail -n 1)" "held others 2026-001" "it is held"
"$mf" -q gated drop "$("$mf" --json gated list | jq -r .gated)"; ok $? "the owner drops it"

# A promise holds, and the reminder goes when it is over.
"$mf" -q hold add 2026-002 --until 2026-11-26 --kind promise --why 'pays on Thursday'
stays "a promise" 2026-002 marta@ruiz.example "Recordatorio de pago: factura 2026-002"
is "$(kept)" "held hold 2026-002" "it is held"
at 2026-11-26T12:00:00Z; "$mf" -q send; is "$(kept)" "held hold 2026-002" "as long as the promise"
at 2026-11-27T10:00:00Z; before=$(went)
"$mf" -q send; is "$(kept) $(went)" " $((before + 1))" "then it goes"
like "$("$mf" explain 2026-002)" 'that was held went out' "explain tells it"
"$mf" -q send; is "$(went)" $((before + 1)) "once"

# Possible money: held; it becomes theirs: dropped.
"$mf" -q hold add 2026-002 --until 2026-12-20 --kind dispute
stays "a dispute" 2026-002 marta@ruiz.example
at 2026-11-28T10:00:00Z; bank 2026002 100.00
is "$(state 2026-002)" paid "the money comes"
before=$(went); "$mf" -q send
is "$(kept) $(went)" " $before" "the held reminder is dropped"
is "$("$mf" --json gated list --all | jq -r 'select(.invoices[0]=="2026-002") | .state' | tail -n 1)" dropped "as paid"

# Held too long: not sent any more.
"$mf" -q hold add 2026-003 --until 2027-03-01 --kind dispute
stays "a long dispute" 2026-003 jana@pekarna.example
at 2026-12-13T10:00:00Z; before=$(went); "$mf" -q send
is "$(kept) $(went)" " $before" "two weeks later it is dropped, not sent"
"$mf" -q hold release "$("$mf" --json hold list | jq -r 'select(.invoice=="2026-003") | .hold')"
passes "no hold any more" 2026-003 jana@pekarna.example

# What is no reminder goes, paid or not.
for text in 'Thank you: payment received for invoice 2026-001' 'Your invoice 2026-001' 'Re: Payment reminder: invoice 2026-001' 'Offer 2026-001'; do
	before=$(went)
	reminder 2026-001 jana@pekarna.example "$text" | sed 's/^our records.*/this is about invoice 2026-001./; /^Please pay/d; /^If you/d' |
	    "$mf" gate -f billing@clerk.example -- jana@pekarna.example
	is "$(went)" $((before + 1)) "passes: $text"
done
"$mf" -q check >/dev/null; ok $? "the store is in order"
finish
