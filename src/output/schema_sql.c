/*
 * The schema as a script that makes it: in a new database of that version it
 * gives the same catalog. Written as pg_dump(1) writes: every name qualified,
 * tables before what stands on them, cycles of views and functions broken by
 * views that have only columns at first.
 */
#include "output/schema_sql.h"

#include <stdlib.h>
#include <string.h>

struct sql_item *sql_add(struct sql_script *script, enum sql_kind kind,
                         sql_write *write, const void *key, const char *schema,
                         const char *name, const char *detail)
{
    struct sql_item *item = arena_alloc(script->arena, sizeof *item);

    *item = (struct sql_item){
        .kind = kind,
        .schema = schema,
        .name = name,
        .detail = detail,
        .write = write,
        .key = key,
    };
    *array_push(script->arena, &script->items) = item;
    if (key)
        map_put(script->arena, &script->by_object,
                (struct slice){(const char *)&item->key, sizeof item->key},
                item);
    return item;
}

struct sql_item *sql_find(const struct sql_script *script, const void *object)
{
    struct slice key = {(const char *)&object, sizeof object};

    return map_find(&script->by_object, key);
}

static int compare_items(const void *a, const void *b)
{
    const struct sql_item *x = *(const struct sql_item *const *)a;
    const struct sql_item *y = *(const struct sql_item *const *)b;
    int order;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    order = strcmp(x->schema, y->schema);
    if (order == 0)
        order = strcmp(x->name, y->name);
    return order ? order : strcmp(x->detail, y->detail);
}

/* An item whose needs are being written, and how far. */
struct sql_step {
    struct sql_item *item;
    struct sql_item_array needs;
    size_t next;
};

struct sql_step_array ARRAY(struct sql_step);

static void start(struct sql_script *script, struct sql_step_array *steps,
                  struct sql_item *item)
{
    struct sql_step *step = array_push(script->arena, steps);

    item->state = SQL_STARTED;
    step->item = item;
    sql_list_needs(script, item, &step->needs);
}

static void write_item(struct sql_script *script, struct sql_item *item)
{
    if (script->buffer->length)
        buffer_add_char(script->buffer, '\n');
    item->write(script, item);
    item->state = SQL_WRITTEN;
}

/*
 * The item at the end of the steps needs one that is among them. The cycle is
 * broken at the last view in it: its columns are written now, its query later.
 * What stood after it in the steps waits again.
 */
static void break_cycle(struct sql_script *script, struct sql_step_array *steps,
                        const struct sql_item *needed)
{
    size_t at = steps->count;

    while (at-- > 0) {
        struct sql_item *item = steps->items[at].item;

        if (item->kind == SQL_VIEW &&
            sql_write_view_columns(script, item->subject.table)) {
            for (size_t i = at + 1; i < steps->count; i++)
                steps->items[i].item->state = SQL_WAITING;
            steps->count = at;
            item->state = SQL_WRITTEN;
            sql_add_view_again(script, item->subject.table);
            return;
        }
        if (item == needed)
            return; /* no view: nothing to be done */
    }
}

/* Writes the item, and before it all that it needs and that is not yet
 * written. Chains of views may be long: no recursion. */
static void write_with_needs(struct sql_script *script, struct sql_item *item)
{
    struct sql_step_array steps = {0};

    if (item->state != SQL_WAITING)
        return;
    start(script, &steps, item);
    while (steps.count) {
        struct sql_step *step = &steps.items[steps.count - 1];
        struct sql_item *needed;

        if (step->next == step->needs.count) {
            write_item(script, step->item);
            steps.count--;
            continue;
        }
        needed = step->needs.items[step->next++];
        if (needed->state == SQL_WAITING)
            start(script, &steps, needed);
        else if (needed->state == SQL_STARTED)
            break_cycle(script, &steps, needed);
    }
}

