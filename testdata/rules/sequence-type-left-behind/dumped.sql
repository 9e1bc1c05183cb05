-- As pg_dump writes a serial column.
CREATE TABLE orders (id integer NOT NULL);
CREATE SEQUENCE orders_id_seq AS integer START WITH 1 INCREMENT BY 1;
ALTER SEQUENCE orders_id_seq OWNED BY orders.id;
ALTER TABLE ONLY orders
    ALTER COLUMN id SET DEFAULT nextval('orders_id_seq'::regclass);
ALTER TABLE orders ALTER COLUMN id TYPE bigint;
