/* The catalogue of built-in objects: src/schema/builtin. */
#include "schema/builtin/builtin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_types(void **state)
{
    uint8_t v18 = builtin_version(18), v13 = builtin_version(13);
    const struct builtin_type *type;

    (void)state;
    type = builtin_find_type(v18, BUILTIN_CATALOG, "int4");
    assert_non_null(type);
    assert_int_equal(type->oid, 23);
    assert_int_equal(type->array, 1007);
    assert_int_equal(type->category, 'N');
    assert_int_equal(type->input_volatility, 'i');
    assert_ptr_equal(builtin_type_of_oid(v18, 23), type);
    type = builtin_type_of_oid(v18, 1007);
    assert_string_equal(builtin_text(type->name), "_int4");
    assert_true(type->is_array);
    assert_int_equal(type->element, 23);

    type = builtin_find_type(v18, BUILTIN_CATALOG, "name");
    assert_false(type->is_array);
    assert_int_equal(type->element, 18);
    assert_true(type->is_collatable);

    assert_null(builtin_find_type(v13, BUILTIN_CATALOG, "int4multirange"));
    type = builtin_find_type(v18, BUILTIN_CATALOG, "int4multirange");
    assert_int_equal(type->kind, 'm');
    type = builtin_type_of_oid(v18, type->base);
    assert_string_equal(builtin_text(type->name), "int4range");
    assert_int_equal(type->base, 23);

    type = builtin_find_type(v18, BUILTIN_INFORMATION_SCHEMA, "yes_or_no");
    assert_int_equal(type->kind, 'd');
    assert_int_equal(type->base_modifier, 3 + 4);
}

static const struct builtin_function *find_function(uint8_t version,
                                                    const char *name,
                                                    unsigned argument_count)
{
    struct builtin_functions named = builtin_functions_named(name);

    for (size_t i = 0; i < named.count; i++) {
        if ((named.rows[i].versions & version) &&
            named.rows[i].argument_count == argument_count)
            return &named.rows[i];
    }
    return NULL;
}

static void test_functions(void **state)
{
    uint8_t v18 = builtin_version(18), v13 = builtin_version(13);
    const struct builtin_function *function;
    const struct builtin_argument *details;

    (void)state;
    function = find_function(v18, "now", 0);
    assert_int_equal(function->volatility, 's');
    assert_int_equal(function->result, 1184);
    assert_ptr_equal(builtin_function_of_oid(v18, function->oid), function);

    function = find_function(v18, "make_interval", 7);
    assert_int_equal(function->default_count, 7);
    assert_int_equal(function->detail_count, 7);
    assert_string_equal(builtin_text(builtin_details(function)[6].name),
                        "secs");

    function = find_function(v18, "pg_get_keywords", 0);
    assert_true(function->returns_set);
    assert_int_equal(function->detail_count, 5);
    details = builtin_details(function);
    assert_int_equal(details[0].mode, 'o');
    assert_string_equal(builtin_text(details[0].name), "word");
    function = find_function(v13, "pg_get_keywords", 0);
    assert_int_equal(function->detail_count, 3);

    function = find_function(v18, "concat", 1);
    assert_int_equal(function->variadic, 2276);
    function = find_function(v18, "percentile_cont", 2);
    assert_int_equal(function->kind, 'a');
    assert_int_equal(function->aggregate_kind, 'o');
    assert_int_equal(function->direct_count, 1);

    assert_null(find_function(v13, "extract", 2));
    assert_string_equal(builtin_syntax_function(v13, "extract"), "date_part");
    assert_string_equal(builtin_syntax_function(v18, "extract"), "extract");
    assert_int_equal(builtin_functions_named("no_such_function").count, 0);
}

static void test_operators(void **state)
{
    uint8_t v18 = builtin_version(18), v13 = builtin_version(13);
    const struct builtin_operator *plus = builtin_operator_of_oid(v18, 551);
    const struct builtin_cast *cast;

    (void)state;
    assert_string_equal(builtin_text(plus->name), "+");
    assert_int_equal(plus->left, 23);
    assert_int_equal(plus->commutator, 551);
    assert_true(builtin_operators_named("+").count > 20);
    assert_int_equal(builtin_operators_named("@@@@@").count, 0);

    cast = builtin_find_cast(v13, 23, 20);
    assert_int_equal(cast->context, 'i');
    assert_int_equal(cast->method, 'f');
    assert_null(builtin_find_cast(v13, 23, 2950));
    assert_non_null(builtin_find_cast(v13, 1043, 1043));
    assert_null(builtin_find_cast(v18, 25, 25));
}

