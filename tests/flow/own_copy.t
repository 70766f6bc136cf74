#!/bin/sh
# Our own copy of a letter comes back: it is confirmed. Where copies used to
# come and one stays away for a day, the owner is asked, once.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/sendlib.sh"
waiting_home 4
mkdir -p "$tmp/mails"
cat >"$tmp/sendmail" <<S
#!/bin/sh
while [ \$# -gt 0 ] && [ "\$1" != -- ]; do shift; done
shift; echo "\$@" >>"$tmp/to"
cat >"$tmp/mails/\$1.eml"
S
chmod +x "$tmp/sendmail"
settings 'transport = sendmail' "sendmail = \"$tmp/sendmail\"" 'bcc = "sent@clerk.example"' 'rate-limit = 2'
asked() { sqlite3 "$home/store.db" "SELECT text FROM question WHERE code = 'copy-missing' AND answered = 0"; }
confirmed() { "$mf" --json letter list | jq -r 'select(.confirmed) | .to' | xargs; }
exits 0 "two letters" "$mf" -q send
is "$(grep -c 'sent@clerk.example$' "$tmp/to")" 2 "each with a copy for the owner"
at 2026-11-25T11:00:00Z
exits 0 "a day later" "$mf" -q send
is "$(asked)" "" "nobody asks for copies that never came"
sed 's/^X-Mailfilter-Letter: .*/X-Mailfilter-Letter: m1-0123456789abcdef0123/' \
    "$tmp/mails/anna@client1.example.eml" | "$mf" deliver
is "$(confirmed)" "" "a forged copy confirms nothing"
"$mf" deliver <"$tmp/mails/anna@client1.example.eml"
is "$(confirmed)" anna@client1.example "a copy confirms its letter"
id=$("$mf" --json letter list | jq -r 'select(.confirmed) | .letter')
like "$("$mf" letter show "$id")" "^Copy: +came back .*25" "letter show says when"
like "$("$mf" explain "$id")" "Our copy of the letter to anna@client1.example has come: it was delivered" "explain too"
entries() { sqlite3 "$home/store.db" "SELECT count(*) FROM journal WHERE code = 'confirmed:own-copy'"; }
sed 's/^Received:.*/&/; 1s/^/Received: by mx.clerk.example; Wed, 25 Nov 2026 11:10:00 +0000\n/' \
    "$tmp/mails/anna@client1.example.eml" | "$mf" deliver
is "$(entries)" 1 "a second copy says nothing new"
at 2026-11-26T10:00:00Z
exits 0 "the day is over" "$mf" -q send
like "$(asked)" "No copy of the reminder to anna@client2.example, sent on [^,]*, has come back to sent@clerk.example" \
    "the owner is asked about the one that is missing, and has patience with those of yesterday"
"$mf" -q send
is "$(asked | wc -l)" 1 "once"
at 2026-11-27T10:00:00Z
"$mf" -q send
like "$(asked | tail -n 1)" "to anna@client3.example, sent on [^,]*, and of 1 more since," "of others when their day is over"
like "$("$mf" status)" "No copy of the reminder" "status shows it"
exits 0 "the books are in order" "$mf" -q check
finish
