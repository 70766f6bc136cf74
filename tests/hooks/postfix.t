#!/bin/sh
# A real Postfix on loopback, with a queue of its own, delivers through the
# pipe transport of the shipped recipe: whatever is broken, nothing bounces,
# nothing is lost, and the mail that is tried again counts once.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/hooks/private.sh"
. "$root/tests/hooks/hooks.sh"
[ "$(id -u)" = 0 ] || { skip postfix "needs root for a private Postfix"; finish; }
command -v postfix >/dev/null || { skip postfix "no Postfix on this machine (another mail server is kept)"; finish; }

pf=$tmp/pf
port=$((20000 + $$ % 20000))
cleanup() { rm -f "$tmp/locked"; postfix -c "$pf/etc" stop >/dev/null 2>&1; }
program=prog
tree $program
home=$tmp/home
make_home "$home"
chown -R nobody "$home"

private_postfix "$pf"
cat >>"$pf/etc/main.cf" <<C
local_recipient_maps =
relay_domains = clerk.example
transport_maps = inline:{ {clerk.example=mailfilter:} }
mailfilter_destination_recipient_limit = 1
default_transport = discard
minimal_backoff_time = 300s
header_checks = regexp:$pf/etc/verifier
C
# Stands where the verifying milter of a mail server stands.
echo '/^Subject: Fio/ PREPEND Authentication-Results: mx.clerk.example; dkim=pass header.d=fio.cz header.s=s1' >"$pf/etc/verifier"
# A notice as it comes from the network: no trace fields of ours yet.
incoming() { bank_mail "$@" | sed '/^Return-Path/d; /^Received/,/^ for/d; /^Authentication-Results/,/^ spf/d'; }
cat >>"$pf/etc/master.cf" <<C
127.0.0.1:$port inet n  -       n       -       -       smtpd
pickup    unix  n       -       n       60      1       pickup
C
# The recipe as shipped, with the reader's own user and home put in. Its
# clock is the tests' clock.
sed -n '/^@NAME@ unix/,/deliver/p' "$root/filter/packaging/hooks/master.cf" |
    sed "s,@NAME@,mailfilter,; s,@LIBEXECDIR@/mailfilter,$tmp/$program/libexec/mailfilter,; s,@LIBEXECDIR@,$tmp/$program/libexec,; s,USER,nobody,; s,HOME,$home --now $MAILFILTER_NOW," >>"$pf/etc/master.cf"
like "$(tail -n 1 "$pf/etc/master.cf")" 'mailfilter-pipe deliver --home' "the shipped recipe is used"
postfix -c "$pf/etc" start >"$tmp/start" 2>&1; ok $? "a private Postfix starts"

submit() {		# submit FILE
	python3 - "$port" "$1" <<'P'
import smtplib, sys
with smtplib.SMTP('127.0.0.1', int(sys.argv[1])) as s:
    s.sendmail('notify@bank.example', ['bank@clerk.example'], open(sys.argv[2], 'rb').read())
P
}
statuses() { grep -oE 'status=[a-z]+' "$pf/maillog" | sort | uniq -c | tr -s ' \n' ' '; }
seen() { grep -cE "status=$1" "$pf/maillog" || true; }
wait_for() {		# wait_for STATUS COUNT
	i=0
	while [ "$(seen "$1")" -lt "$2" ] && [ $i -lt 300 ]; do sleep 0.1; i=$((i + 1)); done
	[ "$(seen "$1")" -ge "$2" ]
}

incoming 2026001 499.00 1 >"$tmp/good.eml"
submit "$tmp/good.eml"
wait_for sent 1; ok $? "a good mail is delivered"
is "$(payments)" 1 "and its payment is in the store"
is "$(invoice_open 2026-001)" 0.00 "and settles its invoice"
bank_mail 2026002 100.00 77 | sed 's/^Subject:.*/Subject: =?utf-8?Q?Fio_banka_-_prijem_na_konte?=/' >"$tmp/forged.eml"
submit "$tmp/forged.eml"
wait_for sent 2; ok $? "a mail that brings its own Authentication-Results is delivered"
is "$(invoice_open 2026-002)" 100.00 "and settles nothing"
n=2
for case in $cases; do
	n=$((n + 1))
	incoming "20260$(printf %02d $n)" 100.00 $n >"$tmp/$case.eml"
	deferred=$(seen deferred) sent=$(seen sent)
	break_$case
	submit "$tmp/$case.eml"
	wait_for deferred $((deferred + 1)); ok $? "$case: the mail waits"
	like "$(grep status=deferred "$pf/maillog" | tail -n 1)" 'dsn=4\.3\.0' "$case: with 4.3.0"
	unlike "$(grep status=deferred "$pf/maillog" | tail -n 1)" 'IBAN|automat|100,00' "$case: not a word of the mail in the log"
	mend_$case
	postqueue -c "$pf/etc" -f
	wait_for sent $((sent + 1)); ok $? "$case: mended, it is delivered"
	is "$(payments)" $n "$case: and counts once"
done
submit "$tmp/good.eml"
wait_for sent $((n + 1))
is "$(payments)" $n "the first mail once more changes nothing"
is "$(seen bounced)" 0 "nothing bounced: $(statuses)"
is "$(seen expired)" 0 "nothing expired"
finish
