#!/bin/sh
# Sample statements: `mailfilter-extract statement` over
# tests/statements/FORMAT/NAME.EXT gives NAME.events, byte for byte. A new
# sample is files, no code. GOLDEN_WRITE=1 writes the .events that are
# missing: read them before you commit them. Then what would be wrong with a
# good one is tried: each number of it (R36), and each way to be cut short.
. "$(dirname "$0")/../lib.sh"
x=$root/libexec/mailfilter-extract

n=0
for file in "$root"/tests/statements/*/*; do
	case $file in *.events) continue ;; esac
	n=$((n + 1))
	events=${file%.*}.events
	name=${file#"$root"/tests/statements/}
	"$x" statement --maps "$root/parser/statements" \
	    --account DE02120300000000202051 <"$file" >"$tmp/got" 2>"$tmp/err"
	code=$?
	[ $code = 0 ] || sed 's/^mailfilter-extract: /refused: /' "$tmp/err" >"$tmp/got"
	[ -n "${GOLDEN_WRITE:-}" ] && [ ! -f "$events" ] && cp "$tmp/got" "$events"
	if [ ! -f "$events" ]; then
		ok 1 "$name: no .events beside it"
	elif { [ $code != 0 ] && [ $code != 65 ] && [ $code != 66 ]; } || ! cmp -s "$events" "$tmp/got"; then
		ok 1 "$name"
		diff "$events" "$tmp/got" | sed 's/^/#  /'
	else
		ok 0 "$name"
	fi
done
[ $n -ge 5 ]; ok $? "looked at $n statements"
if command -v python3 >/dev/null; then
	python3 "$root/tests/mutate.py" "$x" "$root/tests/statements" >"$tmp/mutants"
	code=$?
	grep '^#' "$tmp/mutants"
	ok $code "$(tail -n 1 "$tmp/mutants")"
else
	skip "mutants" "no python3"
fi
finish
