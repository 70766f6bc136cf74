#!/bin/sh
# import of tables: types guessed, bad rows, all or nothing, idempotent.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/books.sh"
books
remember
exits 0 "the same files once more" "$mf" import "$tmp/customers.csv" "$tmp/invoices.csv"
like "$(cat "$tmp/out")" 'customers.csv: 3 customers, 0 new, 3 known already' "all known"
unchanged "nothing changed"

# bad rows: FILE:LINE: reason, one row each
head='id,number,customer,date,due,currency,amount,open,type'
n=0
while IFS='|' read -r row pattern; do
	n=$((n + 1))
	printf '%s\nOK%s,OK-%s,C1,2026-11-01,2026-11-30,CZK,10.00,,\n%s\n' "$head" $n $n "$row" >"$tmp/bad.csv"
	exits 65 "bad row: $row" "$mf" import "$tmp/bad.csv"
	like "$(cat "$tmp/err")" "^$tmp/bad.csv:3: $pattern" "  says: $pattern"
done <<'ROWS'
X1,X1,C9,2026-11-01,2026-11-30,CZK,10.00,,|customer: 'C9' is not known
X1,X1,C1,2026-13-01,2026-11-30,CZK,10.00,,|date: '2026-13-01' is no day
X1,X1,C1,2026-11-01,2026-02-29,CZK,10.00,,|due: '2026-02-29' is no day
X1,X1,C1,2026-11-01,2026-10-30,CZK,10.00,,|due: 2026-10-30 is before
X1,X1,C1,2026-11-01,2026-11-30,XXQ,10.00,,|currency: 'XXQ'
X1,X1,C1,2026-11-01,2026-11-30,CZK,"10,00",,|amount: '10,00' is no amount
X1,X1,C1,2026-11-01,2026-11-30,CZK,1e3,,|amount: '1e3' is no amount
X1,X1,C1,2026-11-01,2026-11-30,CZK,10.001,,|amount: '10.001' is no amount in CZK
X1,X1,C1,2026-11-01,2026-11-30,CZK,0.00,,|amount: 0.00 is not above zero
X1,X1,C1,2026-11-01,2026-11-30,CZK,-5.00,,|amount: -5.00 is not above zero
X1,X1,C1,2026-11-01,2026-11-30,CZK,10.00,11.00,|open: 11.00 is not between
X1,X1,C1,2026-11-01,2026-11-30,CZK,10.00,,bill|type: 'bill' is none of
X1,,C1,2026-11-01,2026-11-30,CZK,10.00,,|number is missing
X1,X1,C1,2026-11-01,2026-11-30,CZK,99999999999999999999.00,,|amount: '9999
X1,X1,C1,2026-11-01,2026-11-30,CZK|6 fields, but the header line has 9
I1,2026-101,C1,2026-10-20,2026-11-19,CZK,498.00,,|invoice 2026-101 is known with other content
ROWS
unchanged "no bad file changed anything, not even its good row"
is $n 16 "all rows were tried"

printf '%s\nOK1,OK-1,C1,2026-11-01,2026-11-30,CZK,10.00,,\nX,X,C9,2026-11-01,,CZK,1.00,,\n' "$head" >"$tmp/bad.csv"
exits 0 "-n with --skip-bad" "$mf" import -n --skip-bad "$tmp/bad.csv"
unchanged "-n changed nothing"
exits 0 "--skip-bad" "$mf" import --skip-bad "$tmp/bad.csv"
like "$(cat "$tmp/out")" '1 new, 1 skipped' "says how many"
is "$("$mf" --json invoice show OK-1 | jq -r .open)" 10.00 "the good row is in"

# customers
remember
while IFS='|' read -r row pattern; do
	printf 'id,name,email,language,timezone,iban\n%s\n' "$row" >"$tmp/bad.csv"
	exits 65 "bad customer: $row" "$mf" import "$tmp/bad.csv"
	like "$(cat "$tmp/err")" "bad.csv:2: $pattern" "  says: $pattern"
done <<'ROWS'
C8,,x@y.example,en,,|name is missing
C8,Eight,not an address,en,,|email: 'not an address'
C8,Eight,a@b@c.example,en,,|email:
C8,Eight,x@y.example,klingonese,,|language:
C8,Eight,x@y.example,en,Mars/Olympus,|timezone:
ROWS
unchanged "nothing changed"
printf 'id,name,email\nC8,"Ei\ght",x@y.example\n' | tr '\\' '\001' >"$tmp/ctl.csv"
exits 65 "a control character in a name" "$mf" import "$tmp/ctl.csv"
printf 'id,name,shoe size\nC8,Eight,42\n' >"$tmp/shoe.csv"
exits 65 "an unknown column with --strict" "$mf" import --strict --type customers "$tmp/shoe.csv"
unchanged "nothing changed"
exits 0 "a warning without" "$mf" import --type customers "$tmp/shoe.csv"
like "$(cat "$tmp/err")" "shoe.csv:2: warning: column 'shoe_size'" "names the column"
printf 'id,name,contact\nC1,Veselá Pekárna s.r.o.,Karel Nový\n' >"$tmp/edit.csv"
exits 0 "a customer with other content" "$mf" import "$tmp/edit.csv"
like "$(cat "$tmp/out")" '1 changed' "is changed"
is "$("$mf" --json customer show C1 | jq -r '.contact + " " + .email')" "Karel Nový jana@pekarna.example" "what the file does not say stays"

