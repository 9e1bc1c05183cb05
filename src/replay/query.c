/*
 * Relations that a query makes: CREATE TABLE AS, SELECT INTO, views. Their
 * columns are named as the server names them; a type that is not plain to see
 * stays unknown.
 */
#include "replay/context.h"

#include <string.h>

/* Deeper sub-selects are not looked into. */
#define DEPTH_MAX 32

/* The server's limit (MaxTupleAttributeNumber). */
#define OUTPUT_COUNT_MAX 1664

/* Of a UNION of more arms no types are known. */
#define ARMS_MAX 64

struct output_column {
    const char *name;
    struct data_type type;
};

struct output_array ARRAY(struct output_column);

/* What a query gives, or one item of its FROM. */
struct output {
    struct output_array columns;
    bool is_known;       /* these are all */
    const char *name;    /* of a FROM item: its alias or table */
    struct output *next; /* of the same FROM, or an outer WITH */
};

struct query {
    struct replay *replay;
    struct output *with; /* common table expressions in reach */
    int depth;
};

static struct output output_of_select(struct query query,
                                      const SelectStmt *select);

static void add_output(struct replay *replay, struct output *output,
                       const char *name, struct data_type type)
{
    if (output->columns.count >= OUTPUT_COUNT_MAX) {
        output->is_known = false;
        return;
    }
    *array_push(&replay->schema->scratch, &output->columns) =
        (struct output_column){name, type};
}

/* Alias column names override the first columns' own. */
static void override_names(struct output *output, const List *names)
{
    const ListCell *cell;
    size_t i = 0;

    foreach (cell, names) {
        const char *name = name_from_string(lfirst(cell));

        if (i < output->columns.count && name)
            output->columns.items[i++].name = name;
    }
}

static struct output output_of_table(struct query query, const RangeVar *range)
{
    struct output output = {.name = range->relname, .is_known = true};
    const struct table *table;

    for (const struct output *with = query.with; with && !range->schemaname;
         with = with->next) {
        if (strcmp(with->name, range->relname) == 0) {
            struct output copy = *with;

            /* Names may be overridden by an alias. */
            copy.columns = (struct output_array){0};
            for (size_t i = 0; i < with->columns.count; i++)
                add_output(query.replay, &copy, with->columns.items[i].name,
                           with->columns.items[i].type);
            return copy;
        }
    }
    table = model_find_table(query.replay->schema, name_from_range_var(range));
    if (!table)
        return (struct output){.name = range->relname};
    output.is_known = table->is_complete;
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];

        if (!column->object.is_dropped)
            add_output(query.replay, &output, column->name, column->data_type);
    }
    return output;
}

/* Adds an item of FROM, or both sides of a join, to the list. */
static void add_from(struct query query, const Node *node, struct output **last,
                     bool *is_plain)
{
    struct output output = {0};
    const Alias *alias = NULL;

    if (++query.depth > DEPTH_MAX) {
        *is_plain = false;
        return;
    }
    if (nodeTag(node) == T_JoinExpr) {
        const JoinExpr *join = (const JoinExpr *)node;

        /* These merge columns: a star is not the sum of both sides'. */
        if (join->isNatural || join->usingClause || join->alias)
            *is_plain = false;
        add_from(query, join->larg, last, is_plain);
        add_from(query, join->rarg, last, is_plain);
        return;
    }
    if (nodeTag(node) == T_RangeVar) {
        output = output_of_table(query, (const RangeVar *)node);
        alias = ((const RangeVar *)node)->alias;
    } else if (nodeTag(node) == T_RangeSubselect) {
        const RangeSubselect *sub = (const RangeSubselect *)node;
        const SelectStmt *select = node_as(SelectStmt, sub->subquery);

        if (select)
            output = output_of_select(query, select);
        alias = sub->alias;
    } else if (nodeTag(node) == T_RangeFunction) {
        alias = ((const RangeFunction *)node)->alias;
    }
    if (alias) {
        output.name = alias->aliasname;
        override_names(&output, alias->colnames);
    }
    (*last)->next = arena_alloc(&query.replay->schema->scratch, sizeof output);
    *last = (*last)->next;
    **last = output;
    (*last)->next = NULL;
}

/* The type of a column that one of the FROM items has. */
static struct data_type type_of_column(const struct output *from,
                                       const char *qualifier, const char *name)
{
    struct data_type unknown = {NULL, -1}, type = unknown;
    size_t found = 0;

    for (; from; from = from->next) {
        if (qualifier && (!from->name || strcmp(from->name, qualifier) != 0))
            continue;
        if (!from->is_known)
            return unknown;
        for (size_t i = 0; i < from->columns.count; i++) {
            if (strcmp(from->columns.items[i].name, name) != 0)
                continue;
            type = from->columns.items[i].type;
            found++;
        }
    }
    return found == 1 ? type : unknown;
}

