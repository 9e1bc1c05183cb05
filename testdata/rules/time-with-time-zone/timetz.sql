CREATE TABLE shops (opens_at timetz, "closesAt" time(3) with time zone);
