/*
 * What the files of locks/ share: the statement that is being looked at, and
 * what has been found out about it. Nobody else includes this.
 */
#ifndef LOCKS_STUDY_H
#define LOCKS_STUDY_H

#include "base/map.h"
#include "locks/locks.h"
#include "query/query.h"
#include "schema/model.h"
#include "schema/type.h"

/* What the rows of a table go through in the end: phase 3 of ALTER TABLE. */
struct table_phase {
    struct table *table;
    bool is_rewritten;
    bool is_scanned;
    bool is_moved; /* to another tablespace */
};

struct table_phase_array ARRAY(struct table_phase);

/* A column that shall be NOT NULL and was not. */
struct new_not_null {
    struct table *table;
    const struct column *column;
};

/* A foreign key whose columns change their type: it is checked again if the
 * table is rewritten, whatever the types are. */
struct changed_key {
    struct constraint *key;
    struct table *table; /* that is altered */
    const AlterTableCmd *command;
};

struct changed_key_array ARRAY(struct changed_key);

struct new_not_null_array ARRAY(struct new_not_null);

struct study {
    struct arena *arena;
    struct schema *schema;
    int version;
    struct source *source;
    const struct statement *statement;
    struct effects effects;
    const Node *condition; /* of the one table that is being read; else null */
    bool is_kept; /* its queries are kept, not run: only their names matter */
    struct watch watch; /* what the replay made and dropped */
    struct map made;    /* the objects that it made, by their address */
    struct map locks;   /* number of the lock in effects.locks, from 1 */
    struct map work;    /* what is in effects.work */
    struct table_phase_array phases;
    struct map phase_of; /* number of the table's phase, from 1 */
    struct new_not_null_array not_nulls;
    struct changed_key_array keys; /* foreign keys to be checked again */
    struct changed_key_array changed_keys;
    struct parser *parser; /* of texts in the schema; null until needed */
};

/*
 * effects.c
 */

/* The order of effects.locks; of a work's names too. */
int effects_compare_names(const char *schema, const char *name,
                          const char *other_schema, const char *other_name);
int effects_compare_locks(const void *a, const void *b);

/* Null, and relations of no interest, are left out. */
void study_lock(struct study *study, const struct relation *relation,
                enum lock_mode mode);
void study_lock_table(struct study *study, struct table *table,
                      enum lock_mode mode);

/* The table, and all that inherit from it, partitions too. */
void study_lock_tree(struct study *study, struct table *table,
                     enum lock_mode mode);

/* The table, and its partitions if it is partitioned. */
void study_lock_partitions(struct study *study, struct table *table,
                           enum lock_mode mode);

/* All that are there. */
void study_lock_indexes(struct study *study, struct table *table,
                        enum lock_mode mode);

/* A relation by name, one that the files do not make too; catalogs are left
 * out. The relation, or null. */
struct relation *study_lock_name(struct study *study,
                                 struct qualified_name name,
                                 enum relation_kind kind, enum lock_mode mode);

void study_work(struct study *study, enum work_kind kind,
                const struct relation *relation, const struct relation *on);

/* A constraint's work goes by its name. */
void study_check_key(struct study *study, const struct constraint *key);

/* Why a sub-command of the statement costs work. */
void study_cause(struct study *study, struct work_cause cause);

