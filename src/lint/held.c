/*
 * Keeps the locks of the current transaction as a list in which every
 * strengthening is an entry, so that going back to a savepoint is to cut it
 * off. Filled by the engine from what locks/ says of each statement.
 */
#include "lint/held.h"

#include <string.h>

/* More at a time than this are not told apart, as in the replay. */
#define SAVEPOINTS_MAX 1000

struct held_relation {
    const struct held_lock *strongest;
};

static bool is_table(enum relation_kind kind)
{
    return kind == RELATION_TABLE || kind == RELATION_PARTITIONED_TABLE ||
           kind == RELATION_MATERIALIZED_VIEW;
}

static struct slice key_of(const struct relation *const *relation)
{
    return (struct slice){(const char *)relation, sizeof *relation};
}

static struct slice key_of_name(struct arena *arena, const char *schema,
                                const char *name)
{
    return slice_from(arena_format(arena, "%s %s", schema, name));
}

static const struct held_lock *strongest(const struct held_relation *held)
{
    return held ? held->strongest : NULL;
}

const struct held_lock *held_find(const struct held *held,
                                  const struct relation *relation)
{
    return strongest(map_find(&held->by_relation, key_of(&relation)));
}

/* Those that no statement has made known yet have nothing but a name. */
static struct held_relation *find_by_name(const struct held *held,
                                          const char *schema, const char *name)
{
    struct arena scratch = {0};
    struct held_relation *found = NULL;

    if (held->by_name.count == 0)
        return NULL;
    found = map_find(&held->by_name, key_of_name(&scratch, schema, name));
    arena_release(&scratch);
    return found;
}

static struct held_relation *find_relation(const struct held *held,
                                           const struct lock *lock)
{
    struct held_relation *found =
        lock->relation ? map_find(&held->by_relation, key_of(&lock->relation))
                       : NULL;

    return found ? found : find_by_name(held, lock->schema, lock->name);
}

const struct held_lock *held_find_lock(const struct held *held,
                                       const struct lock *lock)
{
    return strongest(find_relation(held, lock));
}

const struct held_lock *held_first(const struct held *held, enum lock_mode mode)
{
    return held->first[mode] > 0 ? held->locks.items[held->first[mode] - 1]
                                 : NULL;
}

bool held_is_on_several(const struct held *held)
{
    return held->second_exclusive > 0;
}

const struct relation *held_root(const struct relation *relation)
{
    const struct table *table;

    if (!relation || !is_table(relation->kind))
        return relation;
    table = (const struct table *)relation;
    while (table->partition_of)
        table = table->partition_of;
    return &table->relation;
}

/* The lock, until then on a mere name, is on this relation. */
static void settle(struct held *held, struct held_lock *lock,
                   const struct schema *schema)
{
    struct qualified_name name = {.schema = lock->schema, .name = lock->name};

    if (lock->relation)
        return;
    lock->relation = schema_find_relation(schema, name);
    if (lock->relation && !held_find(held, lock->relation))
        map_put(&held->arena, &held->by_relation,
                arena_copy_slice(&held->arena, key_of(&lock->relation)),
                lock->held);
}

bool held_has_made(const struct held *held, struct place made_at)
{
    return made_at.source && made_at.source == held->begin.source &&
           made_at.unit == held->begin.unit &&
           made_at.span.offset >= held->begin.span.offset;
}

void held_begin_statement(struct held *held, const struct schema *schema,
                          size_t transaction, struct place place)
{
    struct arena arena = held->arena;

    if (held->transaction != transaction) {
        arena_clear(&arena);
        *held = (struct held){
            .arena = arena,
            .transaction = transaction,
            .begin = place,
        };
    }
    for (; held->settled < held->locks.count; held->settled++)
        settle(held, held->locks.items[held->settled], schema);
}

static bool is_of_interest(enum relation_kind kind)
{
    return kind != RELATION_INDEX && kind != RELATION_COMPOSITE_TYPE;
}

/* The relation that the schema knows; one that is made known by the statement
 * itself, which has only been tried, goes again. */
static const struct relation *known_relation(const struct schema *schema,
                                             const struct lock *lock)
{
    struct qualified_name name = {.schema = lock->schema, .name = lock->name};

    return lock->relation &&
                   schema_find_relation(schema, name) == lock->relation
               ? lock->relation
               : NULL;
}

static struct held_relation *add_relation(struct held *held,
                                          const struct relation *relation,
                                          const struct held_lock *lock)
{
    struct held_relation *added = arena_alloc(&held->arena, sizeof *added);

    if (relation)
        map_put(&held->arena, &held->by_relation,
                arena_copy_slice(&held->arena, key_of(&relation)), added);
    else
        map_put(&held->arena, &held->by_name,
                key_of_name(&held->arena, lock->schema, lock->name), added);
    return added;
}

/* Two unknown relations have two names. */
static bool is_of_another(const struct held_lock *lock,
                          const struct held_lock *first)
{
    return !lock->relation ||
           held_root(lock->relation) != held_root(first->relation);
}

