-- Right on PostgreSQL 15, which is assumed; the words become keywords later.
CREATE TABLE audit (id bigint PRIMARY KEY, system_user text);
SELECT json_value(payload, 'total', 'none') FROM events;
