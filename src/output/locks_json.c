/*
 * What statements lock, for programs: one JSON document, a statement a line,
 * all keys always there and in this order (pgsquint(1), "LOCKS").
 */
#include "output/json_writer.h"
#include "output/locks_job.h"

#define JSON_VERSION 1

static const char *kind_name(enum relation_kind kind)
{
    switch (kind) {
    case RELATION_TABLE: return "table";
    case RELATION_PARTITIONED_TABLE: return "partitioned table";
    case RELATION_FOREIGN_TABLE: return "foreign table";
    case RELATION_VIEW: return "view";
    case RELATION_MATERIALIZED_VIEW: return "materialized view";
    case RELATION_SEQUENCE: return "sequence";
    case RELATION_INDEX: return "index";
    case RELATION_COMPOSITE_TYPE: return "type";
    }
    return "";
}

static void add_lock(struct json_writer *writer, const struct lock *lock)
{
    json_open_object(writer, NULL);
    json_add_text(writer, "schema", lock->schema);
    json_add_text(writer, "name", lock->name);
    json_add_text(writer, "kind", kind_name(lock->kind));
    json_add_text(writer, "mode", lock_mode_name(lock->mode));
    json_close_object(writer);
}

static void add_work(struct json_writer *writer, const struct work *work)
{
    json_open_object(writer, NULL);
    json_add_text(writer, "kind", work_kind_name(work->kind));
    json_add_text(writer, "schema", work->schema);
    json_add_text(writer, "name", work->name);
    json_close_object(writer);
}

static void add_effects(struct json_writer *writer,
                        const struct effects *effects)
{
    json_add_text(writer, "fails", effects->fails);
    json_open_array(writer, "locks");
    for (size_t i = 0; i < effects->locks.count; i++)
        add_lock(writer, &effects->locks.items[i]);
    json_close_array(writer);
    json_open_array(writer, "work");
    for (size_t i = 0; i < effects->work.count; i++)
        add_work(writer, &effects->work.items[i]);
    json_close_array(writer);
}

static void begin(struct locks_job *job)
{
    buffer_add_format(&job->pending,
                      "{\"version\":%d,\"postgres_version\":%d,"
                      "\"statements\":[",
                      JSON_VERSION, job->postgres_version);
}

static void add(struct locks_job *job, const struct locks_entry *entry)
{
    const struct statement *statement = entry->statement;
    struct json_writer writer;

    buffer_add_text(&job->pending, job->has_statements ? ",\n" : "\n");
    job->has_statements = true;
    json_writer_init(&writer, &job->pending, false);
    json_open_object(&writer, NULL);
    json_add_text(&writer, "path", entry->source->path);
    json_add_number(&writer, "line", entry->position.line);
    json_add_number(&writer, "column", entry->position.column);
    json_add_number(&writer, "offset", entry->position.file_offset);
    json_add_number(&writer, "length", statement->length);
    json_add_slice(&writer, "sql",
                   statement_text(entry->source->text, statement));
    json_add_text(&writer, "transaction",
                  transaction_kind_name(entry->transaction_kind));
    add_effects(&writer, &entry->effects);
    json_close_object(&writer);
}

static void end_file(struct locks_job *job)
{
    (void)job;
}

static void end(struct locks_job *job)
{
    buffer_add_text(&job->pending, job->has_statements ? "\n]}\n" : "]}\n");
}

const struct locks_format locks_format_json = {
    .name = "json",
    .begin = begin,
    .add = add,
    .end_file = end_file,
    .end = end,
};
