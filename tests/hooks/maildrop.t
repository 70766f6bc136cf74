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
	from_mbox "$tmp/box/mbox" >"$tmp/got"
	return $code
}
mda_cases
finish
