/*
 * revoke-privilege: REVOKE of what running code may need, a privilege or a
 * membership. Sees every REVOKE with the schema before it; not ALTER DEFAULT
 * PRIVILEGES, which is about objects to come.
 */
#include "lint/advice.h"
#include "lint/former.h"
#include "lint/grant_advice.h"
#include "sql/writer.h"

#include <string.h>

/* How many statements ahead a GRANT of the same is looked for, and how many
 * back the CREATE of a role. */
#define LOOK_MAX 64

static bool is_new(struct check *check, const GrantStmt *revoke,
                   struct qualified_name name)
{
    const struct type *type;

    switch (revoke->objtype) {
    case OBJECT_TABLE:
    case OBJECT_SEQUENCE: return check_is_new(check, name);
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_ROUTINE: return former_has_new_function(check, name);
    case OBJECT_TYPE:
    case OBJECT_DOMAIN:
        type = schema_find_type(check->schema, name);
        return type != NULL && former_is_new(check, &type->object);
    case OBJECT_SCHEMA: return former_has_new_schema(check, name.name);
    default: return false;
    }
}

/* The first migration of a complete history, when no code can run yet. */
static bool begins_history(const struct check *check)
{
    return tool_has_history(check->history->tool) &&
           schema_is_complete(check->schema) && schema_unit(check->schema) == 1;
}

static bool are_all_new(struct check *check, const GrantStmt *revoke)
{
    bool is_all = revoke->targtype == ACL_TARGET_ALL_IN_SCHEMA;

    if (begins_history(check))
        return true;

    foreach_node (Node, object, revoke->objects) {
        struct qualified_name name = grant_advice_name_of(object);

        if (name.name == NULL ||
            (is_all ? !former_has_new_schema(check, name.name)
                    : !is_new(check, revoke, name)))
            return false;
    }
    return true;
}

/* Roles are the whole cluster's, and none of the schema. */
static bool is_new_role(const struct check *check, const char *name)
{
    const struct statement *before = check->statement;
    size_t count = 0;

    if (check->is_in_do)
        return false;
    while (before > check->section_statements && count++ < LOOK_MAX) {
        const CreateRoleStmt *create;

        before--;
        create = node_as(CreateRoleStmt, before->tree);
        if (create != NULL && strcmp(create->role, name) == 0)
            return true;
    }
    return false;
}

static bool are_all_new_roles(const struct check *check, const List *roles)
{
    foreach_node (RoleSpec, role, roles)
        if (role->roletype != ROLESPEC_CSTRING ||
            !is_new_role(check, role->rolename))
            return false;
    return true;
}

static bool is_same_role(const RoleSpec *a, const RoleSpec *b)
{
    if (a->roletype != b->roletype)
        return false;
    return a->roletype != ROLESPEC_CSTRING ||
           strcmp(a->rolename, b->rolename) == 0;
}

static bool has_role(const List *roles, const RoleSpec *wanted)
{
    foreach_node (RoleSpec, role, roles)
        if (is_same_role(role, wanted))
            return true;
    return false;
}

static bool has_object(const List *objects, const Node *wanted)
{
    struct qualified_name name = grant_advice_name_of(wanted);

    foreach_node (Node, object, objects) {
        struct qualified_name other = grant_advice_name_of(object);

        if (name.name != NULL && other.name != NULL &&
            strcmp(name.name, other.name) == 0)
            return true;
    }
    return false;
}

/* It gives the roles something on each of the objects: what they need. */
static bool gives_back(const GrantStmt *grant, const GrantStmt *revoke)
{
    if (!grant->is_grant || grant->objtype != revoke->objtype ||
        grant->targtype != revoke->targtype)
        return false;
    foreach_node (RoleSpec, role, revoke->grantees)
        if (!has_role(grant->grantees, role))
            return false;
    foreach_node (Node, object, revoke->objects)
        if (!has_object(grant->objects, object))
            return false;
    return true;
}

/* The old way to set privileges: REVOKE ALL, then GRANT what shall be. Of large
 * files only a piece is parsed at a time, and no more is looked at. */
static bool is_given_back(const struct check *check, const GrantStmt *revoke)
{
    const struct statement *end =
        check->section_statements + check->section_statement_count;
    const struct statement *next = check->statement + 1;
    size_t count = 0;

    if (check->is_in_do)
        return false;
    for (; next < end && count++ < LOOK_MAX; next++)
        if (next->tree != NULL && IsA(next->tree, GrantStmt) &&
            gives_back((const GrantStmt *)next->tree, revoke))
            return true;
    return false;
}

/* REVOKE ... FROM as GRANT ... TO: `to` are the roles, null for those that the
 * statement names, without its last `cut` bytes. */