/* The last lock of the list is on a table. */
static void note_table(struct held *held, const struct held_lock *lock)
{
    size_t number = held->locks.count;

    for (int mode = LOCK_SHARE; mode <= (int)lock->mode; mode++) {
        if (held->first[mode] == 0)
            held->first[mode] = number;
    }
    if (lock->mode == LOCK_ACCESS_EXCLUSIVE && held->second_exclusive == 0 &&
        is_of_another(lock, held_first(held, LOCK_ACCESS_EXCLUSIVE)) &&
        held->first[LOCK_ACCESS_EXCLUSIVE] != number)
        held->second_exclusive = number;
    for (int i = 0; i < TIMEOUT_COUNT; i++)
        held->is_without_timeout[i] =
            held->is_without_timeout[i] || !lock->had_timeout[i];
}

static void add_lock(struct held *held, const struct schema *schema,
                     struct place place, const struct lock *taken)
{
    struct held_relation *relation = find_relation(held, taken);
    const struct held_lock *before = strongest(relation);
    struct held_lock *lock;

    if (before && before->mode >= taken->mode)
        return;
    lock = arena_alloc(&held->arena, sizeof *lock);
    lock->relation = known_relation(schema, taken);
    lock->schema = arena_copy(&held->arena, slice_from(taken->schema));
    lock->name = arena_copy(&held->arena, slice_from(taken->name));
    lock->kind = taken->kind;
    lock->mode = taken->mode;
    lock->place = place;
    lock->had_timeout[TIMEOUT_LOCK] = schema_has_timeout(schema, TIMEOUT_LOCK);
    lock->had_timeout[TIMEOUT_STATEMENT] =
        schema_has_timeout(schema, TIMEOUT_STATEMENT);
    lock->weaker = before;
    lock->held = relation ? relation : add_relation(held, lock->relation, lock);
    lock->held->strongest = lock;
    *array_push(&held->arena, &held->locks) = lock;
    if (is_table(lock->kind))
        note_table(held, lock);
}

void held_add(struct held *held, const struct schema *schema,
              struct place place, const struct effects *effects)
{
    for (size_t i = 0; i < effects->locks.count; i++) {
        const struct lock *lock = &effects->locks.items[i];

        if (lock->mode >= LOCK_SHARE && is_of_interest(lock->kind) &&
            !relation_is_new(schema, lock->relation))
            add_lock(held, schema, place, lock);
    }
}

/* The newest savepoint of the name, from 1; 0 if there is none. */
static size_t find_savepoint(const struct held *held, const char *name)
{
    size_t number = held->savepoints.count;

    while (number > 0 &&
           strcmp(held->savepoints.items[number - 1].name, name) != 0)
        number--;
    return number;
}

static void set_savepoint(struct held *held, const char *name)
{
    struct held_savepoint *savepoint;

    if (held->savepoints.count == SAVEPOINTS_MAX)
        return;
    savepoint = array_push(&held->arena, &held->savepoints);
    savepoint->name = arena_copy(&held->arena, slice_from(name));
    savepoint->lock_count = held->locks.count;
}

static void release_savepoint(struct held *held, const char *name)
{
    size_t number = find_savepoint(held, name);

    if (number > 0)
        held->savepoints.count = (uint32_t)number - 1;
}

static void roll_back_to(struct held *held, const char *name)
{
    size_t number = find_savepoint(held, name);
    size_t left;

    if (number == 0)
        return;
    held->savepoints.count = (uint32_t)number;
    left = held->savepoints.items[number - 1].lock_count;
    while (held->locks.count > left) {
        const struct held_lock *lock = held->locks.items[--held->locks.count];

        lock->held->strongest = lock->weaker;
    }
    if (held->settled > left)
        held->settled = left;
    for (int mode = 0; mode <= LOCK_ACCESS_EXCLUSIVE; mode++) {
        if (held->first[mode] > left)
            held->first[mode] = 0;
    }
    if (held->second_exclusive > left)
        held->second_exclusive = 0;
}

void held_control(struct held *held, const TransactionStmt *control)
{
    switch (control->kind) {
    case TRANS_STMT_SAVEPOINT:
        set_savepoint(held, control->savepoint_name);
        return;
    case TRANS_STMT_RELEASE:
        release_savepoint(held, control->savepoint_name);
        return;
    case TRANS_STMT_ROLLBACK_TO:
        roll_back_to(held, control->savepoint_name);
        return;
    case TRANS_STMT_BEGIN:
    case TRANS_STMT_START:
    case TRANS_STMT_COMMIT:
    case TRANS_STMT_ROLLBACK:
    case TRANS_STMT_PREPARE:
    case TRANS_STMT_COMMIT_PREPARED:
    case TRANS_STMT_ROLLBACK_PREPARED: return;
    }
}

void held_release(struct held *held)
{
    arena_release(&held->arena);
}
