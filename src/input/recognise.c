/*
 * Judges one file at a time, by its name, its text, and the project files and
 * names around it. Grouping asks this for every file, discovery for a file
 * that was named by hand, so that both look for its history in one place.
 */
#include "input/recognise.h"

#include "base/pattern.h"
#include "input/evidence.h"
#include "input/other_database.h"
#include "input/path.h"
#include "input/query_file.h"

#include <string.h>

enum { GROUP_COUNT = 5 };

struct recogniser {
    struct arena *arena;
    const struct tool *forced;
    struct project project;
    /* By row of the table; null while not needed. */
    struct pattern *patterns[TOOL_COUNT_MAX];
    struct placer placer;
    struct evidence evidence;
    struct other_database other;
};

struct recogniser *recogniser_new(struct arena *arena,
                                  const struct tool *forced)
{
    struct recogniser *recogniser = arena_alloc(arena, sizeof *recogniser);

    recogniser->arena = arena;
    recogniser->forced = forced;
    recogniser->project = project_of(arena);
    recogniser->placer.arena = arena;
    recogniser->evidence =
        evidence_of(arena, &recogniser->project, &recogniser->placer);
    recogniser->other = (struct other_database){
        .arena = arena,
        .project = &recogniser->project,
        .placer = &recogniser->placer,
    };
    return recogniser;
}

void recogniser_free(struct recogniser *recogniser)
{
    if (!recogniser)
        return;
    for (size_t i = 0; i < TOOL_COUNT_MAX; i++)
        pattern_free(recogniser->patterns[i]);
}

struct project *recogniser_project(struct recogniser *recogniser)
{
    return &recogniser->project;
}

const struct folder_entry_array *recogniser_entries(
    struct recogniser *recogniser, struct slice folder, struct error *error)
{
    return placement_entries(&recogniser->placer, folder, error);
}

