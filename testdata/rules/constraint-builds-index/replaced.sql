-- The name is taken until the old key goes: the index has another meanwhile.
ALTER TABLE "Session" DROP CONSTRAINT "Session_pkey", ADD CONSTRAINT "Session_pkey" PRIMARY KEY ("tenantId", id);
ALTER TABLE sessions DROP CONSTRAINT sessions_pkey, ADD PRIMARY KEY (id);
ALTER TABLE s ADD CONSTRAINT a_name_that_is_sixty_three_bytes_long_and_so_has_no_room_left_x UNIQUE (a), DROP CONSTRAINT a_name_that_is_sixty_three_bytes_long_and_so_has_no_room_left_x;
ALTER TABLE users DROP CONSTRAINT IF EXISTS users_email_key, ADD CONSTRAINT users_email_key UNIQUE (email);
