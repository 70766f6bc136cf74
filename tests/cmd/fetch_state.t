#!/bin/sh
# `mailfilter fetch` goes on where it ended: folders of a real Dovecot that
# change in between, mail that is moved or deleted when that is asked for,
# whom it trusts, and --watch.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/fetchlib.sh"
[ "$(id -u)" = 0 ] || { skip fetch "needs root for a private Dovecot"; finish; }
command -v dovecot >/dev/null && [ -e /usr/lib/dovecot/imap ] ||
    { skip fetch "no Dovecot with IMAP on this machine"; finish; }
watcher=
cleanup() { [ -z "$watcher" ] || kill -9 "$watcher" 2>/dev/null; dovecot_stop; }

printf 'correct horse\n' >"$tmp/secret"; chmod 600 "$tmp/secret"
authority
certificate good localhost serverAuth 30
make_home "$home"
cp -a "$home" "$tmp/fresh"
settings() {
	mailbox 'host = "localhost"' "port = $imaps" 'user = "anna"' \
	    "password-command = \"cat $tmp/secret\"" \
	    "ca-file = \"$tmp/ca.pem\"" 'timeout = 10' \
	    'authserv-id = "mx.clerk.example"' "$@"
}
again() { rm -rf "$home" "$box"; cp -a "$tmp/fresh" "$home"; mkdir "$box"; chown nobody "$box"; settings "$@"; }
look() { sqlite3 "$home/store.db" "$1"; }
payments() { look "SELECT count(*) FROM payment"; }
asked() { look "SELECT count(*) FROM question WHERE code IN ('fetch', 'quarantine')"; }
fetch() { "$mf" --json fetch "$@" >"$tmp/out" 2>"$tmp/err"; }
server_do() { doveadm -c "$tmp/dc/conf" "$@"; }
wait_for() {
	_tries=0
	until "$@" 2>/dev/null; do
		_tries=$((_tries + 1)); [ $_tries -lt 400 ] || return 1
		sleep 0.05
	done
}
mkdir -p "$box"
dovecot_start good

# ---- numbers that change, mails that go ------------------------------------------
again
for n in 1 2 3; do bank_mail 202600$n 100.00 $n | put ""; done
fetch; is "$? $(of '.messages')" "0 3" "three mails"
rm "$box"/*/0000000002.*
bank_mail 2026004 100.00 4 | put ""
fetch; is "$? $(of '.messages, .known')" "0 1 0" "one goes, one comes: a gap"
rm -f "$box"/dovecot.index*; sed -i "1s/ V[0-9]*/ V77777/" "$box/dovecot-uidlist"
fetch
is "$? $(of '.messages, .known') $(payments)" "0 3 3 4" \
    "another UIDVALIDITY: all are read again, and known"
bank_mail 2026005 100.00 5 | put ""
fetch; is "$? $(of '.messages, .known')" "0 1 0" "and then only what is new"
fetch --since 2026-01-01
is "$? $(of '.messages, .known') $(payments)" "0 4 4 5" "--since reads all once more"
sed -i 's/user = "anna"/user = "Anna"/' "$home/mailfilter.conf"
echo 'Anna:{PLAIN}correct horse' >>"$tmp/dc/users"
fetch
is "$? $(of '.messages, .known')" "0 4 4" "another user's numbers are other numbers"

