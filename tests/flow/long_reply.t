#!/bin/sh
# A long answer in letters of two bytes: the question to the owner shows its
# beginning in whole characters, and the journal keeps it.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"

story_begins
words=$(printf 'Я оплатила этот счёт вчера утром из банка. %.0s' 1 2 3 4 5 6 7 8 9)
printf '%s\n' "From: Anna <anna@romashka.example>" \
    "To: clerk@clerk.example" "Subject: Re: 2026-002" \
    "Message-ID: <long@romashka.example>" \
    "In-Reply-To: <reminder@clerk.example>" \
    "Date: Tue, 10 Nov 2026 09:00:00 +0000" "MIME-Version: 1.0" \
    "Content-Type: text/plain; charset=utf-8" \
    "Content-Transfer-Encoding: 8bit" "" "x$words" | "$mf" deliver
ok $? "the answer is taken"
like "$("$mf" status)" 'из б[анк]*" Please answer' "the question ends with a whole character"
like "$("$mf" --json explain C2 | jq -r .text)" "оплатила" "the journal has the words"
like "$("$mf" hold list)" "2026-002" "and the reminder waits"
finish
