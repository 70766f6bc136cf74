#!/bin/sh
# Lines of invoices that an older program has kept in rows stand in documents.
. "$(dirname "$0")/../lib.sh"
for step in $(seq -f %03g 1 21); do sqlite3 "$tmp/old.db" <"$root/store/migrate/$step.sql"; done
sqlite3 "$tmp/old.db" <<'Q'
INSERT INTO customer(id,key,name,terms_days,po_required,undelivered,key_folded,name_folded) VALUES(1,'C','C',-1,0,0,'c','c');
INSERT INTO invoice(id,key,number,customer,type,state,date,due,currency,amount,tax,opening,open,announced,discount_bp,sent) VALUES
 (1,'a','a',1,0,1,'2026-01-01','2026-01-02','EUR',1,0,1,1,0,0,0),
 (2,'b','b',1,0,1,'2026-01-01','2026-01-02','JPY',1,0,1,1,0,0,0),
 (3,'c','c',1,0,1,'2026-01-01','2026-01-02','KWD',1,0,1,1,0,0,0);
INSERT INTO invoice_line VALUES(1,1,'y',NULL,1000,-5,0,-5),(1,0,'x','h',2500,8550,1900,21375),
 (1,2,'z "q"','kg',333,1000,550,333),(2,0,'j',NULL,10000,150,1000,1500),(3,0,'k',NULL,1000,1005,0,1005);
INSERT INTO invoice_series VALUES('2026-',7);
Q
sqlite3 "$tmp/old.db" <"$root/store/migrate/022.sql"; ok $? "the step is taken"
doc() { sqlite3 "$tmp/old.db" "SELECT document FROM invoice_document WHERE invoice = $1" | jq -r '.lines[] | [.text, .quantity, .unit // "-", .price, .category, .rate] | join(" ")'; }
is "$(doc 1)" 'x 2.5 h 85.50 S 19
y -1 - 0.05 Z 0
z "q" 0.333 kg 10.00 S 5.5' "prices, quantities and rates, in their order"
is "$(doc 2)" "j 10 - 150 S 10" "a currency without decimals"
is "$(doc 3)" "k 1 - 1.005 Z 0" "one with three"
is "$(sqlite3 "$tmp/old.db" 'SELECT * FROM invoice_series')" "2026-{N}|7|1" "the series goes on"
is "$(sqlite3 "$tmp/old.db" "SELECT count(*) FROM sqlite_schema WHERE name = 'invoice_line'")" 0 "the rows are gone"

# ---- and are shown and sent like others
. "$root/tests/cmd/books.sh"
books
sed -i 's/^\tcountry = "CZ"/&\n\ttax-id = "CZ27604004"/' "$home/mailfilter.conf"
store=$(find "$home" -name store.db)
sqlite3 "$store" "UPDATE invoice SET amount = 1210, opening = 1210, open = 1210, tax = 210, sent = 0 WHERE key = 'I1';
INSERT INTO invoice_document SELECT id, '{\"lines\":[{\"text\":\"Old work\",\"quantity\":\"2\",\"unit\":\"h\",\"price\":\"5.00\",\"category\":\"S\",\"rate\":\"21\"}]}' FROM invoice WHERE key = 'I1'"
exits 0 "show" "$mf" invoice show I1
like "$(cat "$tmp/out")" '^Old work +2 +h +5 +21 % +10.00$' "with its lines"
exits 0 "its PDF" "$mf" invoice show --format pdf --output "$tmp/o.pdf" I1
like "$(pdftotext -layout "$tmp/o.pdf" - 2>/dev/null || echo none)" 'Old work|none' "has them too"
exits 0 "copy" "$mf" --json invoice copy I1
is "$(jq -r '.state + " " + .amount' <"$tmp/out")" "draft 12.10" "can be made anew"
# an imported invoice without any line
exits 0 "an invoice of another program" "$mf" invoice show I2
sqlite3 "$store" "UPDATE invoice SET amount = 12100, opening = 12100, open = 12100, tax = 2100 WHERE key = 'I2'"
exits 0 "its PDF" "$mf" invoice show --format pdf --output "$tmp/o.pdf" I2
exits 65 "its credit note needs its taxes or a line" "$mf" invoice credit --amount 1 I4
finish
