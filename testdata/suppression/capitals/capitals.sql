-- Who writes SQL in capitals writes this in capitals too.

-- PGSQUINT: ALLOW DROP-TABLE
DROP TABLE A;

-- pgsquint: Allow drop-table
DROP TABLE B;

-- pgsquint: ALLOW-FILE Drop-Column
ALTER TABLE C DROP COLUMN D;

-- PGSQUINT: ALLOW DROP-TABEL
DROP TABLE E;
