/*
 * Relations that a query makes: CREATE TABLE AS, SELECT INTO, views and
 * materialized views. What the query gives, needs and means is query/'s
 * knowledge; here it becomes columns, dependencies and a bound query.
 *
 * Facts: src/backend/commands/view.c, createas.c, and
 * CheckAttributeNamesTypes() of catalog/heap.c.
 */
#include "query/query.h"

#include "query/binding.h"
#include "replay/context.h"
#include "replay/dependency.h"
#include "replay/row_security.h"
#include "replay/types.h"
#include "replay/updatable_view.h"
#include "sql/writer.h"

#include <string.h>

/* So many joins are gone into for the relation that a query begins with. */
#define MAIN_DEPTH_MAX 16

/* A query on its way to become a relation. */
struct making {
    struct replay *replay;
    const Node *query;
    struct query_description description;
    struct binding binding;
    struct table *table;
};

/* False if the server refuses the query, or would: where the history is not
 * complete the file is believed. */
static bool describe(struct making *making)
{
    struct replay *replay = making->replay;
    struct query_place place = {
        .forbids_parameters = true,
        .binding = replay->schema->keeps_definitions ? &making->binding : NULL,
    };

    making->binding = (struct binding){
        .arena = &replay->schema->scratch,
        .text = replay->text,
        .base = replay->statement->tree_base,
    };
    query_describe(replay->schema, &replay->schema->scratch, making->query,
                   &place, &making->description);
    if (making->description.sqlstate[0] == '\0' || !replay_refuse(replay))
        return true;
    return replay_fail(replay, making->description.sqlstate, "%s",
                       making->description.message);
}

static bool has_data_modifying_with(const Node *query)
{
    const SelectStmt *select = node_as(SelectStmt, query);
    const ListCell *cell;

    if (!select || !select->withClause)
        return false;
    foreach (cell, select->withClause->ctes) {
        const CommonTableExpr *with = lfirst(cell);

        if (nodeTag(with->ctequery) != T_SelectStmt)
            return true;
    }
    return false;
}

/* The names that the statement gives the columns. */
static bool rename_outputs(struct making *making, const List *names,
                           const char *message)
{
    struct query_column_array *columns = &making->description.columns;
    size_t given = (size_t)list_length(names);

    if (given > columns->count && making->description.has_all_columns)
        return replay_fail(making->replay, "42601", "%s", message);
    for (size_t i = 0; i < given && i < columns->count; i++)
        columns->items[i].name = name_from_string(list_nth(names, (int)i));
    return true;
}

static bool is_pseudo(const struct type *type)
{
    while (type && type->kind == TYPE_ARRAY && type->element)
        type = type->element;
    return type && type->kind == TYPE_PSEUDO;
}

/* The first name that comes again later; null if there is none. */
static const char *repeated_name(const struct making *making)
{
    const struct query_column_array *columns = &making->description.columns;
    const char *repeated = NULL;
    struct map seen = {0};

    for (size_t i = columns->count; i-- > 0;) {
        struct slice name = slice_from(columns->items[i].name);

        if (map_find(&seen, name))
            repeated = columns->items[i].name;
        map_put(&making->replay->schema->scratch, &seen, name,
                &columns->items[i]);
    }
    return repeated;
}

static bool check_type(struct making *making, const struct query_column *column)
{
    struct schema *schema = making->replay->schema;

    if (!is_pseudo(column->type.type))
        return true;
    return replay_fail(
        making->replay, "42P16", "column \"%s\" has pseudo-type %s",
        column->name,
        type_to_visible_text(schema, &schema->scratch, column->type.type));
}

static bool check_outputs(struct making *making)
{
    const struct query_column_array *columns = &making->description.columns;
    const char *repeated = repeated_name(making);

    if (repeated && making->description.has_all_columns)
        return replay_fail(making->replay, "42701",
                           "column \"%s\" specified more than once", repeated);
    for (size_t i = 0; i < columns->count; i++) {
        if (!check_type(making, &columns->items[i]))
            return false;
    }
    return true;
}

/* Those that a view gets when it is replaced are added as ALTER TABLE adds
 * columns. */
