#!/bin/sh
# The gate as content filter of a real Postfix, as in the shipped recipe, with
# both ways of giving mail back: what is no reminder comes out as it went in,
# nothing is lost, nothing doubled.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/hooks/gate.sh"
gate_postfix_can
cleanup() { gate_postfix_ends; }
tree $program
home=$tmp/home
make_home "$home"
chown -R nobody "$home"
gate_postfix; ok $? "a private Postfix starts"
[ ! -s "$tmp/start" ] || sed "s/^/# /" "$tmp/start"
like "$(cat "$tmp/recipe")" 'mailfilter-pipe gate --home' "with the shipped recipe"

# --- bytes ------------------------------------------------------------------------
cat >"$tmp/plain.eml" <<'M'
From: Billing <billing@clerk.example>
To: anna@other.example
Subject: Lunch
Date: Sat, 21 Nov 2026 10:00:00 +0000
Message-ID: <plain@clerk.example>

Shall we meet at noon?
M
python3 - "$tmp" <<'P'
import sys
head = (b'From: Billing <billing@clerk.example>\r\nTo: anna@other.example\r\nSubject: %s\r\n'
        b'Date: Sat, 21 Nov 2026 10:00:00 +0000\r\nMessage-ID: <%s@clerk.example>\r\n')
def put(name, rest):
    with open('%s/b.%s' % (sys.argv[1], name), 'wb') as f:
        f.write(head % (name.encode(), name.encode()) + rest)
put('dots', b'\r\n.\r\n..\r\n.dot\r\n. \r\nFrom here\r\n>From there\r\n')
put('eight', b'\r\n' + 'Größe, сумма, 金額\r\n'.encode() + b'\xff\xfe\x80 raw\r\n')
put('headers', b'X-Eight: Gr\xc3\xb6\xc3\x9fe \xff\r\nx-odd:no blank\r\nX-Folded: a\r\n\tb\r\n  c\r\nX-Odd:\r\n\r\nx\r\n')
put('cr', b'\r\nbare \r cr \r\r end\r\nlast\r\n')
put('nul', b'\r\nwith a \0 nul\r\n\0\0\r\n')
put('long', b'\r\n' + b'x' * 1990 + b'\r\n' + b'y' * 2049 + b'\r\n')
put('blank', b'\r\n\r\n\r\n   \r\n\t\r\n\r\n')
put('empty', b'\r\n')
put('received', b'Received: from a by b; Sat, 21 Nov 2026 10:00:00 +0000\r\nReturn-Path: <x@y.example>\r\nBcc: c@d.example\r\nDelivered-To: a@b.example\r\n\r\nx\r\n')
put('mbox', b'\r\nFrom a@b.example Sat Nov 21 10:00:00 2026\r\n\r\nFrom c\r\n')
put('auto', b'Auto-Submitted: auto-generated\r\nList-Unsubscribe: <https://x.example/' + b'u' * 300 + b'>\r\n\r\nnews\r\n')
P
count=0
for file in "$tmp"/b.*; do
	name=${file##*/b.}
	submit "$plain" "$file" a@clerk.example "$name@plain.example" || exit 1
	submit "$gated" "$file" a@clerk.example "$name@gated.example" || exit 1
	submit "$bysendmail" "$file" a@clerk.example "$name@sendmail.example" || exit 1
	count=$((count + 3))
done
wait_sunk $count; ok $? "all of $count mails arrive"
for file in "$tmp"/b.*; do
	name=${file##*/b.}
	untraced "$name@plain.example" >"$tmp/wanted"
	[ -s "$tmp/wanted" ]; ok $? "$name: it arrives without the gate"
	untraced "$name@gated.example" | cmp - "$tmp/wanted"; ok $? "$name: the same bytes through the gate, by SMTP"
	untraced "$name@sendmail.example" | cmp - "$tmp/wanted"; ok $? "$name: and by sendmail"
done

# --- envelopes --------------------------------------------------------------------
for port in $gated $bysendmail; do
	rm -f "$pf"/sink/*
	submit $port "$tmp/plain.eml" '' null@other.example
	submit $port "$tmp/plain.eml" billing@clerk.example anna+invoices@other.example -dash@other.example '"two words"@other.example' bob@third.example
	submit $port "$tmp/plain.eml" -minus@clerk.example carl@other.example
	wait_sunk 6; ok $? "$port: all recipients get it"
	is "$(sort "$pf"/sink/*.to | tr '\n' ' ')" '"two words"@other.example -dash@other.example anna+invoices@other.example bob@third.example carl@other.example null@other.example ' "$port: each once, as written"
done
like "$(grep 'from=<>' "$pf/maillog")" 'from=<>' "the null sender stays"
like "$(grep 'from=<-minus' "$pf/maillog" | grep -c qmgr)" '^[4-9]' "a sender with a dash stays"

# --- by sender --------------------------------------------------------------------
rm -f "$pf"/sink/*; : >"$pf/maillog"
submit "$bysender" "$tmp/plain.eml" billing@clerk.example s1@other.example
submit "$bysender" "$tmp/plain.eml" other@clerk.example s2@other.example
wait_sunk 2; ok $? "by sender: both arrive"
is "$(grep -c 'relay=mailfilter-gate' "$pf/maillog")" 1 "by sender: one through the gate"

# --- reminders among other mail, in parallel, the mail server stopped in between ----
rm -f "$pf"/sink/*; : >"$pf/maillog"
bank_mail 2026001 499.00 1 | "$mf" deliver
is "$(invoice_open 2026-001)" 0.00 "2026-001 is paid"
chown -R nobody "$home"
debtor=$(sqlite3 "$home/store.db" "SELECT email FROM customer c JOIN invoice i ON i.customer = c.id WHERE i.number = '2026-001'")
i=0
while [ $i -lt 50 ]; do
	i=$((i + 1)) to=p$i@other.example
	sed "s/<plain@/<p$i@/; s/^Subject: .*/Subject: Lunch $i/" "$tmp/plain.eml" >"$tmp/p.$i"
	if [ $((i % 5)) = 0 ]; then
		to=$debtor
		sed -i 's/^Subject: .*/Subject: Payment reminder: invoice 2026-001/; s/^Shall.*/Invoice 2026-001 is overdue. Please pay./' "$tmp/p.$i"
	fi
	submit "$gated" "$tmp/p.$i" billing@clerk.example "$to" &
	pids="${pids:-} $!"
done
for pid in $pids; do wait "$pid"; done
gate_postfix_ends
unshare -m sh -c "mount --bind '$pf/etc' /etc/postfix && exec postfix start" >/dev/null 2>&1
ok $? "stopped in the middle, and started again"
postqueue -c "$pf/etc" -f; quiet 300; ok $? "the queue is empty in the end"
is "$(sort -u "$pf"/sink/*.to | grep -c '^p.*@other.example')" 40 "all 40 other mails arrived"
is "$(grep -h '^Subject: Payment' "$pf"/sink/*.eml | wc -l)" 0 "no reminder did"
is "$("$mf" --json gated list --all | wc -l)" 10 "all ten are kept"

is "$(grep -c 'status=bounced' "$pf/maillog")" 0 "nothing bounced"
finish
