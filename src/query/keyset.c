/*
 * Reads ORDER BY of raw trees, with what the schema knows of the one table that
 * the query reads. Written for help texts (offset-pagination).
 */
#include "query/keyset.h"

#include "query/from.h"
#include "sql/names.h"
#include "sql/walker.h"
#include "sql/writer.h"

#include <string.h>

/* The output column of that position; null if there is none. */
static const Node *target_at(const SelectStmt *select, int position)
{
    const ResTarget *target = NULL;

    if (position > 0 && position <= list_length(select->targetList))
        target = node_as(ResTarget, list_nth(select->targetList, position - 1));
    return target != NULL ? target->val : NULL;
}

/* The expression that an item of ORDER BY stands for: a name may be the
 * output's, a number its position. */
static const Node *sorted_expression(const SelectStmt *select, const Node *node)
{
    const ColumnRef *column = node_as(ColumnRef, node);
    const A_Const *position = node_as(A_Const, node);
    const char *name;

    if (position != NULL && IsA(&position->val, Integer))
        return target_at(select, position->val.ival.ival);
    if (column == NULL || list_length(column->fields) != 1)
        return node;
    name = name_from_string(linitial(column->fields));
    foreach_node (ResTarget, target, select->targetList)
        if (target->name != NULL && name != NULL &&
            strcmp(target->name, name) == 0)
            return target->val;
    return node;
}

/* Fills in the key's names; false for anything but a plain column. */
static bool read_column(struct arena *arena, const Node *node,
                        struct keyset_key *key)
{
    const ColumnRef *column = node_as(ColumnRef, node);
    struct buffer sql;

    if (column == NULL)
        return false;
    buffer_init(&sql, arena);
    foreach_ptr (Node, field, column->fields) {
        key->column = name_from_string(field);
        if (key->column == NULL)
            return false;
        if (sql.length > 0)
            buffer_add_char(&sql, '.');
        writer_add_identifier(&sql, key->column);
    }
    key->sql = buffer_text(&sql);
    return true;
}

static bool read_keys(struct arena *arena, const SelectStmt *select,
                      struct keyset *keyset)
{
    foreach_node (SortBy, sort, select->sortClause) {
        struct keyset_key *key = &keyset->keys[keyset->count];

        if (keyset->count == KEYSET_KEYS_MAX ||
            sort->sortby_dir == SORTBY_USING ||
            !read_column(arena, sorted_expression(select, sort->node), key))
            return false;
        key->is_descending = sort->sortby_dir == SORTBY_DESC;
        key->has_nulls_order = sort->sortby_nulls != SORTBY_NULLS_DEFAULT;
        keyset->count++;
    }
    keyset->sorted_count = keyset->count;
    return true;
}

static bool has_key(const struct keyset *keyset, const char *column)
{
    for (size_t i = 0; i < keyset->count; i++)
        if (strcmp(keyset->keys[i].column, column) == 0)
            return true;
    return false;
}

/* No two rows of the table are equal in the index's columns. */
static bool is_unique_index(const struct index *index)
{
    if (!index->is_unique || !index->is_valid || index->predicate != NULL ||
        index->relation.object.is_dropped)
        return false;
    for (size_t i = 0; i < index->column_count; i++)
        if (index->columns[i].column == NULL ||
            index->columns[i].column->is_nullable)
            return false;
    return true;
}

static bool is_covered(const struct keyset *keyset, const struct index *index)
{
    for (size_t i = 0; i < index->column_count; i++)
        if (!has_key(keyset, index->columns[i].column->name))
            return false;
    return keyset->count > 0;
}

/* The key's columns that are not there yet, in the direction of the last. */
static void add_primary_key(struct arena *arena, struct keyset *keyset,
                            const struct index *primary, const char *qualifier)
{
    bool is_descending =
        keyset->count > 0 && keyset->keys[keyset->count - 1].is_descending;

    for (size_t i = 0; i < primary->column_count; i++) {
        const char *column = primary->columns[i].column->name;
        struct keyset_key *key = &keyset->keys[keyset->count];
        struct buffer sql;

        if (has_key(keyset, column))
            continue;
        buffer_init(&sql, arena);
        if (qualifier != NULL) {
            writer_add_identifier(&sql, qualifier);
            buffer_add_char(&sql, '.');
        }
        writer_add_identifier(&sql, column);
        *key = (struct keyset_key){.sql = buffer_text(&sql),
                                   .column = column,
                                   .is_descending = is_descending};
        keyset->count++;
    }
    keyset->is_unique = true;
}

/* The output has another column of this name: in ORDER BY, where an added
 * column goes, the bare name would mean that one. */
static bool is_shadowed(const SelectStmt *select, const char *column)
{
    foreach_node (ResTarget, target, select->targetList) {
        const ColumnRef *value = node_as(ColumnRef, target->val);

        if (target->name == NULL || strcmp(target->name, column) != 0)
            continue;
        if (value == NULL || name_from_string(llast(value->fields)) == NULL ||
            strcmp(name_from_string(llast(value->fields)), column) != 0)
            return true;
    }
    return false;
}

