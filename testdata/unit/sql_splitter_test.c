/* sql/splitter: statements end where psql and the server end them. */
#include "sql/splitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Each statement in brackets; psql commands in <>, COPY data in {}. A statement
 * without a terminator is followed by a dot. */
static const char *split(const char *sql)
{
    static char result[2000];
    struct slice text = slice_from(sql);
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement statement;
    char *at = result;
    size_t end = 0;

    while (splitter_next(&splitter, &statement)) {
        const char *brackets = statement.kind == STATEMENT_SQL         ? "[]"
                               : statement.kind == STATEMENT_COPY_DATA ? "{}"
                                                                       : "<>";

        assert_true(statement.offset >= end);
        assert_true(statement.offset + statement.length <= statement.end);
        end = statement.end;
        *at++ = brackets[0];
        memcpy(at, sql + statement.offset, statement.length);
        at += statement.length;
        *at++ = brackets[1];
        if (statement.kind == STATEMENT_SQL && !statement.has_terminator)
            *at++ = '.';
    }
    assert_true(end <= text.length);
    *at = '\0';
    return result;
}

static void test_semicolons(void **state)
{
    (void)state;
    assert_string_equal(split(""), "");
    assert_string_equal(split(" -- a\n ; /* b */ ;;"), "");
    assert_string_equal(split("a;b ;; -- c;\n c /* d */ ; e"), "[a][b][c][e].");
    assert_string_equal(split("a 'x;''y' \"p;\"\"q\" $$;$$ $t$;$$;$t$ b; c"),
                        "[a 'x;''y' \"p;\"\"q\" $$;$$ $t$;$$;$t$ b][c].");
    assert_string_equal(split("a E'\\';' b; E'x' ; e '\\'; b"),
                        "[a E'\\';' b][E'x'][e '\\'][b].");
    assert_string_equal(split("a E'x'\n'\\';'; b"), "[a E'x'\n'\\';'][b].");
    assert_string_equal(split("a -- ;'\r b; /* ; /* ; */ ; */ c; $1;$2"),
                        "[a -- ;'\r b][c][$1][$2].");
    assert_string_equal(split("a - b -c;d+--;\ne"), "[a - b -c][d+--;\ne].");
}

/* A forgotten parenthesis costs one statement, not the file. */
static void test_parentheses(void **state)
{
    (void)state;
    assert_string_equal(split("create table t (a int; b;"),
                        "[create table t (a int][b]");
    assert_string_equal(split("a); b;"), "[a)][b]");
    assert_string_equal(
        split("CREATE OR REPLACE RULE r AS ON INSERT TO t DO (a; (b); c); d;"),
        "[CREATE OR REPLACE RULE r AS ON INSERT TO t DO (a; (b); c)][d]");
    assert_string_equal(split("create rule r as on insert to t do a; b;"),
                        "[create rule r as on insert to t do a][b]");
}

static void test_atomic_bodies(void **state)
{
    (void)state;
    assert_string_equal(
        split("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT "
              "CASE WHEN x THEN 1 END; END; SELECT 2;"),
        "[CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT "
        "CASE WHEN x THEN 1 END; END][SELECT 2]");
    assert_string_equal(
        split("create or replace procedure p(a int) begin /* x */ atomic "
              "select 1 as end, t.end, (case when a then 1 end) "
              "; end; b;"),
        "[create or replace procedure p(a int) begin /* x */ atomic "
        "select 1 as end, t.end, (case when a then 1 end) "
        "; end][b]");
    /* Elsewhere BEGIN and END are statements. */
    assert_string_equal(split("BEGIN; SELECT CASE a WHEN 1 THEN 2 END; END;"),
                        "[BEGIN][SELECT CASE a WHEN 1 THEN 2 END][END]");
    assert_string_equal(
        split("CREATE FUNCTION f() RETURNS int AS 'BEGIN' LANGUAGE sql; a;"),
        "[CREATE FUNCTION f() RETURNS int AS 'BEGIN' LANGUAGE sql][a]");
    assert_string_equal(split("CREATE TABLE begin (atomic int); a;"),
                        "[CREATE TABLE begin (atomic int)][a]");
}

