#!/bin/sh
# One table with rows from mail and from the statement: a transaction that both
# tell is one payment, also when it pays only a part.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/fixture.sh"
MAILFILTER_NOW=2026-11-24T09:00:00Z home=$tmp/home; export MAILFILTER_NOW
make_home "$home"
payments() { "$mf" --home "$home" --json payment list | jq -s length; }
cat >"$tmp/p.jsonl" <<'J'
{"id":"T1","channel":"notice","date":"2026-11-11","amount":"200.00","currency":"CZK","payer":"Vesela Pekarna","payer_account":"1000XXXX05/0800","remittance":"2026-001 part","bank_reference":"B1"}
{"id":"T2","channel":"statement","date":"2026-11-12","amount":"200.00","currency":"CZK","payer":"Vesela Pekarna s.r.o.","payer_account":"1000000005/0800","remittance":"2026-001 part","end_to_end_id":"NOTPROVIDED","bank_reference":"B1"}
J
exits 0 "both come in" "$mf" --home "$home" -q import "$tmp/p.jsonl"
is "$(payments)" 1 "one payment"
"$mf" --home "$home" -q reconcile >/dev/null
is "$("$mf" --home "$home" --json invoice show 2026-001 | jq -r .open)" 299.00 "booked once"
"$mf" --home "$home" -q import "$tmp/p.jsonl"
is "$(payments)" 1 "the table again changes nothing"
# What differs: the bank's own ids, or a text that only one of them tells.
cat >"$tmp/q.jsonl" <<'J'
{"id":"T3","channel":"notice","date":"2026-11-13","amount":"50.00","currency":"CZK","payer":"Vesela Pekarna","remittance":"2026-001","bank_reference":"B3"}
{"id":"T4","channel":"statement","date":"2026-11-13","amount":"50.00","currency":"CZK","payer":"Vesela Pekarna","remittance":"2026-001","bank_reference":"B4"}
{"id":"T5","channel":"notice","date":"2026-11-13","amount":"60.00","currency":"CZK","payer":"Vesela Pekarna","remittance":"2026-001"}
{"id":"T6","channel":"statement","date":"2026-11-14","amount":"60.00","currency":"CZK","payer":"Vesela Pekarna"}
{"id":"T7","channel":"notice","date":"2026-11-13","amount":"70.00","currency":"CZK","payer":"Vesela Pekarna","remittance":"2026-001"}
{"id":"T8","channel":"notice","date":"2026-11-13","amount":"70.00","currency":"CZK","payer":"Vesela Pekarna","remittance":"2026-001"}
J
"$mf" --home "$home" -q import "$tmp/q.jsonl"
is "$(payments)" 7 "six that are not the same stay six"
finish
