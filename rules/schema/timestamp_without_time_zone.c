/*
 * timestamp-without-time-zone: a column of type timestamp, at the end of the
 * history.
 */
#include "lint/typed_columns.h"

static bool is_of_prisma(const struct check *check)
{
    return slice_has_prefix(slice_from(tool_name(check->history->tool)),
                            SLICE("prisma"));
}

/* With the precision that the column has. */
static const char *type_text(struct check *check,
                             const struct typed_column *typed)
{
    int32_t precision = typed->column->data_type.modifier;

    return precision < 0 ? "timestamptz"
                         : check_format(check, "timestamptz(%d)", precision);
}

/* It is generated from what is no moment either: AT TIME ZONE makes one, always
 * the same. USING is refused. */
static const char *generated_help(struct check *check,
                                  const struct typed_column *typed)
{
    bool is_stored = typed->column->generated == GENERATED_STORED;

    return check_format(
        check,
        "%s %s GENERATED ALWAYS AS ((...) AT TIME ZONE 'UTC') %s -- instead; "
        "where the column is there by now, drop and add it%s",
        check_quote(check, typed->column->name), type_text(check, typed),
        is_stored ? "STORED" : "VIRTUAL",
        is_stored ? ", which writes every row anew" : "");
}

static const char *column_help(struct check *check,
                               const struct typed_column *typed)
{
    struct retyping to = {.type = type_text(check, typed),
                          .cost = "writes every row anew",
                          .is_zoned = true};

    if (typed->column->generated != GENERATED_NONE)
        return generated_help(check, typed);
    if (!typed->is_array)
        to.conversion = check_format(check, "%s AT TIME ZONE 'UTC'",
                                     check_quote(check, typed->column->name));
    return typed_column_help(check, typed, &to);
}

static const char *help_text(struct check *check,
                             const struct typed_column *typed)
{
    const char *help = column_help(check, typed);
    int32_t precision = typed->column->data_type.modifier;

    if (!is_of_prisma(check))
        return help;
    return check_format(check, "@db.Timestamptz(%d) -- in schema.prisma\n%s",
                        precision < 0 ? 6 : precision, help);
}

static void check_column(struct check *check, const struct typed_column *typed)
{
    if (type_oid(typed->type) != TIMESTAMPOID)
        return;
    typed_column_report(
        check, typed,
        check_format(check,
                     "%s is timestamp without time zone: it says what a "
                     "clock showed, not when that was, and now() is stored "
                     "as each session's clock shows it",
                     typed_column_name(check, typed)),
        help_text(check, typed));
}

const struct rule rule_timestamp_without_time_zone = {
    .id = "timestamp-without-time-zone",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_INFO,
    .summary = "timestamp does not say which moment it means: use timestamptz",
    .rationale =
        "timestamp keeps what a clock on a wall shows, and forgets in "
        "which time zone. DEFAULT now() stores the local time of the "
        "session's TimeZone: two clients with other settings store other "
        "values for one moment; in the night when summer time ends, an "
        "hour is there twice. Comparing it with now() or a timestamptz "
        "converts by the session's TimeZone too.\n\n"
        "timestamptz stores a moment, in the same eight bytes, and shows "
        "it in whatever zone the session asks for.\n\n"
        "ALTER COLUMN TYPE timestamptz takes the values for local times "
        "of the session's TimeZone, unless USING says which they are. It "
        "writes the table anew under ACCESS EXCLUSIVE; not so if TimeZone "
        "is UTC and there is no USING.",
    .ignore_when =
        "Every client runs with TimeZone UTC and converts by itself, as "
        "Prisma and Django's older versions do; or the value is a local "
        "time on purpose, as of an appointment.",
    .bad = "CREATE TABLE orders (id bigint PRIMARY KEY,\n"
           "    made_at timestamp NOT NULL DEFAULT now());",
    .good = "CREATE TABLE orders (id bigint PRIMARY KEY,\n"
            "    made_at timestamptz NOT NULL DEFAULT now());",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .check_column = check_column,
};
