#!/bin/sh
# Two copies of the program that write to each other: what one sends the other
# takes, for as many rounds as one likes, and nothing is ever answered.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
. "$root/tests/flow/replies.sh"
story_begins
one=$home two=$tmp/two
home=$two MAILFILTER_HOME=$two; export MAILFILTER_HOME
story_begins 2>/dev/null
sed -i 's/eva@clerk.example/jana@pekarna.example/; s/name = "Eva/name = "Jana/' "$two/mailfilter.conf"
for id in C1 C2 C3; do "$mf" -q customer edit $id --email eva@clerk.example; done
letters_of() { ls "$1"/outbox/*.eml 2>/dev/null | wc -l; }
# carries FROM TO: each new letter of one home is delivered to the other
carries() {
	for mail in "$1"/outbox/*.eml; do
		[ -f "$mail" ] || continue
		[ -f "$tmp/seen.$(basename "$mail")" ] && continue
		touch "$tmp/seen.$(basename "$mail")"
		"$mf" --home "$2" deliver <"$mail"
	done
}
day=24
while [ $day -le 28 ]; do
	at "2026-11-${day}T10:00:00Z"
	for home in "$one" "$two"; do MAILFILTER_HOME=$home; alive; round; done
	carries "$one" "$two"; carries "$two" "$one"
	"$mf" --home "$one" -q send >/dev/null; "$mf" --home "$two" -q send >/dev/null
	day=$((day + 1))
done
like "$(letters_of "$one")" '^[1-4]$' "one wrote only its own reminders"
like "$(letters_of "$two")" '^[1-4]$' "so did the other"
for home in "$one" "$two"; do
	MAILFILTER_HOME=$home
	is "$(letters | grep -cv '^reminder')" 0 "nothing was answered"
	is "$(holds)" "" "and nothing held"
done
finish
