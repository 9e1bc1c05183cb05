-- Silent: an index has it.
SELECT id FROM pages WHERE to_tsvector('english', body) @@ to_tsquery($1);
SELECT id FROM pages p WHERE to_tsvector('english'::regconfig, p.body) @@ to_tsquery($1);
SELECT id FROM pages WHERE plainto_tsquery($1) @@ to_tsvector('english', body);
SELECT id FROM pages WHERE words @@ websearch_to_tsquery($1);
SELECT id FROM pages WHERE to_tsvector(language, title) @@ to_tsquery($1);
SELECT id FROM pages WHERE setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'B') @@ to_tsquery($1);
-- Silent: another condition is served.
SELECT id FROM pages WHERE title = $1 AND to_tsvector(body) @@ to_tsquery($2);
-- Silent: it is no text search.
SELECT id FROM pages WHERE data @@ '$.a == 1';
-- Silent: nobody knows the table, or the configuration.
SELECT id FROM papers WHERE to_tsvector(body) @@ to_tsquery($1);
SELECT id FROM pages WHERE to_tsvector($2::regconfig, body) @@ to_tsquery($1);
