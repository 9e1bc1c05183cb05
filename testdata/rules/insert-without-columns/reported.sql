CREATE TABLE colors (id int PRIMARY KEY, name text, "Code" text);
COMMIT;
INSERT INTO points VALUES (1, 2), (3, 4);
INSERT INTO app.points AS p SELECT x, y FROM old_points;
WITH gone AS (DELETE FROM points WHERE old RETURNING x, y)
INSERT INTO old_points SELECT g.x, o.y FROM gone g JOIN others o USING (x);
WITH new AS (INSERT INTO points VALUES (1, 2) RETURNING x) SELECT x FROM new;
INSERT INTO points VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING *;
