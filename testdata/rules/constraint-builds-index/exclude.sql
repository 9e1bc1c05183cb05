-- options: --postgres-version 18
ALTER TABLE bookings ADD CONSTRAINT bookings_room_during_excl
    EXCLUDE USING gist (room WITH =, during WITH &&);
ALTER TABLE app.bookings ADD UNIQUE (room, during WITHOUT OVERLAPS);
