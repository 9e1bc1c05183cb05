-- What up and down steps may leave behind: every object with what is said of
-- it, in the words of the rule down-step-incomplete. The caller's search_path is
-- empty. owner: the label of what it goes with; what a user made has an oid from
-- 16384 on.
WITH member AS MATERIALIZED (
    SELECT classid, objid FROM pg_depend WHERE deptype IN ('e', 'i') AND
        refclassid IN ('pg_extension'::regclass, 'pg_type'::regclass)
), namespace AS MATERIALIZED (
    SELECT oid, nspname, CASE WHEN nspname = 'public' THEN ''
        ELSE quote_ident(nspname) || '.' END AS prefix
    FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
), relation AS MATERIALIZED (
    SELECT c.*, n.prefix || quote_ident(c.relname) AS called,
        CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table'
            WHEN 'f' THEN 'foreign table' WHEN 'v' THEN 'view'
            WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
            WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' WHEN 'c' THEN 'type'
        END AS kind
    FROM pg_class AS c JOIN namespace AS n ON n.oid = c.relnamespace
    WHERE c.oid >= 16384 AND c.relkind <> 't' AND c.relpersistence <> 't'
        AND NOT EXISTS (SELECT FROM member WHERE objid = c.oid
            AND classid = 'pg_class'::regclass)
)
SELECT 'schema ' || quote_ident(nspname), '', '' FROM namespace
WHERE nspname <> 'public'
UNION ALL
SELECT 'extension ' || quote_ident(extname), '', '' FROM pg_extension
WHERE oid >= 16384
UNION ALL
SELECT kind || ' ' || called, '', concat_ws(' ', relkind, relpersistence,
    relrowsecurity, relforcerowsecurity,
    (SELECT string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno)
        FROM pg_inherits WHERE inhrelid = relation.oid),
    (SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', '
            ORDER BY attname)
        FROM pg_attribute WHERE attrelid = relation.oid AND attnum > 0
            AND relkind IN ('v', 'm')),
    CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END,
    CASE WHEN relkind IN ('v', 'm') THEN reloptions::text END,
    (SELECT 'in the order ' || string_agg(attname, ', ' ORDER BY attnum)
        FROM pg_attribute WHERE attrelid = relation.oid AND attnum > 0
            AND relkind IN ('v', 'm')),
    (SELECT 'query made by ' || w.xmin FROM pg_rewrite AS w
        WHERE w.ev_class = relation.oid AND w.rulename = '_RETURN'))
FROM relation WHERE relkind NOT IN ('i', 'I', 'S')
UNION ALL
SELECT kind || ' ' || called, coalesce((
        SELECT 'column ' || t.called || '.' || quote_ident(a.attname)
        FROM pg_depend AS d JOIN relation AS t ON t.oid = d.refobjid
        JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
        WHERE d.objid = r.oid AND d.classid = 'pg_class'::regclass
            AND d.deptype = 'a'), ''),
    concat_ws(' ', seqtypid::regtype, seqstart, seqincrement, seqmax, seqmin,
        seqcache, seqcycle)
FROM relation AS r JOIN pg_sequence ON seqrelid = r.oid
WHERE NOT EXISTS (SELECT FROM pg_depend WHERE objid = r.oid AND deptype = 'i'
    AND classid = 'pg_class'::regclass)
UNION ALL
SELECT CASE t.relkind WHEN 'c' THEN 'attribute ' ELSE 'column ' END ||
        t.called || '.' || quote_ident(a.attname), t.kind || ' ' || t.called,
    concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull,
        a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid))
FROM relation AS t JOIN pg_attribute AS a ON a.attrelid = t.oid
LEFT JOIN pg_attrdef AS d ON d.adrelid = t.oid AND d.adnum = a.attnum
WHERE t.relkind IN ('r', 'p', 'f', 'c') AND a.attnum > 0
    AND NOT a.attisdropped AND (a.attislocal OR a.attinhcount = 0)
UNION ALL
SELECT 'constraint ' || quote_ident(k.conname) || ' of ' || t.called,
    t.kind || ' ' || t.called,
    replace(pg_get_constraintdef(k.oid), ' NOT VALID', '')
