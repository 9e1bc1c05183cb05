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

static const char *const chains[][CHAIN_MAX] = {
    {"syntax-error", "syntax-too-new", "forbidden-in-transaction",
     "enum-value-used-too-soon", "view-columns-changed",
     "foreign-key-target-not-unique", "required-column-without-default",
     "statement-would-fail", locking},
    {"plpgsql-syntax-error", "statement-would-fail"},
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
    const struct rule *last_refusal; /* of refusals */
};

/* The rules that an entry of a chain names. */
static struct number_array read_entry(struct arena *arena, const char *entry)
{
    struct number_array numbers = {0};
    const struct rule *rule;

    if (entry == locking) {
        for (size_t i = 0; i < rule_count; i++)
            if (rule_table[i]->family == FAMILY_LOCKING)
                *array_push(arena, &numbers) = i;
        return numbers;
    }
    rule = rule_find(slice_from(entry));
    if (rule)
        *array_push(arena, &numbers) = rule_index(rule);
    return numbers;
}

static void add_pairs(struct arena *arena, struct precedence *precedence,
                      const struct number_array *first,
                      const struct number_array *later)
{
    for (size_t i = 0; i < first->count; i++)
        for (size_t j = 0; j < later->count; j++)
            if (first->items[i] != later->items[j])
                *array_push(arena, &precedence->before[later->items[j]]) =
                    first->items[i];
}

/* Each rule of a chain silences all that follow it. */
static void add_chain(struct arena *arena, struct precedence *precedence,
                      const char *const *chain)
{
    struct number_array entries[CHAIN_MAX];

    for (size_t later = 0; chain[later]; later++) {
        entries[later] = read_entry(arena, chain[later]);
        for (size_t first = 0; first < later; first++)
            add_pairs(arena, precedence, &entries[first], &entries[later]);
    }
}

static void find_places(struct arena *arena, struct precedence *precedence)
{
    for (size_t at = 0; chains[0][at]; at++) {
        struct number_array numbers = read_entry(arena, chains[0][at]);

        for (size_t i = 0; i < numbers.count; i++)
            precedence->places[numbers.items[i]] = at + 1;
    }
}

/* Truth values by rule: it is one of these. */
static bool *mark(struct arena *arena, const char *const *ids, size_t count)
{
    bool *marks = arena_alloc(arena, rule_count * sizeof *marks);

    for (size_t i = 0; i < count; i++) {
        const struct rule *rule = rule_find(slice_from(ids[i]));

        if (rule)
            marks[rule_index(rule)] = true;
    }
    return marks;
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
    precedence->refuses = mark(arena, refusals, REFUSAL_COUNT);
    precedence->works = mark(arena, workers, WORKER_COUNT);
    precedence->held_work = rule_find(slice_from(held_work));
    precedence->last_refusal =
        rule_find(slice_from(refusals[REFUSAL_COUNT - 1]));
    find_places(arena, precedence);
    for (size_t i = 0; i < CHAIN_COUNT; i++)
        add_chain(arena, precedence, chains[i]);
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
        precedence->seen_in[findings[i]->rule_index] = group;
    for (size_t i = 0; i < count; i++) {
        const struct number_array *before =
            &precedence->before[findings[i]->rule_index];

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
        size_t rule = findings[i]->rule_index;

        if (findings[i]->statement && !findings[i]->is_dropped &&
            precedence->refuses[rule] && precedence->places[rule] < refused)
            refused = precedence->places[rule];
    }
    for (size_t i = 0; i < count; i++)
        if (precedence->places[findings[i]->rule_index] > refused)
            findings[i]->is_dropped = true;
}

/* As workers says. */
static void drop_held_work(const struct precedence *precedence,
                           struct finding *const *findings, size_t count)
{
    bool is_said = false;

    for (size_t i = 0; i < count; i++)
        is_said = is_said || (findings[i]->statement &&
                              precedence->works[findings[i]->rule_index]);
    for (size_t i = 0; i < count; i++)
        if (is_said && findings[i]->rule == precedence->held_work)
            findings[i]->is_dropped = true;
}

/* Of a statement that is refused for a reason with a rule of its own the last
 * rule of refusals repeats what has been said. */
static void drop_repeated(const struct precedence *precedence,
                          struct finding *const *findings, size_t count)
{
    size_t first = SIZE_MAX;

    for (size_t i = 0; i < count; i++) {
        size_t place = precedence->places[findings[i]->rule_index];

        if (findings[i]->statement && place > 0 && place < first)
            first = place;
    }
    for (size_t i = 0; i < count; i++)
        if (findings[i]->rule == precedence->last_refusal &&
            precedence->places[findings[i]->rule_index] > first)
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

static bool goes_first(const struct precedence *precedence,
                       const struct finding *first, const struct finding *later)
{
    const struct number_array *before = &precedence->before[later->rule_index];

    for (size_t i = 0; i < before->count; i++)
        if (before->items[i] == first->rule_index)
            return true;
    return false;
}

void precedence_apply_heard(const struct precedence *precedence,
                            struct finding *finding,
                            struct finding *const *heard, size_t count)
{
    for (size_t i = 0; finding->cause && i < count; i++)
        if (heard[i]->cause == finding->cause &&
            goes_first(precedence, heard[i], finding))
            finding->is_dropped = true;
}