/* Adds the primary key unless the keys are unique without it. */
static void make_unique(struct arena *arena, struct keyset *keyset,
                        const SelectStmt *select, const RangeVar *range)
{
    const struct index *primary = NULL;
    const char *qualifier =
        range->alias != NULL ? range->alias->aliasname : NULL;

    for (size_t i = 0; i < keyset->table->indexes.count; i++) {
        const struct index *index = keyset->table->indexes.items[i];

        if (!is_unique_index(index))
            continue;
        if (is_covered(keyset, index)) {
            keyset->is_unique = true;
            return;
        }
        if (index->is_primary)
            primary = index;
    }
    for (size_t i = 0; primary != NULL && i < primary->column_count; i++)
        if (qualifier == NULL &&
            is_shadowed(select, primary->columns[i].column->name))
            qualifier = range->relname;
    if (primary != NULL &&
        keyset->count + primary->column_count <= KEYSET_KEYS_MAX)
        add_primary_key(arena, keyset, primary, qualifier);
}

/* The only table that the query reads; null if there are more, or it is a
 * WITH query. */
static const RangeVar *find_only_table(struct arena *arena,
                                       const SelectStmt *select)
{
    const struct from_scope *scope =
        from_scope_of(arena, select->withClause, NULL);
    struct from_items items = {0};

    from_add_list(arena, &items, select->fromClause, scope);
    return items.count == 1 ? items.items[0].table : NULL;
}

/* Window functions count over all the rows that WHERE lets through. */
static bool find_window(void *closure, const Node *node,
                        const struct walk *walk)
{
    const FuncCall *call = node_as(FuncCall, node);
    bool *is_found = closure;

    (void)walk;
    if (call != NULL && call->over != NULL)
        *is_found = true;
    return !*is_found && !IsA(node, SubLink);
}

static bool has_window(const SelectStmt *select)
{
    struct walker walker;
    bool is_found = false;

    walker_init(&walker);
    walk_tree(&walker, (const Node *)select->targetList, find_window,
              &is_found);
    walker_release(&walker);
    return is_found;
}

static bool is_plain(const SelectStmt *select)
{
    return select->op == SETOP_NONE && select->valuesLists == NIL &&
           select->fromClause != NIL && select->distinctClause == NIL &&
           select->groupClause == NIL && select->havingClause == NULL &&
           select->windowClause == NIL && !has_window(select);
}

bool keyset_of(struct arena *arena, const struct schema *schema,
               const SelectStmt *select, struct keyset *keyset)
{
    const RangeVar *range;

    *keyset = (struct keyset){0};
    if (!is_plain(select) || !read_keys(arena, select, keyset))
        return false;
    range = find_only_table(arena, select);
    if (range != NULL)
        keyset->table = schema_find_table(schema, name_from_range_var(range));
    if (keyset->table != NULL)
        make_unique(arena, keyset, select, range);
    return keyset->count > 0;
}

const char *keyset_columns(struct arena *arena, const struct keyset *keyset)
{
    struct buffer list;

    buffer_init(&list, arena);
    for (size_t i = 0; i < keyset->count; i++)
        buffer_add_format(&list, "%s%s", i > 0 ? ", " : "",
                          keyset->keys[i].sql);
    return buffer_text(&list);
}

const char *keyset_marks(struct arena *arena, const struct keyset *keyset)
{
    struct buffer list;

    buffer_init(&list, arena);
    for (size_t i = 0; i < keyset->count; i++)
        buffer_add_format(&list, "%s%s", i > 0 ? ", " : "", keyset->marks[i]);
    return buffer_text(&list);
}

bool keyset_has_one_direction(const struct keyset *keyset)
{
    for (size_t i = 1; i < keyset->count; i++)
        if (keyset->keys[i].is_descending != keyset->keys[0].is_descending)
            return false;
    return true;
}

/* `(a > $1 OR a = $1 AND b < $2)`, for keys of different directions. */
static const char *spelled_out(struct arena *arena, const struct keyset *keyset)
{
    struct buffer text;

    buffer_init(&text, arena);
    for (size_t i = 0; i < keyset->count; i++) {
        const struct keyset_key *key = &keyset->keys[i];

        buffer_add_text(&text, i == 0 ? "(" : " OR ");
        for (size_t j = 0; j < i; j++)
            buffer_add_format(&text, "%s = %s AND ", keyset->keys[j].sql,
                              keyset->marks[j]);
        buffer_add_format(&text, "%s %c %s", key->sql,
                          key->is_descending ? '<' : '>', keyset->marks[i]);
    }
    buffer_add_char(&text, ')');
    return buffer_text(&text);
}

const char *keyset_condition(struct arena *arena, const struct keyset *keyset)
{
    const char *form = keyset->count > 1 ? "(%s) %c (%s)" : "%s %c %s";

    if (!keyset_has_one_direction(keyset))
        return spelled_out(arena, keyset);
    return arena_format(arena, form, keyset_columns(arena, keyset),
                        keyset->keys[0].is_descending ? '<' : '>',
                        keyset_marks(arena, keyset));
}

const char *keyset_order_addition(struct arena *arena,
                                  const struct keyset *keyset)
{
    struct buffer text;

    buffer_init(&text, arena);
    for (size_t i = keyset->sorted_count; i < keyset->count; i++)
        buffer_add_format(&text, "%s%s%s", i > 0 ? ", " : " ORDER BY ",
                          keyset->keys[i].sql,
                          keyset->keys[i].is_descending ? " DESC" : "");
    return buffer_text(&text);
}

const char *keyset_nullable(const struct keyset *keyset)
{
    for (size_t i = 0; i < keyset->count; i++) {
        const struct keyset_key *key = &keyset->keys[i];
        const struct column *column =
            keyset->table != NULL
                ? table_find_column(keyset->table, key->column)
                : NULL;
        bool is_known = column != NULL && column->made_at.source != NULL;

        if (is_known ? column->is_nullable : key->has_nulls_order)
            return key->sql;
    }
    return NULL;
}
