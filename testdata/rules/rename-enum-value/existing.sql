ALTER TYPE mood RENAME VALUE 'happy' TO 'it''s fine';
-- Silent: made here, or another rule's.
CREATE TYPE size AS ENUM ('small');
ALTER TYPE size RENAME VALUE 'small' TO 'little';
ALTER TYPE mood ADD VALUE 'sad';
ALTER TYPE mood RENAME TO feeling;
