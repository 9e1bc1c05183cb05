/*
 * Locks of all other statements: those that change one property of one thing,
 * and those that read and write rows.
 *
 * Facts: the files of src/backend/commands; objectaddress.c
 * (get_object_address) for COMMENT.
 */
#include "locks/study.h"

#include "sql/do_body.h"
#include "sql/parser.h"

#include <string.h>

static enum relation_kind kind_of(ObjectType type)
{
    switch (type) {
    case OBJECT_VIEW: return RELATION_VIEW;
    case OBJECT_MATVIEW: return RELATION_MATERIALIZED_VIEW;
    case OBJECT_SEQUENCE: return RELATION_SEQUENCE;
    case OBJECT_INDEX: return RELATION_INDEX;
    case OBJECT_FOREIGN_TABLE: return RELATION_FOREIGN_TABLE;
    default: return RELATION_TABLE;
    }
}

/* Locks what it names, unless IF EXISTS finds nothing. */
static struct relation *lock_named(struct study *study, const RangeVar *name,
                                   ObjectType type, bool missing_ok,
                                   enum lock_mode mode)
{
    struct qualified_name qualified = name_from_range_var(name);

    if (missing_ok && !model_find_relation(study->schema, qualified))
        return NULL;
    return study_lock_name(study, qualified, kind_of(type), mode);
}

/*
 * RENAME.
 */

static bool is_index(struct relation *relation)
{
    return relation && relation->kind == RELATION_INDEX;
}

static void rename_relation(struct study *study, const RenameStmt *rename)
{
    struct relation *relation = model_find_relation(
        study->schema, name_from_range_var(rename->relation));
    bool is_light =
        rename->renameType == OBJECT_INDEX && (!relation || is_index(relation));

    lock_named(study, rename->relation, rename->renameType, rename->missing_ok,
               is_light ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE);
}

static void rename_column(struct study *study, const RenameStmt *rename)
{
    struct relation *relation =
        lock_named(study, rename->relation, rename->relationType,
                   rename->missing_ok, LOCK_ACCESS_EXCLUSIVE);
    struct table *table = relation_as_table(relation);

    if (table && rename->relation->inh)
        study_lock_tree(study, table, LOCK_ACCESS_EXCLUSIVE);
}

/* The index of a key takes its new name; children have CHECKs of that name. */
static void rename_constraint(struct study *study, const RenameStmt *rename)
{
    struct relation *relation =
        lock_named(study, rename->relation, rename->relationType,
                   rename->missing_ok, LOCK_ACCESS_EXCLUSIVE);
    struct table *table = relation_as_table(relation);
    const struct constraint *constraint =
        table ? model_find_constraint(study->schema, table, rename->subname)
              : NULL;

    if (!constraint)
        return;
    if (constraint->index && constraint->type != CONSTRAINT_FOREIGN_KEY)
        study_lock(study, &constraint->index->relation,
                   LOCK_SHARE_UPDATE_EXCLUSIVE);
    if ((constraint->type == CONSTRAINT_CHECK ||
         constraint->type == CONSTRAINT_NOT_NULL) &&
        !constraint->is_no_inherit && rename->relation->inh)
        study_lock_tree(study, table, LOCK_ACCESS_EXCLUSIVE);
}

/* From 15 on, clones in partitions are looked for, to be renamed too. */
static void rename_trigger(struct study *study, const RenameStmt *rename)
{
    struct relation *relation =
        lock_named(study, rename->relation, OBJECT_TABLE, rename->missing_ok,
                   LOCK_ACCESS_EXCLUSIVE);
    struct table *table = relation_as_table(relation);

    if (table && study->version >= 15)
        study_lock_partitions(study, table, LOCK_ACCESS_EXCLUSIVE);
}

void study_rename(struct study *study, const RenameStmt *rename)
{
    switch (rename->renameType) {
    case OBJECT_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
    case OBJECT_SEQUENCE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_INDEX: rename_relation(study, rename); return;
    case OBJECT_COLUMN: rename_column(study, rename); return;
    case OBJECT_TABCONSTRAINT: rename_constraint(study, rename); return;
    case OBJECT_TRIGGER: rename_trigger(study, rename); return;
    case OBJECT_POLICY:
    case OBJECT_RULE:
        lock_named(study, rename->relation, OBJECT_TABLE, rename->missing_ok,
                   LOCK_ACCESS_EXCLUSIVE);
        return;
    default: return;
    }
}

