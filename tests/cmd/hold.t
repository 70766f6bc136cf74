#!/bin/sh
# hold: add, list, release.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/books.sh"
books
remember
exits 64 "no end" "$mf" hold add 2026-101
exits 64 "no such day" "$mf" hold add 2026-101 --until 2026-02-30
exits 64 "over already" "$mf" hold add 2026-101 --until 2026-11-01
exits 64 "no such kind" "$mf" hold add 2026-101 --until 2026-12-24 --kind nap
exits 66 "nothing to hold" "$mf" hold add 2026-999 --until 2026-12-24
exits 0 "-n" "$mf" hold add -n 2026-101 --until 2026-12-24
unchanged "nothing changed by all that"
exits 0 "list without one" "$mf" hold list
like "$(cat "$tmp/out")" 'No hold' "says so"
exits 0 "hold an invoice" "$mf" hold add 2026-101 --until 2026-12-24 --why "they called"
exits 0 "hold a customer" "$mf" --json hold add C3 --until 2026-11-30 --kind promise
json "as JSON"
exits 0 "list" "$mf" --json hold list
is "$(jq -r '.kind + " " + .customer + " " + (.invoice // "all") + " " + .until' <"$tmp/out" | sort)" \
"pause C1 2026-101 2026-12-24T22:59:59Z
promise C3 all 2026-11-30T22:59:59Z" "both, to the end of the owner's day"
like "$("$mf" explain 2026-101)" 'No reminder until 2026-12-24 23:59 \(they called\)' "in the journal"
is "$("$mf" --now 2026-12-01 --json hold list | wc -l)" 1 "one is over on 1 December"
id=$("$mf" --json hold list | jq -r 'select(.kind == "pause") | .hold')
exits 66 "release of another" "$mf" hold release "$id" 999
is "$("$mf" --json hold list | wc -l)" 2 "all or nothing"
exits 0 "release -n" "$mf" hold release -n "$id"
exits 0 "release" "$mf" hold release "$id"
is "$("$mf" --json hold list | jq -r .kind)" promise "the other stays"
is "$("$mf" --json hold list --all | wc -l)" 2 "--all shows what is over"
finish
