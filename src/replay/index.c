/*
 * Indexes: CREATE INDEX, those behind constraints, and the family of a
 * partitioned table's index, of which every partition has its own.
 *
 * Facts: src/backend/commands/indexcmds.c (DefineIndex),
 * src/backend/commands/tablecmds.c (AttachPartitionEnsureIndexes).
 */
#include "replay/context.h"

#include "replay/bind.h"
#include "replay/index_check.h"
#include "replay/types.h"
#include "schema/implication.h"
#include "sql/parser.h"

#include <string.h>

struct index_column *replay_key_columns(struct replay *replay,
                                        const struct column_array *columns)
{
    struct index_column *keys =
        arena_alloc(&replay->schema->arena, columns->count * sizeof *keys);

    for (size_t i = 0; i < columns->count; i++) {
        keys[i].column = columns->items[i];
        keys[i].name = columns->items[i]->name;
    }
    return keys;
}

/* A name as SQL writes it, in the schema's memory; null if none. Operators are
 * not quoted. */
static const char *name_text(struct replay *replay, const List *names,
                             bool is_operator)
{
    struct arena *scratch = &replay->schema->scratch;
    struct qualified_name name;

    if (!names)
        return NULL;
    name = name_from_list(names);
    if (!name.name)
        return NULL;
    if (!is_operator)
        name.name = parser_quote_identifier(scratch, name.name);
    if (name.schema)
        name.name = arena_format(scratch, "%s.%s",
                                 parser_quote_identifier(scratch, name.schema),
                                 name.name);
    return model_name(replay->schema, name.name);
}

/* Adds the columns that an expression or predicate of the index reads, and what
 * else it needs. */
static void note_reads(struct replay *replay, struct index_request *request,
                       const struct bound *bound)
{
    const struct query_description *description = &bound->description;
    struct schema *schema = replay->schema;

    for (size_t i = 0; i < description->reads.count; i++) {
        struct column *column = description->reads.items[i];

        if (!columns_have(&request->reads, column))
            *array_push(&schema->arena, &request->reads) = column;
    }
    for (size_t i = 0; i < description->needs.count; i++) {
        struct object *object = description->needs.items[i];

        if (object->class != CLASS_COLUMN &&
            object != &request->table->relation.object)
            *array_push(&schema->scratch, &request->needs) = object;
    }
}

/* False if the server refuses the expression. */
static bool bind_index(struct replay *replay, struct index_request *request,
                       const Node *expression, enum query_clause clause,
                       struct bound *bound)
{
    if (!request->table->is_complete)
        expression_columns(replay, request->table, expression);
    if (!bind_expression(
            replay, bound, expression,
            (struct query_place){.clause = clause, .table = request->table}))
        return false;
    note_reads(replay, request, bound);
    /* The server asks what the access method can do first. */
    if (!bind_is_mutable(replay, bound))
        return true;
    if (clause == CLAUSE_INDEX)
        request->mutable_keys |= UINT32_C(1) << request->column_count;
    else
        request->has_mutable_predicate = true;
    return true;
}

/* A key that is an expression. */
static bool fill_expression(struct replay *replay,
                            struct index_request *request,
                            const IndexElem *element, size_t offset)
{
    struct index_column *key = &request->columns[request->column_count];
    const char *name = generated_name_of_expression(
        element->expr, replay->schema->postgres_version);
    struct span words = {0};
    struct bound bound;

    if (!bind_index(replay, request, element->expr, CLAUSE_INDEX, &bound))
        return false;
    key->expression =
        expression_of_item(replay, offset, request->column_count, &words);
    key->bound = bind_finish(replay, &bound, words);
    key->type = bound.description.type;
    key->name = name ? name : "expr";
    return true;
}

bool replay_index_predicate(struct replay *replay,
                            struct index_request *request,
                            const Node *predicate, size_t offset)
{
    struct span words = {0};
    struct bound bound;

    if (!bind_index(replay, request, predicate, CLAUSE_INDEX_PREDICATE, &bound))
        return false;
    request->predicate = expression_after_where(replay, offset, &words);
    request->bound_predicate = bind_finish(replay, &bound, words);
    return true;
}

