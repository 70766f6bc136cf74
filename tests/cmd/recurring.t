#!/bin/sh
# Invoices that come again: once for each turn, missed turns too, before the
# customer's closing day, and never without being able to say why not.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/books.sh"
books
at() { MAILFILTER_NOW=${1}T09:00:00Z; export MAILFILTER_NOW; }
numbers() { "$mf" --json recurring show "$1" | jq -r '[.made[] | "\(.day)=\(.invoice // "none")"] | join(" ")'; }
field() { "$mf" --json invoice show "$1" | jq -r "$2"; }

at 2026-11-22
exits 0 "a draft to begin with" "$mf" invoice new --draft --customer C1 \
    --line "Hosting {month};1;month;40.00" --currency CZK
draft=$("$mf" --json invoice list --draft | jq -r .number)
exits 64 "how often has to be said" "$mf" recurring add --from "$draft" hosting
exits 64 "a name has to be said" "$mf" recurring add --from "$draft" --every month
exits 64 "nonsense is no time" "$mf" recurring add --from "$draft" --every moon hosting
like "$(cat "$tmp/err")" "quarter, year, week" "and the sentence says what is"
exits 64 "no name is none" "$mf" recurring add --from "$draft" --every month ""
for wrong in "--first 9999-12-31" "--first 1900-01-01" "--first 2026-12-01 --until 2026-11-30"; do
	# shellcheck disable=SC2086
	exits 64 "$wrong" "$mf" recurring add --from "$draft" --every month $wrong hosting
done
exits 64 "a step of centuries" "$mf" recurring add --from "$draft" --every "366 years" hosting
exits 66 "there is no such invoice" "$mf" recurring add --from 2026-999 --every month hosting
exits 0 "it would come" "$mf" recurring add -n --from "$draft" --every month --first 2026-12-01 --period ahead hosting
is "$("$mf" --json recurring list)" "" "and nothing was changed"
exits 0 "every month, for the month ahead" "$mf" recurring add --from "$draft" --every month --first 2026-12-01 --period ahead hosting
exits 65 "one name, one of them" "$mf" recurring add --from "$draft" --every month hosting
is "$("$mf" --json recurring list | jq -r '"\(.name) \(.next) \(.turns)"')" "hosting 2026-12-01 0" "it waits for its day"
exits 0 "not yet" "$mf" recurring run
is "$(numbers hosting)" "" "nothing was made"

at 2026-12-01
exits 0 "a dry run" "$mf" recurring run -n
like "$(cat "$tmp/out")" "would make .*hosting" "says what it would make"
is "$(numbers hosting)" "" "and makes nothing"
exits 0 "on its day" "$mf" recurring run
first=$("$mf" --json recurring show hosting | jq -r '.made[0].invoice')
is "$(field "$first" '.state + " " + .amount + " " + .date')" "open 40.00 2026-12-01" "an invoice, issued"
is "$(field "$first" '.document.lines[0].text + " " + .document.period.from + ".." + .document.period.to')" \
    "Hosting 12/2026 2026-12-01..2026-12-31" "for its month"
like "$("$mf" --json letter list | jq -r 'select(.kind == "invoice") | .state' | head -n 1)" planned "its mail waits"
exits 0 "the same day once more" "$mf" recurring run
is "$("$mf" --json recurring show hosting | jq '.made | length')" 1 "is one invoice"

at 2027-03-10
exits 0 "after three months without a run" "$mf" run
is "$("$mf" --json recurring show hosting | jq -r '[.made[].day] | join(" ")')" \
    "2026-12-01 2027-01-01 2027-02-01 2027-03-01" "each month has its own"
last=$("$mf" --json recurring show hosting | jq -r '.made[2].invoice')
is "$(field "$last" '.date + " " + .document.period.from')" "2027-03-10 2027-02-01" "dated today, for its month"
at 2027-04-01
for i in 1 2 3 4 5 6; do "$mf" -q recurring run & done; wait
is "$("$mf" --json recurring show hosting | jq '.made | length')" 5 "six at once make one"
exits 0 "skipped" "$mf" recurring skip hosting
exits 0 "paused" "$mf" recurring pause hosting
at 2027-06-02
exits 0 "while it is paused" "$mf" recurring run
is "$("$mf" --json recurring show hosting | jq '.made | length')" 6 "nothing comes"
exits 0 "resumed" "$mf" recurring resume hosting
exits 0 "and run" "$mf" recurring run
is "$("$mf" --json recurring show hosting | jq -r '[.made[5:][] | "\(.day) \(.invoice != null)"] | join(" ")')" \
    "2027-05-01 false 2027-06-01 true" "what was skipped is not made"
exits 0 "until a day" "$mf" recurring edit --until 2027-06-30 hosting
at 2027-09-01
exits 0 "after its end" "$mf" recurring run
is "$("$mf" --json recurring show hosting | jq '.made | length')" 7 "nothing comes any more"

# a customer who wants a purchase order number: asked, not left out
at 2027-09-01
"$mf" -q invoice new --draft --customer C2 --line "Retainer;1;month;100.00" >/dev/null
draft=$("$mf" --json invoice list --draft | jq -r 'select(.customer == "C2") | .number')
exits 65 "what would make no invoice is refused" "$mf" recurring add --from "$draft" --every month retainer
like "$(cat "$tmp/err")" "po" "and the sentence names the field"
exits 0 "drafts may lack it" "$mf" recurring add --draft --from "$draft" --every month retainer
exits 0 "a draft is made" "$mf" recurring run
is "$("$mf" --json invoice list --draft | jq -r 'select(.customer == "C2") | .number' | wc -l)" 2 "and no mail"
finish
