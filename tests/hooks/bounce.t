#!/bin/sh
# Bounce addresses through a real Postfix, by sendmail and by SMTP: each letter
# has its own, and what comes back marks that letter's recipient and nobody
# else.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/hooks/private.sh"
. "$root/tests/cmd/sendlib.sh"
[ "$(id -u)" = 0 ] || { skip bounce "needs root for a private Postfix"; finish; }
command -v postfix >/dev/null || { skip bounce "no Postfix on this machine (another mail server is kept)"; finish; }

pf=$tmp/pf
port=$((20000 + ($$ + 13) % 20000))
cleanup() { postfix -c "$pf/etc" stop >/dev/null 2>&1; }
private_postfix "$pf"
mkdir -p "$pf/box" "$pf/back" && chown nobody "$pf/box" "$pf/back"
cat >>"$pf/etc/main.cf" <<C
default_transport = box
transport_maps = inline:{ {client1.example = gone:}, {clerk.example = back:} }
box_destination_recipient_limit = 1
C
cat >>"$pf/etc/master.cf" <<C
127.0.0.1:$port inet n  -       n       -       -       smtpd
pickup    unix  n       -       n       1       1       pickup
box       unix  -       n       n       -       2       pipe
  flags=DRX user=nobody argv=/usr/bin/tee $pf/box/\${queue_id}.\${recipient}
gone      unix  -       n       n       -       2       pipe
  user=nobody argv=$pf/etc/gone
back      unix  -       n       n       -       2       pipe
  flags=DR user=nobody argv=/usr/bin/tee $pf/back/\${queue_id}
C
printf '#!/bin/sh\ncat >/dev/null\necho 5.1.1 no such user here\nexit 67\n' >"$pf/etc/gone"
chmod 755 "$pf/etc/gone"
postfix -c "$pf/etc" start >"$tmp/start" 2>&1; ok $? "a private Postfix starts"
# arrived FOLDER COUNT
arrived() { [ "$(find "$pf/$1" -type f -size +0 | wc -l)" -ge "$2" ]; }
# what came back, given to mailfilter as the mail server would
take_back() {
	cat "$pf"/back/* >/dev/null 2>&1 || return
	for file in "$pf"/back/*; do "$mf" deliver <"$file"; done
}
undelivered() { "$mf" --json customer list | jq -r 'select(.undelivered) | .id // .customer // .key' | xargs; }

for way in sendmail smtp; do
	rm -f "$pf"/box/* "$pf"/back/*
	waiting_home 3
	"$mf" -q customer edit C2 --copy 'books@client2.example,gone@client1.example' >/dev/null
	settings "transport = $way" "sendmail = \"/usr/sbin/sendmail -C $pf/etc\"" \
	    'smtp-host = "127.0.0.1"' "smtp-port = $port" 'smtp-tls = none' \
	    'bounce = "bounces@clerk.example"' 'tag-delimiter = "+"'
	exits 0 "$way: send" "$mf" -q send
	is "$(states)" "3 sent" "$way: three letters are with Postfix"
	wait_for arrived box 3; ok $? "$way: client2, its copy and client3 have theirs"
	wait_for arrived back 2; ok $? "$way: two reports came back"
	sleep 0.2
	sed -n 's/^Return-Path: //p' "$pf"/box/* | sort >"$tmp/paths"
	is "$(grep -cE '^<bounces\+b[0-9]+-[0-9a-f]{20}@clerk.example>$' "$tmp/paths")" \
	    "$(wc -l <"$tmp/paths")" "$way: the envelope's sender has the letter's tag"
	is "$(uniq "$tmp/paths" | wc -l)" 2 "$way: one of its own for each letter"
	is "$(grep -l '^Return-Path: <MAILER-DAEMON>' "$pf"/back/* | wc -l)" "$(ls "$pf/back" | wc -l)" \
	    "$way: reports have no sender themselves"
	is "$(undelivered)" "" "$way: nobody is marked yet"
	take_back
	is "$(undelivered)" C1 "$way: the customer whose only address failed is marked"
	is "$("$mf" --json letter list | jq -r '"\(.customer) \(.state)"' | sort | xargs)" \
	    "C1 failed C2 sent C3 sent" "$way: its letter failed, and no other"
	like "$(sqlite3 "$home/store.db" "SELECT text FROM question WHERE code = 'undelivered:part'")" \
	    'came back from gone@client1.example \(5.1.1\).*others' "$way: of several addresses the bad one is told"
	take_back
	is "$(questions)" 2 "$way: once"
done

# What only the bounce address tells: a report that quotes nothing, to where
# their server had sent the letter on.
waiting_home 2
settings 'transport = dir' 'tag-delimiter = "+"'
"$mf" -q send
letter=$("$mf" --json letter list | jq -r 'select(.customer == "C2") | .letter')
cat >"$tmp/sendmail" <<S
#!/bin/sh
printf '%s\n' "\$@" >"$tmp/argv"; cat >/dev/null
S
chmod +x "$tmp/sendmail"
"$mf" -q invoice new --customer C2 --line "Work;50.00" >/dev/null
settings 'transport = sendmail' "sendmail = \"$tmp/sendmail\"" 'tag-delimiter = "+"'
"$mf" -q run >/dev/null 2>&1
from=$(grep '+b' "$tmp/argv")
report() {	# report TO STATUS
	cat <<-M | "$mf" deliver
	Return-Path: <>
	From: MAILER-DAEMON@there.example
	To: $1
	Subject: Undelivered Mail
	Date: Tue, 24 Nov 2026 10:00:00 +0000
	Message-ID: <$2.$1>
	Content-Type: multipart/report; report-type=delivery-status; boundary=b

	--b
	Content-Type: message/delivery-status

	Reporting-MTA: dns; there.example

	Final-Recipient: rfc822; anna@elsewhere.example
	Action: failed
	Status: $2

	--b--
	M
}
like "$from" '^eva\+b[0-9]+-' "the bounce address of an invoice"
report "$(printf %s "$from" | sed 's/0@\|1@\|2@\|3@\|4@\|5@\|6@\|7@\|8@\|9@\|[a-f]@/x@/')" 5.1.1
report "eva+b99-0123456789abcdef0123@clerk.example" 5.1.1
report "$(printf %s "$from" | sed 's/+b/+r/')" 5.1.1
is "$(undelivered)" "" "a tag that we did not make says nothing"
report "$from" 4.4.1
is "$(undelivered)" "" "what is tried again is no end"
report "$from" 5.1.1
is "$(undelivered)" C2 "the tag is enough"
is "$("$mf" --json letter list | jq -r 'select(.state == "failed") | .kind')" invoice "and names the letter"
is "$(state_of "$letter")" sent "no other letter"
finish
