-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY bookings_room_id_idx ON bookings (room_id);

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY bookings_room_id_idx;
