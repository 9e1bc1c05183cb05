-- 0x81 is nothing in Windows-1252.
SELECT 'Å';
