/*
 * Looks upward from a folder. File names alone do not always tell the
 * migration tool: 1_users.up.sql may be golang-migrate's or sqlx's, and the
 * nearest go.mod or Cargo.toml that names one of them decides.
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

static bool file_has_word(struct project *project, struct slice folder,
                          struct slice name, struct slice word)
{
    struct source source =
        source_of_path(path_join(project->arena, folder, name));
    struct error error;
    bool has;

    if (!source_load(&source, &error))
        return false;
    has = has_word(source.text, word);
    source_unload(&source);
    return has;
}

/* What the files of this one folder name. */
static unsigned words_in(struct project *project, struct slice folder)
{
    unsigned words = 0;

    if (file_has_word(project, folder, SLICE("Cargo.toml"), SLICE("sqlx")))
        words |= PROJECT_SQLX;
    if (file_has_word(project, folder, SLICE("go.mod"),
                      SLICE("golang-migrate")))
        words |= PROJECT_GOLANG_MIGRATE;
    return words;
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
        *words = words_in(project, at);
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