static bool check_added(struct making *making, const char *view, size_t from)
{
    const struct query_column_array *columns = &making->description.columns;
    struct map seen = {0};

    for (size_t i = 0; i < columns->count; i++) {
        const struct query_column *column = &columns->items[i];
        struct slice name = slice_from(column->name);

        if (i >= from && map_find(&seen, name))
            return replay_fail(making->replay, "42701",
                               "column \"%s\" of relation \"%s\" already "
                               "exists",
                               column->name, view);
        if (i >= from && !check_type(making, column))
            return false;
        map_put(&making->replay->schema->scratch, &seen, name, making);
    }
    return true;
}

/* Adds the columns that the relation lacks; those that an earlier definition
 * of a view has get what the new one says. */
static void add_columns(struct making *making)
{
    const struct query_column_array *columns = &making->description.columns;
    struct schema *schema = making->replay->schema;
    struct table *table = making->table;

    if (!making->description.has_all_columns)
        SET(schema, table->is_complete, false);
    for (size_t i = 0; i < columns->count; i++) {
        const struct query_column *output = &columns->items[i];
        struct column *column = model_find_column(table, output->name);

        if (!column)
            column = model_add_column(schema, table, output->name,
                                      table->relation.made_at);
        if (!column) { /* more than a table can have */
            SET(schema, table->is_complete, false);
            return;
        }
        SET(schema, column->data_type, output->type);
        model_use_type(output->type.type);
    }
}

/* A table that stands before the view in these lists need not again. */
static void note_reads(struct making *making)
{
    struct schema *schema = making->replay->schema;
    const struct query_relation_array *relations =
        &making->description.relations;

    for (size_t i = 0; i < relations->count; i++) {
        struct table *table = relations->items[i].table;

        if (table == making->table ||
            (table->read_by.count > 0 &&
             table->read_by.items[table->read_by.count - 1] == making->table))
            continue;
        *PUSH(schema, &table->read_by) = making->table;
    }
}

/* The table of a relation or column; null for anything else. */
static struct table *table_of(struct object *object)
{
    if (object->class == CLASS_RELATION)
        return relation_as_table((struct relation *)object);
    if (object->class == CLASS_COLUMN)
        return ((struct column *)object)->table;
    return NULL;
}

/* What an earlier definition of the view reads. */
static void forget_reads(struct making *making)
{
    struct schema *schema = making->replay->schema;
    const struct dependency *need = making->table->relation.object.needs;

    for (; need; need = need->next_need) {
        struct table *table = table_of(need->needed);
        struct table_array *views = table ? &table->read_by : NULL;

        if (!views || !model_spend(schema, views->count))
            continue;
        for (size_t i = 0; i < views->count; i++) {
            if (views->items[i] != making->table)
                continue;
            SET(schema, views->items[i], views->items[views->count - 1]);
            SET(schema, views->count, views->count - 1);
            break;
        }
    }
}

static void note_needs(struct making *making)
{
    struct replay *replay = making->replay;
    struct object *view = &making->table->relation.object;

    forget_reads(making);
    model_forget_needs(replay->schema, view);
    dependency_add_needs(replay, view, &making->description.needs,
                         DEPENDENCY_NORMAL);
    note_reads(making);
}

/* The query's own words: what follows AS, to where the statement's last
 * clause begins. */
struct query_words {
    struct span query;
    struct span options; /* what is between the parentheses of WITH (...) */
};

static bool is_last_clause(struct slice text, struct lexer lexer)
{
    static const char *const words[] = {"cascaded", "local", "check",
                                        "no",       "data",  "option"};
    struct token token = lexer_next_significant(&lexer);

    while (token.kind == TOKEN_WORD) {
        bool is_known = false;

        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            is_known = is_known || token_is_word(text, token, words[i]);
        if (!is_known)
            return false;
        token = lexer_next_significant(&lexer);
    }
    return token.kind == TOKEN_END;
}

