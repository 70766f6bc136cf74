#!/bin/sh
# Tables and journals: RFC 4180 as Python reads it, double entries as ledger
# and hledger read them, and what is owed there is what is open here.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/books.sh"
books
cat >"$tmp/payments.csv" <<'C'
id,channel,date,amount,currency,payer,remittance,account
P1,statement,2026-11-20,499.00,CZK,"Veselá Pekárna, s.r.o.",2026101,CZ6508000000192000145399
P2,statement,2026-11-20,95.00,EUR,"=HYPERLINK(""http://evil.example"")",no number here,CZ6508000000192000145399
P3,statement,2026-11-21,-10.00,CZK,Somebody,"back; two  blanks: and a colon",CZ6508000000192000145399
C
"$mf" -q import --type payments "$tmp/payments.csv"
"$mf" -q reconcile >/dev/null 2>&1
"$mf" -q invoice new --customer C1 --currency CZK --type deposit --number D-1 --line "Záloha;1;;400" >/dev/null
"$mf" -q invoice new --customer C1 --currency CZK --number F-1 --deposit D-1 --line "Web;1;;1000" >/dev/null
"$mf" -q invoice new --draft --customer C1 --currency CZK --line "not yet;1;;77" >/dev/null

exits 64 "a table has one kind" "$mf" export --format csv
exits 64 "no such format" "$mf" export --format odt
like "$(cat "$tmp/err")" "json, csv, ledger, hledger" "which there are"
exits 64 "a journal is whole" "$mf" export --format ledger invoices
exits 0 "a table of payments" "$mf" export --format csv payments
cp "$tmp/out" "$tmp/table.csv"
is "$(/usr/bin/python3 - "$tmp/table.csv" <<'PY'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline="")))
byid = {r["id"]: r for r in rows}
print(len(rows), byid["P1"]["payer"], byid["P2"]["payer"], byid["P3"]["amount"])
PY
)" "3 Veselá Pekárna, s.r.o. '=HYPERLINK(\"http://evil.example\") -10.00" \
    "quotes, commas, signs, and no formula"
"$mf" export --format csv invoices >"$tmp/invoices.csv"
is "$(/usr/bin/python3 -c 'import csv,sys; print(sum(1 for r in csv.DictReader(open(sys.argv[1], newline=""))))' "$tmp/invoices.csv")" \
    "$("$mf" --json invoice list | wc -l)" "a row for each invoice"

"$mf" export --format ledger >"$tmp/l.ledger"
"$mf" export --format hledger >"$tmp/h.journal"
exits 0 "ledger reads it" ledger -f "$tmp/l.ledger" --pedantic --permissive balance
exits 0 "hledger reads it" hledger -f "$tmp/h.journal" check
unlike "$(cat "$tmp/l.ledger")" "not yet|77.00" "no draft is in it"
unlike "$(grep -A9 '(F-1)' "$tmp/l.ledger" | sed '/^$/q')" Opening "the final invoice balances without a rest"
is "$(grep -c 'Liabilities:Deposits' "$tmp/l.ledger")" 2 "a deposit is taken and deducted"
open=$("$mf" --json invoice list | jq -r 'select(.state == "open" and .currency == "CZK") | .open' | awk '{ s += $1 } END { printf "%.2f", s }')
is "$(ledger -f "$tmp/l.ledger" csv --csv-format '%(account),%(commodity),%(quantity(amount))\n' Assets:Receivable |
    awk -F, '/CZK/ { s += $3 } END { printf "%.2f", s }')" "$open" "what is owed is what is open"
is "$(hledger -f "$tmp/h.journal" balance cur:CZK Assets:Receivable -N --format '%(total)' --layout bare -O csv | awk -F'"' '/Assets/ { s += $6 } END { printf "%.2f", s }')" \
    "$open" "for hledger too"
is "$(ledger -f "$tmp/l.ledger" balance | tail -n 1 | tr -d '[:space:]')" 0 "and all is balanced"
finish
