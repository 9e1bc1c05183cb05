/*
 * output/schema_sql: what stands before what. The dependencies are made by
 * hand; that the scripts load is for `make truth`.
 */
#include "output/schema.h"
#include "schema/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "replayed.h"

static const char *script_of(struct replayed *replayed)
{
    struct buffer buffer;

    buffer_init(&buffer, &replayed->arena);
    schema_write_sql(&buffer, replayed->schema);
    return buffer_text(&buffer);
}

/* The texts, which end with null, are in the script, one after another. */
static void assert_order(const char *script, const char *const *texts)
{
    const char *at = script;

    for (; *texts; texts++) {
        const char *found = strstr(at, *texts);

        if (!found)
            print_error("no \"%s\" in\n%s\n", *texts, at);
        assert_non_null(found);
        at = found + strlen(*texts);
    }
}

static size_t count_of(const char *script, const char *text)
{
    size_t count = 0;

    for (; (script = strstr(script, text)); script += strlen(text))
        count++;
    return count;
}

static struct expression *expression_of(struct replayed *replayed,
                                        const char *text)
{
    struct expression *expression =
        arena_alloc(&replayed->arena, sizeof *expression);

    expression->text = text;
    return expression;
}

static struct table *view_of(struct replayed *replayed, const char *name,
                             const char *query)
{
    struct table *view =
        model_find_table(replayed->schema, replayed_name(replayed, name));

    assert_non_null(view);
    view->query = expression_of(replayed, query);
    model_forget_needs(replayed->schema, &view->relation.object);
    return view;
}

static struct function *function_of(struct replayed *replayed, const char *name,
                                    const char *definition)
{
    struct schema *schema = replayed->schema;
    struct function *function =
        model_functions_in(schema, schema->public_namespace, name);

    assert_non_null(function);
    function->definition = expression_of(replayed, definition);
    model_forget_needs(schema, &function->object);
    return function;
}

static void depend(struct replayed *replayed, void *dependent, void *needed)
{
    model_depend(replayed->schema, dependent, needed, DEPENDENCY_NORMAL);
}

static void test_kinds_and_names(void **state)
{
    static const char *const order[] = {
        "-- A schema for PostgreSQL 15.\n",
        "CREATE SCHEMA \"Z\";",
        "CREATE TABLE \"Z\".a (",
        "CREATE TABLE public.b (",
        "CREATE TABLE public.c (",
        "ADD CONSTRAINT a_pkey PRIMARY KEY (id)",
        "CREATE INDEX b_a_idx ON public.b",
        "FOREIGN KEY (a) REFERENCES \"Z\".a (id)",
        NULL,
    };
    struct replayed replayed = replayed_new(15);
    const char *script;

    (void)state;
    replayed_add(&replayed, "CREATE TABLE c (); CREATE SCHEMA \"Z\";"
                            "CREATE TABLE \"Z\".a (id int PRIMARY KEY);"
                            "CREATE TABLE b (a int REFERENCES \"Z\".a);"
                            "CREATE INDEX ON b (a);");
    script = script_of(&replayed);
    assert_order(script, order);
    assert_null(strstr(script, "Incomplete"));
    assert_null(strstr(script, "SCHEMA public"));
    assert_string_equal(script, script_of(&replayed));
    replayed_release(&replayed);
}

static void test_public_dropped(void **state)
{
    struct replayed replayed = replayed_new(15);

    (void)state;
    replayed_add(&replayed, "DROP SCHEMA public; CREATE SCHEMA app;"
                            "CREATE TABLE app.t ();");
    assert_non_null(strstr(script_of(&replayed), "\nDROP SCHEMA public;\n"));
    replayed_add(&replayed, "CREATE SCHEMA public;");
    assert_null(strstr(script_of(&replayed), "SCHEMA public"));
    replayed_release(&replayed);
}

/* a reads z, which reads the function, which comes before views anyway. */
static void test_needs_come_first(void **state)
{
    static const char *const order[] = {
        "CREATE FUNCTION public.f()",
        "CREATE VIEW public.m",
        "CREATE VIEW public.z",
        "CREATE VIEW public.a",
        NULL,
    };
    struct replayed replayed = replayed_new(15);
    struct table *a, *m, *z;

    (void)state;
    replayed_add(&replayed,
                 "CREATE VIEW a AS SELECT 1 AS x; CREATE VIEW m AS SELECT 1 AS "
                 "x; CREATE VIEW z AS SELECT 1 AS x; CREATE FUNCTION f() "
                 "RETURNS int LANGUAGE sql AS 'SELECT 1';");
    function_of(&replayed, "f", "() RETURNS integer");
    a = view_of(&replayed, "a", "SELECT 2");
    m = view_of(&replayed, "m", "SELECT 3");
    z = view_of(&replayed, "z", "SELECT 4");
    depend(&replayed, a, z);
    depend(&replayed, z, m);
    assert_order(script_of(&replayed), order);
    replayed_release(&replayed);
}

