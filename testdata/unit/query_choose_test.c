/* The choice of functions, operators and coercions: src/query/choose.h,
 * coerce.h. Each expectation is what servers said (pg_typeof, EXPLAIN). */
#include "replayed.h"

#include "query/choose.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define ARGUMENTS_MAX 4

struct call_case {
    const char *name;
    const char *arguments; /* types, separated by commas; ? for not known */
    const char *expected;  /* of 18: the result, or what went wrong */
};

static const char *const outcomes[] = {"found", "cast", "none", "ambiguous",
                                       "unknown"};

static struct type *type_named(struct replayed *replayed, struct slice text)
{
    const char *name = arena_copy(&replayed->arena, text);

    if (strcmp(name, "?") == 0)
        return NULL;
    return type_find_named(replayed->schema,
                           (struct qualified_name){.name = name});
}

static size_t read_types(struct replayed *replayed, const char *text,
                         struct type **types)
{
    size_t count = 0;

    while (*text) {
        size_t length = strcspn(text, ",");

        types[count++] = type_named(replayed, (struct slice){text, length});
        if (types[count - 1] == NULL && *text != '?')
            fail_msg("no type %s", text);
        text += length + (text[length] == ',');
    }
    return count;
}

static const char *with_outcome(struct replayed *replayed,
                                enum choice_outcome outcome,
                                struct type *result)
{
    const char *text = type_to_plain_text(&replayed->arena, result);

    if (outcome == CHOICE_FOUND)
        return text ? text : "null";
    return text ? arena_format(&replayed->arena, "%s %s", outcomes[outcome],
                               text)
                : outcomes[outcome];
}

static struct replayed begin(void)
{
    struct replayed replayed = replayed_new(18);

    schema_begin_empty(replayed.schema);
    replayed_add(&replayed,
                 "CREATE TYPE mood AS ENUM ('sad', 'ok');"
                 "CREATE DOMAIN pos AS int CHECK (VALUE > 0);"
                 "CREATE DOMAIN ints AS int[];"
                 "CREATE TABLE t (a int, b text);"
                 "CREATE TYPE span AS RANGE (subtype = float8);"
                 "CREATE TYPE mess AS RANGE (subtype = text);"
                 "CREATE EXTENSION citext; CREATE EXTENSION hstore;");
    return replayed;
}

static const struct call_case function_cases[] = {
    {"abs", "int4", "integer"},
    {"abs", "unknown", "double precision"},
    {"abs", "pos", "integer"},
    {"abs", "?", "unknown"},
    {"now", "", "timestamp with time zone"},
    {"length", "varchar", "integer"},
    {"length", "?", "unknown"},
    {"lower", "citext", "text"},
    {"lower", "unknown", "text"},
    {"upper", "int4", "none"},
    {"round", "int4", "double precision"},
    {"round", "numeric,int4", "numeric"},
    {"substring", "unknown,int4,int4", "text"},
    {"concat", "int4,text,mood", "text"},
    {"format", "unknown,int4", "text"},
    {"count", "", "bigint"},
    {"sum", "int4", "bigint"},
    {"sum", "int8", "numeric"},
    {"max", "mood", "public.mood"},
    {"max", "unknown", "text"},
    {"array_agg", "pos", "public.pos[]"},
    {"array_agg", "mood", "public.mood[]"},
    {"array_append", "_int4,int8", "bigint[]"},
    {"array_append", "_int4,unknown", "integer[]"},
    {"array_length", "ints,int4", "integer"},
    {"unnest", "_text", "text"},
    {"unnest", "ints", "integer"},
    {"enum_range", "mood", "public.mood[]"},
    {"row_to_json", "t", "json"},
    {"jsonb_build_object", "unknown,int4", "jsonb"},
    {"generate_series", "int4,int4", "integer"},
    {"generate_series", "date,date,interval", "timestamp with time zone"},
    {"date_trunc", "unknown,timestamptz", "timestamp with time zone"},
    {"date_trunc", "unknown,date", "timestamp with time zone"},
    {"make_interval", "", "interval"},
    {"to_char", "int8,unknown", "text"},
    {"lower", "int4range", "integer"},
    {"range_merge", "int4multirange", "int4range"},
    {"multirange", "int4range", "int4multirange"},
    {"nosuch", "int4", "none"},
    {"pg_class", "text", "none"},
    {"t", "text", "none"},
    {"span", "int4,unknown", "public.span"},
    {"mess", "unknown,text,unknown", "public.mess"},
    {"range_agg", "span", "public.span_multirange"},
    {"span_multirange", "span,span,span", "public.span_multirange"},
    {"array_remove", "unknown,_int4",
     "could not find array type for data type integer[]"},
    {"range_contains_elem", "unknown,uuid",
     "could not determine polymorphic type anyrange because input has type "
     "unknown"},
    {"float8", "unknown", "cast double precision"},
    {"int4", "pos", "cast integer"},
    {"mood", "unknown", "cast public.mood"},
    {"date", "timestamptz", "date"},
    {"akeys", "hstore", "text[]"},
    {"coalesce_nothing", "?", "unknown"},
    {"mode", "text", "text"},
    {"lag", "int4,int4,int8", "bigint"},
    {"width_bucket", "int4,_int4", "integer"},
};