static struct query_words words_of_query(const struct replay *replay,
                                         ParseLoc after)
{
    size_t end = replay->statement->offset + replay->statement->length;
    struct slice text = slice_part(replay->source->text, 0, end);
    struct lexer lexer = lexer_of(text);
    struct query_words words = {{0, 0}, {0, 0}};
    size_t depth = 0, last = end;
    bool is_begun = false, is_with = false;
    struct token token;

    lexer.offset = replay_offset(replay, after);
    while ((token = lexer_next_significant(&lexer)).kind != TOKEN_END) {
        if (token_is(text, token, "(") || token_is(text, token, "[")) {
            if (is_with && depth == 0)
                words.options.offset = token.offset + token.length;
            depth++;
        } else if (token_is(text, token, ")") || token_is(text, token, "]")) {
            depth--;
            if (is_with && depth == 0)
                words.options.length = token.offset - words.options.offset;
        } else if (depth == 0 && !is_begun &&
                   token_is_word(text, token, "as")) {
            words.query.offset = lexer_next_significant(&lexer).offset;
            lexer.offset = words.query.offset;
            is_begun = true;
            is_with = false;
            continue;
        } else if (depth == 0 && is_begun &&
                   token_is_word(text, token, "with") &&
                   is_last_clause(text, lexer)) {
            last = token.offset;
            break;
        }
        if (depth == 0 && !token_is(text, token, ")"))
            is_with = !is_begun && token_is_word(text, token, "with");
    }
    while (last > words.query.offset &&
           strchr(" \t\r\n\f;", text.start[last - 1]))
        last--;
    words.query.length = is_begun ? last - words.query.offset : 0;
    return words;
}

/* WITH RECURSIVE v (a, b) AS (query) SELECT a, b FROM v: what the grammar
 * makes of CREATE RECURSIVE VIEW. */
static struct expression *finish_recursive(struct making *making,
                                           const ViewStmt *view,
                                           struct span words)
{
    struct arena *scratch = &making->replay->schema->scratch;
    struct buffer names;
    struct buffer name;

    buffer_init(&names, scratch);
    buffer_init(&name, scratch);
    writer_add_names(&names, view->aliases);
    writer_add_identifier(&name, view->view->relname);
    return binding_finish_within(
        making->replay->schema, &making->binding, words,
        arena_format(scratch, "WITH RECURSIVE %s (%s) AS (", buffer_text(&name),
                     buffer_text(&names)),
        arena_format(scratch, ") SELECT %s FROM %s", buffer_text(&names),
                     buffer_text(&name)));
}

/* The grammar made WITH RECURSIVE of it, which has no location. */
static bool is_recursive_view(const ViewStmt *view)
{
    const SelectStmt *select = node_as(SelectStmt, view->query);
    const CommonTableExpr *with;

    if (!select || !select->withClause || !select->withClause->recursive ||
        list_length(select->withClause->ctes) != 1)
        return false;
    with = linitial(select->withClause->ctes);
    return select->withClause->location < 0 && with->location < 0;
}

/* The query as it can be written again; its options as they were. */
static void keep_query(struct making *making, const ViewStmt *view,
                       ParseLoc name)
{
    struct replay *replay = making->replay;
    struct schema *schema = replay->schema;
    struct query_words words;
    struct expression *query = NULL;
    const char *options = NULL;

    if (!schema->keeps_definitions)
        return;
    words = words_of_query(replay, name);
    if (words.query.length > 0) {
        bool is_recursive = view && is_recursive_view(view);

        query = is_recursive
                    ? finish_recursive(making, view, words.query)
                    : binding_finish(schema, &making->binding, words.query);
    }
    if (words.options.length > 0)
        options = arena_copy(&schema->arena,
                             slice_trim(slice_part(
                                 replay->source->text, words.options.offset,
                                 words.options.offset + words.options.length)));
    if (view && view->withCheckOption != NO_CHECK_OPTION)
        options = arena_format(
            &schema->arena, "%s%scheck_option=%s", options ? options : "",
            options ? ", " : "",
            view->withCheckOption == LOCAL_CHECK_OPTION ? "local" : "cascaded");
    SET(schema, making->table->query, query);
    SET(schema, making->table->options, options);
}

static bool reads_temporary(const struct making *making)
{
    const struct query_relation_array *relations =
        &making->description.relations;

    for (size_t i = 0; i < relations->count; i++) {
        if (relations->items[i].table->relation.is_temporary)
            return true;
    }
    return false;
}

