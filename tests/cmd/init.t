#!/bin/sh
# init: makes a home once, and says what to do next.
. "$(dirname "$0")/../lib.sh"
home=$MAILFILTER_HOME

exits 64 "a wrong mailbox" "$mf" init --mailbox nonsense
like "$(cat "$tmp/err")" "'nonsense' is no mail address" "says which"
[ ! -e "$home" ]; ok $? "nothing was made"
exits 64 "a wrong id" "$mf" init --authserv-id 'two words'
exits 64 "a word too much" "$mf" init there
exits 64 "an unknown option" "$mf" init --force
exits 0 "it makes a home" "$mf" init --authserv-id mx.clerk.example \
    --mailbox bank@clerk.example second@clerk.example
is "$(grep -c '^  [123]\.' "$tmp/out")" 3 "three lines of what to do next"
like "$(cat "$home/mailfilter.conf")" '^[[:space:]]*authserv-id = "mx.clerk.example"' "the id is in"
like "$(cat "$home/mailfilter.conf")" 'mailboxes = \{"bank@clerk.example", "second@clerk.example"\}' "the mailboxes too"
is "$(stat -c %a "$home")" 700 "the home is private"
is "$(stat -c %a "$home/mailfilter.conf")" 600 "the configuration too"
for name in spool quarantine outbox banks templates; do
	[ -d "$home/$name" ]; ok $? "folder $name"
done
exits 0 "the configuration can be read" "$mf" check
sum=$(cat "$home"/mailfilter.conf "$home"/store.db | cksum)
exits 73 "not a second time" "$mf" init
like "$(cat "$tmp/err")" 'there already; nothing was changed' "says why"
is "$(cat "$home"/mailfilter.conf "$home"/store.db | cksum)" "$sum" "nothing changed"
exits 73 "nowhere to write" "$mf" --home /proc/nowhere init
exits 0 "-q says nothing" "$mf" --home "$tmp/quiet" -q init
is "$(cat "$tmp/out" "$tmp/err")" "" "nothing"
exits 0 "with samples" "$mf" --home "$tmp/demo" -q init --demo
[ "$("$mf" --home "$tmp/demo" --json customer list | wc -l)" -ge 3 ]; ok $? "customers are in"
[ "$("$mf" --home "$tmp/demo" --json invoice list | wc -l)" -ge 10 ]; ok $? "invoices are in"
finish
