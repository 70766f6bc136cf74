-- 007.sql - accounts are found by their last characters; the words of
-- customers' names are folded in another way: they are filled in anew when
-- the store is next opened.

CREATE INDEX customer_account_tail ON customer_account (substr(account, -4));
DELETE FROM customer_word;

PRAGMA user_version = 7;