static void test_psql_commands(void **state)
{
    (void)state;
    assert_string_equal(split("\\set x 1\nselect 1;\n  \\i 'a;b'\nb;"),
                        "<\\set x 1>[select 1]<\\i 'a;b'>[b]");
    assert_string_equal(split("select 1 \\gset p_\nselect 2 \\g\n\\q"),
                        "[select 1]<\\gset p_>[select 2]<\\g><\\q>");
    assert_string_equal(split("a; \\x \\\\ b; \\! c \\\\ d\ne;"),
                        "[a]<\\x \\\\>[b]<\\! c \\\\ d>[e]");
    assert_string_equal(split("\\echo '\\\\' x\na;"), "<\\echo '\\\\' x>[a]");
    assert_string_equal(split("a \\; b; c"), "[a][b][c].");
    assert_string_equal(split("bad (\n\\r\na;"), "<\\r>[a]");
    assert_string_equal(split("select 1\n\\if :x\n + 2\n\\endif\n;b;"),
                        "[select 1\n\\if :x\n + 2][b]");
    assert_string_equal(split("a; \\dt+ x\n\\restrict abc\n\\.\nb;"),
                        "[a]<\\dt+ x><\\restrict abc><\\.>[b]");
    assert_string_equal(split("\\\r\na;"), "[\\\r\na]");
}

/* What the splitter says of statements that psql commands stand within. */
static void test_psql_command_within(void **state)
{
    struct slice text = SLICE("select 1\n\\echo x\n;select 2;");
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement statement;

    (void)state;
    assert_true(splitter_next(&splitter, &statement));
    assert_true(statement.has_psql_command);
    assert_true(splitter_next(&splitter, &statement));
    assert_false(statement.has_psql_command);
}

/* Paths and escapes of other programs take nothing along. */
static void test_other_backslashes(void **state)
{
    (void)state;
    assert_string_equal(split("a C:\\games\\set b; c"),
                        "[a C:\\games\\set b][c].");
    assert_string_equal(split("create table a (b int);\\ncreate x; c;"),
                        "[create table a (b int)][\\ncreate x][c]");
    assert_string_equal(split("a;\\n b; c;"), "[a][\\n b][c]");
    assert_string_equal(split("insert \\\"x\\\"; b;"), "[insert \\\"x\\\"][b]");
}

/* What a template's tag holds is none of SQL's. */
static void test_templates(void **state)
{
    (void)state;
    assert_string_equal(
        split("a {{ b('c;') }} d; {% if e == ';' %} f {% endif %}; g ${h(';')};"
              "<% if i; %> j = #{k;'} <%= \";' %>; l <% m; n %> o"),
        "[a {{ b('c;') }} d][f {% endif %}][g ${h(';')}]"
        "[j = #{k;'} <%= \";' %>][l <% m][n %> o].");
    assert_string_equal(split("a '{{ b('x;') }}'; c '{{;'; d '{;'e;"),
                        "[a '{{ b('x;') }}'][c '{{;'][d '{;'e]");
    assert_string_equal(split("a {{ 'b; c' ;d; {"), "[a {{ 'b; c'][d][{].");
    assert_string_equal(split("#include \"a;b\"\nc # include 'd;';\n# e;"),
                        "[c # include 'd;'][# e]");
}

/* Comments that end a statement. */
static void test_boundaries(void **state)
{
    (void)state;
    assert_string_equal(split("a\n--> statement-breakpoint\nb; --> "
                              "statement-breakpoint\nc -- > statement\n d"),
                        "[a][b][c -- > statement\n d].");
    assert_string_equal(split("-- +goose StatementBegin\na\n"
                              "-- +goose StatementEnd\nb"),
                        "[a][b].");
    assert_string_equal(split("-- :name a :? :*\n-- :doc x\nselect 1\n\n"
                              "-- :name b\n-- :doc y\nupdate 2\n--name: c!\n"
                              "\nwith 3\n-- name: d\n 4 -- name: e\nselect"),
                        "[select 1][update 2]"
                        "[with 3\n-- name: d\n 4 -- name: e\nselect].");
    assert_string_equal(split("create table a (\n-- name: b\nset int)"),
                        "[create table a (\n-- name: b\nset int)].");
}

