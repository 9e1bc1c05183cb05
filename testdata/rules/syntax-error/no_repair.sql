-- What is meant, nobody can say: quotes would make a name of a keyword in a
-- query, and no comma, semicolon or word helps.
SELECT DISTINCT FROM orders;
DROP tuple nonsense;
