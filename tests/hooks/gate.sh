# A real Postfix on loopback for the tests of the gate. Its configuration lies
# over /etc/postfix in a mount namespace of its own, so that the machine's own
# sendmail gives mail back to it.
. "$root/tests/hooks/hooks.sh"
. "$root/tests/hooks/private.sh"

pf=$tmp/pf
plain=$((20000 + $$ % 10000)) gated=$((plain + 1)) bysendmail=$((plain + 2))
again=$((plain + 3)) bysender=$((plain + 4))
program=prog

# gate_postfix: two transports of the shipped recipe, one of them with the
# re-injection by sendmail; all mail ends as files in $pf/sink.
gate_postfix() {
	private_postfix "$pf" && mkdir -p "$pf/sink" || return
	chown nobody "$pf/sink"
	cat >"$pf/sink.sh" <<-S
	#!/bin/sh
	file=\$(mktemp "$pf/sink/.XXXXXX") && cat >"\$file" && printf '%s\n' "\$1" >"\$file.to" &&
	    mv "\$file" "$pf/sink/\$(basename "\$file" | tr -d .).eml" && mv "\$file.to" "$pf/sink/\$(basename "\$file" | tr -d .).to"
	S
	chmod 755 "$pf/sink.sh"
	cat >>"$pf/etc/main.cf" <<-C
	local_recipient_maps =
	sink_destination_recipient_limit = 1
	default_transport = sink:
	relay_transport = sink:
	minimal_backoff_time = 300s
	default_process_limit = 20
	message_size_limit = 200000000
	mailbox_size_limit = 0
	smtpd_client_connection_count_limit = 0
	allow_min_user = yes
	by_sender = check_sender_access inline:{ {billing@clerk.example = FILTER mailfilter-gate:} }
	C
	cp /etc/postfix/postfix-files "$pf/etc/"
	cat >>"$pf/etc/master.cf" <<-C
	127.0.0.1:$plain inet n  -  n  -  -  smtpd
	127.0.0.1:$gated inet n  -  n  -  -  smtpd
	  -o content_filter=mailfilter-gate:
	127.0.0.1:$bysendmail inet n  -  n  -  -  smtpd
	  -o content_filter=sendmail-gate:
	127.0.0.1:$bysender inet n  -  n  -  -  smtpd
	  -o smtpd_sender_restrictions=\$by_sender
	pickup    unix  n       -       n       60      1       pickup
	  -o content_filter=${PICKUP_FILTER:-}
	sink      unix  -       n       n       -       20      pipe
	  flags=q user=nobody null_sender= argv=$pf/sink.sh \${recipient}
	C
	# The recipe as shipped, with the reader's own user, home and port.
	sed '/^#/d' "$root/filter/packaging/hooks/master.cf.gate" |
	    sed "s,@NAME@,mailfilter,; s,@LIBEXECDIR@,$tmp/$program/libexec,; s,USER,nobody,; s,HOME,$home --now $MAILFILTER_NOW,; s,10026,$again,g" >"$tmp/recipe"
	cat "$tmp/recipe" >>"$pf/etc/master.cf"
	sed -n '/gate unix/,/argv/p' "$tmp/recipe" |
	    sed "s,^mailfilter-gate,sendmail-gate,; s,smtp:127.0.0.1:$again,{/usr/sbin/sendmail -G -i},; s,--reinject {,{--reinject=," >>"$pf/etc/master.cf"
	unshare -m sh -c "mount --bind '$pf/etc' /etc/postfix && exec postfix start" >"$tmp/start" 2>&1
}
gate_postfix_ends() { postfix -c "$pf/etc" stop >/dev/null 2>&1; }
gate_postfix_can() {
	[ "$(id -u)" = 0 ] || { skip postfix "needs root for a private Postfix"; finish; }
	command -v postfix >/dev/null || { skip postfix "no Postfix on this machine (another mail server is kept)"; finish; }
	unshare -m mount --bind "$tmp" /etc/postfix 2>/dev/null || { skip postfix "no mount namespaces here"; finish; }
}

# submit PORT FILE [SENDER [RECIPIENT...]]
submit() {
	python3 - "$@" <<'P'
import smtplib, sys
port, file, sender, to = sys.argv[1], sys.argv[2], (sys.argv + ['billing@clerk.example'])[3], sys.argv[4:] or ['anna@other.example']
class Raw(smtplib.SMTP):		# the bytes as they are, dots doubled
    def data(self, msg):
        self.putcmd('data')
        if self.getreply()[0] != 354:
            raise SystemExit('DATA refused')
        q = msg.replace(b'\r\n', b'\n').replace(b'\n', b'\r\n')
        if q.startswith(b'.'):
            q = b'.' + q
        self.send(q.replace(b'\n.', b'\n..') + (b'' if q.endswith(b'\r\n') else b'\r\n') + b'.\r\n')
        return self.getreply()
with Raw('127.0.0.1', int(port)) as s:
    s.ehlo('program.clerk.example')
    s.mail(sender, ['BODY=8BITMIME'])
    for one in to:
        code, text = s.rcpt(one)
        if code // 100 != 2:
            raise SystemExit('%d %s' % (code, text))
    code, text = s.data(open(file, 'rb').read())
    if code != 250:
        raise SystemExit('%d %s' % (code, text))
P
}
# sunk [RECIPIENT]: how many arrived
sunk() { cat "$pf"/sink/*.to 2>/dev/null | grep -cxF -- "${1:-}" || true; }
all_sunk() { ls "$pf/sink" 2>/dev/null | grep -c '\.to$' || true; }
wait_sunk() {		# wait_sunk COUNT [SECONDS]
	i=0
	while [ "$(all_sunk)" -lt "$1" ] && [ $i -lt $((${2:-30} * 10)) ]; do sleep 0.1; i=$((i + 1)); done
	[ "$(all_sunk)" -ge "$1" ]
}
quiet() {		# waits until the queue is empty
	i=0
	while ! postqueue -c "$pf/etc" -p 2>/dev/null | grep -q 'queue is empty' && [ $i -lt "${1:-300}" ]; do sleep 0.1; i=$((i + 1)); done
	postqueue -c "$pf/etc" -p 2>/dev/null | grep -q 'queue is empty'
}
# The files of one recipient without the trace that each hop puts in front.
untraced() {
	python3 - "$pf/sink" "$1" <<'P'
import glob, re, sys
for to in sorted(glob.glob(sys.argv[1] + '/*.to')):
    if open(to).read().strip() == sys.argv[2]:
        b = open(to[:-3] + '.eml', 'rb').read()
        sys.stdout.buffer.write(re.sub(rb'\A(Received: [^\n]*\n(?:[ \t][^\n]*\n)*)*', b'', b))
P
}
