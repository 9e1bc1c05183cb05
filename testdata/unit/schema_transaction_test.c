/* schema/transaction, schema/journal and what replay undoes. */
#include "replayed.h"
#include "schema/journal.h"
#include "schema/transaction.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const struct replay_case cases[] = {
    {"ROLLBACK leaves no trace", 15,
     "CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE, c serial); "
     "CREATE INDEX i ON t (b); BEGIN; ALTER TABLE t ADD d int DEFAULT 1, DROP "
     "a, ALTER b TYPE text, DROP CONSTRAINT t_b_key, RENAME b TO x; "
     "ALTER TABLE t RENAME b TO x; ALTER TABLE t RENAME TO u; DROP INDEX i; "
     "CREATE TABLE t (other int); ALTER TABLE u ALTER c DROP NOT NULL, ADD "
     "CHECK (x > 0); DROP TABLE u; ROLLBACK",
     "t",
     "table public.t\n"
     "  a integer not null\n"
     "  b integer\n"
     "  c integer not null serial default ...\n"
     "  primary key t_pkey (a)\n"
     "  unique t_b_key (b)\n"
     "  index t_pkey unique btree (a)\n"
     "  index t_b_key unique btree (b)\n"
     "  index i btree (b)\n"
     "  sequence t_c_seq of c\n"},
    {"COMMIT keeps", 15, "BEGIN; CREATE TABLE t (a int); COMMIT; ROLLBACK", "t",
     "table public.t\n  a integer\n"},
    {"savepoints", 15,
     "BEGIN; CREATE TABLE t (a int); SAVEPOINT s; ALTER TABLE t ADD b int; "
     "SAVEPOINT s; ALTER TABLE t ADD c int; ROLLBACK TO s; ALTER TABLE t ADD "
     "d int; RELEASE s; ROLLBACK TO s; ALTER TABLE t ADD e int; COMMIT",
     "t", "table public.t\n  a integer\n  e integer\n"},
    {"a chain of transactions", 15,
     "BEGIN; CREATE TABLE t (a int); COMMIT AND CHAIN; ALTER TABLE t ADD b "
     "int; ROLLBACK AND CHAIN; ALTER TABLE t ADD c int; COMMIT",
     "t", "table public.t\n  a integer\n  c integer\n"},
    {"names are numbered again after a rollback", 15,
     "CREATE TABLE t (a int); CREATE INDEX ON t (a); BEGIN; CREATE INDEX ON t "
     "(a); CREATE INDEX ON t (a); ROLLBACK; CREATE INDEX ON t (a)",
     "t",
     "table public.t\n"
     "  a integer\n"
     "  index t_a_idx btree (a)\n"
     "  index t_a_idx1 btree (a)\n"},
    {"search_path", 15,
     "CREATE SCHEMA s; SET search_path TO s, public; CREATE TABLE t (a int); "
     "RESET search_path; CREATE TABLE t (b int); SET search_path = 's'; ALTER "
     "TABLE t ADD c int",
     "s.t", "table s.t\n  a integer\n  c integer\n"},
    {"SET LOCAL ends with its transaction", 15,
     "CREATE SCHEMA s; BEGIN; SET LOCAL search_path = s; CREATE TABLE t (a "
     "int); COMMIT; CREATE TABLE t (b int)",
     "t", "table public.t\n  b integer\n"},
    {"SET is rolled back", 15,
     "CREATE SCHEMA s; BEGIN; SET search_path = s; ROLLBACK; CREATE TABLE t "
     "(b int)",
     "public.t", "table public.t\n  b integer\n"},
    {"set_config, as pg_dump does it", 15,
     "SELECT pg_catalog.set_config('search_path', '', false); "
     "CREATE SCHEMA \"S\"; CREATE TABLE public.t (a int); SELECT "
     "set_config('search_path', ' \"S\" , Public', false); CREATE TABLE t (b "
     "int)",
     "S.t", "table S.t\n  b integer\n"},
    {"temporary tables hide others", 15,
     "CREATE TABLE t (a int); CREATE TEMP TABLE t (b int); ALTER TABLE t ADD "
     "c int",
     "t", "table pg_temp.t\n  b integer\n  c integer\n"},
    {"ON COMMIT DROP", 15,
     "BEGIN; CREATE TEMP TABLE t (b int) ON COMMIT DROP; COMMIT; CREATE TABLE "
     "t (a int)",
     "t", "table public.t\n  a integer\n"},
    {"CREATE SCHEMA's elements stand in it", 15,
     "CREATE SCHEMA s CREATE TABLE t (a int) CREATE INDEX i ON t (a) CREATE "
     "VIEW v AS SELECT a FROM t; CREATE TABLE t (b int)",
     "s.t", "table s.t\n  a integer\n  index i btree (a)\n"},
};

