#!/bin/sh
# reconcile on a screen, in a real terminal: what stands on it, what the keys do
# and what is in the store afterwards; sizes, colours, wide characters, hostile
# text, two persons at once, and a terminal that is as it was at every end.
. "$(dirname "$0")/../lib.sh"
for need in tmux jq sqlite3 pgrep; do
	command -v $need >/dev/null ||
	    { skip "the screen of reconcile" "$need is not installed"; finish; }
done
cd "$tmp" || exit 1
. "$root/tests/cmd/waiting.sh"
. "$root/tests/cmd/screen.sh"

# ---- one case, and the keys
waiting
terminal 80 24
sees '^ 300.00 EUR from Carla Ruiz, 2026-11-20 +1 of 5' "what it is about, and how far"
sees '^ Amount +=300.00 EUR +│ Open +=300.00 EUR' "what agrees is marked on both sides"
sees '^ For +name and exact amount' "why"
sees '^ > 1 +9[0-9] % +300.00 EUR +2026-0004 +Carla Ruiz' "the explanation with its probability"
sees 'Enter accept .* / search .* c credit' "the keys"
is "$(capture | wc -l)" 24 "on a screen of 24 lines"
is "$(pane display-message -p '#{alternate_on}')" 1 "on the other screen"
keys Enter
sees '^ Done: 300.00 EUR is put on 2026-0004 by' "Enter accepts and says so"
sees '2 of 5$' "and goes on"
is "$(open_of I4)" 0.00 "it is in the store at once"
keys u
sees '^ Taken back: 300.00 EUR is put on 2026-0004' "u takes it back"
is "$(open_of I4) $(suggested P1)" "300.00 2026-0004" "in the store, too"
keys s
sees '株式会社山田製作所, 2026-11-20 +2 of 5' "a name in wide characters"
bars=$(capture | python3 -c '
import sys, unicodedata
wide = lambda s: sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s)
print(*sorted({wide(l[:l.index("│")]) for l in sys.stdin if "│" in l}))')
is "$bars" 39 "does not break the columns"
keys s s
sees 'Rest +50.00 EUR would be left' "what would be left"
keys c
sees '^ > 1 +Book 200.00 EUR on 2026-0003, leave 50.00 EUR as credit' "c offers the rest as credit"
keys 1
sees 'Done: 200.00 EUR is put on 2026-0003 by .*; 50.00 EUR' "and does both"
is "$(open_of I3) $(left_of P6)" "0.00 50.00" "in the store"
sees '77.00 EUR from Nobody, 2026-11-20 +5 of 5' "the last case"
sees 'None fits\.' "nothing is chosen where nothing fits"
keys Enter
sees 'Choose first what it is for' "Enter then accepts nothing"
keys x
sees 'It is not an invoice payment at all' "x asks which"
keys Escape
sees 'None fits\.' "Escape leaves it"
keys x 1
sees 'That was all. You have said 2 words' "the end"
is "$("$mf" --json payment list --unmatched | jq -r .id | tr '\n' ' ')" "P1 P4 P5 P6 " "it is put away"
keys b
sees '5 of 5$' "b goes back"
sees 'Said.*P2 is for no invoice' "and shows what was said"
keys b b b b '?'
sees 'what was said stays said' "help"
keys ' ' e
sees 'Open invoices of Carla Ruiz' "explain"
keys ' ' q
sees '^You have said' "quit: what was said"
sees '^3 of 5 wait still' "and what waits"
sees '^ended 0' "with success"
sees "$sane" "the terminal is as it was"
is "$(pane display-message -p '#{alternate_on}')" 0 "and the first screen is back"

