/*
 * What rules are told about the transaction: a rule of the test's own says
 * before every statement what is held, in every kind of transaction.
 */
#include "lint/run.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char *short_mode(enum lock_mode mode)
{
    switch (mode) {
    case LOCK_SHARE: return "S";
    case LOCK_SHARE_ROW_EXCLUSIVE: return "SRE";
    case LOCK_EXCLUSIVE: return "E";
    case LOCK_ACCESS_EXCLUSIVE: return "AE";
    default: return "?";
    }
}

/* "t:AE@7": since the statement at offset 7; with "!" where it is not what
 * held_find() says, "+l" and "+s" with the timeouts that were in force. */
static void describe(struct buffer *text, const struct held *held,
                     const struct held_lock *lock)
{
    struct lock same = {.relation = lock->relation,
                        .schema = lock->schema,
                        .name = lock->name};

    buffer_add_format(text, " %s:%s@%zu%s%s", lock->name,
                      short_mode(lock->mode), lock->place.span.offset,
                      lock->had_timeout[TIMEOUT_LOCK] ? "+l" : "",
                      lock->had_timeout[TIMEOUT_STATEMENT] ? "+s" : "");
    if (held_find_lock(held, &same) != lock ||
        (lock->relation && held_find(held, lock->relation) != lock))
        buffer_add_char(text, '!');
}

/* The last statement of each text says what it finds. */
static void say_held(struct check *check, const Node *node)
{
    const struct held *held = check_held(check);
    const struct held_lock *first = held_first(held, LOCK_ACCESS_EXCLUSIVE);
    const struct table *t = schema_find_table(
        check->schema, (struct qualified_name){NULL, NULL, "t"});
    struct buffer text;

    buffer_init(&text, check->arena);
    for (size_t i = 0; i < held->locks.count; i++)
        describe(&text, held, held->locks.items[i]);
    if (first)
        buffer_add_format(&text, " first %s", first->name);
    for (size_t i = 0; t && i < t->constraints.count; i++)
        if (!t->constraints.items[i]->object.is_dropped &&
            held_has_made(held, t->constraints.items[i]->made_at))
            buffer_add_format(&text, " made %s", t->constraints.items[i]->name);
    check_report(check, words_of_statement(check->statement), node,
                 buffer_text(&text), NULL);
}

/* SHOW stands for "what is held here?". */
static const NodeTag tags[] = {T_VariableShowStmt, T_Invalid};
static const struct rule rule_held = {.id = "held",
                                      .severity = SEVERITY_WARNING,
                                      .needs_locks = true,
                                      .tags = tags,
                                      .check_node = say_held};
const struct rule *const rule_table[] = {&rule_held};
const size_t rule_count = 1;

/* What the rule says, the findings separated by "|". */
static const char *run(struct arena *arena, const char *tool, const char *text)
{
    struct lint_settings settings = {
        .postgres_version = 15,
        .jobs = 1,
        .tool = tool_find(slice_from(tool)),
    };
    struct discovery discovery = {0};
    struct discovered *found = array_push(arena, &discovery.files);
    struct source source = source_of_path("00001_a.up.sql");
    struct lint_result result;
    struct buffer said;

    rule_levels_init(arena, &settings.levels);
    source_load_text(&source, slice_from(text));
    found->source = &source;
    found->is_named = true;
    lint_run(arena, &settings, &discovery, NULL, &result);
    buffer_init(&said, arena);
    for (size_t i = 0; i < result.findings.count; i++)
        buffer_add_format(&said, "%s%s", i ? "|" : "",
                          result.findings.items[i]->message);
    source_unload(&source);
    return buffer_text(&said);
}

struct held_case {
    const char *what;
    const char *sql;
    const char *expected;
};

static void check_cases(const char *tool, const struct held_case *cases,
                        size_t count)
{
    size_t failed = 0;

    for (size_t i = 0; i < count; i++) {
        struct arena arena = {0};
        const char *said = run(&arena, tool, cases[i].sql);

        if (strcmp(said, cases[i].expected) != 0) {
            print_error("%s: \"%s\" instead of \"%s\"\n", cases[i].what, said,
                        cases[i].expected);
            failed++;
        }
        arena_release(&arena);
    }
    assert_int_equal(failed, 0);
}

