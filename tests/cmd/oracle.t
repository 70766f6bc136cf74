#!/bin/sh
# Oracles: Authentication-Results as Python's authres parses them (R25), and
# encoded words in subjects as Python's email decodes them (R49).
. "$(dirname "$0")/../lib.sh"
python=/usr/bin/python3
if ! $python -c 'import authres' 2>/dev/null; then
	skip "oracles" "python3-authres is not installed"
	finish
fi
mkdir -m 700 "$tmp/home" "$tmp/mails"
cp "$root/tests/golden.conf" "$tmp/home/mailfilter.conf"
chmod 600 "$tmp/home/mailfilter.conf"
$python "$root/tests/cmd/oracle.py" "$tmp/mails" >"$tmp/wanted" || exit 1
"$mf" parse --json "$tmp/mails"/*.eml >"$tmp/events" || exit 1
jq -r '.trust // .subject' <"$tmp/events" >"$tmp/got"
is "$(wc -l <"$tmp/got")" "$(wc -l <"$tmp/wanted")" "one event a mail"
n=0
while IFS='	' read -r name wanted; do
	n=$((n + 1))
	is "$(sed -n ${n}p "$tmp/got")" "$wanted" "$name"
done <"$tmp/wanted"
finish
