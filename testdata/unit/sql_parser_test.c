/* sql/parser: every statement's own tree, error and place, whatever stands
 * around it. */
#include "sql/parser.h"

#include "base/buffer.h"
#include "sql/ast.h"
#include "sql/splitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A text that was split and parsed. */
struct parsed {
    struct arena arena;
    struct parser *parser;
    struct slice text;
    struct statement_array statements;
};

static void parse(struct parsed *parsed, struct slice text)
{
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement statement;

    *parsed = (struct parsed){.text = text, .parser = parser_new()};
    while (splitter_next(&splitter, &statement))
        *array_push(&parsed->arena, &parsed->statements) = statement;
    parser_parse(parsed->parser, text, parsed->statements.items,
                 parsed->statements.count);
}

static void release(struct parsed *parsed)
{
    parser_free(parsed->parser);
    arena_release(&parsed->arena);
}

static const struct statement *statement_at(const struct parsed *parsed,
                                            size_t index)
{
    assert_true(index < parsed->statements.count);
    return &parsed->statements.items[index];
}

static void expect_tree(const struct parsed *parsed, size_t index, NodeTag tag)
{
    const struct statement *statement = statement_at(parsed, index);

    assert_int_equal(statement->outcome, PARSE_DONE);
    assert_null(statement->error);
    assert_int_equal(nodeTag(statement->tree), tag);
}

/* error_at: what the text goes on with at the error's place. */
static void expect_error(const struct parsed *parsed, size_t index,
                         const char *message, const char *error_at)
{
    const struct statement *statement = statement_at(parsed, index);

    assert_int_equal(statement->outcome, PARSE_FAILED);
    assert_null(statement->tree);
    assert_string_equal(statement->error, message);
    assert_true(slice_has_prefix(
        slice_part(parsed->text, statement->error_offset, parsed->text.length),
        slice_from(error_at)));
}

static void test_empty(void **state)
{
    struct parsed parsed;

    (void)state;
    parse(&parsed, SLICE(" -- nothing\n;"));
    assert_int_equal(parsed.statements.count, 0);
    release(&parsed);
}

static void test_errors_cost_themselves(void **state)
{
    struct parsed parsed;

    (void)state;
    parse(&parsed, SLICE("SELEC 1; SELECT 2; DROP TABLE a b; INSERT INTO; "
                         "COMMIT; SELECT (1"));
    expect_error(&parsed, 0, "syntax error at or near \"SELEC\"", "SELEC 1");
    expect_tree(&parsed, 1, T_SelectStmt);
    expect_error(&parsed, 2, "syntax error at or near \"b\"", "b; INS");
    expect_error(&parsed, 3, "syntax error at or near \";\"", "; COMMIT");
    expect_tree(&parsed, 4, T_TransactionStmt);
    expect_error(&parsed, 5, "syntax error at end of input", "");
    assert_int_equal(statement_at(&parsed, 5)->error_offset,
                     parsed.text.length);
    release(&parsed);
}

/* Errors that the scanner and the grammar's actions raise. */
static void test_other_errors(void **state)
{
    struct parsed parsed;

    (void)state;
    parse(&parsed, SLICE("SELECT U&'\\zz'; SELECT 12ab; "
                         "ALTER TABLE t ALTER 0 SET STATISTICS 1; SELECT 1;"
                         "SELECT 'a"));
    expect_error(&parsed, 0, "invalid Unicode escape", "\\zz");
    expect_error(&parsed, 1,
                 "trailing junk after numeric literal at or near \"12ab\"",
                 "12ab");
    expect_error(&parsed, 2, "column number must be in range from 1 to 32767",
                 "0 SET");
    expect_tree(&parsed, 3, T_SelectStmt);
    expect_error(&parsed, 4, "unterminated quoted string at or near \"'a\"",
                 "'a");
    release(&parsed);
}

/* The scanner quotes the rest of the text; a finding's message is a line. */
static void test_long_messages(void **state)
{
    struct parsed parsed;
    char text[400] = "SELECT 'a\nb";

    (void)state;
    parse(&parsed, slice_from(text));
    assert_string_equal(statement_at(&parsed, 0)->error,
                        "unterminated quoted string at or near \"'a...\"");
    release(&parsed);
    for (size_t i = 8; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "\xc3\xb6", 2);
    parse(&parsed, slice_from(text));
    assert_in_range(strlen(statement_at(&parsed, 0)->error), 110, 130);
    assert_true(slice_has_suffix(slice_from(statement_at(&parsed, 0)->error),
                                 SLICE("\xc3\xb6...\"")));
    release(&parsed);
}

