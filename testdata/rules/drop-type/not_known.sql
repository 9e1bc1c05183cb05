DROP TYPE mood;
drop type if exists app."Size", color;
DROP DOMAIN email;
-- Silent: made again.
DROP TYPE shape;
CREATE TYPE shape AS ENUM ('round');
