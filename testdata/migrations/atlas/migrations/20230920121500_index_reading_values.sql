-- atlas:txmode none

-- Create index "readings_value" to table: "readings"
CREATE INDEX CONCURRENTLY "readings_value" ON "readings" ("value");
