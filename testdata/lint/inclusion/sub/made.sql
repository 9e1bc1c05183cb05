CREATE TABLE made (id int);
