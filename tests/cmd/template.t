#!/bin/sh
# The templates that a user can change: list, show, copy, edit, preview, check;
# a broken one never stops a mail; what is attached to letters.
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 1
render=${MAILFILTER_LIBEXEC:-$root/libexec}/mailfilter-render
own=$MAILFILTER_HOME/templates
exits 0 'a home' "$mf" -q init

# ---- list and show ----
exits 0 'list' "$mf" template list
like "$(cat "$tmp/out")" '^Language +Name +Whose +Falls back to +File$' 'its columns'
"$mf" --json template list >"$tmp/all"
is "$(jq -r .from "$tmp/all" | sort -u)" ours 'all are ours'
is "$(jq -r 'select(.language == "ru" and .name == "credit-note") | .path' "$tmp/all")" \
    "$root/templates/ru/credit-note" 'with their places'
is "$(jq -r 'select(.name == "layout.html") | .language' "$tmp/all")" '' 'and what all languages share'
is "$(jq -r 'select(.language == "" and (.name | test("\\.c$|\\.h$|json$")))' "$tmp/all")" '' 'no sources'
exits 0 'list of a language' "$mf" --json template list --language de-at
is "$(jq -r .language "$tmp/out" | sort -u)" de-at 'only that'
exits 64 'no such way to write a language' "$mf" template list --language '../x'
exits 0 'show' "$mf" template show invoice --language DE
like "$(head -n 1 "$tmp/out")" 'Rechnung' 'in that language'
exits 0 'show with a slash' "$mf" template show fr/invoice
like "$(head -n 1 "$tmp/out")" 'Facture' 'the same'
exits 0 'show what is shared' "$mf" template show pay.txt --language es
exits 66 'show nothing' "$mf" template show poem
for name in ../../etc/passwd a/b/c en/../x .hidden; do
	exits 64 "no way out of the folder: $name" "$mf" template show "$name"
done

# ---- copy and edit ----
exits 0 'copy -n' "$mf" template copy -n receipt --language it
is "$(test -e "$own/it/receipt"; echo $?)" 1 'does nothing'
exits 0 'copy' "$mf" template copy receipt --language it
is "$(cmp "$own/it/receipt" templates/it/receipt && echo same)" same 'is ours'
exits 73 'never over yours' "$mf" template copy receipt --language it
exits 0 'copy of what is shared' "$mf" template copy pay.html --language it
is "$(test -f "$own/pay.html" && echo there)" there 'goes to what is shared'
"$mf" --json template list >"$tmp/all"
is "$(jq -r 'select(.from == "yours") | .language + "/" + .name' "$tmp/all" | sort | xargs)" \
    '/pay.html it/receipt' 'listed as yours'
mkdir -p "$own/cs"; cp templates/en/words "$own/cs/words"
is "$("$mf" --json template list --language cs | jq -r 'select(.name == "invoice") | .falls_back_to')" \
    en 'a language of yours falls back on English'
rm -r "$own/cs"
cat >"$tmp/editor" <<'EOF'
#!/bin/sh
printf 'Subject: Ciao\n\n{{> greeting}}\n\n{{poem}}\n' >"$1"
EOF
chmod 755 "$tmp/editor"
VISUAL="$tmp/editor" exits 65 'edit, and what came of it is checked' "$mf" template edit receipt --language it
like "$(cat "$tmp/err")" "^$own/it/receipt:5: \"poem\" is no name of a value" 'with its line'
exits 65 'check' "$mf" template check
is "$(grep -c . "$tmp/err")" 1 'names that, too'
cp templates/it/receipt "$own/it/receipt"
exits 0 'check of what is in order' "$mf" template check
like "$(cat "$tmp/out")" 'All templates are in order' 'says so'
printf '<table>{{#pay}}\n' >"$own/pay.html"
exits 65 'check of a broken part' "$mf" template check
like "$(cat "$tmp/err")" "^$own/pay.html:1: a section is not closed: pay" 'with its line'
rm "$own/pay.html"
printf '<page><blink>x</blink></page>\n' >"$own/invoice.page"
exits 65 'check of a broken page' "$mf" template check
like "$(cat "$tmp/err")" 'invoice.page.*blink' 'names what is wrong'
exits 0 'and yet there is a page' "$mf" template preview invoice --format pdf --output "$tmp/page.pdf"
like "$(cat "$tmp/err")" 'left out' 'with a warning'
rm "$own/invoice.page"

# ---- preview ----
for format in text html pdf message; do
	exits 0 "preview as $format" "$mf" template preview invoice --language pt --format $format
