/*
 * security-definer-search-path: functions that run with their owner's rights and
 * look names up where their caller says. Asked at the end of the history: ALTER
 * FUNCTION or a new definition may have given them a search_path.
 */
#include "lint/function_advice.h"
#include "schema/contents.h"
#include "sql/writer.h"

#include <string.h>

/* `app, public, pg_temp`: where it finds today what it names, but nothing of
 * the caller's first. */
static const char *path_text(struct check *check,
                             const struct function *function)
{
    struct buffer path;

    buffer_init(&path, check->arena);
    if (strcmp(function->namespace->name, "public") != 0) {
        writer_add_identifier(&path, function->namespace->name);
        buffer_add_text(&path, ", ");
    }
    buffer_add_text(&path, "public, pg_temp");
    return buffer_text(&path);
}

static const char *help_text(struct check *check,
                             const struct function *function)
{
    return check_format(check,
                        "ALTER %s SET search_path = %s;\n"
                        "-- or, where its body names all with their schemas: "
                        "SET search_path = ''",
                        function_advice_sql(check, function),
                        path_text(check, function));
}

/* What stands in a body without quotes is found when the function is made. */
static void report_bound(struct check *check, const struct function *function)
{
    struct finding *finding = check_report_at(
        check, function->definer_at, function,
        check_format(check,
                     "functions that %s calls look names up along its caller's "
                     "search_path, with the rights of its owner",
                     function_advice_name(check, function)),
        help_text(check, function));

    finding_lower(finding, SEVERITY_INFO);
}

static void report(struct check *check, const struct function *function)
{
    const char *caller = function_advice_is_trigger(function)
                             ? "makes its trigger fire"
                             : "calls it";

    if (function->is_sql_body) {
        report_bound(check, function);
        return;
    }
    check_report_at(
        check, function->definer_at, function,
        check_format(check,
                     "%s runs with the rights of its owner but looks names up "
                     "along the search_path of whoever %s, who can have it use "
                     "tables and functions of their own",
                     function_advice_name(check, function), caller),
        help_text(check, function));
}

static void finish(struct check *check)
{
    const struct schema_contents *contents = check_contents(check);

    for (size_t i = 0; i < contents->functions.count; i++) {
        const struct function *function = contents->functions.items[i];

        if (function->is_security_definer && !function->has_search_path &&
            function->definer_at.source != NULL)
            report(check, function);
    }
}

const struct rule rule_security_definer_search_path = {
    .id = "security-definer-search-path",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_ERROR,
    .summary = "SECURITY DEFINER function uses its caller's search_path",
    .rationale =
        "A function that is SECURITY DEFINER runs with the rights of its "
        "owner, often the role that owns all. Names in its body without a "
        "schema are looked up when it runs, along the search_path of the "
        "session that calls it: who may make a table, a function or an "
        "operator anywhere (everybody may make temporary tables, which are "
        "found first) puts one in the place of yours, and your function reads "
        "it, or runs it as its owner. Triggers are functions too.\n\n"
        "SET search_path in CREATE FUNCTION or ALTER FUNCTION says where it "
        "looks for the time of each call. Name only schemas in which nobody "
        "else can make objects, and pg_temp last, where it would be first if "
        "it was not named. With SET search_path = '' every name in the body "
        "needs its schema.\n\n"
        "The rule looks at the end of the history: a later ALTER FUNCTION, a "
        "new definition with SET search_path, SECURITY INVOKER or DROP "
        "silence it. For information only: a body of SQL without quotes (BEGIN "
        "ATOMIC, RETURN), whose own names are looked up when it is made.",
    .ignore_when =
        "Only roles that may do all that the owner may can call it, and no "
        "trigger does.",
    .setup = "CREATE TABLE members (name text PRIMARY KEY, is_admin boolean);",
    .bad = "CREATE FUNCTION is_admin() RETURNS boolean\n"
           "LANGUAGE sql STABLE SECURITY DEFINER\n"
           "AS 'SELECT is_admin FROM members WHERE name = session_user';",
    .good = "CREATE FUNCTION is_admin() RETURNS boolean\n"
            "LANGUAGE sql STABLE\n"
            "AS 'SELECT is_admin FROM members WHERE name = session_user';",
    .fixed = "CREATE FUNCTION is_admin() RETURNS boolean\n"
             "LANGUAGE sql STABLE SECURITY DEFINER\n"
             "SET search_path = public, pg_temp\n"
             "AS 'SELECT is_admin FROM members WHERE name = session_user';",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .finish = finish,
};
