#!/bin/sh
# A mail that anybody could have written is a question, not money: one hold,
# one question, and both go when the bank itself tells of the same money.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
. "$root/tests/flow/statement.sh"
unknown() {	# unknown BANK AMOUNT PAYER TEXT: a bank without a template
	number=$((number + 1))
	cat <<-M
	Received: from mx.$1 (mx.$1 [192.0.2.77])
	 by mx.clerk.example (Postfix) with ESMTPS id 4Un$number
	 for <bank@clerk.example>; $(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')
	From: Alerts <alerts@$1>
	To: bank@clerk.example
	Subject: You have received a payment
	Date: $(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')
	Message-ID: <un-$number@$1>
	MIME-Version: 1.0
	Content-Type: text/plain; charset=utf-8

	Dear customer,

	a payment has been credited to your account.

	Amount: CZK $2
	From: $3
	Reference: $4
	M
}
questions() { sqlite3 "$home/store.db" "SELECT count(*) FROM question WHERE answered = 0"; }
holds() { "$mf" --json hold list 2>/dev/null | jq -s 'map(select(.kind == "possible-payment")) | length'; }
story_begins
at 2026-11-24T08:00:00Z; alive
cp -a "$home" "$tmp/clean"
unknown firstbank.example 499.00 'Vesela Pekarna' 2026001 | "$mf" deliver; ok $? "a mail of a bank that is not known"
is "$(state 2026-001) $(questions) $(holds)" "open 1 1" "one question, one hold, nothing settled"
unknown firstbank.example 499.00 'Vesela Pekarna' 2026001 | "$mf" deliver
is "$(state 2026-001) $(questions) $(holds)" "open 1 1" "one more of them: no more questions"
at 2026-11-25T10:00:00Z; bank 2026001 499.00
is "$(state 2026-001) $(questions) $(holds)" "paid 0 0" "the bank's own mail takes over: nothing is asked any more"
is "$("$mf" --json payment list | jq -r 'select(.amount == "499.00") | .trust')" A "and there is one payment"

MAILFILTER_HOME=$tmp/clean home=$tmp/clean
at 2026-11-24T09:00:00Z
unknown firstbank.example 100.00 'Talleres Ruiz' 2026002 | "$mf" deliver
is "$(held 2026-002)" possible-payment "it holds"
at 2026-11-26T08:00:00Z; alive
is "$(held 2026-002)" possible-payment "for two days"
at 2026-11-26T10:00:00Z
like "$(printf 'a\n' | "$mf" reconcile --ask)" 'Not done: .*unverified mail only' "the dialogue shows it, and books it for nobody"
unknown firstbank.example 100.00 'Talleres Ruiz' 2026002 | "$mf" deliver
is "$(held 2026-002)" "" "and no longer, however many come"
statement 1000.00 100.00 2026002 26 | sed 's,Vesela Pekarna,Talleres Ruiz,; s,1000000005/0800,4000000009/0800,' >"$tmp/s.xml"
"$mf" -q import "$tmp/s.xml"
is "$(state 2026-002) $(questions)" "paid 0" "the statement takes over"
unknown pekarna.example 250.00 'Vesela Pekarna' 2026003 | sed 's/^From:.*/From: Jana <jana@pekarna.example>/' | "$mf" deliver
is "$("$mf" --json payment list | jq -r 'select(.amount == "250.00") | .amount')" "" "a customer's own mail is no notice"
sed -i '/^account/,/^}/d' "$home/mailfilter.conf"
unknown firstbank.example 250.00 'Vesela Pekarna' 2026003 | "$mf" deliver
is "$? $(state 2026-003)" "0 open" "without any account: taken, nothing settles"
finish
