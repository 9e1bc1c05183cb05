-- Silent: a table of this file is new; its rows are few.
CREATE TABLE countries (code text, name text);
SELECT code FROM countries WHERE name = $1;
