-- atlas:txmode none

-- Create index "readings_taken_at" to table: "readings"
CREATE INDEX CONCURRENTLY "readings_taken_at" ON "readings" ("taken_at");
