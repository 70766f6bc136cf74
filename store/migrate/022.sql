-- 022.sql - the lines of invoices stand in their documents; a series of numbers
-- is written with its counter's place ("2026-{N}") and knows where it began.

ALTER TABLE invoice_series ADD COLUMN first INTEGER NOT NULL DEFAULT 1
	CHECK (first > 0);
UPDATE invoice_series SET series = series || '{N}';

-- Prices were minor units, quantities thousandths, rates hundredths of a
-- percent. A price below zero is a quantity below zero (EN 16931, BR-27).
INSERT INTO invoice_document (invoice, document)
SELECT invoice, json_object('lines', json_group_array(json(line))) FROM (
	SELECT l.invoice, l.position, json_patch(json_object('text', l.text,
		'quantity', iif((l.quantity < 0) <> (l.price < 0), '-', '') ||
			rtrim(rtrim(printf('%d.%03d', abs(l.quantity) / 1000,
			abs(l.quantity) % 1000), '0'), '.'),
		'price', iif(d.digits = 0, printf('%d', abs(l.price)),
			printf('%d.%0*d', abs(l.price) / d.unit, d.digits,
			abs(l.price) % d.unit)),
		'category', iif(l.tax_bp > 0, 'S', 'Z'),
		'rate', rtrim(rtrim(printf('%d.%02d', l.tax_bp / 100,
			l.tax_bp % 100), '0'), '.')),
		iif(l.unit IS NULL, '{}', json_object('unit', l.unit))) AS line
	FROM invoice_line l JOIN invoice i ON i.id = l.invoice
	JOIN (SELECT 0 AS digits, 1 AS unit, 'JPY BIF CLP DJF GNF ISK KMF KRW '
		|| 'PYG RWF UGX UYI VND VUV XAF XOF XPF' AS codes
		UNION ALL SELECT 3, 1000, 'BHD IQD JOD KWD LYD OMR TND'
		UNION ALL SELECT 4, 10000, 'CLF UYW'
		UNION ALL SELECT 2, 100, NULL) d
		ON CASE WHEN d.codes IS NOT NULL THEN instr(d.codes, i.currency)
		ELSE NOT instr('JPY BIF CLP DJF GNF ISK KMF KRW PYG RWF UGX '
		|| 'UYI VND VUV XAF XOF XPF BHD IQD JOD KWD LYD OMR TND CLF UYW',
		i.currency) END
	ORDER BY l.invoice, l.position)
WHERE invoice NOT IN (SELECT invoice FROM invoice_document)
GROUP BY invoice;
DROP TABLE invoice_line;

PRAGMA user_version = 22;
