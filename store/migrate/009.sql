-- 009.sql - what matching looks at of a customer's open invoices stands side by
-- side in their index; holds of one invoice are found among many of a customer.

DROP INDEX invoice_open;
CREATE INDEX invoice_open ON invoice (customer, due, id, key, number, type,
	state, date, currency, amount, opening, open, announced, reference, po,
	discount_until, discount_bp) WHERE state = 1;
DROP INDEX hold_customer;
CREATE INDEX hold_customer ON hold (customer, invoice);

PRAGMA user_version = 9;
