/*
 * The schema's inside: what replay changes it with. Everything that outlives a
 * rollback goes through SET, PUSH or the functions here, which journal.
 */
#ifndef SCHEMA_MODEL_H
#define SCHEMA_MODEL_H

#include "schema/journal.h"
#include "schema/name_table.h"
#include "schema/object_register.h"
#include "schema/schema.h"

#include "base/map.h"
#include "sql/walker.h"

/* Assigns, journaled. */
#define SET(schema, target, value)                                        \
    (journal_save(&(schema)->journal, (void *)&(target), sizeof(target)), \
     (target) = (value))

/* array_push(), journaled. */
#define PUSH(schema, array)                                              \
    (journal_save(&(schema)->journal, (void *)(array), sizeof *(array)), \
     array_push(&(schema)->arena, (array)))

/* The server's limit (MaxHeapAttributeNumber); dropped columns count. */
#define COLUMN_COUNT_MAX 1600

/* Of an index or a key, included ones too (INDEX_MAX_KEYS). */
#define KEY_COUNT_MAX 32

/* How many constraints of a schema have a name. */
struct name_count {
    size_t count;
};

/* Names of schemas, in order. */
struct search_path {
    const char **names;
    size_t count;
    struct namespace **found; /* by those names; null where there is none */
    size_t found_at;          /* schema.namespaces_state at that time */
    bool has_catalog;         /* it names pg_catalog; else that comes first */
};

/* Up to which number generated names of this kind are taken. */
struct name_hint {
    size_t taken;
    size_t removals; /* schema.removals when that was found */
};

/* What schema_tables() last gave, and of which state of the schema. */
struct table_list {
    struct arena arena;
    struct table_array tables;
    bool is_made;
    size_t removals;
    size_t seen; /* of schema.tables */
};

/* The last statement that was tried, if the server accepts it. What it did is
 * taken back, and can be done again (journal.h). */
struct trial {
    const struct statement *statement;
    bool is_opaque;     /* it may have done more than we know */
    size_t entry_count; /* in the journal, after it */
};

/* What was made and dropped, in order, while somebody watched: relations and
 * constraints made, any object dropped. */
struct change {
    struct object *object;
    bool is_made; /* else dropped */
};

struct change_array ARRAY(struct change);

struct watch {
    struct arena *arena;
    struct change_array changes;
    struct taken_array taken;    /* by DROP */
    struct object_array renamed; /* or moved to another schema: relations,
                                    types, functions, schemas */
};

/* A label that an enum has been given by the transaction; null: the enum itself
 * was made by it. */
struct new_label {
    struct type *type;
    const char *label;
};

struct new_label_array ARRAY(struct new_label);

/* A timeout of the session: whether there is one. */
struct timeout_setting {
    bool is_on;       /* SET */
    bool is_local;    /* SET LOCAL is in force, and says ... */
    bool is_local_on; /* ... this */
};

#define TYPE_CACHE_SIZE 256   /* a power of two */
#define OID_CACHE_SIZE 256    /* likewise */
#define CHOICE_CACHE_SIZE 128 /* likewise */

struct schema {
    struct arena arena;
    struct journal journal;
    struct walker walker;
    struct arena scratch;  /* cleared after each statement */
    struct parser *parser; /* for bodies; null until it is needed */
    int postgres_version;
    size_t unit;
    bool is_complete;       /* schema_is_complete() */
    bool is_opaque;         /* a statement was not understood */
    bool keeps_definitions; /* schema_keep_definitions() */
    bool begins_empty;      /* schema_begin_empty() */
    bool is_conditional;    /* the statement has IF NOT EXISTS */
    bool has_commit_drops;  /* a table was made ON COMMIT DROP since the last
                              commit */
    bool is_aborted;        /* a statement of the open transaction has failed */
    bool
        is_public_revoked; /* of functions to come (ALTER DEFAULT PRIVILEGES) */
    bool is_section_transaction; /* replay_begin_section() */
    bool has_unknown_objects;    /* something was made that brings functions,
                                 operators or casts which are not known */

