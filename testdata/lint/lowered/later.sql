-- Right on PostgreSQL 15, which is assumed, and wrong from 16 on.
CREATE TABLE audit (id bigint PRIMARY KEY, system_user text);
