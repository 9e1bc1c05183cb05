/*
 * grant-to-public: GRANT of more than the mere use of an object to every role.
 * Sees every GRANT, also those of ALTER DEFAULT PRIVILEGES.
 */
#include "lint/grant_advice.h"
#include "sql/privilege.h"

#include <string.h>

static bool is_create_on_schema(const GrantStmt *grant)
{
    if (grant->objtype != OBJECT_SCHEMA)
        return false;
    foreach_node (AccessPriv, privilege, grant->privileges)
        if (privilege->priv_name != NULL &&
            strcmp(privilege->priv_name, "create") == 0)
            return true;
    return grant->privileges == NIL;
}

static const char *message_text(struct check *check, const GrantStmt *grant)
{
    const char *objects = grant_advice_objects(check, grant);

    if (is_create_on_schema(grant))
        return check_format(check,
                            "every role, also one made later, may make tables, "
                            "functions and operators in %s, which others then "
                            "use unawares",
                            objects);
    return check_format(check, "every role, also one made later, has %s on %s",
                        grant_advice_privileges(check, grant->privileges),
                        objects);
}

/* What everybody may have, or the same to roles by name. */
static const char *help_text(struct check *check,
                             const struct privilege_kind *kind,
                             struct span public)
{
    struct span words = grant_advice_privilege_words(check);

    if (check->is_in_do)
        return NULL;
    if (kind->open != NULL && words.length > 0)
        return check_rewrite(
            check, words, kind->type == OBJECT_DATABASE ? "CONNECT" : "USAGE");
    if (public.length == 0)
        return NULL;
    return check_format(check, "-- to the roles that need it:\n%s",
                        check_rewrite(check, public, "..."));
}

static struct span public_words(struct check *check, const GrantStmt *grant)
{
    foreach_node (RoleSpec, role, grant->grantees)
        if (role->roletype == ROLESPEC_PUBLIC && role->location >= 0)
            return words_at(check->text, check->statement,
                            check->statement->tree_base +
                                (size_t)role->location);
    return (struct span){0};
}

static void check_grant(struct check *check, const Node *node)
{
    const GrantStmt *grant = (const GrantStmt *)node;
    const struct privilege_kind *kind;
    struct span public;

    if (!grant->is_grant || !grant_advice_is_public(grant->grantees))
        return;
    kind = privilege_kind_of(grant->objtype);
    if (kind == NULL || !privilege_exceeds_open(kind, grant->privileges))
        return;
    public = public_words(check, grant);
    check_report(
        check,
        public.length > 0 ? public
                          : words_at_start(check->text, check->statement, 1),
        grant, message_text(check, grant), help_text(check, kind, public));
}

static const NodeTag tags[] = {T_GrantStmt, T_Invalid};

const struct rule rule_grant_to_public = {
    .id = "grant-to-public",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_WARNING,
    .summary = "GRANT to every role, also to those to come",
    .rationale =
        "PUBLIC is every role of the cluster, those for reports, monitoring "
        "and other applications' databases included, and every role that will "
        "ever be made. A privilege that PUBLIC has cannot be taken from one "
        "role: REVOKE from it takes nothing.\n\n"
        "CREATE on a schema that is in everybody's search_path, as public is, "
        "lets every role put a function or table there that others then use in "
        "the belief that it is theirs; this is why PostgreSQL 15 took it from "
        "PUBLIC (CVE-2018-1058).\n\n"
        "Grant to a role by name, and make the others its members.\n\n"
        "Not reported is what lets objects be used and no more: USAGE, EXECUTE, "
        "CONNECT, and TEMPORARY on a database, which PUBLIC has by default.",
    .ignore_when =
        "The rows are meant for everybody, and every role of the cluster is "
        "yours.",
    .setup = "CREATE ROLE app;\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .bad = "GRANT SELECT ON orders TO PUBLIC;",
    .good = "GRANT USAGE ON SCHEMA public TO PUBLIC;",
    .fixed = "GRANT SELECT ON orders TO app;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_grant,
};
