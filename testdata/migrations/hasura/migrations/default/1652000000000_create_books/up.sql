CREATE TABLE public.books (
    id uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
    author_id uuid NOT NULL REFERENCES public.authors (id) ON DELETE CASCADE,
    title text NOT NULL
);
CREATE INDEX books_author_id_idx ON public.books (author_id);
