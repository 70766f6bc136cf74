-- 020.sql - what an invoice says in full, and what is on file of its buyer.

-- The document of an invoice: the JSON of mailfilter-invoice(5), as issued.
CREATE TABLE invoice_document (
	invoice INTEGER PRIMARY KEY REFERENCES invoice,
	document TEXT NOT NULL CHECK (document GLOB '{*}')
) STRICT;

-- party: the buyer of mailfilter-invoice(5). billing: how it wants invoices.
ALTER TABLE customer ADD COLUMN party TEXT CHECK (party GLOB '{*}');
ALTER TABLE customer ADD COLUMN billing TEXT CHECK (billing GLOB '{*}');

PRAGMA user_version = 20;
