/* sql/dump, sql/fields, sql/names: what the table of fields makes of trees. */
#include "sql/dump.h"

#include "sql/fields.h"
#include "sql/names.h"
#include "sql/parser.h"
#include "sql/splitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct parser *parser;

static int set_up(void **state)
{
    (void)state;
    parser = parser_new();
    return parser == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    parser_free(parser);
    return 0;
}

static struct statement parse(struct slice text)
{
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement statement;

    assert_true(splitter_next(&splitter, &statement));
    parser_parse(parser, text, &statement, 1);
    assert_int_equal(statement.outcome, PARSE_DONE);
    return statement;
}

static void expect_dump(const char *sql, const char *expected)
{
    struct statement statement = parse(slice_from(sql));
    struct arena arena = {0};
    struct buffer buffer;

    buffer_init(&buffer, &arena);
    dump_tree(&buffer, statement.tree, statement.tree_base);
    assert_string_equal(buffer_text(&buffer), expected);
    arena_release(&arena);
}

static void test_dump(void **state)
{
    (void)state;
    expect_dump("-- c\nDROP TABLE a.\"B\tc\\\", d",
                "DropStmt\n"
                "  objects: List\n"
                "    List\n"
                "      String \"a\"\n"
                "      String \"B\\x09c\\\\\"\n"
                "    List\n"
                "      String \"d\"\n"
                "  removeType: OBJECT_TABLE\n"
                "  behavior: DROP_RESTRICT\n");
    expect_dump("SELECT 1.5, NULL, '', true FROM ONLY b",
                "SelectStmt\n"
                "  targetList: List\n"
                "    ResTarget\n"
                "      val: A_Const\n"
                "        val: Float 1.5\n"
                "        location: 7\n"
                "      location: 7\n"
                "    ResTarget\n"
                "      val: A_Const\n"
                "        isnull: true\n"
                "        location: 12\n"
                "      location: 12\n"
                "    ResTarget\n"
                "      val: A_Const\n"
                "        val: String \"\"\n"
                "        location: 18\n"
                "      location: 18\n"
                "    ResTarget\n"
                "      val: A_Const\n"
                "        val: Boolean true\n"
                "        location: 22\n"
                "      location: 22\n"
                "  fromClause: List\n"
                "    RangeVar\n"
                "      relname: \"b\"\n"
                "      relpersistence: \"p\"\n"
                "      location: 37\n");
}

/* A shared source is shown once. */
static void test_dump_shared(void **state)
{
    (void)state;
    expect_dump("UPDATE t SET (a, b) = (1, 2)",
                "UpdateStmt\n"
                "  relation: RangeVar\n"
                "    relname: \"t\"\n"
                "    inh: true\n"
                "    relpersistence: \"p\"\n"
                "    location: 7\n"
                "  targetList: List\n"
                "    ResTarget\n"
                "      name: \"a\"\n"
                "      val: MultiAssignRef\n"
                "        source: RowExpr\n"
                "          args: List\n"
                "            A_Const\n"
                "              val: Integer 1\n"
                "              location: 23\n"
                "            A_Const\n"
                "              val: Integer 2\n"
                "              location: 26\n"
                "          row_format: COERCE_IMPLICIT_CAST\n"
                "          location: 22\n"
                "        colno: 1\n"
                "        ncolumns: 2\n"
                "      location: 14\n"
                "    ResTarget\n"
                "      name: \"b\"\n"
                "      val: MultiAssignRef\n"
                "        source: as for the first column\n"
                "        colno: 2\n"
                "        ncolumns: 2\n"
                "      location: 17\n");
}

/* Deep trees neither overflow the stack nor fill the disk with indentation. */
static void test_dump_deep(void **state)
{
    struct arena arena = {0};
    struct buffer sql, buffer;
    struct statement statement;

    (void)state;
    buffer_init(&sql, &arena);
    buffer_init(&buffer, &arena);
    buffer_add_text(&sql, "SELECT 1");
    for (int i = 0; i < 100000; i++)
        buffer_add_text(&sql, "+1");
    statement = parse(buffer_slice(&sql));
    dump_tree(&buffer, statement.tree, 0);
    assert_in_range(buffer.length, 30e6, 100e6);
    arena_release(&arena);
}

/* The tags that the walk must know: of 18 as of any later version. */
static void test_fields(void **state)
{
    const struct node_type *type = node_type_of(T_RangeVar);
    size_t count = 0;

    (void)state;
    assert_string_equal(type->name, "RangeVar");
    assert_int_equal(type->size, sizeof(RangeVar));
    assert_string_equal(type->fields[2].name, "relname");
    assert_int_equal(type->fields[2].offset, offsetof(RangeVar, relname));
    assert_int_equal(type->fields[2].kind, FIELD_STRING);
    assert_int_equal(type->child_count, 1);
    assert_int_equal(type->children[0], offsetof(RangeVar, alias));
    assert_null(node_type_of(T_Invalid));
    assert_null(node_type_of(T_List));
    assert_null(node_type_of((NodeTag)100000));
    assert_int_equal(node_tag_of("AlterTableCmd"), T_AlterTableCmd);
    assert_int_equal(node_tag_of("A_Const"), T_A_Const);
    assert_int_equal(node_tag_of("AlterTable"), T_Invalid);
    for (size_t tag = 0; tag < node_tag_limit; tag++)
        count += node_type_of((NodeTag)tag) != NULL;
    assert_in_range(count, 255, 300);
}

static void test_names(void **state)
{
    struct statement statement = parse(SLICE("DROP TABLE a, b.c, d.e.\"F\""));
    const List *objects = ((const DropStmt *)statement.tree)->objects;
    struct arena arena = {0};
    struct qualified_name name;

    (void)state;
    name = name_from_list(linitial(objects));
    assert_string_equal(name.name, "a");
    assert_null(name.schema);
    assert_string_equal(name_to_sql(&arena, name), "a");
    name = name_from_list(lsecond(objects));
    assert_string_equal(name.schema, "b");
    assert_null(name.catalog);
    name = name_from_list(lthird(objects));
    assert_string_equal(name_to_sql(&arena, name), "d.e.\"F\"");
    assert_null(name_from_list(NULL).name);
    assert_null(name_from_string(statement.tree));

    statement = parse(SLICE("LOCK x.\"select\""));
    name = name_from_range_var(
        linitial(((const LockStmt *)statement.tree)->relations));
    assert_string_equal(name_to_sql(&arena, name), "x.\"select\"");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dump),      cmocka_unit_test(test_dump_shared),
        cmocka_unit_test(test_dump_deep), cmocka_unit_test(test_fields),
        cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
