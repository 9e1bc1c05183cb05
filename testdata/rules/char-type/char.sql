CREATE TABLE countries (code char(2) PRIMARY KEY, flag character, "Names" character(10)[]);
-- Nothing is shorter but the empty text.
CREATE TABLE flags (lock char(1) PRIMARY KEY, sign "char");
