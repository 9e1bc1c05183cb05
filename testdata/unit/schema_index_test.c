/* schema/replay_index: CREATE INDEX and the indexes of partitions. Compared
 * with servers. */
#include "replayed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const struct replay_case index_cases[] = {
    {"names are numbered", 15,
     "CREATE TABLE t (a int, b text); CREATE INDEX ON t (a); "
     "CREATE INDEX t_a_idx2 ON t (a); CREATE INDEX ON t (a); CREATE INDEX ON "
     "t (a); CREATE INDEX ON t (a, a); CREATE INDEX IF NOT EXISTS t_a_idx ON "
     "t (b)",
     "t",
     "table public.t\n"
     "  a integer\n"
     "  b text\n"
     "  index t_a_idx btree (a)\n"
     "  index t_a_idx2 btree (a)\n"
     "  index t_a_idx1 btree (a)\n"
     "  index t_a_idx3 btree (a)\n"
     "  index t_a_a1_idx btree (a, a)\n"},
    {"expressions", 15,
     "CREATE TABLE t (a int, b text, d jsonb, e int[]); "
     "CREATE INDEX ON t (lower(b), upper(b), lower(b)); "
     "CREATE INDEX ON t ((a + 1), (a + 2)); CREATE INDEX ON t (coalesce(a, "
     "1)); CREATE INDEX ON t ((d ->> 'x'), (b::varchar)); CREATE INDEX ON t "
     "((CASE WHEN a > 1 THEN 2 END), (e[1])); CREATE INDEX ON t (((a)))",
     "t",
     "table public.t\n"
     "  a integer\n"
     "  b text\n"
     "  d jsonb\n"
     "  e integer[]\n"
     "  index t_lower_upper_lower1_idx btree (lower: lower(b), upper: "
     "upper(b), lower1: lower(b))\n"
     "  index t_expr_expr1_idx btree (expr: a + 1, expr1: a + 2)\n"
     "  index t_coalesce_idx btree (coalesce: coalesce(a, 1))\n"
     "  index t_expr_b_idx btree (expr: d ->> 'x', b: b::varchar)\n"
     "  index t_case_e_idx btree (case: CASE WHEN a > 1 THEN 2 END, e: "
     "e[1])\n"
     "  index t_a_idx btree (a)\n"},
    {"all that an index has", 15,
     "CREATE TABLE t (a int, b text, d jsonb); "
     "CREATE UNIQUE INDEX CONCURRENTLY x ON t (b COLLATE \"C\" "
     "text_pattern_ops DESC, a NULLS FIRST) INCLUDE (d) NULLS NOT DISTINCT "
     "WHERE b IS NOT NULL AND a IS NOT NULL; "
     "CREATE INDEX ON t USING gin (d jsonb_path_ops) WITH (fastupdate = off) "
     "WHERE (a > 1); CREATE INDEX ON t (a DESC NULLS LAST) INCLUDE (b)",
     "t",
     "table public.t\n"
     "  a integer\n"
     "  b text\n"
     "  d jsonb\n"
     "  index x unique nulls not distinct concurrent btree (b collate \"C\" "
     "text_pattern_ops desc nulls first, a nulls first) include (d) where b "
     "IS NOT NULL AND a IS NOT NULL only not null (b, a)\n"
     "  index t_d_idx gin (d jsonb_path_ops) where (a > 1)\n"
     "  index t_a_b_idx btree (a desc) include (b)\n"},
    {"a table from before the history", 15, "CREATE INDEX ON s.old (a, (b+1))",
     "s.old",
     "table s.old incomplete\n"
     "  a ?\n"
     "  b ?\n"
     "  index old_a_expr_idx btree (a, expr: b+1)\n"},
    {"a column that is not there", 15,
     "CREATE TABLE t (a int); CREATE INDEX ON t (b)", "t",
     "table public.t\n  a integer\n"},
    {"a materialized view's", 15,
     "CREATE TABLE t (a int); CREATE MATERIALIZED VIEW m AS SELECT a AS k "
     "FROM t; CREATE UNIQUE INDEX ON m (k)",
     "m",
     "materialized view public.m\n"
     "  k integer\n"
     "  index m_k_idx unique btree (k)\n"},
};

