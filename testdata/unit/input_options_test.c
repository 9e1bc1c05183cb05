/* input/options: which words are commands, and what is refused. */
#include "input/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ARGUMENTS_MAX 16

/* Reads the command line, its words separated by single spaces. */
static bool read_line(struct arena *arena, const char *line,
                      struct options *options, struct error *error)
{
    char program[] = "pgsquint", *arguments[ARGUMENTS_MAX + 2] = {program};
    int count = 1;
    char *rest = arena_copy(arena, slice_from(line));

    for (char *word = strtok(rest, " "); word; word = strtok(NULL, " "))
        arguments[count++] = word;
    return options_read(arena, count, arguments, options, error);
}

static void test_first_word_is_the_command(void **state)
{
    static const struct {
        const char *line;
        enum command command;
        size_t word_count;
    } cases[] = {
        {"", COMMAND_CHECK, 0},
        {"a.sql b", COMMAND_CHECK, 2},
        {"check", COMMAND_CHECK, 0},
        {"check check", COMMAND_CHECK, 1},
        {"rules", COMMAND_RULES, 0},
        {"--format mdoc rules", COMMAND_RULES, 0},
        {"./rules", COMMAND_CHECK, 1},
        {"-- rules", COMMAND_CHECK, 1},
        {"a.sql rules", COMMAND_CHECK, 2},
        {"explain select-star", COMMAND_EXPLAIN, 1},
        {"--jobs 3 -- --x", COMMAND_CHECK, 1},
        {"-", COMMAND_CHECK, 1},
        {"rules --help explain a b", COMMAND_HELP, 3},
        {"--version --help", COMMAND_VERSION, 0},
        {"-h --format x rules", COMMAND_HELP, 0},
    };
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct options options;
        struct error error;

        assert_true(read_line(&arena, cases[i].line, &options, &error));
        assert_int_equal(options.command, cases[i].command);
        assert_int_equal(options.words.count, cases[i].word_count);
    }
    arena_release(&arena);
}

static void test_values(void **state)
{
    struct arena arena = {0};
    struct options options;
    struct error error;

    (void)state;
    assert_true(read_line(&arena,
                          "--rule=a=b x --rule c=d --jobs 2 --jobs=3 "
                          "--stdin-filename --x - --no-config",
                          &options, &error));
    assert_int_equal(options.rules.count, 2);
    assert_string_equal(options.rules.items[0], "a=b");
    assert_string_equal(options.rules.items[1], "c=d");
    assert_string_equal(options.jobs, "3");
    assert_string_equal(options.stdin_filename, "--x");
    assert_int_equal(options.words.count, 2);
    assert_true(options.no_config);
    assert_null(options.format);
    arena_release(&arena);
}

static void test_refusals(void **state)
{
    static const char *const cases[][2] = {
        {"--frmat x", "unknown option \"--frmat\"; did you mean \"--format\"?"},
        {"--form x", "unknown option \"--form\""},
        {"--qqq=1", "unknown option \"--qqq\""},
        {"-x", "unknown option \"-x\""},
        {"--format", "option \"--format\" needs a value"},
        {"--help=x", "option \"--help\" takes no value"},
        {"explain", "\"explain\" takes the id of one rule"},
        {"explain a b", "\"explain\" takes the id of one rule"},
        {"rules a", "\"rules\" takes no words"},
        {"rules --jobs 2", "\"rules\" has no option \"--jobs\""},
        {"--config a --no-config",
         "\"--config\" and \"--no-config\" exclude each other"},
        {"--stdin-filename a.sql", "\"--stdin-filename\" needs the path \"-\""},
    };
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct options options;
        struct error error;

        assert_false(read_line(&arena, cases[i][0], &options, &error));
        assert_string_equal(error.text, cases[i][1]);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_word_is_the_command),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_refusals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
