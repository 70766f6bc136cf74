#!/bin/sh
# The folders are the layers: who may include, link and name what.
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 1

files() { git ls-files "$1" | grep -E '\.[ch]$'; }
for folder in parser store templates filter; do
	n=$(files $folder | wc -l)
	[ "$n" -gt 3 ]; ok $? "$folder has files to look at ($n)"
done

# never FOLDER PATTERN NAME [EXCEPT]: no line of code of the folder has it
never() {
	found=$(files "$1" | grep -Ev "${4:-^-$}" | xargs grep -nE "$2" /dev/null |
	    grep -vE '^[^:]*:[0-9]+:[[:space:]]*(/?\*|//)')
	is "$found" "" "$1: $3"
}
inc='^#include ["<]'
never parser "${inc}(\.\./)*(store|templates|filter)/" "includes no other layer"
never store "${inc}(\.\./)*(parser|templates|filter)/" "includes no other layer"
never templates "${inc}(\.\./)*(parser|store|filter)/" "includes no other layer"
never filter "${inc}(\.\./)+(store/[^s]|parser/[^p]|templates/[^t])" \
    "only the public headers of others"
never parser "<gmime" "gmime only in mime.c" '^parser/mime\.[ch]$'
never store "<gmime|jansson|libxml" "knows neither mail nor JSON"
never filter "<gmime|sqlite3\.h|<libxml|<pcre2" "no gmime, sqlite3, libxml2, pcre2" '^filter/sign/'
never filter "<libetpan|<gnutls" "libetpan only in the send helper" '^filter/send/'
never parser "<opendkim" "libopendkim only in the dkim helper" '^parser/dkim/'
never templates "<(cairo|pango|qpdf|qrencode|lzma|libxml)" "pages only in the render helper" '^templates/render/'
never parser "<libxml" "libxml2 only in the extract helper" '^parser/extract/'
sql='"[[:space:]]*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE|BEGIN|COMMIT|PRAGMA)[ ;]'
for folder in filter parser templates; do
	never $folder "$sql" "no SQL"
done
quiet='(^|[^a-z_])(printf|puts|perror|exit|getenv|time|g_getenv|g_get_real_time|g_print|g_printerr)[[:space:]]*\('
never parser "$quiet" "never prints, exits, reads clock or environment" '^parser/(extract|dkim)/'
never store "$quiet" "never prints, exits, reads clock or environment"
never templates "$quiet" "never prints, exits, reads clock or environment" '^templates/render/'
for header in parser/parser.h store/store.h templates/templates.h; do
	is "$(grep -cE '<(gmime|sqlite3|libetpan)' $header)" 0 "$header shows no library of the layer"
done
is "$(grep -rhoE '"BEGIN[^"]*"' store/*.c | sort -u | grep -vc IMMEDIATE)" 0 "every BEGIN is IMMEDIATE"
grep -rqE '"BEGIN IMMEDIATE' store/*.c; ok $? "and there is one"

# Each folder links alone: with its own libraries and nothing of the others.
alone() {		# alone FOLDER "PACKAGES"
	echo 'int main(void) { return 0; }' >"$tmp/main.c"
	# shellcheck disable=SC2046
	cc -o "$tmp/alone" "$tmp/main.c" -Wl,--whole-archive "build/lib$1.a" \
	    -Wl,--no-whole-archive $(pkg-config --libs $2) -lm 2>"$tmp/link"
	code=$?
	[ $code = 0 ] || head -n 5 "$tmp/link" | sed 's/^/# /'
	ok $code "$1 links alone with $2"
	[ "$(nm "build/lib$1.a" | grep -c ' T ')" -gt 5 ]
	ok $? "$1: nm saw its functions"
}
alone parser "gmime-3.0 libpcre2-8 jansson libseccomp"
alone store "glib-2.0 sqlite3"
alone templates "gmime-3.0 jansson"
outside() {		# outside FOLDER PATTERN NAME: no such undefined symbol
	is "$(nm -u "build/lib$1.a" | grep -E " U ($2)" | sort -u)" "" "$1: $3"
}
outside parser 'sqlite3_|xml[A-Z]|mailstream|store_|letter_' "no foreign symbols"
outside store 'g_mime|json_|xml[A-Z]|event_' "no foreign symbols"
outside templates 'sqlite3_|xml[A-Z]|store_|event_' "no foreign symbols"
outside filter 'sqlite3_|g_mime|xml[A-Z]|mailsmtp|gnutls|pcre2_' "no foreign symbols"
outside parser 'strtod|atof' "no floating point reading"
outside store 'strtod|atof' "no floating point reading"
linked() {		# linked PROGRAM PATTERN NAME: not linked with
	[ -x "$1" ]; ok $? "$1 is there"
	is "$(readelf -d "$1" | grep NEEDED | grep -E "$2")" "" "$3"
}
linked mailfilter 'xml2|etpan|gnutls|cairo|pango|qpdf|qrencode|opendkim|crypto|ncurses|tinfo' "mailfilter stays lean"
linked libexec/mailfilter-extract 'gmime|sqlite|etpan' "extract: only what it needs"
linked libexec/mailfilter-send 'gmime|sqlite|xml2' "send: only what it needs"
linked libexec/mailfilter-render 'sqlite|etpan|gnutls' "render: only what it needs"
linked libexec/mailfilter-dkim 'gmime|sqlite|etpan|xml2' "dkim: only what it needs"
linked libexec/mailfilter-sign 'sqlite|etpan|xml2|gnutls' "sign: only what it needs"
linked libexec/mailfilter-screen 'gmime|sqlite|etpan|xml2|gnutls' "screen: only what it needs"
linked libexec/mailfilter-pipe '.' "pipe: static"
finish
