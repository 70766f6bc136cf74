#!/bin/sh
# import of mail: one file, mbox with quoted From lines, Maildir.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/fixture.sh"
home=$MAILFILTER_HOME
make_home "$home"
bank_mail 2026001 499.00 1 >"$tmp/one.eml"
remember() { "$mf" export >"$tmp/before"; }
unchanged() { "$mf" export | cmp -s - "$tmp/before"; ok $? "$1"; }
remember
exits 0 "-n" "$mf" import -n "$tmp/one.eml"
unchanged "changes nothing"
exits 0 "one mail" "$mf" import "$tmp/one.eml"
like "$(cat "$tmp/out")" '1 mail, 1 with effect' "taken"
is "$("$mf" --json invoice show 2026-001 | jq -r .state)" paid "as if delivered"
"$mf" export >"$tmp/once"
exits 0 "once more" "$mf" import "$tmp/one.eml"
like "$(cat "$tmp/out")" '1 known already' "known"
"$mf" export | cmp -s - "$tmp/once"; ok $? "nothing changed"

{
	echo "From bank Sat Nov 21 10:00:00 2026"; bank_mail 2026002 100.00 2
	echo; echo "From friend Sat Nov 21 10:00:00 2026"
	other_mail 3 | sed 's/^Shall/>From here on: shall/'
	echo; echo "From bank Sat Nov 21 10:00:00 2026"; bank_mail 2026003 100.00 4
} >"$tmp/box"
exits 0 "an mbox" "$mf" --json import "$tmp/box"
is "$(jq -c '[.messages, .taken, .known]' <"$tmp/out")" '[3,2,0]' "three messages, two of the bank"
is "$("$mf" --json invoice show 2026-003 | jq -r .state)" paid "the last one too"
bank_mail 2026002 100.00 2 >"$tmp/two.eml"
exits 0 "a mail of the mbox as a file" "$mf" import "$tmp/two.eml"
like "$(cat "$tmp/out")" '1 known already' "is the same bytes"

mkdir -p "$tmp/Maildir/new" "$tmp/Maildir/cur" "$tmp/Maildir/tmp"
bank_mail 2026004 100.00 5 >"$tmp/Maildir/new/1.a"
other_mail 6 >"$tmp/Maildir/cur/2.b:2,S"
bank_mail 2026005 100.00 7 >"$tmp/Maildir/tmp/3.c"
exits 0 "a Maildir" "$mf" --json import "$tmp/Maildir"
is "$(jq -c '[.messages, .taken]' <"$tmp/out")" '[2,1]' "cur and new, not tmp"
exits 0 "the store is in order" "$mf" check
finish
