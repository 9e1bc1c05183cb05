-- Another configuration, another column, a B-tree.
SELECT id FROM pages WHERE to_tsvector('simple', body) @@ to_tsquery($1);
SELECT id FROM pages p WHERE to_tsvector('english', p.title) @@ plainto_tsquery('english', $1);
SELECT id FROM pages WHERE words @@ websearch_to_tsquery($1);
SELECT id FROM pages WHERE plainto_tsquery($1) @@ words;
SELECT id FROM pages WHERE to_tsvector('english', coalesce(title, '') || ' ' || coalesce(body, '')) @@ to_tsquery($1);
-- No configuration.
SELECT id FROM pages WHERE to_tsvector(body) @@ to_tsquery('english', $1);
SELECT id FROM pages WHERE setweight(to_tsvector(body), 'A') @@ to_tsquery($1);
SELECT id FROM pages WHERE body @@ to_tsquery($1);
SELECT id FROM pages WHERE title @@ 'tree';
