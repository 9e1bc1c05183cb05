---- tern: disable-tx ----

create index concurrently entries_amount_idx on entries (amount);

---- create above / drop below ----

---- tern: disable-tx ----

drop index concurrently entries_amount_idx;
