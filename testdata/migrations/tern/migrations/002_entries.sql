create table entries (
    id bigint generated always as identity primary key,
    account_id bigint not null references accounts (id),
    amount numeric(14, 2) not null
);

---- create above / drop below ----

drop table entries;