#define PARTITIONS                                                       \
    "CREATE TABLE m (id int NOT NULL, v int) PARTITION BY LIST (id); "   \
    "CREATE TABLE p PARTITION OF m FOR VALUES IN (1); "                  \
    "CREATE TABLE q PARTITION OF m FOR VALUES IN (2) PARTITION BY LIST " \
    "(v); CREATE TABLE q1 PARTITION OF q FOR VALUES IN (2); "

static const struct replay_case partition_cases[] = {
    {"every partition gets its own", 15,
     PARTITIONS "CREATE INDEX named ON m (v); ALTER TABLE m ADD UNIQUE (id, "
                "v)",
     "q1",
     "table public.q1 partition\n"
     "  id integer not null\n"
     "  v integer\n"
     "  unique q1_id_v_key (id, v)\n"
     "  index q1_v_idx btree (v)\n"
     "  index q1_id_v_key unique btree (id, v)\n"},
    {"ON ONLY is invalid until all are attached", 15,
     PARTITIONS "CREATE INDEX i ON ONLY m (v); CREATE INDEX pi ON p (v); "
                "ALTER INDEX i ATTACH PARTITION pi",
     "m",
     "partitioned table public.m\n"
     "  id integer not null\n"
     "  v integer\n"
     "  index i invalid btree (v)\n"},
    {"then it is valid", 15,
     PARTITIONS "CREATE INDEX i ON ONLY m (v); CREATE INDEX pi ON p (v); "
                "CREATE INDEX qi ON q (v); ALTER INDEX i ATTACH PARTITION pi; "
                "ALTER INDEX i ATTACH PARTITION qi",
     "m",
     "partitioned table public.m\n"
     "  id integer not null\n"
     "  v integer\n"
     "  index i btree (v)\n"},
    {"without partitions it is valid at once", 15,
     "CREATE TABLE m (id int) PARTITION BY LIST (id); "
     "CREATE INDEX ON ONLY m (id)",
     "m",
     "partitioned table public.m\n"
     "  id integer\n"
     "  index m_id_idx btree (id)\n"},
    {"foreign keys of partitions", 15,
     "CREATE TABLE r (id int PRIMARY KEY);" PARTITIONS
     "ALTER TABLE q1 ADD CONSTRAINT m_v_fkey CHECK (v > 0); "
     "ALTER TABLE m ADD CONSTRAINT m_v_fkey FOREIGN KEY (v) REFERENCES "
     "r",
     "q1",
     "table public.q1 partition\n"
     "  id integer not null\n"
     "  v integer\n"
     "  check m_v_fkey (v): v > 0\n"
     "  foreign key q1_v_fkey (v) references r (id)\n"},
    {"a dropped index goes with those of its partitions", 15,
     PARTITIONS "CREATE INDEX i ON m (v); ALTER TABLE m ADD CONSTRAINT u "
                "UNIQUE (id, v); DROP INDEX i; ALTER TABLE m DROP CONSTRAINT u",
     "q1",
     "table public.q1 partition\n"
     "  id integer not null\n"
     "  v integer\n"},
};

static void test_index(void **state)
{
    (void)state;
    replayed_check_cases(index_cases);
}

static void test_partitions(void **state)
{
    (void)state;
    replayed_check_cases(partition_cases);
}

/* A partition of a partition of ...: the stack holds. As on the server, so
 * deep a CREATE INDEX is refused. */
static void test_depth(void **state)
{
    struct replayed replayed = replayed_new(15);
    struct buffer sql;

    (void)state;
    buffer_init(&sql, &replayed.arena);
    buffer_add_text(&sql, "CREATE TABLE p0 (a int) PARTITION BY LIST (a);");
    for (int i = 1; i < 20000; i++)
        buffer_add_format(&sql,
                          "CREATE TABLE p%d PARTITION OF p%d DEFAULT "
                          "PARTITION BY LIST (a);",
                          i, i - 1);
    buffer_add_text(&sql, "CREATE INDEX ON p0 (a); DROP TABLE p0;");
    replayed_add(&replayed, buffer_text(&sql));
    assert_null(replayed_table(&replayed, "p0"));
    assert_null(replayed_table(&replayed, "p19999"));
    replayed_release(&replayed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_index),
        cmocka_unit_test(test_partitions),
        cmocka_unit_test(test_depth),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
