/*
 * Statements that lock nothing which others would wait for: told from the
 * tree, at little cost, for who wants to know what every statement of a
 * transaction locks.
 */
#include "locks/locks.h"

#include "schema/model.h"

static bool references_any(const List *constraints)
{
    foreach_node (Constraint, constraint, constraints) {
        if (constraint->pktable)
            return true;
    }
    return false;
}

static bool element_references_any(const Node *element)
{
    const ColumnDef *column = node_as(ColumnDef, element);
    const Constraint *constraint = node_as(Constraint, element);

    return (column && references_any(column->constraints)) ||
           (constraint && constraint->pktable);
}

/* A new table locks those it references, and parents. */
static bool is_create_light(const CreateStmt *create)
{
    const ListCell *cell;

    if (create->inhRelations != NIL || references_any(create->constraints))
        return false;
    foreach (cell, create->tableElts) {
        if (element_references_any(lfirst(cell)))
            return false;
    }
    return true;
}

/* The relation is new, and no tree of others hangs on it. */
static bool is_new_and_alone(const struct schema *schema, const RangeVar *name)
{
    const struct table *table =
        name ? schema_find_table(schema, name_from_range_var(name)) : NULL;

    return table && relation_is_new(schema, &table->relation) &&
           table->children.count == 0;
}

/* Sub-commands that reach no other table. */
static bool is_alter_light(const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, command, alter->cmds) {
        switch (command->subtype) {
        case AT_AddColumn:
        case AT_AddConstraint:
            if (element_references_any(command->def))
                return false;
            break;
        case AT_ColumnDefault:
        case AT_SetNotNull:
        case AT_DropNotNull:
        case AT_ChangeOwner:
        case AT_EnableRowSecurity: break;
        default: return false;
        }
    }
    return true;
}

bool locks_are_light(const struct schema *schema, const Node *node)
{
    switch (nodeTag(node)) {
    case T_SelectStmt:
    case T_InsertStmt:
    case T_UpdateStmt:
    case T_DeleteStmt:
    case T_MergeStmt:
    case T_CopyStmt:
    case T_CreateTableAsStmt:
    case T_VariableSetStmt:
    case T_TransactionStmt:
    case T_CommentStmt:
    case T_GrantStmt:
    case T_CreateFunctionStmt:
    case T_CreateEnumStmt:
    case T_AlterEnumStmt:
    case T_CreateDomainStmt:
    case T_CreateExtensionStmt:
    case T_CreateSeqStmt:
    case T_CreateStatsStmt:
    case T_CompositeTypeStmt:
    case T_DoStmt: return true;
    case T_CreateStmt: return is_create_light((const CreateStmt *)node);
    case T_ViewStmt: return !((const ViewStmt *)node)->replace;
    case T_IndexStmt:
        return ((const IndexStmt *)node)->concurrent ||
               is_new_and_alone(schema, ((const IndexStmt *)node)->relation);
    case T_CreateTrigStmt:
        return is_new_and_alone(schema,
                                ((const CreateTrigStmt *)node)->relation);
    case T_AlterTableStmt:
        return is_alter_light((const AlterTableStmt *)node) &&
               is_new_and_alone(schema,
                                ((const AlterTableStmt *)node)->relation);
    default: return false;
    }
}
