-- Silent: made here.
CREATE TYPE size AS ENUM ('small');
ALTER TYPE size RENAME VALUE 'small' TO 'little';
-- Silent: nothing is renamed.
ALTER TYPE mood ADD VALUE 'sad';
