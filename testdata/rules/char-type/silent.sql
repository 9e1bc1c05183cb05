-- No length to be filled up; the internal type of one byte.
CREATE TABLE countries (code text, name varchar(10), other bpchar, kind "char");
