#!/bin/sh
# README, Files: every source, header, SQL file, manual page and script has
# its line, and no line names what is not there.
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 1

# Names as paths: a heading "### FOLDER/" and rows "| `NAME`, `NAME` | ... |".
awk '/^## /{on = $2 == "Files"}
on && /^### /{folder = $2 == "./" ? "" : $2}
on && /^\| `/{n = split($0, part, "|"); row = part[2]
	while (match(row, /`[^`]*`/)) {
		print folder substr(row, RSTART + 1, RLENGTH - 2)
		row = substr(row, RSTART + RLENGTH)
	}
}' README.md | sort >"$tmp/named"
git ls-files >"$tmp/tracked"
grep -E '\.(c|h|sql|[157])$|^store/embed\.sh$|^tests/run$|^filter/packaging/[a-z-]*$' \
    "$tmp/tracked" | sort >"$tmp/wanted"
[ "$(wc -l <"$tmp/wanted")" -gt 200 ]
ok $? "there are files to look for ($(wc -l <"$tmp/wanted"))"
is "$(comm -13 "$tmp/named" "$tmp/wanted")" "" "each has its line"
is "$(uniq -d "$tmp/named")" "" "and only one"
missing=
while read -r name; do		# a group is a pattern: banks/*.bank
	[ -n "$(git ls-files -- "$name")" ] || missing="$missing $name"
done <"$tmp/named"
is "$missing" "" "nothing is named that is not there"
finish
