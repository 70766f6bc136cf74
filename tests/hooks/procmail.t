#!/bin/sh
# Real procmail with the shipped recipes: the mailbox gets the same bytes
# whatever happens to mailfilter, and a mail that was read late counts once.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/hooks/hooks.sh"
command -v procmail >/dev/null || { skip procmail "no procmail"; finish; }

program=prog
tree $program
home=$tmp/home
make_home "$home"
mkdir -m 700 "$tmp/box"

recipe() {		# recipe A|B >FILE: as shipped, A or B switched on
	sed -n "/^# $1\\./,/^\$/p" "$root/filter/packaging/hooks/procmailrc" |
	    sed -n '/^#\{0,1\}:0/,$p' | sed 's/^#//' |
	    sed "s,@LIBEXECDIR@/mailfilter,$tmp/$program/libexec/mailfilter,"
}
rc() {
	printf 'LOGFILE=%s\nMAILDIR=%s\nDEFAULT=%s\nSHELL=/bin/sh\nMAILFILTER_HOME=%s\nMAILFILTER_NOW=%s\n' \
	    "$tmp/log" "$tmp/box" "$tmp/box/mbox" "$home" "$MAILFILTER_NOW" >"$tmp/rc"
	recipe "$1" >>"$tmp/rc"
	chmod 600 "$tmp/rc"
}
# deliver FILE -> the mailbox's copy in $tmp/got without procmail's own From_
deliver() {
	rm -f "$tmp/box/mbox" "$tmp/log"
	procmail "$tmp/rc" <"$1"; code=$?
	from_mbox "$tmp/box/mbox" >"$tmp/got"
	return $code
}
mda_cases
finish
