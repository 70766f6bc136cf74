#!/bin/sh
# `mailfilter fetch` and IMAP servers that misbehave: bounded in time and
# memory, nothing said in clear text, and the next good visit has it all.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/fetchlib.sh"
server=
cleanup() { [ -z "$server" ] || kill "$server" 2>/dev/null; }

box=$tmp/server; mkdir -p "$box/mail"
/usr/bin/python3 "$root/tests/servers/imap.py" "$box" 2>"$box/err" &
server=$!
tries=0
until [ -e "$box/port" ] || [ $tries -gt 500 ]; do
	tries=$((tries + 1)); sleep 0.02
done
port=$(cat "$box/port")
serve() { printf '%s\n' "$@" >"$box/args"; rm -f "$box/log"; }
for n in 1 2 3; do
	bank_mail 202600$n "$([ $n = 1 ] && echo 499.00 || echo 100.00)" $n |
	    sed 's/$/\r/' >"$box/mail/$n.eml"
done

printf 'correct horse\n' >"$tmp/secret"; chmod 600 "$tmp/secret"
make_home "$home"
settings() {
	mailbox 'host = "localhost"' "port = $port" 'user = "anna"' \
	    "password-command = \"cat $tmp/secret\"" \
	    'timeout = 1' 'authserv-id = "mx.clerk.example"' "$@"
}
settings 'tls = none'
cp -a "$home" "$tmp/fresh"
again() { rm -rf "$home"; cp -a "$tmp/fresh" "$home"; }
look() { sqlite3 "$home/store.db" "$1"; }
payments() { look "SELECT count(*) FROM payment"; }
visit() {	# visit MODE: its exit code, whole seconds and memory in $run
	serve --mode "$1"
	/usr/bin/time -q -f '%M' -o "$tmp/time" timeout 10 "$mf" --json fetch \
	    >"$tmp/out" 2>"$tmp/err"
	run=$?
}
good() {	# after it, all three are there, once
	serve --mode plain
	"$mf" -q fetch >/dev/null 2>&1
	is "$(payments) $(look "SELECT count(*) FROM invoice WHERE open = 0")" \
	    "3 3" "$1: a good visit later has it all"
}

visit plain
is "$run $(of '.messages, .notices')" "0 3 3" "a server that behaves"
unlike "$(cat "$box/log")" 'SELECT|STORE|EXPUNGE|MOVE|COPY|BODY\[' \
    "was asked for nothing that changes it"

# ---- before the login: nothing is said -------------------------------------------
while IFS='|' read -r mode text; do
	again; visit "$mode"
	is "$run $(of 'select(.error) | .error' | grep -c "$text")" "75 1" "$mode: $text"
	unlike "$(cat "$box/log" 2>/dev/null)" 'LOGIN|anna' "$mode: and no login was heard"
done <<'TABLE'
hang|did not answer in time
drip|did not answer in time
hugeline|has no end
notimap|no IMAP server
bye|ended the connection
preauth|logged in already
TABLE

# ---- what spoils a visit: told, and the next one is whole ---------------------------
n=0
while IFS='|' read -r mode wanted; do
	n=$((n + 1))
	again; visit "$mode"
	is "$run $(payments)" "$wanted" "$mode"
	[ "$(cat "$tmp/time")" -lt 65536 ]
	ok $? "$mode: $(cat "$tmp/time") kB of memory"
	[ "$wanted" = "0 3" ] || good "$mode"
done <<'TABLE'
login-no|75 0
login-loop|75 0
no-select|75 0
no-validity|75 0
order|0 3
twice|0 3
star|0 3
many|75 0
search-junk|75 0
bigliteral:2|75 1
longline:2|75 1
chatter:2|75 1
nul:2|75 1
long-literal:2|75 1
short-literal:2|75 1
overlong:2|75 1
wrong-tag:2|75 1
plus:2|75 1
stall:2|75 1
close:2|75 1
bye-fetch:2|75 1
junk:2|75 1
double:2|75 1
wrong-offset:2|75 1
crumbs:2|75 1
other:2|0 2
nouid:2|0 2
no:2|0 2
empty:2|0 2
nil:2|0 2
swapped:2|0 3
noise:2|0 3
TABLE
is "$n" 32 "all rows were read"

# ---- one that is lost between SEARCH and FETCH ------------------------------------------
again; visit gone:2
is "$run $(payments) $(of '.messages, .complete')" "0 2 2 true" "gone meanwhile: no failure"
visit plain
is "$run $(of .messages)" "0 0" "and it is not asked for again"