static void test_cases(void **state)
{
    (void)state;
    replayed_check_cases(cases);
}

/* The end of a section is the end of its session. */
static void test_end_section(void **state)
{
    struct replayed replayed = replayed_new(15);

    (void)state;
    replayed_add(&replayed, "CREATE SCHEMA s; CREATE TEMP TABLE x (a int);"
                            "SET search_path = s; SAVEPOINT q; BEGIN;"
                            "CREATE TABLE t (a int);");
    assert_non_null(replayed_table(&replayed, "x"));
    assert_true(relation_is_new(replayed.schema,
                                &replayed_table(&replayed, "x")->relation));
    replay_end_section(replayed.schema);
    assert_null(replayed_table(&replayed, "x"));
    assert_null(replayed_table(&replayed, "s.t"));
    replayed_add(&replayed, "CREATE TABLE t (a int)");
    assert_non_null(replayed_table(&replayed, "public.t"));
    replayed_release(&replayed);
}

/* A down step is judged and then forgotten, transactions in it included. */
static void test_save(void **state)
{
    struct replayed replayed = replayed_new(15);
    size_t outer, inner;

    (void)state;
    replayed_add(&replayed, "CREATE TABLE t (a int)");
    outer = replay_save(replayed.schema);
    schema_begin_unit(replayed.schema);
    replayed_add(&replayed, "BEGIN; ALTER TABLE t ADD b int; COMMIT;"
                            "ALTER TABLE t ADD c int");
    inner = replay_save(replayed.schema);
    replayed_add(&replayed, "DROP TABLE t; ROLLBACK; COMMIT;");
    replay_end_section(replayed.schema);
    assert_null(replayed_table(&replayed, "t"));
    assert_int_equal(schema_tables(replayed.schema)->count, 0);
    replay_restore(replayed.schema, inner);
    assert_string_equal(replayed_describe(&replayed, "t"),
                        "table public.t\n  a integer\n  b integer\n"
                        "  c integer\n");
    replay_restore(replayed.schema, outer);
    assert_string_equal(replayed_describe(&replayed, "t"),
                        "table public.t\n  a integer\n");
    assert_int_equal(schema_tables(replayed.schema)->count, 1);
    replayed_release(&replayed);
}

/* What was taken back is done again, unless a mark says that something else came
 * in between. */
static void test_do_again(void **state)
{
    struct journal journal;
    uint64_t numbers[4] = {0};
    size_t outer, mark;

    (void)state;
    journal_init(&journal);
    for (size_t i = 0; i < 2; i++) {
        outer = i ? journal_mark(&journal, MARK_SAVE, NULL) : 0;
        mark = journal_mark(&journal, MARK_TRY, NULL);
        journal_save(&journal, &numbers[0], sizeof numbers[0]);
        numbers[0] = 1;
        journal_save(&journal, numbers, sizeof numbers);
        numbers[0] = 2;
        numbers[3] = 3;
        journal_take_back(&journal, mark);
        journal_keep(&journal, mark);
        assert_int_equal(numbers[0], 0);
        assert_int_equal(numbers[3], 0);
        assert_true(journal_do_again(&journal));
        assert_int_equal(numbers[0], 2);
        assert_int_equal(numbers[3], 3);
        assert_false(journal_do_again(&journal));
        numbers[0] = i ? numbers[0] : 0;
        numbers[3] = i ? numbers[3] : 0;
    }
    journal_undo(&journal, outer);
    assert_int_equal(numbers[0], 0);
    assert_int_equal(numbers[3], 0);

    mark = journal_mark(&journal, MARK_TRY, NULL);
    journal_save(&journal, &numbers[0], sizeof numbers[0]);
    numbers[0] = 1;
    journal_take_back(&journal, mark);
    journal_keep(&journal, mark);
    journal_mark(&journal, MARK_STATEMENT, NULL);
    assert_false(journal_do_again(&journal));
    assert_int_equal(numbers[0], 0);
    journal_release(&journal);
}

/* 3,000 tables come and go and come: tables of names have to grow and undo
 * that. */
