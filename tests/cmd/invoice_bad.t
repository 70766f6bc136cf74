#!/bin/sh
# Bad data in invoices: a sentence that names the field and what to enter, no
# number used up, nothing half done. One row a mistake.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/books.sh"
books
sed -i 's/^\tcountry = "CZ"/&\n\ttax-id = "CZ27604004"/' "$home/mailfilter.conf"
good='{"customer":"C1","lines":[{"text":"Work","quantity":"1","unit":"h","price":"10.00","category":"S","rate":"21"}]}'
remember
rows=0
# FIELD of the sentence, jq that breaks the good document
while IFS='~' read -r field change; do
	[ "$field" ] || continue
	rows=$((rows + 1))
	printf '%s' "$good" | jq -c "$change" >"$tmp/doc.json"
	"$mf" invoice new --file "$tmp/doc.json" >"$tmp/out" 2>"$tmp/err"; code=$?
	{ [ $code = 65 ] || [ $code = 64 ] || [ $code = 66 ]; } && ! [ -s "$tmp/out" ]
	ok $? "refused: $change ($code)"
	like "$(cat "$tmp/err")" "$field" "… names $field"
	is "$(grep -c '^mailfilter' "$tmp/err")" 1 "… in one sentence"
done <<'ROWS'
lines~.lines = []
lines~del(.lines)
lines.0.*price~.lines[0].price = "-1"
lines.0.*price~.lines[0].price = "1,50"
lines.0.*price~.lines[0].price = "0.0000001"
lines.0.*price~del(.lines[0].price)
lines.0.*quantity~.lines[0].quantity = "many"
totals~.lines[0].quantity = "-1"
lines.0.*category~.lines[0].category = "X"
lines.0.*rate~.lines[0].rate = "-21"
lines.0.*rate~.lines[0].rate = "210"
lines.0.*(rate|category)~.lines[0].category = "Z"
lines.0.*(rate|category)~.lines[0].category = "AE"
lines.0.*unit~.lines[0].unit = "furlong"
lines.0.*text~.lines[0].text = ""
lines.0.*text~del(.lines[0].text)
lines.0.*text~.lines[0].text = "a\u0007b"
currency~.currency = "EURO"
date~.date = "2026-02-30"
date~.date = "yesterday"
due~.due = "2026-01-01"
due~.due = "soon"
customer~del(.customer)
customer~.customer = "nobody"
type~.type = "bill"
period~.period = {"from":"2026-11-30","to":"2026-11-01"}
totals~.allowances = [{"amount":"99.00","reason":"a","category":"S","rate":"21"}]
allowances.0~.allowances = [{"reason":"a","category":"S","rate":"21"}]
prepaid~.prepaid = "100.00"
deposits.0~.deposits = [{"number":"2026-999"}]
withholding~.withholding = {"name":"IRPF"}
policy~.policy = "none-such"
account~.account = "none-such"
profile~.profile = "fax"
exchange_rate~.tax_currency = "EUR"
colour~.colour = "red"
lines.0.*colour~.lines[0].colour = "red"
buyer_reference~.profile = "xrechnung"
attachments.0~.attachments = [{"id":"a","mime":"application/x-sh","content":"QQ=="}]
ROWS
like "$rows" '^3[0-9]$' "all of $rows mistakes were looked at"
unchanged "nothing changed by all that"
exits 65 "a customer who wants an order number" "$mf" invoice new --customer C2 --line 'x;1.00'
like "$(cat "$tmp/err")" '^mailfilter: po: .*say --po NUMBER' "says the option"
exits 0 "the customer may want more" "$mf" customer edit C2 --po-required=no --required project,period
exits 65 "and gets no invoice without it" "$mf" invoice new --customer C2 --po 1 --line 'x;1.00'
like "$(cat "$tmp/err")" '^mailfilter: project: .*say --project' "says the option again"
exits 0 "with it" "$mf" invoice new --customer C2 --project P1 --period 2026-11-01..2026-11-30 --line 'x;1.00;period=2026-11-01..2026-11-15'
is "$("$mf" --json invoice list | jq -r .number | tail -n 1)" 2026-0001 "no number was used up"
sed '/^account/,/^}/d' "$home/mailfilter.conf" >"$tmp/conf"; cp "$tmp/conf" "$home/mailfilter.conf"
exits 65 "no account to pay to" "$mf" invoice new --customer C1 --line 'x;1.00'
like "$(cat "$tmp/err")" 'payment: .*section account' "says what to add"

# ---- JSON Lines whose rows are invoices in full
cp "$root/tests/fixture.conf" "$home/mailfilter.conf"
sed -i 's/^\tcountry = "CZ"/&\n\ttax-id = "CZ27604004"/' "$home/mailfilter.conf"
cat >"$tmp/docs.jsonl" <<'D'
{"id":"A-1","customer":"C1","lines":[{"text":"Work","quantity":"2","unit":"h","price":"10.00","category":"S","rate":"21"}]}
{"number":"OLD-7","customer":"C1","date":"2026-11-01","due":"2026-11-15","open":"5.00","lines":[{"text":"Work","quantity":"1","price":"10.00","category":"S","rate":"21"}]}
{"number":"OUR-8","customer":"C1","date":"2026-11-22","send":true,"lines":[{"text":"Work","quantity":"1","price":"10.00","category":"S","rate":"21"}]}
D
exits 0 "import" "$mf" --json import --type invoices "$tmp/docs.jsonl"
is "$(jq -r '.new' <"$tmp/out")" 3 "three invoices"
is "$("$mf" --json invoice show A-1 | jq -r '.number + " " + .amount + " " + .state')" "2026-0002 24.20 open" "one got its number here"
is "$("$mf" --json invoice show OLD-7 | jq -r '.open + " " + (.sent != null | tostring) + " " + .document.totals.gross')" "5.00 true 12.10" "one was sent by another program"
exits 0 "once more" "$mf" --json import "$tmp/docs.jsonl"
is "$(jq -r '"\(.new) \(.known)"' <"$tmp/out")" "0 3" "changes nothing"
exits 0 "remind" "$mf" -q remind
is "$("$mf" --json letter list | jq -r 'select(.kind == "invoice") | .invoices[0].number // .invoices[0]' | sort | tr '\n' ' ' | wc -w)" 3 "what is ours is sent"
printf '{"id":"A-2","customer":"C1","lines":[{"text":"Work","quantity":"1","price":"10.00","category":"S","rate":"21"}]}\n{"id":"A-3","customer":"C1","lines":[]}\n' >"$tmp/bad.jsonl"
remember
exits 65 "a bad row" "$mf" import "$tmp/bad.jsonl"
like "$(cat "$tmp/err")" 'bad.jsonl:2: lines' "is named with its line"
unchanged "and the whole file is left out, no number is used up"
exits 0 "check" "$mf" check
finish
