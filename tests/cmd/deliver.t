#!/bin/sh
# deliver: 0 or 75, silent or one line, inside its deadline, whatever comes.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/fixture.sh"
pipe=$root/libexec/mailfilter-pipe
home=$tmp/home
make_home "$home"

# said NAME WANTED-CODE: what the last run printed, and how it ended
said() {
	is "$code" "$2" "$1: ends with $2"
	if [ "$2" = 0 ]; then is "$(cat "$tmp/out" "$tmp/err")" "" "$1: says nothing"
	else
		is "$(cat "$tmp/out" "$tmp/err" | wc -l)" 1 "$1: says one line"
		like "$(cat "$tmp/err" "$tmp/out")" '^4\.3\.0 mailfilter: ' "$1: with 4.3.0"
		unlike "$(cat "$tmp/err" "$tmp/out")" 'fio|1000000005|499|bank@' "$1: without a word of the mail"
	fi
}
run() { "$@" >"$tmp/out" 2>"$tmp/err"; code=$?; }

bank_mail 2026001 499.00 1 >"$tmp/mail"
run "$mf" deliver -f automat@fio.cz -- bank@clerk.example <"$tmp/mail"; said "good mail" 0
is "$(payments)" 1 "good mail: one payment"
other_mail 1 >"$tmp/other"
run "$mf" deliver <"$tmp/other"; said "other mail" 0

# Anything at all on stdin.
printf '' >"$tmp/in.empty"
printf '\0\0\0\377' >"$tmp/in.binary"
printf 'no colon here\n' >"$tmp/in.nocolon"
printf '\n\nbody only\n' >"$tmp/in.bodyonly"
printf 'From: a@b\n' >"$tmp/in.headeronly"
head -c 300000 /dev/urandom >"$tmp/in.random"
{ printf 'Cc: '; yes 'a:' | head -n 45000 | tr -d '\n'; printf '\n\nx\n'; } >"$tmp/in.groups"
{ printf 'Content-Type: multipart/mixed; boundary=b\n\n'; yes -- '--b

' | head -n 60000; } >"$tmp/in.parts"
{ printf 'Subject: '; yes '=?utf-8?B?' | head -n 20000 | tr -d '\n'; printf '\n\n'; } >"$tmp/in.words"
{ cat "$tmp/mail"; yes 'Částka: 1,00' | head -n 5000; } >"$tmp/in.manyamounts"
for file in "$tmp"/in.*; do
	run "$mf" deliver <"$file"
	like "$code" '^(0|75)$' "${file##*/}: 0 or 75 ($code)"
	is "$(payments)" 1 "${file##*/}: no payment"
done

# A message that breaks the reader: three times 75, then put aside (R6).
codes=
for i in 1 2 3 4; do
	"$mf" deliver <"$tmp/in.groups" >/dev/null 2>&1; codes="$codes $?"
done
is "$codes" " 75 75 0 0" "poison: with the try before, three times 75, then accepted"
cmp -s "$home"/quarantine/*.eml "$tmp/in.groups"; ok $? "poison: its bytes are kept"
like "$("$mf" quarantine list)" '[0-9a-f]{8}' "poison: the owner sees it"
bank_mail 2026002 100.00 2 >"$tmp/mail"
run "$mf" deliver <"$tmp/mail"; said "a good mail after poison" 0

# Usage errors are 75 too: Postfix bounces on 64.
run "$mf" deliver --no-such-option <"$tmp/other"; said "unknown option" 75
run "$mf" --home "$tmp/nowhere" deliver <"$tmp/mail"; said "no home" 75
cp -a "$home" "$tmp/h"; echo 'x {' >>"$tmp/h/mailfilter.conf"
run "$mf" --home "$tmp/h" deliver <"$tmp/mail"; said "broken configuration" 75
rm "$tmp/h/mailfilter.conf"
run "$mf" --home "$tmp/h" deliver <"$tmp/mail"; said "no configuration" 75
rm -rf "$tmp/h"; cp -a "$home" "$tmp/h"; sqlite3 "$tmp/h/store.db" 'PRAGMA user_version=999'
run "$mf" --home "$tmp/h" deliver <"$tmp/mail"; said "newer store" 75
rm "$tmp/h/store.db"
run "$mf" --home "$tmp/h" deliver <"$tmp/mail"; said "no store" 75
: >"$tmp/h/store.db"
run "$mf" --home "$tmp/h" deliver <"$tmp/mail"; said "empty store" 75
head -c 8192 /dev/urandom >"$tmp/h/store.db"
run "$mf" --home "$tmp/h" deliver <"$tmp/mail"; said "not a store" 75

# Held by another process: 75 inside the deadline (R4).
bank_mail 2026003 100.00 3 >"$tmp/mail"
sqlite3 "$home/store.db" 'BEGIN IMMEDIATE' ".shell touch $tmp/locked" \
    ".shell while [ -e $tmp/locked ]; do sleep 0.1; done" &
while [ ! -e "$tmp/locked" ]; do sleep 0.1; done
before=$(date +%s)
run "$mf" deliver <"$tmp/mail"; said "locked store" 75
after=$(date +%s)
[ $((after - before)) -le 10 ]; ok $? "locked store: $((after - before)) s, not for ever"
rm "$tmp/locked"; wait
run "$mf" deliver <"$tmp/mail"; said "the lock is gone" 0
is "$(payments)" 3 "and the mail counts once"

# A slow mail server: the deadline ends it.
mkfifo "$tmp/fifo"; sleep 30 >"$tmp/fifo" & sleeper=$!
run "$mf" deliver <"$tmp/fifo"; said "a mail that never ends" 75
kill $sleeper 2>/dev/null

# Little memory, no environment, another user (R5, R9).
code=$( (ulimit -v 8000; "$pipe" deliver <"$tmp/mail" >/dev/null 2>&1); echo $?)
is "$code" 75 "too little memory to start: 75"
run env -i PATH=/usr/bin:/bin LANG=C "$pipe" deliver --home "$home" --now "$MAILFILTER_NOW" <"$tmp/mail"
said "empty environment" 0
if [ "$(id -u)" = 0 ]; then
	chown -R nobody "$home"
	bank_mail 2026004 100.00 4 >"$tmp/mail"
	mkdir "$tmp/prog"; . "$root/tests/hooks/hooks.sh"; tree prog
	run setpriv --reuid nobody --regid nogroup --clear-groups env -i \
	    "$tmp/prog/libexec/mailfilter-pipe" deliver --home "$home" --now "$MAILFILTER_NOW" <"$tmp/mail"
	said "as nobody" 0
	is "$(payments)" 4 "as nobody: the payment is there"
else skip "as nobody" "needs root"; fi

# The plan of -n, and nothing changed by it.
bank_mail 2026005 100.00 5 >"$tmp/mail"
cp "$home/store.db" "$tmp/before"
run "$mf" deliver -n <"$tmp/mail"
like "$(cat "$tmp/out")" 'settle +.* pays 2026-005, by ' "-n prints the plan"
cmp -s "$home/store.db" "$tmp/before"; ok $? "-n changes nothing"

# A large attachment streams (R10).
sed -i 's/^intake {/intake {\n\tdeadline = 60/' "$home/mailfilter.conf"
big_mail 100 >"$tmp/big"
/usr/bin/time -f %M -o "$tmp/peak" "$mf" deliver <"$tmp/big"; ok $? "100 MB attachment: taken"
[ "$(tail -n 1 "$tmp/peak")" -lt 40000 ]; ok $? "in $(tail -n 1 "$tmp/peak") kB of memory"
finish
