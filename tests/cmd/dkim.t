#!/bin/sh
# Our own DKIM check, for users whose mail server does not verify: real
# signatures with real keys, and a name server on loopback.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/fixture.sh"
python=/usr/bin/python3
"$python" -c 'import dkim, nacl.signing, dns.message' 2>/dev/null || {
	skip "DKIM" "python3-dkim, python3-nacl and python3-dnspython are not here"
	finish
}
home=$tmp/home
cleanup() { [ -z "${server:-}" ] || kill "$server" 2>/dev/null; }
now=1795338000			# 2026-11-22 09:00 UTC
"$python" "$root/tests/signer.py" keys "$tmp" || exit 1
make_home "$home"; ok $? "a home"

# configure LINES: the intake section's part about DKIM
configure() {
	sed '/authserv-id/d' "$root/tests/fixture.conf" | awk -v lines="$1" \
	    '{ print } /^intake {/ { print lines }' >"$home/mailfilter.conf"
	chmod 600 "$home/mailfilter.conf"
}
# unsigned [sed script]: a notice without any word of a mail server
unsigned() {
	bank_mail 2026001 499.00 "${number:-1}" 22 | sed -e 's/^Date: .*/Date: Sun, 22 Nov 2026 08:59:00 +0000/' |
	    awk '/^[^ ]/ { hide = /^(Authentication-Results|DKIM-Signature):/ } !hide' | sed "${1:-}"
}
# What is signed below, by one process: OUT KEY IN [OPTION=VALUE ...]
at="t=$((now - 60))"
number=2 unsigned >"$tmp/second.in"
unsigned >"$tmp/plain.in"
unsigned 's/^To: .*/To: other@clerk.example/' >"$tmp/foreign.in"
unsigned 's/^Message-ID: .*/X-1: 1/' >"$tmp/nameless.in"
unsigned 's/automat@fio.cz/automat@fio.example/' >"$tmp/stranger.in"
"$python" "$root/tests/signer.py" sign "$tmp" <<-JOBS
	$tmp/good.eml good $tmp/plain.in $at
	$tmp/simple-simple.eml good $tmp/plain.in $at c=simple/simple
	$tmp/edward.eml edward $tmp/plain.in $at
	$tmp/least.eml least $tmp/plain.in $at
	$tmp/short.eml short $tmp/plain.in $at
	$tmp/testing.eml testing $tmp/plain.in $at pem=good
	$tmp/revoked.eml revoked $tmp/plain.in $at pem=good
	$tmp/sha1.eml sha1 $tmp/plain.in $at pem=good
	$tmp/web.eml web $tmp/plain.in $at pem=good
	$tmp/other.eml other $tmp/plain.in $at pem=good
	$tmp/absent.eml absent $tmp/plain.in $at pem=good
	$tmp/junk.eml junk $tmp/plain.in $at pem=good
	$tmp/twice.eml twice $tmp/plain.in $at pem=good
	$tmp/another-domain.eml good $tmp/plain.in $at d=evil.example
	$tmp/a-domain-like-the-bank-s.eml good $tmp/plain.in $at d=fio.cz.evil.example
	$tmp/l.eml good $tmp/plain.in $at l=1
	$tmp/eight-days-ago.eml good $tmp/plain.in t=$((now - 8 * 86400))
	$tmp/tomorrow.eml good $tmp/plain.in t=$((now + 2 * 86400))
	$tmp/from-only.eml good $tmp/plain.in $at h=from
	$tmp/no-to.eml good $tmp/plain.in $at h=from:date:subject:content-type:content-transfer-encoding
	$tmp/no-subject.eml good $tmp/plain.in $at h=from:date:to:content-type:content-transfer-encoding
	$tmp/no-content-type.eml good $tmp/plain.in $at h=from:date:subject:to:content-transfer-encoding
	$tmp/long.eml long $tmp/plain.in $at pem=good
	$tmp/broken.eml broken $tmp/plain.in $at pem=good
	$tmp/silent.eml silent $tmp/plain.in $at pem=good
	$tmp/third.eml good $tmp/plain.in $at d=mailer.example
	$tmp/fourth.eml good $tmp/plain.in $at d=x.mailer.example
	$tmp/foreign.eml good $tmp/foreign.in $at
	$tmp/nameless.eml good $tmp/nameless.in $at
	$tmp/stranger.eml good $tmp/stranger.in $at
	$tmp/second.eml broken $tmp/second.in $at pem=good