static void test_functions(void **state)
{
    struct replayed replayed = begin();

    (void)state;
    for (size_t i = 0; i < sizeof function_cases / sizeof *function_cases;
         i++) {
        struct type *types[ARGUMENTS_MAX];
        struct function_call call = {.name = {.name = function_cases[i].name},
                                     .arguments = types};
        struct function_choice choice;
        const char *got;

        call.argument_count =
            read_types(&replayed, function_cases[i].arguments, types);
        choose_function(replayed.schema, &replayed.arena, &call, &choice);
        got = with_outcome(&replayed, choice.outcome, choice.result.type);
        if (choice.failure.message)
            got = choice.failure.message;
        if (strcmp(got, function_cases[i].expected) != 0)
            fail_msg("%s: %s, not %s",
                     choose_function_signature(replayed.schema, &replayed.arena,
                                               &call),
                     got, function_cases[i].expected);
    }
    replayed_release(&replayed);
}

static const struct call_case operator_cases[] = {
    {"+", "int4,int4", "integer"},
    {"+", "int4,int8", "bigint"},
    {"+", "int4,unknown", "integer"},
    {"+", "date,int4", "date"},
    {"+", "date,unknown", "ambiguous"},
    {"+", "unknown,unknown", "ambiguous"},
    {"=", "int4,text", "none"},
    {"=", "varchar,unknown", "boolean"},
    {"=", "citext,text", "boolean"},
    {"=", "mood,unknown", "boolean"},
    {"=", "pos,int8", "boolean"},
    {"=", "json,json", "none"},
    {"=", "xid,int4", "boolean"},
    {"||", "text,int4", "text"},
    {"||", "_int4,int4", "integer[]"},
    {"||", "_int4,unknown", "integer[]"},
    {"||", "unknown,unknown", "text"},
    {"||", "jsonb,unknown", "jsonb"},
    {"||", "varchar,bpchar", "text"},
    {"->", "jsonb,unknown", "jsonb"},
    {"->>", "json,int4", "text"},
    {"->", "hstore,unknown", "text"},
    {"-", "timestamptz,timestamptz", "interval"},
    {"-", "date,date", "integer"},
    {"*", "interval,int4", "interval"},
    {"*", "money,numeric", "money"},
    {"/", "numeric,int4", "numeric"},
    {"+", "?,int4", "unknown"},
    {"=", "?,int4", "unknown boolean"},
    {"@>", "int4range,int4", "boolean"},
    {"@>", "_text,unknown", "boolean"},
    {"~~", "name,unknown", "boolean"},
};

static void test_operators(void **state)
{
    struct replayed replayed = begin();

    (void)state;
    for (size_t i = 0; i < sizeof operator_cases / sizeof *operator_cases;
         i++) {
        struct qualified_name name = {.name = operator_cases[i].name};
        struct type *types[ARGUMENTS_MAX];
        struct operator_choice choice;
        const char *got;

        read_types(&replayed, operator_cases[i].arguments, types);
        choose_operator(replayed.schema, &replayed.arena, name, false, types[0],
                        types[1], &choice);
        got = with_outcome(&replayed, choice.outcome, choice.result);
        if (strcmp(got, operator_cases[i].expected) != 0)
            fail_msg("%s %s: %s, not %s", name.name,
                     operator_cases[i].arguments, got,
                     operator_cases[i].expected);
    }
    replayed_release(&replayed);
}

static const struct call_case common_cases[] = {
    {"", "int4,int8", "bigint"},
    {"", "int4,numeric,float8", "double precision"},
    {"", "unknown,unknown", "text"},
    {"", "unknown,date", "date"},
    {"", "varchar,text", "character varying"},
    {"", "varchar,varchar", "character varying"},
    {"", "pos,pos", "public.pos"},
    {"", "pos,int4", "integer"},
    {"", "int4,text", "?"},
    {"", "date,timestamptz", "timestamp with time zone"},
    {"", "json,jsonb", "json"},
    {"", "citext,text", "text"},
};

static void test_common_types(void **state)
{
    struct replayed replayed = begin();

    (void)state;
    for (size_t i = 0; i < sizeof common_cases / sizeof *common_cases; i++) {
        struct type *types[ARGUMENTS_MAX];
        size_t count = read_types(&replayed, common_cases[i].arguments, types);
        const char *got = type_to_plain_text(
            &replayed.arena,
            coerce_common_type(replayed.schema, types, count, NULL));

        if (strcmp(got ? got : "?", common_cases[i].expected) != 0)
            fail_msg("%s: %s, not %s", common_cases[i].arguments,
                     got ? got : "?", common_cases[i].expected);
    }
    replayed_release(&replayed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_functions),
        cmocka_unit_test(test_operators),
        cmocka_unit_test(test_common_types),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