FROM pg_constraint AS k JOIN relation AS t ON t.oid = k.conrelid
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conislocal
    AND k.conparentid = 0
UNION ALL
SELECT 'index ' || i.called, t.kind || ' ' || t.called,
    replace(pg_get_indexdef(i.oid), ' INDEX ' || quote_ident(i.relname), '')
FROM relation AS i JOIN pg_index AS x ON x.indexrelid = i.oid
JOIN relation AS t ON t.oid = x.indrelid
WHERE NOT i.relispartition AND NOT EXISTS (
    SELECT FROM pg_constraint AS k
    WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT 'trigger ' || quote_ident(g.tgname) || ' of ' || t.called,
    t.kind || ' ' || t.called, pg_get_triggerdef(g.oid) || g.tgenabled::text
FROM pg_trigger AS g JOIN relation AS t ON t.oid = g.tgrelid
WHERE NOT g.tgisinternal
UNION ALL
SELECT 'policy ' || quote_ident(p.polname) || ' of ' || t.called,
    t.kind || ' ' || t.called, concat_ws(' ', p.polcmd, p.polpermissive, p.polroles,
        pg_get_expr(p.polqual, p.polrelid), '/',
        pg_get_expr(p.polwithcheck, p.polrelid))
FROM pg_policy AS p JOIN relation AS t ON t.oid = p.polrelid
UNION ALL
SELECT 'rule ' || quote_ident(w.rulename) || ' of ' || t.called,
    t.kind || ' ' || t.called, pg_get_ruledef(w.oid) || w.ev_enabled::text
FROM pg_rewrite AS w JOIN relation AS t ON t.oid = w.ev_class
WHERE w.rulename <> '_RETURN'
UNION ALL
SELECT 'statistics object ' || n.prefix || quote_ident(s.stxname),
    t.kind || ' ' || t.called, pg_get_statisticsobjdef(s.oid)
FROM pg_statistic_ext AS s JOIN namespace AS n ON n.oid = s.stxnamespace
JOIN relation AS t ON t.oid = s.stxrelid
UNION ALL
SELECT CASE t.typtype WHEN 'd' THEN 'domain ' ELSE 'type ' END || n.prefix ||
        quote_ident(t.typname), '',
    concat_ws(' ', t.typtype, CASE WHEN t.typtype = 'd' THEN
        format_type(t.typbasetype, t.typtypmod) END, t.typnotnull)
FROM pg_type AS t JOIN namespace AS n ON n.oid = t.typnamespace
WHERE t.oid >= 16384 AND t.typtype IN ('e', 'd', 'r') AND NOT EXISTS (
    SELECT FROM member WHERE objid = t.oid AND classid = 'pg_type'::regclass)
UNION ALL
SELECT CASE p.prokind WHEN 'p' THEN 'procedure ' WHEN 'a' THEN 'aggregate '
        ELSE 'function ' END || n.prefix || quote_ident(p.proname) || '(' ||
        replace(oidvectortypes(p.proargtypes), 'public.', '') || ')', '',
    concat_ws(' ', p.proretset, p.prorettype::regtype, p.provolatile, p.prosecdef,
        p.proisstrict, p.proleakproof, p.proparallel, p.proconfig,
        pg_get_function_arguments(p.oid),
        (SELECT lanname FROM pg_language AS l WHERE l.oid = p.prolang),
        lower(regexp_replace(regexp_replace(p.prosrc, '--[^\n]*', '', 'g'),
            '\s+', '', 'g')))
FROM pg_proc AS p JOIN namespace AS n ON n.oid = p.pronamespace
WHERE p.oid >= 16384 AND NOT EXISTS (
    SELECT FROM member WHERE objid = p.oid AND classid = 'pg_proc'::regclass)
UNION ALL
SELECT 'value ''' || e.enumlabel || ''' of type ' || n.prefix ||
    quote_ident(t.typname), 'type ' || n.prefix || quote_ident(t.typname), ''
FROM pg_enum AS e JOIN pg_type AS t ON t.oid = e.enumtypid
JOIN namespace AS n ON n.oid = t.typnamespace
