-- Silent: a name that no rule has is suppression-unknown's.
-- pgsquint: allow drop-tabel
SELECT 1;
