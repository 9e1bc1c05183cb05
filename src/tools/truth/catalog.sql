-- The schema that `pgsquint schema --format json` prints, as a server's own
-- catalogs have it. catalog.py fills in the :names, by the server's version.
-- The caller's search_path is empty, so that format_type() names schemas.
-- What a user made has an oid from 16384 on.
WITH namespace AS MATERIALIZED (
    SELECT oid, nspname AS name FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
), member AS MATERIALIZED (
    SELECT classid, objid FROM pg_depend
    WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
), relation AS MATERIALIZED (
    SELECT c.*, n.name AS namespace
    FROM pg_class AS c JOIN namespace AS n ON n.oid = c.relnamespace
    WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')
        AND (c.oid, 'pg_class'::regclass) NOT IN (SELECT objid, classid FROM member)
)
SELECT json_build_object(
'schemas', (
    SELECT coalesce(json_agg(name ORDER BY name COLLATE "C"), '[]')
    FROM namespace
    WHERE (oid, 'pg_namespace'::regclass) NOT IN (SELECT objid, classid FROM member)
),
'extensions', (
    SELECT coalesce(json_agg(json_build_object(
        'name', e.extname, 'schema', n.nspname
    ) ORDER BY e.extname COLLATE "C"), '[]')
    FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
    WHERE e.oid >= 16384
),
'types', (
    SELECT coalesce(json_agg(json_build_object(
        'schema', n.name,
        'name', t.typname,
        'kind', CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain'
            WHEN 'c' THEN 'composite' WHEN 'r' THEN 'range' END,
        'values', CASE WHEN t.typtype = 'e' THEN (
            SELECT coalesce(json_agg(enumlabel ORDER BY enumsortorder), '[]')
            FROM pg_enum WHERE enumtypid = t.oid) END,
        'base', CASE t.typtype
            WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod)
            WHEN 'r' THEN (SELECT format_type(rngsubtype, NULL)
                FROM pg_range WHERE rngtypid = t.oid) END,
        'nullable', CASE WHEN t.typtype = 'd' THEN NOT t.typnotnull END,
        'attributes', CASE WHEN t.typtype = 'c' THEN (
            SELECT coalesce(json_agg(json_build_object(
                'name', attname, 'type', format_type(atttypid, atttypmod)
            ) ORDER BY attnum), '[]')
            FROM pg_attribute
            WHERE attrelid = t.typrelid AND attnum > 0 AND NOT attisdropped) END,
        'constraints', CASE WHEN t.typtype = 'd' THEN (
            SELECT coalesce(json_agg(json_build_object(
                'name', conname, 'validated', convalidated
            ) ORDER BY conname COLLATE "C"), '[]')
            FROM pg_constraint WHERE contypid = t.oid AND contype = 'c') END
    ) ORDER BY n.name COLLATE "C", t.typname COLLATE "C"), '[]')
    FROM pg_type AS t JOIN namespace AS n ON n.oid = t.typnamespace
    WHERE t.oid >= 16384
        AND (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND t.typrelid IN (
            SELECT oid FROM relation WHERE relkind = 'c'))
        AND (t.oid, 'pg_type'::regclass) NOT IN (SELECT objid, classid FROM member)
),
'sequences', (
    SELECT coalesce(json_agg(json_build_object(
        'schema', c.namespace,
        'name', c.relname,
        'type', format_type(s.seqtypid, NULL),
        'owned_by', CASE WHEN owner.relname IS NOT NULL THEN json_build_object(
            'schema', owner_namespace.nspname, 'table', owner.relname,
            'column', a.attname) END,
        'identity', coalesce(d.deptype = 'i', false)
    ) ORDER BY c.namespace COLLATE "C", c.relname COLLATE "C"), '[]')
    FROM relation AS c JOIN pg_sequence AS s ON s.seqrelid = c.oid
    LEFT JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass
        AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass
        AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    LEFT JOIN pg_class AS owner ON owner.oid = d.refobjid
    LEFT JOIN pg_namespace AS owner_namespace
        ON owner_namespace.oid = owner.relnamespace
    LEFT JOIN pg_attribute AS a
        ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE c.relpersistence <> 't'
),
'functions', (
    SELECT coalesce(json_agg(json_build_object(
        'schema', n.name,
        'name', p.proname,
        'arguments', pg_get_function_identity_arguments(p.oid),
        'kind', CASE p.prokind WHEN 'f' THEN 'function' WHEN 'p' THEN 'procedure'
            WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window' END,
        'returns', pg_get_function_result(p.oid),
        'volatility', CASE p.provolatile WHEN 'i' THEN 'immutable'
            WHEN 's' THEN 'stable' WHEN 'v' THEN 'volatile' END,
        'security_definer', p.prosecdef
    ) ORDER BY n.name COLLATE "C", p.proname COLLATE "C",
        pg_get_function_identity_arguments(p.oid) COLLATE "C"), '[]')
    FROM pg_proc AS p JOIN namespace AS n ON n.oid = p.pronamespace
    WHERE p.oid >= 16384
        AND NOT EXISTS (SELECT FROM pg_depend
            WHERE classid = 'pg_proc'::regclass AND objid = p.oid
                AND deptype IN ('e', 'i'))
),
'tables', (
    SELECT coalesce(json_agg(json_build_object(
        'schema', c.namespace,
        'name', c.relname,
        'kind', CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table'
            WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
            WHEN 'f' THEN 'foreign table' END,
        'persistence', CASE c.relpersistence WHEN 'p' THEN 'permanent'
            WHEN 'u' THEN 'unlogged' END,
        'partition_of', CASE WHEN c.relispartition THEN (
            SELECT json_build_object('schema', pn.nspname, 'name', p.relname)
            FROM pg_inherits AS i JOIN pg_class AS p ON p.oid = i.inhparent
            JOIN pg_namespace AS pn ON pn.oid = p.relnamespace
            WHERE i.inhrelid = c.oid) END,
        'inherits', CASE WHEN c.relispartition THEN '[]' ELSE (
            SELECT coalesce(json_agg(json_build_object(
                'schema', pn.nspname, 'name', p.relname
            ) ORDER BY i.inhseqno), '[]')
            FROM pg_inherits AS i JOIN pg_class AS p ON p.oid = i.inhparent
            JOIN pg_namespace AS pn ON pn.oid = p.relnamespace
            WHERE i.inhrelid = c.oid) END,
        'row_security', c.relrowsecurity,
        'columns', (
            SELECT coalesce(json_agg(json_build_object(
                'name', a.attname,
                'type', format_type(a.atttypid, a.atttypmod),
                'nullable', NOT a.attnotnull,
                'default', a.atthasdef AND a.attgenerated = '',
                'identity', CASE a.attidentity WHEN 'a' THEN 'always'
                    WHEN 'd' THEN 'by default' END,
                'generated', CASE a.attgenerated WHEN 's' THEN 'stored'
                    WHEN 'v' THEN 'virtual' END,
                'inherited', a.attinhcount > 0
            ) ORDER BY a.attnum), '[]')
            FROM pg_attribute AS a
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
        'constraints', (
            SELECT coalesce(json_agg(json_build_object(
                'name', k.conname,
                'type', CASE k.contype WHEN 'p' THEN 'primary key'
                    WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign key'
                    WHEN 'c' THEN 'check' WHEN 'x' THEN 'exclude' END,
                'columns', CASE WHEN k.contype <> 'c' AND 0 = ANY (k.conkey)
                        THEN NULL
                    WHEN k.contype = 'c' THEN (
                        SELECT coalesce(json_agg(a.attname ORDER BY a.attnum), '[]')
                        FROM pg_attribute AS a
                        WHERE a.attrelid = c.oid AND a.attnum = ANY (k.conkey))
                    ELSE (
                        SELECT coalesce(json_agg(a.attname ORDER BY key.position), '[]')
                        FROM unnest(k.conkey) WITH ORDINALITY AS key(number, position)
                        JOIN pg_attribute AS a
                            ON a.attrelid = c.oid AND a.attnum = key.number) END,
                'references', CASE WHEN k.contype = 'f' THEN (
                    SELECT json_build_object(
                        'schema', rn.nspname,
                        'table', r.relname,
                        'columns', (
                            SELECT json_agg(a.attname ORDER BY key.position)
                            FROM unnest(k.confkey)
                                WITH ORDINALITY AS key(number, position)
                            JOIN pg_attribute AS a
                                ON a.attrelid = r.oid AND a.attnum = key.number),
                        'on_update', :action(k.confupdtype),
                        'on_delete', :action(k.confdeltype))
                    FROM pg_class AS r JOIN pg_namespace AS rn
                        ON rn.oid = r.relnamespace
                    WHERE r.oid = k.confrelid) END,
                'validated', k.convalidated,
                'enforced', :enforced,
                'deferrable', k.condeferrable,
                'deferred', k.condeferred,
                'inherited', NOT k.conislocal
            ) ORDER BY k.conname COLLATE "C"), '[]')
            FROM pg_constraint AS k
            WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x')
                -- A foreign key to a partitioned table has one more for each
                -- partition, which pg_dump and psql do not show either.
                AND NOT EXISTS (SELECT FROM pg_constraint AS original
                    WHERE original.oid = k.conparentid
                        AND original.conrelid = k.conrelid)),
        'not_null', :not_null,
        'indexes', (
            SELECT coalesce(json_agg(json_build_object(
                'name', ic.relname,
                'constraint', (
                    SELECT k.conname FROM pg_constraint AS k
                    WHERE k.conindid = ic.oid AND k.contype IN ('p', 'u', 'x')),
                'method', am.amname,
                'unique', i.indisunique,
                'primary', i.indisprimary,
                'nulls_not_distinct', :nulls_not_distinct,
                'valid', i.indisvalid,
                'partial', i.indpred IS NOT NULL,
                'columns', (
                    SELECT json_agg(CASE WHEN key.number = 0 THEN json_build_object(
                        'expression', ia.attname,
                        'descending', (i.indoption[ia.attnum - 1] & 1) <> 0,
                        'nulls_first', (i.indoption[ia.attnum - 1] & 2) <> 0)
                    ELSE json_build_object(
                        'column', a.attname,
                        'descending', (i.indoption[ia.attnum - 1] & 1) <> 0,
                        'nulls_first', (i.indoption[ia.attnum - 1] & 2) <> 0)
                    END ORDER BY ia.attnum)
                    FROM pg_attribute AS ia
                    CROSS JOIN LATERAL (SELECT i.indkey[ia.attnum - 1] AS number) AS key
                    LEFT JOIN pg_attribute AS a
                        ON a.attrelid = c.oid AND a.attnum = key.number
                    WHERE ia.attrelid = ic.oid AND ia.attnum <= i.indnkeyatts),
                'include', (
                    SELECT coalesce(json_agg(a.attname ORDER BY ia.attnum), '[]')
                    FROM pg_attribute AS ia JOIN pg_attribute AS a
                        ON a.attrelid = c.oid AND a.attnum = i.indkey[ia.attnum - 1]
                    WHERE ia.attrelid = ic.oid AND ia.attnum > i.indnkeyatts)
            ) ORDER BY ic.relname COLLATE "C"), '[]')
            FROM pg_index AS i JOIN pg_class AS ic ON ic.oid = i.indexrelid
            JOIN pg_am AS am ON am.oid = ic.relam
            WHERE i.indrelid = c.oid),
        -- Before 15 a partition's copy of a trigger counts as internal; what
        -- truly is serves a constraint.
        'triggers', (
            SELECT coalesce(json_agg(json_build_object(
                'name', t.tgname,
                'enabled', CASE t.tgenabled WHEN 'O' THEN 'origin'
                    WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica'
                    WHEN 'A' THEN 'always' END
            ) ORDER BY t.tgname COLLATE "C"), '[]')
            FROM pg_trigger AS t
            WHERE t.tgrelid = c.oid AND NOT EXISTS (
                SELECT FROM pg_constraint AS k
                WHERE k.oid = t.tgconstraint AND k.contype <> 't')),
        'policies', (
            SELECT coalesce(json_agg(json_build_object(
                'name', p.polname,
                'command', CASE p.polcmd WHEN '*' THEN 'all' WHEN 'r' THEN 'select'
                    WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update'
                    WHEN 'd' THEN 'delete' END,
                'permissive', p.polpermissive,
                'roles', (
                    SELECT json_agg(coalesce(r.rolname, 'public')
                        ORDER BY coalesce(r.rolname, 'public') COLLATE "C")
                    FROM unnest(p.polroles) AS role(oid)
                    LEFT JOIN pg_roles AS r ON r.oid = role.oid)
            ) ORDER BY p.polname COLLATE "C"), '[]')
            FROM pg_policy AS p WHERE p.polrelid = c.oid)
    ) ORDER BY c.namespace COLLATE "C", c.relname COLLATE "C"), '[]')
    FROM relation AS c
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't'
)
)
