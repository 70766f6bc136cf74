#!/bin/sh
# Anybody can write mail that names an invoice: it holds a reminder for two days
# at most, and more of it no longer. The customer's own address is worth more.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
# writes FROM NUMBER TEXT
writes() {
	number=$((number + 1))
	cat <<-M | "$mf" deliver
	Return-Path: <$1>
	Received: from mail.there.example (mail.there.example [192.0.2.99])
	 by mx.clerk.example (Postfix) with ESMTPS id 7Zz$number
	 for <eva@clerk.example>; $(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')
	From: <$1>
	To: eva@clerk.example
	Subject: Re: $2
	Date: $(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')
	Message-ID: <answer-$number@there.example>
	MIME-Version: 1.0
	Content-Type: text/plain; charset=utf-8

	$3
	M
}
dispute="I do not agree with this invoice, it is wrong."
at 2026-11-23T10:00:00Z; alive
writes mallory@there.example 2026-002 "$dispute"; ok $? "a stranger's mail is taken"
is "$("$mf" --json hold list | jq -r '"\(.kind) \(.until)"')" \
    "dispute 2026-11-25T10:00:00Z" "it holds for two days"
writes jana@pekarna.example 2026-001 "$dispute"
is "$("$mf" --json hold list | jq -r 'select(.invoice != null and .customer == "C1") | .until')" \
    "2026-12-23T10:00:00Z" "the customer's own mail holds for longer"
at 2026-11-24T10:00:00Z; alive; round
is "$(letters reminder | grep -c 2026-002)" 0 "the reminder waits"
for hour in 11 12 13; do
	at 2026-11-24T$hour:00:00Z
	writes mallory@there.example 2026-002 "$dispute $hour"
done
at 2026-11-25T10:30:00Z; alive; round
is "$(letters reminder | grep -c 'sent.*2026-002')" 1 \
    "then it leaves, whatever else the stranger wrote"
is "$(letters reminder | grep -c 'sent.*2026-001')" 0 "the other one still waits"

# A long text is cut between letters: the journal stays text.
writes jana@pekarna.example 2026-003 "x$(printf 'ж%.0s' $(seq 400))"
like "$("$mf" --json explain 2026-003 | jq -r 'select(.code == "reply:other") | .text')" \
    '"xж{299}" Please' "the owner reads the first 300 letters"
exits 0 "the books are in order" "$mf" -q check
finish
