/*
 * Goes through what an ALTER TABLE adds, for rules about constraints. No words
 * are looked for while nothing is wanted.
 */
#include "lint/added_constraint.h"

static bool is_any_wanted(const AlterTableStmt *alter,
                          added_constraint_test *is_wanted)
{
    foreach_node (AlterTableCmd, action, alter->cmds)
        if (is_wanted(action))
            return true;
    return false;
}

struct added_constraints added_constraints_of(struct check *check,
                                              const AlterTableStmt *alter,
                                              added_constraint_test *is_wanted)
{
    struct added_constraints walk = {.is_wanted = is_wanted};

    walk.added.alter = alter;
    walk.next = list_length(alter->cmds);
    if (!is_any_wanted(alter, is_wanted) ||
        !check_alters_existing(check, alter))
        return walk;
    walk.added.name = name_from_range_var(alter->relation);
    walk.added.table = schema_find_table(check->schema, walk.added.name);
    walk.words =
        command_words_of(check->text, check->statement, alter->relation);
    walk.next = 0;
    return walk;
}

bool added_constraints_next(struct check *check, struct added_constraints *walk)
{
    struct added_constraint *added = &walk->added;

    while (walk->next < list_length(added->alter->cmds)) {
        const AlterTableCmd *action =
            list_nth(added->alter->cmds, walk->next++);

        if (!walk->is_wanted(action)) {
            command_words_pass(&walk->words);
            continue;
        }
        added->action = action;
        added->column = node_as(ColumnDef, action->def);
        added->constraint = node_as(Constraint, action->def);
        if (!command_words_next(&walk->words, &added->words))
            added->words = words_of_statement(check->statement);
        return true;
    }
    return false;
}
