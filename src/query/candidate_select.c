/*
 * Prefers one candidate to others, step by step as func_select_candidate() of
 * parse_func.c: more exact matches, more preferred types, and what unknown
 * literals would best be.
 */
#include "query/candidate.h"

#include <string.h>

/* FUNC_MAX_ARGS */
#define ARGUMENT_COUNT_MAX 100

struct candidate *candidates_first(const struct candidate_array *candidates)
{
    for (size_t i = 0; i < candidates->count; i++) {
        if (!candidates->items[i].is_dropped)
            return &candidates->items[i];
    }
    return NULL;
}

static size_t count_remaining(const struct candidate_array *candidates)
{
    size_t count = 0;

    for (size_t i = 0; i < candidates->count; i++)
        count += !candidates->items[i].is_dropped;
    return count;
}

static bool fits(struct schema *schema, const struct candidate *candidate,
                 struct type *const *arguments, size_t count)
{
    struct type *sources[ARGUMENT_COUNT_MAX], *targets[ARGUMENT_COUNT_MAX];
    size_t known = 0;

    for (size_t i = 0; i < count; i++) {
        if (!arguments[i])
            continue;
        sources[known] = arguments[i];
        targets[known++] = candidate->parameters[i];
    }
    return coerce_is_possible(schema, sources, targets, known,
                              COERCION_IMPLICIT);
}

size_t candidates_match(const struct candidate_search *search,
                        struct candidate_array *candidates,
                        struct type *const *arguments, size_t count)
{
    for (size_t i = 0; i < candidates->count; i++) {
        struct candidate *candidate = &candidates->items[i];

        if (!fits(search->schema, candidate, arguments, count))
            candidate->is_dropped = true;
    }
    return count_remaining(candidates);
}

/* What the steps look at. */
struct selection {
    struct schema *schema;
    struct candidate_array *candidates;
    struct type *arguments[ARGUMENT_COUNT_MAX]; /* below domains */
    size_t count;
    size_t unknown_count;
};

static bool is_unknown(const struct type *type)
{
    return type_oid(type) == OID_UNKNOWN;
}

static int count_exact(const struct selection *selection,
                       const struct candidate *candidate)
{
    int score = 0;

    for (size_t i = 0; i < selection->count; i++)
        score += !is_unknown(selection->arguments[i]) &&
                 selection->arguments[i] == candidate->parameters[i];
    return score;
}

/* Exact, or the preferred type of the argument's category. */
static int count_preferred(const struct selection *selection,
                           const struct candidate *candidate)
{
    int score = 0;

    for (size_t i = 0; i < selection->count; i++) {
        const struct type *argument = selection->arguments[i];
        const struct type *parameter = candidate->parameters[i];

        if (is_unknown(argument))
            continue;
        score += argument == parameter ||
                 (coerce_is_preferred(parameter) &&
                  coerce_category(parameter) == coerce_category(argument));
    }
    return score;
}

/* Keeps those with the best score; returns how many. */
static size_t keep_best(struct selection *selection,
                        int (*score)(const struct selection *selection,
                                     const struct candidate *candidate))
{
    struct candidate_array *candidates = selection->candidates;
    int best = 0;

    for (size_t i = 0; i < candidates->count; i++) {
        if (!candidates->items[i].is_dropped) {
            int own = score(selection, &candidates->items[i]);

            best = own > best ? own : best;
        }
    }
    for (size_t i = 0; i < candidates->count; i++) {
        if (!candidates->items[i].is_dropped &&
            score(selection, &candidates->items[i]) < best)
            candidates->items[i].is_dropped = true;
    }
    return count_remaining(candidates);
}

/* What an unknown literal in one place would best be. */
struct slot {
    char category; /* 0: none yet */
    bool has_preferred;
};

/* False if the candidates want different categories, none of them strings. */
static bool settle_slot(const struct candidate_array *candidates, size_t place,
                        struct slot *slot)
{
    bool has_conflict = false;

    *slot = (struct slot){0, false};
    for (size_t i = 0; i < candidates->count; i++) {
        const struct type *parameter;
        char category;

        if (candidates->items[i].is_dropped)
            continue;
        parameter = candidates->items[i].parameters[place];
        category = coerce_category(parameter);
        if (slot->category == category)
            slot->has_preferred |= coerce_is_preferred(parameter);
        else if (slot->category == 0 || category == 'S')
            *slot = (struct slot){category, coerce_is_preferred(parameter)};
        else
            has_conflict = true;
    }
    return !has_conflict || slot->category == 'S';
}

static bool fits_slots(const struct selection *selection,
                       const struct candidate *candidate,
                       const struct slot *slots)
{
    for (size_t i = 0; i < selection->count; i++) {
        const struct type *parameter = candidate->parameters[i];

        if (!is_unknown(selection->arguments[i]))
            continue;
        if (coerce_category(parameter) != slots[i].category ||
            (slots[i].has_preferred && !coerce_is_preferred(parameter)))
            return false;
    }
    return true;
}

/* Strikes what does not fit the categories, if that leaves any. */
static size_t keep_by_category(struct selection *selection)
{
    struct candidate_array *candidates = selection->candidates;
    struct slot slots[ARGUMENT_COUNT_MAX];
    size_t kept = 0;

    for (size_t i = 0; i < selection->count; i++) {
        if (is_unknown(selection->arguments[i]) &&
            !settle_slot(candidates, i, &slots[i]))
            return count_remaining(candidates);
    }
    for (size_t i = 0; i < candidates->count; i++) {
        kept += !candidates->items[i].is_dropped &&
                fits_slots(selection, &candidates->items[i], slots);
    }
    for (size_t i = 0; kept && i < candidates->count; i++) {
        if (!fits_slots(selection, &candidates->items[i], slots))
            candidates->items[i].is_dropped = true;
    }
    return count_remaining(candidates);
}

/* If all known arguments are of one type, the unknown ones may be too. */
static struct candidate *find_by_known_type(struct selection *selection)
{
    struct candidate *found = NULL;
    struct type *known = NULL;

    for (size_t i = 0; i < selection->count; i++) {
        if (is_unknown(selection->arguments[i]))
            continue;
        if (known && known != selection->arguments[i])
            return NULL;
        known = selection->arguments[i];
    }
    if (!known)
        return NULL;
    for (size_t i = 0; i < selection->count; i++)
        selection->arguments[i] = known;
    for (size_t i = 0; i < selection->candidates->count; i++) {
        struct candidate *candidate = &selection->candidates->items[i];

        if (candidate->is_dropped ||
            !fits(selection->schema, candidate, selection->arguments,
                  selection->count))
            continue;
        if (found)
            return NULL;
        found = candidate;
    }
    return found;
}

struct candidate *candidates_select(const struct candidate_search *search,
                                    struct candidate_array *candidates,
                                    struct type *const *arguments, size_t count)
{
    struct selection selection = {.schema = search->schema,
                                  .candidates = candidates,
                                  .count = count};

    if (count > ARGUMENT_COUNT_MAX)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        selection.unknown_count += is_unknown(arguments[i]);
        selection.arguments[i] = coerce_base_type(arguments[i], NULL);
    }
    if (keep_best(&selection, count_exact) == 1 ||
        keep_best(&selection, count_preferred) == 1)
        return candidates_first(candidates);
    if (selection.unknown_count == 0)
        return NULL;
    if (keep_by_category(&selection) == 1)
        return candidates_first(candidates);
    return find_by_known_type(&selection);
}