JOBS
[ -s "$tmp/good.eml" ]; ok $? "mails are signed"
trust() { "$mf" parse --json "$1" | jq -r '.trust + (if .refused then ": " + (.refused | join(", ")) else "" end)'; }
# judge NAME PATTERN: what the mail in $tmp/mail is worth
judge() { like "$(trust "$tmp/mail")" "$2" "$1"; }

configure 'dkim = "off"'
cp "$tmp/good.eml" "$tmp/mail"
judge "off: nothing is trusted" '^unverified: .*no authserv-id'
exits 0 "check" "$mf" --json check
like "$(cat "$tmp/out")" 'neither authserv-id nor dkim.*holds a.*never settles' "says what is lost"
like "$(cat "$tmp/out")" 'dkim = .*dns' "and what to do"
configure 'dkim = "keys"'
exits 65 "keys without a file" "$mf" check
like "$(cat "$tmp/out")" 'dkim = "keys" needs' "is a problem"
judge "and nothing is trusted" '^unverified: .*DKIM: '
configure 'dkim = "maybe"'
exits 78 "dkim must be one of three" "$mf" status

# Keys from a file.
configure "dkim = \"keys\"
dkim-keys = \"$tmp/zone\""
exits 0 "check with keys" "$mf" check
unlike "$(cat "$tmp/out")" 'authserv-id' "has nothing to say"
row() {			# row NAME PATTERN MAIL
	cp "$tmp/$3.eml" "$tmp/mail"
	judge "$1" "$2"
}
row "a good signature" '^verified$' good
row "simple/simple" '^verified$' simple-simple
row "ed25519" '^verified$' edward
row "1024 bits" '^verified$' least
row "768 bits" '^unverified: .*too short' short
row "a key for testing" '^unverified: .*testing' testing
row "a revoked key" '^unverified: .*revoked' revoked
row "a key for SHA-1 only" '^unverified: .*DKIM' sha1
row "a key for something else" '^unverified: .*DKIM' web
row "another key" '^unverified: .*DKIM' other
row "no key at all" '^unverified: .*no such key' absent
row "a key that is none" '^unverified: .*DKIM' junk
row "two keys" '^unverified: .*two keys' twice
row "another domain" '^unverified: .*no DKIM signature of the bank' another-domain
row "a domain like the bank's" '^unverified: .*no DKIM signature of the bank' a-domain-like-the-bank-s
row "l=" '^unverified: .*only a part' l
row "eight days ago" '^unverified: .*more than 7 days ago' eight-days-ago
row "tomorrow" '^unverified: .*(future)' tomorrow
row "From only" '^unverified: .*Date is not signed' from-only
row "no To" '^unverified: .*To is not signed' no-to
row "no Subject" '^unverified: .*Subject is not signed' no-subject
row "no Content-Type" '^unverified: .*Content-Type is not signed' no-content-type

# What happens to a mail on its way, and what may not.
changed() {		# changed NAME PATTERN SED
	sed "$3" "$tmp/good.eml" >"$tmp/mail"
	judge "$1" "$2"
}
changed "fields above" '^verified$' '1i Received: from a by b; Sun, 22 Nov 2026 09:00:00 +0000'
changed "an amount" '^unverified: .*DKIM' 's/499,00/499,01/'
changed "the subject" '^unverified: .*DKIM' 's/prijem/Prijem!/'
changed "white space in a field" '^verified$' 's/^Subject: /Subject:   /'
changed "another recipient" '^unverified: .*(DKIM|mailbox)' 's/^To: .*/To: eva@clerk.example/'
changed "a recipient below" '^unverified: .*mailbox' 's/^To: .*/To: eve@clerk.example/; 1i Delivered-To: bank@clerk.example'
changed "a second Subject" '^unverified: .*two Subject' 's/^Subject: .*/&\n&/'
changed "a signature that is none beside it" '^verified$' '1i DKIM-Signature: v=1; d=x.example; hello=1'
changed "a bad one of the bank's beside it" '^verified$|^unverified' '1i DKIM-Signature: v=1; a=rsa-sha256; d=fio.cz; s=good; h=from:to:date:subject:content-type:content-transfer-encoding; bh=x; b=y'
sed 's/$/\r/' "$tmp/good.eml" >"$tmp/mail"
judge "CRLF" '^verified$'
{ echo 'From automat@fio.cz Sun Nov 22 09:00:00 2026'; cat "$tmp/good.eml"; } >"$tmp/mail"
judge "from an mbox" '^verified$'
sed 's/^Content-Transfer-Encoding: .*//' "$tmp/good.eml" >"$tmp/mail"
judge "an empty line in the header" '^unverified'
cp "$tmp/foreign.eml" "$tmp/mail"
judge "signed for somebody else" '^unverified: .*not addressed'
cp "$tmp/nameless.eml" "$tmp/mail"
judge "without Message-ID" '^verified$'
 "$mf" deliver <"$tmp/good.eml"; ok $? "delivered"
