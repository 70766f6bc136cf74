#!/bin/sh
# "Rent is private": the bank's genuine notice is set aside and nobody is asked;
# what anybody could have written takes nothing out of sight.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
cat >>"$home/mailfilter.conf" <<'C'
rule "rent" { payer-account = "19-2000145399/0800" do = ignore }
rule "no bakery" { payer = "*pekarna*" do = ignore }
C
rent='s,^Protiúčet:.*,Protiúčet: 19-2000145399/0800,'
at 2026-11-12T10:00:00Z; bank 9999999999 850.00 "$rent"; ok $? "the rent comes"
is "$("$mf" --json report set-aside | jq -r '.amount + " " + .why' | grep -c 'your rule “rent”')" 1 "it is set aside, and listed"
is "$("$mf" --json status | jq -r '.questions // 0')" 0 "nobody is asked"
bank 9999999999 12.00 "$rent; s/automat@fio.cz>/automat@elsewhere.example>/"
is "$("$mf" --json report set-aside | grep -c .)" 1 "a forged notice is not set aside"
at 2026-11-13T10:00:00Z; bank 2026001 499.00
is "$(state 2026-001)" paid "other money is matched as ever"
exits 0 "the books are in order" "$mf" -q check
finish
