# What send_kill.t and send.long share: `send` is killed before a system call,
# `send` runs once more, and no letter may have left twice. After lib.sh.
. "$root/tests/cmd/sendlib.sh"

# kill_setup TRANSPORT: two letters wait
kill_setup() {
	waiting_home 2
	mkdir -p "$tmp/mails"
	cat >"$tmp/sendmail" <<-S
	#!/bin/sh
	cat >"$tmp/mails/\$\$.new" && mv "$tmp/mails/\$\$.new" "$tmp/mails/\$\$.eml"
	S
	chmod +x "$tmp/sendmail"
	settings "transport = $1" "sendmail = \"$tmp/sendmail\"" \
	    'smtp-host = "127.0.0.1"' "smtp-port = ${port:-587}" 'smtp-tls = none' 'timeout = 5'
	rm -rf "$tmp/fresh"; cp -a "$home" "$tmp/fresh"
	reset="rm -rf $home; mkdir -p $tmp/mails; rm -f $tmp/mails/*.eml $tmp/mails/*.env; cp -a $tmp/fresh $home"
	# One copy of what was sent, none of what was not; at most one of what
	# nobody can tell. The folder always knows.
	cat >"$tmp/check" <<-C
	#!/bin/sh
	"$mf" --json letter list | jq -r '"\(.message_id) \(.state)"' |
	while read -r id state; do
		n=\$(cat "$tmp"/mails/*.eml "$home"/outbox/*.eml 2>/dev/null |
		    tr -d '\r' | grep -cixF "Message-ID: \$id")
		case "$1 \$state \$n" in
		'dir sent 1'|'sendmail sent 1'|'smtp sent 1') ;;
		'sendmail unknown 0'|'sendmail unknown 1'|'sendmail failed 0') ;;
		'smtp unknown 0'|'smtp unknown 1') ;;
		'sendmail rendered 0'|'sendmail planned 0') ;;
		*) echo "\$id: \$state with \$n copies" ;;
		esac
	done >"$tmp/wrong"
	[ "\$(sqlite3 "$home/store.db" 'PRAGMA integrity_check')" = ok ] ||
	    echo "store damaged" >>"$tmp/wrong"
	cat "$tmp/wrong"
	[ ! -s "$tmp/wrong" ]
	C
	chmod +x "$tmp/check"
}
# smtp_server: for the transport smtp, whose letters share one connection
smtp_server() {
	mkdir -p "$tmp/mails"
	/usr/bin/python3 "$root/tests/servers/smtp.py" "$tmp/mails" 2>"$tmp/server.err" &
	server=$!
	cleanup() { kill $server 2>/dev/null; }
	wait_for test -s "$tmp/mails/port"
	port=$(cat "$tmp/mails/port")
	printf '%s\n' --mode plain >"$tmp/mails/args"
}
# kill_send TRANSPORT CALLS [MOST]: TAP from killat.py
kill_send() {
	kill_setup "$1"
	/usr/bin/python3 "$root/tests/killat.py" --calls "$2" --setup "$reset" \
	    --run "$mf -q send" --after "$mf -q send || true" \
	    --check "$tmp/check" --most "${3:-100000}" | grep -v '^1\.\.' |
	    sed "s/ - / - $1: /" >"$tmp/tap"
	cat "$tmp/tap"
	tests=$((tests + $(grep -c '^\(not \)\{0,1\}ok' "$tmp/tap")))
	failed=$((failed + $(grep -c '^not ok' "$tmp/tap")))
	[ -s "$tmp/tap" ] || { echo "not ok - $1: nothing was tried"; failed=$((failed + 1)); }
}
