CREATE INDEX CONCURRENTLY dishes_name_idx ON dishes (name);
