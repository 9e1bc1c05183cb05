create table public.notes (
    id bigint generated always as identity primary key,
    owner uuid not null,
    body text not null default '',
    created_at timestamptz not null default now()
);

alter table public.notes enable row level security;

create policy "owners read their notes" on public.notes
    for select using (owner = (select current_setting('request.jwt.claim.sub'))::uuid);
