-- options: --postgres-version 17
GRANT ALL ON orders TO app;
