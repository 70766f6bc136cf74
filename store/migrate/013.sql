-- 013.sql - open invoices that were not sent yet, or go by a policy of their own,
-- are found without the others.

CREATE INDEX invoice_unsent ON invoice (id) WHERE state = 1 AND sent = 0;
CREATE INDEX invoice_policy ON invoice (due) WHERE state = 1
	AND policy IS NOT NULL;
CREATE INDEX customer_policy ON customer (id) WHERE policy IS NOT NULL;

PRAGMA user_version = 13;
