/*
 * Judges one file at a time, by its name, its text, and the project files and
 * names around it. Grouping asks this for every file, discovery for a file
 * that was named by hand, so that both look for its history in one place.
 */
#include "input/recognise.h"

#include "base/map.h"
#include "base/pattern.h"
#include "input/database.h"
#include "input/folder.h"
#include "input/path.h"
#include "input/placement.h"
#include "input/project.h"
#include "input/tool_rows.h"

#include <string.h>

enum { GROUP_COUNT = 5, TOOL_COUNT_MAX = 64 };

struct recogniser {
    struct arena *arena;
    const struct tool *forced;
    struct project project;
    /* By row of the table; null while not needed. */
    struct pattern *patterns[TOOL_COUNT_MAX];
    /* Which tool's markers a folder's files have; by folder. */
    struct map marked;
    struct placer placer;
    struct map providers; /* bool *, by folder with a migration_lock.toml */
    /* Of the files before: most files have the folder of the one before. */
    struct slice other_folder;
    bool is_other_folder;
};

struct recogniser *recogniser_new(struct arena *arena,
                                  const struct tool *forced)
{
    struct recogniser *recogniser = arena_alloc(arena, sizeof *recogniser);

    recogniser->arena = arena;
    recogniser->forced = forced;
    recogniser->project = project_of(arena);
    recogniser->placer.arena = arena;
    return recogniser;
}

void recogniser_free(struct recogniser *recogniser)
{
    for (size_t i = 0; i < TOOL_COUNT_MAX; i++)
        pattern_free(recogniser->patterns[i]);
}

struct project *recogniser_project(struct recogniser *recogniser)
{
    return &recogniser->project;
}

static struct pattern *pattern_of(struct recogniser *recogniser,
                                  const struct tool *tool)
{
    size_t row = 0;
    struct error error;

    while (tool_at(row) != tool)
        row++;
    if (!recogniser->patterns[row])
        recogniser->patterns[row] =
            pattern_compile(slice_from(tool->pattern), false, &error);
    return recogniser->patterns[row];
}

static enum migration_role role_of(struct slice word)
{
    if (slice_equal(word, SLICE("down")) || slice_equal(word, SLICE("U")) ||
        slice_equal(word, SLICE("undo")) ||
        slice_equal(word, SLICE("revert")) ||
        slice_equal(word, SLICE(".rollback")))
        return ROLE_DOWN;
    if (slice_equal(word, SLICE("R")))
        return ROLE_REPEATABLE;
    return slice_equal(word, SLICE("B")) ? ROLE_BASELINE : ROLE_UP;
}

static bool may_match(const struct tool *tool, struct slice unit)
{
    const char *initials = tool->initials ? tool->initials : "0123456789";

    return tool->pattern && unit.length &&
           (!*initials || memchr(initials, unit.start[0], strlen(initials)));
}

bool recognise_name(struct recogniser *recogniser, const struct tool *tool,
                    struct slice unit, struct migration_name *name)
{
    struct slice groups[GROUP_COUNT] = {{NULL, 0}};

    if (!may_match(tool, unit) ||
        !pattern_match(pattern_of(recogniser, tool), unit, groups, GROUP_COUNT))
        return false;
    *name = (struct migration_name){0};
    name->version = groups[tool->groups.version];
    if (tool->groups.description)
        name->description = groups[tool->groups.description];
    if (tool->groups.role)
        name->role = role_of(groups[tool->groups.role]);
    return true;
}

/* A file and where it stands, in words that the tools' rows use. */
struct candidate {
    struct source *source;
    struct slice text;   /* without a byte order mark */
    struct slice folder; /* "" is the current one */
    struct slice name;
};

static struct candidate candidate_of(struct source *source)
{
    struct slice path = slice_from(source->path);
    struct candidate candidate = {
        .source = source,
        .text = slice_part(source->text, source->body, source->text.length),
        .folder = path_folder(path),
        .name = path_name(path),
    };

    return candidate;
}

/* The file is this tool's by its name. */
static bool has_name_of(struct recogniser *recogniser, const struct tool *tool,
                        const struct candidate *candidate,
                        struct placement *placement,
                        struct migration_name *name)
{
    if (!recognise_name(recogniser, tool, placement->unit, name))
        return false;
    if (placement->part.length && name->role == ROLE_UP)
        name->role = role_of(placement->part);
    return placement_find_in_list(&recogniser->placer, tool,
                                  candidate->source->path, placement, name);
}

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
 * the path below the current folder.
 */
static struct slice path_below_root(struct recogniser *recogniser,
                                    struct slice folder)
{
    const char *root = project_root(&recogniser->project, folder);
    const char *path;

