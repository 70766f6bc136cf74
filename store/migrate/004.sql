-- 004.sql - what another document says of an amount is found without looking
-- at all entries of the same statement.

CREATE INDEX report_amount ON report (currency, amount, document, booked);

PRAGMA user_version = 4;
