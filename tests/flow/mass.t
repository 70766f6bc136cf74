#!/bin/sh
# Two hundred and forty reminders at once: none leaves before the owner has said so;
# he is asked once, by mail; his word lets them go within the limits, or takes
# them back.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/sendlib.sh"
mass() { sqlite3 "$home/store.db" "SELECT count(*) FROM letter WHERE mass = $1 AND state < 2"; }
asked() { sqlite3 "$home/store.db" "SELECT count(*) FROM question WHERE code = 'mass' $1"; }
mails() { find "$home/outbox" -name "$1*.eml" 2>/dev/null | wc -l; }

waiting_home 240
is "$(states)" "240 planned" "240 reminders wait"
"$mf" send -n >"$tmp/out" 2>"$tmp/err"
like "$(cat "$tmp/out")" "^Letters: 240 waiting" "send -n says that they would wait"
is "$(states) $(asked '') $(mass 1)" "240 planned 0 0" "and changes nothing"
exits 0 "send" "$mf" send
is "$(mails reminder)" 0 "not one reminder leaves"
is "$(mass 1)" 240 "all of them wait for the owner"
like "$(cat "$tmp/err")" "240 letters would leave at once \(240 × reminder\).*'mailfilter send --yes'" \
    "who calls is told"
is "$(mails digest)" 1 "the owner has mail at once, though no digest is configured"
like "$(cat "$home"/outbox/digest*)" "240 letters would leave" "which asks him"
like "$("$mf" status)" "240 letters would leave" "status does too"
like "$("$mf" letter list --waiting | head -n 3)" "you are asked first" "letter list says why they wait"
like "$("$mf" explain "$(first_letter)")" "many letters that would leave at once" "explain too"
exits 0 "the next run" "$mf" -q send
is "$(mails reminder) $(mails digest) $(asked '')" "0 1 1" "asks no second time"

# A single invoice of today goes meanwhile.
"$mf" -q invoice new --customer C2 --line "Work;50.00" >/dev/null
exits 0 "a new invoice" "$mf" -q run
is "$(mails invoice) $(mails reminder)" "1 0" "is sent, the mass waits"
id=$(first_letter)
exits 0 "letter release of one" "$mf" letter release "$id"
exits 65 "twice" "$mf" letter release "$id"
exits 0 "send" "$mf" -q send
is "$(mails reminder) $(mass 1)" "1 239" "that one goes"
cp -a "$home" "$tmp/fresh"

# Yes.
exits 0 "send --yes" "$mf" send --yes
is "$(mails reminder) $(asked 'AND answered = 0')" "201 0" "200 go in this run, the question is answered"
exits 0 "again" "$mf" -q send
exits 0 "and again" "$mf" -q send
is "$(mails reminder) $(mass 1)" "240 0" "the rest follows without another question"
is "$(mails digest)" 1 "the owner had one mail"

# No.
rm -rf "$home"; cp -a "$tmp/fresh" "$home"
exits 0 "letter recall --mass -n" "$mf" letter recall --mass -n
is "$(mass 1)" 239 "changes nothing"
exits 0 "letter recall --mass" "$mf" letter recall --mass
is "$(mass 1) $(states)" "0 239 recalled, 3 sent" "takes them back"
is "$(asked 'AND answered = 0')" 0 "the question is answered"

# By answering the mail.
answer() {	# answer WORDS
	_tag=$(cat "$home"/outbox/digest*.eml | sed -n 's/^Subject:.*\[\(r[0-9]*-[0-9a-f]*\)\].*/\1/p' | head -n 1)
	number=$((${number:-0} + 1))
	cat <<-M | "$mf" deliver
	Return-Path: <eva@clerk.example>
	Authentication-Results: mx.clerk.example; dkim=pass header.d=clerk.example
	From: Eva <eva@clerk.example>
	To: eva@clerk.example
	Subject: Re: digest [$_tag]
	Date: $(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')
	Message-ID: <answer-$number@clerk.example>

	$1
	M
}
item=$(cat "$home"/outbox/digest*.eml | tr -d "\r" | sed -n 's/^ *\([0-9]*\)[.:)]* .*240 letters would.*/\1/p' | head -n 1)
for word in ok no; do
	rm -rf "$home"; cp -a "$tmp/fresh" "$home"
	answer "$word ${item:-1}"
	case $word in
	ok) is "$(mass 1) $(mass 2)" "0 239" "ok lets them go" ;;
	no) is "$(mass 1) $(states)" "0 239 recalled, 3 sent" "no takes them back" ;;
	esac
done

# What is usual here, and what the owner says is no mass.
rm -rf "$home"; cp -a "$tmp/waiting.240" "$home"
settings 'transport = dir' 'ask-above = 240' 'rate-limit = 100' 'hour-limit = 150'
exits 0 "ask-above = 240" "$mf" -q send
is "$(mails reminder) $(asked '')" "100 0" "240 are none, rate-limit holds"
exits 0 "the next run" "$mf" -q send
is "$(mails reminder)" 150 "hour-limit holds over several runs"
at 2026-11-24T11:30:00Z
exits 0 "an hour later" "$mf" -q send
is "$(mails reminder)" 240 "the rest goes"
rm -rf "$home"; cp -a "$tmp/waiting.240" "$home"; at 2026-11-24T10:00:00Z
settings 'transport = dir' 'day-limit = 7' 'ask-above = 600'
exits 0 "day-limit" "$mf" send
exits 0 "day-limit" "$mf" send
is "$(mails reminder)" 7 "holds over several runs too"
like "$(cat "$tmp/out")" "day-limit = 7 letters in one day" "and is named"
rm -rf "$home"; cp -a "$tmp/waiting.240" "$home"
sqlite3 "$home/store.db" "UPDATE letter SET state = 3, sent = $(date -u -d '2026-11-20T10:00:00Z' +%s) WHERE id % 4 = 0"
exits 0 "a home that sends sixty on a day" "$mf" -q send
is "$(mails reminder) $(asked '')" "180 0" "sends 180 without a question"
finish
