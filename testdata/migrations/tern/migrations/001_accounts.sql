create table accounts (
    id bigint generated always as identity primary key,
    name text not null
);

---- create above / drop below ----

drop table accounts;