# JSON Lines, semicolons, BOM, stdin, many files at once
printf '\357\273\277id;name;email\r\nC9;"Nine; Ltd";nine@n.example\r\n' >"$tmp/nine.csv"
printf '{"number":"J-1","customer":"C9","date":"2026-11-01","due":"2026-12-01","currency":"EUR","amount":"12.50","discount_percent":2.5,"discount_until":"2026-11-10"}\n' >"$tmp/j.jsonl"
exits 0 "-n over two files that belong together" "$mf" import -n "$tmp/nine.csv" "$tmp/j.jsonl"
exits 0 "semicolons, BOM, CRLF; JSON Lines" "$mf" --json import "$tmp/nine.csv" "$tmp/j.jsonl"
json "one JSON line a file"
is "$(jq -r '.type + " " + (.new|tostring)' <"$tmp/out" | tr '\n' ' ')" "customers 1 invoices 1 " "with types and counts"
is "$("$mf" --json invoice show J-1 | jq -r '.amount + " " + .discount_percent')" "12.50 2.5" "read right"
exits 0 "standard input" sh -c "'$mf' import - <'$tmp/j.jsonl'"
printf '{"number":"J-2","customer":"C9","date":"2026-11-01","due":"2026-12-01","currency":"EUR","amount":12.5}\n' >"$tmp/j2.jsonl"
exits 65 "an amount that has been a float" "$mf" import "$tmp/j2.jsonl"
like "$(cat "$tmp/err")" 'j2.jsonl:1: amount: a number with a point; write it in quotes' "says what to do"

# payments: reports, merged and known ones
printf 'id,channel,date,amount,currency,payer,reference\nP1,notice,2026-11-20,499.00,CZK,Pekárna,2026101\nP2,notice,2026-11-20,7.00,CZK,X,\n' >"$tmp/p.csv"
printf 'id,channel,date,amount,currency,payer,reference\nP1,statement,2026-11-20,499.00,CZK,Pekárna,2026101\n' >"$tmp/p2.csv"
exits 0 "payments" "$mf" import "$tmp/p.csv"
like "$(cat "$tmp/err")" "2 payments are not matched yet: 'mailfilter reconcile'" "left for reconcile"
exits 0 "once more" "$mf" import "$tmp/p.csv"
like "$(cat "$tmp/out")" '2 payments, 0 new, 2 known already' "known"
exits 0 "the statement's word" "$mf" import "$tmp/p2.csv"
is "$("$mf" --json payment list | jq -r '.id + .trust' | tr '\n' ' ')" "P1S P2A " "one payment, the better class"
printf 'date,amount,currency\n2026-11-20,0.00,CZK\n' >"$tmp/p3.csv"
exits 65 "no money is no payment" "$mf" import --type payments "$tmp/p3.csv"
printf 'invoice,customer,invoiced,paid,amount,currency,payer,payer_account\n2025-1,C1,2025-01-01,2025-01-20,10.00,CZK,Pekárna,CZ6508000000192000145399\n' >"$tmp/h.csv"
exits 0 "history" "$mf" import "$tmp/h.csv"
like "$(cat "$tmp/out")" '1 earlier payment, 1 new' "taken"
exits 0 "history once more" "$mf" import "$tmp/h.csv"
like "$(cat "$tmp/out")" '0 new, 1 known already' "known"

# what is no table of ours
printf 'colour,taste\nred,sweet\n' >"$tmp/odd.csv"
exits 65 "a table of something else" "$mf" import "$tmp/odd.csv"
like "$(cat "$tmp/err")" 'odd.csv:2: the columns are those of no table.*--type' "says what to do"
: >"$tmp/empty.csv"; exits 65 "an empty file" "$mf" import "$tmp/empty.csv"
printf '%%PDF-1.7\n' >"$tmp/x.pdf"; exits 65 "a PDF" "$mf" import "$tmp/x.pdf"
like "$(cat "$tmp/err")" 'is a PDF.*camt.053, MT940 or CSV' "what to do instead"
if command -v python3 >/dev/null; then
	python3 -c 'import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as z:
    z.writestr("[Content_Types].xml", "<Types/>")
    z.writestr("xl/workbook.xml", "<workbook/>")' "$tmp/x.xlsx"
	exits 65 "a spreadsheet" "$mf" import "$tmp/x.xlsx"
	like "$(cat "$tmp/err")" 'spreadsheet.*as CSV' "what to do with it"
fi
exits 65 "no statement" "$mf" import --type statement "$tmp/odd.csv"
like "$(cat "$tmp/err")" 'no statement of a format' "says so"
exits 66 "no such file" "$mf" import "$tmp/nothing.csv"
exits 64 "an unknown type" "$mf" import --type shoes "$tmp/p.csv"
exits 64 "no file" "$mf" import
finish
