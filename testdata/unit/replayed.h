/*
 * A schema made by SQL text, and what it holds as text, for tests of
 * src/schema.
 */
#ifndef REPLAYED_H
#define REPLAYED_H

#include "base/buffer.h"
#include "input/source.h"
#include "replay/replay.h"
#include "schema/type.h"
#include "sql/parser.h"
#include "sql/splitter.h"

#include <stdio.h>
#include <string.h>

struct replayed {
    struct arena arena;
    struct parser *parser;
    struct schema *schema;
    bool tries; /* each statement, before it is carried out */
};

static inline struct replayed replayed_new(int postgres_version)
{
    struct replayed replayed = {
        .parser = parser_new(),
        .schema = schema_new(postgres_version),
    };

    schema_begin_unit(replayed.schema);
    return replayed;
}

static inline void replayed_release(struct replayed *replayed)
{
    schema_free(replayed->schema);
    parser_free(replayed->parser);
    arena_release(&replayed->arena);
}

static inline void replayed_try(struct replayed *replayed,
                                struct source *source,
                                const struct statement *statement)
{
    struct replay_failure failure = {0};
    size_t savepoint;

    if (!statement->tree || nodeTag(statement->tree) == T_TransactionStmt ||
        nodeTag(statement->tree) == T_DoStmt)
        return;
    savepoint = replay_save_for_try(replayed->schema);
    replay_try(replayed->schema, source, statement, &failure);
    replay_restore_after_try(replayed->schema, savepoint);
}

/* Replays every statement of the text, as part of the section begun. */
static inline void replayed_add(struct replayed *replayed, const char *sql)
{
    struct source *source = arena_alloc(&replayed->arena, sizeof *source);
    struct statement_array statements = {0};
    struct splitter splitter;
    struct statement statement;

    *source = source_of_path("test.sql");
    source_load_text(source, slice_from(sql));
    splitter = splitter_of(source->text, 0, source->text.length);
    while (splitter_next(&splitter, &statement))
        *array_push(&replayed->arena, &statements) = statement;
    parser_parse(replayed->parser, source->text, statements.items,
                 statements.count);
    for (size_t i = 0; i < statements.count; i++) {
        if (replayed->tries)
            replayed_try(replayed, source, &statements.items[i]);
        replay_statement(replayed->schema, source, &statements.items[i], NULL);
    }
    parser_clear(replayed->parser);
    /* The places point into it; its text is not needed any more. */
    source_unload(source);
}

/* "t" or "s.t". */
static inline struct qualified_name replayed_name(struct replayed *replayed,
                                                  const char *name)
{
    const char *dot = strchr(name, '.');

    if (!dot)
        return (struct qualified_name){NULL, NULL, name};
    return (struct qualified_name){
        NULL,
        arena_copy(&replayed->arena,
                   (struct slice){name, (size_t)(dot - name)}),
        dot + 1,
    };
}

static inline const struct table *replayed_table(struct replayed *replayed,
                                                 const char *name)
{
    return schema_find_table(replayed->schema, replayed_name(replayed, name));
}

static inline void replayed_write_columns(struct buffer *buffer,
                                          const struct column_array *columns)
{
    buffer_add_text(buffer, " (");
    for (size_t i = 0; i < columns->count; i++)
        buffer_add_format(buffer, "%s%s", i ? ", " : "",
                          columns->items[i]->name);
    buffer_add_text(buffer, ")");
}

static inline void replayed_write_column(struct buffer *buffer,
                                         const struct column *column)
{
    static const char *const identities[] = {"", " identity always",
                                             " identity by default"};
    static const char *const generated[] = {"", " stored", " virtual"};
    const char *type = type_to_text(buffer->arena, column->data_type);

    buffer_add_format(buffer, "  %s %s%s%s%s", column->name, type ? type : "?",
                      column->is_nullable ? "" : " not null",
                      identities[column->identity],
                      generated[column->generated]);
    if (column->is_serial)
        buffer_add_text(buffer, " serial");
    if (column->has_default)
        buffer_add_format(buffer, " default %s",
                          column->default_text ? column->default_text : "...");
    buffer_add_char(buffer, '\n');
}

static inline void replayed_write_constraint(
    struct buffer *buffer, const struct constraint *constraint)
{
    static const char *const types[] = {"primary key", "unique",  "foreign key",
                                        "check",       "exclude", "not null"};

    buffer_add_format(buffer, "  %s %s", types[constraint->type],
                      constraint->name);
    replayed_write_columns(buffer, &constraint->columns);
    if (constraint->referenced) {
        buffer_add_format(buffer, " references %s",
                          constraint->referenced->relation.name);
        replayed_write_columns(buffer, &constraint->referenced_columns);
    }
    if (constraint->expression)
        buffer_add_format(buffer, ": %s", constraint->expression);
    if (constraint->proves_not_null.count) {
        buffer_add_text(buffer, " proves");
        replayed_write_columns(buffer, &constraint->proves_not_null);
    }
    buffer_add_format(buffer, "%s%s%s%s\n",
                      constraint->is_validated ? "" : " not valid",
                      constraint->is_enforced ? "" : " not enforced",
                      constraint->is_deferrable ? " deferrable" : "",
                      constraint->is_initially_deferred ? " deferred" : "");
}

