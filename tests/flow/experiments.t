#!/bin/sh
# Two policies are compared: customers stay in one, even among those who pay
# alike, nobody is in two experiments, and every invoice counts whatever was
# sent for it; the report says when to stop.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
at 2026-09-01T09:00:00Z
"$mf" -q init --authserv-id mx.clerk.example --mailbox bank@clerk.example
cp "$root/tests/fixture.conf" "$home/mailfilter.conf"; chmod 600 "$home/mailfilter.conf"
cat >>"$home/mailfilter.conf" <<'C'
policy "late" { steps = { "after 10 days", "after 20 days" } }
policy "soon" { steps = { "before 2 days", "after 2 days", "after 9 days" } }
experiment "timing" {
	policies = { "late", "soon" } from = "2026-09-10" until = "2026-10-20"
	customers = 20 follow-days = 30
}
experiment "other" {
	policies = { "late", "firm" } from = "2026-09-10" until = "2026-10-20"
}
C
python3 - "$tmp" <<'P'
import sys
c = open(sys.argv[1] + '/customers.csv', 'w')
v = open(sys.argv[1] + '/invoices.csv', 'w')
c.write('id,name,email,language,country,currency,policy\n')
v.write('id,number,customer,date,due,currency,amount\n')
for i in range(60):
    own = 'gentle' if i >= 50 else ''
    c.write(f'K{i},Customer {i} s.r.o.,k{i}@customer.example,en,CZ,CZK,{own}\n')
    v.write(f'J{i},2026-{i + 100},K{i},2026-08-20,2026-09-{15 + i % 5},CZK,{1000 + i}.00\n')
P
"$mf" -q import "$tmp/customers.csv" "$tmp/invoices.csv"; "$mf" -q send >/dev/null
arms() { sqlite3 "$home/store.db" "SELECT $1 FROM experiment_customer ${2:-}"; }
at 2026-09-14T10:00:00Z; alive
before=$("$mf" --json remind -n | grep -c '"enrol"\|experiment')
is "$(arms 'count(*)')" 0 "a dry run lets nobody take part"
round
is "$(arms 'count(*)')" 50 "customers without a policy of their own take part"
is "$(arms 'count(DISTINCT customer)')" 50 "each in one experiment only"
is "$(arms 'count(*)' "WHERE arm = 'soon'")" 25 "the arms are even"
was=$(arms 'customer, arm' 'ORDER BY customer')
soon=$(arms "'K' || (SELECT substr(key, 2) FROM customer c WHERE c.id = customer)" "WHERE arm = 'soon' LIMIT 1")
like "$("$mf" explain "$(sqlite3 "$home/store.db" "SELECT number FROM invoice WHERE key = 'J${soon#K}'")")" 'soon' "the story of an invoice tells of it"
at 2026-09-22T10:00:00Z; alive; round
is "$(arms 'customer, arm' 'ORDER BY customer')" "$was" "and they stay where they are"
early=$(sqlite3 "$home/store.db" "SELECT count(*) FROM letter l JOIN experiment_customer e
    ON e.customer = l.customer WHERE l.kind = 1 AND e.arm = 'late'")
some=$(sqlite3 "$home/store.db" "SELECT count(*) FROM letter l JOIN experiment_customer e
    ON e.customer = l.customer WHERE l.kind = 1 AND e.arm = 'soon'")
is "$early" 0 "the late policy has sent nothing yet"
ok "$([ "$some" -ge 20 ]; echo $?)" "the early one has"
# Those who were reminded pay on 25 September, the others on 10 October.
pay_arm() {
	sqlite3 -csv "$home/store.db" "SELECT 'P' || i.id, 'statement', '$2', printf('%d.00', i.amount / 100),
	    'CZK', c.name, '2900123451/2010', i.number FROM invoice i JOIN customer c ON c.id = i.customer
	    JOIN experiment_customer e ON e.customer = c.id WHERE e.arm = '$1'" >"$tmp/rows"
	{ echo id,channel,date,amount,currency,payer,account,remittance; cat "$tmp/rows"; } >"$tmp/pay.csv"
	"$mf" -q reconcile "$tmp/pay.csv" >/dev/null
}
at 2026-09-26T10:00:00Z; pay_arm soon 2026-09-25
report=$("$mf" --json report experiments)
verdict() { printf '%s\n' "$1" | jq -r "select(.experiment == \"timing\" and .arm == \"$2\") | .verdict"; }
is "$(printf '%s\n' "$report" | jq -r 'select(.experiment == "timing") | "\(.arm) \(.customers) \(.invoices)"')" \
    "late 25 25
soon 25 25" "every invoice counts"
at 2026-10-11T10:00:00Z; pay_arm late 2026-10-10
report=$("$mf" --json report experiments)
is "$(verdict "$report" late)" "compared with" "the first arm is what the other is compared with"
is "$(verdict "$report" soon)" "stop: paid sooner" "so clear a difference stops it before its end"
at 2026-11-25T10:00:00Z
report=$("$mf" --json report experiments)
is "$(verdict "$report" soon)" "paid sooner" "and decides when all were followed"
like "$(printf '%s\n' "$report" | jq -r 'select(.arm == "soon") | .difference')" '^-1[0-9]\.' "days sooner"
like "$("$mf" report experiments)" 'Difference' "a table for a person"
exits 65 "an unknown policy in an experiment" sh -c "printf 'experiment \"x\" { policies = { \"late\", \"nil\" } from = \"2026-01-01\" until = \"2026-02-01\" }\n' >>'$home/mailfilter.conf'; '$mf' check"
finish
