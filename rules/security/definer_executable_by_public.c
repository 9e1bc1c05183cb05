/*
 * definer-executable-by-public: functions that run with their owner's rights and
 * that every role may call. Asked at the end of the history, when a REVOKE may
 * have come.
 */
#include "lint/function_advice.h"
#include "schema/contents.h"

static void report(struct check *check, const struct function *function)
{
    const char *name = function_advice_sql(check, function);

    check_report_at(
        check, function->definer_at, function,
        check_format(check,
                     "every role that can connect may call %s, which runs with "
                     "the rights of its owner",
                     function_advice_name(check, function)),
        check_format(check,
                     "REVOKE EXECUTE ON %s FROM PUBLIC;\n"
                     "-- and by name, to the roles that need it:\n"
                     "GRANT EXECUTE ON %s TO ...;",
                     name, name));
}

static void finish(struct check *check)
{
    const struct schema_contents *contents = check_contents(check);

    for (size_t i = 0; i < contents->functions.count; i++) {
        const struct function *function = contents->functions.items[i];

        if (function->is_security_definer && !function->is_public_revoked &&
            function->definer_at.source != NULL &&
            !function_advice_is_trigger(function))
            report(check, function);
    }
}

const struct rule rule_definer_executable_by_public = {
    .id = "definer-executable-by-public",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_OFF,
    .summary = "Every role may call a SECURITY DEFINER function",
    .rationale =
        "PostgreSQL lets PUBLIC, that is every role, execute each new "
        "function. One that is SECURITY DEFINER does its work with the rights "
        "of its owner, for whoever calls it; behind an API that shows "
        "functions to the web, that is everybody.\n\n"
        "Revoke EXECUTE from PUBLIC in the transaction that makes the "
        "function, and grant it to the roles that need it. ALTER DEFAULT "
        "PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC does it for all "
        "functions to come of the role that runs it; with IN SCHEMA it does "
        "nothing, because defaults of a schema only add to those of the "
        "database.\n\n"
        "The rule looks at the end of the history, and says nothing of trigger "
        "functions, which nobody can call.",
    .ignore_when =
        "The function is made for everybody, and checks by itself what its "
        "caller may do.",
    .setup = "CREATE TABLE members (name text PRIMARY KEY, is_admin boolean);",
    .bad = "CREATE FUNCTION is_admin() RETURNS boolean\n"
           "LANGUAGE sql STABLE SECURITY DEFINER\n"
           "SET search_path = public, pg_temp\n"
           "AS 'SELECT is_admin FROM members WHERE name = session_user';",
    .good = "CREATE FUNCTION is_admin() RETURNS boolean\n"
            "LANGUAGE sql STABLE\n"
            "AS 'SELECT is_admin FROM members WHERE name = session_user';",
    .fixed = "CREATE FUNCTION is_admin() RETURNS boolean\n"
             "LANGUAGE sql STABLE SECURITY DEFINER\n"
             "SET search_path = public, pg_temp\n"
             "AS 'SELECT is_admin FROM members WHERE name = session_user';\n"
             "REVOKE EXECUTE ON FUNCTION is_admin() FROM PUBLIC;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .finish = finish,
};
