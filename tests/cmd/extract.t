#!/bin/sh
# mailfilter-extract: what is hidden in HTML is not text, what is seen is, in
# the shape that templates read; statements are checked to the last number;
# the sandbox holds.
. "$(dirname "$0")/../lib.sh"
x=$root/libexec/mailfilter-extract

html() { printf '%s' "$1" | "$x" html; }
# shows HTML TEXT NAME
shows() { is "$(html "$1")" "$(printf "$2")" "$3"; }
# hides HTML: 999 must not be seen, 5 must
hides() {
	_out=$(html "<p>Amount: 5.00</p>$1<p>End</p>")
	is "$_out" "Amount: 5.00
End" "hidden: $(printf %s "$1" | tr '\n' ' ' | cut -c1-70)"
}
# keeps HTML: 999 must be seen
keeps() { like "$(html "$1")" 999 "seen: $(printf %s "$1" | cut -c1-70)"; }

# --- hidden text ---------------------------------------------------------------
while IFS= read -r style; do
	hides "<div style=\"$style\">Amount: 999.00</div>"
	hides "<p><span style='$style'>Amount: <b>999.00</b></span></p>"
done <<'STYLES'
display:none
DISPLAY : None !important
display:/**/none
dis\play:none
visibility:hidden
visibility: collapse
opacity:0
opacity:.05
filter:alpha(opacity=0);opacity:0.0
font-size:0
font-size:1px
font-size: 0.1em
font:0/0 Arial
color:#fff
color:white;background:#ffffff
color:#fefefe
color:rgb(255,255,255)
color:rgba(0,0,0,0)
color:transparent
color:#12345600
background-color:black;color:#000
-webkit-text-fill-color:transparent
max-height:0;overflow:hidden
max-height:0px
height:0;overflow:hidden
width:0;overflow:hidden
max-width:0
position:absolute;left:-9999px
position:absolute; top:-1000px
position:fixed;right:-200em
text-indent:-9999px
margin-left:-5000px
clip:rect(0,0,0,0);position:absolute
clip-path:inset(50%)
clip-path: circle(0)
transform:scale(0)
transform:translateX(-9999px)
zoom:0
mso-hide:all
content-visibility:hidden
STYLES
hides '<div hidden>Amount: 999.00</div>'
hides '<style>.x{display:none}</style><p class="a x">Amount: 999.00</p>'
hides '<style>td, #y { color:#FFF }</style><p id=y>Amount: 999.00</p>'
hides '<style>div.z span{opacity:0}</style><div class=z><span>999</span></div>'
hides '<font color="#ffffff">Amount: 999.00</font>'
hides '<table bgcolor=#000000><tr><td><font color=black>999</font></table>'
hides '<script>document.write("Amount: 999.00")</script>'
hides '<title>Amount: 999.00</title>'
hides '<!-- Amount: 999.00 -->'
hides '<!--[if mso]><p>Amount: 999.00</p><![endif]-->'
hides '<template>Amount: 999.00</template>'
hides '<textarea>Amount: 999.00</textarea>'
hides '<svg><text>Amount: 999.00</text></svg>'
hides '<img alt="Amount: 999.00" src=x>'
hides '<input value="Amount: 999.00">'
hides '<div style="display:none"><p style="display:block">999.00</p></div>'
hides '<div style="font-size:0"><b style="font-size:2em">999.00</b></div>'

# --- seen text -----------------------------------------------------------------
keeps '<p style="color:#333">999</p>'
keeps '<p style="background:#003366;color:#fff">999</p>'
keeps '<div style="visibility:hidden"><p style="visibility:visible">999</p>'
keeps '<td style="font-size:0px"><div style="font-size:13px">999</div>'
keeps '<style>@media (max-width:600px){.m{display:none}}</style><p class=m>999'
keeps '<p style="opacity:.9;max-height:100px;left:10px">999</p>'
keeps '<p style="max-width:100%;width:0.5em;zoom:1">999</p>'
keeps '<p style="background:url(x.png);color:white">999</p>'

# --- layout --------------------------------------------------------------------
shows '<p>a<br>b</p><div>c</div>d' 'a\nb\nc\nd' "blocks are lines"
shows '<table><tr><td>a</td><td>b</td></tr><tr><th>c<td>d</table>' \
    'a\tb\nc\td' "rows are lines, cells have a tab"
shows '<tr><td><p>Amount:</p></td><td><div>5.00</div></td></tr>' \
    'Amount:\t5.00' "a block in a cell keeps its row"
shows '<p>a <b>b</b>  <i>c</i>d
e</p>' 'a b cd e' "blanks are one"
shows '<pre>a
  b</pre>' 'a\nb' "pre keeps its lines"
is "$(html '&euro;5&#44;00 &lt;x&gt; &amp; &#268;')" '€5,00 <x> & Č' "entities"
shows '<ul><li>a<li>b</ul><h1>c</h1>d' 'a\nb\nc\nd' "lists and headings"
is "$(html '')" "" "nothing of nothing"
is "$(html '<p>x</p' | tr -d '\n')" "x" "broken HTML"
like "$(html '<p><bdo dir=rtl>00.5</bdo> CZK</p>' | od -An -tx1 | tr -d '\n')" \
    'e2 80 ae' "turned text keeps a mark"
