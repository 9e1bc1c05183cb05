/*
 * Tells other databases' files by where they stand. Called by recognise.c for
 * every file, before any tool is thought of; what can be answered once for a
 * folder is.
 */
#include "input/other_database.h"

#include "input/database.h"
#include "input/folder.h"
#include "input/path.h"
#include "input/tool_rows.h"

/* What of the path is below that folder; all of it if it is elsewhere. */
static struct slice path_below(struct slice path, struct slice folder)
{
    if (slice_has_prefix(path, folder) &&
        (path.length == folder.length || path.start[folder.length] == '/'))
        return slice_part(path, folder.length, path.length);
    return path;
}

/*
 * The folder's path below its repository's root, so that the current folder
 * makes no difference, nor what a home folder is called. Without a repository,
 * the path below the current folder, else from the folder on that was named.
 */
static struct slice path_below_root(struct other_database *other,
                                    const struct source *source,
                                    struct slice folder)
{
    const char *root = project_root(other->project, folder);
    struct slice current = placement_current_folder(other->placer);
    const char *path;

    if (!root && current.length > 1 &&
        path_below(folder, current).start != folder.start)
        return path_below(folder, current);
    if (!root)
        return slice_part(folder, source->named, folder.length);
    path = path_canonical(other->arena, folder);
    return path_below(slice_from(path), slice_from(root));
}

static bool names_other_provider(const char *path)
{
    struct source lock = source_of_path(path);
    struct error error;
    bool is_other = false;

    if (!source_load(&lock, &error))
        return false;
    if (slice_find(lock.text, SLICE("provider")) != SLICE_NOT_FOUND)
        is_other = slice_find(lock.text, SLICE("postgres")) == SLICE_NOT_FOUND;
    source_unload(&lock);
    return is_other;
}

bool other_database_has_prisma(struct other_database *other,
                               struct slice folder)
{
    struct arena *arena = other->arena;
    bool *is_other = map_find(&other->providers, folder);

    if (!is_other) {
        is_other = arena_alloc(arena, sizeof *is_other);
        *is_other = names_other_provider(
            path_join(arena, folder, SLICE("migration_lock.toml")));
        map_put(arena, &other->providers, folder, is_other);
    }
    return *is_other;
}

/* 3_init_mysql.sql beside 3_init_postgres.sql. */
static bool has_twin(struct other_database *other, struct slice folder,
                     struct slice name)
{
    struct file_identity ignored;
    size_t offset, length;
    const char *word;

    if (!database_may_have_twin(name, &offset, &length))
        return false;
    for (size_t i = 0; (word = database_own_word(i)); i++) {
        const char *twin = arena_format(
            other->arena, "%.*s%s%.*s", (int)offset, name.start, word,
            (int)(name.length - offset - length), name.start + offset + length);

        if (folder_identify(path_join(other->arena, folder, slice_from(twin)),
                            &ignored))
            return true;
    }
    return false;
}

static bool is_other_folder(struct other_database *other,
                            const struct source *source)
{
    struct slice folder = path_folder(slice_from(source->path)), path;

    if (other->folder.start && slice_equal(other->folder, folder))
        return other->is_folder;
    path = folder;
    if (!slice_has_prefix(folder, SLICE("/")))
        path = slice_from(path_join(
            other->arena, placement_current_folder(other->placer), folder));
    /* The root is looked for only where it can make a difference. */
    other->is_folder =
        database_is_other_folder(path) &&
        database_is_other_folder(path_below_root(other, source, folder));
    other->folder = folder;
    return other->is_folder;
}

/* A file of changesets may have some for other databases beside PostgreSQL's. */
bool other_database_has_file(struct other_database *other,
                             const struct source *source)
{
    struct slice path = slice_from(source->path), name = path_name(path);
    struct slice text = slice_part(source->text, source->body, SIZE_MAX);

    switch (database_owner_of_name(name)) {
    case DATABASE_OTHER: return true;
    case DATABASE_POSTGRESQL: break;
    case DATABASE_UNKNOWN:
        if (is_other_folder(other, source))
            return true;
    }
    return has_twin(other, path_folder(path), name) ||
           (database_is_other_by_text(text) && !changesets_have_marker(text));
}
