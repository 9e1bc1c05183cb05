/*
 * Describes tables, views, sequences and composite types for difference.c.
 */
#include "schema/difference_describe.h"

#include "base/buffer.h"
#include "schema/difference_text.h"

#include <string.h>

struct kind_words {
    const char *kind;
    const char *sql;
};

static struct kind_words words_of(enum relation_kind kind)
{
    switch (kind) {
    case RELATION_TABLE: return (struct kind_words){"table", "TABLE"};
    case RELATION_PARTITIONED_TABLE:
        return (struct kind_words){"partitioned table", "TABLE"};
    case RELATION_FOREIGN_TABLE:
        return (struct kind_words){"foreign table", "FOREIGN TABLE"};
    case RELATION_VIEW: return (struct kind_words){"view", "VIEW"};
    case RELATION_MATERIALIZED_VIEW:
        return (struct kind_words){"materialized view", "MATERIALIZED VIEW"};
    case RELATION_SEQUENCE: return (struct kind_words){"sequence", "SEQUENCE"};
    case RELATION_INDEX: return (struct kind_words){"index", "INDEX"};
    case RELATION_COMPOSITE_TYPE: return (struct kind_words){"type", "TYPE"};
    }
    return (struct kind_words){"relation", "TABLE"};
}

/* `a partition of measurements FOR ...`, `a child of a, b`. */
static const char *parents_of(struct arena *arena, const struct table *table)
{
    struct buffer text;

    if (table->parents.count == 0)
        return "without a parent";
    buffer_init(&text, arena);
    buffer_add_text(&text,
                    table->partition_of ? "a partition of " : "a child of ");
    for (size_t i = 0; i < table->parents.count; i++)
        buffer_add_format(
            &text, "%s%s", i ? ", " : "",
            text_of_relation(arena, &table->parents.items[i]->relation));
    return buffer_text(&text);
}

static void say_table(struct arena *arena, const struct table *table,
                      struct item *item)
{
    bool is_known = table->is_complete;
    bool has_row_security = table->has_row_security;
    bool is_forced = table->has_forced_row_security;
    bool is_unlogged = table->relation.is_unlogged;
    const char *logged = is_unlogged ? "unlogged" : "logged";
    const char *parents = parents_of(arena, table);
    const char *security =
        has_row_security ? "row level security" : "no row level security";
    const char *forced = is_forced ? "forced row level security"
                                   : "no forced row level security";

    item_add_trait(item, is_known ? logged : NULL, logged,
                   item_format(arena, item, "ALTER TABLE %s SET %s;",
                               item->called,
                               is_unlogged ? "UNLOGGED" : "LOGGED"));
    item_add_had_trait(
        item, is_known ? security : NULL, security,
        item_format(arena, item, "ALTER TABLE %s %s ROW LEVEL SECURITY;",
                    item->called, has_row_security ? "ENABLE" : "DISABLE"));
    item_add_had_trait(item, is_known ? forced : NULL, forced,
                       item_format(arena, item,
                                   "ALTER TABLE %s %sFORCE ROW LEVEL SECURITY;",
                                   item->called, is_forced ? "" : "NO "));
    item_add_trait(item, is_known ? parents : NULL, parents,
                   item_format(arena, item, "-- make table %s %s again",
                               item->called, parents));
}

static const char *text_of_values(struct arena *arena,
                                  const struct sequence *sequence)
{
    const struct sequence_values *values = &sequence->values;

    return arena_format(
        arena, "%lld %lld %lld %lld %lld %d", (long long)values->increment,
        (long long)values->minimum, (long long)values->maximum,
        (long long)values->start, (long long)values->cache, values->is_cycled);
}

static void say_sequence(struct arena *arena, const struct sequence *sequence,
                         struct item *item)
{
    const char *type = text_of_type(arena, sequence->type);

    item->create = item_format(arena, item, "CREATE SEQUENCE %s%s%s%s%s;",
                               item->called, type ? " AS " : "",
                               type ? type : "", sequence->options ? " " : "",
                               sequence->options ? sequence->options : "");
    item_add_trait(item, type, type,
                   item_format(arena, item, "ALTER SEQUENCE %s AS %s;",
                               item->called, type ? type : "bigint"));
    /* Its bounds follow its type. */
    if (item->made_at.source)
        item_add_trait(item, text_of_values(arena, sequence), NULL, NULL)
            ->noun = "range of values";
}