/* `(column)` and `(column COLLATE "C")` are no expressions, though they were
 * written as such. */
static const char *plain_column(const struct index_request *request,
                                const IndexElem *element)
{
    const ColumnRef *reference =
        node_as(ColumnRef, replay_without_collation(element->expr));
    const char *first, *name;

    if (element->name || !reference || list_length(reference->fields) > 2)
        return element->name;
    first = name_from_string(linitial(reference->fields));
    name = name_from_string(llast(reference->fields));
    if (list_length(reference->fields) == 2 &&
        (!first || strcmp(first, request->table->relation.name) != 0))
        return NULL;
    return name && model_find_column(request->table, name) ? name : NULL;
}

/* The outermost COLLATE is the key's. */
static const List *collation_of(const IndexElem *element)
{
    const CollateClause *clause = node_as(CollateClause, element->expr);

    return element->collation || !clause ? element->collation
                                         : clause->collname;
}

/* The first one counts. */
static void note_missing(struct index_request *request, const char *name,
                         size_t position)
{
    if (request->missing_column)
        return;
    request->missing_column = name;
    request->missing_position = position;
}

static bool fill_plain_column(struct replay *replay,
                              struct index_request *request,
                              const IndexElem *element, const char *name)
{
    struct index_column *key = &request->columns[request->column_count];
    struct bound bound;

    /* COLLATE is looked at as in any expression. */
    if (element->expr &&
        !bind_index(replay, request, element->expr, CLAUSE_INDEX, &bound))
        return false;
    key->column = model_mention_column(replay->schema, request->table, name);
    if (!key->column && !name_is_system_column(name)) {
        if (!replay_knows_relation(replay, &request->table->relation))
            return false;
        note_missing(request, name, request->column_count);
    } else if (!key->column) {
        request->has_system_column = true;
    }
    key->name = key->column ? key->column->name : name;
    return true;
}

static bool fill_column(struct replay *replay, struct index_request *request,
                        const IndexElem *element, size_t offset)
{
    struct index_column *key = &request->columns[request->column_count];
    const char *name = plain_column(request, element);

    if (!(name ? fill_plain_column(replay, request, element, name)
               : fill_expression(replay, request, element, offset)))
        return false;
    key->opclass = name_text(replay, element->opclass, false);
    key->collation = name_text(replay, collation_of(element), false);
    key->is_descending = element->ordering == SORTBY_DESC;
    key->is_nulls_first = element->nulls_ordering == SORTBY_NULLS_DEFAULT
                              ? key->is_descending
                              : element->nulls_ordering == SORTBY_NULLS_FIRST;
    request->column_count++;
    return true;
}

bool replay_index_elements(struct replay *replay, struct index_request *request,
                           const List *elements, size_t offset)
{
    const ListCell *cell;

    if (list_length(elements) > KEY_COUNT_MAX)
        return replay_fail(replay, "54011",
                           "cannot use more than %d columns in an index",
                           KEY_COUNT_MAX);
    request->elements = elements;
    request->columns =
        arena_alloc(&replay->schema->arena,
                    (size_t)list_length(elements) * sizeof *request->columns);
    foreach (cell, elements) {
        const Node *node = lfirst(cell);

        const List *operators = NIL;

        if (nodeTag(node) == T_List) {
            operators = lsecond((const List *)node);
            node = linitial((const List *)node);
        }
        if (nodeTag(node) != T_IndexElem ||
            !fill_column(replay, request, (const IndexElem *)node, offset))
            return false;
        request->columns[request->column_count - 1].exclusion_operator =
            name_text(replay, operators, true);
    }
    return true;
}

/* The key's and then the included columns' names, numbered where they repeat:
 * what the index calls its columns, and what its own name is made of. */
static const char *name_columns(struct replay *replay,
                                const struct index_request *request)
{
    size_t count = request->column_count + request->include.count;
    const char **names =
        arena_alloc(&replay->schema->scratch, count * sizeof *names);

    for (size_t i = 0; i < count; i++) {
        const char *name =
            i < request->column_count
                ? request->columns[i].name
                : request->include.items[i - request->column_count]->name;

        names[i] = generated_name_numbered(replay->schema, name, names, i);
        if (i >= request->column_count)
            continue;
        /* A column's name is kept already, even when the column gets another
         * one. */
        if (!request->columns[i].column || names[i] != name)
            name = model_name(replay->schema, names[i]);
        request->columns[i].name = name;
    }
    return generated_name_join(replay->schema, names, count);
}