    struct name_table namespaces;
    struct name_table relations;        /* by namespace */
    struct name_table types;            /* by namespace */
    struct name_table gone_relations;   /* by namespace: names that a relation
                                           had, and lost, at some time */
    struct name_table gone_types;       /* likewise */
    struct name_table functions;        /* by namespace: the first overload */
    struct name_table constraints;      /* by table */
    struct name_table constraint_names; /* by namespace: struct name_count */
    struct name_table extensions;
    struct name_table others;     /* by namespace, or the schema, and kind */
    uint32_t other_kinds;         /* a bit for each kind ever made */
    struct name_table statistics; /* by namespace */
    struct map name_hints;
    struct type **builtin_types; /* by row of schema/builtin; null until one is
                                    asked for */
    size_t removals;             /* grows when a name becomes free */
    size_t namespace_changes;    /* how often namespaces came, went or were
                                 renamed; never goes back */
    size_t namespaces_state;     /* the change that made them what they are */

    struct namespace *public_namespace;
    struct namespace *temporary_namespace;
    struct table_array tables; /* all that ever were */
    struct table_list *existing;
    struct search_path *default_search_path;
    struct search_path *search_path;       /* of the session */
    struct search_path *local_search_path; /* SET LOCAL; may be null */
    struct new_label_array new_labels;     /* of the open transaction */
    struct table_array waiting;            /* with deferred checks of it */
    const char *time_zone;                 /* of the session; null: not known */
    const char *local_time_zone;           /* SET LOCAL; null: none */
    bool has_escape_strings; /* standard_conforming_strings is off */
    struct timeout_setting timeouts[TIMEOUT_COUNT];
    bool is_compared; /* between difference_begin() and difference_end() */
    size_t doubts;    /* statements so far that were not understood, or that
                            the server refuses; never goes back */
    size_t visit;     /* the last number given to table.visit */
    struct object_register objects; /* but built-in types, arrays, row types
                                       and defaults */
    struct trial trial;
    struct watch *watch; /* null: nobody wants to know what changes */
    size_t spent;        /* see model_spend() */

    /* Found last: type.c's. */
    struct type *type_cache[TYPE_CACHE_SIZE];
    struct type *oid_cache[OID_CACHE_SIZE];

    /* Rows of pg_catalog chosen last for exactly their types: query's. */
    const struct builtin_operator *operator_cache[CHOICE_CACHE_SIZE];
    const struct builtin_function *function_cache[CHOICE_CACHE_SIZE];
};

/* The label is one that the open transaction may use: it was not added by it,
 * or, from 17 on, to an enum that was made by it. (enum.c,
 * check_safe_enum_use) */
bool model_may_use_label(const struct schema *schema, const struct type *type,
                         const char *label);

/*
 * Pays for a loop over much of the schema. False when what a run may spend on
 * such loops is used up: many statements, each of which looks at everything,
 * would take for ever. The schema is then incomplete.
 */
bool model_spend(struct schema *schema, size_t steps);

/* The schema's own copy of a name; null for null. */
const char *model_name(struct schema *schema, const char *name);

/* Null if it is not known. */
struct namespace *model_find_namespace(const struct schema *schema,
                                       const char *name);

struct namespace *model_add_namespace(struct schema *schema, const char *name,
                                      struct place made_at);

void model_remove_namespace(struct schema *schema, struct namespace *namespace);

void model_rename_namespace(struct schema *schema, struct namespace *namespace,
                            const char *name);

/* Looks its schemas up again. */
void model_look_up_path(const struct schema *schema, struct search_path *path);

/* The search_path in force, its schemas looked up. Temporary relations and
 * types come before it, and pg_catalog, unless it names them. */
static inline const struct search_path *model_search_path(
    const struct schema *schema)
{
    struct search_path *path = schema->local_search_path
                                   ? schema->local_search_path
                                   : schema->search_path;

    if (path->found_at != schema->namespaces_state)
        model_look_up_path(schema, path);
    return path;
}

/* For so many names, which the caller fills in. */
struct search_path *model_new_search_path(struct schema *schema, size_t count);

/*
 * Where a new relation of that name goes: the schema named (made known if need
 * be), or the first of the search_path that exists.
 */
struct namespace *model_namespace_for(struct schema *schema, const char *name);

/* The first of the search_path that exists; null if none does. */
struct namespace *model_first_namespace(const struct schema *schema);

struct relation *model_find_relation(const struct schema *schema,
                                     struct qualified_name name);
/*
 * There is no relation, or type, of that name, though much else may be that
 * nobody told of: a statement dropped or renamed it. To be asked when none is
 * found. False if some statement was not understood.
 */
