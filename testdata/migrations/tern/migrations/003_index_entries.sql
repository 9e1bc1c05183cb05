---- tern: disable-tx ----

create index concurrently entries_account_id_idx on entries (account_id);

---- create above / drop below ----

---- tern: disable-tx ----

drop index concurrently entries_account_id_idx;