/* ChooseIndexName(). */
static const char *generate_name(struct replay *replay,
                                 const struct index_request *request,
                                 const char *columns)
{
    const struct relation *table = &request->table->relation;
    const char *label = request->is_primary      ? "pkey"
                        : request->is_exclusion  ? "excl"
                        : request->is_constraint ? "key"
                                                 : "idx";

    return generated_name_relation(
        replay->schema, table->namespace, table->name,
        request->is_primary ? NULL : columns, label, request->is_constraint);
}

/* Operator classes of extensions. A default one for btree or hash is of the
 * extension that has the column's type, if of any. */
static void need_classes(struct replay *replay, struct index *index)
{
    bool is_plain = strcmp(index->method, "btree") == 0 ||
                    strcmp(index->method, "hash") == 0;

    for (size_t i = 0; i < index->column_count; i++) {
        const struct index_column *key = &index->columns[i];
        struct type *type =
            key->column ? key->column->data_type.type : key->type.type;
        struct extension *extension = NULL;

        if (key->opclass || !is_plain)
            extension = index_check_extension(replay, index->method,
                                              key->opclass, type);
        if (extension)
            model_depend(replay->schema, &index->relation.object,
                         &extension->object, DEPENDENCY_NORMAL);
    }
}

static struct index *make_index(struct replay *replay,
                                const struct index_request *request,
                                const char *name)
{
    struct schema *schema = replay->schema;
    struct index *index =
        model_new_object(schema, CLASS_RELATION, sizeof *index);

    model_add_relation(schema, &index->relation, RELATION_INDEX,
                       request->table->relation.namespace, name,
                       request->made_at);
    index->relation.is_unlogged = request->table->relation.is_unlogged;
    index->table = request->table;
    index->method = request->method;
    index->is_unique = request->is_unique;
    index->is_primary = request->is_primary;
    index->is_nulls_not_distinct = request->is_nulls_not_distinct;
    index->is_concurrent = request->is_concurrent;
    index->is_valid = true;
    index->has_generated_name = request->name == NULL;
    index->columns = request->columns;
    index->column_count = request->column_count;
    index->include = request->include;
    index->predicate = request->predicate;
    index->bound_predicate = request->bound_predicate;
    index->predicate_not_null = request->predicate_not_null;
    index->leaves_out_null = request->leaves_out_null;
    index->reads = request->reads;
    *PUSH(schema, &request->table->indexes) = index;
    for (size_t i = 0; i < request->needs.count; i++)
        model_depend(schema, &index->relation.object, request->needs.items[i],
                     DEPENDENCY_NORMAL);
    need_classes(replay, index);
    return index;
}

/* The constraint that the index is made for. */
static bool make_constraint(struct replay *replay, struct index *index,
                            const struct index_request *request)
{
    struct schema *schema = replay->schema;
    struct constraint *constraint;
    enum constraint_type type = request->is_primary     ? CONSTRAINT_PRIMARY_KEY
                                : request->is_exclusion ? CONSTRAINT_EXCLUDE
                                                        : CONSTRAINT_UNIQUE;

    if (model_find_constraint(schema, index->table, index->relation.name))
        return replay_fail(replay, "42710",
                           "constraint \"%s\" for relation \"%s\" already "
                           "exists",
                           index->relation.name, index->table->relation.name);
    constraint = model_add_constraint(schema, index->table, type,
                                      index->relation.name, request->made_at);
    constraint->index = index;
    constraint->is_without_overlaps = request->is_without_overlaps;
    constraint->is_deferrable = request->attributes.is_deferrable;
    constraint->is_initially_deferred =
        request->attributes.is_initially_deferred;
    for (size_t i = 0; i < index->column_count; i++) {
        if (index->columns[i].column)
            *array_push(&schema->arena, &constraint->columns) =
                index->columns[i].column;
    }
    index->constraint = constraint;
    return true;
}

