#!/bin/sh
# The demo tells the same story each time, on one screen, from any folder.
. "$(dirname "$0")/../lib.sh"

cd / || exit 1
exits 0 "the demo runs, started from another folder" "$root/tests/demo/run" "$tmp/demo"
cp "$tmp/out" "$tmp/first"
first=$(cat "$tmp/first")
exits 0 "and once more" "$root/tests/demo/run" "$tmp/demo"
is "$(diff "$tmp/first" "$tmp/out")" "" "a second run says the same"
is "$(cat "$tmp/err")" "" "without a complaint"

like "$first" '12 400.00 CZK from 1000000005/0800 pays 2026-101, by reference' "what was matched, and why"
like "$first" '1 850.00 EUR from Talleres Ruiz SL pays 2026-103' "two invoices in one payment"
like "$first" '1 300.00 EUR .*part of the amount' "a part"
like "$first" '19.80 EUR of 2026-112 is closed as discount' "a discount"
like "$first" 'the same notice once more: nothing changes' "a notice that comes twice"
like "$first" 'crossed with the reminder of 2026-11-16 about 2026-111' "a crossing"
like "$first" 'reminder of 2026-118 to petr@kolo.example is recalled: the money came' "a recall"
like "$first" '^  2026-124 .*unverified mail about 6 700.00 CZK' "a forged notice holds"
unlike "$first" '(pays|put on) 2026-124' "and settles nothing"
like "$first" '^  2026-122 .*does not agree' "what is held back, and why"
like "$first" '333.00 CZK from 1234567899/0100 is from no known customer' "what waits for the owner"
like "$first" 'no reminder of 2026-115 for 2 days: unverified mail about 520.00 EUR from Sklad-Servis' "the mail of a bank that nobody knows"
like "$first" '3 200.00 CHF from Hotel Alpenblick AG pays 2026-109' "a statement names the payer"
like "$first" '1 605.00 USD from Quill and Partners may be for 2026-123 and 2026-130' "a suggestion"
like "$first" '980.00 USD is put on 2026-123 by Eva' "and its answer"
like "$first" 'letters recalled +1 ' "the figures"
like "$first" 'explain 2026-118' "what to do next"
is "$(printf '%s\n' "$first" | wc -l | awk '{ print ($1 > 40 && $1 < 100) }')" 1 "about two screens"
is "$(sed "s,$tmp/demo,demo,g" "$tmp/first" | LC_ALL=C.UTF-8 grep -E '^.{111}')" "" "of lines that fit"
is "$("$root/mailfilter" --home "$tmp/demo" --now 2026-11-24T09:00:00Z check | grep -vc 'in order$')" 0 "and leaves a sound home"

for paper in 2026-132 2026-133 2026-134 2026-135 2026-136 CN-2026-0001; do
	exits 0 "$paper is a sound page" qpdf --check "$tmp/demo/documents/$paper.pdf"
done
like "$(pdftotext -layout "$tmp/demo/documents/2026-135.pdf" -)" 'Авторский надзор.*6 250,00' "in Russian"
like "$(pdftotext -layout "$tmp/demo/documents/2026-136.pdf" -)" '3/3' "sixty lines are three pages"
like "$(zbarimg_of() { pdftoppm -r 150 -png "$1" "$tmp/qr" && zbarimg -q --raw --oneshot -Sbinary "$tmp"/qr-1.png; }
    zbarimg_of "$tmp/demo/documents/2026-132.pdf")" '^SPD\*1.0\*ACC:CZ2720100000002900123451.*AM:32004.50' "its code is what a Czech bank scans"

seen=0
for letter in $(sed -n 's/.* \(\/[^ ]*\.eml\)$/\1/p' "$tmp/first"); do
	[ -s "$letter" ] && seen=$((seen + 1))
done
is $seen 6 "every path that it names can be opened"

mkdir "$tmp/kept"; echo mine >"$tmp/kept/file"
exits 1 "a folder that is no home is left alone" "$root/tests/demo/run" "$tmp/kept"
is "$(cat "$tmp/kept/file")" mine "nothing of it is touched"

if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null &&
    setpriv --reuid 65534 --regid 65534 --clear-groups test -r "$root/tests/demo/run"; then
	mkdir "$tmp/nobody"; chown 65534:65534 "$tmp/nobody"
	exits 0 "it needs no root" setpriv --reuid 65534 --regid 65534 \
	    --clear-groups env HOME=/nonexistent "$root/tests/demo/run" "$tmp/nobody/demo"
	sed "s,$tmp/nobody/demo,$tmp/demo,g" "$tmp/out" >"$tmp/nobody.out"
	like "$(cat "$tmp/nobody.out")" 'is recalled: the money came' "and tells the same"
else
	skip "it needs no root" "cannot become another user here"
fi
finish
