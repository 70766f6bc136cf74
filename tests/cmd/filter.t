#!/bin/sh
# filter: the same message with one field in front, all of it or nothing.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/fixture.sh"
home=$tmp/home
make_home "$home"

# same FILE NAME: through the filter, byte for byte but for our field
same() {
	"$mf" filter <"$1" >"$tmp/out" 2>"$tmp/err"; ok $? "$2: passes"
	is "$(head -n 2 "$tmp/out" | grep -ac '^X-Mailfilter: ')" 1 "$2: one field in front"
	grep -av '^X-Mailfilter: ' "$tmp/out" | cmp -s - "$1"; ok $? "$2: the rest byte for byte"
}
bank_mail 2026001 499.00 1 >"$tmp/lf"
same "$tmp/lf" "LF"
like "$(head -n 1 "$tmp/out")" '^X-Mailfilter: credit; trust=A; .*settle:reference' "the field says what was done"
is "$(payments)" 1 "and it was"
sed 's/$/\r/' "$tmp/lf" >"$tmp/crlf"
same "$tmp/crlf" "CRLF"
like "$(head -n 1 "$tmp/out" | od -c | head -n 9)" '\\r' "CRLF: our field ends like the others"
{ echo 'From automat@fio.cz Sat Nov 21 10:00:05 2026'; cat "$tmp/lf"; } >"$tmp/mbox"
same "$tmp/mbox" "mbox From line"
is "$(head -n 1 "$tmp/out" | cut -c 1-5)" "From " "mbox From line: stays the first"
printf 'X: 1\nX: 1\n\nbody\0with\0NUL\r\nand \377 bytes, no end' >"$tmp/odd"
"$mf" filter <"$tmp/odd" | sed 1d | cmp -s - "$tmp/odd"; ok $? "odd bytes pass unchanged"
big_mail 3 >"$tmp/big"
same "$tmp/big" "3 MB"

# Nothing on stdout when it cannot (R8).
"$mf" --home "$tmp/nowhere" filter <"$tmp/lf" >"$tmp/out" 2>"$tmp/err"; is $? 75 "no home: 75"
is "$(wc -c <"$tmp/out")" 0 "no home: not a byte on stdout"
is "$(wc -l <"$tmp/err")" 1 "no home: one line"
mv "$home/store.db" "$tmp/away"
bank_mail 2026002 100.00 2 >"$tmp/kept"
"$mf" filter <"$tmp/kept" >"$tmp/out" 2>/dev/null; is $? 75 "no store: 75"
is "$(wc -c <"$tmp/out")" 0 "no store: not a byte on stdout"
"$mf" filter --keep <"$tmp/kept" >"$tmp/out" 2>/dev/null; is $? 0 "--keep: 0"
cmp -s "$tmp/out" "$tmp/kept"; ok $? "--keep: the message passes unchanged"
is "$(ls "$home"/spool/*.eml | wc -l)" 1 "--keep: a copy waits in the spool"
mv "$tmp/away" "$home/store.db"
other_mail 1 | "$mf" deliver
is "$(payments)" 2 "the next command takes it from there"
is "$(ls "$home/spool" | wc -l)" 0 "and the spool is empty"

for command in remind send reconcile; do
	n=$(payments)
	mv "$home/store.db" "$tmp/away"
	bank_mail "20260$((10 + n))" 100.00 "$((10 + n))" | "$mf" filter --keep >"$tmp/out" 2>/dev/null
	mv "$tmp/away" "$home/store.db"
	"$mf" -q $command -n >/dev/null
	is "$(payments) $(ls "$home/spool" | wc -l)" "$n 1" "$command -n leaves the spool"
	"$mf" -q $command >/dev/null
	is "$(payments) $(ls "$home/spool" | wc -l)" "$((n + 1)) 0" "$command takes it first"
done
before=$(payments)

# A reader that goes away, a full disk behind stdout.
bank_mail 2026003 100.00 3 >"$tmp/mail"
for i in 1 2 3 4 5 6 7 8; do cat "$tmp/big"; done >"$tmp/huge"
"$mf" filter <"$tmp/mail" >/dev/full 2>/dev/null; is $? 75 "a full disk behind stdout: 75"
(set +e; "$mf" filter <"$tmp/huge" 2>/dev/null; echo $? >"$tmp/code") | head -c 10 >/dev/null
is "$(cat "$tmp/code")" 75 "a reader that went away: 75"
"$mf" filter <"$tmp/mail" >"$tmp/out"; ok $? "and again with room"
is "$(payments)" $((before + 1)) "counts once"
finish
