/*
 * Writes the statements that undo an up step's, for help texts. One function
 * for each kind of statement that has an evident inverse; all others, and
 * those whose effect depends on what was there before (OR REPLACE, DROP, SET
 * DEFAULT), have none.
 */
#include "sql/inverse.h"

#include "base/buffer.h"
#include "sql/names.h"
#include "sql/parser.h"

/* RELPERSISTENCE_TEMP of catalog/pg_class.h, which is not installed. */
#define TEMPORARY 't'

static const char *quote(struct inverse *inverse, const char *name)
{
    return parser_quote_identifier(inverse->arena, name);
}

static const char *relation_sql(struct inverse *inverse,
                                const RangeVar *relation)
{
    return name_to_sql(inverse->arena, name_from_range_var(relation));
}

static void add(struct inverse *inverse, const char *statement)
{
    *array_push(inverse->arena, &inverse->statements) = statement;
}

static bool was_created(const struct inverse *inverse, const char *name)
{
    return map_find(&inverse->created, slice_from(name)) != NULL;
}

/* The object goes with `DROP kind name`, and all that is done to it after. */
static bool add_drop(struct inverse *inverse, const char *kind,
                     const char *name)
{
    map_put(inverse->arena, &inverse->created, slice_from(name), inverse);
    add(inverse, arena_format(inverse->arena, "DROP %s %s;", kind, name));
    return true;
}

static bool add_drop_relation(struct inverse *inverse, const char *kind,
                              const RangeVar *relation)
{
    const char *name = relation_sql(inverse, relation);
    if (relation->relpersistence != TEMPORARY)
        return add_drop(inverse, kind, name);
    map_put(inverse->arena, &inverse->created, slice_from(name), inverse);
    return true;
}

static bool add_drop_type(struct inverse *inverse, const char *kind,
                          const List *name)
{
    return add_drop(inverse, kind,
                    name_to_sql(inverse->arena, name_from_list(name)));
}

static bool undo_create_index(struct inverse *inverse, const IndexStmt *index)
{
    if (was_created(inverse, relation_sql(inverse, index->relation)))
        return true;
    if (index->idxname == NULL)
        return false;
    struct qualified_name name = name_from_range_var(index->relation);
    name.name = index->idxname;
    add(inverse, arena_format(inverse->arena, "DROP INDEX %s%s;",
                              index->concurrent ? "CONCURRENTLY " : "",
                              name_to_sql(inverse->arena, name)));
    return true;
}

/* A trigger or policy, on a table. */
static bool undo_attached(struct inverse *inverse, const char *kind,
                          const char *name, const RangeVar *relation)
{
    const char *table = relation_sql(inverse, relation);
    if (!was_created(inverse, table))
        add(inverse, arena_format(inverse->arena, "DROP %s %s ON %s;", kind,
                                  quote(inverse, name), table));
    return true;
}

static bool undo_rename(struct inverse *inverse, const RenameStmt *rename)
{
    const char *kind = NULL;
    ObjectType type = rename->renameType == OBJECT_COLUMN ? rename->relationType
                                                          : rename->renameType;
    switch (type) {
    case OBJECT_TABLE: kind = "TABLE"; break;
    case OBJECT_VIEW: kind = "VIEW"; break;
    case OBJECT_MATVIEW: kind = "MATERIALIZED VIEW"; break;
    case OBJECT_INDEX: kind = "INDEX"; break;
    case OBJECT_SEQUENCE: kind = "SEQUENCE"; break;
    default: return false;
    }
    struct qualified_name name = name_from_range_var(rename->relation);
    if (rename->renameType == OBJECT_COLUMN) {
        add(inverse,
            arena_format(inverse->arena, "ALTER %s %s RENAME COLUMN %s TO %s;",
                         kind, name_to_sql(inverse->arena, name),
                         quote(inverse, rename->newname),
                         quote(inverse, rename->subname)));
        return true;
    }
    const char *old_name = quote(inverse, name.name);
    name.name = rename->newname;
    add(inverse, arena_format(inverse->arena, "ALTER %s %s RENAME TO %s;", kind,
                              name_to_sql(inverse->arena, name), old_name));
    return true;
}

/* What undoes one action of an ALTER TABLE; "" if it needs none, null if
 * nothing evident does. */
static const char *undo_action(struct inverse *inverse,
                               const AlterTableCmd *action)
{
    struct arena *arena = inverse->arena;
    const ColumnDef *column = node_as(ColumnDef, action->def);
    const Constraint *constraint = node_as(Constraint, action->def);
    switch (action->subtype) {
    case AT_AddColumn:
        if (column == NULL)
            return NULL;
        return arena_format(arena, "DROP COLUMN %s",
                            quote(inverse, column->colname));
    case AT_AddConstraint:
        if (constraint == NULL || constraint->conname == NULL)
            return NULL;
        return arena_format(arena, "DROP CONSTRAINT %s",
                            quote(inverse, constraint->conname));
    case AT_SetNotNull:
        return arena_format(arena, "ALTER COLUMN %s DROP NOT NULL",
                            quote(inverse, action->name));
    case AT_ValidateConstraint: return "";
    case AT_EnableRowSecurity: return "DISABLE ROW LEVEL SECURITY";
    case AT_ForceRowSecurity: return "NO FORCE ROW LEVEL SECURITY";
    default: return NULL;
    }
}

