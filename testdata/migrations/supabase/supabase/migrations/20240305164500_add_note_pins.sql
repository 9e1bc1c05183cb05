alter table public.notes add column pinned_at timestamptz;

create view public.pinned_notes with (security_invoker = true) as
    select id, owner, body from public.notes where pinned_at is not null;
