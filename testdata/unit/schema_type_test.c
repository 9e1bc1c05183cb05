/* schema/type and replay_type: types as format_type() writes them. Compared
 * with servers. */
#include "replayed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const types[][2] = {
    {"int2", "smallint"},
    {"integer", "integer"},
    {"int8", "bigint"},
    {"float(10)", "real"},
    {"float(40)", "double precision"},
    {"real", "real"},
    {"dec(3,1)", "numeric(3,1)"},
    {"numeric(5)", "numeric(5,0)"},
    {"numeric(4,-2)", "numeric(4,-2)"},
    {"numeric", "numeric"},
    {"varchar", "character varying"},
    {"national character varying(4)", "character varying(4)"},
    {"char", "character(1)"},
    {"nchar(2)", "character(2)"},
    {"bpchar", "bpchar"},
    {"\"char\"", "\"char\""},
    {"bit", "bit(1)"},
    {"pg_catalog.bit", "\"bit\""},
    {"bit varying(4)", "bit varying(4)"},
    {"time", "time without time zone"},
    {"time(2) with time zone", "time(2) with time zone"},
    {"timestamp(3)", "timestamp(3) without time zone"},
    {"timestamptz", "timestamp with time zone"},
    {"interval", "interval"},
    {"interval(3)", "interval(3)"},
    {"interval year", "interval year"},
    {"interval day to second(3)", "interval day to second(3)"},
    {"interval hour to minute", "interval hour to minute"},
    {"bool[]", "boolean[]"},
    {"varchar(5)[3][4]", "character varying(5)[]"},
    {"text array", "text[]"},
    {"_int4", "integer[]"},
    {"pg_catalog.int4", "integer"},
    {"jsonb", "jsonb"},
    {"regclass", "regclass"},
    {"tstzmultirange", "tstzmultirange"},
    {"mood", "public.mood"},
    {"mood[]", "public.mood[]"},
    {"public.mood", "public.mood"},
    {"\"S\".\"Type X\"", "\"S\".\"Type X\""},
    {"rng", "public.rng"},
    {"rng_multirange", "public.rng_multirange"},
    {"a_multirange_b", "public.a_multirange_b"},
    {"pos", "public.pos"},
    {"pair", "public.pair"},
    {"other", "public.other"},
    {"citext", "\"S\".citext"},
    {"vector(3)", "public.vector(3)"},
    {"nowhere", "?"},
    {"public.int4", "?"},
};

static void test_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct replayed replayed = replayed_new(15);
        const struct table *table;
        const char *type;

        replayed_add(
            &replayed,
            "CREATE SCHEMA \"S\"; CREATE TYPE mood AS ENUM ('a');"
            "CREATE TYPE \"S\".\"Type X\" AS ENUM ('a');"
            "CREATE TYPE rng AS RANGE (subtype = float8);"
            "CREATE TYPE a_range_b AS RANGE (subtype = float8);"
            "CREATE DOMAIN pos AS int; CREATE TYPE pair AS (a int, b int);"
            "CREATE TABLE other (id int); CREATE EXTENSION vector;"
            "CREATE EXTENSION citext SCHEMA \"S\";"
            "SET search_path = public, \"S\"");
        replayed_add(&replayed,
                     arena_format(&replayed.arena, "CREATE TABLE t (c %s)",
                                  types[i][0]));
        table = replayed_table(&replayed, "t");
        if (!table)
            fail_msg("%s", types[i][0]);
        type =
            type_to_text(&replayed.arena, table->columns.items[0]->data_type);
        assert_string_equal(type ? type : "?", types[i][1]);
        replayed_release(&replayed);
    }
}

/* The type of a domain's column that is given no value. */
static void test_domains(void **state)
{
    struct replayed replayed = replayed_new(15);
    struct schema *schema = replayed.schema;

    (void)state;
    replayed_add(&replayed,
                 "CREATE DOMAIN a AS int DEFAULT 1; CREATE DOMAIN b AS a;"
                 "CREATE DOMAIN c AS int NOT NULL; CREATE DOMAIN d AS int "
                 "DEFAULT NULL; CREATE DOMAIN e AS a DEFAULT NULL;"
                 "ALTER DOMAIN c SET DEFAULT 4; ALTER DOMAIN a DROP DEFAULT");
    assert_false(schema_domain_has_default(
        schema, (struct qualified_name){.name = "a"}));
    assert_true(schema_domain_has_default(
        schema, (struct qualified_name){.name = "b"}));
    assert_true(schema_domain_has_default(
        schema, (struct qualified_name){NULL, "public", "c"}));
    assert_false(schema_domain_has_default(
        schema, (struct qualified_name){.name = "d"}));
    assert_false(schema_domain_has_default(
        schema, (struct qualified_name){.name = "e"}));
    assert_false(schema_domain_has_default(
        schema, (struct qualified_name){.name = "nowhere"}));
    replayed_release(&replayed);
}

