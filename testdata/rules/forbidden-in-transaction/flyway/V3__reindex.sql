-- Flyway does not know this one.
REINDEX TABLE CONCURRENTLY orders;