static void test_growth(void **state)
{
    struct replayed replayed = replayed_new(15);
    struct buffer create, drop;

    (void)state;
    buffer_init(&create, &replayed.arena);
    buffer_init(&drop, &replayed.arena);
    for (int i = 0; i < 3000; i++) {
        buffer_add_format(&create, "CREATE TABLE t%d (a int PRIMARY KEY);", i);
        buffer_add_format(&drop, "DROP TABLE t%d;", i);
    }
    replayed_add(&replayed, "BEGIN");
    replayed_add(&replayed, buffer_text(&create));
    assert_int_equal(schema_tables(replayed.schema)->count, 3000);
    replayed_add(&replayed, "ROLLBACK");
    assert_int_equal(schema_tables(replayed.schema)->count, 0);
    assert_null(replayed_table(&replayed, "t7"));
    replayed_add(&replayed, buffer_text(&create));
    assert_non_null(replayed_table(&replayed, "t2999"));
    replayed_add(&replayed, "BEGIN");
    replayed_add(&replayed, buffer_text(&drop));
    assert_null(replayed_table(&replayed, "t2999"));
    replayed_add(&replayed, "ROLLBACK");
    assert_int_equal(schema_tables(replayed.schema)->count, 3000);
    assert_non_null(replayed_table(&replayed, "t0"));
    replayed_release(&replayed);
}