bool model_is_gone_relation(const struct schema *schema,
                            struct qualified_name name);
bool model_is_gone_type(const struct schema *schema,
                        struct qualified_name name);

/* DROP IF EXISTS of a relation that is not known. */
void model_note_gone(struct schema *schema, struct qualified_name name);

struct table *model_find_table(const struct schema *schema,
                               struct qualified_name name);
struct index *model_find_index(const struct schema *schema,
                               struct qualified_name name);
struct type *model_find_type(const struct schema *schema,
                             struct qualified_name name);

/* In this very namespace. */
struct type *model_type_in(const struct schema *schema,
                           const struct namespace *namespace, const char *name);

struct extension *model_find_extension(const struct schema *schema,
                                       const char *name);

/* The first of that name in this very namespace: next_overload has the others.
 * Null if there is none. */
struct function *model_functions_in(const struct schema *schema,
                                    const struct namespace *namespace,
                                    const char *name);

/* A function without parameters or anything else, the last of its name. */
struct function *model_add_function(struct schema *schema,
                                    struct namespace *namespace,
                                    const char *name, struct place made_at);
void model_remove_function(struct schema *schema, struct function *function);
void model_rename_function(struct schema *schema, struct function *function,
                           const char *name, struct namespace *namespace);

/* Operators, collations, roles and so on. namespace is null for those that are
 * in none. Null if there is none of that name. */
struct other *model_find_other(const struct schema *schema,
                               enum other_kind kind,
                               const struct namespace *namespace,
                               const char *name);
struct other *model_add_other(struct schema *schema, enum other_kind kind,
                              struct namespace *namespace, const char *name,
                              struct place made_at);
void model_remove_other(struct schema *schema, struct other *other);

/* Whether any of that kind was ever made by a statement. */
static inline bool model_may_have_other(const struct schema *schema,
                                        enum other_kind kind)
{
    return schema->other_kinds >> kind & 1;
}

void model_rename_other(struct schema *schema, struct other *other,
                        const char *name, struct namespace *namespace);

struct statistics *model_find_statistics(const struct schema *schema,
                                         struct qualified_name name);
struct statistics *model_statistics_in(const struct schema *schema,
                                       const struct namespace *namespace,
                                       const char *name);

/* Makes it known that has its name and namespace; it is in no table yet. */
void model_link_statistics(struct schema *schema,
                           struct statistics *statistics);
void model_remove_statistics(struct schema *schema,
                             struct statistics *statistics);
void model_rename_statistics(struct schema *schema,
                             struct statistics *statistics, const char *name,
                             struct namespace *namespace);

/* A zeroed object of so many bytes, which is then in schema.objects. */
void *model_new_object(struct schema *schema, enum object_class class,
                       size_t size);

/* Marks it as dropped, and tells who watches; every drop goes through this. */
void model_drop_object(struct schema *schema, struct object *object);

/* Tells who watches. */
void model_note_made(struct schema *schema, struct object *object);
void model_note_renamed(struct schema *schema, struct object *object);

/* Does nothing if that is known already, or if either is null. */
void model_depend(struct schema *schema, struct object *dependent,
                  struct object *needed, enum dependency_kind kind);

/* It needs nothing any more. */
void model_forget_needs(struct schema *schema, struct object *dependent);

/* It does not need that any more. */
void model_forget_need(struct schema *schema, struct object *dependent,
                       const struct object *needed);

/* Casts, null for null and for a relation of another kind. */
static inline struct table *relation_as_table(struct relation *relation)
{
    if (!relation || relation->kind == RELATION_SEQUENCE ||
        relation->kind == RELATION_INDEX)
        return NULL;
    return (struct table *)relation;
}

static inline struct index *relation_as_index(struct relation *relation)
{
    if (!relation || relation->kind != RELATION_INDEX)
        return NULL;
    return (struct index *)relation;
}

static inline struct sequence *relation_as_sequence(struct relation *relation)
{
    if (!relation || relation->kind != RELATION_SEQUENCE)
        return NULL;
    return (struct sequence *)relation;
}

/* What has this name in this very namespace. */
struct relation *model_relation_in(const struct schema *schema,
                                   const struct namespace *namespace,
                                   const char *name);

/* Fills the relation's common part, the name as it is given; makes it known by
 * a copy of that; or both. */
void model_make_relation(struct relation *relation, enum relation_kind kind,
                         struct namespace *namespace, const char *name,
                         struct place made_at);
