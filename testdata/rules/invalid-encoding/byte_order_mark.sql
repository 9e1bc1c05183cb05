-- Silent: psql and the tools skip a UTF-8 byte order mark at the start.
SELECT 1;
