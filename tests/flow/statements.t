#!/bin/sh
# Reports of the day announce, statements book; statements come as files, in
# archives, or attached to the bank's mail, which has to be the bank's.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
. "$root/tests/flow/statement.sh"
SETTLES=statement
story_begins
at 2026-11-13T10:00:00Z

# report N: the camt.053 N as camt.054, camt.052
report() {
	sed -e "s/camt\.053/camt.$2/; s/BkToCstmrStmt/BkToCstmrXxx/; s/<Stmt>/<$3>/; s,</Stmt>,</$3>," "$1"
}
payment() { "$mf" --json payment list | jq -r "select(.amount == \"$1\") | .trust + \" \" + .state"; }

# --- reports of the day --------------------------------------------------------
statement 1000.00 499.00 2026001 12 >"$tmp/12.xml"
report "$tmp/12.xml" 054 Ntfctn >"$tmp/054.xml"
report "$tmp/12.xml" 052 Rpt >"$tmp/052.xml"
exits 0 "camt.054" "$mf" import "$tmp/054.xml"
is "$(payment 499.00)" "A announced" "announces"
is "$(state 2026-001)" open "and does not book where a statement settles"
exits 0 "camt.052 of the same" "$mf" import "$tmp/052.xml"
is "$(payments)" 1 "is the same payment"
exits 0 "the statement" "$mf" import "$tmp/12.xml"
is "$(payment 499.00)" "S booked" "books it"
is "$(payments)" 1 "one payment, three reports"
is "$(state 2026-001)" paid "and settles"
exits 0 "the report again" "$mf" import "$tmp/054.xml"
is "$(payments) $(payment 499.00)" "1 S booked" "changes nothing"
exits 0 "the store is in order" "$mf" check

# --- attached to mail --------------------------------------------------------------
statement 1499.00 250.00 2026003 13 >"$tmp/13.xml"
gzip -c "$tmp/13.xml" >"$tmp/13.gz"
attached "$tmp/13.gz" statement.gz application/gzip 's/dkim=pass/dkim=fail/' >"$tmp/forged.eml"
attached "$tmp/13.gz" statement.gz application/gzip >"$tmp/good.eml"
attached "$tmp/12.xml" photo.pdf application/pdf >"$tmp/pdf.eml"
printf 'hello' >"$tmp/hello"
attached "$tmp/hello" notes.txt text/plain >"$tmp/text.eml"
sed 's/1499/1498/' "$tmp/13.xml" >"$tmp/broken.xml"
attached "$tmp/broken.xml" s.xml application/octet-stream >"$tmp/broken.eml"
attached "$tmp/13.xml" s.xml application/octet-stream "s/^Subject: .*/Subject: x/" >"$tmp/again.eml"

"$mf" deliver <"$tmp/forged.eml"; ok $? "a statement in mail of a stranger"
is "$(state 2026-003)" open "settles nothing"
like "$("$mf" status | tr -s ' \n' ' ')" 'S-13, attached to a mail from automat@fio.cz. was not taken: trust: no DKIM' "the owner is told"
"$mf" deliver <"$tmp/broken.eml"; ok $? "one whose sums are wrong"
is "$(state 2026-003)" open "settles nothing either"
for none in pdf text; do
	is "$("$mf" parse --json "$tmp/$none.eml" | jq -r 'select(.kind == "statement")')" \
	    "" "no statement: $none"
done
"$mf" deliver <"$tmp/good.eml"; ok $? "one of the bank's, packed"
is "$(state 2026-003)" paid "settles"
is "$(payment 250.00)" "S booked" "class S"
"$mf" deliver <"$tmp/again.eml"; ok $? "the same once more, not packed"
is "$(payments)" 2 "is no other payment"
exits 0 "the store is in order" "$mf" check

# --- parse, and what cannot be read ---------------------------------------------------
exits 0 "parse reads a statement" "$mf" parse --json "$tmp/13.gz"
is "$(jq -r .kind <"$tmp/out" | tr '\n' ' ')" "statement credit " "frame, then entries"
head -c 300 "$tmp/13.xml" >"$tmp/cut.xml"
exits 65 "and says why it cannot" "$mf" parse "$tmp/cut.xml"
like "$(cat "$tmp/err")" 'cut.xml: line [0-9]+' "with the line"
is "$(cat "$tmp/out")" "" "and no event"
finish