is "$("$mf" --json invoice show 2026-001 | jq -r .open)" 0.00 "it settles the invoice"
sed 's/^Message-ID/X-Old: 1\n&/; 1i Received: from replay.example by mx; Sun, 22 Nov 2026 10:00:00 +0000' "$tmp/good.eml" | "$mf" deliver
is "$("$mf" --json payment list | wc -l)" 1 "the replay is the same payment"
unsigned >"$tmp/mail"
judge "no signature" '^unverified: .*no DKIM signature of the bank'
cp "$tmp/good.eml" "$tmp/mail"
chmod 664 "$tmp/zone"
judge "a file of keys that others may write" '^unverified: .*written by others'
chmod 600 "$tmp/zone"
ln -s "$tmp/zone" "$tmp/link"
configure "dkim = \"keys\"
dkim-keys = \"$tmp/link\""
judge "a link to one" '^unverified: .*cannot be read'

# A bank whose mail somebody else sends: its file names the signers.
mkdir -p "$home/banks"
sed 's/^from .*/&\ndkim mailer.example/' "$root/parser/banks/cz-fio.bank" >"$home/banks/cz-fio.bank"
sed -n 's/^good._domainkey.fio.cz/good._domainkey.mailer.example/p; s/^good._domainkey.fio.cz/good._domainkey.x.mailer.example/p' \
    "$tmp/zone" >"$tmp/more"
sed -n 's/^good._domainkey.fio.cz/good._domainkey.x.mailer.example/p' "$tmp/zone" >>"$tmp/more"
sort -u "$tmp/more" >>"$tmp/zone"
configure "dkim = \"keys\"
dkim-keys = \"$tmp/zone\""
row "signed by the mailer that the bank's file names" '^verified$' third
row "signed by a neighbour of it" '^unverified: .*no DKIM signature of the bank' fourth
row "signed by the bank, whose file names another" '^unverified: .*no DKIM signature of the bank' good
rm "$home/banks/cz-fio.bank"

# Who verifies already is believed, and only he.
configure "authserv-id = \"mx.clerk.example\"
dkim = \"keys\"
dkim-keys = \"$tmp/zone\""
sed '1i Authentication-Results: mx.clerk.example; dkim=fail header.d=fio.cz' "$tmp/good.eml" >"$tmp/mail"
judge "our server says no" '^unverified: .*no DKIM pass'
sed '1i Authentication-Results: mx.other.example; dkim=fail header.d=fio.cz' "$tmp/good.eml" >"$tmp/mail"
judge "another server says no" '^verified$'
unsigned | sed '1i Authentication-Results: mx.other.example; dkim=pass header.d=fio.cz' >"$tmp/mail"
judge "another server says yes" '^unverified'

