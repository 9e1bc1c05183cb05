/*
 * Looks upward from a folder. File names alone do not always tell the
 * migration tool: 1_users.up.sql may be golang-migrate's, pop's or sqlx's, and
 * the nearest go.mod or Cargo.toml that names one of them decides.
 */
#include "input/project.h"

#include "input/path.h"
#include "input/source.h"

#include <string.h>
#include <sys/stat.h>

struct project project_of(struct arena *arena)
{
    return (struct project){.arena = arena};
}

static bool exists(struct project *project, struct slice folder,
                   struct slice name)
{
    struct stat status;

    return stat(path_join(project->arena, folder, name), &status) == 0;
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* The word stands in the text by itself: not sqlx in "sqlx-postgres", a
 * feature of another crate, and not behind a #. */
static bool has_word(struct slice text, struct slice word)
{
    while (text.length) {
        size_t end = slice_find(text, SLICE("\n")), at, behind;
        struct slice line;

        if (end == SLICE_NOT_FOUND)
            end = text.length;
        line = slice_part(text, 0, end);
        line = slice_part(line, 0, slice_find(line, SLICE("#")));
        text = slice_part(text, end + 1, text.length);
        at = slice_find(line, word);
        behind = at + word.length;
        if (at != SLICE_NOT_FOUND &&
            (at == 0 || !is_name_byte(line.start[at - 1])) &&
            (behind == line.length || !is_name_byte(line.start[behind])))
            return true;
    }
    return false;
}

/* A file that tells a tool, by being there or by a word in it. */
struct project_file {
    const char *name;
    const char *word; /* null: the file alone says it */
    enum project_word means;
};

static const struct project_file files[] = {
    {"Cargo.toml", "sqlx", PROJECT_SQLX},
    {"Cargo.toml", "refinery", PROJECT_REFINERY},
    {".sqlx", NULL, PROJECT_SQLX},
    {"sqlx.toml", NULL, PROJECT_SQLX},
    {"sqlx-data.json", NULL, PROJECT_SQLX},
    {"go.mod", "golang-migrate", PROJECT_GOLANG_MIGRATE},
    {"go.mod", "gobuffalo/pop", PROJECT_POP},
    {"go.mod", "jackc/tern", PROJECT_TERN},
    {"tern.conf", NULL, PROJECT_TERN},
    {"package.json", "node-pg-migrate", PROJECT_NODE_PG_MIGRATE},
    {"package.json", "postgrator", PROJECT_POSTGRATOR},
    {".postgratorrc.json", NULL, PROJECT_POSTGRATOR},
    {"config.yaml", "metadata_directory", PROJECT_HASURA},
    {"config.yaml", "migrations_directory", PROJECT_HASURA},
    {".gmrc", NULL, PROJECT_GRAPHILE_MIGRATE},
    {".gmrc.js", NULL, PROJECT_GRAPHILE_MIGRATE},
    {"yoyo.ini", NULL, PROJECT_YOYO},
};

#define FILE_COUNT (sizeof files / sizeof *files)

/* What the files of this one folder say. Rows of one file stand together, so
 * that it is read once. */
static unsigned words_in(struct project *project, struct slice folder)
{
    struct source source = source_of_path("");
    const char *loaded = "";
    unsigned words = 0;
    struct error error;

    for (size_t i = 0; i < FILE_COUNT; i++) {
        const struct project_file *file = &files[i];
        const char *path =
            path_join(project->arena, folder, slice_from(file->name));

        if (!file->word) {
            if (exists(project, folder, slice_from(file->name)))
                words |= file->means;
            continue;
        }
        if (strcmp(loaded, file->name) != 0) {
            source_unload(&source);
            source = source_of_path(path);
            source_load(&source, &error);
            loaded = file->name;
        }
        if (source.is_loaded && has_word(source.text, slice_from(file->word)))
            words |= file->means;
    }
    source_unload(&source);
    return words;
}

/* The same for a folder by its canonical path, once for each. */
static unsigned words_once(struct project *project, struct slice folder)
{
    unsigned *words = map_find(&project->levels, folder);

    if (!words) {
        words = arena_alloc(project->arena, sizeof *words);
        *words = words_in(project, folder);
        map_put(project->arena, &project->levels, folder, words);
    }
    return *words;
}

unsigned project_words(struct project *project, struct slice folder)
{
    unsigned *words = map_find(&project->words, folder);
    const char *path;
    struct slice at;

    if (words)
        return *words;
    words = arena_alloc(project->arena, sizeof *words);
    map_put(project->arena, &project->words, folder, words);
    path = path_canonical(project->arena, folder);
    if (!path)
        return 0;
    for (at = slice_from(path); *words == 0; at = path_folder(at)) {
        *words = words_once(project, at);
        if (at.length <= 1 || exists(project, at, SLICE(".git")))
            break;
    }
    return *words;
}

static const char *find_root(struct project *project, struct slice folder)
{
    const char *path = path_canonical(project->arena, folder);
    struct slice at = slice_from(path);

    while (at.length && !exists(project, at, SLICE(".git"))) {
        if (at.length == 1)
            return NULL;
        at = path_folder(at);
    }
    return at.length ? arena_copy(project->arena, at) : NULL;
}

const char *project_root(struct project *project, struct slice folder)
{
    /* An empty text stands for "none": the map has no null values. */
    const char *root = map_find(&project->roots, folder);

    if (!root) {
        root = find_root(project, folder);
        map_put(project->arena, &project->roots, folder,
                root ? (void *)(uintptr_t)root
                     : arena_alloc(project->arena, 1));
    }
    return root && *root ? root : NULL;
}