static struct data_type type_of_constant(struct schema *schema,
                                         const A_Const *constant)
{
    const char *name = NULL;

    if (constant->isnull)
        name = "text";
    else if (nodeTag(&constant->val) == T_Integer)
        name = "int4";
    else if (nodeTag(&constant->val) == T_Boolean)
        name = "bool";
    else if (nodeTag(&constant->val) == T_String)
        name = "text";
    return (struct data_type){
        type_find_named(schema,
                        (struct qualified_name){NULL, "pg_catalog", name}),
        -1};
}

static struct data_type type_of_expression(struct query query, const Node *node,
                                           const struct output *from)
{
    const ColumnRef *reference = node_as(ColumnRef, node);
    const TypeCast *cast = node_as(TypeCast, node);
    const A_Const *constant = node_as(A_Const, node);
    int count;

    if (cast)
        return type_resolve(query.replay->schema, cast->typeName, NULL);
    if (constant)
        return type_of_constant(query.replay->schema, constant);
    count = reference ? list_length(reference->fields) : 0;
    if (count == 0 || count > 2)
        return (struct data_type){NULL, -1};
    return type_of_column(
        from, count == 2 ? name_from_string(linitial(reference->fields)) : NULL,
        name_from_string(llast(reference->fields)));
}

/* `*` or `t.*`. */
static void add_star(struct query query, struct output *output,
                     const ColumnRef *reference, const struct output *from,
                     bool is_plain)
{
    const char *qualifier = NULL;
    bool is_found = false;
    int count = list_length(reference->fields);

    if (count > 1)
        qualifier = name_from_string(list_nth(reference->fields, count - 2));
    else if (!is_plain)
        output->is_known = false;
    for (; from; from = from->next) {
        if (qualifier && (!from->name || strcmp(from->name, qualifier) != 0))
            continue;
        is_found = true;
        if (!from->is_known)
            output->is_known = false;
        for (size_t i = 0; i < from->columns.count; i++)
            add_output(query.replay, output, from->columns.items[i].name,
                       from->columns.items[i].type);
    }
    if (!is_found)
        output->is_known = false;
}

static bool is_star(const ResTarget *target)
{
    const ColumnRef *reference = node_as(ColumnRef, target->val);

    return reference &&
           nodeTag((const Node *)llast(reference->fields)) == T_A_Star;
}

static void add_targets(struct query query, struct output *output,
                        const List *targets, const struct output *from,
                        bool is_plain)
{
    const ListCell *cell;

    foreach (cell, targets) {
        const ResTarget *target = node_as(ResTarget, (Node *)lfirst(cell));
        const char *name;

        if (!target)
            continue;
        if (is_star(target)) {
            add_star(query, output, (const ColumnRef *)target->val, from,
                     is_plain);
            continue;
        }
        name = target->name ? target->name
                            : generated_name_of_expression(target->val);
        add_output(query.replay, output, name ? name : "?column?",
                   type_of_expression(query, target->val, from));
    }
}

/* The WITH queries, each in reach of the later ones. */
static struct output *add_with(struct query query, const WithClause *with)
{
    struct output *reach = query.with;
    const ListCell *cell;

    foreach (cell, with->ctes) {
        const CommonTableExpr *expression =
            node_as(CommonTableExpr, (Node *)lfirst(cell));
        const SelectStmt *select =
            expression ? node_as(SelectStmt, expression->ctequery) : NULL;
        struct output *output =
            arena_alloc(&query.replay->schema->scratch, sizeof *output);

        if (!expression)
            continue;
        query.with = reach;
        if (select)
            *output = output_of_select(query, select);
        override_names(output, expression->aliascolnames);
        output->name = expression->ctename;
        output->next = reach;
        reach = output;
    }
    return reach;
}

static struct output output_of_values(struct query query, const List *rows)
{
    struct output output = {.is_known = true};
    int count = list_length(linitial(rows));

    for (int i = 0; i < count; i++)
        add_output(
            query.replay, &output,
            arena_format(&query.replay->schema->scratch, "column%d", i + 1),
            (struct data_type){NULL, -1});
    return output;
}

/* The first arm names the columns; a type is known if all arms agree. */
static struct output output_of_union(struct query query,
                                     const SelectStmt *select)
{
    const SelectStmt *first = select;
    struct output output;
    size_t arms = 0;

    while (first->op != SETOP_NONE && first->larg)
        first = first->larg;
    output = output_of_select(query, first);
    for (; select != first; select = select->larg) {
        struct output arm = {0};

        if (++arms <= ARMS_MAX)
            arm = output_of_select(query, select->rarg);
        for (size_t i = 0; i < output.columns.count; i++) {
            struct output_column *column = &output.columns.items[i];

            if (i >= arm.columns.count ||
                column->type.type != arm.columns.items[i].type.type ||
                column->type.modifier != arm.columns.items[i].type.modifier)
                column->type = (struct data_type){NULL, -1};
        }
    }
    return output;
}

