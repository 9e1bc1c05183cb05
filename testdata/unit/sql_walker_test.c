/* sql/walker: every node once, however deep, and what led to it. */
#include "sql/walker.h"

#include "base/buffer.h"
#include "sql/fields.h"
#include "sql/parser.h"
#include "sql/splitter.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

/* A statement that was parsed. */
struct parsed {
    struct arena arena;
    struct parser *parser;
    struct walker walker;
    struct statement statement;
};

static void parse(struct parsed *parsed, struct slice text)
{
    struct splitter splitter = splitter_of(text, 0, text.length);

    *parsed = (struct parsed){.parser = parser_new()};
    walker_init(&parsed->walker);
    assert_true(splitter_next(&splitter, &parsed->statement));
    parser_parse(parsed->parser, text, &parsed->statement, 1);
    assert_int_equal(parsed->statement.outcome, PARSE_DONE);
}

static void release(struct parsed *parsed)
{
    walker_release(&parsed->walker);
    parser_free(parsed->parser);
    arena_release(&parsed->arena);
}

/* Writes each node's name, indented by its depth. */
static bool write_node(void *closure, const Node *node, const struct walk *walk)
{
    struct buffer *buffer = closure;

    for (size_t i = 0; i < walk_depth(walk); i++)
        buffer_add_char(buffer, ' ');
    buffer_add_format(buffer, "%s\n", node_type_of(nodeTag(node))->name);
    return nodeTag(node) != T_TypeCast;
}

static void test_order(void **state)
{
    struct parsed parsed;
    struct buffer buffer;

    (void)state;
    parse(&parsed, SLICE("SELECT a, '1'::int FROM b WHERE c = ANY ('{}')"));
    buffer_init(&buffer, &parsed.arena);
    walk_tree(&parsed.walker, parsed.statement.tree, write_node, &buffer);
    assert_string_equal(buffer_text(&buffer), "SelectStmt\n"
                                              " ResTarget\n"
                                              "  ColumnRef\n"
                                              "   String\n"
                                              " ResTarget\n"
                                              "  TypeCast\n"
                                              " RangeVar\n"
                                              " A_Expr\n"
                                              "  String\n"
                                              "  ColumnRef\n"
                                              "   String\n"
                                              "  A_Const\n");
    walk_tree(&parsed.walker, NULL, write_node, &buffer);
    release(&parsed);
}

/* Lists within lists, nulls in lists (the slots of VALUES, partition keys). */
static void test_lists(void **state)
{
    struct parsed parsed;
    struct buffer buffer;

    (void)state;
    parse(&parsed, SLICE("DROP TABLE a.b, c"));
    buffer_init(&buffer, &parsed.arena);
    walk_tree(&parsed.walker, parsed.statement.tree, write_node, &buffer);
    assert_string_equal(buffer_text(&buffer),
                        "DropStmt\n String\n String\n String\n");
    walk_tree(&parsed.walker,
              (const Node *)((const DropStmt *)parsed.statement.tree)->objects,
              write_node, &buffer);
    assert_true(slice_has_suffix(buffer_slice(&buffer),
                                 SLICE("\nString\nString\nString\n")));
    release(&parsed);
}

/* Checks what walk_ancestor() and walk_field() say below WHERE. */
static bool check_ancestors(void *closure, const Node *node,
                            const struct walk *walk)
{
    const Node *tree = closure;

    if (node == tree) {
        assert_int_equal(walk_depth(walk), 0);
        assert_null(walk_ancestor(walk, 0));
        assert_int_equal(walk_field(walk, 0), (size_t)-1);
    }
    if (nodeTag(node) != T_ColumnRef)
        return true;
    assert_int_equal(walk_depth(walk), 3);
    assert_int_equal(nodeTag(walk_ancestor(walk, 0)), T_A_Expr);
    assert_int_equal(walk_field(walk, 0), offsetof(A_Expr, rexpr));
    assert_int_equal(nodeTag(walk_ancestor(walk, 1)), T_BoolExpr);
    assert_int_equal(walk_field(walk, 1), offsetof(BoolExpr, args));
    assert_ptr_equal(walk_ancestor(walk, 2), tree);
    assert_int_equal(walk_field(walk, 2), offsetof(SelectStmt, whereClause));
    assert_null(walk_ancestor(walk, 3));
    assert_int_equal(walk_field(walk, 3), (size_t)-1);
    return true;
}

static void test_ancestors(void **state)
{
    struct parsed parsed;

    (void)state;
    parse(&parsed, SLICE("SELECT 1 WHERE true AND 1 = a AND 2 = b"));
    walk_tree(&parsed.walker, parsed.statement.tree, check_ancestors,
              (void *)(uintptr_t)parsed.statement.tree);
    release(&parsed);
}

struct count {
    size_t nodes;
    size_t depth_max;
};

