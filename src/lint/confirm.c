/*
 * Asks the newest version about what the default one refuses: it generates
 * names that older ones do not, and allows more. It also knows all syntax, so
 * that its schema is not less certain. Most runs have nothing to ask.
 */
#include "lint/confirm.h"

#include "base/map.h"

#define NEWEST_VERSION 18

struct asking {
    struct arena *arena;
    struct map refused; /* by source and offset of the statement */
};

struct place_key {
    const struct source *source;
    size_t offset;
};

static struct slice key_of(struct arena *arena, const struct source *source,
                           size_t offset)
{
    struct place_key *key = arena_alloc(arena, sizeof *key);

    key->source = source;
    key->offset = offset;
    return (struct slice){(const char *)key, sizeof *key};
}

static void after(void *closure, const struct moment *moment)
{
    struct asking *asking = closure;

    if (moment->failure->message)
        map_put(
            asking->arena, &asking->refused,
            key_of(asking->arena, moment->source, moment->statement->offset),
            asking);
}

static bool is_asked(const struct finding *finding)
{
    return finding->rule->check_failure && finding->context.length > 0;
}

static size_t count_asked(const struct finding_array *findings)
{
    size_t count = 0;

    for (size_t i = 0; i < findings->count; i++)
        count += is_asked(findings->items[i]);
    return count;
}

static void lower(struct arena *arena, struct finding *finding)
{
    finding_lower(finding, SEVERITY_INFO);
    finding->message = arena_format(
        arena,
        "%s; PostgreSQL %d accepts it: set postgres_version to say which of "
        "them will run it",
        finding->message, NEWEST_VERSION);
}

void confirm_refusals(struct arena *arena, const struct lint_settings *settings,
                      const struct discovery *discovery, confirm_run *run,
                      struct lint_result *result)
{
    struct arena own = {0};
    struct asking asking = {.arena = &own};
    const struct observer observer = {.closure = &asking,
                                      .sees_down = true,
                                      .after = after};
    struct lint_settings newest = *settings;
    struct lint_result ignored;

    if (settings->is_version_set || count_asked(&result->findings) == 0)
        return;
    newest.postgres_version = NEWEST_VERSION;
    run(&own, &newest, discovery, &observer, &ignored);
    for (size_t i = 0; i < result->findings.count; i++) {
        struct finding *finding = result->findings.items[i];

        if (is_asked(finding) &&
            !map_find(&asking.refused,
                      key_of(&own, finding->source, finding->context.offset)))
            lower(arena, finding);
    }
    arena_release(&own);
}
