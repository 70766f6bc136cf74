#!/bin/sh
# Every sample mail through `deliver` and `filter`: silent, 0, byte for byte
# (R3, R8); whoever wrote, letters go to customers of record only (R43), and
# nothing answers a mail (R42).
# A bank's mails differ little here: the first three of each (CORPUS=all takes
# all: long/corpus.long), and of the attacks some, as attacks.t delivers all.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
at 2026-11-23T10:00:00Z; alive
# What is over a limit goes another way (deliver.t, poison).
ls "$root"/tests/golden/*/*.eml "$root"/tests/demo/mails/*.eml |
    grep -v -e mail/groups.eml -e attack/over- |
    awk -v all="${CORPUS:-}" '{ folder = $0; sub("/[^/]*$", "", folder) }
	{ n[folder]++ }
	all == "all" || folder ~ "/mails?$" || n[folder] < 4 ||
	folder ~ "/attack$" && n[folder] % 6 == 0' \
    >"$tmp/list"
seen=0 spoke=0 failed_ones=0 changed=0
while read -r mail; do
	seen=$((seen + 1))
	"$mf" deliver <"$mail" >"$tmp/out" 2>&1 || { failed_ones=$((failed_ones + 1)); echo "# $? $mail"; }
	[ ! -s "$tmp/out" ] || { spoke=$((spoke + 1)); echo "# $mail: $(cat "$tmp/out")"; }
	"$mf" filter <"$mail" 2>/dev/null | sed '0,/^X-Mailfilter: /{//d}' | cmp -s - "$mail" || { changed=$((changed + 1)); echo "# changed: $mail"; }
done <"$tmp/list"
[ $seen -ge 140 ]; ok $? "$seen mails"
is $failed_ones 0 "each ends with 0"
is $spoke 0 "not a byte is said"
is $changed 0 "filter passes each byte for byte"
is "$(ls "$home/outbox" 2>/dev/null | wc -l)" "$(letters | grep -c ' sent ')" "no mail was answered"
round
at 2026-11-24T10:00:00Z; alive; round
at 2026-12-09T10:00:00Z; alive; round
cat "$home"/outbox/*.eml | tr -d '\r' | sed -n 's/^To: .*[ <]\([^ <>]*@[^ <>]*\).*/\1/p; s/^To: \([^ <>]*@[^ <>]*\)$/\1/p' | sort -u >"$tmp/to"
[ -s "$tmp/to" ]; ok $? "letters were sent"
is "$(grep -vcE '^(jana@pekarna|marta@ruiz|anna@romashka).example$' "$tmp/to")" 0 "to customers of record only: $(tr '\n' ' ' <"$tmp/to")"
is "$(grep -ciE '^(cc|bcc|reply-to): ' "$home"/outbox/*.eml | grep -vc ':0$')" 0 "and to nobody beside"
finish
