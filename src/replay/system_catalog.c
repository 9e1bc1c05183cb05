/*
 * System catalogs, which only the server itself changes, and other objects that
 * it cannot do without.
 *
 * Facts: src/backend/catalog/catalog.c (IsSystemClass),
 * src/backend/commands/tablecmds.c (RangeVarCallbackForDropRelation,
 * RangeVarCallbackForAlterRelation), src/backend/catalog/dependency.c
 * (findDependentObjects).
 */
#include "replay/system_catalog.h"

#include "replay/dependency.h"
#include "schema/type.h"

#include <string.h>

bool system_has_namespace(const char *name)
{
    return strcmp(name, "pg_catalog") == 0 ||
           strcmp(name, "information_schema") == 0;
}

static const struct builtin_relation *find(const struct replay *replay,
                                           struct qualified_name name)
{
    uint8_t unit = BUILTIN_CATALOG;

    if (!name.schema) {
        if (strncmp(name.name, "pg_", 3) != 0)
            return NULL;
    } else if (strcmp(name.schema, "information_schema") == 0) {
        unit = BUILTIN_INFORMATION_SCHEMA;
    } else if (strcmp(name.schema, "pg_catalog") != 0) {
        return NULL;
    }
    return builtin_find_relation(
        builtin_version(replay->schema->postgres_version), unit, name.name);
}

bool system_has_relation(const struct replay *replay,
                         struct qualified_name name)
{
    return find(replay, name) != NULL;
}

/* Others only look at what they name, or use it as it is. */
static bool is_change(const Node *tree)
{
    switch (nodeTag(tree)) {
    case T_AlterObjectSchemaStmt:
    case T_AlterOwnerStmt:
    case T_AlterPolicyStmt:
    case T_AlterTableStmt:
    case T_CreatePolicyStmt:
    case T_CreateStatsStmt:
    case T_CreateTrigStmt:
    case T_DropStmt:
    case T_IndexStmt:
    case T_RenameStmt:
    case T_RuleStmt:
    case T_TruncateStmt: return true;
    default: return false;
    }
}

/* Views are no catalogs, nor is anything in information_schema. */
static bool is_catalog(const struct builtin_relation *row)
{
    return row && row->unit == BUILTIN_CATALOG && row->kind == 'r';
}

bool system_allows(struct replay *replay, struct qualified_name name)
{
    return !is_change(replay->statement->tree) ||
           !is_catalog(find(replay, name)) ||
           replay_fail(replay, "42501",
                       "permission denied: \"%s\" is a system catalog",
                       name.name);
}

static ObjectType type_of(const struct builtin_relation *row)
{
    return row->kind == 'v' ? OBJECT_VIEW : OBJECT_TABLE;
}

bool system_allows_drop(struct replay *replay, struct qualified_name name,
                        ObjectType type, const char *article)
{
    if (type_of(find(replay, name)) != type)
        return replay_fail(replay, "42809", "\"%s\" is not %s", name.name,
                           article);
    return system_allows(replay, name);
}

bool system_allows_drop_of(struct replay *replay, const struct object *object,
                           bool is_cascade)
{
    const struct namespace *namespace = (const struct namespace *)object;
    const char *description;

    if (object->class == CLASS_TYPE
            ? !type_catalog_row((const struct type *)object)
            : object->class != CLASS_NAMESPACE ||
                  !system_has_namespace(namespace->name))
        return true;
    description = object_description(replay, object);
    if (object->class == CLASS_TYPE ||
        strcmp(namespace->name, "pg_catalog") == 0)
        return replay_fail(replay, "2BP01",
                           "cannot drop %s because it is required by the "
                           "database system",
                           description);
    /* With CASCADE the server does it; we could not do without. */
    return !is_cascade &&
           replay_fail(replay, "2BP01",
                       "cannot drop %s because other objects depend on it",
                       description);
}
