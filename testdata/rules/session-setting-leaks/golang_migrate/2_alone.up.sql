-- Alone it is in no transaction.
SET lock_timeout = '5s';
