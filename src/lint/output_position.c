/*
 * Reads target lists of raw trees. For order-by-position and group-by-position.
 */
#include "lint/output_position.h"

#include "lint/query_words.h"

#include <string.h>

const A_Const *output_position(const Node *expression)
{
    const A_Const *constant = node_as(A_Const, expression);

    return constant != NULL && !constant->isnull && IsA(&constant->val, Integer)
               ? constant
               : NULL;
}

const char *output_ordinal(struct check *check, const A_Const *position)
{
    static const char *const words[] = {"first", "second", "third", "fourth",
                                        "fifth"};
    static const char *const endings[] = {"th", "st", "nd", "rd"};
    int number = position->val.ival.ival;
    int last = number % 10;

    if (number >= 1 && number <= 5)
        return words[number - 1];
    if (last < 0 || last > 3 || (number % 100 >= 11 && number % 100 <= 13))
        last = 0;
    return check_format(check, "%d%s", number, endings[last]);
}

/* The column of the output that the number means; null if a star comes before
 * it, or it is of a set operation or VALUES. */
static const ResTarget *target_at(const SelectStmt *select, int number)
{
    int place = 0;

    foreach_node (ResTarget, target, select->targetList) {
        const ColumnRef *column = node_as(ColumnRef, target->val);

        if (column != NULL && IsA(llast(column->fields), A_Star))
            return NULL;
        if (++place == number)
            return target;
    }
    return NULL;
}

/* A name that is looked for among the columns of an expression. */
struct search {
    const char *name;
    bool is_found;
};

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct search *search = closure;
    const ColumnRef *column = node_as(ColumnRef, node);
    const char *name =
        column != NULL ? name_from_string(llast(column->fields)) : NULL;

    (void)walk;
    if (name != NULL && strcmp(name, search->name) == 0)
        search->is_found = true;
    return !search->is_found;
}

/* `lower(name) AS name`: GROUP BY name would mean the column. */
static bool is_shadowed(const ResTarget *target)
{
    struct search search = {.name = target->name};
    struct walker walker;

    walker_init(&walker);
    walk_tree(&walker, target->val, visit, &search);
    walker_release(&walker);
    return search.is_found;
}

/* How ORDER BY and GROUP BY can call the column; null if it needs a name. */
static const char *output_name(struct check *check, const ResTarget *target)
{
    const ColumnRef *column = node_as(ColumnRef, target->val);

    if (target->name != NULL && column == NULL)
        return is_shadowed(target) ? NULL : check_quote(check, target->name);
    return column != NULL
               ? name_to_sql(check->arena, name_from_list(column->fields))
               : NULL;
}

const char *output_help(struct check *check, const SelectStmt *select,
                        const A_Const *position, const char *keyword)
{
    const ResTarget *target = target_at(select, position->val.ival.ival);
    const char *name = target != NULL ? output_name(check, target) : NULL;
    const char *rewritten = NULL;

    if (name != NULL)
        rewritten = query_rewrite(
            check, query_words_at(check, position->location), name);
    if (rewritten != NULL)
        return rewritten;
    if (name != NULL)
        return check_format(check, "%s %s", keyword, name);
    return check_format(check,
                        "name the column, with AS where it is an expression, "
                        "and write the name after %s",
                        keyword);
}