# ---- searching, splitting, resizing
waiting
terminal 80 24 NO_COLOR=1
sees '1 of 5$' "without colours"
keys /
sees 'Search number, customer or amount' "search"
keys 8 1 X BSpace 4
sees 'amount: 814' "typing and erasing"
keys BSpace BSpace BSpace r u i z Enter
sees '^   2 +2026-0010 +Carla Ruiz +120.00 EUR open' "what is found"
keys 2
sees 'INVOICE 2026-0010' "is shown beside the payment"
sees '^ > 2 +found +120.00 EUR +2026-0010' "as one more explanation"
is "$(open_of I10)" 120.00 "and nothing is booked by that"
keys p
sees '^ > +120.00_ +2026-0010 .*120.00 EUR open' "splitting begins with it"
sees 'Left of the payment: 180.00 EUR' "what is left stands there"
keys 7 0 . 5
sees 'Left of the payment: 229.50 EUR' "with every key"
keys /
sees 'Search number' "one more"
keys 0 0 0 4 Enter 1
sees '^ > +229.50_ +2026-0004' "gets what is left"
keys 3 0 0 Enter
sees '70.50 EUR more than payment P1 has left' "more is refused"
is "$(open_of I4) $(open_of I10)" "300.00 120.00" "and nothing booked"
pane resize-window -x 60 -y 20
sees '^ > +300_' "a smaller window"
is "$(capture | python3 -c 'import sys; print(max(len(l.rstrip()) for l in sys.stdin))')" 60 "is filled and not written over"
keys BSpace BSpace BSpace 2 0 0 Enter
sees 'Done: .*70.50 EUR is put on 2026-0010.*' "the split is booked"
is "$(open_of I4) $(open_of I10) $(left_of P1)" "100.00 49.50 29.50" "in the store"
sees 'q quit' "all keys are there at 60 columns"
pane resize-window -x 30 -y 8
sees 'too small' "too small is said"
pane resize-window -x 80 -y 24
sees '2 of 5$' "and larger again"
is "$(capture -e | grep -c "$(printf '\033\\[[0-9;]*3[0-7]m')")" 0 "no colour with NO_COLOR"
# ---- two persons at once
"$mf" -q payment assign P4 2026-0011=20.00
keys Enter
sees 'This has changed meanwhile' "a case that changed is shown anew"
is "$(left_of P4)" 900.00 "and nothing is booked on old facts"
keys s
sees '3 of 5$' "the next one"
"$mf" -q payment set-aside P5
keys x 1
sees '4 of 5$' "what was settled elsewhere is passed over"
keys C-c
sees '^ended 0' "Ctrl-C is quit"
sees "$sane" "and the terminal as it was"

# ---- hostile text, and ends
waiting; hostile P1
terminal 80 24
sees '1 of 5$' "with colours"
like "$(capture -e)" "$(printf '\033\\[[0-9;]*3[0-7]m')" "they are there"
sees '^ 300.00 EUR from Carla.*owned.*Ruiz' "a hostile name"
sees '^ Enter accept' "does no harm to the screen"
unlike "$(pane display-message -p '#{pane_title}')" owned "nor to the window's title"
kill -TERM "$(reconciler)"
sees '^ended 143' "SIGTERM ends it"
sees "$sane" "and the terminal is as it was"
is "$(pane display-message -p '#{alternate_on}')" 0 "on its first screen"
terminal 80 24
sees '1 of 5$' "once more"
kill -KILL "$(painter)"
sees '^ended 0' "even when the screen's program is killed"
sees "$sane" "the terminal is as it was"
is "$(pane display-message -p '#{alternate_on}')" 0 "on its first screen"
terminal 80 24
sees '1 of 5$' "and again"
one=$(reconciler) two=$(painter)
pane kill-server
i=0
while kill -0 "$one" 2>/dev/null || kill -0 "$two" 2>/dev/null; do
	i=$((i + 1)); [ $i -le 200 ] || break; sleep 0.05
done
[ $i -le 200 ]; ok $? "a hang-up ends both"
is "$("$mf" check | grep -c '^store *in order')" 1 "the books are in order"

# ---- without a screen
for name in dumb no-such-terminal; do
	terminal 80 24 TERM=$name
	sees 'One answer a line' "TERM=$name: line by line"
	keys q Enter
	sees '^ended 0' "to its end"
done
finish