static bool undo_alter_table(struct inverse *inverse,
                             const AlterTableStmt *alter)
{
    const char *table = relation_sql(inverse, alter->relation);
    if (was_created(inverse, table))
        return true;
    if (alter->objtype != OBJECT_TABLE)
        return false;
    struct buffer actions;
    buffer_init(&actions, inverse->arena);
    for (int i = list_length(alter->cmds) - 1; i >= 0; i--) {
        const AlterTableCmd *action =
            node_as(AlterTableCmd, list_nth(alter->cmds, i));
        const char *undo = undo_action(inverse, action);
        if (undo == NULL)
            return false;
        if (undo[0] == '\0')
            continue;
        buffer_add_format(&actions, "%s%s", actions.length > 0 ? ", " : "",
                          undo);
    }
    if (actions.length > 0)
        add(inverse, arena_format(inverse->arena, "ALTER TABLE %s %s;", table,
                                  buffer_text(&actions)));
    return true;
}

/* Rows of a table that the up step made go with it. */
static bool undo_data(const struct inverse *inverse, const char *table)
{
    return was_created(inverse, table);
}

static bool undo_create_table_as(struct inverse *inverse,
                                 const CreateTableAsStmt *create)
{
    return add_drop_relation(
        inverse,
        create->objtype == OBJECT_MATVIEW ? "MATERIALIZED VIEW" : "TABLE",
        create->into->rel);
}

static bool undo_create_schema(struct inverse *inverse,
                               const CreateSchemaStmt *create)
{
    if (create->schemaname == NULL || create->schemaElts != NIL)
        return false;
    /* What others may have made before, and use, stays. */
    return create->if_not_exists ||
           add_drop(inverse, "SCHEMA", quote(inverse, create->schemaname));
}

static bool undo_create_extension(struct inverse *inverse,
                                  const CreateExtensionStmt *create)
{
    return create->if_not_exists ||
           add_drop(inverse, "EXTENSION", quote(inverse, create->extname));
}

/* Names mean other objects after it. */
static bool sets_search_path(const VariableSetStmt *set)
{
    return set->name != NULL && strcmp(set->name, "search_path") == 0;
}

bool inverse_add(struct inverse *inverse, const Node *statement)
{
    switch (nodeTag(statement)) {
    case T_CreateStmt:
        return add_drop_relation(inverse, "TABLE",
                                 ((const CreateStmt *)statement)->relation);
    case T_CreateTableAsStmt:
        return undo_create_table_as(inverse,
                                    (const CreateTableAsStmt *)statement);
    case T_ViewStmt:
        return !((const ViewStmt *)statement)->replace &&
               add_drop_relation(inverse, "VIEW",
                                 ((const ViewStmt *)statement)->view);
    case T_CreateSeqStmt:
        return add_drop_relation(inverse, "SEQUENCE",
                                 ((const CreateSeqStmt *)statement)->sequence);
    case T_IndexStmt:
        return undo_create_index(inverse, (const IndexStmt *)statement);
    case T_CreateEnumStmt:
        return add_drop_type(inverse, "TYPE",
                             ((const CreateEnumStmt *)statement)->typeName);
    case T_CreateRangeStmt:
        return add_drop_type(inverse, "TYPE",
                             ((const CreateRangeStmt *)statement)->typeName);
    case T_CompositeTypeStmt:
        return add_drop_relation(
            inverse, "TYPE", ((const CompositeTypeStmt *)statement)->typevar);
    case T_CreateDomainStmt:
        return add_drop_type(inverse, "DOMAIN",
                             ((const CreateDomainStmt *)statement)->domainname);
    case T_CreateSchemaStmt:
        return undo_create_schema(inverse, (const CreateSchemaStmt *)statement);
    case T_CreateExtensionStmt:
        return undo_create_extension(inverse,
                                     (const CreateExtensionStmt *)statement);
    case T_CreateTrigStmt:
        return !((const CreateTrigStmt *)statement)->replace &&
               undo_attached(inverse, "TRIGGER",
                             ((const CreateTrigStmt *)statement)->trigname,
                             ((const CreateTrigStmt *)statement)->relation);
    case T_CreatePolicyStmt:
        return undo_attached(inverse, "POLICY",
                             ((const CreatePolicyStmt *)statement)->policy_name,
                             ((const CreatePolicyStmt *)statement)->table);
    case T_RenameStmt:
        return undo_rename(inverse, (const RenameStmt *)statement);
    case T_AlterTableStmt:
        return undo_alter_table(inverse, (const AlterTableStmt *)statement);
    case T_InsertStmt:
        return undo_data(
            inverse,
            relation_sql(inverse, ((const InsertStmt *)statement)->relation));
    case T_UpdateStmt:
        return undo_data(
            inverse,
            relation_sql(inverse, ((const UpdateStmt *)statement)->relation));
    case T_CommentStmt:
    case T_TransactionStmt:
    case T_VariableSetStmt:
        return !sets_search_path((const VariableSetStmt *)statement);
    default: return false;
    }
}

const char *inverse_text(const struct inverse *inverse)
{
    struct buffer text;
    buffer_init(&text, inverse->arena);
    for (size_t i = inverse->statements.count; i > 0; i--)
        buffer_add_format(&text, "%s%s", text.length > 0 ? "\n" : "",
                          inverse->statements.items[i - 1]);
    return buffer_text(&text);
}
