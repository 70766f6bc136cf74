#!/bin/sh
# The pages of letters: text, fonts, codes, page breaks, PDF/A, the same bytes
# again; and what a user's own page that is broken leads to.
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 1
render=${MAILFILTER_LIBEXEC:-$root/libexec}/mailfilter-render

for tool in pdftotext qpdf zbarimg; do
	command -v $tool >/dev/null 2>&1 || {
		skip 'pages' "$tool is not here"
		finish
	}
done
mkdir "$tmp/pages"
python3 tests/cmd/pdf.py "$render" "$tmp/pages" >"$tmp/said" 2>"$tmp/err"
is $? 0 'the pages could be looked at'
head -n 20 "$tmp/err"
while read -r verdict rest; do
	[ "$verdict" = good ]
	ok $? "$rest"
done <"$tmp/said"
[ "$(wc -l <"$tmp/said")" -gt 200 ]
ok $? 'many pages were looked at'

# PDFBox knows PDF/A-1 only: an embedded file, the part's number and fonts
# without CIDSet are what part 3 does otherwise.
jars=
for jar in preflight pdfbox2 fontbox2 xmpbox commons-logging commons-io \
    javax.activation jaxb-api; do
	[ -e "/usr/share/java/$jar.jar" ] || jars=missing
	[ "$jars" = missing ] || jars=$jars:/usr/share/java/$jar.jar
done
if [ "$jars" != missing ] && command -v javac >/dev/null 2>&1; then
	exits 0 'the check compiles' \
	    javac -cp "$jars" -d "$tmp" tests/cmd/Preflight.java
	exits 0 'the check of PDF/A ran' \
	    java -cp "$tmp$jars" Preflight "$tmp"/pages/*.pdf
	is "$(grep -c ' checked$' "$tmp/out")" \
	    "$(find "$tmp/pages" -name '*.pdf' | wc -l)" 'it saw each page'
	is "$(grep -vE ' (checked|1\.4\.7 .*|1\.2\.9 .*|3\.1\.11 .*|7\.11\.2 .*)$' \
	    "$tmp/out" | sed "s,$tmp/,,")" '' 'and found nothing'
	is "$(grep -cE 'pages/de.pdf (1\.4\.7|1\.2\.9)' "$tmp/out")" 0 \
	    'nothing is embedded in a plain page'
	is "$(grep -cE 'pages/factur-x.pdf 1\.4\.7' "$tmp/out")" 1 \
	    'it looks closely enough to see the embedded file'
else
	skip 'PDF/A' 'PDFBox or javac is not here'
fi
finish
