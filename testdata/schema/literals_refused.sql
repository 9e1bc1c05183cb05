-- Literals that no value of the type is; what ANY and ALL take is an array's.
CREATE TABLE t (a int, u uuid, n numeric, r text[]);
CREATE DOMAIN d AS int CHECK (VALUE = ALL ('{1}'));
CREATE DOMAIN e AS int CHECK (VALUE = ANY ('{1, 2}'));
CREATE VIEW v1 AS SELECT 'x'::uuid AS u;
CREATE VIEW v2 AS SELECT a FROM t WHERE u = 'x';
CREATE VIEW v3 AS SELECT a FROM t
    WHERE u = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11';
CREATE VIEW v4 AS SELECT '{a0eebc999c0b4ef8bb6d6bb9bd380a11}'::uuid AS u;
CREATE VIEW v5 AS SELECT 'A0EE-BC99-9C0B-4EF8-BB6D-6BB9-BD38-0A11'::uuid AS u;
CREATE VIEW v6 AS SELECT '{a0eebc999c0b4ef8bb6d6bb9bd380a11'::uuid AS u;
CREATE VIEW v7 AS SELECT a FROM t WHERE n = 'x';
CREATE VIEW v8 AS SELECT a FROM t WHERE n > ' -1.5' OR n = 'NaN' OR n < '.5';
CREATE VIEW v9 AS SELECT a FROM t WHERE r = 'x';
CREATE VIEW v10 AS SELECT a FROM t WHERE r = '{x}' OR r = ' {}';
CREATE VIEW v11 AS SELECT coalesce(r, 'x') AS r FROM t;
CREATE VIEW v12 AS SELECT '[2:3]={1,2}'::int[] AS r, '1 2'::int2vector AS w;
