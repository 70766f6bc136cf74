#!/bin/sh
# send, run and letter: what leaves, what is held, what becomes of it.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/sendlib.sh"

# ---- the folder -----------------------------------------------------------------
waiting_home
is "$(states)" "3 planned" "three letters wait"
"$mf" --json send -n >"$tmp/out"
is "$(jq -r .outcome "$tmp/out" | uniq -c | xargs)" "3 would-send" "send -n says so"
is "$(states)" "3 planned" "and changes nothing"
is "$(find "$home/outbox" -type f | wc -l)" 0 "and writes nothing"
exits 0 "send" "$mf" send
like "$(cat "$tmp/out")" "^Letters: 3 sent" "says what it did"
is "$(states)" "3 sent" "three were sent"
is "$(find "$home/outbox" -type f | wc -l)" 3 "in three files"
is "$(find "$home/letters" -type f | wc -l)" 0 "and nowhere else"
is "$(find "$home/outbox" -type f ! -perm 600)" "" "readable by the owner alone"
"$mf" --json letter list | jq -r '"\(.message_id) \(.path)"' |
while read -r id path; do
	tr -d '\r' <"$path" | grep -qix "Message-ID: $id" && basename "$path" .eml |
	    grep -qxF "$(printf %s "$id" | tr -d '<>')" || echo "$id"
done >"$tmp/wrong"
is "$(cat "$tmp/wrong")" "" "each named by the Message-ID that was queued"
exits 0 "send again" "$mf" send
like "$(cat "$tmp/out")" "none waits" "nothing is left to send"
is "$(find "$home/outbox" -type f | wc -l)" 3 "no file more"

