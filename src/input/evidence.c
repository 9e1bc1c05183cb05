/*
 * Looks for what shows that a file is a tool's. Called by recognise.c for every
 * file and most tools, so that what depends on the folder is asked once for it,
 * and texts are read for marks only where a comment may be one.
 */
#include "input/evidence.h"

#include "input/folder.h"
#include "input/path.h"
#include "input/sections.h"

static char to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* One of 64 bits for what begins with these two letters, whatever their
 * case. */
static uint64_t initials_bit(char first, char second)
{
    unsigned hash = (unsigned char)to_lower(first) * 7U;

    if (first != '\n')
        hash += (unsigned char)to_lower(second);
    return UINT64_C(1) << (hash & 63);
}

static bool is_hyphen_or_blank(char c)
{
    return c == '-' || (c != '\n' && sections_is_space(c));
}

/* What stands behind two hyphens or more, and blanks. All tools' marks are such
 * comments, and most files have none that begins as a mark does. */
static uint64_t comment_initials(struct slice text)
{
    uint64_t initials = 0;
    size_t at = 0, found;

    while ((found = slice_find(slice_part(text, at, text.length),
                               SLICE("--"))) != SLICE_NOT_FOUND) {
        at += found + 2;
        while (at < text.length && is_hyphen_or_blank(text.start[at]))
            at++;
        if (at + 1 < text.length)
            initials |= initials_bit(text.start[at], text.start[at + 1]);
    }
    return initials;
}

struct candidate candidate_of(struct placer *placer, struct source *source)
{
    struct slice path = slice_from(source->path);
    struct candidate candidate = {
        .source = source,
        .text = slice_part(source->text, source->body, source->text.length),
        .folder = path_folder(path),
        .name = path_name(path),
    };

    candidate.around = placement_surroundings(placer, candidate.folder);
    candidate.comment_initials = comment_initials(candidate.text);
    return candidate;
}

struct evidence evidence_of(struct arena *arena, struct project *project,
                            struct placer *placer)
{
    struct evidence evidence = {.arena = arena,
                                .project = project,
                                .placer = placer};

    for (size_t row = 0; tool_at(row); row++) {
        const char *initials = tool_at(row)->marker_initials;

        for (; initials && *initials; initials += initials[1] ? 2 : 1)
            evidence.initials[row] |= initials_bit(initials[0], initials[1]);
    }
    return evidence;
}

static bool has_marker(const struct evidence *evidence, const struct tool *tool,
                       const struct candidate *candidate)
{
    return (candidate->comment_initials & evidence->initials[tool_row(tool)]) &&
           tool->has_marker(candidate->text);
}

const struct tool *evidence_in_text(struct slice text)
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

static const struct tool *marker_of_file(struct evidence *evidence,
                                         struct slice folder, struct slice name)
{
    struct source source =
        source_of_path(path_join(evidence->arena, folder, name));
    const struct tool *tool = NULL;
    struct error error;

    if (source_load(&source, &error))
        tool = evidence_in_text(
            slice_part(source.text, source.body, source.text.length));
    source_unload(&source);
    return tool;
}

/* The first and the last numbered file answer for all. */
static const struct tool *marker_of_folder(struct evidence *evidence,
                                           struct slice folder)
{
    const struct tool *tool = map_find(&evidence->marked, folder);
    const struct folder_entry_array *entries;
    struct slice first = {NULL, 0}, last = {NULL, 0};
    struct error error;

    if (tool)
        return tool == tool_plain() ? NULL : tool;
    entries = placement_entries(evidence->placer, folder, &error);
    for (size_t i = 0; entries && i < entries->count; i++) {
        if (entries->items[i].kind != FOLDER_FILE ||
            !is_numbered(entries->items[i].name))
            continue;
        if (!first.start)
            first = entries->items[i].name;
        last = entries->items[i].name;
    }
    if (first.start)
        tool = marker_of_file(evidence, folder, first);
    if (!tool && last.start)
        tool = marker_of_file(evidence, folder, last);
    map_put(evidence->arena, &evidence->marked, folder,
            (void *)(uintptr_t)(tool ? tool : tool_plain()));
    return tool;
}

const struct tool *evidence_of_neighbours(struct evidence *evidence,
                                          const struct candidate *candidate)
{
    if (!is_numbered(candidate->name))
        return NULL;
    return marker_of_folder(evidence, candidate->folder);
}

/* Some name in the folder may be one that only this tool gives. */
static bool may_have_own_name(const struct tool *tool,
                              const struct candidate *candidate,
                              const struct tool_place *place)
{
    if (!tool->own_marks[0])
        return true;
    for (size_t i = 0; tool->own_marks[i]; i++) {
        if (place->has_own_mark ||
            slice_find(candidate->name, slice_from(tool->own_marks[i])) !=
                SLICE_NOT_FOUND)
            return true;
    }
    return false;
}

bool evidence_of_not_run(struct evidence *evidence, const struct tool *tool,
                         const struct candidate *candidate,
                         const struct tool_place *place)
{
    return tool->is_not_run && may_have_own_name(tool, candidate, place) &&
           tool->is_not_run(evidence->arena, candidate->folder,
                            candidate->name);
}

static unsigned words_around(struct evidence *evidence,
                             struct tool_place *place)
{
    if (!place->words) {
        place->words = arena_alloc(evidence->arena, sizeof *place->words);
        *place->words = project_words(evidence->project, place->folder);
    }
    return *place->words;
}

static bool is_of_project(struct evidence *evidence, const struct tool *tool,
                          const struct candidate *candidate,
                          struct tool_place *place)
{
    return (words_around(evidence, place) & tool->project) ||
           has_marker(evidence, tool, candidate) ||
           (tool->has_own_name && may_have_own_name(tool, candidate, place) &&
            tool->has_own_name(evidence->arena, candidate->folder,
                               candidate->name));
}

/* No other file of the folder will be the tool's. */
static bool exclude(const struct tool *tool, const struct candidate *candidate)
{
    candidate->around->excluded |= UINT32_C(1) << tool_row(tool);
    return false;
}

/* Markers are found faster than names are taken apart, and what project files
 * and folders say is asked once for each folder. */
bool evidence_is_given(struct evidence *evidence, const struct tool *tool,
                       const struct candidate *candidate,
                       struct tool_place *place)
{
    switch (tool->evidence) {
    case TOOL_BY_NAME: return true;
    case TOOL_BY_MARKER: return has_marker(evidence, tool, candidate);
    case TOOL_BY_PROJECT:
        return is_of_project(evidence, tool, candidate, place) ||
               (!tool->has_marker && !tool->has_own_name &&
                exclude(tool, candidate));
    case TOOL_BY_FOLDER:
        return placement_is_of_tool(evidence->placer, tool, place) ||
               exclude(tool, candidate);
    case TOOL_BY_SETTING: return exclude(tool, candidate);
    }
    return false;
}
