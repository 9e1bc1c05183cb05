/*
 * WITH CHECK OPTION: only views that INSERT and UPDATE reach through may have
 * it.
 *
 * Facts: src/backend/rewrite/rewriteHandler.c (view_query_is_auto_updatable).
 */
#include "replay/updatable_view.h"

#include <string.h>

static bool has_check_option(const ViewStmt *view)
{
    if (view->withCheckOption != NO_CHECK_OPTION)
        return true;
    foreach_node (DefElem, option, view->options) {
        if (strcmp(option->defname, "check_option") == 0)
            return true;
    }
    return false;
}

/* What the one item of FROM must be. */
static bool is_writable(const struct replay *replay, const RangeVar *item)
{
    const struct relation *relation =
        model_find_relation(replay->schema, name_from_range_var(item));

    if (!relation)
        return false; /* a common table expression */
    switch (relation->kind) {
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE:
    case RELATION_FOREIGN_TABLE:
    case RELATION_VIEW: return true;
    case RELATION_MATERIALIZED_VIEW:
    case RELATION_SEQUENCE:
    case RELATION_INDEX:
    case RELATION_COMPOSITE_TYPE: return false;
    }
    return false;
}

static bool note_window(void *closure, const Node *node,
                        const struct walk *walk)
{
    bool *has_window = closure;
    const FuncCall *call = node_as(FuncCall, node);

    (void)walk;
    *has_window |= call && call->over;
    return !*has_window && nodeTag(node) != T_SelectStmt;
}

/* At least one column is one of the table's; no window function is called. */
static bool has_writable_targets(struct replay *replay,
                                 const SelectStmt *select)
{
    bool has_column = false, has_window = false;

    foreach_node (ResTarget, target, select->targetList) {
        has_column |= nodeTag(target->val) == T_ColumnRef;
        walk_tree(&replay->schema->walker, target->val, note_window,
                  &has_window);
    }
    return has_column && !has_window;
}

static bool is_updatable(struct replay *replay, const SelectStmt *select)
{
    const RangeVar *item;

    if (!select || select->op != SETOP_NONE || select->distinctClause ||
        select->groupClause || select->havingClause || select->withClause ||
        select->limitCount || select->limitOffset || select->valuesLists ||
        list_length(select->fromClause) != 1)
        return false;
    item = node_as(RangeVar, (Node *)linitial(select->fromClause));
    return item && is_writable(replay, item) &&
           has_writable_targets(replay, select);
}

bool updatable_view_check(struct replay *replay, const ViewStmt *view)
{
    if (!has_check_option(view) || !replay_knows_all(replay) ||
        is_updatable(replay, node_as(SelectStmt, view->query)))
        return true;
    return replay_fail(replay, "0A000",
                       "WITH CHECK OPTION is supported only on automatically "
                       "updatable views");
}