/* What the schema says of the history as a whole. */
static void test_completeness(void **state)
{
    static const struct {
        const char *sql;
        bool is_complete;
    } statements[] = {
        {"CREATE TABLE t (a int); ALTER TABLE t ADD b int", true},
        {"CREATE TABLE t (a int); CREATE TABLE t (a int)", true},
        {"ALTER TABLE t ADD b int", false},
        {"CREATE TABLE t (a int REFERENCES u)", false},
        {"CREATE TABLE t (a int", false},
        {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", true},
        {"DO $$ BEGIN EXECUTE current_user; END $$", false},
        {"BEGIN; ALTER TABLE t ADD b int; ROLLBACK", true},
        {"DROP OWNED BY someone", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        struct replayed replayed = replayed_new(15);

        replayed_add(&replayed, statements[i].sql);
        if (schema_is_complete(replayed.schema) != statements[i].is_complete)
            fail_msg("%s", statements[i].sql);
        replayed_release(&replayed);
    }
}

/* As pg_settings shows them on a server: what is in force after the text, in a
 * section that is a transaction or not. */
static void test_timeouts(void **state)
{
    static const struct {
        const char *sql;
        bool is_section_transaction;
        bool has_lock_timeout;
        bool has_statement_timeout;
    } settings[] = {
        {"SELECT 1", false, false, false},
        {"SET lock_timeout = '5s'", false, true, false},
        {"SET statement_timeout TO 5000", false, false, true},
        {"SET lock_timeout = 0; SET statement_timeout = '0 ms'", false, false,
         false},
        {"SET lock_timeout = 0.5; SET statement_timeout = 0.0", false, true,
         false},
        {"SET lock_timeout = '${timeout}'", false, true, false},
        {"SET lock_timeout = 1; SET lock_timeout TO DEFAULT", false, false,
         false},
        {"SET lock_timeout = 1; SET statement_timeout = 1; RESET lock_timeout",
         false, false, true},
        {"SET lock_timeout = 1; SET statement_timeout = 1; RESET ALL", false,
         false, false},
        {"SET lock_timeout = 1; DISCARD ALL", false, false, false},
        {"SET LOCAL lock_timeout = 1", false, false, false},
        {"SET LOCAL lock_timeout = 1", true, true, false},
        {"SET LOCAL lock_timeout = 1; COMMIT", true, false, false},
        {"BEGIN; SET LOCAL lock_timeout = 1", false, true, false},
        {"BEGIN; SET LOCAL lock_timeout = 1; COMMIT", false, false, false},
        {"SET lock_timeout = 1; BEGIN; SET LOCAL lock_timeout = 0", false,
         false, false},
        {"SET lock_timeout = 1; BEGIN; SET LOCAL lock_timeout = 0; COMMIT",
         false, true, false},
        {"BEGIN; SET LOCAL lock_timeout = 0; SET lock_timeout = 1", false, true,
         false},
        {"BEGIN; SET lock_timeout = 1; ROLLBACK", false, false, false},
        {"BEGIN; SAVEPOINT s; SET LOCAL lock_timeout = 1; ROLLBACK TO s", false,
         false, false},
        {"BEGIN; SAVEPOINT s; SET LOCAL lock_timeout = 1; RELEASE s", false,
         true, false},
        {"SELECT set_config('lock_timeout', '5s', false), "
         "pg_catalog.set_config('STATEMENT_TIMEOUT', '1', false)",
         false, true, true},
        {"SELECT set_config('lock_timeout', '5s', true)", false, false, false},
        {"SELECT set_config('lock_timeout', '5s', true)", true, true, false},
        {"SELECT set_config('lock_timeout', $1, false)", false, true, false},
        {"SET lock_timeout = 1; SELECT set_config('lock_timeout', '0', false)",
         false, false, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        struct replayed replayed = replayed_new(15);

        replay_begin_section(replayed.schema,
                             settings[i].is_section_transaction);
        replayed_add(&replayed, settings[i].sql);
        if (schema_has_timeout(replayed.schema, TIMEOUT_LOCK) !=
                settings[i].has_lock_timeout ||
            schema_has_timeout(replayed.schema, TIMEOUT_STATEMENT) !=
                settings[i].has_statement_timeout)
            fail_msg("%s", settings[i].sql);
        replay_end_section(replayed.schema);
        assert_false(schema_has_timeout(replayed.schema, TIMEOUT_LOCK));
        assert_false(schema_has_timeout(replayed.schema, TIMEOUT_STATEMENT));
        replayed_release(&replayed);
    }
}

/* What follows a statement, in each kind of section. */
static void step(struct transaction *transaction, const char *sql)
{
    struct parser *parser = parser_new();
    struct slice text = slice_from(sql);
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement statement;

    assert_true(splitter_next(&splitter, &statement));
    parser_parse(parser, text, &statement, 1);
    assert_int_equal(statement.outcome, PARSE_DONE);
    transaction_after(transaction, &statement);
    parser_free(parser);
}

static void test_kinds(void **state)
{
    struct transaction now = {0};
    size_t number;

    (void)state;
    transaction_begin_section(&now, TRANSACTION_NONE);
    assert_int_equal(transaction_kind_now(&now), TRANSACTION_NONE);
    number = now.number;
    step(&now, "SELECT 1");
    assert_int_not_equal(now.number, number);
    step(&now, "BEGIN");
    assert_int_equal(transaction_kind_now(&now), TRANSACTION_EXPLICIT);
    assert_true(now.is_open);
    number = now.number;
    step(&now, "SAVEPOINT s");
    step(&now, "START TRANSACTION");
    assert_int_equal(now.nested_count, 1);
    step(&now, "SELECT 1");
    step(&now, "ROLLBACK TO s");
    assert_int_equal(now.number, number);
    step(&now, "COMMIT AND CHAIN");
    assert_int_equal(transaction_kind_now(&now), TRANSACTION_EXPLICIT);
    assert_int_not_equal(now.number, number);
    step(&now, "END");
    assert_int_equal(transaction_kind_now(&now), TRANSACTION_NONE);
    assert_false(now.is_open);

    transaction_begin_section(&now, TRANSACTION_TOOL);
    assert_true(now.is_open);
    step(&now, "BEGIN"); /* a warning: it is the tool's all the same */
    assert_int_equal(transaction_kind_now(&now), TRANSACTION_TOOL);
    assert_false(now.has_begun_in_file);
    assert_int_equal(now.nested_count, 1);
    step(&now, "COMMIT");
    assert_int_equal(now.nested_count, 0);
    assert_true(now.has_ended_tool);
    assert_int_equal(transaction_kind_now(&now), TRANSACTION_NONE);
    step(&now, "BEGIN");
    assert_int_equal(transaction_kind_now(&now), TRANSACTION_EXPLICIT);
    step(&now, "ROLLBACK");
    assert_int_equal(transaction_kind_now(&now), TRANSACTION_NONE);

    transaction_begin_section(&now, TRANSACTION_IMPLICIT);
    assert_false(now.has_ended_tool);
    step(&now, "BEGIN");
    assert_int_equal(transaction_kind_now(&now), TRANSACTION_EXPLICIT);
    step(&now, "PREPARE TRANSACTION 'x'");
    assert_int_equal(transaction_kind_now(&now), TRANSACTION_IMPLICIT);
    step(&now, "COMMIT PREPARED 'x'");
    assert_false(now.is_open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),    cmocka_unit_test(test_end_section),
        cmocka_unit_test(test_save),     cmocka_unit_test(test_do_again),
        cmocka_unit_test(test_growth),   cmocka_unit_test(test_completeness),
        cmocka_unit_test(test_timeouts), cmocka_unit_test(test_kinds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