/* Whichever of the two comes first. */
static void test_view_and_function_need_each_other(void **state)
{
    static const char *const order[] = {
        "CREATE VIEW public.v (x) AS\nSELECT\n    NULL::integer;\n",
        "CREATE FUNCTION public.f()",
        "CREATE OR REPLACE VIEW public.v (x) AS\nSELECT f();\n",
        NULL,
    };
    struct replayed replayed = replayed_new(15);
    struct function *f;
    struct table *v;

    (void)state;
    replayed_add(&replayed, "CREATE VIEW v AS SELECT 1 AS x; CREATE FUNCTION "
                            "f() RETURNS int LANGUAGE sql AS 'SELECT 1';");
    f = function_of(&replayed, "f", "() RETURNS integer");
    v = view_of(&replayed, "v", "SELECT f()");
    depend(&replayed, v, f);
    depend(&replayed, f, v);
    assert_order(script_of(&replayed), order);
    assert_int_equal(count_of(script_of(&replayed), "public.v"), 2);
    replayed_release(&replayed);
}

/* f needs v, v needs g, g needs f: the view breaks it, and g is written. */
static void test_longer_cycle(void **state)
{
    static const char *const order[] = {
        "CREATE VIEW public.v (x) AS\nSELECT\n    NULL::integer;\n",
        "CREATE FUNCTION public.f()",
        "CREATE FUNCTION public.g()",
        "CREATE OR REPLACE VIEW public.v (x) AS\nSELECT g();\n",
        NULL,
    };
    struct replayed replayed = replayed_new(15);
    struct function *f, *g;
    struct table *v;

    (void)state;
    replayed_add(&replayed,
                 "CREATE VIEW v AS SELECT 1 AS x;"
                 "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';"
                 "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1';");
    f = function_of(&replayed, "f", "() RETURNS integer");
    g = function_of(&replayed, "g", "() RETURNS integer");
    v = view_of(&replayed, "v", "SELECT g()");
    depend(&replayed, f, v);
    depend(&replayed, v, g);
    depend(&replayed, g, f);
    assert_order(script_of(&replayed), order);
    assert_int_equal(count_of(script_of(&replayed), "FUNCTION public.f"), 1);
    assert_int_equal(count_of(script_of(&replayed), "FUNCTION public.g"), 1);
    replayed_release(&replayed);
}

/* No recursion: a chain that is as long as a file may make it. */
static void test_long_chain(void **state)
{
    enum { LENGTH = 20000 };
    struct replayed replayed = replayed_new(15);
    struct schema *schema = replayed.schema;
    struct place place;
    struct table *last = NULL;
    const char *script, *first_view, *last_view;

    (void)state;
    replayed_add(&replayed, "CREATE TABLE t ();");
    place = replayed_table(&replayed, "t")->relation.made_at;
    for (int i = 0; i < LENGTH; i++) {
        const char *name = arena_format(&replayed.arena, "v%06d", i);
        struct table *view = model_add_table(
            schema, RELATION_VIEW, schema->public_namespace, name, place);

        view->query = expression_of(&replayed, "SELECT");
        depend(&replayed, last, view);
        last = view;
    }
    script = script_of(&replayed);
    first_view = strstr(script, "public.v000000 ");
    last_view = strstr(script, "public.v019999 ");
    assert_non_null(first_view);
    assert_true(first_view > last_view);
    replayed_release(&replayed);
}

/* Names from files reach neither comments' next line nor other statements. */
static void test_names_are_quoted(void **state)
{
    struct replayed replayed = replayed_new(15);
    const char *script;

    (void)state;
    replayed_add(&replayed,
                 "CREATE VIEW \"a\nDROP TABLE b; --\" AS SELECT 1 AS \"x\"\"\""
                 "; CREATE TYPE e AS ENUM ('it''s', '\\');");
    view_of(&replayed, "a\nDROP TABLE b; --", "SELECT 1")->query = NULL;
    script = script_of(&replayed);
    assert_non_null(strstr(script, "\n-- Left out: view a\xef\xbf\xbd"
                                   "DROP TABLE b; --\n"));
    assert_non_null(strstr(script, "ENUM (\n    'it''s',\n    '\\'\n);"));
    replayed_release(&replayed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds_and_names),
        cmocka_unit_test(test_public_dropped),
        cmocka_unit_test(test_needs_come_first),
        cmocka_unit_test(test_view_and_function_need_each_other),
        cmocka_unit_test(test_longer_cycle),
        cmocka_unit_test(test_long_chain),
        cmocka_unit_test(test_names_are_quoted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
