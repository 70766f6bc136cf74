#!/bin/sh
# check, selftest, bank, template, quarantine, parse, help.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/books.sh"
. "$root/tests/fixture.sh"
exits 78 "check without a home" "$mf" check
books
exits 0 "check" "$mf" check
is "$(grep -c 'in order$' "$tmp/out")" 11 "eleven things are in order"
like "$(cat "$tmp/out")" '^accounts +to do' "the twelfth is to do"
like "$(cat "$tmp/out")" 'account main: no genuine mail of cz-fio' "the bank was never heard"
[ "$(awk '{ print length }' "$tmp/out" | sort -n | tail -n 1)" -le 79 ]; ok $? "as wide as a terminal"
cp "$home/mailfilter.conf" "$tmp/good.conf"
sed -i 's/bank = "cz-fio"/bank = "cz-fo"/' "$home/mailfilter.conf"
exits 65 "an account with a bank that is none" "$mf" check
like "$(cat "$tmp/out")" "there is no bank 'cz-fo'; did you mean 'cz-fio'" "says so"
sed -i -e '/bank = "cz-fo"/d' "$home/mailfilter.conf"
exits 0 "an account without a bank" "$mf" check
like "$(cat "$tmp/out")" 'account main: no bank is named, so only' "says where its money is seen"
sed -i 's/settles = "notice"/settles = "statement"/' "$home/mailfilter.conf"
exits 0 "an account with statements" "$mf" check
like "$(cat "$tmp/out")" 'account main: no statement was imported yet' "says that none came"
sed -e 's/^from .*/from own.example/' "$root/parser/banks/cz-fio.bank" >"$home/banks/zz-own.bank"
exits 0 "a bank of the owner's own" "$mf" check
like "$(tr '\n' ' ' <"$tmp/out" | tr -s ' ')" 'zz-own.bank: no account names this bank' "says that no account names it"
rm "$home/banks/zz-own.bank"
cp "$tmp/good.conf" "$home/mailfilter.conf"
"$mf" --json check | jq -r '.check + " " + .level' >"$tmp/out"
is "$(sort -u "$tmp/out")" "accounts hint" "as JSON"
chmod 644 "$home/mailfilter.conf"
"$mf" check >"$tmp/out" 2>&1; code=$?
case $code in 65 | 78) ok 0 "a configuration that others read" ;; *) ok 1 "a configuration that others read ($code)" ;; esac
like "$(cat "$tmp/out")" 'chmod|0600|600' "what to do"
chmod 600 "$home/mailfilter.conf"
cp "$home/store.db" "$tmp/store.db"
sqlite3 "$home/store.db" "UPDATE invoice SET open = 1, announced = 0 WHERE key = 'I1'" 2>/dev/null
exits 65 "a balance that somebody changed" "$mf" check
like "$(cat "$tmp/out")" 'store: ' "is found"
cp "$tmp/store.db" "$home/store.db"
exits 0 "and mended" "$mf" check
echo 'owner {' >>"$home/mailfilter.conf"
exits 78 "a broken configuration stops the others" "$mf" status
like "$(cat "$tmp/err")" 'mailfilter.conf:[0-9]+:' "with file and line"
exits 65 "and check says so" "$mf" check
cp "$root/tests/fixture.conf" "$home/mailfilter.conf"

exits 0 "selftest" "$mf" selftest sandbox
unlike "$(cat "$tmp/out")" 'NOT DENIED' "all is denied"
[ "$(grep -c denied "$tmp/out")" -ge 8 ]; ok $? "eight things are tried"
exits 64 "no other selftest" "$mf" selftest moon

exits 0 "bank list" "$mf" --json bank list
like "$(jq -r .name <"$tmp/out")" '^cz-fio$' "has the shipped ones"
exits 0 "bank show" "$mf" bank show cz-fio
like "$(cat "$tmp/out")" 'fio.cz' "with its domain"
exits 66 "bank show of none" "$mf" bank show cz-fo
like "$(cat "$tmp/err")" "did you mean 'cz-fio'" "suggests"
exits 0 "bank check" "$mf" bank check
bank_mail 2026101 499.00 1 >"$tmp/bank.eml"
other_mail 2 >"$tmp/other.eml"
exits 0 "bank test" "$mf" bank test "$tmp/bank.eml"
like "$(cat "$tmp/out")" 'credit of cz-fio.*499.00 CZK' "reads it"
like "$(cat "$tmp/out")" 'class A' "and says what it is worth"
sed -i '/authserv-id/d' "$home/mailfilter.conf"
like "$("$mf" bank test "$tmp/bank.eml")" 'class U' "bank test without authserv-id: a hint"
cat >>"$home/mailfilter.conf" <<-C
	mailbox "box" {
		host = "localhost"
		user = "anna"
		password-command = "cat secret"
		authserv-id = "mx.clerk.example"
	}
C
exits 0 "bank test for who has only a mailbox" "$mf" bank test "$tmp/bank.eml"
like "$(cat "$tmp/out")" 'class A' "its server vouches for the mail"
like "$(cat "$tmp/err")" 'mailbox box' "and it is said"
cp "$root/tests/fixture.conf" "$home/mailfilter.conf"
exits 65 "bank test of no bank's mail" "$mf" bank test "$tmp/other.eml"
exits 65 "bank test of an unknown bank's mail" "$mf" bank test "$root/tests/generic/de/at-zahlungseingang.eml"
like "$(cat "$tmp/out")" '^credit read by the words of its language: 2400.00 EUR from' "says what its words tell"
like "$(cat "$tmp/out")" "class U.*no bank's file names donaubank.example" "and that no file is for it"
exits 66 "bank test of nothing" "$mf" bank test "$tmp/none.eml"

