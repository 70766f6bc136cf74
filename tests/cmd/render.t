#!/bin/sh
# mailfilter-render: exit codes and messages; its letters against the golden
# texts and against Python's email and html packages.
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 1
render=${MAILFILTER_LIBEXEC:-$root/libexec}/mailfilter-render

letter() {	# letter KIND TONE LANGUAGE: one of the samples
	jq --arg k "$1" --arg t "$2" --arg l "$3" \
	    '.letters[$k] + {tone: $t, language: $l, dirs: ["templates"]}' \
	    templates/sample.json
}

letter reminder firm ru >"$tmp/letter"
exits 0 'a good letter' "$render" <"$tmp/letter"
is "$(wc -c <"$tmp/err")" 0 'nothing to warn of'
cp "$tmp/out" "$tmp/first"
env -i TZ=Asia/Tokyo LC_ALL=ru_RU.KOI8-R "$render" <"$tmp/letter" >"$tmp/again"
cmp -s "$tmp/first" "$tmp/again"
ok $? 'the same bytes in another environment'
is "$(tr -d '\r' <"$tmp/first" | sed '/^$/q' | grep -c '^Auto-Submitted: auto-generated$')" \
    1 'marked as automatic'

letter reminder firm xx >"$tmp/letter"
exits 0 'an unknown language' "$render" <"$tmp/letter"
is "$(cat "$tmp/err")" "mailfilter-render: xx/reminder.firm: not there, the letter is in English" \
    'says so in one line'

letter reminder rude en >"$tmp/letter"
exits 65 'an unknown tone' "$render" <"$tmp/letter"
is "$(cat "$tmp/err")" 'mailfilter-render: kind, tone: there is no such letter' \
    'says why'
is "$(wc -c <"$tmp/out")" 0 'and writes nothing'
echo '{"kind": ' >"$tmp/letter"
exits 65 'no JSON' "$render" <"$tmp/letter"
like "$(cat "$tmp/err")" 'standard input is no letter: line [0-9]+: ' 'says where'
exits 65 'nothing' "$render" </dev/null
echo '[]' >"$tmp/letter"
exits 65 'an array' "$render" <"$tmp/letter"
echo '{"kind":"invoice","kind":"receipt"}' >"$tmp/letter"
exits 65 'a key twice' "$render" <"$tmp/letter"
head -c 5000000 /dev/zero | tr '\0' ' ' >"$tmp/letter"
exits 65 'too long' "$render" <"$tmp/letter"
exits 64 'an unknown option' "$render" --nothing
letter reminder firm en >"$tmp/letter"
"$render" <"$tmp/letter" >/dev/full 2>"$tmp/err"
is $? 70 'a full disk'

exits 0 'the shipped templates are in order' "$render" --check templates
is "$(cat "$tmp/out")" '' 'nothing found'
mkdir -p "$tmp/mine/en"
echo 'no subject' >"$tmp/mine/en/crossed"
exits 65 'a broken template' "$render" --check "$tmp/mine" templates
is "$(cat "$tmp/out")" "$tmp/mine/en/crossed:1: no \"Subject:\"" 'is named'

if command -v strace >/dev/null 2>&1; then
	strace -f -o "$tmp/trace" -e trace=socket,connect,execve,fork,vfork \
	    "$render" <"$tmp/letter" >/dev/null 2>&1
	is "$(grep -cE '(socket|connect|execve|fork)\(' "$tmp/trace")" 1 \
	    'no network, no other program'
else
	skip 'no network, no other program' 'strace is not here'
fi

mandoc -T lint -W warning templates/mailfilter-template.7 >"$tmp/lint" 2>&1
is "$(cat "$tmp/lint")" '' 'the manual page is clean'

python3 tests/cmd/render.py "$render" >"$tmp/letters" 2>"$tmp/err"
is $? 0 'the letters could be read'
while read -r verdict rest; do
	[ "$verdict" = good ]
	ok $? "$rest"
done <"$tmp/letters"
[ "$(wc -l <"$tmp/letters")" -gt 100 ]
ok $? 'many letters were looked at'
finish