# ---- one on which every connection breaks does not stop the rest -----------------------
again
for i in 1 2 3; do visit close:2; done
is "$(payments)" 1 "three connections broke on one"
visit close:2
is "$run $(payments)" "75 2" "the fourth takes what is behind it"
serve --mode plain; bank_mail 2026004 100.00 4 | sed 's/$/\r/' >"$box/mail/4.eml"
visit close:2
is "$run $(payments) $(of 'select(.folder) | .notices')" "75 3 1" "new mail comes first"
visit plain
is "$run $(payments) $(of .messages)" "0 4 1" "and the one too, when the server gives it"
rm "$box/mail/4.eml"
again
for i in 1 2 3 4 5 6 7 8 9; do visit no:2; done
is "$(questions)" 0 "nine times refused"
visit no:2
is "$(questions)" 1 "after ten it is given up, and the owner told"
like "$(cat "$tmp/err")" 'Message 2 of mailbox bank.*given up.*this one is broken' "with the reason"
visit no:2
is "$run $(of '.failed | length')" "0 0" "and it is asked for no more"

# ---- TLS -----------------------------------------------------------------------------------
authority
certificate good localhost serverAuth 30
certificate wronghost mail.attacker.example serverAuth 30
# tls OURS WANTED SERVER-TLS [ARGUMENT...]
tls() {
	ours=$1 wanted=$2 theirs=$3; shift 3
	again; settings "tls = $ours" "ca-file = \"$tmp/ca.pem\""
	serve --tls "$theirs" --cert "$tmp/good.pem" --key "$tmp/good.key" "$@"
	timeout 10 "$mf" --json fetch >"$tmp/out" 2>"$tmp/err"
	is "$? $(payments)" "$wanted" "$ours, server $theirs $*"
	if [ "$wanted" = "0 3" ]; then
		like "$(cat "$box/log")" '^LOGIN [A-Z]+ tls$' "login inside TLS"
		unlike "$(cat "$box/log")" 'clear UID|LOGIN [A-Z]+ clear' "and nothing else in clear"
	else
		unlike "$(cat "$box/log" 2>/dev/null)" 'LOGIN [A-Z]|EXAMINE' "and no login was heard"
	fi
}
tls tls "0 3" implicit
tls starttls "0 3" starttls
tls tls "0 3" implicit --auth AUTH=PLAIN
tls tls "0 3" implicit --auth ""
tls starttls "75 0" starttls --mode strip
like "$(cat "$tmp/err")" "no STARTTLS, and nothing is sent in clear text" "and says why"
tls starttls "75 0" starttls --mode inject
like "$(cat "$tmp/err")" "before TLS had begun" "and says why"
tls starttls "75 0" starttls --mode preauth
tls tls "75 0" implicit --mode preauth
tls tls "75 0" implicit --max-tls 1.1
tls starttls "75 0" starttls --max-tls 1.1
tls tls "75 0" none
tls tls "75 0" starttls
tls starttls "75 0" implicit
tls tls "75 0" implicit --auth LOGINDISABLED
again
settings 'tls = tls' "ca-file = \"$tmp/ca.pem\"" 'auth = xoauth2'
serve --tls implicit --cert "$tmp/good.pem" --key "$tmp/good.key" \
    --auth "SASL-IR AUTH=XOAUTH2" --secret 'correct horse'
exits 0 "with a token" "$mf" -q fetch
is "$(payments)" 3 "takes all"
serve --tls implicit --cert "$tmp/good.pem" --key "$tmp/good.key" \
    --auth "AUTH=XOAUTH2" --secret other
exits 75 "a token that is refused" "$mf" fetch
like "$(cat "$tmp/err")" 'AUTHENTICATIONFAILED' "says so"

# ---- the secret -------------------------------------------------------------------------------
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	again; serve --mode plain
	strace -f -v -s 9999 -o "$tmp/trace" -e trace=execve "$mf" -v fetch >"$tmp/out" 2>"$tmp/err"
	like "$(cat "$tmp/trace")" 'execve.*mailfilter-send.*imap' "the helper was seen"
	unlike "$(cat "$tmp/trace" "$tmp/out" "$tmp/err")" 'correct' \
	    "no secret in any argument or on the screen"
	is "$(sqlite3 "$home/store.db" .dump | grep -c 'correct horse')" 0 "nor in the store"
else
	skip "no secret in arguments" "strace cannot run here"
fi
finish