# The name server.
"$python" "$root/tests/signer.py" serve "$tmp/zone" "$tmp/port" "$tmp/log" &
server=$!
i=0
while [ ! -s "$tmp/port" ] && [ $i -lt 100 ]; do sleep 0.1; i=$((i + 1)); done
[ -s "$tmp/port" ]; ok $? "a name server on loopback"
configure "dkim = \"dns\"
dkim-resolver = \"127.0.0.1:$(cat "$tmp/port")\""
asked() { grep -c "$1" "$tmp/log"; }
cache=$home/dkim-keys
row "a key from the name server" '^verified$' good
is "$(asked ' good._domainkey.fio.cz')" 1 "it was asked once"
is "$(stat -c %a "$cache")" 600 "the key is remembered"
row "the same again" '^verified$' good
is "$(asked good)" 1 "nobody was asked"
MAILFILTER_NOW=2026-11-22T09:11:00Z row "when the answer is too old" '^verified$' good
is "$(asked good)" 2 "it is asked again"
chmod 666 "$cache"
row "a memory that others may write" '^verified$' good
is "$(asked good)" 3 "is not believed"
is "$(stat -c %a "$cache")" 600 "and replaced"
sed -i "s/^\([^ ]*\) [0-9]* /\1 $((now + 400 * 86400)) /" "$cache"
row "one that would be fresh for ever" '^verified$' good
is "$(asked good)" 4 "is not believed"
sed -n 's/^other[^ ]* //p' "$tmp/zone" >"$tmp/wrong"
printf 'good._domainkey.fio.cz %s %s\n' $((now + 300)) "$(cat "$tmp/wrong")" >"$cache"
row "a wrong key remembered" '^unverified: .*DKIM' good
rm "$cache"
row "a key too long for UDP" '^verified$' long
is "$(asked 'tcp long')" 1 "comes by TCP"
row "no such name" '^unverified: .*no such key' absent
row "two keys" '^unverified: .*two keys' twice
row "a server that cannot" '^unverified: .*does not answer' broken
row "silence" '^unverified: .*(does not answer|too long)' silent
is "$(cut -d' ' -f1 "$cache")" "long._domainkey.fio.cz" "only an answer is remembered"
"$mf" deliver <"$tmp/second.eml"
is "$?" 0 "such a mail is taken"
is "$("$mf" --json payment list | jq -s '[.[] | select(.trust == "A")] | length')" 1 "and settles nothing"
: >"$tmp/log"
cp "$tmp/stranger.eml" "$tmp/mail"
"$mf" parse --json "$tmp/mail" >"$tmp/out"
cp "$tmp/another-domain.eml" "$tmp/mail"
"$mf" parse --json "$tmp/mail" >"$tmp/out"
bank_mail 2026001 499.00 1 >"$tmp/mail"
configure "authserv-id = \"mx.clerk.example\"
dkim = \"dns\"
dkim-resolver = \"127.0.0.1:$(cat "$tmp/port")\""
judge "our server's word" '^verified$'
is "$(cat "$tmp/log")" "" "nobody is asked about other mail"
kill "$server"; wait "$server" 2>/dev/null; server=
rm -f "$cache"
row "no name server at all" '^unverified: .*does not answer' good
[ ! -e "$cache" ]; ok $? "is not remembered"

# The helper by itself.
dkim=$root/libexec/mailfilter-dkim
exits 0 "its sandbox" "$dkim" selftest
exits 64 "no arguments" "$dkim"
exits 64 "a name that is none" sh -c "'$dkim' 1 - 0 0 'a b' - </dev/null"
exits 64 "a number that is none" sh -c "'$dkim' 1 - x 0 a.example - </dev/null"
exits 0 "an empty mail" sh -c "'$dkim' $now - 0 0 a.example p= </dev/null"
like "$(cat "$tmp/out")" '^fail ' "fails"
for where in 1 100 700; do
	head -c "$where" "$tmp/good.eml" >"$tmp/mail"
	exits 0 "the first $where bytes" sh -c "'$dkim' $now - 0 0 a.example 'v=DKIM1; p=AAAA' <'$tmp/mail'"
	like "$(cat "$tmp/out")" '^fail ' "fail"
done
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	cp "$tmp/good.eml" "$tmp/mail"
	strace -f -o "$tmp/trace" "$dkim" "$now" - 0 0 good._domainkey.fio.cz \
	    "$(sed -n 's/^good._domainkey.fio.cz //p' "$tmp/zone")" <"$tmp/mail" >"$tmp/out"
	is "$(cat "$tmp/out")" pass "with the key in hand"
	is "$(grep -c 'socket(' "$tmp/trace")" 0 "no socket is opened"
else
	skip "no socket is opened" "strace cannot trace here"
fi
finish