/* SET SCHEMA takes the sequences of the table's columns along. */
static void set_schema(struct study *study, const AlterObjectSchemaStmt *alter)
{
    struct table *table;

    if (!alter->relation)
        return;
    table =
        relation_as_table(lock_named(study, alter->relation, alter->objectType,
                                     alter->missing_ok, LOCK_ACCESS_EXCLUSIVE));
    for (size_t i = 0; table && i < table->sequences.count; i++) {
        if (!table->sequences.items[i]->relation.object.is_dropped)
            study_lock(study, &table->sequences.items[i]->relation,
                       LOCK_ACCESS_EXCLUSIVE);
    }
}

/*
 * COMMENT, SECURITY LABEL.
 */

static void comment(struct study *study, ObjectType type, const Node *object)
{
    const List *names = node_as(List, object);

    switch (type) {
    case OBJECT_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
    case OBJECT_SEQUENCE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_INDEX:
        study_lock_name(study, name_from_list(names), kind_of(type),
                        LOCK_SHARE_UPDATE_EXCLUSIVE);
        return;
    case OBJECT_COLUMN:
        study_lock_name(study, name_before_last(names), RELATION_TABLE,
                        LOCK_SHARE_UPDATE_EXCLUSIVE);
        return;
    case OBJECT_TABCONSTRAINT:
    case OBJECT_TRIGGER:
    case OBJECT_POLICY:
    case OBJECT_RULE:
        study_lock_name(study, name_before_last(names), RELATION_TABLE,
                        LOCK_ACCESS_SHARE);
        return;
    default: return;
    }
}

/* From 18 on the relation cannot go meanwhile. */
static void grant(struct study *study, const GrantStmt *grant)
{
    if (study->version < 18 || grant->targtype != ACL_TARGET_OBJECT ||
        (grant->objtype != OBJECT_TABLE && grant->objtype != OBJECT_SEQUENCE))
        return;
    foreach_node (RangeVar, name, grant->objects)
        study_lock_name(study, name_from_range_var(name),
                        kind_of(grant->objtype), LOCK_ACCESS_SHARE);
}

/*
 * Sequences.
 */

static void alter_sequence(struct study *study, const AlterSeqStmt *alter)
{
    struct relation *relation =
        lock_named(study, alter->sequence, OBJECT_SEQUENCE, alter->missing_ok,
                   LOCK_SHARE_ROW_EXCLUSIVE);
    bool is_written = false;

    foreach_node (DefElem, option, alter->options) {
        const List *owner = node_as(List, option->arg);

        if (strcmp(option->defname, "owned_by") != 0) {
            is_written = true;
            continue;
        }
        if (list_length(owner) > 1)
            study_lock_name(study, name_before_last(owner), RELATION_TABLE,
                            LOCK_ACCESS_SHARE);
    }
    if (relation && is_written)
        study_work(study, WORK_NEW_FILE, relation, relation);
}

static void create_sequence(struct study *study, const CreateSeqStmt *create)
{
    if (create->if_not_exists &&
        model_find_relation(study->schema,
                            name_from_range_var(create->sequence)))
        return;
    foreach_node (DefElem, option, create->options) {
        const List *owner = node_as(List, option->arg);

        if (strcmp(option->defname, "owned_by") == 0 && list_length(owner) > 1)
            study_lock_name(study, name_before_last(owner), RELATION_TABLE,
                            LOCK_ACCESS_SHARE);
    }
}

/*
 * LOCK TABLE.
 */

