#!/bin/sh
# Money comes in while the reminder about it is being sent, in two processes
# at once: either the letter was recalled and no mail left, or it left and a
# second letter says so. RACES says how often.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/sendlib.sh"
races=${RACES:-12}

waiting_home 1
cp -a "$home" "$tmp/fresh"
bank_mail 2026001 101.00 22 24 >"$tmp/money.eml"
left=0 recalled=0 wrong=0 n=0
while [ $n -lt "$races" ]; do
	n=$((n + 1))
	rm -rf "$home"; cp -a "$tmp/fresh" "$home"
	"$mf" -q send >"$tmp/out" 2>&1 & sender=$!
	sleep "0.0$((n * 7 % 90 + 10))"
	"$mf" deliver <"$tmp/money.eml" || wrong=$((wrong + 1))
	wait $sender || wrong=$((wrong + 1))
	"$mf" --json letter list >"$tmp/letters"
	state=$(jq -r 'select(.kind == "reminder") | .state' "$tmp/letters")
	mails=$(grep -il '^Message-ID: <reminder' "$home"/outbox/*.eml 2>/dev/null | wc -l)
	crossed=$(jq -r 'select(.kind == "crossed") | .state' "$tmp/letters" | wc -l)
	case "$state $mails $crossed" in
	'recalled 0 0') recalled=$((recalled + 1)) ;;
	'sent 1 1') left=$((left + 1)) ;;
	*)	wrong=$((wrong + 1))
		echo "# race $n: state $state, $mails mails, $crossed crossed" ;;
	esac
	[ "$("$mf" --json invoice show 2026-001 | jq -r .state)" = paid ] ||
	    wrong=$((wrong + 1))
done
is "$wrong" 0 "$n races: $recalled recalled, $left had left already"
is "$((left + recalled))" "$races" "each ended in one of the two ways"
finish
