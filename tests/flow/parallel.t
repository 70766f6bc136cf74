#!/bin/sh
# Twenty deliveries at once on one store: all 0 or 75, and after the retries
# the same books as in sequence (R14).
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-12T10:00:00Z
i=0
while [ $i -lt 20 ]; do
	number=$i
	case $((i % 2)) in
	0) notice 2026001 1.00 >"$tmp/m$i" ;;
	1) number=500; notice 2026002 10.00 >"$tmp/m$i" ;;	# ten copies
	esac
	i=$((i + 1))
done
cp -a "$home" "$tmp/serial"
for f in "$tmp"/m*; do "$mf" --home "$tmp/serial" deliver <"$f" || echo "# serial $f: $?"; done
"$mf" --home "$tmp/serial" export | sort >"$tmp/want"

ls "$tmp"/m* | xargs -P 20 -I{} sh -c '"$0" deliver <{}; echo $?' "$mf" >"$tmp/codes" 2>/dev/null
is "$(wc -l <"$tmp/codes")" 20 "all twenty ended"
is "$(grep -cvE '^(0|75)$' "$tmp/codes")" 0 "with 0 or 75: $(sort "$tmp/codes" | uniq -c | tr -s '\n ' ' ')"
for f in "$tmp"/m*; do "$mf" deliver <"$f"; done
"$mf" export | sort >"$tmp/got"
is "$(balance 2026-001) $(balance 2026-002)" "489.00 90.00" "the money is counted right"
diff "$tmp/want" "$tmp/got" | head -n 6 | sed 's/^/# /'
cmp -s "$tmp/want" "$tmp/got"; ok $? "the same books as in sequence"
"$mf" -q check >/dev/null 2>&1; code=$?
like "$code" '^(0|1|78)$' "check runs afterwards"
finish