static void write_head(struct sql_script *script)
{
    sql_format(script, "-- A schema for PostgreSQL %d.\n",
               script->schema->postgres_version);
    if (!script->contents.is_complete)
        sql_text(script,
                 "-- Incomplete: not every statement was understood.\n");
    sql_text(script,
             "\n"
             "SET client_encoding = 'UTF8';\n"
             "SET standard_conforming_strings = on;\n"
             "SET check_function_bodies = false;\n"
             "SET client_min_messages = warning;\n"
             "SELECT pg_catalog.set_config('search_path', '', false);\n");
}

static void list_items(struct sql_script *script)
{
    const struct schema_contents *contents = &script->contents;

    for (size_t i = 0; i < contents->namespace_count; i++)
        sql_add_namespace(script, contents->namespaces[i]);
    for (size_t i = 0; i < contents->extension_count; i++)
        sql_add_extension(script, contents->extensions[i]);
    for (size_t i = 0; i < contents->others.count; i++)
        sql_add_other(script, contents->others.items[i]);
    for (size_t i = 0; i < contents->types.count; i++)
        sql_add_type(script, &contents->types.items[i]);
    for (size_t i = 0; i < contents->functions.count; i++)
        sql_add_function(script, contents->functions.items[i]);
    for (size_t i = 0; i < contents->sequences.count; i++)
        sql_add_sequence(script, contents->sequences.items[i]);
    for (size_t i = 0; i < contents->tables.count; i++)
        sql_add_table(script, contents->tables.items[i]);
}

/* The item of this one object, or none. */
static void add_object(struct sql_script *script, const struct object *object)
{
    const struct relation *relation = (const struct relation *)object;

    switch (object->class) {
    case CLASS_RELATION:
        if (relation->kind == RELATION_VIEW ||
            relation->kind == RELATION_MATERIALIZED_VIEW)
            sql_add_view(script, (const struct table *)object);
        return;
    case CLASS_FUNCTION:
        sql_write_function(script, (const struct function *)object);
        return;
    case CLASS_TRIGGER:
        sql_add_trigger(script, (const struct trigger *)object);
        return;
    case CLASS_POLICY:
        sql_add_policy(script, (const struct policy *)object);
        return;
    case CLASS_RULE:
        sql_add_rule(script, (const struct rewrite_rule *)object);
        return;
    case CLASS_STATISTICS:
        sql_add_statistics(script, (const struct statistics *)object);
        return;
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_COLUMN:
    case CLASS_DEFAULT:
    case CLASS_CONSTRAINT:
    case CLASS_TYPE:
    case CLASS_OTHER: return;
    }
}

const char *schema_write_object(struct arena *arena, struct schema *schema,
                                const struct object *object)
{
    struct buffer buffer;
    struct sql_script script = {
        .buffer = &buffer,
        .schema = schema,
        .arena = arena,
    };

    buffer_init(&buffer, arena);
    add_object(&script, object);
    for (size_t i = 0; i < script.items.count; i++)
        write_item(&script, script.items.items[i]);
    if (script.has_left_out || buffer.length == 0)
        return NULL;
    return arena_copy(arena, slice_trim(slice_from(buffer_text(&buffer))));
}

/* A new database has it. */
static bool has_public(const struct schema_contents *contents)
{
    for (size_t i = 0; i < contents->namespace_count; i++)
        if (strcmp(contents->namespaces[i]->name, "public") == 0)
            return true;
    return false;
}

void schema_write_sql(struct buffer *buffer, struct schema *schema)
{
    struct arena arena = {0};
    struct sql_script script = {
        .buffer = buffer,
        .schema = schema,
        .arena = &arena,
    };

    schema_list_contents(schema, &arena, &script.contents);
    list_items(&script);
    if (script.items.count > 1)
        qsort(script.items.items, script.items.count, sizeof(struct sql_item *),
              compare_items);
    write_head(&script);
    if (!has_public(&script.contents))
        sql_text(&script, "\nDROP SCHEMA public;\n");
    /* Views that are to be written again are added meanwhile. */
    for (size_t i = 0; i < script.items.count; i++)
        write_with_needs(&script, script.items.items[i]);
    arena_release(&arena);
}