static struct pattern *pattern_of(struct recogniser *recogniser,
                                  const struct tool *tool)
{
    struct pattern **pattern = &recogniser->patterns[tool_row(tool)];
    struct error error;

    if (!*pattern)
        *pattern = pattern_compile(slice_from(tool->pattern), false, &error);
    return *pattern;
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

bool recognise_name(struct recogniser *recogniser, const struct tool *tool,
                    struct slice unit, struct migration_name *name)
{
    struct slice groups[GROUP_COUNT] = {{NULL, 0}};

    if (!tool_may_have_name(tool, unit) ||
        (tool->infix &&
         slice_find(unit, slice_from(tool->infix)) == SLICE_NOT_FOUND) ||
        !pattern_match(pattern_of(recogniser, tool), unit, groups, GROUP_COUNT))
        return false;
    *name = (struct migration_name){0};
    name->version = groups[tool->groups.version];
    if (tool->groups.description)
        name->description = groups[tool->groups.description];
    if (tool->groups.role) {
        name->role = role_of(groups[tool->groups.role]);
        name->says_role = groups[tool->groups.role].length > 0;
    }
    return true;
}

bool recognise_file_name(struct recogniser *recogniser, const struct tool *tool,
                         struct slice folder, struct slice file,
                         struct migration_name *name)
{
    struct surroundings *around =
        placement_surroundings(&recogniser->placer, folder);

    if (tool->settings)
        file = tool_own_name(
            recogniser->arena,
            placement_place(&recogniser->placer, tool, around)->settings, file);
    return recognise_name(recogniser, tool, file, name);
}

size_t recognise_place(struct recogniser *recogniser, const struct tool *tool,
                       struct slice folder, struct slice version)
{
    const struct tool_listing *listing;

    if (!tool->list || tool->is_listed_by_path)
        return 0;
    listing = placement_listing(&recogniser->placer, tool, folder);
    return (size_t)(uintptr_t)map_find(&listing->places, version);
}

/* The file is this tool's by its name. */
static bool has_name_of(struct recogniser *recogniser, const struct tool *tool,
                        const struct candidate *candidate,
                        struct tool_place *place, struct placement *placement,
                        struct migration_name *name)
{
    *placement = placement_of(&recogniser->placer, place, candidate->name);
    if (!recognise_name(recogniser, tool, placement->unit, name))
        return false;
    if (placement->part.length && !name->says_role)
        name->role = role_of(placement->part);
    return placement_find_in_list(&recogniser->placer, tool,
                                  candidate->source->path, placement, name);
}

/* Where the tool would have the file; null where it has none that is called
 * so. */
static struct tool_place *find_place(struct recogniser *recogniser,
                                     const struct tool *tool,
                                     const struct candidate *candidate)
{
    struct placer *placer = &recogniser->placer;
    struct tool_place *place;

    /* Names that stand in folders of the pattern are seen with these. */
    if (tool->has_folder_each)
        return placement_is_file_of(tool, candidate->name)
                   ? placement_place(placer, tool, candidate->around)
                   : NULL;
    if (tool->settings) {
        place = placement_place(placer, tool, candidate->around);
        return (place->settings && place->settings->is_spelled) ||
                       tool_may_have_name(tool, candidate->name)
                   ? place
                   : NULL;
    }
    if (!tool->has_nested_parts)
        return tool_may_have_name(tool, candidate->name)
                   ? placement_place(placer, tool, candidate->around)
                   : NULL;
    place = placement_place(placer, tool, candidate->around);
    return place->part.length ? place : NULL;
}

static bool is_file_of(struct recogniser *recogniser, const struct tool *tool,
                       const struct candidate *candidate,
                       struct placement *placement, struct migration_name *name)
{
    struct tool_place *place = find_place(recogniser, tool, candidate);

    return place &&
           has_name_of(recogniser, tool, candidate, place, placement, name);
}

/* Standard input without a name is what the settings or its markers say. */
static const struct tool *tool_of_nameless(const struct recogniser *recogniser,
                                           const struct candidate *candidate,
                                           struct migration_name *name)
{
    const struct tool *tool = recogniser->forced;

    *name = (struct migration_name){.role = ROLE_UP};
    if (!tool)
        return evidence_in_text(candidate->text);
    return tool_has_history(tool) ? tool : NULL;
}

/* The settings' tool, if the file is one of its own; some have a row for each
 * way of laying files out. */
static const struct tool *forced_tool(struct recogniser *recogniser,
                                      const struct candidate *candidate,
                                      struct placement *placement,
                                      struct migration_name *name)
{
    struct slice forced = slice_from(tool_name(recogniser->forced));

    for (size_t i = tool_row(recogniser->forced); tool_at(i); i++) {
        const struct tool *tool = tool_at(i);

        if (slice_equal(slice_from(tool_name(tool)), forced) &&
            is_file_of(recogniser, tool, candidate, placement, name))
            return tool;
    }
    return NULL;
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
        return forced_tool(recogniser, candidate, placement, name);
    for (size_t i = 0; (tool = tool_at(i)); i++) {
        struct tool_place *place;

        if (evidence_is_impossible(&recogniser->evidence, tool, i, candidate))
            continue;
        place = find_place(recogniser, tool, candidate);
        if (place &&
            evidence_is_given(&recogniser->evidence, tool, candidate, place) &&
            has_name_of(recogniser, tool, candidate, place, placement, name))
            return tool;
    }
    tool = evidence_of_neighbours(&recogniser->evidence, candidate);
    if (tool && !tool->is_generator &&
        is_file_of(recogniser, tool, candidate, placement, name))
        return tool;
    return NULL;
}

struct verdict recognise(struct recogniser *recogniser, struct source *source)
{
    struct verdict verdict = {.kind = VERDICT_PLAIN, .tool = tool_plain()};
    const struct tool *tool;
    struct candidate candidate;
    struct placement placement = {.place = NULL};
    struct migration_name name;
    struct error error;

    if (!source_load(source, &error)) {
        verdict.kind = VERDICT_UNREADABLE;
        verdict.message = arena_copy(recogniser->arena, slice_from(error.text));
        return verdict;
    }
    verdict.folder = path_folder(slice_from(source->path));
    if (other_database_has_file(&recogniser->other, source)) {
        verdict.kind = VERDICT_OTHER_DATABASE;
        return verdict;
    }
    candidate = candidate_of(&recogniser->placer, source);
    tool = find_tool(recogniser, &candidate, &placement, &name);
    if (!tool || query_file_has_names(candidate.text))
        return verdict;
    if (placement.place && evidence_of_not_run(&recogniser->evidence, tool,
                                               &candidate, placement.place)) {
        verdict.kind = VERDICT_OTHER_DATABASE;
        return verdict;
    }
    verdict.tool = tool;
    verdict.name = name;
    verdict.kind = VERDICT_MIGRATION;
    verdict.folder = placement.folder;
    if (placement.place)
        verdict.settings = placement.place->settings;
    if (tool->role && name.role == ROLE_UP)
        verdict.name.role = tool->role(candidate.text);
    if (slice_has_prefix(slice_from(tool_name(tool)), SLICE("prisma")) &&
        other_database_has_prisma(&recogniser->other, verdict.folder))
        verdict.kind = VERDICT_OTHER_DATABASE;
    if (tool->list &&
        placement_listing(&recogniser->placer, tool, placement.folder)
            ->is_other_database)
        verdict.kind = VERDICT_OTHER_DATABASE;
    return verdict;
}
