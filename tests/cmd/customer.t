#!/bin/sh
# customer: add, edit, list, show.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/books.sh"
books
exits 0 "add" "$mf" customer add "Acme & Söhne GmbH" --email ann@acme.example \
    --contact "Ann Lee" --terms-days 10 --po-required --iban DE89370400440532013000
is "$("$mf" --json customer show acme-söhne-gmbh | jq -r '.name + "|" + .contact + "|" + (.terms_days|tostring) + "|" + (.po_required|tostring)')" \
    "Acme & Söhne GmbH|Ann Lee|10|true" "under a key made of the name"
exits 0 "a tax kept back" "$mf" customer edit acme-söhne-gmbh \
    --withholding-percent 7.5
is "$("$mf" --json customer show acme-söhne-gmbh | jq -r .withholding_percent)" \
    7.5 "is on file"
exits 0 "no longer" "$mf" customer edit acme-söhne-gmbh --withholding-percent 0
remember
exits 65 "not twice" "$mf" customer add "Acme & Söhne GmbH"
like "$(cat "$tmp/err")" 'already' "says why"
exits 64 "a bad address" "$mf" customer add Nine --email nine
like "$(cat "$tmp/err")" "--email: 'nine' is no mail address" "names the option"
exits 64 "no name" "$mf" customer add
exits 64 "an unknown option" "$mf" customer add Nine --shoe 42
exits 64 "an unknown verb" "$mf" customer ad
like "$(cat "$tmp/err")" "did you mean 'add'" "suggests"
exits 65 "an unknown policy" "$mf" customer add Nine --policy none-such
exits 0 "-n" "$mf" customer add -n Nine
exits 0 "edit -n" "$mf" customer edit -n C1 --contact Nobody
exits 66 "edit of nobody" "$mf" customer edit nobody --contact X
unchanged "nothing changed by all that"
exits 0 "edit" "$mf" customer edit jana@pekarna.example --contact "Jan Veselý"
is "$("$mf" --json customer show C1 | jq -r .contact)" "Jan Veselý" "found by address, changed"
exits 0 "list" "$mf" customer list
like "$(cat "$tmp/out")" '^C1  ' "aligned"
exits 0 "list as JSON" "$mf" --json customer list
json "JSON Lines"
is "$(wc -l <"$tmp/out")" 4 "one a customer"
exits 0 "show" "$mf" customer show c1
like "$(cat "$tmp/out")" 'open .*499.00 CZK of 2026-101' "with what is open"
exits 66 "show of nobody" "$mf" customer show nobody

# ---- as the buyer of an invoice
exits 0 "address, ids, wishes" "$mf" customer edit C2 --street "Calle Mayor 5" --postcode 28013 --city Madrid \
    --tax-id ESB58378431 --email marta@ruiz.example,cuentas@ruiz.example --required po,project \
    --format factur-x --closing-day 25 --buyer-reference AB-1 --endpoint 0002:123456789 --phone "+34 600 000 000" --tax AE
is "$("$mf" --json customer show C2 | jq -r '.street + "|" + .city + "|" + .email + "|" + .required + "|" + .format + "|" + .closing_day + "|" + .buyer_reference + "|" + .tax')" \
    "Calle Mayor 5|Madrid|marta@ruiz.example,cuentas@ruiz.example|po,project|factur-x|25|AB-1|AE" "are on file"
exits 0 "found by the first address" "$mf" customer show marta@ruiz.example
"$mf" --json customer show C2 | jq -c 'del(.learned, .credit)' >"$tmp/c2.jsonl"
exits 0 "what is shown can be imported" "$mf" --json import --type customers "$tmp/c2.jsonl"
is "$(jq -r '"\(.new) \(.changed) \(.known)"' <"$tmp/out")" "0 0 1" "and is the same"
remember
while IFS='|' read -r option value field; do
	exits 65 "a bad --$option" "$mf" customer edit C2 --"$option" "$value"
	like "$(cat "$tmp/err")" "$field: .*'$value'" "says what was read"
done <<-'B'
	tax-id|ESB58378432|tax_id
	required|colour|required
	format|fax|format
	endpoint-scheme|9|endpoint_scheme
	closing-day|32|closing_day
B
unchanged "nothing changed by all that"
exits 0 "- takes away" "$mf" customer edit C2 --city - --required - --closing-day 0
is "$("$mf" --json customer show C2 | jq -r '[.city, .required, .closing_day] | map(. == null) | all')" true "they are gone"
"$mf" -q customer edit C2 --city Madrid --required project
exits 0 "its invoice" "$mf" --json invoice new --customer C2 --po 1 --project P --line 'x;1.00' --file /dev/stdin <<-D
{"seller":{"tax_id":"CZ27604004"}}
D
is "$("$mf" --json invoice show 2026-0001 | jq -r '.document.buyer | .address.street + "|" + .tax_id + "|" + .endpoint_scheme + ":" + .endpoint')" \
    "Calle Mayor 5|ESB58378431|0002:123456789" "names it as the buyer"
is "$("$mf" --json invoice show 2026-0001 | jq -r '.document | .lines[0].category + " " + .buyer_reference + " " + .profile')" "AE AB-1 factur-x" "as it wishes"
exits 0 "its mail" "$mf" invoice show --format mail --output "$tmp/o.eml" 2026-0001
like "$(sed '/^\r*$/q' "$tmp/o.eml" | tr -d '\r\n')" 'To: marta@ruiz.example, *cuentas@ruiz.example' "goes to both"

# A newer program folds names in another way: the index is filled in anew.
words="SELECT count(*) FROM customer_word WHERE word = 'ACME'"
store=$(find "$tmp" -name store.db | head -n 1)
was=$(sqlite3 "$store" "$words")
sqlite3 "$store" 'DELETE FROM customer_word'
exits 0 "a change" "$mf" customer edit acme-söhne-gmbh --terms-days 11
is "$was $(sqlite3 "$store" "$words")" "1 1" "all names can be found again"

# a statement of account: written, drawn, sent
exits 0 "a statement of account" "$mf" customer statement C1
like "$(cat "$tmp/out")" '2026-101' "names what is open"
like "$(cat "$tmp/out")" '749\.00' "and its sum"
exits 64 "in no other form" "$mf" customer statement --format odt C1
exits 0 "as a page" "$mf" customer statement --format pdf --output "$tmp/c1.pdf" C1
like "$(pdftotext -layout "$tmp/c1.pdf" -)" '2026-103' "says the same"
exits 0 "it would be sent" "$mf" customer statement -n --send C1
is "$("$mf" --json letter list | jq -r 'select(.kind == "statement") | .state')" "" "and is not"
exits 0 "it is sent" "$mf" customer statement --send C1
is "$("$mf" --json letter list | jq -r 'select(.kind == "statement") | .state')" planned "and waits"
finish