static const struct replay_case null_cases[] = {
    {"DEFAULT NULL is kept where the type has a modifier or is a domain", 15,
     "CREATE DOMAIN p AS int; CREATE TABLE t (a text DEFAULT NULL, b "
     "varchar(5) DEFAULT NULL, c varchar DEFAULT NULL, d timestamp(3) DEFAULT "
     "NULL, e p DEFAULT NULL, f int DEFAULT NULL::int, g int[] DEFAULT NULL, h "
     "text DEFAULT NULL::varchar, i int DEFAULT (NULL), j text DEFAULT '')",
     "t",
     "table public.t\n"
     "  a text\n"
     "  b character varying(5) default NULL\n"
     "  c character varying\n"
     "  d timestamp(3) without time zone default NULL\n"
     "  e public.p default NULL\n"
     "  f integer\n"
     "  g integer[]\n"
     "  h text default NULL::varchar\n"
     "  i integer\n"
     "  j text default ''\n"},
    {"sequences change owners", 15,
     "CREATE SEQUENCE s1; CREATE TABLE t (a int DEFAULT nextval('s1'), b int); "
     "ALTER SEQUENCE s1 OWNED BY t.a; CREATE SEQUENCE s2 OWNED BY t.b; "
     "CREATE SEQUENCE s3 OWNED BY t.b; ALTER SEQUENCE s3 OWNED BY NONE",
     "t",
     "table public.t\n"
     "  a integer default nextval('s1')\n"
     "  b integer\n"
     "  sequence s1 of a\n"
     "  sequence s2 of b\n"},
};

static void test_columns(void **state)
{
    (void)state;
    replayed_check_cases(null_cases);
}

/* What the server says of a column's type, in 14 and in 18. */
static const struct {
    const char *type;
    const char *sqlstate;
    const char *message;
    const char *message_14; /* null: the same */
} failures[] = {
    {"nowhere", "42704", "type \"nowhere\" does not exist", NULL},
    {"nowhere[]", "42704", "type \"nowhere[]\" does not exist", NULL},
    {"public.int4", "42704", "type \"public.int4\" does not exist", NULL},
    {"varchar(0)", "22023", "length for type varchar must be at least 1", NULL},
    {"varchar(10485761)", "22023",
     "length for type varchar cannot exceed 10485760", NULL},
    {"char(0)", "22023", "length for type char must be at least 1", NULL},
    {"pg_catalog.varchar(1,2)", "22023", "invalid type modifier", NULL},
    {"pg_catalog.varchar('x')", "22P02",
     "invalid input syntax for type integer: \"x\"", NULL},
    {"pg_catalog.varchar(99999999999)", "22003",
     "value \"99999999999\" is out of range for type integer", NULL},
    {"bit(0)", "22023", "length for type bit must be at least 1", NULL},
    {"bit varying(83886081)", "22023",
     "length for type varbit cannot exceed 83886080", NULL},
    {"numeric(0)", "22023", "NUMERIC precision 0 must be between 1 and 1000",
     NULL},
    {"numeric(5,1001)", "22023",
     "NUMERIC scale 1001 must be between -1000 and 1000",
     "NUMERIC scale 1001 must be between 0 and precision 5"},
    {"numeric(1,2,3)", "22023", "invalid NUMERIC type modifier", NULL},
    {"pg_catalog.timestamptz(-1)", "22023",
     "TIMESTAMP(-1) WITH TIME ZONE precision must not be negative", NULL},
    {"pg_catalog.time(-2)", "22023", "TIME(-2) precision must not be negative",
     NULL},
    {"pg_catalog.interval(3)", "22023", "invalid INTERVAL type modifier", NULL},
    {"text(3)", "42601", "type modifier is not allowed for type \"text\"",
     NULL},
    {"mood(3)[]", "42601", "type modifier is not allowed for type \"mood[]\"",
     NULL},
    {"pg_catalog.varchar(a.b)", "42601",
     "type modifiers must be simple constants or identifiers", NULL},
    {"numeric(2,4)", "", NULL,
     "NUMERIC scale 4 must be between 0 and precision 2"},
};