static void lock_table(struct study *study, const LockStmt *lock)
{
    enum lock_mode mode = (enum lock_mode)lock->mode;

    foreach_node (RangeVar, name, lock->relations) {
        struct relation *relation = study_lock_name(
            study, name_from_range_var(name), RELATION_TABLE, mode);
        struct table *table = relation_as_table(relation);
        struct query_relation_array relations = {0};

        if (!table)
            continue;
        if (name->inh)
            study_lock_tree(study, table, mode);
        if (relation->kind != RELATION_VIEW)
            continue;
        *array_push(study->arena, &relations) =
            (struct query_relation){.table = table};
        study_expand(study, &relations);
        for (size_t i = 1; i < relations.count; i++)
            study_lock_table(study, relations.items[i].table, mode);
    }
}

/*
 * Publications, statistics, policies, rules, views.
 */

static void publish(struct study *study, const List *objects)
{
    const ListCell *cell;

    foreach (cell, objects) {
        const PublicationObjSpec *object =
            node_as(PublicationObjSpec, (Node *)lfirst(cell));
        struct relation *relation;
        struct table *table;

        if (!object || !object->pubtable || !object->pubtable->relation)
            continue;
        relation = study_lock_name(
            study, name_from_range_var(object->pubtable->relation),
            RELATION_TABLE, LOCK_SHARE_UPDATE_EXCLUSIVE);
        table = relation_as_table(relation);
        if (table && relation->kind == RELATION_TABLE &&
            object->pubtable->relation->inh)
            study_lock_tree(study, table, LOCK_SHARE_UPDATE_EXCLUSIVE);
    }
}

static void create_statistics(struct study *study,
                              const CreateStatsStmt *create)
{
    const ListCell *cell;

    foreach (cell, create->relations) {
        const RangeVar *name = node_as(RangeVar, (Node *)lfirst(cell));

        if (name)
            study_lock_name(study, name_from_range_var(name), RELATION_TABLE,
                            LOCK_SHARE_UPDATE_EXCLUSIVE);
    }
}

static void create_view(struct study *study, const ViewStmt *create)
{
    struct relation *relation =
        model_find_relation(study->schema, name_from_range_var(create->view));

    study->is_kept = true;
    study_query(study, create->query);
    if (create->replace)
        study_lock(study, relation, LOCK_ACCESS_EXCLUSIVE);
}

static void create_table_as(struct study *study,
                            const CreateTableAsStmt *create)
{
    if (create->if_not_exists &&
        model_find_relation(study->schema,
                            name_from_range_var(create->into->rel)))
        return;
    study_query(study, create->query);
}

static void policy(struct study *study, const RangeVar *table,
                   const Node *using, const Node *check)
{
    study_lock_name(study, name_from_range_var(table), RELATION_TABLE,
                    LOCK_ACCESS_EXCLUSIVE);
    study->is_kept = true;
    study_query(study, using);
    study_query(study, check);
}

static void create_rule(struct study *study, const RuleStmt *create)
{
    study_lock_name(study, name_from_range_var(create->relation),
                    RELATION_TABLE, LOCK_ACCESS_EXCLUSIVE);
    study->is_kept = true;
    study_query(study, create->whereClause);
    study_query(study, (const Node *)create->actions);
}

/* Everything that is not in a tablespace of its own. */
static void move_all(struct study *study, const AlterTableMoveAllStmt *move)
{
    const struct table_array *all = schema_tables(study->schema);

    if (strcmp(move->orig_tablespacename, "pg_default") != 0 ||
        strcmp(move->new_tablespacename, "pg_default") == 0 ||
        !model_spend(study->schema, all->count))
        return;
    for (size_t i = 0; i < all->count; i++) {
        struct relation *relation = &all->items[i]->relation;
        enum relation_kind wanted = move->objtype == OBJECT_MATVIEW
                                        ? RELATION_MATERIALIZED_VIEW
                                        : RELATION_TABLE;

        if (move->objtype == OBJECT_INDEX || relation->is_temporary ||
            (relation->kind != wanted &&
             !(wanted == RELATION_TABLE &&
               relation->kind == RELATION_PARTITIONED_TABLE)))
            continue;
        study_lock(study, relation, LOCK_ACCESS_EXCLUSIVE);
        if (table_has_rows(all->items[i]))
            study_work(study, WORK_FILE_COPY, relation, relation);
    }
}