/* A node's location plus tree_base is its offset in the file. */
static void test_places(void **state)
{
    struct parsed parsed;

    (void)state;
    parse(&parsed, SLICE("-- \xc3\xb6\nSELECT 1; ;\n\\x\n/* c */ SELECT 'b'"
                         " \\gset\nbad; SELECT /* \xc3\xb6 */ 3"));
    for (size_t i = 0; i < parsed.statements.count; i++) {
        const struct statement *statement = statement_at(&parsed, i);
        const SelectStmt *select;
        const ResTarget *target;
        size_t offset;

        if (!statement->tree)
            continue;
        select = (const SelectStmt *)statement->tree;
        target = linitial(select->targetList);
        offset = statement->tree_base + (size_t)target->location;
        assert_non_null(memchr("1'3", parsed.text.start[offset], 3));
    }
    assert_int_equal(parsed.statements.count, 6);
    expect_tree(&parsed, 0, T_SelectStmt);
    assert_int_equal(statement_at(&parsed, 1)->outcome, PARSE_PENDING);
    expect_tree(&parsed, 2, T_SelectStmt);
    expect_tree(&parsed, 5, T_SelectStmt);
    release(&parsed);
}

static void test_nul_bytes(void **state)
{
    static const char sql[] = "SELECT\0 1; SELECT 'a\0b'; \0 ; SELECT 2;";
    struct parsed parsed;

    (void)state;
    parse(&parsed, (struct slice){sql, sizeof sql - 1});
    expect_tree(&parsed, 0, T_SelectStmt);
    expect_tree(&parsed, 1, T_SelectStmt);
    assert_int_equal(statement_at(&parsed, 2)->outcome, PARSE_SKIPPED);
    assert_string_equal(statement_at(&parsed, 2)->error,
                        "nothing in it can be read");
    expect_tree(&parsed, 3, T_SelectStmt);
    release(&parsed);
}

static void test_invalid_utf8(void **state)
{
    struct parsed parsed;

    (void)state;
    parse(&parsed, SLICE("SELECT \xff\xc3 x y; SELECT '\xe2\x82'; "
                         "SELECT '\xf0' a b; SELECT 1"));
    expect_error(&parsed, 0, "syntax error at or near \"y\"", "y;");
    expect_tree(&parsed, 1, T_SelectStmt);
    expect_error(&parsed, 2, "syntax error at or near \"b\"", "b;");
    expect_tree(&parsed, 3, T_SelectStmt);
    release(&parsed);
}

static void test_psql(void **state)
{
    struct parsed parsed;

    (void)state;
    parse(&parsed, SLICE("\\if :x\nSELECT 1\n\\else foo\n + 2;\n"
                         "COPY t FROM stdin;\nx\n\\.\n"
                         "SELECT :a, :'b c', :\"D\", e[1:2], :\xc3\xb6;\n"
                         "SELECT * FROM :t; SELECT e[1:f, :g]"));
    expect_tree(&parsed, 1, T_SelectStmt);
    expect_tree(&parsed, 2, T_CopyStmt);
    assert_int_equal(statement_at(&parsed, 3)->kind, STATEMENT_COPY_DATA);
    assert_int_equal(statement_at(&parsed, 3)->outcome, PARSE_PENDING);
    expect_tree(&parsed, 4, T_SelectStmt);
    assert_string_equal(
        parser_deparse(&parsed.arena, statement_at(&parsed, 4)->tree),
        "SELECT $1, $1, \":D\", e[1:2], $1");
    expect_tree(&parsed, 5, T_SelectStmt);
    expect_error(&parsed, 6, "syntax error at or near \",\"", ", :g");
    release(&parsed);
}

/* What the statement is read as. */
static void expect_filled(const char *sql, const char *read_as)
{
    struct parsed parsed;
    const char *text;

    parse(&parsed, slice_from(sql));
    assert_int_equal(parsed.statements.count, 1);
    assert_int_equal(statement_at(&parsed, 0)->outcome, PARSE_DONE);
    assert_true(statement_at(&parsed, 0)->is_filled);
    text = parser_deparse(&parsed.arena, statement_at(&parsed, 0)->tree);
    assert_string_equal(text, read_as);
    release(&parsed);
}

