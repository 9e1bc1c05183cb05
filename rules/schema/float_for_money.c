/*
 * float-for-money: a column of a floating-point type whose name says money, at
 * the end of the history. The names are a pattern in the options.
 */
#include "base/pattern.h"
#include "lint/typed_columns.h"

static bool is_float(const struct type *type)
{
    return type_oid(type) == FLOAT4OID || type_oid(type) == FLOAT8OID;
}

static void judge(struct check *check, struct pattern *names,
                  const struct typed_column *typed)
{
    if (!pattern_match(names, slice_from(typed->column->name), NULL, 0))
        return;
    typed_column_report(
        check, typed,
        check_format(check,
                     "%s is %s: 0.10 is stored as what is nearest to it, and "
                     "sums are off by cents",
                     typed_column_name(check, typed),
                     advice_type(check, typed->column->data_type)),
        typed_column_help(
            check, typed,
            &(struct retyping){.type = "numeric(12, 2)",
                               .cost = "writes every row anew, and rounds"}));
}

/* To compile the pattern takes longer than to lint a small file. */
static void finish(struct check *check)
{
    struct typed_column typed = {0};
    struct pattern *names = NULL;
    struct error error;

    while (typed_columns_next(check, &typed)) {
        if (!is_float(typed.type))
            continue;
        if (names == NULL)
            names = pattern_compile(
                slice_from(check_option_string(check, "columns")), false,
                &error);
        /* The settings were checked: what they have compiles. */
        if (names == NULL)
            return;
        judge(check, names, &typed);
    }
    pattern_free(names);
}

static const struct rule_option options[] = {
    {"columns", OPTION_PATTERN,
     "(?:^|_|(?<=[a-z])(?=[A-Z]))"
     "(?i:price|cost|amount|balance|fee|salary|wage|payment|revenue|refund|"
     "income|budget|money|usd|eur|gbp)s?"
     "(?:$|_(?!(?i:rate|ratio|factor|weight|percent|pct|score))|[A-Z])",
     "names of columns that hold money"},
    {0},
};

const struct rule rule_float_for_money = {
    .id = "float-for-money",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_WARNING,
    .summary = "Money in a floating-point column",
    .rationale =
        "real and double precision hold binary fractions: 0.1 is none, "
        "and is stored as the nearest one. A thousand prices of 0.10 do "
        "not add up to 100, two amounts that are printed alike are not "
        "equal, and which cent is missing depends on the order in which "
        "rows are added up. real has six digits altogether: 1234567.89 "
        "comes back as 1234567.9 or less.\n\n"
        "numeric is exact, as is bigint with the number of cents.\n\n"
        "Which names say money is the option `columns`.",
    .ignore_when =
        "The value is a measurement or an estimate, such as a score that "
        "is called cost, and nobody adds it up.",
    .bad =
        "CREATE TABLE orders (id bigint PRIMARY KEY, total_price double precision);",
    .good =
        "CREATE TABLE orders (id bigint PRIMARY KEY, total_price numeric(12, 2));",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .options = options,
    .finish = finish,
};
