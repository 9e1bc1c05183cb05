TRUNCATE orders;
truncate table only app."Lines", public.items restart identity cascade;
