#!/bin/sh
# invoice: drafts, edit, send, copy, credit notes, deposits, documents as JSON.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/books.sh"
books
sed -i 's/^\tcountry = "CZ"/&\n\ttax-id = "CZ27604004"/' "$home/mailfilter.conf"
letters() { "$mf" --json letter list | jq -r '.kind + " " + .state' | sort | uniq -c | tr -s ' \n' ' '; }
of() { "$mf" --json invoice show "$1" | jq -r "$2"; }

# ---- drafts
exits 0 "a draft" "$mf" invoice new --draft --customer C2 --line 'Design;2;h;50.00;21'
like "$(cat "$tmp/out")" '^Draft draft-1 .*121.00 EUR' "has no number"
like "$(cat "$tmp/err")" 'cannot be sent yet: po: .*--po' "says what the customer will miss"
exits 0 "remind" "$mf" remind
is "$(letters)" "" "a draft is never mailed"
printf 'date,amount,currency,remittance,account\n2026-11-22,121.00,EUR,draft-1,2900123451/2010\n' >"$tmp/money.csv"
"$mf" -q import --type payments "$tmp/money.csv"; "$mf" -q reconcile >/dev/null
is "$(of draft-1 '.state + " " + .open')" "draft 121.00" "nor matched"
exits 65 "send stops it" "$mf" invoice send draft-1
like "$(cat "$tmp/err")" '^mailfilter: po: .*say --po' "with the option"
is "$(of draft-1 .state)" draft "it is a draft as before"
exits 0 "edit" "$mf" invoice edit draft-1 --po 4711 --line 'Design;3;h;50.00;21;discount=10%;note=Night work' --note 'Thank you'
is "$(of draft-1 '.po + " " + .amount')" "4711 163.35" "changes it"
exits 64 "edit without a terminal" "$mf" invoice edit draft-1
remember
exits 0 "send -n" "$mf" invoice send -n draft-1
like "$(cat "$tmp/out")" 'Would make invoice 2026-0001' "says the number that it would get"
unchanged "and takes none"
exits 0 "send" "$mf" invoice send draft-1
is "$(letters)" " 1 invoice planned " "its mail waits at once"
is "$(of 2026-0001 '.state + " " + .date')" "open 2026-11-22" "it is open, as of today"
is "$(of 2026-0001 '.document.payment.reference')" "$(of 2026-0001 .reference)" "the reference stands on it"
is "$(of 2026-0001 '.document | .seller.name + "|" + .buyer.name + "|" + .totals.due')" \
    "Studio Lumen s.r.o.|Talleres Ruiz SL|163.35" "and the parties and sums of today"
"$mf" -q customer edit C2 --name "Talleres Nuevos SL"
is "$(of 2026-0001 .document.buyer.name)" "Talleres Ruiz SL" "for good"
exits 66 "the draft is no more" "$mf" invoice send draft-1
exits 0 "once more" "$mf" invoice send 2026-0001
like "$(cat "$tmp/out")" 'waits already' "is no second mail"
is "$(letters)" " 1 invoice planned " "really"
like "$(of 2026-0001 .document.terms)" '22 de diciembre de 2026' "the exact day in the customer's language"
unlike "$(of 2026-0001 .document.terms)" '30 d' "no number of days"

# ---- what is out stands
remember
exits 65 "edit of what is out" "$mf" invoice edit 2026-0001 --po 4712
like "$(cat "$tmp/err")" 'void.*credit' "says what to do"
unchanged "changes nothing"
exits 0 "but its policy" "$mf" invoice edit 2026-0001 --policy none
is "$(of 2026-0001 .policy)" none "may change"
exits 0 "and a memo" "$mf" invoice edit 2026-0001 --memo "Ask for Marta"
like "$("$mf" explain 2026-0001)" 'Ask for Marta' "is in its story"

# ---- copy, void
exits 0 "copy" "$mf" --now 2026-12-03 invoice copy 2026-0001
is "$(of draft-2 '.amount + " " + .date')" "163.35 2026-12-03" "a draft like it, of that day"
exits 0 "void of a draft" "$mf" invoice void draft-2
is "$(of draft-2 .state)" void "is void"
exits 65 "which is not sent" "$mf" invoice send draft-2
is "$("$mf" --json invoice list --void | jq -r .number)" draft-2 "list --void"
"$mf" -q send >/dev/null
exits 0 "void of what was sent" "$mf" invoice void -n 2026-0001
like "$(cat "$tmp/out")" 'The customer was sent: invoice' "says what the customer has"
like "$(cat "$tmp/out")" 'invoice credit 2026-0001' "and what is better"

# ---- credit notes
remember
exits 65 "more than there is" "$mf" invoice credit --amount 163.36 2026-0001
like "$(cat "$tmp/err")" 'at most 163.35 EUR' "says how much is left"
exits 0 "credit -n" "$mf" invoice credit -n 2026-0001
unchanged "changes nothing"
exits 0 "a part" "$mf" invoice credit --amount 63.35 --reason "One hour less" 2026-0001
like "$(cat "$tmp/out")" '^Credit note CN-2026-0001 of 63.35 EUR: 63.35 EUR set off' "in its own series"
is "$(of CN-2026-0001 '.document.preceding[0].number + " " + .document.type + " " + .document.totals.due')" \
    "2026-0001 credit-note 63.35" "names the invoice"
