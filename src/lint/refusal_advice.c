/*
 * See refusal_advice.h: of names that are not known, the one that was meant or
 * that they have now; of ON CONFLICT, the unique index that it wants.
 */
#include "lint/refusal_advice.h"

#include "base/suggestion.h"
#include "lint/advice.h"

#include <string.h>

#define UNDEFINED_TABLE "42P01"
#define UNDEFINED_COLUMN "42703"
#define INVALID_COLUMN_REFERENCE "42P10"
#define DEPENDENT_OBJECTS "2BP01"

struct slice refusal_next_name(struct slice words, size_t *at)
{
    struct slice rest = slice_part(words, *at, words.length);
    size_t from = slice_find(rest, SLICE("\""));
    if (from == SLICE_NOT_FOUND)
        return SLICE("");
    rest = slice_part(rest, from + 1, rest.length);
    size_t length = slice_find(rest, SLICE("\""));
    if (length == SLICE_NOT_FOUND)
        return SLICE("");
    *at = (size_t)(rest.start - words.start) + length + 1;
    return slice_part(rest, 0, length);
}

/* The name without its schema. */
static struct slice last_part(struct slice name)
{
    size_t dot = slice_find(name, SLICE("."));
    return dot == SLICE_NOT_FOUND ? name
                                  : slice_part(name, dot + 1, name.length);
}

static bool is_failure(const struct replay_failure *failure,
                       const char *sqlstate)
{
    return strcmp(failure->sqlstate, sqlstate) == 0;
}

/* The statement with another name in place of the one at fault. */
static const char *with_name(struct check *check, struct span fault,
                             struct slice unknown, const char *name)
{
    struct slice words =
        slice_part(check->text, fault.offset, fault.offset + fault.length);
    if (name == NULL || !slice_equal_ignoring_case(words, unknown))
        return NULL;
    return check_rewrite(check, fault, check_quote(check, name));
}

/* The table that has been renamed, or one that is called almost so. */
static const char *find_table(struct check *check, struct slice unknown)
{
    const struct table_array *tables = schema_tables(check->schema);
    struct suggestion suggestion = suggestion_for(unknown);
    for (size_t i = 0; i < tables->count; i++) {
        const struct relation *relation = &tables->items[i]->relation;
        if (relation->object.is_dropped)
            continue;
        if (relation->former_name != NULL &&
            slice_equal(slice_from(relation->former_name), unknown))
            return relation->name;
        suggestion_offer(&suggestion, relation->name);
    }
    return suggestion.best;
}

static const char *find_column(struct check *check, struct slice table_name,
                               struct slice unknown)
{
    struct qualified_name name = {
        .name = arena_copy(check->arena, last_part(table_name))};
    const struct table *table = schema_find_table(check->schema, name);
    struct suggestion suggestion = suggestion_for(unknown);
    for (size_t i = 0; table != NULL && i < table->columns.count; i++) {
        if (!table->columns.items[i]->object.is_dropped)
            suggestion_offer(&suggestion, table->columns.items[i]->name);
    }
    return suggestion.best;
}

/* Whoever drops what is not there does not want something else to go. */
static bool removes(const Node *tree)
{
    if (IsA(tree, DropStmt) || IsA(tree, TruncateStmt) || IsA(tree, DeleteStmt))
        return true;
    if (!IsA(tree, AlterTableStmt))
        return false;
    foreach_node (AlterTableCmd, action, ((const AlterTableStmt *)tree)->cmds) {
        if (action->subtype == AT_DropColumn ||
            action->subtype == AT_DropConstraint)
            return true;
    }
    return false;
}

static const char *advise_name(struct check *check,
                               const struct replay_failure *failure,
                               struct span fault)
{
    struct slice words = slice_from(failure->message);
    size_t at = 0;
    struct slice unknown = last_part(refusal_next_name(words, &at));
    struct slice table = refusal_next_name(words, &at);
    if (is_failure(failure, UNDEFINED_TABLE))
        return with_name(check, fault, unknown, find_table(check, unknown));
    if (table.length == 0)
        return NULL;
    return with_name(check, fault, unknown, find_column(check, table, unknown));
}

/* The columns in parentheses, as SQL; null if there is more to it. */
static const char *conflict_columns(struct check *check,
                                    const InferClause *infer)
{
    struct buffer columns;
    buffer_init(&columns, check->arena);
    if (infer == NULL || infer->whereClause != NULL)
        return NULL;
    foreach_node (IndexElem, element, infer->indexElems) {
        if (element->name == NULL)
            return NULL;
        buffer_add_format(&columns, "%s%s",
                          foreach_current_index(element) > 0 ? ", " : "",
                          check_quote(check, element->name));
    }
    return buffer_slice(&columns).length > 0 ? buffer_text(&columns) : NULL;
}

static const char *advise_conflict(struct check *check)
{
    const Node *tree = check->statement->tree;
    const InsertStmt *insert =
        IsA(tree, InsertStmt) ? (const InsertStmt *)tree : NULL;
    if (insert == NULL || insert->onConflictClause == NULL)
        return NULL;
    const char *columns =
        conflict_columns(check, insert->onConflictClause->infer);
    struct qualified_name name = name_from_range_var(insert->relation);
    const struct table *table = schema_find_table(check->schema, name);
    if (columns == NULL || table == NULL)
        return NULL;
    struct buffer help;
    buffer_init(&help, check->arena);
    if (table->relation.kind == RELATION_PARTITIONED_TABLE ||
        relation_is_new(check->schema, &table->relation)) {
        buffer_add_format(&help,
                          "-- before it:\nCREATE UNIQUE INDEX ON %s (%s);",
                          check_quote_name(check, name), columns);
        return buffer_text(&help);
    }
    buffer_add_format(&help,
                      "-- in a migration before this one:\n"
                      "CREATE UNIQUE INDEX CONCURRENTLY ON %s (%s);",
                      check_quote_name(check, name), columns);
    advice_add_outside_transaction(check, &help, false);
    return buffer_text(&help);
}

const char *refusal_advice(struct check *check,
                           const struct replay_failure *failure,
                           struct span fault)
{
    if (check->statement->tree == NULL)
        return NULL;
    if (is_failure(failure, DEPENDENT_OBJECTS))
        return "drop or change what depends on it before; CASCADE drops that "
               "too";
    if (is_failure(failure, INVALID_COLUMN_REFERENCE))
        return advise_conflict(check);
    if ((is_failure(failure, UNDEFINED_TABLE) ||
         is_failure(failure, UNDEFINED_COLUMN)) &&
        !removes(check->statement->tree))
        return advise_name(check, failure, fault);
    return NULL;
}