static const char *as_grant(struct check *check, const char *to, size_t cut)
{
    struct span revoke = words_at_start(check->text, check->statement, 1);
    struct span from =
        words_find(check->text, check->statement, revoke.offset, "FROM");
    struct span all = words_of_statement(check->statement);
    size_t end = to != NULL ? from.offset : all.offset + all.length - cut;
    struct edit edits[] = {{revoke, "GRANT"}, {from, "TO"}};
    struct buffer grant;

    buffer_init(&grant, check->arena);
    writer_add_edited(&grant, check->text,
                      (struct span){all.offset, end - all.offset}, edits, 2);
    if (to != NULL)
        buffer_add_format(&grant, "TO %s", to);
    return buffer_text(&grant);
}

static struct span nowhere(const struct check *check)
{
    return (struct span){check->statement->offset, 0};
}

static const char *public_help(struct check *check)
{
    return check_format(check,
                        "-- before, by name, to the roles whose code needs "
                        "it:\n%s;\n-- then:\n%s",
                        as_grant(check, "...", 0),
                        check_rewrite(check, nowhere(check), ""));
}

static const char *later_help(struct check *check)
{
    return check_format(check,
                        "-- in a release after the one that does without it:\n"
                        "%s",
                        check_rewrite(check, nowhere(check), ""));
}

static const char *help_text(struct check *check, DropBehavior behavior)
{
    size_t cut = behavior == DROP_CASCADE ? sizeof " CASCADE" - 1 : 0;

    return check_format(check,
                        "%s\n-- what gives it back, should someone have been "
                        "forgotten:\n%s;",
                        later_help(check), as_grant(check, NULL, cut));
}

static const char *message_text(struct check *check, const GrantStmt *revoke)
{
    const char *privileges = grant_advice_privileges(check, revoke->privileges);
    const char *objects = grant_advice_objects(check, revoke);

    if (grant_advice_is_public(revoke->grantees))
        return check_format(check,
                            "every role loses %s on %s at once, unless it has "
                            "that by name",
                            privileges, objects);
    return check_format(check, "code that runs as %s loses %s on %s at once",
                        grant_advice_roles(check, revoke->grantees), privileges,
                        objects);
}

static void check_revoke(struct check *check, const GrantStmt *revoke)
{
    struct span word = words_at_start(check->text, check->statement, 1);
    struct finding *finding;

    if (are_all_new(check, revoke) ||
        are_all_new_roles(check, revoke->grantees) ||
        is_given_back(check, revoke))
        return;
    if (!revoke->grant_option) {
        check_report(check, word, revoke, message_text(check, revoke),
                     grant_advice_is_public(revoke->grantees)
                         ? public_help(check)
                         : help_text(check, revoke->behavior));
        return;
    }
    finding = check_report(
        check, word, revoke,
        check_format(check,
                     "%s can no longer grant %s on %s to others, and with "
                     "CASCADE those lose it",
                     grant_advice_roles(check, revoke->grantees),
                     grant_advice_privileges(check, revoke->privileges),
                     grant_advice_objects(check, revoke)),
        later_help(check));
    finding_lower(finding, SEVERITY_INFO);
}

static void check_revoke_role(struct check *check, const GrantRoleStmt *revoke)
{
    if (are_all_new_roles(check, revoke->grantee_roles))
        return;
    check_report(
        check, words_at_start(check->text, check->statement, 1), revoke,
        check_format(check,
                     "code that runs as %s loses at once what it has "
                     "by membership of %s",
                     grant_advice_roles(check, revoke->grantee_roles),
                     grant_advice_granted_roles(check, revoke->granted_roles)),
        help_text(check, revoke->behavior));
}

static void check_node(struct check *check, const Node *node)
{
    if (check->is_in_body || walk_depth(check->walk) > 0)
        return;
    if (IsA(node, GrantStmt)) {
        if (!((const GrantStmt *)node)->is_grant)
            check_revoke(check, (const GrantStmt *)node);
    } else if (!((const GrantRoleStmt *)node)->is_grant) {
        check_revoke_role(check, (const GrantRoleStmt *)node);
    }
}

static const NodeTag tags[] = {T_GrantStmt, T_GrantRoleStmt, T_Invalid};

const struct rule rule_revoke_privilege = {
    .id = "revoke-privilege",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "REVOKE takes away what running code may need",
    .rationale =
        "From the commit on each statement that needs the privilege fails with "
        "permission denied, in sessions that are open too. Which role runs "
        "which code is not written in the database: jobs, reports and "
        "services that are not in this repository are found out when they "
        "fail. What was granted to PUBLIC was everybody's, and who needed it "
        "has no grant of its own.\n\n"
        "Let a release that does without come first. Before a REVOKE from "
        "PUBLIC grant the same to the roles that need it, by name.\n\n"
        "Nothing is said of objects and roles that the same migration made "
        "(taking EXECUTE on a new function from PUBLIC is good practice), in "
        "the first migration of a history, and where the migration grants the "
        "same roles something on the same objects afterwards. For information "
        "only: GRANT OPTION FOR.",
    .ignore_when = "No running code needs the privilege.",
    .setup = "CREATE ROLE shop_app;\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
             "GRANT SELECT ON orders TO shop_app;",
    .bad = "REVOKE SELECT ON orders FROM shop_app;",
    .good = "GRANT SELECT, INSERT ON orders TO shop_app;",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
};
