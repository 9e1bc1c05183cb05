CREATE SEQUENCE "Numbers";
CREATE TABLE "Orders" (
    id bigint PRIMARY KEY,
    "madeAt" timestamptz,
    total integer CONSTRAINT "Positive" CHECK (total > 0)
);
CREATE INDEX "byTime" ON "Orders" (id);
ALTER SEQUENCE "Numbers" OWNED BY "Orders".id;
