/*
 * CREATE STATISTICS.
 *
 * Facts: src/backend/commands/statscmds.c.
 */
#include "replay/definition.h"
#include "replay/lookup.h"
#include "replay/objects.h"
#include "schema/generated_name.h"
#include "sql/words.h"

#include <string.h>

#define STATISTICS_COLUMNS_MAX 8

static bool check_relation(struct replay *replay, const struct table *table)
{
    switch (table->relation.kind) {
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE:
    case RELATION_FOREIGN_TABLE:
    case RELATION_MATERIALIZED_VIEW: return true;
    case RELATION_VIEW:
    case RELATION_SEQUENCE:
    case RELATION_INDEX:
    case RELATION_COMPOSITE_TYPE: break;
    }
    return objects_refuse_kind(replay, table->relation.name, "statistics");
}

/* Its name: given, or made of the table's and the columns' names. */
static const char *choose_name(struct replay *replay,
                               const CreateStatsStmt *create,
                               const struct table *table,
                               const struct namespace *namespace)
{
    struct schema *schema = replay->schema;
    const char **names =
        arena_alloc(&schema->scratch,
                    (size_t)(list_length(create->exprs) + 1) * sizeof *names);
    size_t count = 0;
    const char *joined, *name;
    const ListCell *cell;

    if (create->defnames)
        return name_from_list(create->defnames).name;
    foreach (cell, create->exprs) {
        const StatsElem *element = lfirst(cell);

        names[count++] = element->name ? element->name : "expr";
    }
    joined = generated_name_join(schema, names, count);
    name = generated_name_make(&schema->scratch, table->relation.name, joined,
                               "stat");
    for (unsigned pass = 1; model_statistics_in(schema, namespace, name);
         pass++)
        name =
            generated_name_make(&schema->scratch, table->relation.name, joined,
                                arena_format(&schema->scratch, "stat%u", pass));
    return name;
}

static bool read_columns(struct replay *replay, const CreateStatsStmt *create,
                         struct table *table, struct column_array *columns)
{
    bool has_expressions = false;
    const ListCell *cell;

    foreach (cell, create->exprs) {
        const StatsElem *element = lfirst(cell);
        struct column *column;

        if (!element->name) {
            if (replay->schema->postgres_version < 14)
                return replay_fail(replay, "0A000",
                                   "only simple column references are allowed "
                                   "in CREATE STATISTICS");
            has_expressions = true;
            continue;
        }
        column = model_find_column(table, element->name);
        if (!column && table->is_complete)
            return replay_fail(replay, "42703", "column \"%s\" does not exist",
                               element->name);
        if (column && columns_have(columns, column))
            return replay_fail(
                replay, "42701",
                "duplicate column name in statistics definition");
        if (column)
            *array_push(&replay->schema->scratch, columns) = column;
    }
    if (list_length(create->exprs) > STATISTICS_COLUMNS_MAX)
        return replay_fail(replay, "54011",
                           "cannot have more than %d columns in statistics",
                           STATISTICS_COLUMNS_MAX);
    if (!has_expressions && list_length(create->exprs) < 2 &&
        replay->schema->postgres_version < 19)
        return replay_fail(replay, "42P17",
                           "extended statistics require at least 2 columns");
    return true;
}

/* From the kinds, or ON, to the end: what follows the name. */
static struct span words_of_statistics(const struct replay *replay)
{
    struct lexer lexer = lexer_of(replay->text);
    struct token token;

    lexer.offset = replay->statement->offset;
    do
        token = lexer_next_significant(&lexer);
    while (token.kind != TOKEN_END && !token_is(replay->text, token, "(") &&
           !token_is_word(replay->text, token, "on"));
    return (struct span){token.offset, replay->text.length - token.offset};
}

/* Columns are named by single tokens, in order. */
static bool keep_definition(struct replay *replay,
                            const CreateStatsStmt *create,
                            struct statistics *statistics)
{
    struct span words = words_of_statistics(replay);
    struct binding binding = definition_binding(replay);
    struct query_place place = {
        .clause = CLAUSE_STATISTICS,
        .table = statistics->table,
        .forbids_parameters = true,
        .binding = definition_wanted(replay, &binding),
    };
    size_t offset =
        words_find(replay->text, replay->statement, words.offset, "ON").offset;
    const ListCell *cell;

    foreach (cell, create->exprs) {
        const StatsElem *element = lfirst(cell);
        struct column *column;
        struct span at;

        if (!element->name) {
            if (!definition_bind(replay, &statistics->object, element->expr,
                                 &place))
                return false;
            continue;
        }
        column = model_find_column(statistics->table, element->name);
        at = words_find_name(replay->text, replay->statement, offset,
                             element->name);
        if (column && at.length)
            binding_add_words(&binding, at, REFERENCE_COLUMN, &column->object);
    }
    binding_add_name(&binding,
                     ((const RangeVar *)linitial(create->relations))->location,
                     &statistics->table->relation.object);
    if (!replay->schema->keeps_definitions)
        return true;
    statistics->definition = binding_finish(replay->schema, &binding, words);
    return true;
}

bool statistics_create(struct replay *replay, const CreateStatsStmt *create)
{
    struct schema *schema = replay->schema;
    const RangeVar *relation = list_length(create->relations) == 1
                                   ? linitial(create->relations)
                                   : NULL;
    struct qualified_name name = {0};
    struct namespace *namespace;
    struct statistics *statistics;
    struct column_array columns = {0};
    struct table *table;
    const char *own_name;

    if (!relation || nodeTag(relation) != T_RangeVar)
        return replay_fail(
            replay, "0A000",
            relation
                ? "only simple relations are allowed in CREATE STATISTICS"
                : "only a single relation is allowed in CREATE STATISTICS");
    if (!objects_find_table(replay, relation, "statistics", &table))
        return false;
    if (!table)
        return true;
    if (!check_relation(replay, table))
        return false;
    if (create->defnames)
        name = name_from_list(create->defnames);
    namespace = create->defnames ? replay_namespace(replay, name.schema)
                                 : table->relation.namespace;
    if (!namespace)
        return false;
    own_name = choose_name(replay, create, table, namespace);
    if (model_statistics_in(schema, namespace, own_name)) {
        if (create->if_not_exists || !replay_refuse(replay))
            return true;
        return replay_fail(replay, "42710",
                           "statistics object \"%s\" already exists", own_name);
    }
    if (!read_columns(replay, create, table, &columns))
        return false;
    statistics = model_new_object(schema, CLASS_STATISTICS, sizeof *statistics);
    *statistics = (struct statistics){
        .object = {.class = CLASS_STATISTICS},
        .name = model_name(schema, own_name),
        .namespace = namespace,
        .table = table,
        .made_at = replay_place_at(replay, -1),
    };
    if (!table->statistics)
        SET(schema, table->statistics,
            arena_alloc(&schema->arena, sizeof *table->statistics));
    *PUSH(schema, table->statistics) = statistics;
    model_link_statistics(schema, statistics);
    if (!keep_definition(replay, create, statistics))
        return false;
    for (size_t i = 0; i < columns.count; i++)
        model_depend(schema, &statistics->object, &columns.items[i]->object,
                     DEPENDENCY_AUTO);
    return true;
}
