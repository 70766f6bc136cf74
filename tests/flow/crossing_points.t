#!/bin/sh
# Money at every point in the life of a reminder, told in every way: points
# and ways are enumerated. Marta's letter is about one invoice, which is paid;
# Jana's is about two, of which one is paid. What may have left is taken back,
# once; what had not left says only what is still open. "handed": while the mail
# server has the first letter, Jana's; Marta's waits.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins >/dev/null
at 2026-11-24T10:00:00Z; alive
cp -a "$home" "$tmp/fresh"
cat >"$tmp/mta" <<'M'
#!/bin/sh
# Takes a message; while it has it, $tmp/meanwhile is run.
cat >>"$MTA_TMP/taken"
[ ! -e "$MTA_TMP/down" ] || exit 75
[ ! -e "$MTA_TMP/meanwhile" ] || { mv "$MTA_TMP/meanwhile" "$MTA_TMP/now"; sh "$MTA_TMP/now"; }
exit 0
M
chmod +x "$tmp/mta"
MTA_TMP=$tmp; export MTA_TMP MAILFILTER_HOME

by_mta() { sed -i "s,transport = .*,transport = sendmail\n\tsendmail = \"$tmp/mta\"," "$home/mailfilter.conf"; }
# the money, as notices or a statement made now
made() {
	case $way in
	notice)	notice 2026002 100.00 >"$tmp/one"; number=$((number + 1))
		notice 2026001 499.00 >"$tmp/two" ;;
	unverified)
		notice 2026002 100.00 '/^Authentication-Results:/d' >"$tmp/one"; number=$((number + 1))
		notice 2026001 499.00 '/^Authentication-Results:/d' >"$tmp/two" ;;
	statement)
		day=$(date -u -d "$MAILFILTER_NOW" +%F)
		cat >"$tmp/money.csv" <<-C
		id,channel,date,amount,currency,payer_account,reference,account
		S1,statement,$day,100.00,CZK,4000000009/0800,2026002,2900123451/2010
		S2,statement,$day,499.00,CZK,1000000005/0800,2026001,2900123451/2010
		C
	esac
}
told() {
	case $way in
	statement) "$mf" -q import --type payments "$tmp/money.csv" >/dev/null ;;
	*)	"$mf" deliver <"$tmp/one"; "$mf" deliver <"$tmp/two" ;;
	esac
	"$mf" -q reconcile >/dev/null 2>&1
}
play() {
	number=10
	rm -rf "$home" "$tmp/down" "$tmp/meanwhile"; cp -a "$tmp/fresh" "$home"
	at 2026-11-24T10:00:00Z
	case $point in
	before)	at 2026-11-24T09:59:59Z; made; told; at 2026-11-24T10:00:00Z; round ;;
	planned)
		"$mf" -q remind >/dev/null; made; told; "$mf" -q send >/dev/null ;;
	rendered)
		by_mta; : >"$tmp/down"; "$mf" -q remind >/dev/null
		"$mf" -q send >/dev/null 2>&1; rm "$tmp/down"
		at 2026-11-24T10:30:00Z; made; told; "$mf" -q send >/dev/null ;;
	handed)
		by_mta; made; "$mf" -q remind >/dev/null
		{ if [ "$way" = statement ]; then echo "'$mf' -q import --type payments '$tmp/money.csv' >/dev/null 2>&1"
		else echo "'$mf' deliver <'$tmp/one'; '$mf' deliver <'$tmp/two'"; fi
		echo "'$mf' -q reconcile >/dev/null 2>&1"; } >"$tmp/meanwhile"
		"$mf" -q send >/dev/null ;;
	second)	round; at 2026-11-24T10:00:01Z; made; told ;;
	dated)	round; made; at 2026-11-25T10:00:00Z; told ;;
	answer)	round; at 2026-11-25T10:00:00Z; made; told ;;
	esac
	"$mf" -q send >/dev/null 2>&1
	at "$(date -u -d "$MAILFILTER_NOW + 1 day" +%FT10:00:00Z)"; alive 2.00; round
}
# what was sent in the end, apart from receipts
outcome() { letters | grep ' sent ' | grep -v '^receipt\|^invoice' | sed 's/ sent / /' | sort | paste -sd ';' -; }

cells=0
while read -r point way wanted; do
	cells=$((cells + 1))
	play
	got=$(outcome)
	is "$(echo "$got" | tr -d ' ')" "$(echo "$wanted" | tr -d ' ')" "money $point, by $way"
	[ "$way" = unverified ] || is "$(state 2026-002) $(state 2026-001)" "paid paid" "… and it is booked"
done <<'TABLE'
before notice reminder 2026-003
before statement reminder 2026-003
before unverified reminder 2026-003
planned notice reminder 2026-003
planned statement reminder 2026-003
planned unverified
rendered notice reminder 2026-003
rendered statement reminder 2026-003
rendered unverified
handed notice crossed 2026-001;reminder 2026-001,2026-003
handed statement crossed 2026-001;reminder 2026-001,2026-003
handed unverified reminder 2026-001,2026-003
second notice crossed 2026-001;crossed 2026-002;reminder 2026-001,2026-003;reminder 2026-002
second statement crossed 2026-001;crossed 2026-002;reminder 2026-001,2026-003;reminder 2026-002
second unverified reminder 2026-001,2026-003;reminder 2026-002
dated notice crossed 2026-001;crossed 2026-002;reminder 2026-001,2026-003;reminder 2026-002
dated statement crossed 2026-001;crossed 2026-002;reminder 2026-001,2026-003;reminder 2026-002
dated unverified reminder 2026-001,2026-003;reminder 2026-002
answer notice reminder 2026-001,2026-003;reminder 2026-002
answer statement reminder 2026-001,2026-003;reminder 2026-002
answer unverified reminder 2026-001,2026-003;reminder 2026-002
TABLE
# What the last one left is counted in the report as the journal has it.
"$mf" report crossing --format csv >"$tmp/report"
"$mf" --json report crossing | jq -c 'select(.month == "Total")' >"$tmp/total"
journal() { sqlite3 "$home/store.db" "SELECT count(*) FROM journal j LEFT JOIN letter l ON j.subject = 4 AND l.id = j.row WHERE $1"; }
is "$(jq -r .reminders_sent "$tmp/total")" "$(journal "j.code = 'sent' AND l.kind = 1")" "reminders that were sent"
is "$(jq -r .bank_lag "$tmp/total")" "$(journal "j.code = 'held:bank-lag'")" "held for the bank's lag"
is "$(jq -r '."possible_payment"' "$tmp/total")" "$(journal "j.code = 'held:possible-payment'")" "held for money that may be theirs"
is "$(tail -n 1 "$tmp/report" | cut -d, -f1,2)" "Total,$(jq -r .reminders_sent "$tmp/total")" "in every format"

is "$cells" 21 "every point in every way"
finish
