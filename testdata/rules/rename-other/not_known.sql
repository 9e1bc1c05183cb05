ALTER FUNCTION tax(numeric) RENAME TO sales_tax;
ALTER TYPE app.mood RENAME TO feeling;
ALTER SCHEMA app RENAME TO application;
ALTER SEQUENCE numbers RENAME TO all_numbers;
ALTER PROCEDURE p RENAME TO q;
ALTER DOMAIN email RENAME TO mail;
