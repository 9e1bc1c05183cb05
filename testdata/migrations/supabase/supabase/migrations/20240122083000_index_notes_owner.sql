create index concurrently notes_owner_idx on public.notes (owner);