static void test_operator_classes(void **state)
{
    uint8_t v18 = builtin_version(18);
    const struct builtin_access_method *method =
        builtin_find_access_method(v18, "btree");
    const struct builtin_operator_class *class =
        builtin_next_operator_class(v18, method->id, NULL, 23, NULL);
    const struct builtin_family_operator *member;

    (void)state;
    assert_string_equal(builtin_text(class->name), "int4_ops");
    assert_null(builtin_next_operator_class(v18, method->id, NULL, 23, class));
    assert_null(builtin_next_operator_class(v18, method->id, NULL, 114, NULL));
    assert_string_equal(
        builtin_text(builtin_operator_family_of_id(class->family)->name),
        "integer_ops");
    member = builtin_find_family_operator(v18, class->family, 20, 23, 3);
    assert_non_null(member);
    assert_true(builtin_family_has(v18, class->family, member->operator_oid));
    assert_false(builtin_family_has(v18, class->family, 551));
    class = builtin_next_operator_class(v18, method->id, "text_pattern_ops", 0,
                                        NULL);
    assert_int_equal(class->input, 25);
    assert_false(class->is_default);
}

static void test_relations(void **state)
{
    uint8_t v18 = builtin_version(18), v13 = builtin_version(13);
    const struct builtin_relation *relation =
        builtin_find_relation(v18, BUILTIN_CATALOG, "pg_class");
    const struct builtin_extension *citext = builtin_find_extension("citext");

    (void)state;
    assert_int_equal(relation->kind, 'r');
    assert_string_equal(builtin_text(builtin_columns(relation)[1].name),
                        "relname");
    assert_int_equal(builtin_columns(relation)[1].type, 19);
    assert_int_equal(builtin_type_of_oid(v18, relation->row_type)->kind, 'c');
    assert_null(builtin_find_relation(v13, BUILTIN_CATALOG, "pg_aios"));
    assert_non_null(builtin_find_relation(v13, 1, "columns"));

    assert_ptr_equal(builtin_extension_of_unit(citext->unit), citext);
    assert_false(citext->is_partly_known);
    assert_true(builtin_find_extension("postgis")->is_partly_known);
    assert_string_equal(
        builtin_text(builtin_find_extension("earthdistance")->required),
        "cube");
    assert_non_null(builtin_find_type(v18, citext->unit, "citext"));
    assert_null(builtin_find_type(v18, BUILTIN_CATALOG, "citext"));
    assert_non_null(builtin_find_collation(v13, "C"));
    assert_null(builtin_find_collation(v13, "unicode"));
}

/* Every row is found by what it is looked up by, and what it names exists. */
static void test_tables_agree(void **state)
{
    struct builtin_types types = builtin_all_types();
    struct builtin_functions functions = builtin_all_functions();
    struct builtin_operators operators = builtin_all_operators();

    (void)state;
    for (int v = 13; v <= 18; v++) {
        uint8_t version = builtin_version(v);

        for (size_t i = 0; i < types.count; i++) {
            const struct builtin_type *type = &types.rows[i];

            if (!(type->versions & version))
                continue;
            assert_ptr_equal(builtin_type_of_oid(version, type->oid), type);
            assert_ptr_equal(builtin_find_type(version, type->unit,
                                               builtin_text(type->name)),
                             type);
            assert_true(!type->array ||
                        builtin_type_of_oid(version, type->array)->element ==
                            type->oid);
            assert_true(!type->base ||
                        builtin_type_of_oid(version, type->base));
        }
        for (size_t i = 0; i < functions.count; i++) {
            const struct builtin_function *function = &functions.rows[i];
            const uint16_t *arguments = builtin_arguments(function);

            if (!(function->versions & version))
                continue;
            assert_ptr_equal(builtin_function_of_oid(version, function->oid),
                             function);
            assert_non_null(builtin_type_of_oid(version, function->result));
            for (size_t j = 0; j < function->argument_count; j++)
                assert_non_null(builtin_type_of_oid(version, arguments[j]));
        }
        for (size_t i = 0; i < operators.count; i++) {
            const struct builtin_operator *row = &operators.rows[i];

            if (!(row->versions & version))
                continue;
            assert_ptr_equal(builtin_operator_of_oid(version, row->oid), row);
            assert_non_null(builtin_function_of_oid(version, row->function));
            assert_non_null(builtin_type_of_oid(version, row->result));
        }
    }
    assert_int_equal(builtin_version(12), builtin_version(13));
    assert_int_equal(builtin_version(19), builtin_version(18));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_functions),
        cmocka_unit_test(test_operators),
        cmocka_unit_test(test_operator_classes),
        cmocka_unit_test(test_relations),
        cmocka_unit_test(test_tables_agree),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
