/*
 * CREATE SCHEMA, with what it has made in the new schema.
 *
 * Facts: src/backend/commands/schemacmds.c, src/backend/parser/
 * parse_utilcmd.c (transformCreateSchemaStmtElements).
 */
#include "replay/context.h"

#include <string.h>

/* Elements are made in this order, whatever theirs is. */
static const NodeTag element_order[] = {
    T_CreateSeqStmt, T_CreateStmt,     T_ViewStmt,
    T_IndexStmt,     T_CreateTrigStmt, T_GrantStmt,
};

static const RangeVar *name_of_element(const Node *element)
{
    switch (nodeTag(element)) {
    case T_CreateSeqStmt: return ((const CreateSeqStmt *)element)->sequence;
    case T_CreateStmt: return ((const CreateStmt *)element)->relation;
    case T_ViewStmt: return ((const ViewStmt *)element)->view;
    case T_IndexStmt: return ((const IndexStmt *)element)->relation;
    case T_CreateTrigStmt: return ((const CreateTrigStmt *)element)->relation;
    default: return NULL;
    }
}

static bool check_elements(struct replay *replay, const List *elements,
                           const char *schema_name)
{
    const ListCell *cell;

    foreach (cell, elements) {
        const RangeVar *name = name_of_element(lfirst(cell));

        if (name && name->schemaname &&
            strcmp(name->schemaname, schema_name) != 0)
            return replay_fail(replay, "42P15",
                               "CREATE specifies a schema (%s) different from "
                               "the one being created (%s)",
                               name->schemaname, schema_name);
    }
    return true;
}

/* The new schema stands first on the search_path while they are made. */
static void enter_namespace(struct schema *schema,
                            const struct namespace *namespace)
{
    const struct search_path *outer = model_search_path(schema);
    struct search_path *path = model_new_search_path(schema, outer->count + 1);

    path->names[0] = namespace->name;
    for (size_t i = 0; i < outer->count; i++)
        path->names[i + 1] = outer->names[i];
    path->has_catalog = outer->has_catalog;
    SET(schema, schema->local_search_path, path);
}

static bool create_elements(struct replay *replay, const List *elements,
                            const struct namespace *namespace)
{
    struct schema *schema = replay->schema;
    struct search_path *outer = schema->local_search_path;
    const ListCell *cell;

    if (!check_elements(replay, elements, namespace->name))
        return false;
    enter_namespace(schema, namespace);
    for (size_t i = 0; i < sizeof element_order / sizeof *element_order; i++) {
        foreach (cell, elements) {
            const Node *element = lfirst(cell);

            if (nodeTag(element) == element_order[i] &&
                !replay_node(replay, element))
                return false;
        }
    }
    SET(schema, schema->local_search_path, outer);
    return true;
}

bool replay_create_schema(struct replay *replay, const CreateSchemaStmt *create)
{
    struct schema *schema = replay->schema;
    const char *name = create->schemaname;
    struct namespace *namespace;

    if (!name && create->authrole)
        name = create->authrole->rolename;
    if (!name)
        return false; /* the session's user: nobody knows */
    if (strncmp(name, "pg_", 3) == 0)
        return replay_fail(replay, "42939", "unacceptable schema name \"%s\"",
                           name);
    namespace = model_find_namespace(schema, name);
    if (namespace && create->if_not_exists)
        return true;
    if (namespace && replay_refuse(replay) &&
        (namespace->made_at.source || schema->begins_empty ||
         namespace == schema->public_namespace))
        return replay_fail(replay, "42P06", "schema \"%s\" already exists",
                           name);
    if (!namespace)
    namespace = model_add_namespace(schema, name, replay_place_at(replay, -1));
    return !create->schemaElts ||
           create_elements(replay, create->schemaElts, namespace);
}
