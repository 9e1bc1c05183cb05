/*
 * time-with-time-zone: a column of type timetz, at the end of the history.
 */
#include "lint/typed_columns.h"

static void check_column(struct check *check, const struct typed_column *typed)
{
    const char *name;

    if (type_oid(typed->type) != TIMETZOID)
        return;
    name = typed_column_name(check, typed);
    typed_column_report(
        check, typed,
        check_format(
            check,
            "%s is time with time zone: an offset without a date says nothing about summer time, and comes out wrong for half of the year",
            name),
        typed_column_help(check, typed,
                          &(struct retyping){.type = "time",
                                             .cost = "writes every row anew"}));
}

const struct rule rule_time_with_time_zone = {
    .id = "time-with-time-zone",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_WARNING,
    .summary = "time with time zone means nothing without a date",
    .rationale =
        "time with time zone keeps a time of day and an offset, such as "
        "09:00+01. Which offset a place has depends on the date, and "
        "there is none: 09:00 in Berlin is +01 in winter and +02 in "
        "summer. The manual says that it is there for the sake of the SQL "
        "standard, and recommends against it.\n\n"
        "For a moment use timestamptz; for an opening hour use time, with "
        "the name of the time zone in a column of its own.",
    .ignore_when = "Another system's data are kept as they came.",
    .bad = "CREATE TABLE shops (id bigint PRIMARY KEY, opens_at timetz);",
    .good =
        "CREATE TABLE shops (id bigint PRIMARY KEY, opens_at time, zone text);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .check_column = check_column,
};