/* The statement fails; false. The first reason counts. */
bool study_fail(struct study *study, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The tables that have rows of their own: neither partitioned nor views. */
bool table_has_rows(struct table *table);

/* The same, or a partitioned one of which no partition is known. */
bool table_may_have_rows(struct table *table);

/* The table and, if is_recursive, all that inherit from it; in the arena. */
struct table_array study_inheritors(struct study *study, struct table *table,
                                    bool is_recursive);

/* The table that a name means; null if it is none that is known. */
struct table *study_find_table(const struct study *study, const RangeVar *name);

/* Fills study->made when the replay is over. */
void study_note_made(struct study *study);

/* Existed before the statement. */
bool study_existed(const struct study *study, const struct object *object);

/*
 * Each adds what one kind of statement does. Those called before the replay
 * see the schema before the statement, those called after it what it left.
 */
void study_alter_table_before(struct study *study, const AlterTableStmt *alter);
void study_alter_table_after(struct study *study, const AlterTableStmt *alter);
void study_create_table(struct study *study, const CreateStmt *create);
void study_create_index(struct study *study, const IndexStmt *create);
void study_create_trigger(struct study *study, const CreateTrigStmt *create);
void study_drop(struct study *study, const DropStmt *drop);
void study_rename(struct study *study, const RenameStmt *rename);
void study_truncate(struct study *study, const TruncateStmt *truncate);
void study_maintenance(struct study *study, const Node *node);
void study_domain(struct study *study, const AlterDomainStmt *alter);
void study_other(struct study *study, const Node *node);
void study_do(struct study *study, const DoStmt *statement,
              const struct locks_context *context);

/* drop.c: what else went, and the indexes and foreign keys that came. */
void study_changes(struct study *study);

/* The tables that lose a foreign key's triggers. */
void study_lock_referenced(struct study *study, const struct constraint *key);

/*
 * alter_reach.c
 */

/* The table, and as much of its tree as the sub-command reaches. */
struct table_array alter_targets(struct study *study,
                                 const AlterTableStmt *alter,
                                 struct table *table,
                                 const AlterTableCmd *command);

/*
 * alter.c
 */

/* What a constraint of a table or column that is being made locks. */
void study_constraint(struct study *study, const Constraint *constraint);

/*
 * alter_work.c
 */
void study_rewrite(struct study *study, struct table *table);
void study_scan(struct study *study, struct table *table);

/* Because the column is to be NOT NULL. */
void study_scan_column(struct study *study, struct table *table,
                       const char *name);

bool column_has_constraint(const ColumnDef *definition, ConstrType type);
void study_alter_work(struct study *study, const AlterTableStmt *alter,
                      struct table *table);

/* Its CHECKs that read the column are looked at again. */
void study_scan_for_checks(struct study *study, struct table *table,
                           const AlterTableCmd *command,
                           const struct column *column);

/*
 * alter_after.c
 */

/* Adds the scans, rewrites and index builds of all phases. */
void study_finish_phases(struct study *study);

/*
 * change_key.c
 */

/* The type without its domains. */
struct data_type type_without_domains(struct data_type type);

/* The class that an index on a column of the type uses by itself; null if it
 * is not known. */
const struct builtin_operator_class *study_default_class(
    const struct study *study, const char *method, const struct type *type);

/* A class that serves all types of a kind; 0: none does. */
uint16_t study_polymorphic_of(const struct type *type);

/* The foreign keys that have the column, on either side, are made again. */
void study_change_keys(struct study *study, struct table *table,
                       const AlterTableCmd *command,
                       const struct column *column, struct data_type new);

/*
 * change_type.c
 */
void study_change_types(struct study *study, const AlterTableStmt *alter,
                        struct table *table);

/* Every value of the type with the old modifier is one with the new. */
bool study_modifier_is_wider(const struct type *type, int32_t old, int32_t new);

/*
 * narrow.c: adds to effects.narrowed if the column's values may not fit.
 */
void study_narrow(struct study *study, const struct column *column,
                  const ColumnDef *definition, struct data_type type);

/*
 * partition.c
 */
void study_attach_partition(struct study *study, struct table *parent,
                            const PartitionCmd *command);
void study_detach_partition(struct study *study, struct table *parent,
                            const PartitionCmd *command);

/* The table and those of its partitions that can have rows for which the
 * condition is true. */
void study_lock_pruned(struct study *study, struct table *table,
                       const Node *condition, enum lock_mode mode);

/* What a new partition costs: its default partition, and foreign keys. */
void study_new_partition(struct study *study, struct table *parent,
                         const PartitionBoundSpec *bound);

/*
 * reads.c
 */

/* What a query, or any other tree that has queries in it, reads and writes. */
void study_query(struct study *study, const Node *tree);

/* The relations that the first of these, a view, shows. */
void study_expand(struct study *study, struct query_relation_array *relations);

/* One relation of a query, and what it shows if it is a view. */
void study_read(struct study *study, struct table *table, bool is_only,
                enum lock_mode mode);

/* The relation of that name in a query. */
void study_read_name(struct study *study, const RangeVar *name,
                     enum lock_mode mode);

/*
 * writes.c
 */
void study_insert(struct study *study, const InsertStmt *insert);
void study_update(struct study *study, const UpdateStmt *statement);
void study_delete(struct study *study, const DeleteStmt *statement);
void study_merge(struct study *study, const MergeStmt *merge);
void study_copy(struct study *study, const CopyStmt *copy);

/*
 * sequence.c
 */
void study_call(struct study *study, const FuncCall *call);

/*
 * parse.c: trees of texts that the schema keeps. They live as long as the
 * study. Null for what is not one statement, or not an expression.
 */
const Node *study_parse(struct study *study, const char *text);
const Node *study_parse_expression(struct study *study, const char *text);

/*
 * default.c
 */

/* Why ADD COLUMN with this definition writes every row anew; REASON_NONE: it
 * does not. */
enum work_reason column_rewrite_reason(struct study *study,
                                       const ColumnDef *definition);

/* Its DEFAULT; null if it has none, or DEFAULT NULL. */
const Node *column_default_of(const ColumnDef *definition);

/*
 * options.c
 */

/* Which lock SET (...) and RESET (...) need. */
enum lock_mode options_lock_mode(const List *options);

#endif