is "$(of 2026-0001 .open)" 100.00 "the rest is open"
exits 0 "the rest" "$mf" invoice credit --amount 100 2026-0001
is "$(of 2026-0001 .state)" paid "nothing is open"
exits 65 "it is credited" "$mf" invoice credit 2026-0001
like "$(letters)" ' 2 credit-note planned ' "both are mailed"
exits 65 "a credit note of one" "$mf" invoice credit CN-2026-0001
exits 0 "check" "$mf" check

# ---- deposits
exits 0 "a deposit" "$mf" invoice new --customer C1 --type deposit --line 'Deposit;1;;100.00;21' --send
is "$(of 2026-0002 '.type + " " + .document.type')" "deposit deposit" "is one"
exits 0 "the final invoice" "$mf" invoice new --customer C1 --deposit 2026-0002 --line 'Work;1;;500.00;21'
is "$(of 2026-0003 '.amount + " " + .open')" "605.00 484.00" "deducts it"
exits 65 "deducted once only" "$mf" invoice new --customer C1 --deposit 2026-0002 --line 'Work;1;;500.00;21'
like "$(cat "$tmp/err")" 'deposits.*2026-0002.*by 2026-0003' "says by which"
exits 65 "no deposit" "$mf" invoice new --customer C1 --deposit 2026-101 --line 'Work;1;;500.00;21'
exits 65 "another customer's" "$mf" invoice new --customer C2 --po 1 --deposit 2026-0002 --line 'Work;1;;500.00;21'
exits 65 "void of it" "$mf" invoice void 2026-0002
like "$(cat "$tmp/err")" '2026-0003 deducts it' "comes after the other"
is "$("$mf" --json invoice list --type deposit | jq -r .number)" 2026-0002 "list --type"

# ---- what asks for no money goes at once
exits 0 "a credit note by hand" "$mf" invoice new --customer C1 --type credit-note --preceding 2026-0003 --line 'Gift;1;;10.00;21'
like "$(letters)" ' 3 credit-note planned ' "is mailed"
exits 0 "all was paid before" "$mf" invoice new --customer C1 --line 'Book;1;;10.00;21' --prepaid 12.10
like "$(cat "$tmp/out")" 'to pay 0.00 EUR|to pay 0.00 CZK' "nothing is to be paid"
is "$("$mf" --json letter list | jq -r 'select(.kind == "invoice" and .state == "planned")' | jq -s length)" 2 "and is mailed too"
is "$(of 2026-0004 .state)" paid "paid from the first"

# ---- the same as JSON
cat >"$tmp/doc.json" <<-D
{"customer":"C1","currency":"EUR","memo":"x","lines":[{"text":"Übersetzung","quantity":"2.5","unit":"h",
 "price":"33.333333","category":"S","rate":"21"},{"text":"Stamps","quantity":"1","price":"1.50","category":"Z","rate":"0"}],
 "allowances":[{"amount":"5.00","reason":"Loyalty","category":"S","rate":"21"}],"withholding":{"name":"IRPF","percent":"15"}}
D
exits 0 "new --file" "$mf" --json invoice new --file "$tmp/doc.json"
# 83.33 - 5.00 = 78.33, 1.50; tax 16.45; gross 96.28; kept back 15 % of 79.83
is "$(jq -r '.amount + " " + .tax + " " + .open' <"$tmp/out")" "96.28 16.45 84.31" "prices of six decimals, an allowance, IRPF"
exits 0 "from standard input" sh -c '"$1" --json invoice new --file - <"$2"' x "$mf" "$tmp/doc.json"
exits 66 "a file that is not there" "$mf" invoice new --file "$tmp/none.json"
printf '{"customer":"C1","lines":[' >"$tmp/bad.json"
exits 65 "no JSON" "$mf" invoice new --file "$tmp/bad.json"
like "$(cat "$tmp/err")" 'bad.json:1' "says the line"
for form in text json; do
	exits 0 "show --format $form" "$mf" invoice show --format $form 2026-0005
done
exits 64 "no such form" "$mf" invoice show --format doc 2026-0005
exits 0 "its mail as HTML" "$mf" invoice show --format html --output "$tmp/o.html" 2026-0005
like "$(cat "$tmp/o.html")" '84.31' "in a file"

# ---- in the owner's editor
if command -v script >/dev/null; then
	"$mf" -q invoice new --draft --customer C1 --line 'x;1;;100.00;21'
	draft=$("$mf" --json invoice list --draft | jq -r .number | tail -n 1)
	printf '#!/bin/sh\nsed -i "s/$1/$2/" "$3"\n' >"$tmp/ed"; chmod +x "$tmp/ed"
	EDITOR="$tmp/ed 100.00 250.00" script -qec "$mf invoice edit $draft" /dev/null >"$tmp/out" 2>&1 </dev/null
	is "$(of "$draft" .amount) $(find "$home" -name '*.json' | wc -l)" "302.50 0" "edit opens the document"
	EDITOR="$tmp/ed 250.00 -3" script -qec "$mf invoice edit $draft" /dev/null >"$tmp/out" 2>&1 </dev/null
	like "$(tr -d '\r' <"$tmp/out")" 'price.*negative' "what is wrong is said"
	is "$(of "$draft" .amount) $(grep -c -- '"-3"' "$home/$draft.json")" "302.50 1" "nothing is changed, and what was written is kept"
else skip "edit opens the document" "script is not there"; fi

is "$("$mf" export | sort | uniq -d | wc -l)" 0 "no fact twice"
exits 0 "check at the end" "$mf" check
finish
