/* sql/newer_syntax: what servers of 13 to 17 say of newer syntax; measured. */
#include "sql/newer_syntax.h"

#include "sql/parser.h"
#include "sql/splitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct expectation {
    int since;
    const char *sql;
    const char *message; /* of the version before; null: it takes it too */
};

#define AT(word) "syntax error at or near \"" word "\""

static const struct expectation expectations[] = {
    {15, "CREATE TABLE t (a int UNIQUE NULLS NOT DISTINCT);", AT("NULLS")},
    {15, "CREATE TABLE t (a int, CONSTRAINT c UNIQUE nulls DISTINCT (a));",
     AT("nulls")},
    {15, "CREATE UNIQUE INDEX ON t (a NULLS FIRST) NULLS NOT DISTINCT;",
     AT("NULLS")},
    {15, "CREATE INDEX ON t (a NULLS FIRST) WHERE nulls;", NULL},
    {18, "CREATE TABLE t (a int4range, b int, UNIQUE (b, a WITHOUT OVERLAPS));",
     AT("WITHOUT")},
    {18, "ALTER TABLE t ADD FOREIGN KEY (a, PERIOD b) REFERENCES u;", AT("b")},
    {15,
     "CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES u ON DELETE SET NULL "
     "(a));",
     AT("(")},
    {18, "CREATE TABLE t (a int CHECK (a > 1) NOT ENFORCED);", AT("ENFORCED")},
    {18, "ALTER TABLE t ADD CHECK (a > 1) NOT VALID NOT ENFORCED;",
     AT("ENFORCED")},
    {18, "ALTER TABLE t ADD CONSTRAINT enforced CHECK (enforced > 1);", NULL},
    {18, "CREATE TABLE t (a int, NOT NULL a);", AT("NOT")},
    {18, "CREATE TABLE t (a int NOT NULL NO INHERIT);", AT("NO")},
    {17, "ALTER DOMAIN d ADD CONSTRAINT c NOT NULL;", AT("NOT")},
    {18, "CREATE TABLE t (a int GENERATED ALWAYS AS (f(1)));", AT(")")},
    {18, "CREATE TABLE t (a int GENERATED ALWAYS AS (1) VIRTUAL);",
     AT("VIRTUAL")},
    {18, "CREATE TABLE t (a int GENERATED ALWAYS AS (1) STORED);", NULL},
    {14, "CREATE TABLE t (compression text COMPRESSION pglz);",
     AT("COMPRESSION")},
    {16, "ALTER TABLE t ALTER a SET STORAGE plain, ALTER b SET STORAGE DEFAULT",
     AT("DEFAULT")},
    {17, "ALTER TABLE t SET ACCESS METHOD DEFAULT;", AT("DEFAULT")},
    {15, "ALTER TABLE t SET ACCESS METHOD heap;", AT("ACCESS")},
    {14, "ALTER TABLE t DETACH PARTITION p CONCURRENTLY;", AT("CONCURRENTLY")},
    {14, "CREATE FUNCTION f(a int) RETURNS int RETURN 1;", AT("RETURN")},
    {14,
     "CREATE OR REPLACE TRIGGER a AFTER INSERT ON t FOR EACH "
     "ROW EXECUTE FUNCTION f();",
     AT("TRIGGER")},
    {15, "CREATE PUBLICATION p FOR TABLE t, TABLES IN SCHEMA s;", AT("IN")},
    {15, "ALTER PUBLICATION p SET (publish = 'insert');", NULL},
    {16, "REINDEX DATABASE", "syntax error at end of input"},
    {17, "CLUSTER (VERBOSE);", AT(";")},
    {18, "VACUUM ONLY t;", AT("ONLY")},
    {16, "VACUUM (PROCESS_MAIN) t;",
     "unrecognized VACUUM option \"process_main\""},
    {15,
     "WITH a AS (SELECT 1) MERGE INTO t USING a ON true WHEN MATCHED THEN "
     "DELETE;",
     AT("MERGE")},
    {17, "MERGE INTO t USING a ON true WHEN NOT MATCHED BY SOURCE THEN DELETE;",
     AT("BY")},
    {14, "SELECT FROM t GROUP BY DISTINCT a;", AT("DISTINCT")},
    {14, "SELECT FROM t JOIN u USING (a) AS v;", AT("AS")},
    {14, "SELECT FROM t JOIN u USING (a);", NULL},
    {16, "SELECT JSON_OBJECT('a' || 'b': 1);", AT(":")},
    {16, "SELECT JSON_ARRAY(1, NULL NULL ON NULL);", AT("NULL")},
    {16, "SELECT JSON_ARRAY(1, NULL);", NULL},
    {17, "SELECT now() AT LOCAL;", AT("LOCAL")},
    {16, "SELECT 1 WHERE 1 < 1_000;",
     "trailing junk after numeric literal at or near \"1_000\""},
};

/* What the version says; null if it takes the statement. */
static const char *message_of(struct parser *parser, struct walker *walker,
                              struct arena *arena, const char *sql, int version)
{
    struct slice text = slice_from(sql);
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement statement;
    struct newer_use use;

    parser_clear(parser);
    assert_true(splitter_next(&splitter, &statement));
    parser_parse(parser, text, &statement, 1);
    if (statement.outcome != PARSE_DONE)
        fail_msg("%s: %s", sql, statement.error);
    if (!newer_syntax_find(walker, text, &statement, version, &use))
        return NULL;
    return newer_syntax_message(arena, text, &statement, &use);
}

static void test_versions(void **state)
{
    struct parser *parser = parser_new();
    struct walker walker;
    struct arena arena;

    (void)state;
    walker_init(&walker);
    arena_init(&arena);
    for (size_t i = 0; i < sizeof expectations / sizeof *expectations; i++) {
        const struct expectation *one = &expectations[i];
        const char *message =
            message_of(parser, &walker, &arena, one->sql, one->since - 1);

        if (!one->message)
            assert_null(message);
        else if (!message)
            fail_msg("%s: taken", one->sql);
        else
            assert_string_equal(message, one->message);
        assert_null(message_of(parser, &walker, &arena, one->sql, one->since));
    }
    arena_release(&arena);
    walker_release(&walker);
    parser_free(parser);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_versions)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
