-- Several things are wrong with each table: the server names the one that it
-- looks at first. It reads columns and keys, then makes sequences, then looks
-- for parents, then at all columns, then at the table's own name; defaults,
-- bounds and constraints come last.
CREATE TABLE taken (id int PRIMARY KEY, b text);
CREATE TYPE taken_type AS ENUM ('a');
CREATE TABLE parts (a int, b int) PARTITION BY LIST (a);
CREATE VIEW seen AS SELECT 1 AS a;

-- Types, column by column, with what their clauses say.
CREATE TABLE taken (a nope);
CREATE TABLE t (a int, a nope);
CREATE TABLE t (a int, c nowhere.x, a decimal(8, 3));
CREATE TABLE t (a text(5), b smallserial DEFAULT NULL);
CREATE TABLE t (b smallserial DEFAULT NULL, a text(5));
CREATE TABLE t (a int COLLATE "C" NULL NOT NULL);
CREATE TABLE t (a int, b nope NULL NOT NULL);
CREATE TABLE t (c smallserial NULL DEFAULT 1);
CREATE TABLE t (c smallserial DEFAULT NULL NULL);
CREATE TABLE t (c smallserial NOT NULL NULL);
CREATE TABLE t (c smallserial GENERATED ALWAYS AS IDENTITY NULL);
CREATE TABLE t (LIKE nope, a nope);
CREATE TABLE t (a nope, LIKE nope);
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY, b nope);

-- Then what keys name; one column of them at a time.
CREATE TABLE taken (a int, UNIQUE (nope));
CREATE TABLE t (a int[] DEFAULT 1, UNIQUE (nope));
CREATE TABLE t (a int, CHECK (nope > 0), UNIQUE (a, a));
CREATE TABLE t (a int, EXCLUDE (a WITH =) WHERE (clock_timestamp() < now()),
    UNIQUE (nope));
CREATE TABLE t (a int, PRIMARY KEY (a, a, nope));
CREATE TABLE t (a int, PRIMARY KEY (nope, a, a));
CREATE TABLE t (a int, PRIMARY KEY (a) INCLUDE (nope));
CREATE TABLE t (a int PRIMARY KEY, UNIQUE (nope), PRIMARY KEY (nope));
CREATE TABLE t (a int, a int, UNIQUE (nope));
CREATE TABLE t (LIKE taken, UNIQUE (b, nope));
CREATE TABLE t (a int, UNIQUE (nope)) INHERITS (nowhere);
CREATE TABLE t (a int, UNIQUE (nope)) INHERITS (taken);
CREATE TABLE t (a int, UNIQUE (xmin), a int);

-- Then parents' names, and columns' names.
CREATE TABLE t (a int, a int) INHERITS (nope);
CREATE TABLE taken (a int) INHERITS (taken, nope);
CREATE TABLE t () INHERITS (parts, parts);
CREATE TABLE t () INHERITS (seen, taken, taken);
CREATE TABLE t (a int, a int) INHERITS (seen);
CREATE TABLE t (b int) INHERITS (parts, taken);
CREATE TABLE t (b int) INHERITS (taken, parts);
CREATE TEMPORARY TABLE fleeting (a int);
CREATE TABLE t () INHERITS (fleeting, fleeting);
CREATE TABLE t (id varchar(0)) INHERITS (seen);

-- Then what columns may be, all of them before the table's own name.
CREATE TABLE taken (b int) INHERITS (taken);
CREATE TABLE taken (a setof int);
CREATE TABLE taken (xmin int, b setof int);
CREATE TABLE taken (b record, xmin int);
CREATE TABLE taken (b record);
CREATE TABLE taken_type (b record);
CREATE TABLE taken_type (b int);
CREATE TABLE taken (b int DEFAULT now());
CREATE TABLE seen PARTITION OF taken FOR VALUES IN (1);
CREATE TABLE t PARTITION OF taken FOR VALUES IN (1);
CREATE TABLE t PARTITION OF taken (nope NOT NULL) FOR VALUES IN (1);
CREATE TABLE t PARTITION OF seen FOR VALUES IN (1);
CREATE TABLE own (a own);
CREATE TABLE own () INHERITS (own);
CREATE TABLE own (LIKE own);

-- Then defaults, the bound, the key, and constraints.
CREATE TABLE t (a int DEFAULT now(), CHECK (nope));
CREATE TABLE t PARTITION OF parts (CHECK (nope)) FOR VALUES FROM (1) TO (2);
CREATE TABLE t PARTITION OF parts (b DEFAULT now())
    FOR VALUES FROM (1) TO (2);
CREATE TABLE t (a int, CHECK (nope)) PARTITION BY LIST (nope);
CREATE TABLE t (a int[] DEFAULT 1) PARTITION BY LIST (nope);
CREATE TABLE t (a int, b point, UNIQUE (b), CHECK (nope));
CREATE TABLE t (a int PRIMARY KEY) PARTITION BY LIST (nope);

-- What partitions may not have.
CREATE TABLE t PARTITION OF parts (b GENERATED ALWAYS AS IDENTITY)
    FOR VALUES IN (1);
CREATE TABLE t PARTITION OF parts (b GENERATED ALWAYS AS (1) STORED)
    FOR VALUES IN (1);
CREATE TABLE t (a int) INHERITS (taken) PARTITION BY LIST (a);

-- And all is well.
CREATE TABLE child (LIKE taken INCLUDING ALL, c int, UNIQUE (b, c));
CREATE TABLE heir (c int, PRIMARY KEY (id, c)) INHERITS (taken);
CREATE TABLE part PARTITION OF parts (PRIMARY KEY (a)) FOR VALUES IN (1);
