/*
 * Who speaks where several rules report the same cause. The engine asks after
 * every statement, file, migration and history, while the causes (nodes of the
 * parse tree, objects of the schema) still exist.
 *
 * What makes the server refuse a statement goes before all that later rules of
 * the first chain find in it, whichever node they point at: it does nothing.
 */
#include "lint/precedence.h"

#include "lint/rule_set.h"

#include <stdlib.h>

#define CHAIN_MAX 10

/* In a chain: every rule of the family locking that the chain does not name. */
static const char locking[] = "(locking)";

/* Each rule of a chain silences all that follow it. */
static const char *const chains[][CHAIN_MAX] = {
    {"syntax-error", "syntax-too-new", "forbidden-in-transaction",
     "enum-value-used-too-soon", "view-columns-changed",
     "foreign-key-target-not-unique", "required-column-without-default",
     "statement-would-fail", locking},
    {"constraint-builds-index", "set-not-null-scans-table"},
    {"column-default-rewrites-table", "check-constraint-scans-table",
     "constraint-builds-index"},
    {"validate-under-exclusive-lock", "exclusive-lock-held-during-work"},
    {"forbidden-in-transaction", "concurrent-build-not-alone"},
    {"backfill-in-transaction", "update-without-where"},
    {"backfill-in-transaction", "delete-without-where"},
    {"triggers-disabled", "trigger-blocks-writes"},
    {"missing-down-step", "empty-down-step", "down-step-incomplete"},
    {"drop-schema", "drop-cascade"},
    {"drop-table", "drop-cascade"},
    {"drop-column", "drop-cascade"},
    {"duplicate-index", "redundant-index"},
    {"update-from-without-join", "cartesian-product", "update-without-where"},
    {"offset-pagination", "limit-without-order-by"},
    {"grant-to-public", "grant-all"},
    {"primary-key-too-small", "serial-type"},
};

#define CHAIN_COUNT (sizeof chains / sizeof *chains)

/* The rules of the first chain that speak only of what is sure to be refused,
 * in its order. */
static const char *const refusals[] = {
    "syntax-too-new",
    "forbidden-in-transaction",
    "enum-value-used-too-soon",
    "view-columns-changed",
    "foreign-key-target-not-unique",
    "statement-would-fail",
};

#define REFUSAL_COUNT (sizeof refusals / sizeof *refusals)

/* What they say to do about a statement takes it out of the transaction, or its
 * work out of the statement: then it no longer works under a lock that was taken
 * before. Or it fails unless the table is empty, which is no work. They silence
 * the rule about that, at the same statement. */
static const char *const workers[] = {
    "attach-partition-scans-table",
    "backfill-in-transaction",
    "check-constraint-scans-table",
    "column-default-rewrites-table",
    "column-type-change-rewrites-table",
    "constraint-builds-index",
    "foreign-key-blocks-writes",
    "index-build-blocks-writes",
    "refresh-blocks-reads",
    "reindex-blocks-writes",
    "required-column-without-default",
    "set-not-null-scans-table",
    "table-rewritten",
    "validate-under-exclusive-lock",
};

#define WORKER_COUNT (sizeof workers / sizeof *workers)

static const char held_work[] = "exclusive-lock-held-during-work";

/* Rules, by rule_index(). */
struct number_array ARRAY(size_t);

struct precedence {
    struct number_array *before; /* by rule: the rules that silence it */
    size_t *seen_in; /* by rule: the last group of findings it was in */
    size_t group;
    size_t *places; /* by rule: in the first chain, from 1; 0: not in it */
    bool *refuses;  /* by rule: it is one of refusals */
    bool *works;    /* by rule: it is one of workers */
    const struct rule *held_work;
};

static bool is_in_family(const char *entry, const struct rule *rule)
{
    return entry == locking && rule->family == FAMILY_LOCKING;
}

static void add_pair(struct arena *arena, struct precedence *precedence,
                     const char *first, const char *later)
{
    const struct rule *winner = rule_find(slice_from(first));

    if (!winner)
        return;
    for (size_t i = 0; i < rule_count; i++) {
        bool is_later =
            is_in_family(later, rule_table[i]) ||
            slice_equal(slice_from(later), slice_from(rule_table[i]->id));

        if (is_later && rule_table[i] != winner)
            *array_push(arena, &precedence->before[i]) = rule_index(winner);
    }
}

static void find_places(struct precedence *precedence)
{
    for (size_t i = 0; i < rule_count; i++) {
        struct slice id = slice_from(rule_table[i]->id);

        for (size_t at = 0; chains[0][at]; at++)
            if (is_in_family(chains[0][at], rule_table[i]) ||
                slice_equal(slice_from(chains[0][at]), id))
                precedence->places[i] = at + 1;
        for (size_t at = 0; at < REFUSAL_COUNT; at++)
            if (slice_equal(slice_from(refusals[at]), id))
                precedence->refuses[i] = true;
        for (size_t at = 0; at < WORKER_COUNT; at++)
            if (slice_equal(slice_from(workers[at]), id))
                precedence->works[i] = true;
    }
}