    if (!root)
        return path_below(folder,
                          placement_current_folder(&recogniser->placer));
    path = path_canonical(recogniser->arena, folder);
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

/* The provider in Prisma's migration_lock.toml is another database. */
static bool prisma_is_other(struct recogniser *recogniser, struct slice folder)
{
    struct arena *arena = recogniser->arena;
    bool *is_other = map_find(&recogniser->providers, folder);

    if (!is_other) {
        is_other = arena_alloc(arena, sizeof *is_other);
        *is_other = names_other_provider(
            path_join(arena, folder, SLICE("migration_lock.toml")));
        map_put(arena, &recogniser->providers, folder, is_other);
    }
    return *is_other;
}

/* 3_init_mysql.sql beside 3_init_postgres.sql. */
static bool has_twin(struct recogniser *recogniser,
                     const struct candidate *candidate)
{
    struct slice name = candidate->name;
    struct file_identity ignored;
    size_t offset, length;
    const char *word;

    if (!database_may_have_twin(name, &offset, &length))
        return false;
    for (size_t i = 0; (word = database_own_word(i)); i++) {
        const char *twin = arena_format(
            recogniser->arena, "%.*s%s%.*s", (int)offset, name.start, word,
            (int)(name.length - offset - length), name.start + offset + length);

        if (folder_identify(path_join(recogniser->arena, candidate->folder,
                                      slice_from(twin)),
                            &ignored))
            return true;
    }
    return false;
}

static bool is_other_folder(struct recogniser *recogniser, struct slice folder)
{
    struct slice path;

    if (recogniser->other_folder.start &&
        slice_equal(recogniser->other_folder, folder))
        return recogniser->is_other_folder;
    path = folder;
    if (!slice_has_prefix(folder, SLICE("/")))
        path = slice_from(
            path_join(recogniser->arena,
                      placement_current_folder(&recogniser->placer), folder));
    /* The root is looked for only where it can make a difference. */
    recogniser->is_other_folder =
        database_is_other_folder(path) &&
        database_is_other_folder(path_below_root(recogniser, folder));
    recogniser->other_folder = folder;
    return recogniser->is_other_folder;
}

static bool is_other_database(struct recogniser *recogniser,
                              const struct candidate *candidate)
{
    switch (database_owner_of_name(candidate->name)) {
    case DATABASE_OTHER: return true;
    case DATABASE_POSTGRESQL: break;
    case DATABASE_UNKNOWN:
        if (is_other_folder(recogniser, candidate->folder))
            return true;
    }
    /* Changesets for other databases may stand beside PostgreSQL's. */
    return has_twin(recogniser, candidate) ||
           (database_is_other_by_text(candidate->text) &&
            !changesets_have_marker(candidate->text));
}

/* sqlc, PugSQL and the like: queries with names, never migrations. */
static bool is_query_file(struct slice text)
{
    struct slice start = slice_trim(slice_part(text, 0, 4096));

    return slice_has_prefix(start, SLICE("-- name:")) ||
           slice_has_prefix(start, SLICE("-- :name")) ||
           slice_has_prefix(start, SLICE("/* @name"));
}

static const struct tool *tool_by_marker(struct slice text)
{
    for (size_t i = 0; tool_at(i); i++) {
        const struct tool *tool = tool_at(i);

        if (tool->has_marker && tool->has_marker(text))
            return tool;
    }
    return NULL;
}

/* A numbered name that says nothing about the direction. */
static bool is_numbered(struct slice name)
{
    size_t at = 0;

    while (at < name.length && name.start[at] >= '0' && name.start[at] <= '9')
        at++;
    return at > 0 && at < name.length && folder_is_sql_name(name);
}

static const struct tool *marker_of_file(struct recogniser *recogniser,
                                         struct slice folder, struct slice name)
{
    struct source source =
        source_of_path(path_join(recogniser->arena, folder, name));
    const struct tool *tool = NULL;
    struct error error;

    if (source_load(&source, &error))
        tool = tool_by_marker(
            slice_part(source.text, source.body, source.text.length));
    source_unload(&source);
    return tool;
}

/*
 * The tool whose markers the folder's other files have: a migration of which
 * the author forgot the marker is one all the same. The first and the last
 * numbered file answer for all. Null if there is none.
 */
static const struct tool *marker_of_folder(struct recogniser *recogniser,
                                           struct slice folder)
{
    const struct tool *tool = map_find(&recogniser->marked, folder);
    struct folder_entry_array entries = {0};
    struct slice first = {NULL, 0}, last = {NULL, 0};
    struct error error;

