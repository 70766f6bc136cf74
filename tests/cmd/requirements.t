#!/bin/sh
# tests/REQUIREMENTS.md: every requirement has its line, and every test that a
# line names is there; what has no test says why.
. "$(dirname "$0")/../lib.sh"
cd "$root/tests" || exit 1
grep -E '^\| R[0-9]+ ' REQUIREMENTS.md >"$tmp/rows"
is "$(sed 's/^| R\([0-9]*\) .*/\1/' "$tmp/rows" | tr '\n' ' ')" "$(seq 57 | tr '\n' ' ')" "R1 to R57, each once"
while IFS='|' read -r _ number _ proofs _; do
	case $proofs in
	' later: '?*) skip "$number" "$proofs"; continue ;;
	esac
	missing=
	for file in $proofs; do
		[ -f "$file" ] || missing="$missing $file"
	done
	is "$missing" "" "$number:$proofs"
	[ -n "${proofs# }" ] || ok 1 "$number names a test"
done <"$tmp/rows"
for file in $(grep -oE '(long|flow|cmd|hooks)/[a-z_-]+\.(t|long)' REQUIREMENTS.md | sort -u); do
	[ -x "$file" ] || ok 1 "$file can be run"
done
# Every long proof is named.
for file in long/*.long; do
	grep -qF "$file" REQUIREMENTS.md; ok $? "$file has its place"
done
finish
