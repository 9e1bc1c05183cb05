/*
 * Statements that leave the schema as it is, or nearly so, but fail when what
 * they name is not there: COMMENT, GRANT, OWNER TO.
 *
 * Facts: src/backend/commands/comment.c, alter.c (ExecAlterOwnerStmt),
 * src/backend/catalog/aclchk.c (objectNamesToOids).
 */
#include "replay/existence.h"

#include "replay/lookup.h"
#include "replay/rename.h"
#include "replay/types.h"

/* Columns of indexes and sequences have no comments. */
static bool check_commented(struct replay *replay, const CommentStmt *comment)
{
    List names;
    const struct relation *relation;

    if (comment->objtype != OBJECT_COLUMN || !node_as(List, comment->object))
        return true;
    names = *(const List *)comment->object;
    if (--names.length < 1)
        return true;
    relation = model_find_relation(replay->schema, name_from_list(&names));
    if (!relation || (relation->kind != RELATION_INDEX &&
                      relation->kind != RELATION_SEQUENCE))
        return true;
    if (replay->schema->postgres_version >= 15)
        return replay_fail(replay, "42809",
                           "cannot set comment on relation \"%s\"",
                           relation->name);
    return replay_fail(replay, "42809",
                       "\"%s\" is not a table, view, materialized view, "
                       "composite type, or foreign table",
                       relation->name);
}

/* The last of the names is a column's. */
static void note_column(struct replay *replay, const List *parts, bool is_there)
{
    List names = *parts;
    struct relation *relation;
    struct column *column;

    if (--names.length < 1)
        return;
    relation = model_find_relation(replay->schema, name_from_list(&names));
    if (!relation || !relation_as_table(relation))
        return;
    column =
        model_find_column(relation_as_table(relation), strVal(llast(parts)));
    if (column)
        SET(replay->schema, column->has_comment, is_there);
}

/* An empty text takes the comment away, as NULL does. */
static void note_comment(struct replay *replay, const CommentStmt *comment)
{
    const List *names = node_as(List, comment->object);
    bool is_there = comment->comment && comment->comment[0];
    struct relation *relation;

    if (!names)
        return;
    if (comment->objtype == OBJECT_COLUMN) {
        note_column(replay, names, is_there);
    } else if (comment->objtype == OBJECT_TABLE ||
               comment->objtype == OBJECT_FOREIGN_TABLE) {
        relation = model_find_relation(replay->schema, name_from_list(names));
        if (relation)
            SET(replay->schema, relation->has_comment, is_there);
    }
}

bool existence_of_comment(struct replay *replay, const CommentStmt *comment)
{
    struct object *object;

    if (replay_knows_all(replay) &&
        (!check_commented(replay, comment) ||
         !lookup_object(replay, comment->objtype, comment->object, false,
                        &object)))
        return false;
    note_comment(replay, comment);
    return true;
}

bool existence_of_owner(struct replay *replay, const AlterOwnerStmt *alter)
{
    struct object *object;
    struct type *type;

    if (!replay_knows_all(replay))
        return true;
    if (alter->objectType == OBJECT_TYPE || alter->objectType == OBJECT_DOMAIN)
        return types_find(replay, (const List *)alter->object, &type) &&
               (!type || types_check_alter(replay, type,
                                           alter->objectType == OBJECT_DOMAIN));
    return lookup_object(replay, alter->objectType, alter->object, false,
                         &object);
}

static bool check_granted_relation(struct replay *replay,
                                   const GrantStmt *grant, const RangeVar *name)
{
    struct relation *relation;

    if (!rename_find_relation(replay, name, false, &relation))
        return false;
    if (!relation)
        return true;
    if (relation->kind == RELATION_INDEX)
        return replay_fail(replay, "42809", "\"%s\" is an index",
                           relation->name);
    if (relation->kind == RELATION_COMPOSITE_TYPE)
        return replay_fail(replay, "42809", "\"%s\" is a composite type",
                           relation->name);
    if (grant->objtype == OBJECT_SEQUENCE &&
        relation->kind != RELATION_SEQUENCE)
        return replay_fail(replay, "42809", "\"%s\" is not a sequence",
                           relation->name);
    return true;
}

/* MAINTAIN, of 17, is a word like any other to the grammar. */
static bool check_privileges(struct replay *replay, const GrantStmt *grant)
{
    const ListCell *cell;

    foreach (cell, grant->privileges) {
        const AccessPriv *privilege = lfirst(cell);

        if (privilege->priv_name &&
            strcmp(privilege->priv_name, "maintain") == 0 &&
            replay->schema->postgres_version < 17)
            return replay_fail(replay, "42601",
                               "unrecognized privilege type \"%s\"",
                               privilege->priv_name);
    }
    return true;
}

bool existence_of_granted(struct replay *replay, const GrantStmt *grant)
{
    const ListCell *cell;

    if (!replay_knows_all(replay) || grant->targtype == ACL_TARGET_DEFAULTS)
        return true;
    foreach (cell, grant->objects) {
        const Node *node = lfirst(cell);
        const RangeVar *name = node_as(RangeVar, node);
        struct object *object;
        struct type *named;
        ObjectType type = grant->targtype == ACL_TARGET_ALL_IN_SCHEMA
                              ? OBJECT_SCHEMA
                              : grant->objtype;

        if (name && !check_granted_relation(replay, grant, name))
            return false;
        if (type == OBJECT_TYPE || type == OBJECT_DOMAIN) {
            if (!types_find(replay, (const List *)node, &named))
                return false;
        } else if (!name &&
                   !lookup_object(replay, type, node, false, &object)) {
            return false;
        }
    }
    return check_privileges(replay, grant);
}
