-- Create "readings" table
CREATE TABLE "readings" ("device_id" bigint NOT NULL, "taken_at" timestamptz NOT NULL, "value" double precision NOT NULL, PRIMARY KEY ("device_id", "taken_at"), CONSTRAINT "readings_device_id" FOREIGN KEY ("device_id") REFERENCES "devices" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