/*
 * Domains: the rows of every table that has a column of one are looked at,
 * which nobody may write meanwhile.
 */

static bool has_column_of(struct table *table, const struct type *domain)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];

        if (!column->object.is_dropped &&
            type_is_made_of(column->data_type.type, domain))
            return true;
    }
    return false;
}

static void look_at_domain(struct study *study, const struct type *domain)
{
    const struct table_array *all = schema_tables(study->schema);

    for (size_t i = 0; i < all->count; i++) {
        struct table *table = all->items[i];

        if (!model_spend(study->schema, table->columns.count + 1))
            return;
        if (!table_has_rows(table) || !has_column_of(table, domain))
            continue;
        study_lock_table(study, table, LOCK_SHARE);
        study_work(study, WORK_SCAN, &table->relation, &table->relation);
    }
}

void study_domain(struct study *study, const AlterDomainStmt *alter)
{
    const struct type *domain =
        type_find_named(study->schema, name_from_list(alter->typeName));
    const Constraint *constraint = node_as(Constraint, alter->def);
    bool is_looked_at = false;

    switch (alter->subtype) {
    case 'O': is_looked_at = domain && !domain->is_not_null; break;
    case 'C':
        is_looked_at = constraint && !constraint->skip_validation &&
                       !(constraint->contype == CONSTR_NOTNULL && domain &&
                         domain->is_not_null);
        break;
    case 'V': is_looked_at = true; break;
    default: break;
    }
    if (domain && is_looked_at)
        look_at_domain(study, domain);
}

void study_other(struct study *study, const Node *node)
{
    const CreatePolicyStmt *create_policy;
    const AlterPolicyStmt *alter_policy;

    switch (nodeTag(node)) {
    case T_SelectStmt:
    case T_InsertStmt:
    case T_UpdateStmt:
    case T_DeleteStmt:
    case T_MergeStmt:
    case T_CopyStmt:
    case T_ExplainStmt:
    case T_DeclareCursorStmt:
    case T_CallStmt: study_query(study, node); return;
    case T_PrepareStmt:
        study->is_kept = true;
        study_query(study, node);
        return;
    case T_CreateTableAsStmt:
        create_table_as(study, (const CreateTableAsStmt *)node);
        return;
    case T_ViewStmt: create_view(study, (const ViewStmt *)node); return;
    case T_AlterObjectSchemaStmt:
        set_schema(study, (const AlterObjectSchemaStmt *)node);
        return;
    case T_CommentStmt:
        comment(study, ((const CommentStmt *)node)->objtype,
                ((const CommentStmt *)node)->object);
        return;
    case T_SecLabelStmt:
        comment(study, ((const SecLabelStmt *)node)->objtype,
                ((const SecLabelStmt *)node)->object);
        return;
    case T_GrantStmt: grant(study, (const GrantStmt *)node); return;
    case T_AlterSeqStmt:
        alter_sequence(study, (const AlterSeqStmt *)node);
        return;
    case T_CreateSeqStmt:
        create_sequence(study, (const CreateSeqStmt *)node);
        return;
    case T_LockStmt: lock_table(study, (const LockStmt *)node); return;
    case T_CreatePublicationStmt:
        publish(study, ((const CreatePublicationStmt *)node)->pubobjects);
        return;
    case T_AlterPublicationStmt:
        publish(study, ((const AlterPublicationStmt *)node)->pubobjects);
        return;
    case T_CreateStatsStmt:
        create_statistics(study, (const CreateStatsStmt *)node);
        return;
    case T_CreatePolicyStmt:
        create_policy = (const CreatePolicyStmt *)node;
        policy(study, create_policy->table, create_policy->qual,
               create_policy->with_check);
        return;
    case T_AlterPolicyStmt:
        alter_policy = (const AlterPolicyStmt *)node;
        policy(study, alter_policy->table, alter_policy->qual,
               alter_policy->with_check);
        return;
    case T_RuleStmt: create_rule(study, (const RuleStmt *)node); return;
    case T_AlterTableMoveAllStmt:
        move_all(study, (const AlterTableMoveAllStmt *)node);
        return;
    default: return;
    }
}
