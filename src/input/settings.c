/*
 * Reads .pgsquint.yaml with libyaml's document API and copies the document to
 * a tree with positions. Called by main.c before anything else is read.
 *
 * libyaml compares every new anchor with all before it and, within brackets,
 * every token with all that are open: the limits on size and open brackets
 * bound its time. Its nodes may share children or contain themselves through
 * aliases, so the copy counts nodes and depth.
 */
#include "input/settings.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

#include "base/buffer.h"
#include "base/map.h"
#include "input/source.h"

/* Anything but "there is none" counts: a broken link is an error later, not a
 * reason to look further up. */
static bool exists(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

/* How many folders stand above the current one. */
static size_t folders_above(struct arena *arena)
{
    size_t size = 4096, count = 0;
    char *folder = arena_alloc(arena, size);

    if (!getcwd(folder, size))
        return 0;
    for (const char *c = folder; *c; c++)
        count += c[0] == '/' && c[1];
    return count;
}

const char *settings_find(struct arena *arena)
{
    size_t above_max = folders_above(arena), above = 0;
    struct buffer up; /* "../" as often as we have gone up */

    buffer_init(&up, arena);
    while (!exists(arena_format(arena, "%s.git", buffer_text(&up)))) {
        if (above == above_max)
            break;
        buffer_add_text(&up, "../");
        above++;
    }
    if (!exists(arena_format(arena, "%s.git", buffer_text(&up))))
        above = 0;
    for (size_t i = 0; i <= above; i++) {
        const char *path = arena_format(arena, "%.*s" SETTINGS_FILE_NAME,
                                        (int)(3 * i), buffer_text(&up));

        if (exists(path))
            return path;
    }
    return NULL;
}

/* What the copying of one document shares. */
struct copying {
    struct arena *arena;
    struct settings *settings;
    yaml_document_t *document;
    size_t node_count; /* so far */
    struct error *error;
};

static bool refuse(struct copying *copying, yaml_mark_t mark,
                   const char *message)
{
    copying->settings->place =
        arena_format(copying->arena, "%s:%zu:%zu", copying->settings->path,
                     mark.line + 1, mark.column + 1);
    return error_set(copying->error, "%s", message);
}

static bool copy_node(struct copying *copying, int index, size_t depth,
                      struct settings_node *copy);

static bool copy_list(struct copying *copying, const yaml_node_t *node,
                      size_t depth, struct settings_node *copy)
{
    const yaml_node_item_t *first = node->data.sequence.items.start;
    size_t count = (size_t)(node->data.sequence.items.top - first);
    struct settings_node *items;

    if (count > SETTINGS_NODE_COUNT_MAX - copying->node_count)
        return refuse(copying, node->start_mark, "too many values");
    items = arena_alloc(copying->arena, count * sizeof *items);
    for (size_t i = 0; i < count; i++) {
        if (!copy_node(copying, first[i], depth + 1, &items[i]))
            return false;
    }
    copy->kind = SETTINGS_LIST;
    copy->items = items;
    copy->count = count;
    return true;
}

static bool copy_key(struct copying *copying, int index, size_t depth,
                     struct map *keys, struct settings_node *key)
{
    yaml_mark_t mark;
    const struct settings_node *first;

    if (!copy_node(copying, index, depth, key))
        return false;
    mark = (yaml_mark_t){.line = key->line - 1, .column = key->column - 1};
    if (key->kind != SETTINGS_SCALAR)
        return refuse(copying, mark, "a key must be a word");
    first = map_find(keys, key->text);
    if (first)
        return refuse(copying, mark,
                      arena_format(copying->arena,
                                   "\"%s\" is set twice (first on line %zu)",
                                   key->text.start, first->line));
    map_put(copying->arena, keys, key->text, key);
    return true;
}

static bool copy_mapping(struct copying *copying, const yaml_node_t *node,
                         size_t depth, struct settings_node *copy)
{
    const yaml_node_pair_t *first = node->data.mapping.pairs.start;
    size_t count = (size_t)(node->data.mapping.pairs.top - first);
    struct settings_node *keys, *items;
    struct map known = {0};

    if (count > SETTINGS_NODE_COUNT_MAX - copying->node_count)
        return refuse(copying, node->start_mark, "too many values");
    keys = arena_alloc(copying->arena, count * sizeof *keys);
    items = arena_alloc(copying->arena, count * sizeof *items);
    for (size_t i = 0; i < count; i++) {
        if (!copy_key(copying, first[i].key, depth + 1, &known, &keys[i]) ||
            !copy_node(copying, first[i].value, depth + 1, &items[i]))
            return false;
    }
    copy->kind = SETTINGS_MAPPING;
    copy->keys = keys;
    copy->items = items;
    copy->count = count;
    return true;
}

static bool copy_scalar(struct copying *copying, const yaml_node_t *node,
                        struct settings_node *copy)
{
    struct slice text = {(const char *)node->data.scalar.value,
                         node->data.scalar.length};

    if (text.length && memchr(text.start, '\0', text.length))
        return refuse(copying, node->start_mark,
                      "a value cannot have a NUL character");
    copy->kind = SETTINGS_SCALAR;
    copy->text = arena_copy_slice(copying->arena, text);
    copy->is_plain = node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    return true;
}

/* No tag (!!int, !secret) means anything to us; libyaml fills in these. */
static bool has_tag(const yaml_node_t *node)
{
    const char *tag = (const char *)node->tag;

    return strcmp(tag, YAML_DEFAULT_SCALAR_TAG) != 0 &&
           strcmp(tag, YAML_DEFAULT_SEQUENCE_TAG) != 0 &&
           strcmp(tag, YAML_DEFAULT_MAPPING_TAG) != 0;
}

/* The recursion is bounded by SETTINGS_DEPTH_MAX. */
static bool copy_node(struct copying *copying, int index, size_t depth,
                      struct settings_node *copy)
{
    const yaml_node_t *node = yaml_document_get_node(copying->document, index);

    if (depth > SETTINGS_DEPTH_MAX)
        return refuse(copying, node->start_mark, "nested too deeply");
    if (copying->node_count >= SETTINGS_NODE_COUNT_MAX)
        return refuse(copying, node->start_mark, "too many values");
    if (has_tag(node))
        return refuse(copying, node->start_mark, "tags are not understood");
    copying->node_count++;
    *copy = (struct settings_node){
        .line = node->start_mark.line + 1,
        .column = node->start_mark.column + 1,
    };
    switch (node->type) {
    case YAML_SEQUENCE_NODE: return copy_list(copying, node, depth, copy);
    case YAML_MAPPING_NODE: return copy_mapping(copying, node, depth, copy);
    case YAML_SCALAR_NODE: return copy_scalar(copying, node, copy);
    case YAML_NO_NODE: break;
    }
    return refuse(copying, node->start_mark, "not a value");
}

/* The reader of libyaml gives a byte offset instead of a line and column. */
static yaml_mark_t mark_at(struct slice text, size_t offset)
{
    yaml_mark_t mark = {0};

    for (size_t i = 0; i < offset && i < text.length; i++) {
        if (text.start[i] == '\n') {
            mark.line++;
            mark.column = 0;
        } else if (((unsigned char)text.start[i] & 0xc0) != 0x80) {
            mark.column++;
        }
    }
    return mark;
}

static bool explain_parser(const yaml_parser_t *parser, struct slice text,
                           struct copying *copying)
{
    const char *problem = parser->problem ? parser->problem : "not YAML";

    switch (parser->error) {
    case YAML_READER_ERROR:
        return refuse(copying, mark_at(text, parser->problem_offset), problem);
    case YAML_COMPOSER_ERROR:
        if (parser->context)
            return refuse(copying, parser->problem_mark,
                          "an anchor of this name was there before");
        return refuse(copying, parser->problem_mark, problem);
    case YAML_SCANNER_ERROR:
    case YAML_PARSER_ERROR:
        if (!parser->context)
            return refuse(copying, parser->problem_mark, problem);
        return refuse(
            copying, parser->problem_mark,
            arena_format(copying->arena, "%s %s", problem, parser->context));
    case YAML_NO_ERROR:
    case YAML_MEMORY_ERROR:
    case YAML_WRITER_ERROR:
    case YAML_EMITTER_ERROR: break;
    }
    arena_exhausted();
}

/* The parser's next document, copied; *root stays null at the end. */
static bool load_document(yaml_parser_t *parser, struct slice text,
                          struct copying *copying, struct settings_node **root)
{
    yaml_document_t document;
    bool is_copied = true;

    if (!yaml_parser_load(parser, &document))
        return explain_parser(parser, text, copying);
    copying->document = &document;
    if (yaml_document_get_root_node(&document)) {
        *root = arena_alloc(copying->arena, sizeof **root);
        is_copied = copy_node(copying, 1, 1, *root);
    }
    yaml_document_delete(&document);
    return is_copied;
}

/* More brackets opened than closed than any document needs; those in comments
 * and quotes count too, since only libyaml can tell. */
#define OPEN_BRACKETS_MAX 1000

static bool has_too_many_brackets(struct slice text)
{
    size_t open = 0;

    for (size_t i = 0; i < text.length && open <= OPEN_BRACKETS_MAX; i++) {
        char c = text.start[i];

        if (c == '[' || c == '{')
            open++;
        else if ((c == ']' || c == '}') && open)
            open--;
    }
    return open > OPEN_BRACKETS_MAX;
}

static bool read_text(struct copying *copying, struct slice text)
{
    struct settings_node *root = NULL, *second = NULL;
    yaml_parser_t parser;
    bool is_read;

    if (text.length > SETTINGS_SIZE_MAX)
        return refuse(copying, (yaml_mark_t){0},
                      arena_format(copying->arena,
                                   "a settings file may have %zu bytes, this "
                                   "has %zu",
                                   SETTINGS_SIZE_MAX, text.length));
    if (has_too_many_brackets(text))
        return refuse(copying, (yaml_mark_t){0}, "nested too deeply");
    if (!yaml_parser_initialize(&parser))
        arena_exhausted();
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.start,
                                 text.length);
    is_read = load_document(&parser, text, copying, &root) &&
              (!root || load_document(&parser, text, copying, &second));
    yaml_parser_delete(&parser);
    if (is_read && second)
        return refuse(copying,
                      (yaml_mark_t){.line = second->line - 1,
                                    .column = second->column - 1},
                      "a settings file has one document, this has a second");
    copying->settings->root = root;
    return is_read;
}

static const char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return ".";
    if (slash == path)
        return "/";
    return arena_copy(arena, (struct slice){path, (size_t)(slash - path)});
}

enum settings_outcome settings_read(struct arena *arena, const char *path,
                                    struct settings *settings,
                                    struct error *error)
{
    struct copying copying = {.arena = arena,
                              .settings = settings,
                              .error = error};
    struct source source = source_of_path(path);
    bool is_right;

    *settings = (struct settings){
        .path = path,
        .folder = folder_of(arena, path),
    };
    if (!source_load(&source, error))
        return SETTINGS_UNREADABLE;
    is_right = read_text(&copying, source.text);
    source_unload(&source);
    return is_right ? SETTINGS_READ : SETTINGS_WRONG;
}
