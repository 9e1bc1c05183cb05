SELECT words FROM quotes ORDER BY random() LIMIT 1;
SELECT id FROM quotes WHERE author = $1 ORDER BY random(), id FETCH FIRST 3 ROWS ONLY;
SELECT q.id FROM quotes q JOIN authors a ON a.id = q.author
    ORDER BY pg_catalog.random() LIMIT 5;
SELECT id FROM app.quotes ORDER BY gen_random_uuid() LIMIT 5;
SELECT (SELECT words FROM quotes ORDER BY random() LIMIT 1) AS quote;
