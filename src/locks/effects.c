/*
 * Collects what a statement locks and does: each relation once, with the
 * strongest lock, in a fixed order.
 */
#include "locks/study.h"

#include <stdlib.h>
#include <string.h>

/* They are searched once for every sub-command. */
#define CAUSES_MAX 1000

const char *lock_mode_name(enum lock_mode mode)
{
    switch (mode) {
    case LOCK_NONE: return "";
    case LOCK_ACCESS_SHARE: return "ACCESS SHARE";
    case LOCK_ROW_SHARE: return "ROW SHARE";
    case LOCK_ROW_EXCLUSIVE: return "ROW EXCLUSIVE";
    case LOCK_SHARE_UPDATE_EXCLUSIVE: return "SHARE UPDATE EXCLUSIVE";
    case LOCK_SHARE: return "SHARE";
    case LOCK_SHARE_ROW_EXCLUSIVE: return "SHARE ROW EXCLUSIVE";
    case LOCK_EXCLUSIVE: return "EXCLUSIVE";
    case LOCK_ACCESS_EXCLUSIVE: return "ACCESS EXCLUSIVE";
    }
    return "";
}

bool lock_modes_conflict(enum lock_mode a, enum lock_mode b)
{
#define BIT(mode) (1u << (mode))
    /* LockConflicts[] of src/backend/storage/lmgr/lock.c. */
    static const unsigned conflicts[] = {
        [LOCK_NONE] = 0,
        [LOCK_ACCESS_SHARE] = BIT(LOCK_ACCESS_EXCLUSIVE),
        [LOCK_ROW_SHARE] = BIT(LOCK_EXCLUSIVE) | BIT(LOCK_ACCESS_EXCLUSIVE),
        [LOCK_ROW_EXCLUSIVE] = BIT(LOCK_SHARE) | BIT(LOCK_SHARE_ROW_EXCLUSIVE) |
                               BIT(LOCK_EXCLUSIVE) | BIT(LOCK_ACCESS_EXCLUSIVE),
        [LOCK_SHARE_UPDATE_EXCLUSIVE] =
            BIT(LOCK_SHARE_UPDATE_EXCLUSIVE) | BIT(LOCK_SHARE) |
            BIT(LOCK_SHARE_ROW_EXCLUSIVE) | BIT(LOCK_EXCLUSIVE) |
            BIT(LOCK_ACCESS_EXCLUSIVE),
        [LOCK_SHARE] = BIT(LOCK_ROW_EXCLUSIVE) |
                       BIT(LOCK_SHARE_UPDATE_EXCLUSIVE) |
                       BIT(LOCK_SHARE_ROW_EXCLUSIVE) | BIT(LOCK_EXCLUSIVE) |
                       BIT(LOCK_ACCESS_EXCLUSIVE),
        [LOCK_SHARE_ROW_EXCLUSIVE] =
            BIT(LOCK_ROW_EXCLUSIVE) | BIT(LOCK_SHARE_UPDATE_EXCLUSIVE) |
            BIT(LOCK_SHARE) | BIT(LOCK_SHARE_ROW_EXCLUSIVE) |
            BIT(LOCK_EXCLUSIVE) | BIT(LOCK_ACCESS_EXCLUSIVE),
        [LOCK_EXCLUSIVE] = BIT(LOCK_ROW_SHARE) | BIT(LOCK_ROW_EXCLUSIVE) |
                           BIT(LOCK_SHARE_UPDATE_EXCLUSIVE) | BIT(LOCK_SHARE) |
                           BIT(LOCK_SHARE_ROW_EXCLUSIVE) | BIT(LOCK_EXCLUSIVE) |
                           BIT(LOCK_ACCESS_EXCLUSIVE),
        [LOCK_ACCESS_EXCLUSIVE] = ~1u,
    };
    return (conflicts[a] & BIT(b)) != 0;
#undef BIT
}

const char *work_kind_name(enum work_kind kind)
{
    switch (kind) {
    case WORK_REWRITE: return "rewrite";
    case WORK_SCAN: return "scan";
    case WORK_INDEX_BUILD: return "index build";
    case WORK_FOREIGN_KEY_CHECK: return "foreign key check";
    case WORK_FILE_COPY: return "file copy";
    case WORK_NEW_FILE: return "new file";
    }
    return "";
}

/* Of what the lists say nothing: catalogs, and types made with AS. */
static bool is_of_interest(const struct relation *relation, enum lock_mode mode)
{
    switch (relation->kind) {
    case RELATION_COMPOSITE_TYPE: return false;
    case RELATION_INDEX: return mode >= LOCK_SHARE_UPDATE_EXCLUSIVE;
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE:
    case RELATION_FOREIGN_TABLE:
    case RELATION_VIEW:
    case RELATION_MATERIALIZED_VIEW:
    case RELATION_SEQUENCE: return mode > LOCK_NONE;
    }
    return false;
}

