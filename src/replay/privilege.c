/*
 * Privileges that rules ask for: EXECUTE of PUBLIC, which every function has
 * from its making on until it is revoked.
 *
 * Facts: src/backend/catalog/aclchk.c (ExecuteGrantStmt, SetDefaultACL).
 */
#include "replay/privilege.h"

#include "replay/existence.h"
#include "replay/function.h"

#include <string.h>

static bool names_public(const List *roles)
{
    const ListCell *cell;

    foreach (cell, roles) {
        const RoleSpec *role = lfirst(cell);

        if (role->roletype == ROLESPEC_PUBLIC)
            return true;
    }
    return false;
}

/* No list means all of them. */
static bool names_execute(const List *privileges)
{
    const ListCell *cell;

    foreach (cell, privileges) {
        const AccessPriv *privilege = lfirst(cell);

        if (!privilege->priv_name ||
            strcmp(privilege->priv_name, "execute") == 0)
            return true;
    }
    return privileges == NIL;
}

static bool is_of_functions(const GrantStmt *grant)
{
    return (grant->objtype == OBJECT_FUNCTION ||
            grant->objtype == OBJECT_PROCEDURE ||
            grant->objtype == OBJECT_ROUTINE) &&
           !(grant->grant_option && !grant->is_grant) &&
           names_public(grant->grantees) && names_execute(grant->privileges);
}

static bool is_of_kind(const struct function *function, ObjectType type)
{
    if (type == OBJECT_ROUTINE)
        return true;
    return (function->kind == FUNCTION_PROCEDURE) == (type == OBJECT_PROCEDURE);
}

static void set_all(struct replay *replay, const GrantStmt *grant,
                    const struct namespace *namespace)
{
    for (size_t i = 0; namespace && i < namespace->functions.count; i++) {
        struct function *function = namespace->functions.items[i];

        if (!function->object.is_dropped && function->namespace == namespace &&
            is_of_kind(function, grant->objtype))
            SET(replay->schema, function->is_public_revoked, !grant->is_grant);
    }
}

bool privilege_grant(struct replay *replay, const GrantStmt *grant)
{
    struct schema *schema = replay->schema;
    struct object *object;
    const ListCell *cell;

    if (!existence_of_granted(replay, grant))
        return false;
    if (!is_of_functions(grant))
        return true;
    foreach (cell, grant->objects) {
        const Node *node = lfirst(cell);
        const ObjectWithArgs *name = node_as(ObjectWithArgs, node);

        if (grant->targtype == ACL_TARGET_ALL_IN_SCHEMA)
            set_all(replay, grant,
                    model_find_namespace(schema, name_from_string(node)));
        else if (name &&
                 function_look_up(replay, grant->objtype, name, true,
                                  &object) &&
                 object)
            SET(schema, ((struct function *)object)->is_public_revoked,
                !grant->is_grant);
    }
    return true;
}

/* For one schema nothing can be revoked that is everybody's by default: what is
 * said for a schema only adds to that. (ALTER DEFAULT PRIVILEGES, Notes) */
static bool is_of_one_schema(const AlterDefaultPrivilegesStmt *alter)
{
    const ListCell *cell;

    foreach (cell, alter->options) {
        if (strcmp(((const DefElem *)lfirst(cell))->defname, "schemas") == 0)
            return true;
    }
    return false;
}

bool privilege_alter_default(struct replay *replay,
                             const AlterDefaultPrivilegesStmt *alter)
{
    struct schema *schema = replay->schema;

    if (is_of_functions(alter->action) && !is_of_one_schema(alter))
        SET(schema, schema->is_public_revoked, !alter->action->is_grant);
    return true;
}
