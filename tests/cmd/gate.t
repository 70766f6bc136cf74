#!/bin/sh
# gate: 0 or 75, silent or one line; the message goes back as it came, to whom
# it was for, once; what cannot be judged passes.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/fixture.sh"
home=$tmp/home
make_home "$home"
cat >"$tmp/back" <<-S
#!/bin/sh
[ ! -e "$tmp/code" ] || exit \$(cat "$tmp/code")
file=\$(mktemp "$tmp/went/XXXXXX") && cat >"\$file" && printf '[%s]' "\$@" >"\$file.to"
S
chmod 755 "$tmp/back"; mkdir "$tmp/went"
gate() { "$mf" gate --reinject "$tmp/back" "$@" >"$tmp/out" 2>"$tmp/err"; code=$?; }
went() { find "$tmp/went" -name '*.to' | wc -l; }
same() { cat "$tmp"/went/?????? | cmp - "$1"; ok $? "${2:-the bytes are the same}"; }
afresh() { rm -rf "$tmp/went"; mkdir "$tmp/went"; }
said() {	# said NAME CODE
	is "$code" "$2" "$1: ends with $2"
	if [ "$2" = 0 ]; then is "$(cat "$tmp/out" "$tmp/err")" "" "$1: says nothing"
	else
		is "$(cat "$tmp/out" "$tmp/err" | wc -l)" 1 "$1: says one line"
		like "$(cat "$tmp/err" "$tmp/out")" '^4\.3\.0 mailfilter: ' "$1: with 4.3.0"
		unlike "$(cat "$tmp/err" "$tmp/out")" 'friend|Lunch|noon|other.example' "$1: without a word of the mail"
	fi
}
other_mail 1 >"$tmp/mail"

# --- bytes and envelopes ----------------------------------------------------------
printf 'From: a@b.example\nSubject: =?x\n\nbody\r\nbare\rcr\0nul\377\n.\n..\nFrom x\nlast' >"$tmp/in.odd"
printf '' >"$tmp/in.empty"
printf '\0\0\0\377' >"$tmp/in.binary"
printf '\n\nbody only\n' >"$tmp/in.bodyonly"
head -c 300000 /dev/urandom >"$tmp/in.random"
{ printf 'Cc: '; yes 'a:' | head -n 45000 | tr -d '\n'; printf '\n\nx\n'; } >"$tmp/in.groups"
cp "$tmp/mail" "$tmp/in.mail"
for file in "$tmp"/in.*; do
	afresh; gate -f a@clerk.example -- b@other.example <"$file"
	said "${file##*/}" 0
	same "$file" "${file##*/}: the bytes are the same"
done
to() { afresh; gate "$@" <"$tmp/mail"; cat "$tmp"/went/*.to 2>/dev/null; }
is "$(to -f '' -- b@x.example)" '[-f][<>][--][b@x.example]' "the null sender"
is "$(to -f '<>' b@x.example)" '[-f][<>][--][b@x.example]' "and as brackets"
is "$(to -f -a@x.example -- -b@x.example --json '"c d"@x.example' e+f@x.example '$(id)@x.example')" \
    '[-f][-a@x.example][--][-b@x.example][--json]["c d"@x.example][e+f@x.example][$(id)@x.example]' "addresses are nobody's options"

is "$(to -n -f a@x.example b@x.example)" "" "-n gives nothing back"
is "$code" 0 "and ends with 0"

# --- wrong use, and a mail server that does not take it back -----------------------
for words in "" "-f a@x.example" "b@x.example" "--no-such-option -f a@x.example b@x.example"; do
	afresh; gate $words <"$tmp/mail"; said "gate $words" 75
	is "$(went)" 0 "gate $words: nothing went out"
done
"$mf" gate --reinject smtp:here -f a@x.example b@x.example <"$tmp/mail" >"$tmp/out" 2>"$tmp/err"; code=$?
said "a re-injection that is none" 75
"$mf" gate --reinject /no/such/program -f a@x.example b@x.example <"$tmp/mail" >"$tmp/out" 2>"$tmp/err"; code=$?
said "a re-injection that is not there" 75
"$mf" gate --reinject smtp:127.0.0.1:1 -f a@x.example b@x.example <"$tmp/mail" >"$tmp/out" 2>"$tmp/err"; code=$?
said "nobody answers on the port" 75
for number in 1 64 65 67 69 70 75 77 78 127 255; do
	echo $number >"$tmp/code"; gate -f a@x.example b@x.example <"$tmp/mail"
	is "$code" 75 "a re-injection that ends with $number is tried again"
done
rm "$tmp/code"

# --- what cannot be judged passes ---------------------------------------------------
passes() {	# passes NAME [OPTION...]
	_name=$1; shift
	afresh; gate -f a@x.example b@x.example <"$tmp/mail"; said "$_name" 0
	same "$tmp/mail" "$_name: and it went out"
}
cp -a "$home" "$tmp/kept"
echo 'x {' >>"$home/mailfilter.conf"; passes "broken configuration"
rm "$home/mailfilter.conf"; passes "no configuration"
rm -rf "$home"; cp -a "$tmp/kept" "$home"; rm "$home/store.db"; passes "no store"
: >"$home/store.db"; passes "an empty store"
head -c 8192 /dev/urandom >"$home/store.db"; passes "no store but noise"
rm "$home/store.db"; cp "$tmp/kept/store.db" "$home"
sqlite3 "$home/store.db" 'PRAGMA user_version=999'; passes "a newer store"
rm -rf "$home"; passes "no home"
cp -a "$tmp/kept" "$home"

# --- a second try is recognised ------------------------------------------------------
afresh; gate --queue-id 4Xabc -f a@x.example b@x.example <"$tmp/mail"; said "first" 0
gate --queue-id 4Xabc -f a@x.example b@x.example <"$tmp/mail"; said "the same again" 0
is "$(went)" 1 "it went out once"
gate --queue-id 4Xabc -f a@x.example c@x.example <"$tmp/mail"
is "$(went)" 2 "to another recipient it goes, too"
gate --queue-id 4Xabd -f a@x.example b@x.example <"$tmp/mail"
gate -f a@x.example b@x.example <"$tmp/mail"
gate -f a@x.example b@x.example <"$tmp/mail"
is "$(went)" 5 "other mail with the same words is no second try"
MAILFILTER_NOW=2026-12-10T09:00:00Z gate --queue-id 5Xabc -f a@x.example b@x.example <"$tmp/mail"
is "$(ls "$home/gate/passed")" 2026-12-10 "notes of that kind are forgotten after a week"

# --- a circle --------------------------------------------------------------------------
hop() { sed '1i Received: from localhost by mx.clerk.example; Sat, 21 Nov 2026 10:00:00 +0000'; }
cp "$tmp/mail" "$tmp/round"; i=0; codes=
afresh
while [ $i -lt 40 ]; do
	gate -f a@x.example b@x.example <"$tmp/round"
	[ $code = 0 ] || break
	hop <"$tmp/round" >"$tmp/more"; mv "$tmp/more" "$tmp/round"; i=$((i + 1))
done
is "$code" 75 "mail that comes back again and again waits in the queue"
[ $i -gt 15 ] && [ $i -lt 30 ]; ok $? "before the mail server gives up on it (after $i times)"
finish
