#!/bin/sh
# The command line itself: common options, suggestions, exit codes.
. "$(dirname "$0")/../lib.sh"

exits 0 "without a command: an overview" "$mf"
like "$(cat "$tmp/out")" 'holds back every reminder' "it says what this is"
like "$(cat "$tmp/out")" 'mailfilter init' "and where to begin"
exits 0 "--version" "$mf" --version
like "$(cat "$tmp/out")" '^mailfilter [0-9]' "names it"
exits 64 "an unknown command" "$mf" statsu
like "$(cat "$tmp/err")" "did you mean 'mailfilter status'" "suggests the nearest"
is "$(cat "$tmp/out")" "" "on standard error only"
exits 64 "a word like no command" "$mf" xyzzy
like "$(cat "$tmp/err")" "mailfilter help" "names the help"
exits 64 "an unknown option in front" "$mf" --frob status
exits 64 "--home without its value" "$mf" status --home
like "$(cat "$tmp/err")" 'needs a value' "says so"
exits 64 "a wrong moment" "$mf" --now yesterday status
like "$(cat "$tmp/err")" "'yesterday' is neither a date" "says what it read"
exits 64 "a wrong moment in the environment" env MAILFILTER_NOW=2026-02-30 "$mf" status
like "$(cat "$tmp/err")" "MAILFILTER_NOW: '2026-02-30'" "says where it read it"
exits 78 "no home: configuration error" "$mf" status
like "$(cat "$tmp/err")" 'init' "names the way out"

"$mf" -q init
for words in "--home $tmp/home status" "status --home $tmp/home" "--json status" \
    "status --json -v" "--now=2026-11-22 status" "status --now 2026-11-22T09:00:00+01:00"; do
	# shellcheck disable=SC2086
	exits 0 "common options: $words" "$mf" $words
done
exits 0 "XDG_CONFIG_HOME" env -u MAILFILTER_HOME XDG_CONFIG_HOME="$tmp/x" "$mf" -q init
[ -f "$tmp/x/mailfilter/store.db" ]; ok $? "the home is below it"
exits 0 "HOME" env -u MAILFILTER_HOME -u XDG_CONFIG_HOME HOME="$tmp/h" "$mf" -q init
[ -f "$tmp/h/.config/mailfilter/store.db" ]; ok $? "the home is below .config"
exits 78 "HOME from passwd when unset" env -i "$mf" --home "$tmp/none" status
home=$tmp/home
exits 0 "--home beats the environment" env MAILFILTER_HOME=/nonexistent "$mf" --home "$home" status
exits 0 "the process locale is of no account" env LC_ALL=de_DE.UTF-8 LANG=C "$mf" status
exits 0 "--help of a command" "$mf" import --help
like "$(cat "$tmp/out")" '^usage: mailfilter import' "is its usage"
is "$(for c in $("$mf" help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do "$mf" "$c" --help; done | awk 'length($0) > 80')" \
    "" "no help is wider than 80 columns"
like "$("$mf" payment --help)" '^       mailfilter payment assign ' "each verb has its line"

# in the pipeline every fault is 75, and one line that mail servers read
for words in "--frob deliver" "deliver --home" "--now never deliver"; do
	# shellcheck disable=SC2086
	"$mf" $words </dev/null >"$tmp/out" 2>"$tmp/err"; code=$?
	case $words in --frob*) is $code 64 "before a command is known: $words" ;;
	*) is $code 75 "in the pipeline: $words"
	like "$(cat "$tmp/out" "$tmp/err")" '^4\.3\.0 ' "with a status code" ;; esac
done
printf 'From: a@b.example\nTo: c@d.example\nSubject: x\n\nhello\n' >"$tmp/mail"
cp "$root/tests/fixture.conf" "$home/mailfilter.conf"; chmod 600 "$home/mailfilter.conf"
exits 0 "what follows deliver's own words is nobody's option" \
    "$mf" deliver -f -v -- --json <"$tmp/mail"
is "$(cat "$tmp/out" "$tmp/err")" "" "and nothing is said"

exits 74 "a full disk is noticed" sh -c "'$mf' help >/dev/full"
NO_COLOR= script -qc "'$mf' status" "$tmp/typescript" >/dev/null 2>&1
if [ -s "$tmp/typescript" ]; then
	grep -q "$(printf '\033\[')" "$tmp/typescript"; ok $? "colours at a terminal"
else skip "colours at a terminal" "no script(1)"; fi
"$mf" status | grep -q "$(printf '\033')"; is $? 1 "none in a pipe"
for page in mailfilter mailfilter.conf mailfilter-bank mailfilter-invoice mailfilter-statement mailfilter-template; do
	"$mf" help $page >"$tmp/page"
	is "$(grep -nE '(^| )(Cm|Sq|Dl|Fl|Ar|Ic|Ql|Pa|Po|Pc|Xo|Oo) |\\\*\(|\[u[0-9A-F]|\([A-Z][a-z][0-9, ]' "$tmp/page")" "" \
	    "help $page shows no roff"
done
finish
