#!/bin/sh
# make install and uninstall, under another name and prefix: the installed
# program finds its data and helpers, and uninstall leaves nothing behind.
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 1

# What is built already and does not know of places is not built again.
mkdir "$tmp/build"
for what in flags labels-index libfilter.a libparser.a libstore.a libtemplates.a \
    filter parser store templates; do
	cp -a "build/$what" "$tmp/build"
done
mk() {
	make -s B="$tmp/build" X="$tmp/tree/" PREFIX="$tmp/usr" \
	    PROGRAM_PREFIX=my- "$@" >"$tmp/log" 2>&1 </dev/null
}
mk install; ok $? "make install"
is "$(find "$tmp/build" -name '*.o' -newer "$tmp/build/places" | wc -l)" 2 "built for these places: what knows them"
tail -n 5 "$tmp/log" | sed 's/^/# /'
for file in bin/my-mailfilter libexec/my-mailfilter/mailfilter-pipe \
    libexec/my-mailfilter/mailfilter-extract share/my-mailfilter/banks/cz-fio.bank \
    share/my-mailfilter/hooks/procmailrc share/man/man1/my-mailfilter.1 \
    share/man/man5/my-mailfilter.conf.5 share/man/man5/my-mailfilter-bank.5 share/man/man5/my-mailfilter-invoice.5 \
    share/man/man5/my-mailfilter-statement.5 share/my-mailfilter/statements/de-sparkasse.csvmap \
    share/man/man7/my-mailfilter-template.7 \
    share/bash-completion/completions/my-mailfilter; do
	[ -s "$tmp/usr/$file" ]; ok $? "installed: $file"
done
is "$(find "$tmp/usr" -name '*mailfilter.5' | wc -l)" 0 "no page mailfilter(5): that is maildrop's"
is "$(grep -rlE '@[A-Z]+@' "$tmp/usr/share/my-mailfilter/hooks" | wc -l)" 0 "recipes carry real paths"
grep -q "$tmp/usr/libexec/my-mailfilter/my-mailfilter-pipe\|$tmp/usr/libexec/my-mailfilter/mailfilter-pipe" \
    "$tmp/usr/share/my-mailfilter/hooks/procmailrc"; ok $? "the recipe names the pipe"
pipe=$(grep -oE "$tmp/usr/libexec/[^ ]*-pipe" "$tmp/usr/share/my-mailfilter/hooks/procmailrc" | head -n 1)
[ -x "$pipe" ]; ok $? "and it is there: $pipe"
rm -rf "$tmp/tree" "$tmp/build"

mf=$tmp/usr/bin/my-mailfilter
. "$root/tests/fixture.sh"
home=$tmp/home
make_home "$home"; ok $? "the installed program makes a home"
bank_mail 2026001 499.00 1 | "$pipe" deliver --home "$home"; ok $? "takes a mail through the pipe"
is "$(invoice_open 2026-001)" 0.00 "reads the bank with the installed files"
"$mf" --home "$home" -q send; ok $? "renders and sends with the installed helpers"
[ -n "$(ls "$home"/outbox/*.eml 2>/dev/null)" ]; ok $? "a letter lies in the outbox"

make -s PREFIX="$tmp/usr" PROGRAM_PREFIX=my- uninstall >/dev/null; ok $? "make uninstall"
is "$(find "$tmp/usr" -type f)" "" "leaves no file"
finish
