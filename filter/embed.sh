#!/bin/sh
# Prints code lists (filter/codes) as C: one string `code_lists` of lines, each
# list after a line "@NAME". As numbers: a string of this length is no ISO C.
printf 'static const unsigned char code_lists[] = {\n'
awk 'FNR == 1 {n = FILENAME; sub(".*/", "", n); print "@" n} !/^#/' "$@" |
    od -An -v -tu1 | sed 's/  */,/g; s/^,//; s/$/,/'
printf '0 };\n'
