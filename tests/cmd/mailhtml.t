#!/bin/sh
# The HTML of every letter: what mail programs know (caniemail), valid
# (html-validate), readable on light and dark pages and on narrow ones.
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 1
render=${MAILFILTER_LIBEXEC:-$root/libexec}/mailfilter-render

# Fetched once; a place without a registry goes without.
npm=$root/build/npm
if [ ! -e "$npm/node_modules/html-validate" ] && command -v npm >/dev/null 2>&1; then
	mkdir -p "$npm"
	(cd "$npm" && timeout 100 npm install --no-audit --no-fund --no-save \
	    --ignore-scripts --omit=optional --prefix . \
	    caniemail@2.0.2 html-validate@9.7.1 >"$tmp/npm.log" 2>&1)
fi
python3 tests/cmd/mailhtml.py "$render" "$tmp" "$npm" >"$tmp/said" 2>"$tmp/err"
is $? 0 'the letters could be looked at'
head -n 20 "$tmp/err"
while read -r verdict rest; do
	if [ "$verdict" = skip ]; then skip "${rest%%: *}" "${rest#*: }"; continue; fi
	[ "$verdict" = good ]
	ok $? "$rest"
done <"$tmp/said"
[ "$(grep -c '^good' "$tmp/said")" -ge 15 ]
ok $? 'much was looked at'
finish
