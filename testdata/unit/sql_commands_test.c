/*
 * The sub-commands of ALTER TABLE: as many pieces of text as the parser has
 * commands, however commas and brackets stand in them.
 */
#include "sql/commands.h"

#include "sql/parser.h"
#include "sql/splitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Each sub-command of the statement in turn is one of these, up to a null. */
static void assert_commands(const char *sql, const char *const *expected)
{
    struct slice text = slice_from(sql);
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct parser *parser = parser_new();
    struct statement statement = {0};
    struct command_words commands;
    const AlterTableStmt *alter;
    struct span words;
    int count = 0;

    assert_non_null(parser);
    assert_true(splitter_next(&splitter, &statement));
    parser_parse(parser, text, &statement, 1);
    assert_int_equal(statement.outcome, PARSE_DONE);
    alter = node_as(AlterTableStmt, statement.tree);
    assert_non_null(alter);
    commands = command_words_of(text, &statement, alter->relation);
    while (command_words_next(&commands, &words)) {
        assert_non_null(expected[count]);
        assert_int_equal(words.length, strlen(expected[count]));
        assert_memory_equal(sql + words.offset, expected[count], words.length);
        count++;
    }
    assert_null(expected[count]);
    assert_int_equal(count, list_length(alter->cmds));
    parser_free(parser);
}

static void test_one_command(void **state)
{
    static const char *const commands[] = {"DROP COLUMN b", NULL};

    (void)state;
    assert_commands("ALTER TABLE a DROP COLUMN b", commands);
    assert_commands("ALTER TABLE IF EXISTS ONLY s.\"a\" DROP COLUMN b;",
                    commands);
    assert_commands("-- why\nALTER TABLE a * DROP COLUMN b -- so\n;", commands);
}

static void test_several_commands(void **state)
{
    static const char *const commands[] = {
        "ADD CHECK (b IN (1, 2) AND c = ARRAY[1, 2])",
        "ADD COLUMN d numeric(5, 2) DEFAULT f(1, 2)",
        "ALTER e TYPE int USING array[1, 2]::int[]",
        "SET (fillfactor = 70, user_catalog_table)",
        "ADD UNIQUE (a, \"x,)\") INCLUDE (y, z)",
        "ALTER f SET DEFAULT ',)'",
        NULL,
    };

    (void)state;
    assert_commands("ALTER TABLE a ADD CHECK (b IN (1, 2) AND c = ARRAY[1, 2]),"
                    "ADD COLUMN d numeric(5, 2) DEFAULT f(1, 2) /* , */, \n"
                    "ALTER e TYPE int USING array[1, 2]::int[], "
                    "SET (fillfactor = 70, user_catalog_table), "
                    "ADD UNIQUE (a, \"x,)\") INCLUDE (y, z), "
                    "ALTER f SET DEFAULT ',)'",
                    commands);
}

/* Commands that were passed over are not given. */
static void test_pass(void **state)
{
    static const char sql[] = "ALTER TABLE a ADD b int, DROP c, ADD d int, "
                              "DROP e";
    struct slice text = slice_from(sql);
    struct statement statement = {.length = text.length};
    RangeVar relation = {.location = 12};
    struct command_words commands =
        command_words_of(text, &statement, &relation);
    struct span words;

    (void)state;
    command_words_pass(&commands);
    assert_true(command_words_next(&commands, &words));
    assert_int_equal(words.offset, slice_find(text, SLICE("DROP c")));
    command_words_pass(&commands);
    assert_true(command_words_next(&commands, &words));
    assert_int_equal(words.offset, slice_find(text, SLICE("DROP e")));
    command_words_pass(&commands);
    assert_false(command_words_next(&commands, &words));
}

static void test_words_to_name(void **state)
{
    static const char sql[] = "ALTER TABLE b DROP COLUMN \"B\" CASCADE";
    struct slice text = slice_from(sql);
    struct statement statement = {.length = text.length};
    struct span command = {slice_find(text, SLICE("DROP")), 23};
    struct span words;

    (void)state;
    words = command_words_to_name(text, &statement, command, "B");
    assert_int_equal(words.offset, command.offset);
    assert_int_equal(words.length, strlen("DROP COLUMN \"B\""));
    words = command_words_to_name(text, &statement, command, "x");
    assert_int_equal(words.length, command.length);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_command),
        cmocka_unit_test(test_several_commands),
        cmocka_unit_test(test_pass),
        cmocka_unit_test(test_words_to_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
