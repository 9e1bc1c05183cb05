-- Renamed by an earlier migration, and used by its new name since.
DROP TABLE orders;
