#!/bin/sh
# mailfilter-send against a real SMTP server on loopback: outcomes, bounds,
# certificates, secrets; and `mailfilter send` with it.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/sendlib.sh"
helper=${MAILFILTER_SEND:-$root/libexec/mailfilter-send}
server=
cleanup() { [ -z "$server" ] || kill "$server" 2>/dev/null; }

box=$tmp/server; mkdir "$box"
/usr/bin/python3 "$root/tests/servers/smtp.py" "$box" 2>"$box/err" &
server=$!
tries=0
until [ -e "$box/port" ] || [ $tries -gt 500 ]; do
	tries=$((tries + 1)); sleep 0.02
done
port=$(cat "$box/port")
# serve ARGUMENT...: how the server behaves from now on; clears its log
serve() {
	printf '%s\n' "$@" >"$box/args"
	rm -f "$box/log" "$box"/*.eml "$box"/*.env
}
# request [--arg KEY VALUE]...: the first line for the helper
request() {
	jq -cn "$@" --arg host localhost --arg tls none --arg timeout 10 \
	    --arg from bounce@acme.example --arg to anna@client.example \
	    --argjson port "$port" '$ARGS.named |
	    .timeout |= tonumber | .to |= split(" ")'
}
# hand [--arg KEY VALUE]...: runs the helper with these settings; its answer
# is in $line
hand() {
	request "$@" >"$tmp/request"
	line=$(cat "$tmp/request" "$tmp/message" | "$helper" 2>"$tmp/err")
}
get() { printf '%s' "$line" | jq -r ".$1"; }
outcome() { is "$(get outcome)" "$1" "$2"; }

printf 'Subject: hello\r\nMessage-ID: <1@acme.example>\r\n\r\n.dot\r\n..\r\nend\r\n' \
    >"$tmp/short"
cp "$tmp/short" "$tmp/message"

# ---- what each answer of the server means ---------------------------------
serve --mode plain
hand --arg envelope_id L17
outcome sent "taken"
is "$(get code)" 250 "with its code"
cmp -s "$box"/*.eml "$tmp/message"; ok $? "byte for byte, dots and all"
is "$(cat "$box"/*.env)" "MAIL FROM:<bounce@acme.example> RET=HDRS ENVID=L17
RCPT TO:<anna@client.example>" "with this envelope"
serve --mode plain
hand --arg to "anna@client.example bert@client.example"
outcome sent "two recipients"
is "$(sed '1d; s/ ORCPT=rfc822;[a-z.@]*//' "$box"/*.env | tr '\n' ' ')" \
    "RCPT TO:<anna@client.example> RCPT TO:<bert@client.example> " "both told"

while IFS='|' read -r mode wanted mailbox; do
	serve --mode "$mode"
	hand --arg timeout 2
	is "$(get outcome) $(get mailbox)" "$wanted $mailbox" "server: $mode"
done <<'TABLE'
dot:250 fine|sent|null
450|later|null
421|later|null
451|later|null
550|refused|true
552|refused|null
554|refused|null
dot:550 5.7.1 looks like spam|refused|null
dot:354 what|unknown|null
half|unknown|null
drop-after-dot|unknown|null
drop-rcpt|later|null
rcpt:450 4.2.1 greylisted|later|null
rcpt:421 closing|later|null
rcpt:550 5.1.1 no such user|refused|true
rcpt:550 no such user|refused|true
rcpt:552 5.2.2 mailbox full|refused|null
rcpt:550 5.7.1 we do not relay|refused|null
data:554 no|refused|null
data:451 wait|later|null
mail:550 5.7.1 sender refused|down|null
mail:451 slow down|down|null
ehlo:550 go away|down|null
banner:554 go away|down|null
banner:421 busy|down|null
TABLE

# Lost before the dot: a message larger than what the socket takes.
{ cat "$tmp/short"; yes "$(printf '%076d' 0)" | head -n 40000 |
    sed 's/$/\r/'; } >"$tmp/message"
serve --mode drop-before-dot
hand
outcome later "connection lost before the dot"
serve --mode plain
hand
outcome sent "a long message"
cmp -s "$box"/*.eml "$tmp/message"; ok $? "byte for byte"
cp "$tmp/short" "$tmp/message"

# No server at all.
hand --argjson port 1
outcome down "nobody listens"
hand --arg host nowhere.invalid
outcome down "a host that does not exist"
hand --arg host 192.0.2.1 --arg timeout 2
outcome down "clear text to another machine is refused"
like "$(get text)" "on this machine only" "and says so"

# ---- bounds: time and memory -------------------------------------------------
while IFS='|' read -r mode wanted; do
	serve --mode "$mode"
	request --arg timeout 1 >"$tmp/request"
	cat "$tmp/request" "$tmp/message" | timeout 2 "$helper" >"$tmp/line"
	is "$? $(jq -r .outcome "$tmp/line")" "0 $wanted" \
	    "server: $mode: $wanted, a second after the limit at most"
done <<'TABLE'
hang|down
drip|down
tabauth|down
stall-rcpt|later
stall-after-dot|unknown
TABLE
for mode in hugeline hugereply; do
	serve --mode $mode
	request >"$tmp/request"
	line=$(cat "$tmp/request" "$tmp/message" |
	    /usr/bin/time -q -f %M -o "$tmp/time" "$helper")
	[ "$(cat "$tmp/time")" -lt 65536 ]
	ok $? "server: $mode: $(cat "$tmp/time") kB of memory"
	outcome down "and nothing is sent"
done

# ---- nothing but plain addresses reaches the wire -----------------------------
serve --mode plain
rows=0
while IFS= read -r to; do
	rows=$((rows + 1))
	request --arg to x | jq -c --arg to "$to" '.to = [$to | gsub("%0A"; "\n") |
	    gsub("%0D"; "\r")]' >"$tmp/request"
	line=$(cat "$tmp/request" "$tmp/message" | "$helper")
	is "$(get outcome) $(get stage)" "refused request" \
	    "recipient: $(printf %.40s "$to")"
done <<TABLE
a@b.example>%0D%0ARCPT TO:<evil@example.com
a@b.example%0A
a%0D@b.example
a b@c.example
<a@b.example>
@b.example
a@
a
-oQ/tmp@b.example
"a b"@c.example
a@b@c.example
ä@b.example
$(printf '%070d' 0)@b.example
a@$(printf '%0300d' 0).example
TABLE
is "$rows" 14 "all rows were read"
hand --arg from "b@x.example> SIZE=1"
outcome down "a bad bounce address is a matter of the settings"
is "$(cat "$box/log" 2>/dev/null)" "" "the server never heard of it"

# ---- certificates ---------------------------------------------------------------
cd "$tmp" || exit 1
openssl ecparam -name prime256v1 -out ec 2>/dev/null
key() {
	openssl req -new -newkey ec:ec -nodes -keyout "$1.key" \
	    -subj "/CN=$2" -out "$1.csr" 2>/dev/null
}
sign() {
	printf 'subjectAltName=DNS:%s\nextendedKeyUsage=%s\n' "$2" "$3" >ext
	openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key \
	    -CAcreateserial -out "$1.pem" -days "$4" -extfile ext 2>/dev/null
}
openssl req -x509 -newkey ec:ec -nodes -keyout ca.key -out ca.pem -days 30 \
    -subj /CN=test-ca -addext basicConstraints=critical,CA:TRUE 2>/dev/null
key good localhost; sign good localhost serverAuth 30
key wronghost mail.attacker.example
sign wronghost mail.attacker.example serverAuth 30
key expired localhost; sign expired localhost serverAuth -1
key purpose localhost; sign purpose localhost clientAuth 30
openssl req -x509 -newkey ec:ec -nodes -keyout self.key -out self.pem -days 30 \
    -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null
printf 'correct horse\n' >secret; chmod 600 secret
cd "$root" || exit 1

# tls CERT WANTED SERVER-TLS OUR-TLS [ARGUMENT...]
tls() {
	cert=$1 wanted=$2 theirs=$3 ours=$4; shift 4
	serve --tls "$theirs" --cert "$tmp/$cert.pem" --key "$tmp/$cert.key" \
	    --user mf --password 'correct horse' "$@"
	hand --arg tls "$ours" --arg user mf --arg ca_file "$tmp/ca.pem" \
	    --arg password_command "cat $tmp/secret" --arg timeout 2
	outcome "$wanted" "$ours, server $theirs, certificate $cert $*"
	if [ "$wanted" = sent ]; then
		like "$(cat "$box/log")" '^AUTH [A-Z]+ tls$' "login inside TLS"
	else
		unlike "$(cat "$box/log")" '^AUTH|C: AUTH|^MESSAGE|MAIL' \
		    "and no login, no mail was heard"
	fi
}
for way in starttls implicit; do
	ours=starttls; [ $way = implicit ] && ours=tls
	tls good sent $way $ours
	tls good sent $way $ours --max-tls 1.2
	tls good sent $way $ours --mode login
	while read -r cert reason; do
		tls "$cert" down $way $ours
		like "$(get text)" "$reason" "because: $reason"
	done <<'TABLE'
self issuer is unknown
wronghost does not match
expired expired
purpose purpose
TABLE
	tls good down $way $ours --max-tls 1.1
	like "$(get text)" 'TLS.*failed' "and says why"
done
tls good down starttls starttls --mode inject
like "$(get text)" "before TLS had begun" "and says why"
tls good down starttls starttls --mode strip
like "$(get text)" "no STARTTLS, and nothing is sent in clear text" "and says why"
tls good down none starttls
tls good down none tls
tls good down implicit starttls

serve --tls starttls --cert "$tmp/good.pem" --key "$tmp/good.key"
hand --arg tls starttls
outcome down "an authority that this machine does not know"

# ---- the password -----------------------------------------------------------------
# with_password COMMAND
with_password() {
	hand --arg tls starttls --arg user mf --arg ca_file "$tmp/ca.pem" \
	    --arg password_command "$1"
}
serve --tls starttls --cert "$tmp/good.pem" --key "$tmp/good.key" \
    --user mf --password other
with_password "cat $tmp/secret"
is "$(get outcome) $(get stage) $(get code)" "down auth 535" "a wrong password"
unlike "$(cat "$box/log")" 'MAIL' "and no mail"
while IFS='|' read -r command text; do
	with_password "$command"
	is "$(get outcome) $(get stage)" "down password" "password from: $command"
	like "$(get text)" "$text" "says: $text"
done <<'TABLE'
false|ended with code 1
true|printed no password
/nowhere/pass|could not be started
cat "|unclosed quote
TABLE
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	serve --tls starttls --cert "$tmp/good.pem" --key "$tmp/good.key" \
	    --user mf --password 'correct horse'
	with_password "cat $tmp/secret"
	cat "$tmp/request" "$tmp/message" | strace -f -v -s 9999 -o "$tmp/trace" \
	    -e trace=execve,openat,sendto,sendmsg,connect "$helper" \
	    >"$tmp/out" 2>"$tmp/err"
	like "$(cat "$tmp/out")" '"sent"' "sent while being watched"
	like "$(cat "$tmp/trace")" 'execve.*cat' "the command was seen"
	unlike "$(cat "$tmp/trace" "$tmp/out" "$tmp/err")" \
	    'correct|Y29ycmVjdCBob3JzZQ|AG1mAGNvcnJlY3Q' "the secret was not"
else
	skip "no secret in arguments" "strace cannot run here"
fi

# ---- mailfilter send ------------------------------------------------------------------
smtp_settings() {
	settings 'transport = smtp' 'smtp-host = "localhost"' \
	    "smtp-port = $port" 'smtp-tls = starttls' 'smtp-user = "mf"' \
	    "smtp-password-command = \"cat $tmp/secret\"" \
	    "smtp-ca-file = \"$tmp/ca.pem\"" 'timeout = 3' \
	    'bounce = "bounces@clerk.example"'
}
# good [ARGUMENT...]: a server that our settings fit, as it behaves
good() {
	serve --tls starttls --cert "$tmp/good.pem" --key "$tmp/good.key" \
	    --user mf --password 'correct horse' "$@"
}
waiting_home 2
smtp_settings
cp -a "$home" "$tmp/fresh"
again() { rm -rf "$home"; cp -a "$tmp/fresh" "$home"; }
good
exits 0 "send" "$mf" send
is "$(states)" "2 sent" "two letters"
is "$(cat "$box"/*.eml | tr -d '\r' | sed -n 's/^Message-ID: //Ip' | sort)" \
    "$("$mf" --json letter list | jq -r .message_id | sort)" \
    "the Message-IDs that were queued"
is "$(cat "$box"/*.env | grep '^MAIL' | sed 's/ENVID=L[0-9]*/ENVID=L/' | uniq)" \
    "MAIL FROM:<bounces@clerk.example> RET=HDRS ENVID=L" "from the bounce address"
is "$(cat "$box"/*.env | grep '^RCPT' | sort | xargs -n 2)" \
    "RCPT TO:<anna@client1.example>
RCPT TO:<anna@client2.example>" "to the customers"
is "$(cat "$box"/*.eml | grep -c 'correct horse')$(grep -rl 'correct horse' "$home")" 0 \
    "no secret in a letter or in the home"

while IFS='|' read -r mode code outcomes states questions; do
	again; good --mode "$mode"
	"$mf" --json send >"$tmp/out" 2>"$tmp/err"
	is "$? $(jq -r .outcome "$tmp/out" | xargs)" "$code $outcomes" "server: $mode"
	is "$(states); $(questions)" "$states; $questions" "and in the store"
done <<'TABLE'
450|0|later later|2 rendered|0
550|0|refused refused|2 failed|2
rcpt:550 5.1.1 no such user|0|refused refused|2 failed|2
rcpt:550 5.7.1 we do not relay|75|down waiting|1 planned, 1 rendered|1
drop-after-dot|0|unknown unknown|2 unknown|2
drop-rcpt|0|later later|2 rendered|0
banner:554 go away|75|down waiting|1 planned, 1 rendered|1
mail:451 slow down|75|down waiting|1 planned, 1 rendered|1
TABLE

# A retry has the same Message-ID.
again; good --mode 450
"$mf" -q send
"$mf" --json letter list | jq -r .message_id | sort >"$tmp/ids"
good; at 2026-11-24T10:20:00Z
"$mf" -q send
is "$(cat "$box"/*.eml | tr -d '\r' | sed -n 's/^Message-ID: //Ip' | sort)" \
    "$(cat "$tmp/ids")" "a retry has the Message-ID of the first try"
at 2026-11-24T10:00:00Z

for cert in self wronghost expired; do
	again
	serve --tls starttls --cert "$tmp/$cert.pem" --key "$tmp/$cert.key" \
	    --user mf --password 'correct horse'
	exits 75 "certificate $cert: not sent" "$mf" send
	like "$(cat "$tmp/out")" "certificate is not good" "and says why"
	unlike "$(cat "$box/log")" 'AUTH|MAIL' "and nothing was said"
done

# Killed while the server keeps silent after the dot.
again; good --mode stall-after-dot
sed -i "s/timeout = 3$/timeout = 30/" "$home/mailfilter.conf"
"$mf" -q send & sender=$!
wait_for grep -q '^MESSAGE' "$box/log"
kill -9 $sender; wait $sender 2>/dev/null
is "$(states)" "1 planned, 1 sending" "killed after the dot"
good
exits 0 "the next run" "$mf" send
is "$(states)" "1 sent, 1 unknown" "nobody can tell about the one"
is "$(ls "$box"/*.eml | wc -l)" 1 "and only the other was sent"
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	again; good
	strace -f -s 9999 -o "$tmp/trace" -e trace=execve "$mf" -v send >"$tmp/out" 2>"$tmp/err"
	like "$(cat "$tmp/trace")" 'execve.*mailfilter-send' "the helper was seen"
	unlike "$(cat "$tmp/trace" "$tmp/out" "$tmp/err")" 'correct' \
	    "no secret in any argument or on the screen"
	is "$(sqlite3 "$home/store.db" .dump | grep -c 'correct horse')" 0 "nor in the store"
fi
finish
