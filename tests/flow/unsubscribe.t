#!/bin/sh
# The List-Unsubscribe of a reminder: no more reminders go there by mail, the
# owner is told, invoices still go. Nobody else can do it.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
. "$root/tests/flow/replies.sh"
story_begins
at 2026-11-24T10:00:00Z; alive; round
header() { tr -d '\r' <"$1" | awk -v name="$2:" 'tolower($1) == tolower(name) { on = 1; sub(/^[^ ]* */, ""); printf "%s", $0; next }
    on && /^[ \t]/ { sub(/^[ \t]+/, " "); printf "%s", $0; next } on { exit } /^$/ { exit }'; }
file=$(ls "$home"/outbox/reminder.2026-002*.eml)
link=$(header "$file" List-Unsubscribe)
like "$link" '^<mailto:eva@clerk\.example\?subject=unsubscribe%20r[0-9]+-[0-9a-f]{20}>$' \
    "a reminder says how to end them"
is "$(header "$file" List-Unsubscribe-Post)" "" "by mail alone, where there is no page"
subject=$(printf %s "$link" | sed 's/.*subject=//; s/>.*//; s/%20/ /g')
tag=${subject#unsubscribe }
# unsubscribes FROM SUBJECT [HEADER]: as a mail program does it
unsubscribes() {
	number=$((number + 1))
	printf 'From: <%s>\nTo: eva@clerk.example\nSubject: %s\nDate: %s\nMessage-ID: <stop-%s@there.example>\n%s\n' \
	    "$1" "$2" "$(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')" "$number" \
	    "${3:+$3
}" | "$mf" deliver
}
for bad in "unsubscribe r2-0123456789abcdef0123" "unsubscribe ${tag}0" "unsubscribe $(printf %s "$tag" | sed 's/^r/b/')" \
    "unsubscribe r${tag#r?}"; do
	unsubscribes stranger@evil.example "$bad"
done
is "$(holds)" "" "a tag that we did not make ends nothing"
unsubscribes marta@ruiz.example "$subject" 'Auto-Submitted: auto-generated'
is "$(holds | sed 's/ null.*//')" "pause all unsubscribe" "the tag ends them, whatever program sent it"
is "$(open_questions)" unsubscribed "the owner is told"
like "$("$mf" status)" "Talleres Ruiz SL wants no more reminders by mail" "by name"
unsubscribes marta@ruiz.example "Unsubscribe $tag"
is "$(holds | wc -l) $(open_questions | wc -l)" "1 1" "once, however often they press it"

"$mf" -q invoice new --customer C2 --line 'x;70.00' --number N-1 --due 2026-12-01 >/dev/null
round
is "$(letters invoice)" "invoice sent N-1" "their invoices still go"

# One that waits is taken back; a page of the owner's; addresses with tags.
sed -i 's,^send {,send {\n\ttag-delimiter = "+"\n\tunsubscribe-url = "https://clerk.example/stop?t={tag}",' "$home/mailfilter.conf"
release() { "$mf" -q hold release "$("$mf" --json hold list | jq -r 'select(.origin == "unsubscribe" and .customer == "'"$1"'") | .hold // .id')"; }
at 2026-12-09T10:00:00Z; alive
"$mf" -q remind >/dev/null
is "$("$mf" --json letter list --waiting | jq -r .customer)" C1 "only others are reminded"
unsubscribes stranger@evil.example "unsubscribe $(cat "$home"/outbox/reminder.2026-001*.eml | tr -d '\r' |
    tr '\n' ' ' | sed 's/.*subject=unsubscribe%20\(r[0-9]*-[0-9a-f]*\).*/\1/')"
is "$("$mf" --json letter list --waiting | wc -l)" 0 "one that waits is taken back"
release C1
round
is "$(letters reminder | grep -c 'N-1\|2026-002')" 1 "to who wants none there is none"
is "$(letters reminder | grep -c 'sent.*2026-001')" 2 "to the others there is"
like "$("$mf" explain N-1)" "no more reminders" "explain says why"
file=$("$mf" --json letter list --customer C1 | jq -r 'select(.kind == "reminder") | .path' | tail -n 1)
link=$(header "$file" List-Unsubscribe)
like "$link" '^<https://clerk\.example/stop\?t=(r[0-9]+-[0-9a-f]{20})>, <mailto:eva\+r[0-9]+-[0-9a-f]{20}@clerk\.example\?subject=unsubscribe%20r[0-9]+-[0-9a-f]{20}>$' \
    "a page and a mail"
is "$(header "$file" List-Unsubscribe-Post)" "List-Unsubscribe=One-Click" "one click is enough (RFC 8058)"
is "$(awk 'length > 999' "$file" | wc -l)" 0 "no line is too long"
is "$(grep -l '^List-Unsubscribe' "$home"/outbox/invoice*.eml | wc -l)" 0 "invoices have none"
release C2
round
like "$(letters reminder)" "N-1" "until the owner says otherwise"
exits 0 "the books are in order" "$mf" -q check
sed -i 's,unsubscribe-url = .*,unsubscribe-url = "http://clerk.example/stop",' "$home/mailfilter.conf"
exits 78 "a page without https or {tag} is refused" "$mf" status
like "$(cat "$tmp/err")" "unsubscribe-url.*https.*tag" "and says what is needed"
finish