void model_link_relation(struct schema *schema, struct relation *relation);
void model_add_relation(struct schema *schema, struct relation *relation,
                        enum relation_kind kind, struct namespace *namespace,
                        const char *name, struct place made_at);
void model_remove_relation(struct schema *schema, struct relation *relation);
void model_rename_relation(struct schema *schema, struct relation *relation,
                           const char *name);
void model_move_relation(struct schema *schema, struct relation *relation,
                         struct namespace *namespace);

/* The same for a table, whose constraints' names go along. */
void model_move_table(struct schema *schema, struct table *table,
                      struct namespace *namespace);

/* The same for a table. */
struct table *model_make_table(struct schema *schema, enum relation_kind kind,
                               struct namespace *namespace, const char *name,
                               struct place made_at);
void model_link_table(struct schema *schema, struct table *table);
struct table *model_add_table(struct schema *schema, enum relation_kind kind,
                              struct namespace *namespace, const char *name,
                              struct place made_at);

/* The table, made known as incomplete if it is not known. */
struct table *model_mention_table(struct schema *schema,
                                  struct qualified_name name, bool is_doubtful);

/* The same of a relation that is known. */
struct table *model_mention_relation(struct schema *schema,
                                     struct relation *relation,
                                     bool is_doubtful);

/*
 * A weak hash, from the ends of the name. It stands beside the array of
 * columns, so that a table that is out of the cache is searched without
 * touching each column.
 */
static inline uint32_t model_hash_column(struct slice name)
{
    uint32_t length = (uint32_t)name.length, first = 0, last = 0;

    if (length >= sizeof first) {
        memcpy(&first, name.start, sizeof first);
        memcpy(&last, name.start + length - sizeof last, sizeof last);
    } else {
        for (size_t i = 0; i < length; i++)
            first = first << 8 | (unsigned char)name.start[i];
    }
    return (first ^ last << 7 ^ last >> 25 ^ length) * UINT32_C(0x9e3779b1);
}

struct column *model_find_column(const struct table *table, const char *name);

/* Room for that many columns at once; at least as many as there are. */
void model_reserve_columns(struct schema *schema, struct table *table,
                           size_t capacity);

void model_rename_column(struct schema *schema, struct column *column,
                         const char *name);

/* The name is not in use; null beyond the server's limit. */
struct column *model_add_column(struct schema *schema, struct table *table,
                                const char *name, struct place made_at);

/* The column, made known if it is not and the table is incomplete. */
struct column *model_mention_column(struct schema *schema, struct table *table,
                                    const char *name);

struct constraint *model_find_constraint(const struct schema *schema,
                                         const struct table *table,
                                         const char *name);
struct constraint *model_add_constraint(struct schema *schema,
                                        struct table *table,
                                        enum constraint_type type,
                                        const char *name, struct place made_at);

/* The constraint of a domain. */
struct constraint *model_find_domain_constraint(const struct schema *schema,
                                                const struct type *domain,
                                                const char *name);

/* Makes a constraint known that has its type, name and table or domain, which
 * has an array of constraints. */
void model_link_constraint(struct schema *schema,
                           struct constraint *constraint);
void model_remove_constraint(struct schema *schema,
                             struct constraint *constraint);
void model_rename_constraint(struct schema *schema,
                             struct constraint *constraint, const char *name);

/* What the array type of an element of this name is called, if that name is
 * free. */
const char *model_array_name(struct schema *schema, const char *element);

struct type *model_add_type(struct schema *schema, enum type_kind kind,
                            struct namespace *namespace, const char *name,
                            struct place made_at);
void model_remove_type(struct schema *schema, struct type *type);
void model_rename_type(struct schema *schema, struct type *type,
                       const char *name, struct namespace *namespace);

/* Some column gets the type: who looks for its users must look at columns. Not
 * journaled, for it may be said in vain. */
void model_note_use(struct type *type);

static inline void model_use_type(struct type *type)
{
    if (type && !type->is_in_use)
        model_note_use(type);
}

bool columns_have(const struct column_array *columns,
                  const struct column *column);

/* Some table inherits from it. */
bool model_has_children(const struct table *table);

/* The table and, if is_recursive, all that inherit from it, each once; in the
 * scratch arena. */
struct table_array model_inheritors(struct schema *schema, struct table *table,
                                    bool is_recursive);

#endif
