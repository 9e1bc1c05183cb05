-- None of these tables is made here: they are in use.
CREATE INDEX orders_user_id_idx ON orders (user_id);
create unique index on app.orders (number);
CREATE INDEX "Orders by day" ON "Order" ("placedAt" DESC, id)
    INCLUDE (total) WHERE status = 'open'; -- comments stay behind
CREATE /* why: reports */ INDEX orders_lower_email_idx
    ON orders USING btree (lower(email));
CREATE INDEX IF NOT EXISTS orders_status_idx ON orders (status);
BEGIN;
CREATE TABLE undone (id bigint);
ROLLBACK;
CREATE INDEX ON undone (id);
