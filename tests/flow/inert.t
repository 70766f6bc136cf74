#!/bin/sh
# Strings that try to be more than values, in every field of customers and
# invoices, up to the mail server (R38, R46). STRINGS says how many.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/sendlib.sh"
strings=${STRINGS:-1000}
server=
cleanup() { [ -z "$server" ] || kill "$server" 2>/dev/null; }
box=$tmp/server; mkdir "$box"
printf '%s\n' --mode plain >"$box/args"
/usr/bin/python3 "$root/tests/servers/smtp.py" "$box" 2>"$box/err" &
server=$!
until [ -e "$box/port" ]; do sleep 0.02; done

at 2026-11-10T09:00:00Z
"$mf" -q init --authserv-id mx.clerk.example --mailbox bank@clerk.example
cp "$root/tests/fixture.conf" "$home/mailfilter.conf"
chmod 600 "$home/mailfilter.conf"
settings 'transport = smtp' 'smtp-host = "localhost"' 'smtp-tls = none' \
    "smtp-port = $(cat "$box/port")" 'bounce = "bounces@clerk.example"' 'rate-limit = 100000'
n=$(/usr/bin/python3 "$root/tests/inert.py" make "${SEED:-1}" "$strings" "$tmp")
[ "$n" -ge "$strings" ]; ok $? "$n strings"
"$mf" import --skip-bad --type customers "$tmp/customers.jsonl" >"$tmp/out" 2>"$tmp/err"
# What must be refused is refused, and nothing else.
jq -r 'to_entries[] | select(.value.legal) | .key' "$tmp/legal.json" | sort >"$tmp/wanted"
"$mf" --json customer list | jq -r .id | sort >"$tmp/got"
diff "$tmp/wanted" "$tmp/got" | sed -n 's/^[<>] //p' | head -n 4 | while read -r id; do
	grep "\"id\": \"$id\"" "$tmp/customers.jsonl" | sed 's/^/# /'; done
cmp -s "$tmp/wanted" "$tmp/got"; ok $? "customers: $(grep -c : "$tmp/err") refused, $(wc -l <"$tmp/got") taken, as they should"
"$mf" import --skip-bad --type invoices "$tmp/invoices.jsonl" >"$tmp/out" 2>"$tmp/err"
jq -r 'to_entries[] | select(.value.both) | .key' "$tmp/legal.json" | sed 's/C/I/' | sort >"$tmp/wanted"
"$mf" --json invoice list | jq -r .id | sort >"$tmp/got"
diff "$tmp/wanted" "$tmp/got" | sed -n 's/^[<>] //p' | head -n 4 | while read -r id; do
	grep "\"id\": \"$id\"" "$tmp/invoices.jsonl" | sed 's/^/# /'; done
cmp -s "$tmp/wanted" "$tmp/got"; ok $? "invoices: as they should"
at 2026-11-24T10:00:00Z
alive 1
"$mf" -q remind >/dev/null 2>"$tmp/err"
exits 0 "the letters are sent" "$mf" -q send
/usr/bin/python3 "$root/tests/inert.py" look "$tmp" "$box" >"$tmp/tap"
while IFS= read -r line; do
	case $line in
	ok*) ok 0 "${line#ok - }" ;;
	not*) ok 1 "${line#not ok - }" ;;
	*) echo "$line" ;;
	esac
done <"$tmp/tap"
[ "$(wc -l <"$tmp/tap")" -ge 3 ]; ok $? "all of it was looked at"
unlike "$("$mf" invoice list; "$mf" customer list)" "$(printf '\033')" "nothing reaches the terminal that could steer it"
finish