/* A view's columns, if all are known. */
static const struct view_columns *columns_of(struct arena *arena,
                                             const struct table *view)
{
    struct view_columns *columns = arena_alloc(arena, sizeof *columns);

    if (!view->is_complete)
        return NULL;
    for (size_t i = 0; i < view->columns.count; i++) {
        const struct column *column = view->columns.items[i];

        if (!column->object.is_dropped)
            *array_push(arena, columns) = (struct view_column){
                .name = column->name,
                .type = text_of_type(arena, column->data_type),
            };
    }
    return columns;
}

/* A view's query that only came to have other names in it is the same. */
static void say_view(struct arena *arena, const struct table *view,
                     struct item *item)
{
    item->columns = columns_of(arena, view);
    item_add_statement(item, text_of_statement(arena, item->statement),
                       view->relation.kind == RELATION_VIEW
                           ? item_replace(arena, item)
                           : NULL);
}

/* With its rows and its indexes: the script that says WITH NO DATA is one for
 * databases without rows. */
static const char *text_of_view(struct arena *arena, const struct table *view,
                                const struct item *item)
{
    static const char no_data[] = "\nWITH NO DATA;";
    const char *indexes = text_of_indexes(arena, view);
    struct slice text = slice_from(item->statement);

    if (!item->statement || !indexes)
        return NULL;
    if (view->relation.kind == RELATION_VIEW)
        return item->statement;
    if (text.length > strlen(no_data) &&
        strcmp(text.start + text.length - strlen(no_data), no_data) == 0)
        text.length -= strlen(no_data);
    return arena_format(arena, "%.*s;%s", (int)text.length, text.start,
                        indexes);
}

/* The whole table may have to be made again: the one that was there is gone. */
static bool is_gone(const struct item *item)
{
    return !item->is_new &&
           (!item->counterpart || item->counterpart->object != item->object);
}

static void write_relation(struct arena *arena, const struct relation *relation,
                           struct item *item)
{
    const char *text = NULL;

    item->called = text_of_relation(arena, relation);
    item_write_statements(arena, item, words_of(relation->kind).sql);
    if (relation->kind == RELATION_TABLE && is_gone(item))
        text = text_of_table(arena, (const struct table *)relation);
    if (relation_is_view(relation))
        text = text_of_view(arena, (const struct table *)relation, item);
    item->create = text ? text : item_make_again(arena, item);
}

static void say_relation(struct arena *arena, const struct relation *relation,
                         struct item *item)
{
    const struct table *table = (const struct table *)relation;

    item_add_trait(item, item->kind, item->kind, NULL);
    if (relation->kind == RELATION_SEQUENCE)
        say_sequence(arena, (const struct sequence *)relation, item);
    else if (relation_is_view(relation))
        say_view(arena, table, item);
    else if (relation->kind == RELATION_TABLE ||
             relation->kind == RELATION_PARTITIONED_TABLE)
        say_table(arena, table, item);
}

bool describe_relation(struct arena *arena, const struct relation *relation,
                       struct item *item)
{
    const struct sequence *sequence = (const struct sequence *)relation;
    const struct table *table = (const struct table *)relation;
    bool is_sequence = relation->kind == RELATION_SEQUENCE;

    if (relation->is_temporary || relation->extension ||
        (is_sequence ? sequence->is_identity : table->is_doubtful))
        return false;
    item->group = ITEM_RELATION;
    item->owner = &relation->namespace->object;
    item->anchor =
        is_sequence && sequence->owned_by ? &sequence->owned_by->object : NULL;
    item->name = relation->name;
    item->kind = words_of(relation->kind).kind;
    item->made_at = relation->made_at;
    item->is_complete = is_sequence || table->is_complete;
    if (item->depth >= ITEM_WRITTEN)
        write_relation(arena, relation, item);
    if (item->depth >= ITEM_SAID)
        say_relation(arena, relation, item);
    return true;
}
