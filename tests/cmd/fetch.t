#!/bin/sh
# `mailfilter fetch` from a real Dovecot on loopback: what comes, once; where
# it goes on; certificates; the server's mail stays as it was.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/fetchlib.sh"
[ "$(id -u)" = 0 ] || { skip fetch "needs root for a private Dovecot"; finish; }
command -v dovecot >/dev/null && [ -e /usr/lib/dovecot/imap ] ||
    { skip fetch "no Dovecot with IMAP on this machine"; finish; }
cleanup() { dovecot_stop; }

printf 'correct horse\n' >"$tmp/secret"; chmod 600 "$tmp/secret"
authority
certificate good localhost serverAuth 30
certificate wronghost mail.attacker.example serverAuth 30
certificate expired localhost serverAuth -1
certificate purpose localhost clientAuth 30
self_signed self localhost
make_home "$home"
cp -a "$home" "$tmp/fresh"
again() { rm -rf "$home"; cp -a "$tmp/fresh" "$home"; settings; }
# settings [LINE...]: a mailbox that fits the server, and what else is said
settings() {
	mailbox 'host = "localhost"' "port = $imaps" 'user = "anna"' \
	    "password-command = \"cat $tmp/secret\"" \
	    "ca-file = \"$tmp/ca.pem\"" 'timeout = 10' \
	    'authserv-id = "mx.clerk.example"' "$@"
}
settings

# ---- the configuration ----------------------------------------------------------
exits 0 "check" "$mf" --json check
is "$(of 'select(.check == "mailboxes") | .text')" "" "nothing to be said"
settings 'after = delete'
sed -i '/authserv-id = "mx.clerk.example"$/{/^\t\?authserv/d}; s/"cat /"\/nowhere\/cat /' "$home/mailfilter.conf"
sed -i '/^intake/a\	authserv-id = "mx.clerk.example"' "$home/mailfilter.conf"
"$mf" --json check >"$tmp/out"
like "$(of 'select(.check == "mailboxes") | .level + .text')" \
    'problemm.*no program .*hintm.*without authserv-id.*deleted' "check sees what will not work"
settings
sed -i '/^intake/,/^}/{/authserv-id/d; /mailboxes/d}' "$home/mailfilter.conf"
"$mf" --json check >"$tmp/out"
unlike "$(of .text)" 'no mail is trusted' "a mailbox with authserv-id is enough"
like "$(of .text)" 'mailbox bank: without addresses' "but it wants addresses"
cp "$root/tests/fixture.conf" "$home/mailfilter.conf"; chmod 600 "$home/mailfilter.conf"
exits 78 "without a mailbox" "$mf" fetch
like "$(cat "$tmp/err")" "no section mailbox" "says so"
exits 0 "but run does without" "$mf" -q run
settings
exits 64 "a mailbox that is not there" "$mf" fetch nowhere
exits 64 "a day that is none" "$mf" fetch --since yesterday

# ---- what comes, once ----------------------------------------------------------
dovecot_start good; ok $? "a private Dovecot starts"
bank_mail 2026001 499.00 1 | put ""
other_mail 1 | put ""
bank_mail 2026002 100.00 2 | put ""
cp -a "$box" "$tmp/before"
exits 0 "fetch -n" "$mf" --json fetch -n
is "$(of '.messages, .notices, .other')" "3 2 1" "would take three"
is "$(payments)" 0 "and takes none"
exits 0 "fetch" "$mf" --json fetch
is "$(of '.mailbox, .folder, .messages, .notices, .other, .effective, .complete')" \
    "bank INBOX 3 2 1 2 true" "takes three"
is "$(payments) $(invoice_open 2026-001) $(invoice_open 2026-002)" \
    "2 0.00 0.00" "and the money is where it belongs"
exits 0 "fetch again" "$mf" --json fetch
is "$(of '.messages, .complete')" "0 true" "nothing comes twice"
bank_mail 2026003 100.00 3 | put ""
bank_mail 2026001 499.00 1 | put ""
exits 0 "two more, one of them a copy" "$mf" --json fetch
is "$(of '.messages, .known, .notices')" "2 1 1" "one is known"
is "$(payments)" 3 "and counts once"
is "$("$mf" fetch 2>&1)" "bank/INBOX: 0 mails" "a person reads"
is "$("$mf" -q fetch 2>&1)" "" "and nothing with --quiet"
bank_mail 2026004 100.00 4 | put ""
is "$("$mf" fetch 2>&1)" \
    "bank/INBOX: 1 mail: 1 bank notice; 1 with effect on the books" "or reads this"
"$mf" deliver </dev/null >/dev/null 2>&1
bank_mail 2026004 100.00 4 | "$mf" deliver
is "$(payments)" 4 "a mail that comes by another way too counts once"

# ---- never deleted, never marked ---------------------------------------------------
rm -rf "$box"; cp -a "$tmp/before" "$box"; chown -R nobody:nogroup "$box"
again
(cd "$box" && find . -name '*.test*' -exec sha256sum {} + | sort) >"$tmp/sums"
"$mf" -q fetch; ok $? "fetched"
"$mf" -q fetch
is "$(payments)" 2 "and taken"
is "$(cd "$box" && find . -name '*.test*' -exec sha256sum {} + | sort)" \
    "$(cat "$tmp/sums")" "every mail is where it was, unmarked, in new"
unlike "$(cat "$tmp/dc/log")" 'deleted=[1-9]|expunged=[1-9]' "Dovecot deleted nothing"

# ---- STARTTLS, certificates ----------------------------------------------------------
way() {		# way tls|starttls: how the server is spoken to
	settings "tls = $1"
	[ "$1" = tls ] || sed -i "s/port = $imaps/port = $imap/" "$home/mailfilter.conf"
}
again; way starttls
exits 0 "STARTTLS" "$mf" --json fetch
is "$(of .messages)" 3 "takes all"
like "$(tail -n 3 "$tmp/dc/log")" 'Login: user=<anna>.* TLS' "inside TLS"
while read -r cert reason; do
	again
	dovecot_cert "$cert"
	: >"$tmp/dc/log"
	for tls in tls starttls; do
		way $tls
		exits 75 "$tls, certificate $cert: refused" "$mf" fetch
		like "$(cat "$tmp/err")" "$reason" "because: $reason"
	done
	unlike "$(cat "$tmp/dc/log")" 'user=<anna>' "and no login was heard"
	is "$(payments)" 0 "nothing was taken"
done <<'TABLE'
self issuer is unknown
wronghost does not match
expired expired
purpose purpose
TABLE
dovecot_cert good
again
sed -i "s/port = $imaps/port = 1/" "$home/mailfilter.conf"
exits 75 "no server at all" "$mf" --json fetch
is "$(of 'select(.stage) | .mailbox, .stage')" "bank connect" "says so"
finish