struct precedence *precedence_new(struct arena *arena)
{
    struct precedence *precedence = arena_alloc(arena, sizeof *precedence);

    precedence->before =
        arena_alloc(arena, rule_count * sizeof *precedence->before);
    precedence->seen_in =
        arena_alloc(arena, rule_count * sizeof *precedence->seen_in);
    precedence->places =
        arena_alloc(arena, rule_count * sizeof *precedence->places);
    precedence->refuses =
        arena_alloc(arena, rule_count * sizeof *precedence->refuses);
    precedence->works =
        arena_alloc(arena, rule_count * sizeof *precedence->works);
    precedence->held_work = rule_find(slice_from(held_work));
    find_places(precedence);
    for (size_t i = 0; i < CHAIN_COUNT; i++)
        for (size_t first = 0; chains[i][first]; first++)
            for (size_t later = first + 1; chains[i][later]; later++)
                add_pair(arena, precedence, chains[i][first], chains[i][later]);
    return precedence;
}

static int compare_causes(const void *a, const void *b)
{
    const struct finding *const *first = a;
    const struct finding *const *second = b;
    uintptr_t x = (uintptr_t)(*first)->cause;
    uintptr_t y = (uintptr_t)(*second)->cause;

    return (x > y) - (x < y);
}

/* The findings of one cause. */
static void apply_to_group(struct precedence *precedence,
                           struct finding *const *findings, size_t count)
{
    size_t group = ++precedence->group;

    for (size_t i = 0; i < count; i++)
        precedence->seen_in[rule_index(findings[i]->rule)] = group;
    for (size_t i = 0; i < count; i++) {
        const struct number_array *before =
            &precedence->before[rule_index(findings[i]->rule)];

        for (size_t j = 0; j < before->count; j++)
            if (precedence->seen_in[before->items[j]] == group)
                findings[i]->is_dropped = true;
    }
}

/* Findings of one call are of one statement, or of none. */
static void apply_to_statement(const struct precedence *precedence,
                               struct finding *const *findings, size_t count)
{
    size_t refused = SIZE_MAX;

    for (size_t i = 0; i < count; i++) {
        size_t rule = rule_index(findings[i]->rule);

        if (findings[i]->statement && !findings[i]->is_dropped &&
            precedence->refuses[rule] && precedence->places[rule] < refused)
            refused = precedence->places[rule];
    }
    for (size_t i = 0; i < count; i++)
        if (precedence->places[rule_index(findings[i]->rule)] > refused)
            findings[i]->is_dropped = true;
}

/* As workers says. */
static void drop_held_work(const struct precedence *precedence,
                           struct finding *const *findings, size_t count)
{
    bool is_said = false;

    for (size_t i = 0; i < count; i++)
        is_said = is_said || (findings[i]->statement &&
                              precedence->works[rule_index(findings[i]->rule)]);
    for (size_t i = 0; i < count; i++)
        if (is_said && findings[i]->rule == precedence->held_work)
            findings[i]->is_dropped = true;
}

/* Of a statement that is refused for a reason with a rule of its own the last
 * rule of refusals repeats what has been said. */
static void drop_repeated(const struct precedence *precedence,
                          struct finding *const *findings, size_t count)
{
    const struct rule *last =
        rule_find(slice_from(refusals[REFUSAL_COUNT - 1]));
    size_t first = SIZE_MAX;

    for (size_t i = 0; i < count; i++) {
        size_t place = precedence->places[rule_index(findings[i]->rule)];

        if (findings[i]->statement && place > 0 && place < first)
            first = place;
    }
    for (size_t i = 0; i < count; i++)
        if (findings[i]->rule == last &&
            precedence->places[rule_index(last)] > first)
            findings[i]->is_dropped = true;
}

void precedence_apply(struct precedence *precedence, struct arena *scratch,
                      struct finding *const *findings, size_t count)
{
    struct finding **sorted;
    size_t end;

    if (count < 2)
        return;
    sorted = arena_alloc(scratch, count * sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = findings[i];
    qsort(sorted, count, sizeof *sorted, compare_causes);
    for (size_t start = 0; start < count; start = end) {
        end = start + 1;
        while (end < count && sorted[end]->cause == sorted[start]->cause)
            end++;
        if (sorted[start]->cause && end - start > 1)
            apply_to_group(precedence, sorted + start, end - start);
    }
    drop_held_work(precedence, findings, count);
    drop_repeated(precedence, findings, count);
    apply_to_statement(precedence, findings, count);
}
