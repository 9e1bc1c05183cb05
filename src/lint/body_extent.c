/*
 * Walks a query's tree once, for rules about what functions say of themselves.
 */
#include "lint/body_extent.h"

#include <string.h>

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct body_extent *extent = closure;

    (void)walk;
    switch (nodeTag(node)) {
    case T_InsertStmt:
    case T_UpdateStmt:
    case T_DeleteStmt:
    case T_MergeStmt:
        if (node != extent->root)
            extent->writing = node;
        break;
    case T_LockingClause: extent->locking = (const LockingClause *)node; break;
    case T_RangeVar:
        if (extent->table_count < BODY_NAMES_MAX)
            extent->tables[extent->table_count++] = (const RangeVar *)node;
        break;
    case T_CommonTableExpr:
        if (extent->name_count == BODY_NAMES_MAX)
            extent->table_count = BODY_NAMES_MAX;
        else
            extent->names[extent->name_count++] =
                ((const CommonTableExpr *)node)->ctename;
        break;
    default: break;
    }
    return true;
}

static bool is_name_of_with(const struct body_extent *extent,
                            const RangeVar *table)
{
    if (table->schemaname != NULL)
        return false;
    for (size_t i = 0; i < extent->name_count; i++)
        if (strcmp(extent->names[i], table->relname) == 0)
            return true;
    return false;
}

const RangeVar *body_extent_table(const struct body_extent *extent)
{
    for (size_t i = 0;
         extent->name_count < BODY_NAMES_MAX && i < extent->table_count; i++)
        if (!is_name_of_with(extent, extent->tables[i]))
            return extent->tables[i];
    return NULL;
}

struct body_extent body_extent_of(struct walker *walker, const Node *tree)
{
    struct body_extent extent = {.root = tree};

    walk_tree(walker, tree, visit, &extent);
    return extent;
}

bool body_extent_only_reads(const struct body_extent *extent)
{
    NodeTag tag = nodeTag(extent->root);

    return (tag == T_SelectStmt || tag == T_PLAssignStmt) &&
           extent->writing == NULL && extent->locking == NULL;
}
