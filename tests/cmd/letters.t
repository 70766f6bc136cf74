#!/bin/sh
# The letters of every language: nothing is missing, each says the same in
# both of its parts with whatever values it gets, none falls back into English,
# and a language more needs no C.
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 1
render=${MAILFILTER_LIBEXEC:-$root/libexec}/mailfilter-render

python3 tests/cmd/letters.py "$render" "$tmp" >"$tmp/said" 2>"$tmp/err"
is $? 0 'the letters could be looked at'
head -n 20 "$tmp/err"
while read -r verdict rest; do
	[ "$verdict" = good ]
	ok $? "$rest"
done <"$tmp/said"
[ "$(wc -l <"$tmp/said")" -gt 90 ]
ok $? 'many letters were looked at'

# What a reader is shown.
exits 0 'a home' "$mf" init
for kind in invoice reminder receipt crossed copy statement inquiry offer \
    agreement instalment credit-note; do
	exits 0 "preview of $kind" "$mf" template preview $kind --language nl
	like "$(cat "$tmp/out")" '^Geachte mevrouw Van den Berg,$' 'in Dutch'
done
exits 0 'preview in a tone' "$mf" template preview reminder --tone firm \
    --language de-CH
like "$(cat "$tmp/out")" '^Mit freundlichen Grüssen$' 'as in Switzerland'
exits 0 'preview of the HTML' "$mf" template preview offer --html
like "$(cat "$tmp/out")" '^<html lang="en" dir="ltr">$' 'which is HTML'
exits 0 'preview of the mail' "$mf" template preview offer --message
like "$(tr -d '\r' <"$tmp/out")" '^Auto-Submitted: auto-generated$' \
    'which is a mail'
exits 66 'no such letter' "$mf" template preview novel
exits 64 'preview of nothing' "$mf" template preview
exits 64 'preview with an unknown option' "$mf" template preview --loud offer
finish