static void test_copy(void **state)
{
    (void)state;
    assert_string_equal(split("\\COPY t FROM STDIN CSV\na;b\n\\.\nc;"),
                        "<\\COPY t FROM STDIN CSV>{a;b\n\\.}[c]");
    assert_string_equal(
        split("COPY t (a, b) FROM stdin;\n1;'\n\\\\.\n\\.\nSELECT 1;"),
        "[COPY t (a, b) FROM stdin]{1;'\n\\\\.\n\\.}[SELECT 1]");
    assert_string_equal(split("copy t from\nSTDIN WITH (x); -- c\r\na\r\n"
                              "\\.\r\nb;"),
                        "[copy t from\nSTDIN WITH (x)]{a\r\n\\.}[b]");
    assert_string_equal(split("copy t from stdin;\n\\.\nb;"),
                        "[copy t from stdin]{\\.}[b]");
    assert_string_equal(split("\\copy t from stdin csv\n1;2\n\\.\nb;"),
                        "<\\copy t from stdin csv>{1;2\n\\.}[b]");
    assert_string_equal(split("\\copy t from 'stdin'\nb;"),
                        "<\\copy t from 'stdin'>[b]");
    assert_string_equal(split("copy t to stdout;\na;\n\\.\n"),
                        "[copy t to stdout][a]<\\.>");
    assert_string_equal(split("copy (select 1 from stdin) to 'x';\na;\n\\.\n"),
                        "[copy (select 1 from stdin) to 'x'][a]<\\.>");
    /* Nothing ends the data: there are none. */
    assert_string_equal(split("copy t from stdin;\na;\ncopy u from stdin;"),
                        "[copy t from stdin][a][copy u from stdin]");
}

static void expect_defect(const char *sql, enum statement_defect defect,
                          size_t length)
{
    struct slice text = slice_from(sql);
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement statement;

    assert_true(splitter_next(&splitter, &statement));
    assert_int_equal(statement.defect, defect);
    assert_int_equal(statement.length, length);
    assert_int_equal(statement.end, text.length);
    assert_false(statement.has_terminator);
    assert_false(splitter_next(&splitter, &statement));
}

static void test_defects(void **state)
{
    (void)state;
    expect_defect("a 'b; c", STATEMENT_UNTERMINATED_STRING, 7);
    expect_defect("a E'b\\'; c", STATEMENT_UNTERMINATED_STRING, 10);
    expect_defect("a \"b; c ", STATEMENT_UNTERMINATED_IDENTIFIER, 8);
    expect_defect("a $x$b; c$x", STATEMENT_UNTERMINATED_DOLLAR_QUOTE, 11);
    expect_defect("a /* b; c", STATEMENT_UNTERMINATED_COMMENT, 9);
    expect_defect("/* b; c", STATEMENT_UNTERMINATED_COMMENT, 7);
    expect_defect("a (b", STATEMENT_COMPLETE, 4);
}

static void test_measures(void **state)
{
    struct slice text = SLICE("select (1 + (2)) ; x");
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement statement;

    (void)state;
    assert_true(splitter_next(&splitter, &statement));
    assert_int_equal(statement.depth_max, 2);
    assert_int_equal(statement.token_count, 8);
    assert_int_equal(statement.lex_cost, 0);
    assert_int_equal(statement.end, 18);
    assert_true(splitter_next(&splitter, &statement));
    assert_int_equal(statement.depth_max, 0);
    assert_int_equal(statement.offset, 19);
}

