-- 013.sql - open invoices that were not sent yet are found without the others.

CREATE INDEX invoice_unsent ON invoice (id) WHERE state = 1 AND sent = 0;

PRAGMA user_version = 13;
