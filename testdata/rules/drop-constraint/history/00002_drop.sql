-- +goose Up
ALTER TABLE users DROP CONSTRAINT users_email_key;
ALTER TABLE users DROP CONSTRAINT users_age_check;
ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey,
    DROP CONSTRAINT orders_seller_id_fkey,
    DROP CONSTRAINT orders_buyer_id_fkey;
ALTER TABLE orders DROP CONSTRAINT orders_day_excl;
ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE;