/* Only the section's own bytes are cut, and offsets are the file's. */
static void test_section(void **state)
{
    struct slice text = SLICE("a; b; 'c; d;");
    struct splitter splitter = splitter_of(text, 2, 5);
    struct statement statement;

    (void)state;
    assert_true(splitter_next(&splitter, &statement));
    assert_int_equal(statement.offset, 3);
    assert_int_equal(statement.length, 1);
    assert_false(splitter_next(&splitter, &statement));
    splitter = splitter_of(text, 6, 8);
    assert_true(splitter_next(&splitter, &statement));
    assert_int_equal(statement.length, 2);
    assert_int_equal(statement.defect, STATEMENT_UNTERMINATED_STRING);
    assert_false(splitter_next(&splitter, &statement));
    splitter = splitter_of(text, 20, 30);
    assert_false(splitter_next(&splitter, &statement));
}

static uint64_t cost_of(const char *before, const char *piece, size_t count)
{
    size_t length = strlen(before), piece_length = strlen(piece);
    struct slice text = {malloc(length + piece_length * count),
                         length + piece_length * count};
    struct splitter splitter = splitter_of(text, 0, text.length);
    char *copy = (char *)(uintptr_t)text.start;
    struct statement statement;

    memcpy(copy, before, length);
    for (size_t i = 0; i < count; i++)
        memcpy(copy + length + i * piece_length, piece, piece_length);
    assert_true(splitter_next(&splitter, &statement));
    free(copy);
    return statement.lex_cost;
}

/* What takes PostgreSQL's scanner seconds is told from what does not. */
static void test_lex_cost(void **state)
{
    (void)state;
    assert_in_range(cost_of("select ", "+", 300000), 44e9, 46e9);
    assert_in_range(cost_of("select ", "/*", 20000), 39e7, 41e7);
    assert_in_range(cost_of("", "/*", 20000), 39e7, 41e7);
    assert_int_equal(cost_of("select ", "+ ", 300000), 0);
    assert_int_equal(cost_of("select ", "/* ", 300000), 0);
    assert_int_equal(cost_of("select ", "*", 300000), 0);
    assert_int_equal(cost_of("select 1 --", "+", 300000), 0);
    assert_int_equal(cost_of("select /* ", "+", 300000), 0);
    assert_int_equal(cost_of("select '", "+", 300000), 0);
    assert_int_equal(cost_of("/********************************************/"
                             "/*++++++++++++++++++++++++++++++++++++++++++*/"
                             "select ",
                             "1", 1),
                     0);
}

/* Every one of them is read once: this takes no time. */
static void test_hostile(void **state)
{
    static const char *const pieces[] = {
        "COPY t FROM stdin;\n",
        "\\n",
        "\\",
        "\\echo x\n",
        "$a",
        "$a$",
        "'a'\n",
        "/*",
        "+",
        "(",
        "\\copy t from stdin\n",
        "E'\\'",
        "CASE ",
        "\\g\n",
        ";",
    };
    size_t size = 1 << 20;
    char *text = malloc(size);

    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t length = strlen(pieces[i]), end = 0;
        struct splitter splitter =
            splitter_of((struct slice){text, size}, 0, size);
        struct statement statement;

        for (size_t at = 0; at < size; at++)
            text[at] = pieces[i][at % length];
        while (splitter_next(&splitter, &statement)) {
            assert_true(statement.offset >= end);
            assert_true(statement.end <= size);
            end = statement.end;
        }
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_semicolons),
        cmocka_unit_test(test_parentheses),
        cmocka_unit_test(test_atomic_bodies),
        cmocka_unit_test(test_psql_commands),
        cmocka_unit_test(test_psql_command_within),
        cmocka_unit_test(test_other_backslashes),
        cmocka_unit_test(test_templates),
        cmocka_unit_test(test_boundaries),
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_defects),
        cmocka_unit_test(test_measures),
        cmocka_unit_test(test_section),
        cmocka_unit_test(test_lex_cost),
        cmocka_unit_test(test_hostile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