# ---- how far back -----------------------------------------------------------------
again 'since-days = 30'
bank_mail 2026001 100.00 1 | put ""
touch -d '2026-09-01' "$box"/new/*
bank_mail 2026002 100.00 2 | put ""
touch -d '2026-11-20' "$box"/new/*.M"$(cat "$tmp/put")".*
fetch; is "$? $(of '.messages')" "0 1" "the first visit reads 30 days"
fetch; is "$? $(of '.messages')" "0 0" "and the next one no more"
fetch --since 2026-08-01; is "$? $(of '.messages, .known')" "0 2 1" "unless it is asked to"

# ---- folders ---------------------------------------------------------------------------
again 'folders = { "INBOX", "Účty & Банк", "Nowhere" }'
server_do mailbox create -u anna 'Účty & Банк'
bank_mail 2026001 100.00 1 | put ""
bank_mail 2026002 100.00 2 | put '&ANoBDQ-ty &- &BBEEMAQ9BDo-'
fetch
is "$? $(of 'select(.messages > 0) | .folder')" "75 INBOX Účty & Банк" \
    "a folder that is not there does not stop the others"
like "$(cat "$tmp/err")" 'folder Nowhere: the mail server said NO' "and is told"
is "$(payments)" 2 "all the others are read"

# ---- put away, when that is asked for ----------------------------------------------------
again 'after = "move Done"'
server_do mailbox create -u anna Done
for n in 1 2 3; do bank_mail 202600$n 100.00 $n | put ""; done
fetch -n
is "$? $(of '.messages, .moved') $(kept | grep -c Done)" "0 3 0 0" "fetch -n moves nothing"
fetch
is "$? $(of '.messages, .moved') $(payments)" "0 3 3 3" "taken, then moved"
is "$(kept | grep -c '^./.Done/') $(kept | grep -vc Done)" "3 0" "all are there"
fetch; is "$? $(of .messages)" "0 0" "nothing is left to be read"
again 'after = "move Gone"'
bank_mail 2026001 100.00 1 | put ""
fetch
is "$? $(of '.failed | length') $(payments) $(kept | wc -l)" "0 1 1 1" \
    "a folder that is not there: taken, but left where it is"
server_do mailbox create -u anna Gone
fetch
is "$? $(of '.known, .moved') $(payments) $(kept | grep -c Gone)" "0 1 1 1 1" \
    "and moved the next time"
again 'after = delete'
for n in 1 2; do bank_mail 202600$n 100.00 $n | put ""; done
fetch
is "$? $(of '.messages, .moved') $(payments) $(kept | wc -l)" "0 2 2 2 0" "taken, then deleted"

# ---- too large, unreadable -----------------------------------------------------------------
again 'max-size = 1'
big_mail 2 | put ""
bank_mail 2026001 100.00 1 | put ""
fetch
is "$? $(of '.large | length') $(payments)" "0 1 1" "a large mail is left out"
like "$(cat "$tmp/err")" 'Message 1 of mailbox bank.* 3 MB, more than max-size' "and told"
is "$(asked)" 1 "the owner hears of it"
fetch; is "$(of '.messages, (.large | length)') $(asked)" "0 0 1" "once"
again 'max-size = 10'
big_mail 6 | put ""
/usr/bin/time -q -f %M -o "$tmp/time" "$mf" --json fetch >"$tmp/out"
is "$? $(of '.messages, .other')" "0 1 1" "a large mail in pieces"
[ "$(cat "$tmp/time")" -lt 65536 ]; ok $? "in $(cat "$tmp/time") kB"
again
{ printf 'From: a@b.example\nCc: '; head -c 200000 /dev/zero | tr '\0' 'a' | sed 's/a/a:/g'
    printf '\nSubject: x\n\nx\n'; } | put ""
bank_mail 2026001 100.00 1 | put ""
fetch
is "$? $(of '.failed | length') $(payments)" "0 1 1" "poison does not stop what is behind it"
fetch; fetch
is "$(of '.failed | length')$(ls "$home/quarantine" | wc -l)" 10 "it is tried three times"
fetch
is "$(of .quarantined) $(ls "$home/quarantine" | wc -l) $(asked)" "1 1 1" \
    "then put into quarantine, and the owner told"
fetch; is "$? $(of .messages)" "0 0" "and not asked for again"

# ---- whom it trusts -----------------------------------------------------------------------------
again
bank_mail 2026001 499.00 1 | sed 's/mx\.clerk\.example;/mx.provider.example;/' | put ""
settings | :
sed -i 's/authserv-id = "mx.clerk.example"$/authserv-id = "mx.provider.example"/' "$home/mailfilter.conf"
sed -i '/^intake/,/^}/s/mx.provider.example/mx.clerk.example/' "$home/mailfilter.conf"
fetch; is "$(look 'SELECT trust FROM payment')" 1 "its own server vouches for it: class A"
bank_mail 2026002 100.00 2 | put ""
fetch; is "$(look 'SELECT trust FROM payment WHERE amount = 10000')" 0 \
    "the words of our own server prove nothing there"
again
sed -i '/^mailbox/,/^}/{/authserv/d}' "$home/mailfilter.conf"
bank_mail 2026001 499.00 1 | put ""
fetch; is "$(of .notices) $(look 'SELECT trust FROM payment')" "1 0" \
    "nobody vouches for a mailbox without authserv-id"

# ---- one server away, the other not -----------------------------------------------------------------
again
{ printf 'mailbox "away" {\n\thost = "localhost"\n\tport = 1\n\tuser = a\n'
    printf '\tpassword-command = "echo x"\n}\n'; } >"$tmp/away"
{ sed '/^mailbox/,$d' "$home/mailfilter.conf"; cat "$tmp/away"
    sed -n '/^mailbox/,$p' "$home/mailfilter.conf"; } >"$tmp/both"
cp "$tmp/both" "$home/mailfilter.conf"; chmod 600 "$home/mailfilter.conf"
bank_mail 2026001 499.00 1 | put ""
fetch
is "$? $(of 'select(.error) | .mailbox') $(payments)" "75 away 1" "the other is read"
bank_mail 2026002 100.00 2 | put ""
"$mf" run >"$tmp/out" 2>"$tmp/err"
is "$? $(payments)" "75 2" "run: fetches first"
like "$(cat "$tmp/err")" "mailbox away: cannot connect" "says which one is away"
like "$(cat "$tmp/out")" "Letters: " "and sends all the same"
fetch bank; is "$? $(of .mailbox)" "0 bank" "one of them by its name"

# ---- two at a time, and staying ------------------------------------------------------------------------
again 'interval = 3600'
bank_mail 2026001 499.00 1 | put ""
"$mf" fetch --watch >"$tmp/watch" 2>"$tmp/watcherr" &
watcher=$!
paid() { [ "$(payments)" = "$1" ]; }
wait_for paid 1; ok $? "--watch takes what is there"
wait_for grep -q 'bank/INBOX: 1 mail' "$tmp/watch"; ok $? "and says so"
like "$("$mf" fetch 2>&1)" 'another fetch is at work' "a second one leaves it alone"
bank_mail 2026002 100.00 2 | put ""
wait_for paid 2; ok $? "new mail comes by IDLE"
kill "$(cat "$tmp/dc/run/master.pid")"
wait_for grep -q 'mailbox bank:' "$tmp/watcherr"; ok $? "the server goes away: told"
bank_mail 2026003 100.00 3 | put ""
wait_for dovecot -c "$tmp/dc/conf"
wait_for paid 3; ok $? "it comes back: connected again"
kill -TERM $watcher; wait $watcher
is "$?" 0 "SIGTERM ends it cleanly"
watcher=
is "$(pgrep -f "$home" | wc -l)" 0 "and nothing is left behind"
exits 64 "--watch with -n" "$mf" fetch --watch -n
finish
