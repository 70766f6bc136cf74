#!/bin/sh
# An invoice's life: drafted, changed, sent with its PDF, quoted by the payer
# and paid; another one is credited in part, and the rest is paid.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/books.sh"
books
sed -i 's/^\tcountry = "CZ"/&\n\ttax-id = "CZ27604004"/' "$home/mailfilter.conf"
at() { MAILFILTER_NOW=$1; export MAILFILTER_NOW; }
state() { "$mf" --json invoice show "$1" | jq -r '.state + " " + .open'; }
mails() { find "$home/outbox" -name "*$1*.eml" 2>/dev/null | wc -l; }

at 2026-11-23T09:00:00Z
"$mf" -q customer edit C1 --street "Dlouhá 5" --city Praha --postcode "110 00" --email jana@pekarna.example,ucto@pekarna.example
"$mf" -q invoice new --draft --customer C1 --line 'Poster;10;pc;100.00;21' >/dev/null
at 2026-11-24T09:00:00Z
"$mf" -q run >/dev/null 2>&1
is "$(mails draft) $(mails 2026-0001)" "0 0" "a day later the draft has gone nowhere"
"$mf" -q invoice edit draft-1 --line 'Poster;20;pc;100.00;21' --po 77 >/dev/null
exits 0 "it is sent" "$mf" -q invoice send draft-1
exits 0 "send" "$mf" send
is "$(mails 2026-0001)" 1 "its mail went"
mail=$(find "$home/outbox" -name '*2026-0001*.eml')
like "$(tr -d '\r' <"$mail" | sed '/^$/q')" '^To: .*ucto@pekarna.example' "to both addresses"
like "$(cat "$mail")" 'Content-Type: application/pdf' "with its PDF"
"$mf" -q send >/dev/null; "$mf" -q remind >/dev/null; "$mf" -q send >/dev/null
is "$(mails 2026-0001)" 1 "once"
reference=$("$mf" --json invoice show 2026-0001 | jq -r .reference)
at 2026-11-30T09:00:00Z
printf 'date,amount,currency,payer,reference,account\n2026-11-30,2420.00,CZK,Pekarna,%s,2900123451/2010\n' "$reference" >"$tmp/money.csv"
"$mf" -q import --type payments "$tmp/money.csv"; "$mf" -q reconcile >/dev/null
is "$(state 2026-0001)" "paid 0.00" "money with its reference settles it"

"$mf" -q invoice new --customer C1 --send --line 'Flyer;1000;;1.00;21' >/dev/null
"$mf" -q send >/dev/null
exits 0 "a part is credited" "$mf" -q invoice credit --line 'Flyer, damaged;100;;1.00;21' --reason 'Damaged' 2026-0002
is "$(state 2026-0002)" "open 1089.00" "and no longer owed"
"$mf" -q send >/dev/null
is "$(mails CN-2026-0001)" 1 "the credit note is mailed"
like "$(cat "$(find "$home/outbox" -name '*CN-2026-0001*.eml')")" 'application/pdf' "with its PDF"
printf 'date,amount,currency,payer,reference,account\n2026-11-30,1089.00,CZK,Pekarna,%s,2900123451/2010\n' \
    "$("$mf" --json invoice show 2026-0002 | jq -r .reference)" >"$tmp/rest.csv"
"$mf" -q import --type payments "$tmp/rest.csv"; "$mf" -q reconcile >/dev/null
is "$(state 2026-0002)" "paid 0.00" "the rest is paid"
like "$("$mf" explain 2026-0002)" 'credit note CN-2026-0001' "its story tells of both"
exits 0 "check" "$mf" check
finish
