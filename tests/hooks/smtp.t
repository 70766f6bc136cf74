#!/bin/sh
# Letters through a real Postfix with STARTTLS: with a certificate that our
# authority signed they arrive; with a stranger's nothing is handed over.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/hooks/private.sh"
. "$root/tests/fixture.sh"
[ "$(id -u)" = 0 ] || { skip smtp "needs root for a private Postfix"; finish; }
command -v postfix >/dev/null || { skip smtp "no Postfix on this machine (another mail server is kept)"; finish; }

pf=$tmp/pf
port=$((20000 + ($$ + 7) % 20000))
cleanup() { postfix -c "$pf/etc" stop >/dev/null 2>&1; }
private_postfix "$pf"
mkdir -p "$pf/box" && chown nobody "$pf/box"
cd "$pf/etc" || exit 1
authority() {		# authority NAME
	openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.pem" \
	    -days 30 -subj "/CN=$1" 2>/dev/null
}
authority ours; authority stranger
openssl req -new -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost 2>/dev/null
echo 'subjectAltName=DNS:localhost' >ext
openssl x509 -req -in server.csr -CA ours.pem -CAkey ours.key -CAcreateserial \
    -days 30 -extfile ext -out server.pem 2>/dev/null
cat >>main.cf <<C
default_transport = box
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = $pf/etc/server.pem
smtpd_tls_key_file = $pf/etc/server.key
C
cat >>master.cf <<C
127.0.0.1:$port inet n  -       n       -       -       smtpd
pickup    unix  n       -       n       60      1       pickup
box       unix  -       n       n       -       2       pipe
  flags=R user=nobody argv=/usr/bin/tee $pf/box/\${queue_id}
C
cd "$root" || exit 1
postfix -c "$pf/etc" start >"$tmp/start" 2>&1; ok $? "a private Postfix starts"

home=$tmp/home
MAILFILTER_NOW=2026-11-23T09:00:00Z
make_home "$home"
trust() {		# trust AUTHORITY: whose certificates count
	sed "s,transport = dir,transport = smtp\n\tsmtp-host = \"localhost\"\n\tsmtp-port = $port\n\tsmtp-tls = starttls\n\tsmtp-ca-file = \"$pf/etc/$1.pem\"," \
	    "$root/tests/fixture.conf" >"$home/mailfilter.conf"
}
"$mf" -q invoice new --customer C1 --number 2026-900 --due 2026-12-10 --line "Poster;1;pc;100.00" >/dev/null
ok $? "an invoice is made"
"$mf" -q remind >/dev/null
is "$("$mf" --json letter list | jq -r 'select(.kind == "invoice") | .state')" planned "and waits"

trust stranger
"$mf" send >"$tmp/out" 2>&1
is "$(ls "$pf/box" | wc -l)" 0 "an authority that did not sign: nothing is handed over"
unlike "$("$mf" --json letter list | jq -r .state)" '^sent$' "and nothing counts as sent"
grep -q 'connect from' "$pf/maillog"; ok $? "the server was asked"
unlike "$(cat "$pf/maillog")" 'client=' "but heard of no letter"

trust ours
MAILFILTER_NOW=2026-11-23T12:00:00Z
"$mf" send >"$tmp/out" 2>&1; ok $? "our authority: sent"
i=0
while [ -z "$(ls "$pf/box")" ] && [ $i -lt 200 ]; do sleep 0.1; i=$((i + 1)); done
is "$("$mf" --json letter list | jq -r 'select(.kind == "invoice") | .state')" sent "the letter is sent"
id=$("$mf" --json letter list | jq -r 'select(.kind == "invoice") | .message_id')
[ -n "$id" ] && grep -rqF "$id" "$pf/box"; ok $? "and arrived under its own Message-ID"
finish
