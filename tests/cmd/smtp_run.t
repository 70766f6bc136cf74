#!/bin/sh
# A run's letters through one SMTP connection; tokens for the login; what a
# server refuses of a letter: its size, some of its recipients.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/sendlib.sh"
server=
cleanup() { [ -z "$server" ] || kill "$server" 2>/dev/null; }
box=$tmp/server; mkdir "$box"
/usr/bin/python3 "$root/tests/servers/smtp.py" "$box" 2>"$box/err" &
server=$!
wait_for test -s "$box/port"; ok $? "a server listens"
port=$(cat "$box/port")
serve() {
	rm -f "$box"/*.eml "$box"/*.env "$box/log"; : >"$box/log"
	printf '%s\n' "$@" >"$box/args"
}
# plain_settings LINE...: this server in clear text
plain_settings() {
	settings 'transport = smtp' 'smtp-host = "127.0.0.1"' "smtp-port = $port" \
	    'smtp-tls = none' 'timeout = 5' "$@"
}
seen() { grep -c "^$1" "$box/log"; }
taken() { find "$box" -name '*.eml' | wc -l; }

# ---- one connection ---------------------------------------------------------------
waiting_home 12
plain_settings
cp -a "$home" "$tmp/fresh"
again() { rm -rf "$home"; cp -a "$tmp/fresh" "$home"; }
serve --mode plain
exits 0 "twelve letters" "$mf" -q send
is "$(states) $(taken) $(seen CONNECT) $(seen 'C: EHLO') $(seen 'C: QUIT')" \
    "12 sent 12 1 1 1" "go through one connection"
is "$(cat "$box"/*.eml | tr -d '\r' | sed -n 's/^Message-ID: //Ip' | sort)" \
    "$("$mf" --json letter list | jq -r .message_id | sort)" "each once"
again; serve --mode plain --letters 5
exits 0 "a server that takes five in a row" "$mf" -q send
is "$(states) $(taken) $(seen CONNECT)" "12 sent 12 3" "is asked anew, no letter is lost or doubled"
again; serve --mode plain --refuse 'anna@client3.example=450 4.2.1 wait' \
    --refuse 'anna@client5.example=550 5.1.1 unknown'
exits 0 "a letter that is refused in between" "$mf" -q send
is "$(states) $(taken) $(seen CONNECT)" "1 failed, 1 rendered, 10 sent 10 1" "leaves the others alone"
like "$(cat "$box"/*.env)" "client4" "what follows"
is "$(grep -l 'client[35]' "$box"/*.eml | wc -l)" 0 "no letter takes another's envelope"
again; serve --mode drop-rcpt
exits 75 "a server that drops each" "$mf" -q send
is "$(states)" "7 planned, 5 rendered" "sends none, and the run stops"
again; serve --mode drop-after-dot
"$mf" -q send 2>/dev/null
is "$(states) $(taken)" "7 planned, 5 unknown 5" "lost after the dot: nobody can tell"

# ---- some of the recipients -----------------------------------------------------------
waiting_home 1
"$mf" -q customer edit C1 --copy 'books@client1.example,boss@client1.example' >/dev/null
plain_settings
rm -rf "$tmp/fresh"; cp -a "$home" "$tmp/fresh"
serve --mode plain --refuse 'books@client1.example=550 5.1.1 no books here'
"$mf" --json send >"$tmp/out"
is "$(jq -r .outcome "$tmp/out") $(taken)" "sent 1" "one copy is refused: the letter goes"
is "$(grep -c '^RCPT' "$box"/*.env)" 2 "to the other two"
like "$(jq -r .why "$tmp/out")" "^books@client1.example: 550 5.1.1 no books here" "and it is told who has none"
is "$(sqlite3 "$home/store.db" "SELECT code FROM question WHERE code LIKE 'undel%'")" undelivered:part "to the owner too"
is "$("$mf" --json customer show C1 | jq -r '.undelivered')" null "the customer is not marked"
again; serve --mode plain --refuse 'anna@client1.example=550 5.1.1 no anna here'
"$mf" --json send >"$tmp/out"
is "$(jq -r .outcome "$tmp/out") $(taken)" "refused 0" "whom it is to is refused: nobody has it"
again; serve --mode plain --refuse 'anna@client1.example=451 4.7.1 greylisted'
"$mf" --json send >"$tmp/out"
is "$(jq -r .outcome "$tmp/out") $(taken)" "later 0" "or later: no copy goes before"

# Several that it is to: one that takes it is enough, the others are told.
waiting_home 1
"$mf" -q customer edit C1 --email 'anna@client1.example,bert@client1.example' >/dev/null
plain_settings
rm -rf "$tmp/fresh"; cp -a "$home" "$tmp/fresh"
serve --mode plain
"$mf" -q send
is "$(grep -o '^RCPT TO:<[^>]*>' "$box"/*.env | grep -c 'anna@\|bert@')" 2 "to two: the envelope has both"
like "$(tr -d '\r' <"$(ls "$box"/*.eml)")" '^To: .*anna@client1.example, .*bert@client1.example' "so has the header"
again; serve --mode plain --refuse 'anna@client1.example=550 5.1.1 no anna here'
"$mf" --json send >"$tmp/out"
is "$(jq -r .outcome "$tmp/out") $(taken)" "sent 1" "one of two is refused: the other has it"
like "$(jq -r .why "$tmp/out")" "^anna@client1.example: 550" "and it is told"
again; serve --mode plain --refuse 'anna@client1.example=550 5.1.1 no' --refuse 'bert@client1.example=550 5.1.1 no'
"$mf" --json send >"$tmp/out"
is "$(jq -r .outcome "$tmp/out") $(taken)" "refused 0" "both are: nobody has it"
again; serve --mode plain --refuse 'bert@client1.example=451 4.2.1 later'
"$mf" --json send >"$tmp/out"
is "$(jq -r .outcome "$tmp/out") $(taken)" "later 0" "one is later: both later, none twice"

# ---- what the server does not take ---------------------------------------------------------
again; serve --mode plain --size 1000
"$mf" --json send >"$tmp/out"
like "$(cat "$tmp/out")" '"refused".*has [0-9]+ kilobytes, and the mail server takes 0' "a letter above SIZE"
is "$(seen 'C: MAIL')" 0 "is not even begun"
again; serve --mode plain --size 1000000
"$mf" -q send
like "$(cat "$box"/*.env)" '^MAIL FROM:<[^>]*>.* SIZE=[0-9]{4,}' "SIZE is said where it is offered"
again; serve --mode 'mail:552 5.3.4 too big for today'
"$mf" --json send >"$tmp/out"
like "$(cat "$tmp/out")" '"refused".*552 5.3.4 too big' "a letter that is too big is the letter's trouble"

# ---- tokens ------------------------------------------------------------------------------------
printf 'ya29.good-token-%s\n' "$(printf '%0600d' 7)" >"$tmp/good"
printf 'ya29.short\n' >"$tmp/short"
printf 'ya29.old\n' >"$tmp/old"
cat >"$tmp/token" <<S
#!/bin/sh
echo "run \${MAILFILTER_RENEW:-first}" >>"$tmp/runs"
[ -z "\${MAILFILTER_RENEW:-}" ] && cat "$tmp/first" || cat "$tmp/second"
S
chmod +x "$tmp/token"
# token AUTH FIRST SECOND SERVER'S: sends with these
token() {
	again; : >"$tmp/runs"
	cp "$tmp/$2" "$tmp/first"; cp "$tmp/$3" "$tmp/second"
	serve --mode plain --user eva@clerk.example --token "$(cat "$tmp/$4")"
	plain_settings "smtp-auth = $1" 'smtp-user = "eva@clerk.example"' \
	    "smtp-token-command = \"$tmp/token\""
	"$mf" --json send >"$tmp/out" 2>"$tmp/err"; code=$?
}
for auth in xoauth2 oauthbearer; do
	upper=$(echo $auth | tr a-z A-Z)
	token $auth good good good
	is "$code $(taken) $(cat "$tmp/runs")" "0 1 run first" "$auth: a long token is taken"
	is "$(grep -c "AUTH $upper clear" "$box/log")" 1 "$auth: by its own mechanism"
	token $auth short short short
	is "$code $(taken)" "0 1" "$auth: a short one too"
	token $auth old good good
	is "$code $(taken) $(xargs <"$tmp/runs")" "0 1 run first run 1" "$auth: one that has expired is renewed, once"
	is "$(grep -c END-OF-REFUSAL "$box/log")" 1 "$auth: the refusal's question is answered"
	token $auth old old good
	is "$code $(taken) $(xargs <"$tmp/runs")" "75 0 run first run 1" "$auth: and not again and again"
	like "$(cat "$tmp/out")" '"down".*535 5.7.8 token not accepted' "$auth: the server's words are told"
	is "$(seen 'C: MAIL')" 0 "$auth: no letter was begun"
done
like "$(grep END-OF "$box/log")" 'AQ==' "OAUTHBEARER ends with a lone ^A (RFC 7628)"
token oauthbearer good good good
like "$(grep '^LOGIN' "$box/log" | head -n 1)" "^LOGIN n,a=eva@clerk.example, host=127.0.0.1 port=$port" "and names the server"
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	token xoauth2 old good good
	again; serve --mode plain --user eva@clerk.example --token "$(cat "$tmp/good")"
	plain_settings 'smtp-auth = xoauth2' 'smtp-user = "eva@clerk.example"' \
	    "smtp-token-command = \"$tmp/token\""
	strace -f -v -s 9999 -o "$tmp/trace" -e trace=execve "$mf" -v send >"$tmp/out" 2>"$tmp/err"
	like "$(cat "$tmp/out")" "1 sent" "sent while being watched"
	unlike "$(cat "$tmp/trace" "$tmp/out" "$tmp/err")" 'ya29|eWEyOS' "no token in arguments, environment or words"
	is "$(sqlite3 "$home/store.db" .dump | grep -c 'ya29\|eWEyOS')" 0 "nor in the store"
else
	skip "no token in arguments" "strace cannot run here"
fi
again; serve --mode plain
plain_settings 'smtp-auth = xoauth2' 'smtp-user = "eva@clerk.example"' "smtp-token-command = \"$tmp/token\""
"$mf" --json send >"$tmp/out"
like "$(cat "$tmp/out")" 'offers no AUTH XOAUTH2' "a server without it gets no token"
plain_settings 'smtp-auth = xoauth2' 'smtp-user = "eva@clerk.example"'
exits 78 "a login by token without a command" "$mf" send
like "$(cat "$tmp/err")" "smtp-user needs smtp-token-command" "is refused"
chmod 644 "$home/mailfilter.conf"
plain_settings "smtp-token-command = \"$tmp/token\"" 'smtp-auth = xoauth2' 'smtp-user = "x"'
chmod 644 "$home/mailfilter.conf"
exits 78 "so is a configuration with it that others can read" "$mf" send
finish
