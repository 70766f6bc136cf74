# What fetch_kill.t and fetch-kill.long share: a visit to a mailbox, the next
# one, the clean end; and that one message at most was read twice.
. "$root/tests/cmd/fetchlib.sh"
server=
cleanup() { [ -z "$server" ] || kill "$server" 2>/dev/null; }
box=$tmp/server; mkdir -p "$box/mail"
printf '%s\n' --mode plain >"$box/args"
/usr/bin/python3 "$root/tests/servers/imap.py" "$box" 2>"$box/err" &
server=$!
tries=0
until [ -e "$box/port" ] || [ $tries -gt 500 ]; do
	tries=$((tries + 1)); sleep 0.02
done
for n in 1 2; do
	bank_mail 202600$n 100.00 $n | sed 's/$/\r/' >"$box/mail/$n.eml"
done
make_home "$home"
mailbox 'host = "localhost"' "port = $(cat "$box/port")" 'user = "anna"' \
    'password-command = "echo correct horse"' 'tls = none' 'timeout = 10' \
    'authserv-id = "mx.clerk.example"'
cp -a "$home" "$tmp/clean"
reset="rm -rf $home; cp -a $tmp/clean $home"
"$mf" -q fetch
"$mf" export >"$tmp/expected"
[ "$(payments)" = 2 ] || { echo "not ok - nothing to compare"; exit 1; }
next="$mf --json fetch >$tmp/next"
state="$mf export | cmp - $tmp/expected && [ \$(jq .known $tmp/next) -le 1 ]"
