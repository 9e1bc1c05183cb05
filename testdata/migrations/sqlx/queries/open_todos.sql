SELECT id, description FROM todos WHERE NOT done ORDER BY id;
