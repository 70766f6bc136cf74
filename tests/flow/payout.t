#!/bin/sh
# A payment provider: its mails settle the invoices with the gross amounts, and
# the payout that arrives at the bank is no customer's payment, whichever of
# the two reports comes first.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
. "$root/tests/flow/statement.sh"

# stripe SUBJECT: an authenticated mail of the provider, its text on stdin
stripe() {
	number=$((number + 1))
	cat <<-M
	Received: from out.stripe.com (out.stripe.com [192.0.2.8])
	 by mx.clerk.example (Postfix) with ESMTPS id 4St$number
	 for <bank@clerk.example>; $(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')
	Authentication-Results: mx.clerk.example;
	 dkim=pass header.d=stripe.com header.s=s1 header.b=st$number
	DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=stripe.com; s=s1;
	 h=from:to:subject:date:message-id:mime-version:content-type:content-transfer-encoding;
	 bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=st$number
	From: Stripe <notifications@stripe.com>
	To: bank@clerk.example
	Subject: $1
	Date: $(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')
	Message-ID: <st-$number@stripe.com>
	MIME-Version: 1.0
	Content-Type: text/plain; charset=utf-8
	Content-Transfer-Encoding: 8bit

	$(cat)
	M
}
payout() {
	stripe 'Your payout is on the way' <<-M
	Payout amount: CZK 586.00
	Payout ID: po_1QxZ7vLmR9c
	Payments: CZK 599.00
	Fees: CZK 13.00

	Payment CZK 499.00, fee CZK 10.00, pi_3QxW8kLmR2a, Veselá Pekárna s.r.o., Invoice 2026001
	Payment CZK 100.00, fee CZK 3.00, pi_3QxW9bLmR2f, Talleres Ruiz SL, 2026002
	M
}
alone() {
	stripe 'Payment of CZK 499.00' <<-M
	You received a payment of CZK 499.00 from Veselá Pekárna s.r.o.

	Description: Invoice 2026001
	Payment ID: pi_3QxW8kLmR2a
	Fee: CZK 10.00
	M
}
# The bank's own notice of the payout: no payer, but the provider's name.
credit() { notice 0 586.00 's,^VS:.*,VS:,; s,^Protiúčet:.*,Protiúčet:,; s,^Zpráva příjemci:,& STRIPE PAYOUT ,'; }
aside() { "$mf" --json payment list | jq -r 'select(.set_aside != null and .set_aside != false and .set_aside != 0) | .amount'; }

story_begins
cat >>"$home/mailfilter.conf" <<C
account "card" {
	bank = "stripe"
	currency = "CZK"
}
C
exits 0 "an account at a provider needs no number" "$mf" check
sed 's/"stripe"/"mx-banorte"/' "$home/mailfilter.conf" >"$tmp/wrong.conf"
chmod 600 "$tmp/wrong.conf"
like "$("$mf" --config "$tmp/wrong.conf" check 2>&1)" 'no iban, and mx-banorte is no payment provider' "one at a bank does"
statement 1000.00 586.00 0 16 |
    sed 's,Vesela Pekarna,STRIPE PAYMENTS EUROPE LTD,; s,1000000005/0800,3000000001/2010,; s,<Ustrd>VS0,<Ustrd>STRIPE PAYOUT,' >"$tmp/s.xml"
at 2026-11-12T10:00:00Z; alone >"$tmp/alone"
at 2026-11-16T10:00:00Z; payout >"$tmp/payout"; credit >"$tmp/credit"
cp -a "$home" "$tmp/other"; cp -a "$home" "$tmp/third"; cp -a "$home" "$tmp/fourth"

"$mf" deliver <"$tmp/alone"; ok $? "the provider tells of a payment"
is "$(state 2026-001)" paid "the gross amount closes the invoice"
"$mf" deliver <"$tmp/payout"; ok $? "then of a payout with two"
is "$(state 2026-002)" paid "the second invoice is closed too"
is "$(payments)" 2 "the first is not counted twice"
"$mf" deliver <"$tmp/credit"; ok $? "the bank has the payout"
is "$(aside)" 586.00 "it is set aside at once"
"$mf" -q import "$tmp/s.xml"; ok $? "the bank's statement says the same"
is "$(payments)" 3 "two payments and one transfer"
is "$(balance 2026-003)" 250.00 "and no other invoice got any of it"
is "$(held 2026-003)" "" "nor is its reminder held"
like "$(sqlite3 "$home/store.db" 'SELECT code FROM journal')" 'transfer:payout' "the journal says why"
is "$("$mf" --json export payouts | jq -r '[.batch, .amount, (.payment != null)] | join(" ")')" "po_1QxZ7vLmR9c 586.00 true" "the payout is exported with the bank's report of it"

at 2026-11-18T10:00:00Z
stripe 'A payment is disputed' >"$tmp/dispute" <<-M
	Disputed amount: CZK 499.00
	Customer: Veselá Pekárna s.r.o.
	Payment ID: pi_3QxW8kLmR2a
M
sed 's/^Authentication-Results:.*/X-Nothing: x/' "$tmp/dispute" | "$mf" deliver
is "$(state 2026-001)" paid "a forged dispute opens nothing"
"$mf" deliver <"$tmp/dispute"
is "$(state 2026-001)" open "a disputed payment is a return: its invoice is open again"
at 2026-11-16T10:00:00Z

MAILFILTER_HOME=$tmp/other home=$tmp/other
"$mf" deliver <"$tmp/credit"; ok $? "the bank first"
is "$(aside)" "" "it waits"
like "$(sqlite3 "$home/store.db" 'SELECT code FROM journal')" 'transfer:expected' "as a payout that nobody told of"
is "$("$mf" --json reconcile | jq -r '.reasons[]?')" transfer:expected "and is matched to nothing"
at 2026-11-23T09:00:00Z
unlike "$("$mf" --json remind -n | jq -r .gate)" possible-payment "it holds no customer's reminder"
at 2026-11-16T10:00:00Z
"$mf" -q import "$tmp/s.xml"
"$mf" deliver <"$tmp/payout"; ok $? "then the payout"
is "$(aside)" 586.00 "which clears it"
"$mf" deliver <"$tmp/alone"
is "$(payments)" 3 "in this order too: two payments and one transfer"
is "$(state 2026-001) $(state 2026-002)" "paid paid" "and both invoices are paid"
is "$("$mf" check >/dev/null 2>&1; echo $?)" 0 "the books are in order"

MAILFILTER_HOME=$tmp/fourth home=$tmp/fourth
sed 's/^Authentication-Results:.*/X-Nothing: x/' "$tmp/payout" | "$mf" deliver
"$mf" deliver <"$tmp/credit"
is "$(aside)" "" "a forged payout clears nothing"
notice 2026003 586.00 | "$mf" deliver
"$mf" deliver <"$tmp/payout"
is "$(aside)" 586.00 "the payout takes the credit that names the provider"
like "$("$mf" status)" "586.00 CZK from 1000000005/0800 may be for 2026-003" \
    "a customer's payment of the same sum is the customer's"

MAILFILTER_HOME=$tmp/third home=$tmp/third
sed 's/, Veselá/, Eve/; s/^Payment CZK 100.00, fee CZK 3.00/Payment CZK 9000.00, fee CZK 3.00/' "$tmp/payout" | "$mf" deliver
is "$(state 2026-001)" open "rows that do not add up settle nothing"
finish
