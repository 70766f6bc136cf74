#!/bin/sh
# Real maildrop with the shipped recipes: the mailbox gets the same bytes
# whatever happens to mailfilter, and a mail that was read late counts once.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/hooks/hooks.sh"
command -v maildrop >/dev/null || { skip maildrop "no maildrop"; finish; }

program=prog
tree $program
home=$tmp/home
make_home "$home"
mkdir -m 700 "$tmp/box"

recipe() {		# recipe A|B: as shipped, A or B switched on
	sed -n "/^# $1\\./,/^\$/p" "$root/filter/packaging/hooks/maildroprc" |
	    sed -n '/^#\{0,1\}exception/,$p' | sed 's/^#//' |
	    sed "s,@LIBEXECDIR@/mailfilter,$tmp/$program/libexec/mailfilter,"
}
rc() {
	{
		printf 'MAILFILTER_HOME="%s"\nMAILFILTER_NOW="%s"\n' \
		    "$home" "$MAILFILTER_NOW"
		recipe "$1"
		printf 'to "%s"\n' "$tmp/box/mbox"
	} >"$tmp/rc"
	chmod 600 "$tmp/rc"
}
# deliver FILE -> the mailbox's copy in $tmp/got without the From_ line
deliver() {
	rm -f "$tmp/box/mbox"
	HOME=$tmp/box maildrop -V 0 "$tmp/rc" <"$1"; code=$?
	sed '1{/^From /d}; ${/^$/d}' "$tmp/box/mbox" >"$tmp/got" 2>/dev/null
	return $code
}
n=0
for kind in A B; do
	rc $kind
	like "$(cat "$tmp/rc")" 'mailfilter-pipe' "$kind: the shipped recipe is used"
	n=$((n + 1))
	bank_mail "20260$(printf %02d $n)" 100.00 $n >"$tmp/mail"
	deliver "$tmp/mail"; ok $? "$kind: good: delivered"
	if [ $kind = B ]; then
		is "$(grep -c '^X-Mailfilter: credit' "$tmp/got")" 1 "$kind: with one field in front"
		sed -i '/^X-Mailfilter: /d' "$tmp/got"
	fi
	cmp -s "$tmp/got" "$tmp/mail"; ok $? "$kind: good: the mailbox has the same bytes"
	is "$(payments)" $n "$kind: good: the payment is in the store"
	for case in $cases; do
		n=$((n + 1))
		bank_mail "20260$(printf %02d $n)" 100.00 $n >"$tmp/mail"
		break_$case
		deliver "$tmp/mail"
		mend_$case
		sed -i '/^X-Mailfilter: /d' "$tmp/got"
		cmp -s "$tmp/got" "$tmp/mail"; ok $? "$kind: $case: the mailbox has the same bytes"
		"$tmp/$program/mailfilter" deliver <"$tmp/got"
		ok $? "$kind: $case: read again later"
		is "$(payments)" $n "$kind: $case: counts once"
	done
done
finish