    if (tool)
        return tool == tool_plain() ? NULL : tool;
    if (folder_list(recogniser->arena, folder, &entries, &error)) {
        for (size_t i = 0; i < entries.count; i++) {
            if (entries.items[i].kind != FOLDER_FILE ||
                !is_numbered(entries.items[i].name))
                continue;
            if (!first.start)
                first = entries.items[i].name;
            last = entries.items[i].name;
        }
    }
    if (first.start)
        tool = marker_of_file(recogniser, folder, first);
    if (!tool && last.start)
        tool = marker_of_file(recogniser, folder, last);
    map_put(recogniser->arena, &recogniser->marked, folder,
            (void *)(uintptr_t)(tool ? tool : tool_plain()));
    return tool;
}

static bool is_of_project(struct recogniser *recogniser,
                          const struct tool *tool,
                          const struct candidate *candidate,
                          const struct placement *placement)
{
    if (!may_match(tool, placement->unit))
        return false;
    return (tool->has_marker && tool->has_marker(candidate->text)) ||
           (tool->has_own_name &&
            tool->has_own_name(recogniser->arena, candidate->folder,
                               candidate->name)) ||
           (project_words(&recogniser->project, placement->folder) &
            tool->project);
}

/*
 * Whether the file is the tool's if it has a name of the tool's. Markers are
 * found faster than names are taken apart, and project files are read once for
 * each folder, but only where the name may be one.
 */
static bool is_evident(struct recogniser *recogniser, const struct tool *tool,
                       const struct candidate *candidate,
                       const struct placement *placement)
{
    switch (tool->evidence) {
    case TOOL_BY_NAME: return true;
    case TOOL_BY_MARKER: return tool->has_marker(candidate->text);
    case TOOL_BY_PROJECT:
        return is_of_project(recogniser, tool, candidate, placement);
    case TOOL_BY_FOLDER:
        return may_match(tool, placement->unit) &&
               placement_is_own_folder(&recogniser->placer, tool,
                                       placement->folder);
    case TOOL_BY_SETTING: return false;
    }
    return false;
}

/* Standard input without a name is what the settings or its markers say. */
static const struct tool *tool_of_nameless(const struct recogniser *recogniser,
                                           const struct candidate *candidate,
                                           struct migration_name *name)
{
    const struct tool *tool = recogniser->forced;

    *name = (struct migration_name){.role = ROLE_UP};
    if (!tool)
        return tool_by_marker(candidate->text);
    return tool_has_history(tool) ? tool : NULL;
}

static const struct tool *find_tool(struct recogniser *recogniser,
                                    const struct candidate *candidate,
                                    struct placement *placement,
                                    struct migration_name *name)
{
    const struct tool *tool = recogniser->forced;

    if (slice_equal(candidate->name, SLICE("<stdin>")))
        return tool_of_nameless(recogniser, candidate, name);
    if (tool)
        return placement_find(&recogniser->placer, tool,
                              candidate->source->path, placement) &&
                       has_name_of(recogniser, tool, candidate, placement, name)
                   ? tool
                   : NULL;
    for (size_t i = 0; (tool = tool_at(i)); i++) {
        if (placement_find(&recogniser->placer, tool, candidate->source->path,
                           placement) &&
            is_evident(recogniser, tool, candidate, placement) &&
            has_name_of(recogniser, tool, candidate, placement, name))
            return tool;
    }
    if (!is_numbered(candidate->name))
        return NULL;
    tool = marker_of_folder(recogniser, candidate->folder);
    if (tool && !tool->is_generator &&
        placement_find(&recogniser->placer, tool, candidate->source->path,
                       placement) &&
        has_name_of(recogniser, tool, candidate, placement, name))
        return tool;
    return NULL;
}

struct verdict recognise(struct recogniser *recogniser, struct source *source)
{
    struct verdict verdict = {.kind = VERDICT_PLAIN, .tool = tool_plain()};
    const struct tool *tool;
    struct candidate candidate;
    struct placement placement = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    struct migration_name name;
    struct error error;

    if (!source_load(source, &error)) {
        verdict.kind = VERDICT_UNREADABLE;
        verdict.message = arena_copy(recogniser->arena, slice_from(error.text));
        return verdict;
    }
    candidate = candidate_of(source);
    verdict.folder = candidate.folder;
    if (is_other_database(recogniser, &candidate)) {
        verdict.kind = VERDICT_OTHER_DATABASE;
        return verdict;
    }
    tool = find_tool(recogniser, &candidate, &placement, &name);
    if (!tool || is_query_file(candidate.text))
        return verdict;
    if (tool->is_replaced &&
        tool->is_replaced(recogniser->arena, candidate.folder,
                          candidate.name)) {
        verdict.kind = VERDICT_OTHER_DATABASE;
        return verdict;
    }
    verdict.tool = tool;
    verdict.name = name;
    verdict.kind = VERDICT_MIGRATION;
    verdict.folder = placement.folder;
    if (tool->role && name.role == ROLE_UP)
        verdict.name.role = tool->role(candidate.text);
    if (slice_has_prefix(slice_from(tool_name(tool)), SLICE("prisma")) &&
        prisma_is_other(recogniser, verdict.folder))
        verdict.kind = VERDICT_OTHER_DATABASE;
    if (tool->list &&
        placement_listing(&recogniser->placer, tool, placement.folder)
            ->is_other_database)
        verdict.kind = VERDICT_OTHER_DATABASE;
    return verdict;
}
