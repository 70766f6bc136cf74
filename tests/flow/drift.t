#!/bin/sh
# The bank writes in a new way: the owner is told once a day, with the mail's
# place and what it looks like; reminders wait until the bank can be read again.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
# new_layout VS AMOUNT: the same bank, other words
new_layout() {
	notice "$1" "$2" 's,^Příjem na kontě:,Nový příjem na účet:,; s,^Částka:,Přijatá částka:,; s,^\(Přijatá částka: [0-9\,]*\),\1 CZK,; s,^VS:,Variabilní symbol:,; /^Aktuální/d'
}
news() {
	notice 0 0.00 '/^Příjem/,$d; s/^Subject:.*/Subject: Novinky z banky/'
	echo "Vážený kliente, upravili jsme naše obchodní podmínky."
}
questions() { sqlite3 "$home/store.db" "SELECT count(*) FROM question WHERE code = 'drift:cz-fio'$1"; }
kept() { ls "$home/drift" 2>/dev/null | wc -l; }

story_begins
at 2026-11-24T08:00:00Z; alive
is "$(held 2026-002)" "" "nothing is held"
at 2026-11-24T09:00:00Z; number=20
news | "$mf" deliver
is "$(questions '') $(kept) $(held 2026-002)" "0 0 " "news without money are no drift"
new_layout 2026001 499.00 | sed 's/^Authentication-Results:.*/X-Nothing: x/' | "$mf" deliver
is "$(questions '') $(kept) $(held 2026-002)" "0 0 " "a forged mail of that kind changes nothing"
number=21
new_layout 2026003 250.00 | "$mf" deliver; ok $? "a mail that no template reads"
is "$(questions '') $(kept)" "1 1" "one alarm, and the mail is kept"
like "$("$mf" status)" 'not understood' "the status shows the feed"
status=$("$mf" status | tr -s ' \n' '  ')
like "$status" 'looks like 250.00 CZK' "with what it looks like"
like "$status" "drift/[0-9a-f]*.eml.*bank learn" "where it is, and the way out"
is "$(state 2026-003) $(balance 2026-003)" "open 250.00" "nothing settles"
is "$(held 2026-002)" feed-stale "the other customers' reminders wait too"
like "$("$mf" --json remind -n)" 'not understood since' "remind -n says why"
round; is "$(letters reminder | grep -c sent)" 0 "no reminder leaves"
like "$("$mf" explain 2026-002)" 'not understood' "explain says why"
number=22
new_layout 2026001 1.00 | "$mf" deliver
is "$(questions '') $(kept)" "1 2" "the second of the day is kept without another alarm"
at 2026-11-25T09:00:00Z; number=23
new_layout 2026001 2.00 | "$mf" deliver
is "$(questions '') $(questions ' AND answered = 0')" "2 1" "the next day's alarm takes the place of the first"
at 2026-11-25T10:00:00Z; alive
is "$(held 2026-002)" "" "a readable mail: the feed is fresh again"
at 2026-11-25T08:30:00Z; number=24; new_layout 2026001 3.00 >"$tmp/late"
at 2026-11-25T10:30:00Z; "$mf" deliver <"$tmp/late"
is "$(held 2026-002)" "" "one that was written before it changes nothing"
round; like "$(letters reminder)" 'sent.*2026-002' "the reminder leaves"
at 2026-11-25T11:00:00Z; number=25; new_layout 2026001 4.00 | "$mf" deliver
like "$("$mf" status)" 'not understood' "and a later one is drift again"
i=0; while [ $i -lt 120 ]; do echo x >"$home/drift/old$i.eml"; touch -d 2020-01-01 "$home/drift/old$i.eml"; i=$((i + 1)); done
number=26; new_layout 2026001 5.00 | "$mf" deliver
is "$(kept) $(ls "$home/drift" | grep -vc old)" "100 6" "the folder is bounded, the newest stay"
finish
