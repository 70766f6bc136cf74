#!/bin/sh
# A small world of customers for three months against the real program: late,
# lost and forged mail, crashes, bounces, answers; nothing that embarrasses.
# tests/sim/play says what is counted. Two seeds, money booked either way.
. "$(dirname "$0")/../lib.sh"
[ -w /dev/shm ] && [ -z "${TMPDIR:-}" ] && { TMPDIR=/dev/shm; export TMPDIR; }
world() {
	"$root/tests/sim/play" --program "$mf" "$@" >"$tmp/out" 2>&1
	grep -q '^1\.\.' "$tmp/out"; ok $? "the world was played: $*"
	sed -n 's/^\(ok\|not ok\) [0-9]* - /\1 /p' "$tmp/out" >"$tmp/lines"
	while read -r is rest; do
		[ "$is" = ok ] || rest=${rest#ok }
		[ "$is" = ok ]; ok $? "$rest"
	done <"$tmp/lines"
	grep '^#' "$tmp/out"
}
world --seed 1 --customers 30 --days 75 --rule
world --seed 4 --customers 16 --days 60 --settles notice --trouble 2
finish
