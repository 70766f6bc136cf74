#!/bin/sh
# Who deserves instalments: a step of the policy offers them to who has paid
# well, not to a stranger; explain tells why; and a payer who leaves the habit
# makes one call task, once.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"

story_begins
cat >"$tmp/history.csv" <<-C
invoice,customer,invoiced,paid,amount,currency
H1,C1,2026-01-01,2026-02-02,10.00,CZK
H2,C1,2026-02-01,2026-03-05,10.00,CZK
H3,C1,2026-03-01,2026-04-01,10.00,CZK
H4,C1,2026-04-01,2026-05-03,10.00,CZK
H5,C1,2026-05-01,2026-06-02,10.00,CZK
H6,C1,2026-06-01,2026-07-03,10.00,CZK
C
"$mf" -q customer edit C1 --terms 30 >/dev/null 2>&1
"$mf" -q import "$tmp/history.csv"
cat >>"$home/mailfilter.conf" <<-C
policy "offering" {
	gap = 5
	steps = {"after 5 days tone understanding offer instalments if deserving",
		"after 30 days tone understanding", "after 60 days tone firm"}
}
C
"$mf" -q customer edit C1 --policy offering >/dev/null
"$mf" -q customer edit C2 --policy offering >/dev/null
like "$("$mf" explain C1)" 'deserves them: paid 3 invoices: yes \(6 paid\)' "explain tells who deserves it"
like "$("$mf" explain C2)" 'does not deserve them: paid 3 invoices: no \(0 paid\)' "and who does not"
for day in 24 25 26; do at "2026-11-${day}T09:00:00Z"; alive; round; done
is "$("$mf" --json instalments list --all | jq -r '"\(.customer) \(.state) \(.origin)"')" "C1 offered policy" \
    "the step offers a plan to the good payer only"
is "$(letters reminder | grep -c ' sent ')" 2 "both have the reminder"
at 2026-12-10T09:00:00Z; alive; round
is "$("$mf" status | grep -c 'Call Vesel')" 1 "who leaves the habit is to be called"
at 2026-12-11T09:00:00Z; alive; round
is "$("$mf" status | grep -c 'Call Vesel')" 1 "once"
like "$("$mf" report payers --format csv)" '^Veselá Pekárna s.r.o.,A,6,' "the report of payers"
finish
