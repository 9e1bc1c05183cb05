/*
 * extension-in-public: an extension whose objects are in the schema public, at
 * the end of the history.
 */
#include "lint/advice.h"
#include "schema/contents.h"

#include <string.h>

static void judge(struct check *check, const struct extension *extension)
{
    const char *name = check_quote(check, extension->name);

    if (extension->object.is_dropped || extension->made_at.source == NULL ||
        extension->namespace == NULL ||
        strcmp(extension->namespace->name, "public") != 0)
        return;
    check_report_at(
        check, extension->made_at, extension,
        check_format(check,
                     "the extension \"%s\" puts its functions and types into "
                     "public, among the tables and functions of the program",
                     extension->name),
        check_format(check,
                     "CREATE SCHEMA IF NOT EXISTS extensions;\n"
                     "CREATE EXTENSION %s SCHEMA extensions;\n"
                     "-- instead of the last, where it is there by now:\n"
                     "ALTER EXTENSION %s SET SCHEMA extensions;\n"
                     "-- and extensions into the search_path of who uses it",
                     name, name));
}

static void finish(struct check *check)
{
    const struct schema_contents *contents = check_contents(check);

    for (size_t i = 0; i < contents->extension_count; i++)
        judge(check, contents->extensions[i]);
}

const struct rule rule_extension_in_public = {
    .id = "extension-in-public",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_INFO,
    .summary = "An extension is in the schema public",
    .rationale =
        "CREATE EXTENSION without SCHEMA puts what the extension brings into "
        "the first schema of the search_path, mostly public: dozens of "
        "functions, types and operators among the program's own. They are "
        "offered by APIs that publish public (PostgREST, Supabase), they "
        "collide with the program's names, a schema-only dump of public has "
        "them, and DROP SCHEMA public CASCADE, the usual reset, takes the "
        "extension along.\n\n"
        "Give extensions a schema of their own, and put it at the end of the "
        "search_path. Some, such as PostGIS, cannot be moved once they are "
        "there.",
    .ignore_when = "The extension brings nothing that is called by name, or "
                   "its schema is fixed by itself.",
    .bad = "CREATE EXTENSION pgcrypto;",
    .good = "CREATE SCHEMA extensions;\n"
            "CREATE EXTENSION pgcrypto SCHEMA extensions;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .finish = finish,
};
