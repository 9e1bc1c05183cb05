/*
 * Remembers where a view or function stands and which indexes there were, and
 * looks again at the end of the history.
 */
#include "lint/index_confirm.h"

#include "lint/engine.h"
#include "schema/model.h"

#include <string.h>

struct subject {
    const struct table *table;
    const struct column *column;
    size_t index_count; /* that the table had by then */
    struct place statement;
    struct qualified_name view; /* name null: it is none */
    const char *function;       /* null likewise */
};

static struct qualified_name copy_name(struct check *check,
                                       struct qualified_name name)
{
    struct qualified_name copy = {
        .schema =
            name.schema != NULL ? check_format(check, "%s", name.schema) : NULL,
        .name = check_format(check, "%s", name.name),
    };

    return copy;
}

void index_confirm_later(const struct index_use *use, struct finding *finding,
                         const struct table *table, const struct column *column)
{
    struct check *check = use->check;
    const Node *node =
        check->routine != NULL ? check->routine->node : check->statement->tree;
    const ViewStmt *view = node_as(ViewStmt, node);
    const CreateFunctionStmt *create = node_as(CreateFunctionStmt, node);
    struct subject *subject;

    if (view == NULL && create == NULL)
        return;
    subject = arena_alloc(check->arena, sizeof *subject);
    *subject = (struct subject){
        .table = table,
        .column = column,
        .index_count = table->indexes.count,
        .statement = {check->source,
                      {check->statement->offset, check->statement->length},
                      0},
    };
    if (view != NULL)
        subject->view = copy_name(check, name_from_range_var(view->view));
    else
        subject->function =
            check_format(check, "%s", name_from_list(create->funcname).name);
    check_confirm_later(check, finding, CONFIRM_AFTER_HISTORY, subject);
}

/* The place is within that of the other. */
static bool is_within(const struct place *place, const struct place *around)
{
    return place->source == around->source &&
           place->span.offset >= around->span.offset &&
           place->span.offset <= around->span.offset + around->span.length;
}

/* It is there, and as that statement defined it. */
static bool has_view(const struct check *check, const struct subject *subject)
{
    const struct table *view = schema_find_table(check->schema, subject->view);

    return view != NULL && is_within(&view->security_at, &subject->statement);
}

/* A function of that name has the body in which the statement stands. */
static bool has_function(const struct check *check,
                         const struct subject *subject)
{
    struct schema *schema = check->engine->schema;
    struct name_table_cursor cursor = {0};
    const struct function *function;

    if (!model_spend(schema, schema->functions.count))
        return true;
    while ((function = name_table_next(&schema->functions, &cursor)))
        for (; function != NULL; function = function->next_overload)
            if (!function->object.is_dropped &&
                strcmp(function->name, subject->function) == 0 &&
                (function->body_at.source == NULL ||
                 is_within(&subject->statement, &function->body_at)))
                return true;
    return false;
}

static bool has_new_index(const struct subject *subject)
{
    const struct table *table = subject->table;

    for (size_t i = subject->index_count; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];

        if (index_leads_with(index, subject->column))
            return true;
        for (size_t j = 0; j < index->reads.count; j++)
            if (!index->relation.object.is_dropped &&
                index->reads.items[j] == subject->column)
                return true;
    }
    return false;
}

bool index_confirm(struct check *check, struct finding *finding,
                   const void *subject)
{
    const struct subject *found = subject;

    (void)finding;
    if (found->table->relation.object.is_dropped ||
        found->column->object.is_dropped || has_new_index(found))
        return false;
    return found->function != NULL ? has_function(check, found)
                                   : has_view(check, found);
}
