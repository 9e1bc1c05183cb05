ALTER TABLE public.books DROP COLUMN isbn;