# Killed right after the file was there: the folder knows.
waiting_home 1
"$mf" -q send
sqlite3 "$home/store.db" "UPDATE letter SET state = 2, why = 'dir', mime_path = (SELECT '$home/letters/' || id || '.eml' FROM letter)"
"$mf" --json send >"$tmp/out"
is "$(jq -r .outcome "$tmp/out")" sent "a file that is there was sent"
rm "$home"/outbox/*.eml
sqlite3 "$home/store.db" "UPDATE letter SET state = 2, why = 'dir', mime_path = (SELECT '$home/letters/' || id || '.eml' FROM letter)"
"$mf" --json send >"$tmp/out"
is "$(jq -r .outcome "$tmp/out")" sent "one that is not there is sent now"
is "$(find "$home/outbox" -name '*.eml' | wc -l)" 1 "one copy"

# ---- the guard, once more -----------------------------------------------------------
waiting_home
"$mf" -q hold add C1 --until 2026-12-24 --why "they asked for time" >/dev/null
bank_mail 2026002 102.00 22 24 | "$mf" deliver
"$mf" --json send >"$tmp/out"
is "$(jq -r '"\(.outcome) \(.about)"' "$tmp/out" | sort)" \
    "sent receipt about 2026-002 to anna@client2.example
sent reminder about 2026-003 to anna@client3.example" "one sent, two recalled before: paid, and held"
is "$(states)" "2 recalled, 2 sent" "and so in the store"
waiting_home 1
at 2026-11-24T21:00:00Z
"$mf" --json send >"$tmp/out"
like "$(cat "$tmp/out")" '"held".*letters may go from|"held".*window' "not at night"
is "$("$mf" --json letter list --waiting | jq -r .not_before)" 2026-11-25T07:00:00Z \
    "but when the window opens"
at 2026-11-25T09:00:00Z
"$mf" --json send >"$tmp/out"
is "$(jq -r .outcome "$tmp/out")" sent "and then it goes"

# Money that arrives while an earlier letter is being handed over.
waiting_home 2
bank_mail 2026002 102.00 22 24 >"$tmp/money.eml"
cat >"$tmp/sendmail" <<S
#!/bin/sh
cat >>"$tmp/mails"
env MAILFILTER_HOME="$home" MAILFILTER_NOW=2026-11-24T10:00:01Z "$mf" deliver <"$tmp/money.eml"
S
chmod +x "$tmp/sendmail"
settings 'transport = sendmail' "sendmail = \"$tmp/sendmail\""
: >"$tmp/mails"
exits 0 "send, with money coming in between" "$mf" send
is "$(grep -ci '^Message-ID:' "$tmp/mails")" 1 "one letter left"
unlike "$(grep -i '^To:' "$tmp/mails")" client2 "not the one that was paid"
like "$("$mf" --json letter list | jq -r '"\(.state) \(.to)"')" \
    'recalled anna@client2' "which was recalled"

# Money for the very letter that is being handed over.
waiting_home 1
bank_mail 2026001 101.00 22 24 >"$tmp/money.eml"
settings 'transport = sendmail' "sendmail = \"$tmp/sendmail\""
exits 0 "send, with its own money coming in between" "$mf" send
is "$("$mf" --json letter list | jq -r '"\(.kind) \(.state)"' | sort | xargs -n 2)" \
    "crossed planned
receipt planned
reminder sent" "it crossed, and a second letter says so"

# What was rendered for an earlier try and is not true any more.
waiting_home 1
cat >"$tmp/sendmail" <<S
#!/bin/sh
cat >"$tmp/mail"
exit \$(cat "$tmp/code")
S
settings 'transport = sendmail' "sendmail = \"$tmp/sendmail\""
echo 75 >"$tmp/code"
exits 0 "a first try" "$mf" send
is "$(states)" "1 rendered" "the letter waits"
like "$(cat "$tmp/mail")" 'Anna Client1' "rendered with the name of then"
id=$(grep -i '^Message-ID' "$tmp/mail")
"$mf" -q customer edit C1 --contact "Berta Novak" >/dev/null
echo 0 >"$tmp/code"
exits 0 "at once again" "$mf" send
is "$(states)" "1 rendered" "is too early"
at 2026-11-24T10:06:00Z
exits 0 "five minutes later" "$mf" send
is "$(states)" "1 sent" "it is sent"
like "$(cat "$tmp/mail")" 'Berta Novak' "with the name of now"
is "$(grep -i '^Message-ID' "$tmp/mail")" "$id" "and the same Message-ID"

# ---- sendmail ---------------------------------------------------------------------------
cat >"$tmp/sendmail" <<S
#!/bin/sh
printf '%s|' "\$@" >"$tmp/argv"
cat >"$tmp/mail"
. "$tmp/act"
S
waiting_home 1
cp -a "$home" "$tmp/fresh"
rows=0
while IFS='|' read -r act outcome state code questions; do
	rows=$((rows + 1))
	rm -rf "$home"; cp -a "$tmp/fresh" "$home"
	settings 'transport = sendmail' "sendmail = \"$tmp/sendmail -odq 'a b'\"" \
	    'timeout = 1' 'bounce = "bounces@clerk.example"'
	echo "$act" >"$tmp/act"
	"$mf" --json send >"$tmp/out" 2>"$tmp/err"
	is "$? $(jq -r .outcome "$tmp/out") $(states) $(questions)" \
	    "$code $outcome 1 $state $questions" "sendmail: $act"
done <<'TABLE'
exit 0|sent|sent|0|0
exit 75|later|rendered|0|0
exit 71|later|rendered|0|0
exit 67|refused|failed|0|1
exit 65|refused|failed|0|1
exit 68|refused|failed|0|1
exit 1|down|rendered|75|1
exit 2|down|rendered|75|1
exit 69|down|rendered|75|1
exit 78|down|rendered|75|1
exit 127|down|rendered|75|1
exit 137|unknown|unknown|0|1
kill -9 $$|unknown|unknown|0|1
sleep 5|unknown|unknown|0|1
TABLE
is "$rows" 14 "all rows were read"
is "$(cat "$tmp/argv")" \
    "-odq|a b|-i|-f|bounces@clerk.example|--|anna@client1.example|" "its arguments"
is "$(grep -c "$(printf '\r')" "$tmp/mail")" 0 "lines as this system ends them"
rm -rf "$home"; cp -a "$tmp/fresh" "$home"
settings 'transport = sendmail' 'sendmail = "/nowhere/sendmail"'
exits 75 "no such program" "$mf" send
like "$(cat "$tmp/out")" "could not be started: No such file" "and says so"
is "$(states)" "1 rendered" "the letter waits"
settings 'transport = off'
exits 75 "transport off" "$mf" send
settings 'transport = dir'
at 2026-11-24T10:30:00Z
exits 0 "the way is open again" "$mf" send
is "$(states) $(questions)" "1 sent 0" "the question is answered by itself"

# ---- nobody can tell ------------------------------------------------------------------------
# The program is killed between hand-over and record: never sent again by
# guess.
cat >"$tmp/sendmail" <<S
#!/bin/sh
cat >>"$tmp/mails"
kill -9 \$PPID
S
rm -rf "$tmp/fresh"
waiting_home 2
settings 'transport = sendmail' "sendmail = \"$tmp/sendmail\""
: >"$tmp/mails"
"$mf" send >"$tmp/out" 2>&1
is "$(states)" "1 planned, 1 sending" "killed in between"
printf '#!/bin/sh\ncat >>%s\n' "$tmp/mails" >"$tmp/sendmail"
exits 0 "the next run" "$mf" send
is "$(states)" "1 sent, 1 unknown" "asks after the one and sends the other"
is "$(grep -ci '^Message-ID:' "$tmp/mails")" 2 "two letters, two mails"
is "$(questions)" 1 "a question to the owner"
exits 0 "again" "$mf" send
is "$(grep -ci '^Message-ID:' "$tmp/mails")" 2 "never sent by guess"
unknown=$("$mf" --json letter list --state unknown | jq -r .letter)
exits 65 "recall comes too late" "$mf" letter recall "$unknown"
exits 64 "resolve wants a word" "$mf" letter resolve "$unknown" perhaps
cp -a "$home" "$tmp/fresh"
for word in sent failed retry; do
	rm -rf "$home"; cp -a "$tmp/fresh" "$home"
	exits 0 "resolve $word -n" "$mf" letter resolve -n "$unknown" $word
	is "$(state_of "$unknown")" unknown "changes nothing"
	exits 0 "resolve $word" "$mf" letter resolve "$unknown" $word
	is "$(questions)" 0 "answers the question"
done
exits 0 "after retry" "$mf" send
is "$(state_of "$unknown")" sent "it goes out again, on the owner's word"
is "$(grep -i '^Message-ID' "$tmp/mails" | sort | uniq -c | awk '{print $1}' | sort | xargs)" \
    "1 2" "with the same Message-ID"

# ---- one sender at a time, and within limits ---------------------------------------------------
waiting_home 1
printf '#!/bin/sh\ncat >/dev/null\ntouch %s\nwhile [ -e %s ]; do sleep 0.05; done\n' \
    "$tmp/begun" "$tmp/begun" >"$tmp/sendmail"
settings 'transport = sendmail' "sendmail = \"$tmp/sendmail\""
"$mf" -q send & sender=$!
wait_for test -e "$tmp/begun"
exits 75 "a second sender" "$mf" send
like "$(cat "$tmp/err")" "another 'mailfilter send' is at work" "says why"
is "$(states)" "1 sending" "leaves the first one's letter alone"
rm "$tmp/begun"; wait $sender
is "$(states)" "1 sent" "which ends well"

waiting_home 8
settings 'transport = dir' 'rate-limit = 3'
exits 0 "rate-limit" "$mf" send
is "$(states)" "5 planned, 3 sent" "three in one run"
exits 0 "rate-limit" "$mf" send
is "$(states)" "2 planned, 6 sent" "three in the next"

waiting_home 8
printf '#!/bin/sh\ncat >/dev/null\nexit 67\n' >"$tmp/sendmail"
settings 'transport = sendmail' "sendmail = \"$tmp/sendmail\""
exits 75 "all are refused" "$mf" -q send
is "$(cat "$tmp/out" | wc -l) $(grep -c 'was refused\|refused:' "$tmp/err")" "0 5" \
    "-q tells what went wrong, on stderr"
is "$(states)" "5 failed, 3 planned" "the run stops after five in a row"
is "$("$mf" --json customer show C1 | jq -r '.undelivered != null')" true \
    "the customer is marked: nothing more goes there"

# ---- letter ---------------------------------------------------------------------------------------
waiting_home 2
is "$("$mf" --json letter list --customer C2 | jq -r '.invoices[].number')" 2026-002 \
    "list --customer"
is "$("$mf" --json letter list --invoice 2026-001 | jq -r .customer)" C1 "list --invoice"
exits 64 "list --state nonsense" "$mf" letter list --state nonsense
exits 66 "show a letter that is not there" "$mf" letter show 4711
id=$(first_letter)
exits 0 "recall" "$mf" letter recall "$id"
is "$(states)" "1 planned, 1 recalled" "takes it back"
exits 65 "recall twice" "$mf" letter recall "$id"
exits 0 "the rest" "$mf" -q send
is "$(cat "$tmp/out" "$tmp/err")" "" "-q is silent"
exits 0 "list" "$mf" letter list
like "$(cat "$tmp/out")" 'recalled by the owner' "shows why"
other=$("$mf" --json letter list --state sent | jq -r .letter)
"$mf" letter show "$other" >"$tmp/out"
like "$(cat "$tmp/out")" '^Subject: ' "show prints the message"

# An invoice letter leaves its Message-ID with the invoice.
"$mf" -q invoice new --customer C1 --line "Work;50.00" >/dev/null
"$mf" -q remind >/dev/null
new=$("$mf" --json letter list | jq -r 'select(.kind == "invoice") | .invoices[0].number')
"$mf" -q send
like "$new" '^2026' "a new invoice is queued"
is "$("$mf" --json invoice show "$new" | jq -r '.message_id')" \
    "$("$mf" --json letter list --invoice "$new" | jq -r .message_id)" \
    "an invoice knows the mail that it went out with"

# ---- run, and what must not be ------------------------------------------------------------------------
waiting_home 1
"$mf" letter recall "$(first_letter)" 2>/dev/null
exits 0 "run" "$mf" run
is "$(states)" "1 recalled, 1 sent" "plans anew and sends"
settings 'transport = nonsense'
"$mf" run >"$tmp/out" 2>"$tmp/err"; code=$?
[ $code != 0 ]; ok $? "run ends with the first failure ($code)"
like "$(cat "$tmp/err")" "mailfilter.conf" "and says it"
settings 'transport = dir'
settings 'transport = smtp' 'smtp-host = "localhost"' 'smtp-password-command = "cat x"'
exits 78 "init's placeholder is no sender" sh -c "
    sed -i 's/^\temail = .*/\temail = \"owner@example.com\"/' $home/mailfilter.conf
    $mf send"
chmod 644 "$home/mailfilter.conf"
"$mf" send >"$tmp/out" 2>"$tmp/err"; code=$?
is $code 78 "a configuration that others can read is refused"
chmod 600 "$home/mailfilter.conf"
finish
