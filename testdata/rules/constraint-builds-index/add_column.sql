ALTER TABLE users ADD COLUMN email text UNIQUE;
ALTER TABLE users
    ADD COLUMN nickname text CONSTRAINT users_nick UNIQUE DEFERRABLE COLLATE "C"
        DEFAULT '' NOT NULL,
    ADD COLUMN IF NOT EXISTS phone text CHECK (phone <> '') UNIQUE;
ALTER TABLE logs ADD COLUMN id bigserial PRIMARY KEY;
ALTER TABLE events ADD id uuid DEFAULT gen_random_uuid() PRIMARY KEY;
-- Silent: no index comes with these.
ALTER TABLE users ADD COLUMN note text NOT NULL DEFAULT '' CHECK (note <> 'x');
ALTER TABLE users ADD COLUMN boss bigint REFERENCES users;