/* The expression or predicate reads the same columns by name. */
static bool map_columns(struct replay *replay, struct table *table,
                        const struct column_array *from,
                        struct column_array *to)
{
    for (size_t i = 0; i < from->count; i++) {
        if (!replay_push_column(replay, table, from->items[i]->name, to))
            return false;
    }
    return true;
}

static void add_needs_of(struct replay *replay, struct index_request *request,
                         const struct index *original)
{
    for (const struct dependency *dependency = original->relation.object.needs;
         dependency; dependency = dependency->next_need) {
        if (!dependency->is_gone)
            *array_push(&replay->schema->scratch, &request->needs) =
                dependency->needed;
    }
}

bool replay_index_like(struct replay *replay, const struct index *original,
                       struct table *table, struct index_request *request)
{
    struct schema *schema = replay->schema;
    const struct constraint *constraint = original->constraint;

    *request = (struct index_request){
        .table = table,
        .method = original->method,
        .is_unique = original->is_unique,
        .is_primary = original->is_primary,
        .is_exclusion = constraint && constraint->type == CONSTRAINT_EXCLUDE,
        .is_constraint = constraint != NULL,
        .is_nulls_not_distinct = original->is_nulls_not_distinct,
        .is_without_overlaps = constraint && constraint->is_without_overlaps,
        .column_count = original->column_count,
        .predicate = original->predicate,
        .made_at = table->relation.made_at.unit == schema->unit
                       ? table->relation.made_at
                       : original->relation.made_at,
    };
    if (constraint) {
        request->attributes.is_deferrable = constraint->is_deferrable;
        request->attributes.is_initially_deferred =
            constraint->is_initially_deferred;
    }
    request->bound_predicate =
        bind_move(replay, original->bound_predicate, original->table, table);
    add_needs_of(replay, request, original);
    request->columns = arena_alloc(
        &schema->arena, original->column_count * sizeof *request->columns);
    for (size_t i = 0; i < original->column_count; i++) {
        struct index_column *key = &request->columns[i];

        *key = original->columns[i];
        key->bound = bind_move(replay, key->bound, original->table, table);
        if (!key->column)
            continue;
        key->column = model_mention_column(schema, table, key->column->name);
        if (!key->column)
            return false;
    }
    return map_columns(replay, table, &original->include, &request->include) &&
           map_columns(replay, table, &original->reads, &request->reads) &&
           map_columns(replay, table, &original->predicate_not_null,
                       &request->predicate_not_null) &&
           map_columns(replay, table, &original->leaves_out_null,
                       &request->leaves_out_null);
}

static bool is_partitioned(const struct table *table)
{
    return table->relation.kind == RELATION_PARTITIONED_TABLE;
}

/* Rows without a type of their own are stored nowhere. */
static bool check_types(struct replay *replay,
                        const struct index_request *request)
{
    for (size_t i = 0; i < request->column_count; i++) {
        const struct index_column *key = &request->columns[i];

        if (!key->column &&
            !types_check_column(replay, NULL, key->name, key->type.type))
            return false;
    }
    return true;
}

struct index *replay_add_index(struct replay *replay,
                               const struct index_request *request)
{
    struct namespace *namespace = request->table->relation.namespace;
    const char *columns = name_columns(replay, request);
    const char *name = request->name;
    struct index *index;

    if ((!request->partition_of || is_partitioned(request->table)) &&
        !index_check(replay, request))
        return NULL;
    if (name ? !replay_free_name(replay, namespace, name)
             : !(name = generate_name(replay, request, columns)))
        return NULL;
    if (!check_types(replay, request))
        return NULL;
    index = make_index(replay, request, name);
    if (request->is_constraint && !make_constraint(replay, index, request))
        return NULL;
    if (request->partition_of)
        replay_join_index(replay, request->partition_of, index);
    if (is_partitioned(request->table) &&
        !replay_spread_index(replay, index, request))
        return NULL;
    return index;
}

