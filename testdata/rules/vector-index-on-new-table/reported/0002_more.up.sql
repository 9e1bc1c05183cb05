CREATE TABLE public.notes (id bigint PRIMARY KEY, embedding vector(3));
CREATE INDEX ON public.notes USING ivfflat (embedding vector_l2_ops);
