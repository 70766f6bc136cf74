#!/bin/sh
# Signed letters: PGP/MIME and S/MIME with keys of real GnuPG homes, verified
# by gpg and openssl, also after a real Postfix; without a good key none
# leaves.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/hooks/private.sh"
. "$root/tests/cmd/sendlib.sh"
for program in gpg gpgsm gpgconf openssl; do
	command -v $program >/dev/null || { skip sign "no $program here"; finish; }
done
keys=$(mktemp -d /tmp/mfk.XXXX)		# short: a socket lies in it
pf=$tmp/pf
cleanup() {
	for home_of in "$keys"/*; do gpgconf --homedir "$home_of" --kill all 2>/dev/null; done
	[ ! -d "$pf" ] || postfix -c "$pf/etc" stop >/dev/null 2>&1
	rm -rf "$keys"
}
mkdir -m 700 "$keys/pgp" "$keys/smime" "$keys/none"
gpg --homedir "$keys/pgp" --batch -q --passphrase '' \
    --quick-gen-key 'Eva <eva@clerk.example>' ed25519 sign never 2>"$tmp/err"
ok $? "a PGP key"
# An authority, and a certificate of it in gpgsm's own box.
cd "$tmp" || exit 1
openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 3650 -subj '/CN=An Authority' \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=keyCertSign 2>/dev/null
openssl req -new -newkey rsa:2048 -nodes -keyout eva.key -out eva.csr -subj '/CN=Eva' 2>/dev/null
printf 'subjectAltName=email:eva@clerk.example\nkeyUsage=digitalSignature\nextendedKeyUsage=emailProtection\n' >ext
openssl x509 -req -in eva.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 -extfile ext -out eva.pem 2>/dev/null
openssl pkcs12 -export -legacy -in eva.pem -inkey eva.key -certfile ca.pem -passout pass:x -out eva.p12 2>/dev/null
cat >pinentry <<'P'
#!/bin/sh
echo "OK ready"
while read -r word rest; do
	case $word in
	GETPIN) echo "D x"; echo OK ;;
	BYE) echo OK; exit ;;
	*) echo OK ;;
	esac
done
P
chmod 755 pinentry
printf 'pinentry-program %s\nallow-loopback-pinentry\ns2k-count 65536\ndisable-scdaemon\n' "$tmp/pinentry" >"$keys/smime/gpg-agent.conf"
printf 'disable-crl-checks\ndisable-dirmngr\n' >"$keys/smime/gpgsm.conf"
echo "$(openssl x509 -in ca.pem -noout -fingerprint -sha1 | cut -d= -f2) S relax" >"$keys/smime/trustlist.txt"
echo x >word
gpgsm --homedir "$keys/smime" --batch --pinentry-mode loopback --passphrase-fd 3 --import eva.p12 3<word 2>"$tmp/err"
ok $? "an S/MIME key"
cd "$root" || exit 1

# parts FILE: takes a multipart/signed apart as RFC 1847 says: $tmp/signed.txt,
# $tmp/signature (decoded)
parts() {
	/usr/bin/python3 - "$1" "$tmp" <<'P'
import base64, email, re, sys
data = open(sys.argv[1], "rb").read()
data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
message = email.message_from_bytes(data)
boundary = message.get_boundary().encode()
pieces = data.split(b"\r\n--" + boundary)
assert len(pieces) == 4, len(pieces)
open(sys.argv[2] + "/signed.txt", "wb").write(pieces[1][2:])
sig = message.get_payload(1).get_payload(decode=True)
open(sys.argv[2] + "/signature", "wb").write(sig)
print(message.get_content_type(), message.get_param("protocol"), message.get_param("micalg"))
P
}
check_pgp() {
	like "$(parts "$1")" '^multipart/signed application/pgp-signature pgp-sha(256|512)$' "$2: its type"
	gpg --homedir "$keys/pgp" --batch --verify "$tmp/signature" "$tmp/signed.txt" 2>"$tmp/err"
	ok $? "$2: gpg --verify"
	sed 's/e/f/' "$tmp/signed.txt" >"$tmp/changed.txt"
	gpg --homedir "$keys/pgp" --batch --verify "$tmp/signature" "$tmp/changed.txt" 2>/dev/null
	[ $? != 0 ]; ok $? "$2: one letter changed, and it is none"
}
check_smime() {
	is "$(parts "$1")" 'multipart/signed application/pkcs7-signature sha-256' "$2: its type"
	for tool in smime cms; do
		openssl $tool -verify -in "$1" -CAfile "$tmp/ca.pem" -purpose smimesign -out "$tmp/text" 2>"$tmp/err"
		ok $? "$2: openssl $tool -verify"
	done
	sed 's/^Content-Type: text/Content-type: text/' "$1" >"$tmp/changed.eml"
	openssl cms -verify -in "$tmp/changed.eml" -CAfile "$tmp/ca.pem" -purpose smimesign >/dev/null 2>&1
	[ $? != 0 ]; ok $? "$2: one letter changed, and it is none"
}

waiting_home 2
"$mf" -q invoice new --customer C1 --line "Příliš žluťoučký kůň;50.00" --line "From the mill;10.00" >/dev/null
"$mf" -q remind >/dev/null
rm -rf "$tmp/fresh"; cp -a "$home" "$tmp/fresh"
again() { rm -rf "$home"; cp -a "$tmp/fresh" "$home"; }
# gpgsm takes its time: one letter is enough
some() {
	again; left=3
	[ "$1" != smime ] || { left=1
	    sqlite3 "$home/store.db" "UPDATE letter SET state = 4 WHERE kind <> 0"; }
}
for scheme in pgp smime; do
	some $scheme
	settings 'transport = dir' "sign = \"$scheme\"" 'sign-key = "eva@clerk.example"' "sign-home = \"$keys/$scheme\""
	exits 0 "$scheme: send" "$mf" send
	like "$(states)" "$left sent" "$scheme: $left leave"
	n=0
	for file in "$home"/outbox/*.eml; do
		n=$((n + 1))
		check_$scheme "$file" "$scheme $n"
	done
	is "$n" $left "$scheme: each was looked at"
	is "$(cat "$home"/outbox/*.eml | tr -d '\r' | grep -i '^Message-ID: ' | sort)" \
	    "$("$mf" --json letter list --state sent | jq -r '"Message-ID: " + .message_id' | sort)" "$scheme: the Message-IDs that were queued"
	is "$(cat "$home"/outbox/*.eml | tr -d '\r' | grep -c '^X-Mailfilter-Letter: m\|^Auto-Submitted: ')" $((2 * left)) \
	    "$scheme: our fields stay outside"
done

# No key, a wrong one, one that is gone: nothing leaves, the owner is asked.
while IFS='|' read -r scheme key home_of; do
	again
	settings 'transport = dir' "sign = \"$scheme\"" "sign-key = \"$key\"" "sign-home = \"$keys/$home_of\""
	"$mf" send >"$tmp/out" 2>&1
	is "$(find "$home/outbox" -name '*.eml' 2>/dev/null | wc -l) $(states)" "0 3 planned" "$scheme, key $key in $home_of: none leaves"
	like "$(cat "$tmp/out")" "not made .*could not be signed: .*$key" "and it is told why"
	is "$(sqlite3 "$home/store.db" "SELECT count(*) FROM question WHERE code = 'letter-broken'")" 3 "the owner is asked"
	"$mf" check >"$tmp/out" 2>&1
	like "$(tr -s " \n" " " <"$tmp/out")" "no letter can leave: it could not be signed" "check says so before"
done <<'T'
pgp|nobody@clerk.example|pgp
pgp|eva@clerk.example|none
smime|nobody@clerk.example|smime
T
settings 'transport = dir' 'sign = "pgp"' 'sign-key = "eva@clerk.example"' "sign-home = \"$keys/pgp\""
exits 0 "with the right key" "$mf" -q send
is "$(states)" "3 sent" "they go"
settings 'transport = dir' 'sign = "pgp"'
exits 78 "sign without sign-key" "$mf" status
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	some smime
	settings 'transport = dir' 'sign = "smime"' 'sign-key = "eva@clerk.example"' "sign-home = \"$keys/smime\""
	gpgconf --homedir "$keys/smime" --kill all
	timeout 20 strace -f -e trace=socket -o "$tmp/trace" "$mf" -q send 2>/dev/null & watcher=$!
	all_sent() { states | grep -q "1 sent"; }
	wait_for all_sent; ok $? "sent while being watched"
	gpgconf --homedir "$keys/smime" --kill all	# else it is watched for ever
	wait $watcher
	grep -q AF_UNIX "$tmp/trace"; ok $? "GnuPG was watched"
	is "$(grep -E 'AF_INET6?' "$tmp/trace" | grep -vc EAFNOSUPPORT)" 0 "and had no network"
else
	skip "no network" "strace cannot run here"
fi

# Through a real Postfix, by sendmail and by SMTP.
[ "$(id -u)" = 0 ] && command -v postfix >/dev/null || { skip "through Postfix" "needs root and a private Postfix"; finish; }
port=$((20000 + ($$ + 29) % 20000))
private_postfix "$pf"
mkdir -p "$pf/box" && chown nobody "$pf/box"
cat >>"$pf/etc/main.cf" <<C
default_transport = box
C
cat >>"$pf/etc/master.cf" <<C
127.0.0.1:$port inet n  -       n       -       -       smtpd
pickup    unix  n       -       n       1       1       pickup
box       unix  -       n       n       -       2       pipe
  flags=R user=nobody argv=/usr/bin/tee $pf/box/\${queue_id}
C
postfix -c "$pf/etc" start >"$tmp/start" 2>&1; ok $? "a private Postfix starts"
arrived() { [ "$(find "$pf/box" -type f -size +0 | wc -l)" -ge "$left" ]; }
for way in sendmail smtp; do
	for scheme in pgp smime; do
		rm -f "$pf"/box/*
		some $scheme
		settings "transport = $way" "sendmail = \"/usr/sbin/sendmail -C $pf/etc\"" 'smtp-host = "127.0.0.1"' \
		    "smtp-port = $port" 'smtp-tls = none' "sign = \"$scheme\"" \
		    'sign-key = "eva@clerk.example"' "sign-home = \"$keys/$scheme\""
		"$mf" -q send
		wait_for arrived; ok $? "$scheme by $way: they arrive"
		sleep 0.2
		for file in "$pf"/box/*; do
			check_$scheme "$file" "$scheme by $way" >"$tmp/tap"
			grep '^not ok' "$tmp/tap"
		done >"$tmp/bad"
		is "$(cat "$tmp/bad")" "" "$scheme by $way: every signature holds"
	done
done
finish
