-- After the transaction that added it: reading all rows lets others write.
ALTER TABLE accounts VALIDATE CONSTRAINT accounts_status_check;
