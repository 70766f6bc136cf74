#!/bin/sh
# E-invoices: golden files, the rules of EN 16931 over random documents and
# mutations, what a profile demands, texts that are hostile, the schemas.
. "$(dirname "$0")/../lib.sh"
python=/usr/bin/python3
$python -c 'import lxml' 2>/dev/null ||
	{ skip "e-invoices" "no python3-lxml"; finish; }
$python "$root/tests/einvoice.py" "$root/libexec/mailfilter-render" \
    golden rules random mutants order demands texts schemas
code=$?
rm -rf "$tmp"
exit $code
