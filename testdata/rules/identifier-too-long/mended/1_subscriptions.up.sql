CREATE TABLE subscriptions (id bigint PRIMARY KEY, a bigint, b bigint);
-- Silent: a later migration renames or drops each of these.
CREATE INDEX subscriptions_that_are_due_for_renewal_by_the_account_and_product_a ON subscriptions (a);
ALTER TABLE subscriptions ADD CONSTRAINT subscriptions_that_are_due_for_renewal_by_the_account_and_have_b_too CHECK (b > 0);
CREATE TABLE subscriptions_that_were_due_for_renewal_by_the_account_and_product (id bigint PRIMARY KEY);
-- It stays, whatever its table is called.
ALTER TABLE subscriptions ADD CONSTRAINT subscriptions_that_are_due_for_renewal_by_the_account_and_need_a_too CHECK (a > 0);
-- A function may stay.
CREATE FUNCTION renew_all_the_subscriptions_that_are_due_by_the_account_and_product() RETURNS void LANGUAGE sql AS '';
