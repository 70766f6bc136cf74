#!/bin/sh
# Real Pigeonhole (dovecot-lda) with the shipped Sieve script: the mailbox
# gets its copy whatever happens to mailfilter.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/hooks/hooks.sh"
lda=/usr/lib/dovecot/dovecot-lda
[ -x $lda ] && [ -e /usr/lib/dovecot/modules/sieve/lib90_sieve_extprograms_plugin.so ] ||
    { skip sieve "no dovecot-lda with Pigeonhole"; finish; }
id dovecot >/dev/null 2>&1 || { skip sieve "no user dovecot"; finish; }

program=prog
tree $program
home=$tmp/home
make_home "$home"
mkdir -p "$tmp/pipe" "$tmp/box" "$tmp/run" "$tmp/state" "$tmp/script"
sed -n 's/^#   \(#!.*\)/\1/p; s/^#   \(exec .*\)/\1/p' "$root/filter/packaging/hooks/sieve" |
    sed "s,@LIBEXECDIR@,$tmp/$program/libexec,; s,HOME,$home --now $MAILFILTER_NOW," >"$tmp/pipe/clerk"
chmod 755 "$tmp/pipe/clerk"
like "$(cat "$tmp/pipe/clerk")" 'mailfilter-pipe deliver' "the shipped script is used"
grep -v '^#' "$root/filter/packaging/hooks/sieve" >"$tmp/script/script.sieve"
cat >"$tmp/dovecot.conf" <<-C
	base_dir = $tmp/run
	state_dir = $tmp/state
	log_path = $tmp/log
	postmaster_address = postmaster@clerk.example
	hostname = mx.clerk.example
	mail_location = maildir:$tmp/box
	first_valid_uid = 0
	ssl = no
	protocol lda {
	  mail_plugins = sieve
	}
	plugin {
	  sieve = file:$tmp/script/script.sieve
	  sieve_plugins = sieve_extprograms
	  sieve_extensions = +vnd.dovecot.pipe
	  sieve_pipe_bin_dir = $tmp/pipe
	  sieve_pipe_exec_timeout = 20s
	}
C
# dovecot-lda wants a user database of root; as somebody else it asks nobody.
as=''
if [ "$(id -u)" = 0 ]; then
	as='setpriv --reuid nobody --regid nogroup --clear-groups'
	chown -R nobody "$home" "$tmp/box" "$tmp/run" "$tmp/state" "$tmp/script"
fi
touch "$tmp/log"; chmod 666 "$tmp/log"
deliver() {
	rm -rf "$tmp/box"/*
	HOME=$tmp/box USER=nobody $as $lda -c "$tmp/dovecot.conf" <"$1" 2>"$tmp/err"; code=$?
	cat "$tmp/box"/new/* >"$tmp/got" 2>/dev/null
	sed -i '/^Return-Path: </d' "$tmp/got"
	return $code
}
n=0
for case in good store_missing config_broken program_crashing library_missing; do
	n=$((n + 1))
	bank_mail "20260$(printf %02d $n)" 100.00 $n | sed '/^Return-Path/d' >"$tmp/mail"
	[ $case = good ] || break_$case
	deliver "$tmp/mail"; ok $? "$case: delivered"
	[ $case = good ] || mend_$case
	cmp -s "$tmp/got" "$tmp/mail"; ok $? "$case: the mailbox has the same bytes"
	[ $case = good ] || $as "$tmp/$program/mailfilter" deliver <"$tmp/got"
	is "$(payments)" $n "$case: and the payment is in the store, once"
done
finish
