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
        type = type_to_text(&replayed.arena,
                            table->columns.items[0]->data_type);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_domains),
        cmocka_unit_test(test_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
