-- Silent: syntax that only the newest server has is right for that server.
CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    net numeric,
    gross numeric GENERATED ALWAYS AS (net * 1.19) VIRTUAL,
    CONSTRAINT positive CHECK (net > 0) NOT ENFORCED
);
MERGE INTO orders USING imports ON imports.id = orders.id
    WHEN MATCHED THEN UPDATE SET net = imports.net
    WHEN NOT MATCHED BY SOURCE THEN DELETE
    RETURNING merge_action(), old.net, new.net;
SELECT * FROM JSON_TABLE('[1, 2]'::jsonb, '$[*]' COLUMNS (a integer PATH '$'));
