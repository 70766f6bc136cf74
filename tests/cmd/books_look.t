#!/bin/sh
# Looking at the books: status, explain, report, export, conflicts, backup.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/books.sh"
exits 78 "status without a home" "$mf" status
books
exits 0 "status" "$mf" status
like "$(cat "$tmp/out")" 'open invoices +4 +829.50 CZK, 100.00 EUR' "open money by currency"
like "$(cat "$tmp/out")" 'overdue +3 +579.50 CZK, 100.00 EUR' "overdue money"
like "$(cat "$tmp/out")" 'main +stale, last heard never' "the feed"
exits 0 "status as JSON" "$mf" --json status
is "$(jq -r '.accounts[] | .account + " " + .state' <"$tmp/out")" "main stale" "with its accounts"
is "$(jq -c '[.open, .overdue, .customers]' <"$tmp/out")" '[4,3,3]' "the numbers"
exits 64 "status takes nothing" "$mf" status now

exits 66 "explain nothing" "$mf" explain 2026-999
exits 64 "explain needs one" "$mf" explain
"$mf" -q payment add --amount 499.00 --currency CZK --invoice 2026-101 >/dev/null
exits 0 "explain" "$mf" explain 2026-101
like "$(cat "$tmp/out")" '^Invoice 2026-101 .*0.00 CZK open' "begins with how it stands"
like "$(cat "$tmp/out")" 'is put on 2026-101' "tells the decision"
exits 0 "explain as JSON" "$mf" --json explain 2026-101
is "$(jq -r 'select(.hash // "" | test("^[0-9a-f]{64}$")) | .code' <"$tmp/out" | wc -l)" "$(jq -r 'select(.code and .code != "ahead") | .code' <"$tmp/out" | wc -l)" "each entry with its hash"

exits 0 "aging" "$mf" --json report aging
is "$(jq -r 'select(.customer|startswith("Tall")) | [.currency,."1_30",.open]|join(" ")' <"$tmp/out")" "EUR 100.00 100.00" "by age of the due date"
exits 0 "aging as CSV" "$mf" report aging --format csv
is "$(python3 -c 'import csv,sys; r=list(csv.DictReader(sys.stdin)); print(len(r), r[0]["Currency"])' <"$tmp/out")" "3 EUR" "CSV that others read"
exits 0 "crossing" "$mf" report crossing
exits 64 "an unknown report" "$mf" report weather
exits 64 "an unknown format" "$mf" report aging --format pdf

exits 0 "export" "$mf" export
json "JSON Lines"
is "$(jq -r .record <"$tmp/out" | sort | uniq -c | awk '{print $2 $1}' | tr '\n' ' ')" "allocation1 customer3 invoice4 letter1 payment1 " "all facts"
unlike "$(cat "$tmp/out")" '"(at|arrived|hash)"' "no time of processing"
"$mf" export >"$tmp/first"
mv "$home" "$tmp/old"
MAILFILTER_NOW=2026-11-23T11:30:00Z; export MAILFILTER_NOW
books
"$mf" -q payment add --date 2026-11-22 --amount 499.00 --currency CZK --invoice 2026-101 >/dev/null
"$mf" export | cmp -s - "$tmp/first"; ok $? "another store with the same facts exports the same bytes"
exits 0 "export of one kind" "$mf" export customers
is "$(wc -l <"$tmp/out")" 3 "only those"
exits 64 "export of nothing known" "$mf" export shoes

printf 'id,channel,date,amount,currency,bank_reference,account\n,notice,2026-11-20,5.00,CZK,B77,2900123457/2010\n' >"$tmp/a.csv"
printf 'id,channel,date,amount,currency,bank_reference,account\n,notice,2026-11-20,500.00,CZK,B77,2900123457/2010\n' >"$tmp/b.csv"
exits 0 "conflicts without one" "$mf" conflicts
like "$(cat "$tmp/out")" 'No report contradicts' "says so"
"$mf" -q import --type payments "$tmp/a.csv"
"$mf" -q import --type payments --skip-bad "$tmp/b.csv" 2>/dev/null
exits 0 "conflicts" "$mf" --json conflicts
is "$(jq -r '.amount + " " + (.contradicts != null | tostring)' <"$tmp/out")" "500.00 true" "the same reference, another amount"

exits 0 "backup" "$mf" backup "$tmp/copy.db"
is "$(stat -c %a "$tmp/copy.db")" 600 "private"
"$mf" export >"$tmp/first"
mkdir -m 700 "$tmp/other"; cp "$home/mailfilter.conf" "$tmp/other/"; cp "$tmp/copy.db" "$tmp/other/store.db"
"$mf" --home "$tmp/other" export | cmp -s - "$tmp/first"; ok $? "holds the same facts"
exits 73 "never over a file" "$mf" backup "$tmp/copy.db"
exits 64 "backup needs a name" "$mf" backup
finish