static void check_failure(int version, const char *type, const char *sqlstate,
                          const char *message)
{
    struct replayed replayed = replayed_new(version);
    const char *sql =
        arena_format(&replayed.arena, "CREATE TABLE t (c %s)", type);
    struct splitter splitter;
    struct statement statement;
    struct type_failure failure;
    const CreateStmt *create;

    replayed_add(&replayed, "CREATE TYPE mood AS ENUM ('a')");
    splitter = splitter_of(slice_from(sql), 0, strlen(sql));
    assert_true(splitter_next(&splitter, &statement));
    parser_parse(replayed.parser, slice_from(sql), &statement, 1);
    create = (const CreateStmt *)statement.tree;
    assert_non_null(create);
    type_resolve(replayed.schema,
                 ((const ColumnDef *)linitial(create->tableElts))->typeName,
                 &failure);
    if (strcmp(failure.sqlstate, message ? sqlstate : "") != 0 ||
        strcmp(failure.message ? failure.message : "",
               message ? message : "") != 0)
        fail_msg("%s: %s %s", type, failure.sqlstate,
                 failure.message ? failure.message : "no failure");
    replayed_release(&replayed);
}

static void test_failures(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
        const char *old = failures[i].message_14;

        check_failure(18, failures[i].type, failures[i].sqlstate,
                      failures[i].message);
        check_failure(14, failures[i].type,
                      old ? "22023" : failures[i].sqlstate,
                      old ? old : failures[i].message);
    }
}

/* What is renamed or moved shows in every type made of it. */
static void test_renames(void **state)
{
    struct replayed replayed = replayed_new(18);
    const struct table *table;

    (void)state;
    replayed_add(&replayed,
                 "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE other (id int);"
                 "CREATE TABLE t (a mood, b mood[], c other[], d other);"
                 "ALTER TYPE mood RENAME TO state; CREATE SCHEMA s;"
                 "ALTER TABLE other SET SCHEMA s; ALTER SCHEMA s RENAME TO x;"
                 "ALTER TABLE x.other RENAME TO third");
    table = replayed_table(&replayed, "t");
    assert_string_equal(
        type_to_text(&replayed.arena, table->columns.items[0]->data_type),
        "public.state");
    assert_string_equal(
        type_to_text(&replayed.arena, table->columns.items[1]->data_type),
        "public.state[]");
    assert_string_equal(
        type_to_text(&replayed.arena, table->columns.items[2]->data_type),
        "x.third[]");
    assert_string_equal(
        type_to_text(&replayed.arena, table->columns.items[3]->data_type),
        "x.third");
    assert_string_equal(table->columns.items[2]->data_type.type->name,
                        "_third");
    replayed_release(&replayed);
}

/* pg_catalog comes first, unless the path says where. */
static void test_search_path(void **state)
{
    struct replayed replayed = replayed_new(18);
    struct qualified_name text = {.name = "text"};

    (void)state;
    replayed_add(&replayed, "CREATE DOMAIN public.text AS int");
    assert_int_equal(type_oid(type_find_named(replayed.schema, text)), 25);
    replayed_add(&replayed, "SET search_path = public, pg_catalog");
    assert_int_equal(type_find_named(replayed.schema, text)->kind, TYPE_DOMAIN);
    replayed_add(&replayed, "SET search_path = pg_catalog, public");
    assert_int_equal(type_oid(type_find_named(replayed.schema, text)), 25);
    assert_ptr_equal(
        type_find_named(replayed.schema,
                        (struct qualified_name){NULL, "pg_catalog", "_int4"}),
        type_array_of(replayed.schema, type_of_oid(replayed.schema, 23)));
    replayed_release(&replayed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),    cmocka_unit_test(test_domains),
        cmocka_unit_test(test_columns), cmocka_unit_test(test_failures),
        cmocka_unit_test(test_renames), cmocka_unit_test(test_search_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