/* CREATE TABLE AS, SELECT INTO, CREATE MATERIALIZED VIEW. */
static bool create_from_query(struct replay *replay, const IntoClause *into,
                              const Node *query, enum relation_kind kind,
                              bool if_not_exists)
{
    struct schema *schema = replay->schema;
    struct making making = {.replay = replay, .query = query};
    bool is_view = kind == RELATION_MATERIALIZED_VIEW;
    struct namespace *namespace;
    struct table *table;

    if (is_view && has_data_modifying_with(query))
        return replay_fail(replay, "0A000",
                           "materialized views must not use data-modifying "
                           "statements in WITH");
    if (!describe(&making))
        return false;
    if (is_view && reads_temporary(&making))
        return replay_fail(replay, "0A000",
                           "materialized views must not use temporary tables "
                           "or views");
    namespace = replay_target_namespace(replay, into->rel);
    if (!namespace)
        return false;
    if (if_not_exists &&
        model_relation_in(schema, namespace, into->rel->relname))
        return true;
    /* From 14 on it looks for the relation first. */
    if ((schema->postgres_version >= 14 &&
         !replay_free_name(replay, namespace, into->rel->relname)) ||
        !rename_outputs(&making, into->colNames,
                        "too many column names were specified") ||
        !check_outputs(&making) ||
        !replay_free_name(replay, namespace, into->rel->relname) ||
        !types_free_row_name(replay, namespace, into->rel->relname))
        return false;
    table = model_add_table(schema, kind, namespace, into->rel->relname,
                            replay_place_of_name(replay, into->rel->location));
    table->relation.is_unlogged =
        into->rel->relpersistence == RELPERSISTENCE_UNLOGGED;
    table->is_from_query = kind == RELATION_TABLE;
    table->is_populated = !into->skipData;
    table->is_dropped_at_commit = into->onCommit == ONCOMMIT_DROP;
    if (table->is_dropped_at_commit)
        SET(schema, schema->has_commit_drops, true);
    making.table = table;
    add_columns(&making);
    if (is_view) {
        note_needs(&making);
        keep_query(&making, NULL, into->rel->location);
    }
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

/* CREATE OR REPLACE VIEW keeps columns, names and types (checkViewColumns). */
static bool check_replaced(struct making *making)
{
    const struct query_column_array *columns = &making->description.columns;
    const struct table *table = making->table;
    struct arena *scratch = &making->replay->schema->scratch;
    size_t at = 0;

    if (columns->count < table->columns.count)
        return replay_fail(making->replay, "42P16",
                           "cannot drop columns from view");
    for (; at < table->columns.count; at++) {
        const struct column *old = table->columns.items[at];
        const struct query_column *new = &columns->items[at];

        if (strcmp(old->name, new->name) != 0)
            return replay_fail(
                making->replay, "42P16",
                "cannot change name of view column \"%s\" to \"%s\"", old->name,
                new->name);
        if (old->data_type.type && new->type.type &&
            (old->data_type.type != new->type.type ||
             old->data_type.modifier != new->type.modifier))
            return replay_fail(
                making->replay, "42P16",
                "cannot change data type of view column \"%s\" from %s to %s",
                old->name, type_to_text(scratch, old->data_type),
                type_to_text(scratch, new->type));
    }
    return true;
}

/* The view that is to be replaced, or room for a new one; false if the server
 * refuses. */
static bool find_or_add_view(struct making *making, const ViewStmt *view,
                             struct namespace *namespace)
{
    struct replay *replay = making->replay;
    const char *name = view->view->relname;
    struct relation *existing =
        model_relation_in(replay->schema, namespace, name);

    if (existing && view->replace && existing->made_at.source) {
        if (existing->kind != RELATION_VIEW)
            return replay_fail(replay, "42809", "\"%s\" is not a view", name);
        making->table = relation_as_table(existing);
        if (!making->table->is_complete || !making->description.has_all_columns)
            return true;
        return check_replaced(making) &&
               check_added(making, name, making->table->columns.count);
    }
    if (!check_outputs(making) || !replay_free_name(replay, namespace, name) ||
        !types_free_row_name(replay, namespace, name))
        return false;
    making->table =
        model_add_table(replay->schema, RELATION_VIEW, namespace, name,
                        replay_place_of_name(replay, view->view->location));
    return true;
}

/* WITH (security_invoker), of 15. */
static bool check_view_options(struct replay *replay, const ViewStmt *view)
{
    const ListCell *cell;

    if (replay->schema->postgres_version >= 15)
        return true;
    foreach (cell, view->options) {
        const DefElem *option = lfirst(cell);

        if (!option->defnamespace &&
            strcmp(option->defname, "security_invoker") == 0)
            return replay_fail(replay, "22023", "unrecognized parameter \"%s\"",
                               option->defname);
    }
    return true;
}

/* What reads temporary relations becomes one, in their schema. */
static bool may_be_temporary(struct replay *replay, const RangeVar *name)
{
    return !name->schemaname ||
           strncmp(name->schemaname, "pg_temp", strlen("pg_temp")) == 0 ||
           replay_fail(replay, "42P16",
                       "cannot create temporary relation in non-temporary "
                       "schema");
}

bool replay_create_view(struct replay *replay, const ViewStmt *view)
{
    struct making making = {.replay = replay, .query = view->query};
    const SelectStmt *select = node_as(SelectStmt, view->query);
    struct namespace *namespace;

    if (select && select->intoClause)
        return replay_fail(replay, "0A000",
                           "views must not contain SELECT INTO");
    if (!describe(&making))
        return false;
    if (has_data_modifying_with(view->query))
        return replay_fail(replay, "0A000",
                           "views must not contain data-modifying statements "
                           "in WITH");
    if (!updatable_view_check(replay, view) ||
        !rename_outputs(&making, view->aliases,
                        "CREATE VIEW specifies more column names than columns"))
        return false;
    if (reads_temporary(&making) && !may_be_temporary(replay, view->view))
        return false;
    if (view->view->relpersistence == RELPERSISTENCE_UNLOGGED)
        return replay_fail(replay, "42601",
                           "views cannot be unlogged because they do not have "
                           "storage");
    namespace = reads_temporary(&making)
                    ? replay->schema->temporary_namespace
                    : replay_target_namespace(replay, view->view);
    if (!namespace || !find_or_add_view(&making, view, namespace) ||
        !check_view_options(replay, view))
        return false;
    add_columns(&making);
    note_needs(&making);
    keep_query(&making, view, view->view->location);
    row_security_begin_view(replay, making.table, view);
    return true;
}

/* The relation that a query is about: what it changes, or reads first. */
static const RangeVar *main_relation(const Node *query)
{
    const SelectStmt *select = node_as(SelectStmt, query);
    const Node *item;

    switch (nodeTag(query)) {
    case T_InsertStmt: return ((const InsertStmt *)query)->relation;
    case T_UpdateStmt: return ((const UpdateStmt *)query)->relation;
    case T_DeleteStmt: return ((const DeleteStmt *)query)->relation;
    case T_MergeStmt: return ((const MergeStmt *)query)->relation;
    default: break;
    }
    if (!select || !select->fromClause)
        return NULL;
    item = linitial(select->fromClause);
    for (size_t i = 0; i < MAIN_DEPTH_MAX && nodeTag(item) == T_JoinExpr; i++)
        item = ((const JoinExpr *)item)->larg;
    return node_as(RangeVar, item);
}

/* Of what the files did not make there is little to say, and much of it to be
 * read: programs' queries, dumps of rows. */
static bool is_about_known(const struct schema *schema, const Node *query)
{
    const RangeVar *range = main_relation(query);
    struct qualified_name name;
    const struct relation *relation;

    if (!range)
        return false;
    name = name_from_range_var(range);
    relation = model_find_relation(schema, name);
    return relation ? relation->made_at.source != NULL
                    : model_is_gone_relation(schema, name);
}

bool replay_check_query(struct replay *replay, const Node *query)
{
    struct query_description description;

    if (!replay_knows_all(replay) && replay->schema->new_labels.count == 0 &&
        !is_about_known(replay->schema, query))
        return replay_check_conflict(replay, query);
    query_describe(replay->schema, &replay->schema->scratch, query, NULL,
                   &description);
    if (description.sqlstate[0] == '\0')
        return replay_check_conflict(replay, query);
    return replay_fail(replay, description.sqlstate, "%s", description.message);
}