exits 0 "template list" "$mf" --json template list
is "$(jq -r 'select(.name == "invoice") | .language' <"$tmp/out" | tr '\n' ' ')" "de en es fr it nl pt ru " "in eight languages"
exits 0 "template show" "$mf" template show invoice --language es
[ -s "$tmp/out" ]; ok $? "its text"
exits 66 "template show of none" "$mf" template show poem
exits 64 "no way out of the folder" "$mf" template show ../../etc/passwd
exits 0 "template check" "$mf" template check
mkdir -p "$home/templates/en"; echo '{{#open}' >"$home/templates/en/invoice"
exits 65 "a broken one of the user's" "$mf" template check
rm "$home/templates/en/invoice"

exits 0 "quarantine without any" "$mf" quarantine list
like "$(cat "$tmp/out")" 'Nothing' "says so"
cp "$tmp/bank.eml" "$home/quarantine/0123456789abcdef.eml"
exits 0 "quarantine list" "$mf" --json quarantine list
is "$(jq -r .id <"$tmp/out")" 0123456789abcdef "names it"
exits 0 "quarantine show" "$mf" quarantine show 0123
cmp -s "$tmp/out" "$tmp/bank.eml"; ok $? "its bytes"
exits 66 "quarantine show of none" "$mf" quarantine show ffff
exits 0 "quarantine retry" "$mf" quarantine retry 0123
[ ! -e "$home/quarantine/0123456789abcdef.eml" ]; ok $? "it is gone"
is "$("$mf" --json payment list | jq -r .amount)" 499.00 "and counts"

exits 0 "parse a file" "$mf" --json parse "$tmp/bank.eml" "$tmp/other.eml"
is "$(jq -r '.kind' <"$tmp/out" | head -n 1)" credit "its event"
is "$(jq -r '.amount + " " + .trust' <"$tmp/out" | head -n 1)" "499.00 verified" "with amount and trust"
echo noise >"$tmp/noise"
"$mf" parse "$tmp/bank.eml" "$tmp/noise" "$root/tests/statements/camt/version-08.xml" >"$tmp/out"
is "$(grep -v '^  ' "$tmp/out" | sed 's,.*/,,' | tr '\n' ' ')" \
    "bank.eml: credit noise: unreadable version-08.xml: statement credit return " "each file is named"
exits 0 "parse stdin for a person" sh -c "'$mf' parse <'$tmp/bank.eml'"
like "$(cat "$tmp/out")" '^  amount +499.00' "aligned"
exits 0 "parse without a home" "$mf" --home "$tmp/nowhere" --json parse "$tmp/bank.eml"
is "$(jq -r '.trust' <"$tmp/out" | head -n 1)" unverified "nothing is trusted there"
exits 0 "parse --generic" "$mf" --json parse --generic "$tmp/bank.eml"
unlike "$(cat "$tmp/out")" '"template"' "leaves templates out"
exits 66 "parse of nothing" "$mf" parse "$tmp/none.eml"

exits 0 "help" "$mf" help
commands=$(sed -n 's/^  \([a-z]*\)  .*/\1/p' "$tmp/out")
[ "$(echo "$commands" | wc -l)" -ge 20 ]; ok $? "lists the commands"
for command in $commands; do
	"$mf" help "$command" >"$tmp/out" 2>&1 && grep -q "mailfilter $command" "$tmp/out"
	ok $? "help $command is in the manual"
done
exits 0 "help of a section" "$mf" help exit status
like "$(cat "$tmp/out")" '75' "has the codes"
for page in mailfilter mailfilter.conf mailfilter-bank mailfilter-invoice mailfilter-statement mailfilter-template; do
	exits 0 "help $page" "$mf" help "$page"
done
exits 64 "help of nothing" "$mf" help xyzzy
if command -v mandoc >/dev/null; then
	cd "$root" || exit 1
	for page in filter/*.1 filter/*.5 parser/*.5 templates/*.7; do
		is "$(cd "$root" && mandoc -T lint -W warning "$page" 2>/dev/null | grep -v 'referenced manual')" "" "$page: clean for mandoc"
	done
else skip "pages are clean" "mandoc is not there"; fi
bash -c '. "$0/filter/mailfilter.bash"; COMP_WORDS=("$1" cust); COMP_CWORD=1; _mailfilter; [ "${COMPREPLY[*]}" = customer ]' "$root" "$mf"
ok $? "completion of a command"
bash -c '. "$0/filter/mailfilter.bash"; COMP_WORDS=("$1" import --stri); COMP_CWORD=2; _mailfilter; [ "${COMPREPLY[*]}" = --strict ]' "$root" "$mf"
ok $? "completion of an option"
bash -c '. "$0/filter/mailfilter.bash"; COMP_WORDS=("$1" import --account ""); COMP_CWORD=3; _mailfilter; [ "${COMPREPLY[*]}" = main ]' "$root" "$mf"
ok $? "completion of an account"
finish
