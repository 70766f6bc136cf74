-- 019.sql - what the owner was asked about a customer is found without the rest.

CREATE INDEX question_customer ON question (customer, code)
	WHERE customer IS NOT NULL;

PRAGMA user_version = 19;
