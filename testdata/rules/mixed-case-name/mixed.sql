CREATE TABLE "UserAccount" (id bigint PRIMARY KEY, "createdAt" timestamptz, "HTTPStatus2Code" int);
