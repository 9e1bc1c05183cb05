/*
 * Tells from a statement's tree which settings it changes. What is computed
 * (set_config() with a name that is no constant) is not known and left out.
 */
#include "sql/setting.h"

#include "sql/names.h"

#include <string.h>

/* The grammar's names for SET TRANSACTION and SET TRANSACTION SNAPSHOT. */
static bool is_of_transaction(const VariableSetStmt *set)
{
    return set->kind == VAR_SET_MULTI && set->name != NULL &&
           strncmp(set->name, "TRANSACTION", strlen("TRANSACTION")) == 0;
}

static void add_set(struct arena *arena, struct setting_change_array *changes,
                    const VariableSetStmt *set)
{
    struct setting_change change = {.name = set->name,
                                    .is_local = set->is_local};
    switch (set->kind) {
    case VAR_SET_VALUE:
    case VAR_SET_CURRENT:
    case VAR_SET_MULTI: change.effect = SETTING_SET; break;
    case VAR_SET_DEFAULT:
    case VAR_RESET: change.effect = SETTING_RESET; break;
    case VAR_RESET_ALL:
        change.effect = SETTING_RESET;
        change.name = NULL;
        break;
    }
    if (!is_of_transaction(set))
        *array_push(arena, changes) = change;
}

static void add_call(struct arena *arena, struct setting_change_array *changes,
                     const FuncCall *call)
{
    if (list_length(call->args) != 3 ||
        strcmp(name_from_list(call->funcname).name, "set_config") != 0)
        return;
    const A_Const *name = node_as(A_Const, (Node *)linitial(call->args));
    const A_Const *is_local = node_as(A_Const, (Node *)lthird(call->args));
    if (name == NULL || name->isnull || nodeTag(&name->val) != T_String ||
        is_local == NULL || is_local->isnull ||
        nodeTag(&is_local->val) != T_Boolean)
        return;
    *array_push(arena, changes) =
        (struct setting_change){.name = name->val.sval.sval,
                                .is_local = is_local->val.boolval.boolval,
                                .is_local_argument = is_local};
}

struct setting_change_array setting_changes(struct arena *arena,
                                            const Node *statement)
{
    struct setting_change_array changes = {0};
    if (IsA(statement, VariableSetStmt))
        add_set(arena, &changes, (const VariableSetStmt *)statement);
    if (IsA(statement, DiscardStmt) &&
        ((const DiscardStmt *)statement)->target == DISCARD_ALL)
        *array_push(arena, &changes) =
            (struct setting_change){.effect = SETTING_RESET};
    const SelectStmt *select = node_as(SelectStmt, statement);
    if (select == NULL)
        return changes;
    foreach_node (ResTarget, target, select->targetList) {
        const FuncCall *call = node_as(FuncCall, target->val);
        if (call != NULL)
            add_call(arena, &changes, call);
    }
    return changes;
}
