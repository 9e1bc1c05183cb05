/*
 * The report for programs: one JSON document, stable and versioned, with all
 * keys always there and in this order (pgsquint(1), "JSON").
 *
 * JSON has no place for bytes that are no UTF-8; U+FFFD stands for them.
 */
#include <jansson.h>

#include "output/display.h"
#include "output/report.h"

#define JSON_VERSION 1

/* jansson returns null for text that is no UTF-8, which we do not give it, and
 * when memory runs out. */
static json_t *required(json_t *value)
{
    if (!value)
        arena_exhausted();
    return value;
}

static void append(json_t *array, json_t *item)
{
    if (json_array_append_new(array, required(item)) != 0)
        arena_exhausted();
}

/* Null becomes JSON's null. */
static json_t *text_value(struct arena *arena, const char *text)
{
    if (!text)
        return json_null();
    return required(json_string(display_valid_utf8(arena, text)));
}

static json_int_t number(size_t value)
{
    return (json_int_t)value;
}

static json_t *notes_value(struct arena *arena, const struct finding *finding)
{
    json_t *notes = required(json_array());

    for (size_t i = 0; i < finding->notes.count; i++) {
        const struct finding_note *note = &finding->notes.items[i];

        append(notes,
               json_pack("{s:o, s:o, s:I, s:I}", "message",
                         text_value(arena, note->message), "path",
                         text_value(arena, note->path), "line",
                         number(note->line), "column", number(note->column)));
    }
    return notes;
}

static json_t *finding_value(struct arena *arena, const struct finding *finding)
{
    return json_pack(
        "{s:s, s:s, s:s, s:o, s:o, s:o, s:I, s:I, s:I, s:I, s:I, s:I, s:s, "
        "s:o, s:[]}",
        "rule", finding->rule->id, "family", family_name(finding->rule->family),
        "severity", severity_name(finding->severity), "message",
        text_value(arena, finding->message), "help",
        text_value(arena, finding->help), "path",
        text_value(arena, finding->path), "line", number(finding->line),
        "column", number(finding->column), "end_line",
        number(finding->end_line), "end_column", number(finding->end_column),
        "offset", number(finding->offset), "length", number(finding->length),
        "fingerprint", finding->fingerprint, "notes",
        notes_value(arena, finding), "fixes");
}

static json_t *errors_value(struct arena *arena,
                            const struct lint_result *result)
{
    json_t *errors = required(json_array());

    for (size_t i = 0; i < result->errors.count; i++) {
        const struct run_error *error = &result->errors.items[i];

        append(errors,
               json_pack("{s:o, s:o}", "path", text_value(arena, error->path),
                         "message", text_value(arena, error->message)));
    }
    return errors;
}

static json_t *tool_value(void)
{
    return json_pack("{s:s, s:s, s:s}", "name", "pgsquint", "version",
                     PGSQUINT_VERSION, "parser", parser_version());
}

static json_t *summary_value(const struct lint_result *result)
{
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "files",
                     number(result->files), "files_replayed",
                     number(result->files_replayed), "skipped",
                     number(result->skipped), "statements",
                     number(result->statements), "error",
                     number(report_count(result, SEVERITY_ERROR)), "warning",
                     number(report_count(result, SEVERITY_WARNING)), "info",
                     number(report_count(result, SEVERITY_INFO)), "suppressed",
                     number(result->suppressed));
}

static int add_piece(const char *piece, size_t size, void *closure)
{
    buffer_add(closure, (struct slice){piece, size});
    return 0;
}

/* Adds the value, which is given up. */
static void add_value(struct buffer *buffer, json_t *value)
{
    if (json_dump_callback(required(value), add_piece, buffer,
                           JSON_COMPACT | JSON_ENCODE_ANY) != 0)
        arena_exhausted();
    json_decref(value);
}

/* A finding a line, built one at a time: there may be very many. */
static void add_findings(struct buffer *buffer,
                         const struct report_settings *settings,
                         const struct lint_result *result)
{
    const char *separator = "\n";

    for (size_t i = 0; i < result->findings.count; i++) {
        const struct finding *finding = result->findings.items[i];

        if (finding->severity < settings->level)
            continue;
        buffer_add_text(buffer, separator);
        add_value(buffer, finding_value(buffer->arena, finding));
        separator = ",\n";
    }
}

void report_json(struct buffer *buffer, const struct report_settings *settings,
                 const struct lint_result *result)
{
    buffer_add_format(buffer, "{\"version\":%d,\"tool\":", JSON_VERSION);
    add_value(buffer, tool_value());
    buffer_add_format(buffer, ",\"postgres_version\":%d,\n\"findings\":[",
                      settings->postgres_version);
    add_findings(buffer, settings, result);
    buffer_add_text(buffer, "],\n\"errors\":");
    add_value(buffer, errors_value(buffer->arena, result));
    buffer_add_text(buffer, ",\n\"summary\":");
    add_value(buffer, summary_value(result));
    buffer_add_text(buffer, "}\n");
}