static const struct held_case plain_cases[] = {
    {"each statement by itself", "ALTER TABLE t ADD a int; SHOW x", ""},
    {"an explicit transaction", "BEGIN; ALTER TABLE t ADD a int; SHOW x",
     " t:AE@7 first t"},
    {"its end", "BEGIN; ALTER TABLE t ADD a int; COMMIT; SHOW x; BEGIN; SHOW x",
     "|"},
    {"a chain is another", "BEGIN; DROP TABLE t; COMMIT AND CHAIN; SHOW x", ""},
    {"a stronger lock is another entry, a weaker one is none",
     "BEGIN; CREATE INDEX ON t (a); CREATE INDEX ON t (b); ALTER TABLE t ADD c "
     "int; CREATE INDEX ON t (c); ALTER TABLE u ADD c int; SHOW x",
     " t:S@7! t:AE@53 u:AE@101 first t"},
    {"a rename keeps the relation",
     "CREATE TABLE y (a int); DROP TABLE y; ALTER TABLE t ADD a int; BEGIN; "
     "ALTER TABLE t RENAME TO u; ALTER TABLE u ADD b int; SHOW x",
     " t:AE@70 first t"},
    {"locks that let others write are not told",
     "BEGIN; DELETE FROM t; COMMENT ON TABLE t IS ''; SELECT * FROM t FOR "
     "UPDATE; ALTER TABLE t VALIDATE CONSTRAINT c; SHOW x",
     ""},
    {"new relations are of no interest, but those they reference",
     "BEGIN; CREATE TABLE n (a int REFERENCES t); ALTER TABLE n ADD b int, ADD "
     "FOREIGN KEY (b) REFERENCES u; CREATE INDEX ON n (b); DROP TABLE n; "
     "SHOW x",
     " t:SRE@7! u:SRE@44! t:AE@126 u:AE@126 first t"},
    {"back to a savepoint",
     "BEGIN; CREATE INDEX ON t (a); SAVEPOINT s; ALTER TABLE t ADD b int; "
     "LOCK TABLE u; SHOW x; ROLLBACK TO s; SHOW x; ALTER TABLE u ADD a int; "
     "ROLLBACK TO s; SHOW x; RELEASE s; ROLLBACK TO s; SHOW x",
     " t:S@7! t:AE@43 u:AE@68 first t| t:S@7| t:S@7| t:S@7"},
    {"timeouts in force",
     "BEGIN; LOCK TABLE t; SET lock_timeout = 1; LOCK TABLE u; "
     "SET LOCAL statement_timeout = 1; LOCK TABLE v; SHOW x",
     " t:AE@7 u:AE@43+l v:AE@90+l+s first t"},
    {"constraints made",
     "ALTER TABLE t ADD CONSTRAINT before CHECK (a > 0) NOT VALID; BEGIN; "
     "ALTER TABLE t ADD CONSTRAINT within CHECK (a > 0) NOT VALID; SHOW x",
     " t:AE@68 first t made within"},
    {"a DO block is a transaction",
     "DO $$ BEGIN ALTER TABLE t ADD a int; ALTER TABLE u ADD a int; END $$; "
     "SHOW x",
     ""},
    {"a view is no table",
     "CREATE VIEW v AS SELECT 1; SHOW x; BEGIN; ALTER VIEW q RENAME TO r; "
     "SHOW x",
     "| q:AE@42"},
    {"what the server refuses locks nothing",
     "BEGIN; DROP INDEX CONCURRENTLY i; SHOW x", ""},
};

static void test_plain(void **state)
{
    (void)state;
    check_cases("plain", plain_cases, sizeof plain_cases / sizeof *plain_cases);
}

static const struct held_case goose_cases[] = {
    {"the tool's transaction",
     "-- +goose Up\nALTER TABLE t ADD a int;\nSHOW x;\n", " t:AE@13 first t"},
    {"none", "-- +goose NO TRANSACTION\n-- +goose Up\nDROP TABLE t;\nSHOW x;\n",
     ""},
};

static const struct held_case supabase_cases[] = {
    {"a pipeline", "ALTER TABLE t ADD a int;\nSHOW x;\n", " t:AE@0 first t"},
};

static const struct held_case migrate_cases[] = {
    {"several statements at a time", "ALTER TABLE t ADD a int;\nSHOW x;\n",
     " t:AE@0 first t"},
    {"COMMIT ends it", "DROP TABLE t;\nBEGIN;\nCOMMIT;\nSHOW x;\n", ""},
};

static void test_tools(void **state)
{
    (void)state;
    check_cases("goose", goose_cases, sizeof goose_cases / sizeof *goose_cases);
    check_cases("supabase", supabase_cases,
                sizeof supabase_cases / sizeof *supabase_cases);
    check_cases("golang-migrate", migrate_cases,
                sizeof migrate_cases / sizeof *migrate_cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_tools),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