done
exits 0 'preview into a file' "$mf" template preview statement --format pdf --output "$tmp/s.pdf"
is "$(head -c 5 "$tmp/s.pdf")" '%PDF-' 'which is a PDF'
exits 64 'no such format' "$mf" template preview invoice --format doc
exits 73 'no such folder' "$mf" template preview invoice --output /nowhere/x
exits 0 'preview of the mail' "$mf" template preview invoice --format message
like "$(tr -d '\r' <"$tmp/out")" 'filename="Invoice 2026-0112.pdf"' 'with its file'
sed -i 's/^documents {/&\n\tcolour = "#ff8800"\n\tpaper = letter\n\tfooter = {"Registered in Nowhere, HRB 4711", "Managing director: Lena Vogt"}/' \
    "$MAILFILTER_HOME/mailfilter.conf"
exits 0 'with a colour' "$mf" template preview invoice --format html
like "$(cat "$tmp/out")" 'background-color:#ff8800' 'the button has it'
like "$(cat "$tmp/out")" '>Managing director: Lena Vogt</p>' 'and the foot is there'
exits 0 'the same as text' "$mf" template preview invoice
like "$(cat "$tmp/out")" '^Registered in Nowhere, HRB 4711$' 'has the foot, too'
exits 0 'and as a page' "$mf" template preview invoice --format pdf --output "$tmp/l.pdf"
if command -v pdfinfo >/dev/null 2>&1; then
	like "$(pdfinfo "$tmp/l.pdf")" 'Page size: +612 x 792' 'on letter paper'
else
	skip 'on letter paper' 'no pdfinfo'
fi
for bad in 'colour = "orange"' 'logo = "/nowhere.png"' 'paper = a3' "logo = \"$root/Makefile\""; do
	sed "s|^documents {|documents {\n\t$bad|; /colour = \"#ff/d; /paper = letter/d" \
	    "$MAILFILTER_HOME/mailfilter.conf" >"$tmp/bad.conf"
	chmod 600 "$tmp/bad.conf"
	exits 78 "not taken: $bad" "$mf" --config "$tmp/bad.conf" template preview invoice
done

# ---- a credit note as it leaves ----
. "$root/tests/fixture.sh"
cp "$root/tests/fixture.conf" "$MAILFILTER_HOME/mailfilter.conf"
chmod 600 "$MAILFILTER_HOME/mailfilter.conf"
sed -i 's/^owner {/&\n\tstreet = "Dlouhá 1"\n\tpostcode = "11000"\n\tcity = "Praha"\n\ttax-id = "CZ699999992"/' \
    "$MAILFILTER_HOME/mailfilter.conf"
printf 'id,name,contact,email,language,country,currency\nC1,Client GmbH,Frau Anna Client,anna@client.example,de,CZ,CZK\n' >"$tmp/c.csv"
"$mf" -q import "$tmp/c.csv"
"$mf" -q customer edit C1 --street "Am Weiher 1" --postcode 99999 --city Neudorf
exits 0 'an invoice' "$mf" invoice new --customer C1 --line "Beratung;3;h;100;21" --po PO-7
exits 0 'part of it is credited' "$mf" invoice credit --amount 121.00 --reason "Eine Stunde war zu viel." 2026-0001
MAILFILTER_NOW=2026-11-23T10:00:00Z "$mf" -q send
python3 -c '
import email, email.policy, glob, sys
for path in glob.glob(sys.argv[1] + "/outbox/credit-note*"):
    m = email.message_from_binary_file(open(path, "rb"), policy=email.policy.default)
    print(str(m["subject"]).replace("\u00a0", " "))
    print(m.get_body(("plain",)).get_content().replace("\u00a0", " "))
    print([part.get_filename() for part in m.iter_attachments()])
' "$MAILFILTER_HOME" >"$tmp/credit"
for line in '^Gutschrift CN-2026-0001 .*: 121,00 CZK zu Ihren Gunsten$' \
    '^Eine Stunde war zu viel\.$' '^  Gutschrift: 121,00 CZK$' \
    '^  Noch offen: 242,00 CZK$' "^\['Gutschrift CN-2026-0001.pdf'\]"; do
	like "$(cat "$tmp/credit")" "$line" "the mail of a credit note: $line"
done
unlike "$(cat "$tmp/credit")" 'Zahlbar bis|IBAN|Kontonummer' 'asks for no money'

# ---- broken templates, and files ----
python3 tests/cmd/template.py "$render" "$tmp" >"$tmp/said" 2>"$tmp/err"
is $? 0 'the letters could be looked at'
head -n 20 "$tmp/err"
while read -r verdict rest; do
	[ "$verdict" = good ]
	ok $? "$rest"
done <"$tmp/said"
[ "$(wc -l <"$tmp/said")" -ge 35 ]
ok $? 'many were looked at'
finish
