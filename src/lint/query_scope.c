/*
 * Goes up from the visited node and collects the WITH clauses that it passes.
 */
#include "lint/query_scope.h"

#include <string.h>

/* How far up WITH clauses are looked for: no deeper nesting parses. */
#define LEVELS_MAX 1000

static const WithClause *with_of(const Node *node)
{
    switch (nodeTag(node)) {
    case T_SelectStmt: return ((const SelectStmt *)node)->withClause;
    case T_InsertStmt: return ((const InsertStmt *)node)->withClause;
    case T_UpdateStmt: return ((const UpdateStmt *)node)->withClause;
    case T_DeleteStmt: return ((const DeleteStmt *)node)->withClause;
    case T_MergeStmt: return ((const MergeStmt *)node)->withClause;
    default: return NULL;
    }
}

const struct from_scope *query_scope_around(const struct check *check,
                                            struct arena *arena)
{
    const WithClause *found[LEVELS_MAX];
    const struct from_scope *scope = NULL;
    const Node *node;
    size_t at = 0, levels = 0, count = 0;

    while (levels++ < LEVELS_MAX &&
           (node = walk_next_ancestor(check->walk, &at)) != NULL)
        if (with_of(node) != NULL)
            found[count++] = with_of(node);
    /* From the outside in: the innermost name wins. */
    while (count-- > 0)
        scope = from_scope_of(arena, found[count], scope);
    return scope;
}

bool query_item_may_have(const struct check *check,
                         const struct from_item *item,
                         const ColumnRef *reference)
{
    const char *name = name_from_string(llast(reference->fields));
    size_t depth = (size_t)list_length(reference->fields);
    const char *qualifier =
        depth > 1
            ? name_from_string(list_nth(reference->fields, (int)depth - 2))
            : NULL;
    const struct table *table =
        item->table != NULL && (item->table->alias == NULL ||
                                item->table->alias->colnames == NIL)
            ? schema_find_table(check->schema, name_from_range_var(item->table))
            : NULL;

    if (qualifier != NULL &&
        (item->name == NULL || strcmp(qualifier, item->name) != 0))
        return false;
    return table == NULL || !table->is_complete || name == NULL ||
           table_find_column(table, name) != NULL;
}
