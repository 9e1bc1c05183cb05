-- options: --postgres-version 18
CREATE TABLE audit (id bigint PRIMARY KEY, system_user text);
SELECT json_value(payload, 'total', 'none') FROM events;