/* Something stands for a placeholder, whatever the grammar wants there. */
static void test_placeholders(void **state)
{
    (void)state;
    expect_filled("SELECT {{ a }}, {{ b }}.c, d{{ e }} FROM ${f} WHERE g = ?",
                  "SELECT $1, \"{{ b }}\".c, \"d{{ e }}\" FROM \"${f}\" "
                  "WHERE g = $1");
    expect_filled("DELETE FROM a {{ where }}", "DELETE FROM a WHERE $1");
    expect_filled("SELECT a FROM b ORDER BY c {{ limit }}",
                  "SELECT a FROM b ORDER BY c LIMIT $1");
    expect_filled("SELECT a FROM b WHERE c {{ sign }} 1",
                  "SELECT a FROM b WHERE c = 1");
    expect_filled("CREATE TABLE {{ maybe }} a (b {{ type }}(%(n)s), {{ c }})",
                  "CREATE TABLE a (b \"{{ type }}\"($1), LIKE \"{{ c }}\")");
    expect_filled("CREATE TABLE a (b char(:n))", "CREATE TABLE a (b char(1))");
    expect_filled("INSERT INTO a VALUES %s", "INSERT INTO a VALUES ($1)");
    expect_filled("SELECT a FROM b WHERE c IN :ids",
                  "SELECT a FROM b WHERE c IN ($1)");
    expect_filled("SELECT 1 WHERE :{?a} AND @b =%s",
                  "SELECT 1 WHERE true AND $1 = $1");
    expect_filled("COMMENT ON TABLE a IS {{ b('c;d') }}",
                  "COMMENT ON TABLE a IS ''");
    expect_filled("SELECT '{{ a('b') }}' {% if c == 'd' %}, 2 {% endif %}",
                  "SELECT '{{ a(''b'') }}', 2");
    expect_filled("CREATE DATABASE {{ a }} OWNER {{ b }}",
                  "CREATE DATABASE \"{{ a }}\" OWNER \"{{ b }}\"");
    expect_filled("GRANT SELECT ON a TO :\"b\"", "GRANT select ON a TO \":b\"");
}

/* Nodes say where their words are in the user's text. */
static void test_filled_places(void **state)
{
    struct parsed parsed;
    const struct statement *statement;
    const SelectStmt *select;
    const RangeVar *table;
    const A_Expr *where;

    (void)state;
    parse(&parsed,
          SLICE("; SELECT ? FROM {{ a }}_b.c WHERE \"d\" =%(e)s AND f"));
    statement = statement_at(&parsed, 0);
    expect_tree(&parsed, 0, T_SelectStmt);
    assert_true(statement->is_filled);
    select = (const SelectStmt *)statement->tree;
    table = linitial(select->fromClause);
    assert_int_equal(statement->tree_base + (size_t)table->location,
                     slice_find(parsed.text, SLICE("{{")));
    where = linitial(((const BoolExpr *)select->whereClause)->args);
    assert_int_equal(statement->tree_base +
                         (size_t)((const ParamRef *)where->rexpr)->location,
                     slice_find(parsed.text, SLICE("%(")));
    assert_int_equal(
        statement->tree_base +
            (size_t)((const ColumnRef *)lsecond(
                         ((const BoolExpr *)select->whereClause)->args))
                ->location,
        slice_find(parsed.text, SLICE(" f")) + 1);
    release(&parsed);
}

/* The error is the one of the text as it stands. */
static void test_unfillable(void **state)
{
    struct parsed parsed;

    (void)state;
    parse(&parsed,
          SLICE("ALTER TABLE a {{ b }}; SELEC {{ c }}; SELECT {{ d }}"));
    expect_error(&parsed, 0, "syntax error at or near \"{\"", "{{ b }}");
    expect_error(&parsed, 1, "syntax error at or near \"SELEC\"", "SELEC");
    expect_tree(&parsed, 2, T_SelectStmt);
    release(&parsed);
}

/* Runs of statements end anywhere; none gets another's tree. */
static void test_many(void **state)
{
    struct arena arena = {0};
    struct buffer sql;
    struct parsed parsed;

    (void)state;
    buffer_init(&sql, &arena);
    for (int i = 0; i < 20000; i++)
        buffer_add_format(&sql, i % 97 == 3 ? "SELEC %d;\n" : "SELECT %d;\n",
                          i);
    parse(&parsed, buffer_slice(&sql));
    assert_int_equal(parsed.statements.count, 20000);
    for (int i = 0; i < 20000; i++) {
        const struct statement *statement = statement_at(&parsed, (size_t)i);
        const ResTarget *target;

        if (i % 97 == 3) {
            assert_int_equal(statement->outcome, PARSE_FAILED);
            assert_int_equal(statement->error_offset, statement->offset);
            continue;
        }
        expect_tree(&parsed, (size_t)i, T_SelectStmt);
        target = linitial(((const SelectStmt *)statement->tree)->targetList);
        assert_int_equal(((const A_Const *)target->val)->val.ival.ival, i);
    }
    release(&parsed);
    arena_release(&arena);
}