/* A key of its own for this kind of thing and this name. */
static struct slice key_of_name(struct study *study, int kind,
                                const char *schema, const char *name)
{
    return slice_from(
        arena_format(study->arena, "%d %s %s", kind, schema, name));
}

static void add_lock(struct study *study, struct slice key, struct lock wanted)
{
    struct lock_array *locks = &study->effects.locks;
    size_t number = (size_t)(uintptr_t)map_find(&study->locks, key);
    struct lock *lock;

    if (number == 0) {
        *array_push(study->arena, locks) = wanted;
        map_put(study->arena, &study->locks,
                arena_copy_slice(study->arena, key),
                (void *)(uintptr_t)locks->count);
        return;
    }
    lock = &locks->items[number - 1];
    if (wanted.mode > lock->mode)
        lock->mode = wanted.mode;
}

static struct slice key_of_object(const struct object *const *object)
{
    return (struct slice){(const char *)object, sizeof *object};
}

bool study_existed(const struct study *study, const struct object *object)
{
    return !map_find(&study->made, key_of_object(&object));
}

void study_note_made(struct study *study)
{
    const struct change_array *changes = &study->watch.changes;

    for (size_t i = 0; i < changes->count; i++) {
        const struct object *object = changes->items[i].object;

        if (changes->items[i].is_made && study_existed(study, object))
            map_put(study->arena, &study->made,
                    arena_copy_slice(study->arena, key_of_object(&object)),
                    changes->items[i].object);
    }
}

void study_lock(struct study *study, const struct relation *relation,
                enum lock_mode mode)
{
    if (!relation || !is_of_interest(relation, mode) ||
        !study_existed(study, &relation->object))
        return;
    add_lock(study, (struct slice){(const char *)&relation, sizeof relation},
             (struct lock){
                 .relation = relation,
                 .schema = relation->namespace->name,
                 .name = relation->name,
                 .kind = relation->kind,
                 .mode = mode,
             });
}

void study_lock_table(struct study *study, struct table *table,
                      enum lock_mode mode)
{
    if (table)
        study_lock(study, &table->relation, mode);
}

struct table_array study_inheritors(struct study *study, struct table *table,
                                    bool is_recursive)
{
    struct table_array found =
        model_inheritors(study->schema, table, is_recursive);
    struct table_array copy = {0};

    /* That one lives until the next statement is replayed. */
    for (size_t i = 0; i < found.count; i++)
        *array_push(study->arena, &copy) = found.items[i];
    return copy;
}

void study_lock_tree(struct study *study, struct table *table,
                     enum lock_mode mode)
{
    struct table_array tables;

    if (!table)
        return;
    tables = study_inheritors(study, table, true);
    for (size_t i = 0; i < tables.count; i++)
        study_lock_table(study, tables.items[i], mode);
}

void study_lock_partitions(struct study *study, struct table *table,
                           enum lock_mode mode)
{
    if (table && table->relation.kind == RELATION_PARTITIONED_TABLE)
        study_lock_tree(study, table, mode);
    else
        study_lock_table(study, table, mode);
}

void study_lock_indexes(struct study *study, struct table *table,
                        enum lock_mode mode)
{
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];

        if (!index->relation.object.is_dropped)
            study_lock(study, &index->relation, mode);
    }
}

static bool is_catalog(struct qualified_name name)
{
    if (name.schema)
        return strncmp(name.schema, "pg_", 3) == 0 ||
               strcmp(name.schema, "information_schema") == 0;
    return strncmp(name.name, "pg_", 3) == 0;
}

/* A table that nobody has made is one that was there before the files. */
static bool is_table(enum relation_kind kind)
{
    return kind == RELATION_TABLE;
}

struct relation *study_lock_name(struct study *study,
                                 struct qualified_name name,
                                 enum relation_kind kind, enum lock_mode mode)
{
    struct relation *relation;
    struct table *mentioned;
    const struct namespace *namespace;

    if (!name.name)
        return NULL;
    relation = model_find_relation(study->schema, name);
    if (!relation && is_catalog(name))
        return NULL;
    if (!relation && is_table(kind)) {
        mentioned = model_mention_table(study->schema, name, false);
        relation = mentioned ? &mentioned->relation : NULL;
    }
    if (relation || is_table(kind)) {
        study_lock(study, relation, mode);
        return relation;
    }
    namespace = model_namespace_for(study->schema, NULL);
    if (!name.schema)
        name.schema = namespace ? namespace->name : "public";
    add_lock(study, key_of_name(study, 0, name.schema, name.name),
             (struct lock){
                 .schema = name.schema,
                 .name = name.name,
                 .kind = kind,
                 .mode = mode,
             });
    return NULL;
}