static struct output output_of_select(struct query query,
                                      const SelectStmt *select)
{
    struct output output = {.is_known = true};
    struct output from = {0}, *last = &from;
    bool is_plain = true;
    const ListCell *cell;

    if (++query.depth > DEPTH_MAX)
        return (struct output){0};
    if (select->withClause)
        query.with = add_with(query, select->withClause);
    if (select->op != SETOP_NONE)
        return output_of_union(query, select);
    if (select->valuesLists)
        return output_of_values(query, select->valuesLists);
    foreach (cell, select->fromClause)
        add_from(query, lfirst(cell), &last, &is_plain);
    add_targets(query, &output, select->targetList, from.next, is_plain);
    return output;
}

static bool columns_have_from(const struct column_array *columns,
                              const struct column *column, size_t from)
{
    for (size_t i = from; i < columns->count; i++) {
        if (columns->items[i] == column)
            return true;
    }
    return false;
}

/* Columns that an earlier definition of a view has stay as they are. */
bool replay_columns_of_query(struct replay *replay, struct table *table,
                             const Node *query, const List *names)
{
    struct schema *schema = replay->schema;
    const SelectStmt *select = node_as(SelectStmt, query);
    struct output output = {0};
    size_t earlier = table->columns.count;

    if (select)
        output = output_of_select((struct query){replay, NULL, 0}, select);
    override_names(&output, names);
    if (!output.is_known)
        SET(schema, table->is_complete, false);
    for (size_t i = 0; i < output.columns.count; i++) {
        const char *name = output.columns.items[i].name;
        struct column *column = model_find_column(table, name);

        /* "column specified more than once" */
        if (column && output.is_known &&
            columns_have_from(&table->columns, column, earlier))
            return false;
        if (!column)
            column =
                model_add_column(schema, table, name, table->relation.made_at);
        if (!column) { /* more than a table can have */
            SET(schema, table->is_complete, false);
            return true;
        }
        SET(schema, column->data_type, output.columns.items[i].type);
    }
    return true;
}

struct read_search {
    struct replay *replay;
    struct table *view;
};

static bool visit_read(void *closure, const Node *node, const struct walk *walk)
{
    const struct read_search *search = closure;
    const RangeVar *range = node_as(RangeVar, node);
    struct table *table;

    (void)walk;
    if (!range)
        return true;
    table =
        model_find_table(search->replay->schema, name_from_range_var(range));
    if (!table || table == search->view)
        return true;
    /* One statement names a table many times, in a row mostly. */
    if (table->read_by.count == 0 ||
        table->read_by.items[table->read_by.count - 1] != search->view)
        *PUSH(search->replay->schema, &table->read_by) = search->view;
    return true;
}

void replay_note_reads(struct replay *replay, struct table *view,
                       const Node *query)
{
    struct read_search search = {replay, view};

    walk_tree(&replay->schema->walker, query, visit_read, &search);
}

static bool create_from_query(struct replay *replay, const IntoClause *into,
                              const Node *query, enum relation_kind kind,
                              bool if_not_exists)
{
    struct schema *schema = replay->schema;
    struct namespace *namespace = replay_target_namespace(replay, into->rel);
    struct table *table;

    if (if_not_exists &&
        model_relation_in(schema, namespace, into->rel->relname))
        return true;
    if (!replay_free_name(replay, namespace, into->rel->relname))
        return false;
    table = model_add_table(schema, kind, namespace, into->rel->relname,
                            replay_place_of_name(replay, into->rel->location));
    table->relation.is_unlogged =
        into->rel->relpersistence == RELPERSISTENCE_UNLOGGED;
    table->is_from_query = kind == RELATION_TABLE;
    table->is_dropped_at_commit = into->onCommit == ONCOMMIT_DROP;
    if (!replay_columns_of_query(replay, table, query, into->colNames))
        return false;
    if (kind == RELATION_MATERIALIZED_VIEW)
        replay_note_reads(replay, table, query);
    return true;
}

bool replay_create_table_as(struct replay *replay,
                            const CreateTableAsStmt *create)
{
    return create_from_query(replay, create->into, create->query,
                             create->objtype == OBJECT_MATVIEW
                                 ? RELATION_MATERIALIZED_VIEW
                                 : RELATION_TABLE,
                             create->if_not_exists);
}

/* SELECT a INTO t: in a set operation it stands in the first arm. */
bool replay_select_into(struct replay *replay, const SelectStmt *select)
{
    return create_from_query(replay, select->intoClause, (const Node *)select,
                             RELATION_TABLE, false);
}

bool replay_create_view(struct replay *replay, const ViewStmt *view)
{
    struct schema *schema = replay->schema;
    struct namespace *namespace = replay_target_namespace(replay, view->view);
    struct relation *existing =
        model_relation_in(schema, namespace, view->view->relname);
    struct table *table = NULL;

    if (existing && existing->kind == RELATION_VIEW && view->replace)
        table = relation_as_table(existing);
    if (!table) {
        if (!replay_free_name(replay, namespace, view->view->relname))
            return false;
        table = model_add_table(
            schema, RELATION_VIEW, namespace, view->view->relname,
            replay_place_of_name(replay, view->view->location));
    }
    if (!replay_columns_of_query(replay, table, view->query, view->aliases))
        return false;
    replay_note_reads(replay, table, view->query);
    return true;
}