static inline void replayed_write_index(struct buffer *buffer,
                                        const struct index *index)
{
    buffer_add_format(buffer, "  index %s%s%s%s%s", index->relation.name,
                      index->is_unique ? " unique" : "",
                      index->is_nulls_not_distinct ? " nulls not distinct" : "",
                      index->is_valid ? "" : " invalid",
                      index->is_concurrent ? " concurrent" : "");
    buffer_add_format(buffer, " %s (", index->method);
    for (size_t i = 0; i < index->column_count; i++) {
        const struct index_column *column = &index->columns[i];

        buffer_add_text(buffer, i ? ", " : "");
        if (column->column)
            buffer_add_text(buffer, column->column->name);
        else
            buffer_add_format(buffer, "%s: %s", column->name,
                              column->expression);
        if (column->collation)
            buffer_add_format(buffer, " collate %s", column->collation);
        if (column->opclass)
            buffer_add_format(buffer, " %s", column->opclass);
        if (column->is_descending)
            buffer_add_text(buffer, " desc");
        if (column->is_nulls_first)
            buffer_add_text(buffer, " nulls first");
    }
    buffer_add_text(buffer, ")");
    if (index->include.count) {
        buffer_add_text(buffer, " include");
        replayed_write_columns(buffer, &index->include);
    }
    if (index->predicate)
        buffer_add_format(buffer, " where %s", index->predicate);
    if (index->predicate_not_null.count) {
        buffer_add_text(buffer, " only not null");
        replayed_write_columns(buffer, &index->predicate_not_null);
    }
    buffer_add_char(buffer, '\n');
}

/* All that the schema knows of a table; "none" if it is not there. */
static inline const char *replayed_describe(struct replayed *replayed,
                                            const char *name)
{
    static const char *const kinds[] = {
        "table",
        "partitioned table",
        "foreign table",
        "view",
        "materialized view",
        "sequence",
        "index",
        "type",
    };
    const struct table *table = replayed_table(replayed, name);
    struct buffer buffer;

    if (!table)
        return "none\n";
    buffer_init(&buffer, &replayed->arena);
    buffer_add_format(&buffer, "%s %s.%s%s%s%s\n", kinds[table->relation.kind],
                      table->relation.namespace->name, table->relation.name,
                      table->relation.is_unlogged ? " unlogged" : "",
                      table->is_complete ? "" : " incomplete",
                      table->partition_of ? " partition" : "");
    for (size_t i = 0; i < table->columns.count; i++) {
        if (!table->columns.items[i]->object.is_dropped)
            replayed_write_column(&buffer, table->columns.items[i]);
    }
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (!table->constraints.items[i]->object.is_dropped)
            replayed_write_constraint(&buffer, table->constraints.items[i]);
    }
    for (size_t i = 0; i < table->indexes.count; i++) {
        if (!table->indexes.items[i]->relation.object.is_dropped)
            replayed_write_index(&buffer, table->indexes.items[i]);
    }
    for (size_t i = 0; i < table->sequences.count; i++) {
        const struct sequence *sequence = table->sequences.items[i];

        if (!sequence->relation.object.is_dropped && sequence->owned_by)
            buffer_add_format(&buffer, "  sequence %s of %s\n",
                              sequence->relation.name,
                              sequence->owned_by->name);
    }
    return buffer_text(&buffer);
}

/* A case of a table of cases: what a relation is after some SQL. */
struct replay_case {
    const char *what; /* printed when it fails */
    int postgres_version;
    const char *sql;
    const char *relation;
    const char *expected;
};

static inline bool replayed_agrees(const struct replay_case *expected,
                                   bool tries)
{
    struct replayed replayed = replayed_new(expected->postgres_version);
    const char *found;
    bool agrees;

    replayed.tries = tries;
    replayed_add(&replayed, expected->sql);
    found = replayed_describe(&replayed, expected->relation);
    agrees = strcmp(found, expected->expected) == 0;
    if (!agrees)
        fprintf(stderr, "%s%s:\n%sinstead of\n%s\n", expected->what,
                tries ? ", tried first" : "", found, expected->expected);
    replayed_release(&replayed);
    return agrees;
}

/* What was tried is done again, not carried out once more: all the same. */
#define replayed_check_cases(cases)                                \
    for (size_t i = 0; i < sizeof(cases) / sizeof *(cases); i++) { \
        assert_true(replayed_agrees(&(cases)[i], false));          \
        assert_true(replayed_agrees(&(cases)[i], true));           \
    }

#endif