static void add_work(struct study *study, struct work wanted)
{
    struct slice key =
        key_of_name(study, (int)wanted.kind, wanted.schema, wanted.name);

    if (map_find(&study->work, key))
        return;
    map_put(study->arena, &study->work, key, study);
    *array_push(study->arena, &study->effects.work) = wanted;
}

/* Names of what the statement makes go away when it is undone. */
void study_work(struct study *study, enum work_kind kind,
                const struct relation *relation, const struct relation *on)
{
    add_work(study, (struct work){
                        .kind = kind,
                        .schema = relation->namespace->name,
                        .name = relation->name,
                        .on = on,
                    });
}

void study_check_key(struct study *study, const struct constraint *key)
{
    add_work(study, (struct work){
                        .kind = WORK_FOREIGN_KEY_CHECK,
                        .schema = key->table->relation.namespace->name,
                        .name = key->name,
                        .on = &key->table->relation,
                    });
}

void study_cause(struct study *study, struct work_cause cause)
{
    if (study->effects.causes.count < CAUSES_MAX)
        *array_push(study->arena, &study->effects.causes) = cause;
}

bool study_fail(struct study *study, const char *format, ...)
{
    va_list arguments;

    if (study->effects.fails)
        return false;
    va_start(arguments, format);
    study->effects.fails = arena_vformat(study->arena, format, arguments);
    va_end(arguments);
    return false;
}

bool table_has_rows(struct table *table)
{
    return table->relation.kind == RELATION_TABLE ||
           table->relation.kind == RELATION_MATERIALIZED_VIEW;
}

bool table_may_have_rows(struct table *table)
{
    return table_has_rows(table) ||
           (table->relation.kind == RELATION_PARTITIONED_TABLE &&
            !model_has_children(table));
}

struct table *study_find_table(const struct study *study, const RangeVar *name)
{
    return name ? model_find_table(study->schema, name_from_range_var(name))
                : NULL;
}

int effects_compare_names(const char *schema, const char *name,
                          const char *other_schema, const char *other_name)
{
    int order = strcmp(schema, other_schema);

    return order ? order : strcmp(name, other_name);
}

int effects_compare_locks(const void *a, const void *b)
{
    const struct lock *one = a, *other = b;

    return effects_compare_names(one->schema, one->name, other->schema,
                                 other->name);
}

enum lock_mode effects_lock_on(const struct effects *effects,
                               const struct relation *relation)
{
    const struct lock key = {
        .schema = relation ? relation->namespace->name : NULL,
        .name = relation ? relation->name : NULL,
    };
    const struct lock *lock;

    if (!relation || effects->locks.count == 0)
        return LOCK_NONE;
    lock = bsearch(&key, effects->locks.items, effects->locks.count,
                   sizeof *effects->locks.items, effects_compare_locks);
    return lock && lock->relation == relation ? lock->mode : LOCK_NONE;
}

enum lock_mode effects_lock_on_name(const struct effects *effects,
                                    struct qualified_name name)
{
    for (size_t i = 0; i < effects->locks.count; i++) {
        const struct lock *lock = &effects->locks.items[i];

        if (strcmp(lock->name, name.name) == 0 &&
            (!name.schema || strcmp(lock->schema, name.schema) == 0))
            return lock->mode;
    }
    return LOCK_NONE;
}

const struct work *effects_find_work(const struct effects *effects,
                                     enum work_kind kind,
                                     const struct relation *on)
{
    for (size_t i = 0; i < effects->work.count; i++) {
        const struct work *work = &effects->work.items[i];

        if (work->kind == kind && work->on == on)
            return work;
    }
    return NULL;
}

const struct work_cause *effects_find_cause(const struct effects *effects,
                                            const AlterTableCmd *command,
                                            enum work_kind kind)
{
    for (size_t i = 0; i < effects->causes.count; i++) {
        const struct work_cause *cause = &effects->causes.items[i];

        if (cause->command == command && cause->kind == kind)
            return cause;
    }
    return NULL;
}

const struct new_check *effects_find_new_check(const struct effects *effects,
                                               size_t offset)
{
    for (size_t i = 0; i < effects->new_checks.count; i++) {
        if (effects->new_checks.items[i].offset == offset)
            return &effects->new_checks.items[i];
    }
    return NULL;
}

bool effects_build_index(const struct effects *effects)
{
    for (size_t i = 0; i < effects->work.count; i++) {
        if (effects->work.items[i].kind == WORK_INDEX_BUILD)
            return true;
    }
    return false;
}

bool effects_scan_column(const struct effects *effects, const char *column)
{
    for (size_t i = 0; i < effects->unproven.count; i++) {
        if (strcmp(effects->unproven.items[i], column) == 0)
            return true;
    }
    return false;
}
