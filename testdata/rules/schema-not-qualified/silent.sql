CREATE TABLE public.orders (id bigint PRIMARY KEY);
CREATE INDEX ON public.orders (id);
ALTER TABLE public.orders ADD COLUMN total integer;
CREATE VIEW public.totals AS SELECT total FROM public.orders;
CREATE FUNCTION public.one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TEMPORARY TABLE work (a int);
CREATE INDEX ON work (a);
INSERT INTO orders VALUES (1);
