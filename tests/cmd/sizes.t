#!/bin/sh
# The budget: median function under 20 lines, none above 100; files at most
# 500 lines; nothing left open; no trailing blanks.
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 1
command -v ctags >/dev/null || { skip sizes "no ctags"; finish; }

git ls-files '*.c' | grep -v '^tests/' >"$tmp/files"
# shellcheck disable=SC2046
ctags -x --c-kinds=f --_xformat='%F %N %n %{end}' $(cat "$tmp/files") 2>/dev/null |
    awk '{ print $4 - $3 + 1, $1 ":" $2 }' | sort -n >"$tmp/sizes"
n=$(wc -l <"$tmp/sizes")
[ "$n" -gt 100 ]; ok $? "looked at $n functions"
is "$(awk '$1 > 100' "$tmp/sizes")" "" "no function above 100 lines"
median=$(awk -v m=$(((n + 1) / 2)) 'NR == m { print $1 }' "$tmp/sizes")
[ "${median:-99}" -lt 20 ]; ok $? "median function is $median lines"
ninth=$(awk -v m=$((n * 9 / 10)) 'NR == m { print $1 }' "$tmp/sizes")
[ "${ninth:-99}" -lt 60 ]; ok $? "nine in ten are at most $ninth lines"
is "$(xargs wc -l <"$tmp/files" | awk '$1 > 500 && $2 != "total"')" "" \
    "no file above 500 lines"
is "$(git grep -nE '\b(TODO|FIXME|HACK)\b' -- '*.c' '*.h' '*.sql' Makefile)" "" \
    "nothing is left open"
is "$(git grep -nE '[[:space:]]+$' -- '*.c' '*.h' '*.sql' '*.t' Makefile README.md)" "" \
    "no trailing blanks"
is "$(git grep -lE '^typedef struct' -- '*.c' '*.h')" "" "no typedefs of structs"
for file in $(cat "$tmp/files"); do
	head -n 1 "$file" | grep -q '^/\*' || echo "$file"
done >"$tmp/bare"
is "$(cat "$tmp/bare")" "" "each file starts with what it is for"
finish