like "$(html '<p>5<sup>00</sup> CZK</p>' | od -An -tx1 | tr -d '\n')" \
    'e2 81 a0' "raised text keeps a mark"
is "$(printf '<p>\310\341stka</p>' | "$x" html --charset windows-1250)" \
    'Částka' "windows-1250"
is "$(printf '<meta charset="koi8-r"><p>\360\362\351</p>' |
    "$x" html --charset meta)" 'ПРИ' "a meta charset"
is "$(printf '<meta charset="koi8-r"><p>Č</p>' | "$x" html --charset meta)" \
    'Č' "UTF-8 is UTF-8 whatever its meta says"

# --- bounds --------------------------------------------------------------------
for open in '<b>' '<table><tr><td>' '<div style="color:#' '<a x=' '&#' '<!--' '<'; do
	awk -v s="$open" 'BEGIN { for (i = 0; i < 1000000; i += length(s)) printf s }' \
	    >"$tmp/many"
	exits 0 "a megabyte of $open" timeout 6 "$x" html <"$tmp/many"
done
head -c 5000000 /dev/zero | tr '\0' a >"$tmp/long"
exits 65 "too much HTML" "$x" html <"$tmp/long"
is "$(wc -l <"$tmp/err")" 1 "with one line that says so"
exits 64 "wrong use" "$x" pdf
exits 0 "the sandbox denies all" "$x" selftest
like "$(cat "$tmp/out")" 'all denied' "and says so"

# --- statements ----------------------------------------------------------------
sed '1s/encoding="UTF-8"/encoding="iso-8859-2"/' "$root/tests/statements/camt/version-02.xml" |
    iconv -f utf-8 -t iso-8859-2 >"$tmp/latin2.xml"
is "$("$x" statement <"$tmp/latin2.xml")" "$(cat "$root/tests/statements/camt/version-02.events")" \
    "a statement in iso-8859-2"

# Each number of a good statement, one unit more: refused on the frame.
good=$root/tests/statements/camt/version-04.xml
n=0
for line in $(grep -n '<Amt Ccy="EUR">' "$good" | cut -d: -f1); do
	sed "${line}s/\\(<Amt Ccy=\"EUR\">[0-9]*\\)\\([0-9]\\)\\(\\.[0-9]*\\)/\\19\\2\\3/" \
	    "$good" >"$tmp/mutant.xml"
	cmp -s "$good" "$tmp/mutant.xml" && continue
	n=$((n + 1))
	like "$("$x" statement <"$tmp/mutant.xml")" '"refused":\["(closing|amount)' \
	    "line $line: another amount is noticed"
done
[ $n -ge 5 ]; ok $? "changed $n amounts"
for change in 's/CRDT/DBIT/' 's/<Ccy>EUR/<Ccy>CZK/' 's/OPBD/XXXX/' 's/CLBD/XXXX/' \
    's/Ccy="EUR">480/Ccy="USD">480/' 's/<IBAN>CZ.*<.IBAN>//' 's/BOOK/PDNG/' \
    's/>480.00/>480.001/' 's/<Id>EUR-0319<.Id>//' 's/>25.00/>-25.00/'; do
	sed "$change" "$good" >"$tmp/mutant.xml"
	like "$("$x" statement <"$tmp/mutant.xml" | head -n 1)" '"refused"' \
	    "refused: $change"
done

# Hostile XML.
xml() { printf '%s' "$1" >"$tmp/x.xml"; exits "${3:-65}" "$2" "$x" statement <"$tmp/x.xml"; }
ns='xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"'
xml '<!DOCTYPE a><Document '"$ns"'/>' "a DOCTYPE"
like "$(cat "$tmp/err")" 'DOCTYPE' "says that it was the DOCTYPE"
xml '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>' \
    "an entity of a file"
xml '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>' \
    "entities in entities"
xml '<html/>' "something else" 66
xml '' "nothing" 66
xml "<Document $ns><a></Document>" "not well-formed"
xml "<Document $ns/>" "no statement in it"
xml "$(printf '<Document %s>' "$ns"; awk 'BEGIN { for (;i++ < 5000;) printf "<a>" }')" \
    "too deep"
xml 'Document' "no XML" 66
if command -v strace >/dev/null && strace -o "$tmp/trace" \
    -e trace=seccomp,openat,socket,execve,read "$x" statement <"$good" \
    >/dev/null 2>&1; then
	like "$(cat "$tmp/trace")" '^seccomp' "it shuts itself in"
	is "$(awk '/^seccomp/ { on = 1 } on && /openat|socket|execve/' \
	    "$tmp/trace")" "" "opens nothing after that"
	is "$(awk '/^seccomp/ { on = 1 } !on && /^read\(0/' "$tmp/trace")" \
	    "" "and reads nothing before"
else
	skip "shut in before it reads" "strace does not work here"
fi
finish