static bool count_node(void *closure, const Node *node, const struct walk *walk)
{
    struct count *count = closure;

    (void)node;
    count->nodes++;
    if (walk_depth(walk) > count->depth_max)
        count->depth_max = walk_depth(walk);
    return true;
}

/* A visit that walks the same tree itself, deeper than the stack was. */
struct nested {
    struct walker *walker;
    const Node *tree;
    size_t visits;
};

static bool walk_again(void *closure, const Node *node, const struct walk *walk)
{
    struct nested *nested = closure;
    size_t depth = walk_depth(walk);
    const Node *parent = walk_ancestor(walk, 0);
    struct count count = {0};

    walk_tree(nested->walker, nested->tree, count_node, &count);
    assert_int_equal(count.depth_max, 302);
    assert_int_equal(walk_depth(walk), depth);
    assert_ptr_equal(walk_ancestor(walk, 0), parent);
    nested->visits++;
    (void)node;
    return true;
}

static void test_walk_within_walk(void **state)
{
    struct parsed parsed;
    struct arena arena = {0};
    struct buffer sql;
    struct nested nested;

    (void)state;
    buffer_init(&sql, &arena);
    buffer_add_text(&sql, "SELECT 1");
    for (int i = 0; i < 300; i++)
        buffer_add_text(&sql, " + 1");
    parse(&parsed, buffer_slice(&sql));
    nested = (struct nested){&parsed.walker, parsed.statement.tree, 0};
    walk_tree(&parsed.walker, nested.tree, walk_again, &nested);
    assert_int_equal(nested.visits, 2 + 300 * 2 + 301);
    release(&parsed);
    arena_release(&arena);
}

/* 100,000 pieces in a row, and what a walk over them must see. */
struct chain {
    const char *before;
    const char *piece;
    struct count expected;
    struct count counted;
};

static void count_chain(struct chain *chain)
{
    struct parsed parsed;
    struct arena arena = {0};
    struct buffer sql;

    buffer_init(&sql, &arena);
    buffer_add_text(&sql, chain->before);
    for (int i = 0; i < 100000; i++)
        buffer_add_text(&sql, chain->piece);
    parse(&parsed, buffer_slice(&sql));
    walk_tree(&parsed.walker, parsed.statement.tree, count_node,
              &chain->counted);
    release(&parsed);
    arena_release(&arena);
}

static void *count_chains(void *chains)
{
    for (struct chain *chain = chains; chain->before; chain++)
        count_chain(chain);
    return NULL;
}

/* In a thread with less stack than any worker has. */
static void test_deep_chains(void **state)
{
    struct chain chains[] = {
        {"SELECT 1", " + 1", {300003, 100002}, {0, 0}},
        {"SELECT 1", "::int", {400003, 100003}, {0, 0}},
        {"SELECT 1", " UNION ALL SELECT 1", {400003, 100002}, {0, 0}},
        {"SELECT 1 FROM a", " JOIN a ON b", {400004, 100002}, {0, 0}},
        {"SELECT 1 WHERE a", " AND a", {200006, 3}, {0, 0}},
        {NULL, NULL, {0, 0}, {0, 0}},
    };
    pthread_attr_t attributes;
    pthread_t thread;

    (void)state;
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstacksize(&attributes, (size_t)256 << 10),
                     0);
    assert_int_equal(pthread_create(&thread, &attributes, count_chains, chains),
                     0);
    pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
    for (struct chain *chain = chains; chain->before; chain++) {
        assert_int_equal(chain->counted.nodes, chain->expected.nodes);
        assert_int_equal(chain->counted.depth_max, chain->expected.depth_max);
    }
}

/* All columns of SET (a, b) = ... share one source. Nested 30 levels deep, a
 * walk that visits it for each column would take a billion steps. */
static void test_shared_source(void **state)
{
    struct parsed parsed;
    struct arena arena = {0};
    struct buffer sql;
    struct count count = {0};

    (void)state;
    buffer_init(&sql, &arena);
    for (int i = 0; i < 30; i++)
        buffer_add_text(&sql, "UPDATE t SET (a, b) = (WITH c AS (");
    buffer_add_text(&sql, "SELECT 1");
    for (int i = 0; i < 30; i++)
        buffer_add_text(&sql, ") SELECT 1, 2)");
    parse(&parsed, buffer_slice(&sql));
    walk_tree(&parsed.walker, parsed.statement.tree, count_node, &count);
    /* UpdateStmt, RangeVar, 2 ResTargets and MultiAssignRefs, SubLink,
     * SelectStmt, 2 ResTargets and A_Consts, WithClause, CommonTableExpr. */
    assert_int_equal(count.nodes, 30 * 14 + 3);
    release(&parsed);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_ancestors),
        cmocka_unit_test(test_walk_within_walk),
        cmocka_unit_test(test_deep_chains),
        cmocka_unit_test(test_shared_source),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