static void expect_skipped(struct slice text, const char *error)
{
    struct parsed parsed;

    parse(&parsed, text);
    assert_int_equal(statement_at(&parsed, 0)->outcome, PARSE_SKIPPED);
    assert_string_equal(statement_at(&parsed, 0)->error, error);
    release(&parsed);
}

static void test_skipped(void **state)
{
    size_t size = PARSER_STATEMENT_SIZE_MAX + 10;
    char *text = malloc(size);

    (void)state;
    assert_non_null(text);
    memset(text, '+', size);
    expect_skipped(
        (struct slice){text, 300000},
        "its runs of operator characters would take too long to read");
    memset(text, 'a', size);
    expect_skipped((struct slice){text, size},
                   "statement is longer than 64 MiB");
    free(text);
}

/* Many statements that are a little slow may not take minutes together. */
static void test_total_cost(void **state)
{
    struct arena arena = {0};
    struct buffer sql;
    struct parsed parsed;
    char run[2001];
    size_t skipped = 0;

    (void)state;
    memset(run, '+', sizeof run - 1);
    run[sizeof run - 1] = '\0';
    buffer_init(&sql, &arena);
    for (int i = 0; i < 2000; i++)
        buffer_add_format(&sql, "SELECT %s1;\nSELECT 1;\n", run);
    parse(&parsed, buffer_slice(&sql));
    for (size_t i = 0; i < parsed.statements.count; i++) {
        if (i % 2 == 1)
            expect_tree(&parsed, i, T_SelectStmt);
        else
            skipped += statement_at(&parsed, i)->outcome == PARSE_SKIPPED;
    }
    assert_in_range(skipped, 1500, 1990);
    release(&parsed);
    arena_release(&arena);
}

/* Statements may be parsed again, whatever came of them before. */
static void test_clear(void **state)
{
    struct parser *parser = parser_new();
    struct slice text = SLICE("SELECT 1");
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement statement;

    (void)state;
    assert_true(splitter_next(&splitter, &statement));
    for (int i = 0; i < 100; i++) {
        parser_parse(parser, text, &statement, 1);
        assert_int_equal(statement.outcome, PARSE_DONE);
        assert_int_equal(nodeTag(statement.tree), T_SelectStmt);
        parser_clear(parser);
        statement.tree = NULL;
        statement.outcome = i % 2 ? PARSE_FAILED : PARSE_DONE;
    }
    parser_free(parser);
    parser_free(NULL);
}

static void test_deparse(void **state)
{
    struct parsed parsed;

    (void)state;
    parse(&parsed, SLICE("create  index on \"A\" (b)  ; "
                         "select 1 from a where b in (1, 2)"));
    assert_string_equal(
        parser_deparse(&parsed.arena, statement_at(&parsed, 0)->tree),
        "CREATE INDEX ON \"A\" USING btree (b)");
    assert_string_equal(
        parser_deparse(&parsed.arena, statement_at(&parsed, 1)->tree),
        "SELECT 1 FROM a WHERE b IN (1, 2)");
    assert_null(parser_deparse(&parsed.arena, NULL));
    /* The deparser raises an error for what is no statement. */
    assert_null(parser_deparse(
        &parsed.arena,
        (const Node *)((const IndexStmt *)statement_at(&parsed, 0)->tree)
            ->relation));
    release(&parsed);
}

static void test_quote_identifier(void **state)
{
    struct arena arena = {0};

    (void)state;
    assert_string_equal(parser_quote_identifier(&arena, "orders"), "orders");
    assert_string_equal(parser_quote_identifier(&arena, "Orders"),
                        "\"Orders\"");
    assert_string_equal(parser_quote_identifier(&arena, "user"), "\"user\"");
    assert_string_equal(parser_quote_identifier(&arena, "a\"b"), "\"a\"\"b\"");
    assert_string_equal(parser_quote_identifier(&arena, ""), "\"\"");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_errors_cost_themselves),
        cmocka_unit_test(test_other_errors),
        cmocka_unit_test(test_long_messages),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_nul_bytes),
        cmocka_unit_test(test_invalid_utf8),
        cmocka_unit_test(test_psql),
        cmocka_unit_test(test_placeholders),
        cmocka_unit_test(test_filled_places),
        cmocka_unit_test(test_unfillable),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_skipped),
        cmocka_unit_test(test_total_cost),
        cmocka_unit_test(test_clear),
        cmocka_unit_test(test_deparse),
        cmocka_unit_test(test_quote_identifier),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