/* The columns of a predicate that is nothing but IS NOT NULL on them. */
static void note_predicate(struct replay *replay, struct index_request *request,
                           const Node *predicate)
{
    struct schema *schema = replay->schema;
    struct expression_columns found =
        expression_columns(replay, request->table, predicate);
    size_t count = found.columns.count;
    const char **names = arena_alloc(&schema->scratch, count * sizeof *names);

    for (size_t i = 0; i < count; i++)
        names[i] = found.columns.items[i]->name;
    if (!model_spend(schema, found.node_count * count))
        return;
    if (implication_is_only_not_null(predicate, names, count))
        request->predicate_not_null = found.columns;
    for (size_t i = 0; i < count; i++)
        if (implication_proves_not_null(predicate, names[i]))
            *array_push(&schema->arena, &request->leaves_out_null) =
                found.columns.items[i];
}

/* The words CREATE INDEX and the name. */
static struct place place_of_index(const struct replay *replay,
                                   const IndexStmt *create)
{
    struct lexer lexer = lexer_of(replay->text);
    size_t from = replay->statement->offset, to = from;
    struct token token;

    lexer.offset = from;
    for (token = lexer_next_significant(&lexer);
         token.kind != TOKEN_END &&
         token.offset < replay_offset(replay, create->relation->location) &&
         !token_is_word(replay->text, token, "on");
         token = lexer_next_significant(&lexer))
        to = token.offset + token.length;
    return replay_place(replay, from, to);
}

static bool fill_request(struct replay *replay, struct index_request *request,
                         const IndexStmt *create)
{
    size_t offset = replay_offset(replay, create->relation->location);
    const ListCell *cell;

    if (create->whereClause) {
        note_predicate(replay, request, create->whereClause);
        if (!replay_index_predicate(replay, request, create->whereClause,
                                    offset))
            return false;
    }
    if (list_length(create->indexIncludingParams) > KEY_COUNT_MAX ||
        !replay_index_elements(replay, request, create->indexParams, offset))
        return false;
    foreach (cell, create->indexIncludingParams) {
        const IndexElem *element = node_as(IndexElem, (Node *)lfirst(cell));

        if (!element)
            return false;
        if (!element->name)
            return replay_fail(replay, "0A000",
                               "expressions are not supported in included "
                               "columns");
        if (replay_push_column(replay, request->table, element->name,
                               &request->include))
            continue;
        if (!name_is_system_column(element->name)) {
            note_missing(request, element->name, SIZE_MAX);
            continue;
        }
        request->has_system_column = true;
    }
    return !request->missing_column ||
           replay_knows_relation(replay, &request->table->relation);
}

/* Null if there is none that can have an index. */
static struct table *find_indexed(struct replay *replay,
                                  const IndexStmt *create)
{
    struct relation *relation = model_find_relation(
        replay->schema, name_from_range_var(create->relation));

    if (relation && !relation_as_table(relation) &&
        replay_knows_relation(replay, relation) &&
        !index_check_relation(replay, relation))
        return NULL;
    if (relation)
        return model_mention_relation(replay->schema, relation, false);
    return replay_mention(replay, create->relation, false);
}

static bool is_there(const struct schema *schema, const struct table *table,
                     const IndexStmt *create)
{
    return create->if_not_exists && create->idxname &&
           model_relation_in(schema, table->relation.namespace,
                             create->idxname);
}

bool replay_create_index(struct replay *replay, const IndexStmt *create)
{
    struct schema *schema = replay->schema;
    struct table *table = find_indexed(replay, create);
    struct index_request request = {
        .table = table,
        .name = create->idxname,
        .method = model_name(schema, create->accessMethod ? create->accessMethod
                                                          : "btree"),
        .is_unique = create->unique,
        .is_nulls_not_distinct = create->nulls_not_distinct,
        .is_concurrent = create->concurrent,
        .is_only = !create->relation->inh,
        .included = create->indexIncludingParams,
    };

    if (!table)
        return false;
    request.made_at = place_of_index(replay, create);
    if (!fill_request(replay, &request, create))
        return false;
    if (replay_knows_relation(replay, &table->relation) &&
        (!index_check_relation(replay, &table->relation) ||
         !index_check_partitioned(replay, &request)))
        return false;
    if (is_there(schema, table, create))
        return index_check(replay, &request);
    return replay_add_index(replay, &request) != NULL;
}
