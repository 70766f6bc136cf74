#!/bin/sh
# The owner's day: one mail tells what waits for him; what he answers by mail
# is done once, when it is proved to be his, told the next day, and undone.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
cat >>"$home/mailfilter.conf" <<'C'
digest { days = daily at = "07:30" }
C
[ "${DELIMITER-+}" = "" ] ||
    sed -i 's/transport = dir/transport = dir\n\ttag-delimiter = "+"/' "$home/mailfilter.conf"
day() { at "$1"; "$mf" -q digest && "$mf" -q send >/dev/null; }
digests() { "$mf" --json letter list | jq -r 'select(.kind == "digest") | .state'; }
newest() { ls -t "$home"/outbox/*.eml | head -n 1; }
# where an answer goes to
to() { [ "${DELIMITER-+}" = "" ] && echo eva@clerk.example || field Reply-To; }
field() { sed -n "s/^$1: //p" "$(newest)" | tr -d '\r' | head -n 1; }
# reply TEXT [sed script]: the owner answers the newest digest
reply() {
	number=$((number + 1))
	sed -e "${2:-}" <<-M | "$mf" deliver
	Return-Path: <eva@clerk.example>
	Received: from out.clerk.example (out.clerk.example [192.0.2.8])
	 by mx.clerk.example (Postfix) with ESMTPS id 7Xy$number
	 for <$(to)>; Wed, 25 Nov 2026 09:00:05 +0000 (UTC)
	Authentication-Results: mx.clerk.example;
	 dkim=pass header.d=clerk.example header.s=s1 header.b=own$number
	From: Eva <eva@clerk.example>
	To: <$(to)>
	Subject: Re: $(field Subject)
	Date: Wed, 25 Nov 2026 09:00:00 +0000
	Message-ID: <own-$number@clerk.example>
	In-Reply-To: $(field Message-ID)
	References: $(field Message-ID)
	MIME-Version: 1.0
	Content-Type: text/plain; charset=utf-8

	$1

	> [1] something that I quote: ok 2
	M
}

at 2026-11-24T10:00:00Z; bank 9999999999 250.00 's,^Protiúčet:.*,Protiúčet: 2400111122/2010,'
is "$("$mf" --json status | jq .questions)" 1 "money of a stranger is asked about"
day 2026-11-24T05:00:00Z
is "$(digests)" "" "before its hour there is no digest"
day 2026-11-24T12:00:00Z
is "$(digests)" sent "then one leaves"
day 2026-11-24T13:00:00Z
is "$(digests | wc -l)" 1 "one a day"
text=$(last_letter)
like "$text" '\[1\].*250.00 CZK' "it numbers what waits"
like "$text" '[0-9a-f]{64}' "it has the journal's head"
like "$text" '\[r[0-9]+-[0-9a-f]+\]' "its subject has a tag"

at 2026-11-25T09:00:00Z
reply '1 = 2026-003' 's/dkim=pass/dkim=fail/'
is "$(state 2026-003)" open "an answer that nobody proves does nothing"
reply '1 = 2026-003' 's/\[r[0-9]*-/[r9999-/; s/+r[0-9]*-/+r9999-/'
is "$(state 2026-003)" open "nor one with a tag that we did not make"
reply '1 = 2026-003' 's/^From: .*/From: Eva <eva@other.example>/; s/header.d=clerk/header.d=other/'
is "$(state 2026-003)" open "nor one from another address"
reply '1 = 2026-003, hold "Talleres Ruiz SL" 2 weeks. Thanks!'
is "$(state 2026-003)" paid "his own puts the money where he says"
is "$("$mf" --json hold list | jq -r 'select(.origin == "owner") | .kind')" pause "and holds a customer"
reply 'no 1'
is "$(state 2026-003)" paid "a number counts once"
day 2026-11-25T12:00:00Z
text=$(last_letter)
like "$text" '1 = 2026-003' "the next digest repeats what he said"
like "$text" 'answered before' "and what was refused"
like "$text" 'not carried out' "and that somebody tried in his name"
undo=$(printf %s "$text" | sed -n 's/^ *\[\([0-9]*\)\] 1 = 2026-003.*/\1/p')
hold=$(printf %s "$text" | sed -n 's/^ *\[\([0-9]*\)\] hold.*/\1/p')
at 2026-11-25T14:00:00Z
reply "undo $undo, $hold"
is "$(state 2026-003)" open "which he takes back by answering it"
is "$("$mf" --json hold list | jq -r 'select(.origin == "owner") | .kind')" "" "the hold too"
exits 0 "everything is in order" "$mf" check -q
finish
