#!/bin/sh
# Many mails in one command share children and a helper: what is said of each
# is what is said of it alone, also behind mails that break their reader.
. "$(dirname "$0")/../lib.sh"
mkdir "$tmp/in"
i=100
for mail in $(ls "$root"/tests/golden/*/*.eml | sed -n '0~4p'); do
	i=$((i + 1)); cp "$mail" "$tmp/in/$i.eml"
	[ $((i % 9)) = 0 ] || continue
	i=$((i + 1))
	case $((i % 4)) in
	0) printf 'no mail at all\n' >"$tmp/in/$i.eml" ;;
	1) : >"$tmp/in/$i.eml" ;;
	2) { echo "From: a@b.example"; printf 'Cc: '; head -c 90000 /dev/zero |
	    tr '\0' :; printf '\n\nx\n'; } >"$tmp/in/$i.eml" ;;
	3) { echo "From: a@b.example"; echo; head -c 3000000 /dev/zero |
	    tr '\0' '<'; } >"$tmp/in/$i.eml" ;;
	esac
done
for mail in "$tmp"/in/*.eml; do
	"$mf" parse --json "$mail" >>"$tmp/alone"
done
"$mf" parse --json "$tmp"/in/*.eml >"$tmp/together"
like "$(ls "$tmp/in" | wc -l)" '^ *[1-9][0-9][0-9]' "there are more than a hundred mails"
cmp "$tmp/alone" "$tmp/together"; ok $? "together they say what each says alone"
like "$(cat "$tmp/together")" '"kind": ?"unreadable"' "some of them cannot be read"

"$mf" parse --json <"$tmp/in/101.eml" >"$tmp/one"
is "$(cat "$tmp/one")" "$("$mf" parse --json "$tmp/in/101.eml")" "a pipe or a file: the same"
is "$("$mf" parse --json "$tmp/in/101.eml" "$tmp/none" "$tmp/in/101.eml" 2>/dev/null | wc -l)" \
    "$(($(wc -l <"$tmp/one") * 2))" "a file that is not there leaves the others"
finish
