/*
 * RENAME of relations, columns, constraints and types. A relation keeps its
 * identity; what is named after it keeps its name, as on the server: only an
 * index and the constraint it backs share theirs, and the types of its rows.
 * The rest of what can be renamed is in rename_object.c.
 *
 * Facts: src/backend/commands/tablecmds.c (RenameRelation, renameatt,
 * RenameConstraint), src/backend/commands/typecmds.c (RenameType).
 */
#include "replay/rename.h"

#include "replay/dependency.h"
#include "replay/lookup.h"
#include "replay/system_catalog.h"
#include "replay/types.h"

#include <string.h>

/* Whether ALTER <type> may be said of such a relation. */
bool rename_check_kind(struct replay *replay, const struct relation *relation,
                       ObjectType type)
{
    static const struct {
        ObjectType type;
        enum relation_kind kind;
        const char *article;
    } kinds[] = {
        {OBJECT_VIEW, RELATION_VIEW, "a view"},
        {OBJECT_MATVIEW, RELATION_MATERIALIZED_VIEW, "a materialized view"},
        {OBJECT_SEQUENCE, RELATION_SEQUENCE, "a sequence"},
        {OBJECT_FOREIGN_TABLE, RELATION_FOREIGN_TABLE, "a foreign table"},
        {OBJECT_TYPE, RELATION_COMPOSITE_TYPE, "a composite type"},
    };

    if (!relation->made_at.source)
        return true; /* only mentioned: it may be anything */
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].type == type && relation->kind != kinds[i].kind)
            return replay_fail(replay, "42809", "\"%s\" is not %s",
                               relation->name, kinds[i].article);
    }
    if (type != OBJECT_TYPE && relation->kind == RELATION_COMPOSITE_TYPE)
        return replay_fail(replay, "42809", "\"%s\" is a composite type",
                           relation->name);
    return true;
}

bool rename_find_relation(struct replay *replay, const RangeVar *name,
                          bool is_missing_ok, struct relation **relation)
{
    struct qualified_name full = name_from_range_var(name);

    *relation = model_find_relation(replay->schema, full);
    if (!*relation && system_has_relation(replay, full))
        return system_allows(replay, full);
    if (*relation || is_missing_ok ||
        (!replay_knows_all(replay) &&
         !model_is_gone_relation(replay->schema, full)))
        return true;
    if (full.schema && !model_find_namespace(replay->schema, full.schema))
        return replay_fail(replay, "3F000", "schema \"%s\" does not exist",
                           full.schema);
    return replay_fail(replay, "42P01", "relation \"%s\" does not exist",
                       lookup_plain_name(replay, full));
}

/* The new name of a relation, and of its rows' type. */
static bool check_new_name(struct replay *replay,
                           const struct relation *relation, const char *name)
{
    struct schema *schema = replay->schema;
    struct relation *other =
        model_relation_in(schema, relation->namespace, name);

    if (other && other != relation && !replay_refuse(replay))
        return replay_free_name(replay, relation->namespace, name);
    if (other)
        return replay_fail(replay, "42P07", "relation \"%s\" already exists",
                           name);
    return relation->kind == RELATION_INDEX ||
           relation->kind == RELATION_SEQUENCE ||
           types_free_row_name(replay, relation->namespace, name);
}

static bool check_constraint_name(struct replay *replay,
                                  const struct table *table, const char *name)
{
    if (!model_find_constraint(replay->schema, table, name) ||
        !replay_refuse(replay))
        return true;
    return replay_fail(replay, "42710",
                       "constraint \"%s\" for relation \"%s\" already exists",
                       name, table->relation.name);
}

static bool rename_relation_to(struct replay *replay, struct relation *relation,
                               const char *name)
{
    struct schema *schema = replay->schema;
    struct index *index = relation_as_index(relation);

    if (!check_new_name(replay, relation, name))
        return false;
    if (index && index->constraint) {
        if (!check_constraint_name(replay, index->table, name))
            return false;
        model_rename_constraint(schema, index->constraint, name);
    }
    model_rename_relation(schema, relation, name);
    return true;
}

static bool rename_relation(struct replay *replay, const RenameStmt *rename)
{
    struct relation *relation;

    if (!rename_find_relation(replay, rename->relation, rename->missing_ok,
                              &relation))
        return false;
    if (!relation && !replay_knows_all(replay) &&
        (rename->renameType == OBJECT_TABLE ||
         rename->renameType == OBJECT_FOREIGN_TABLE))
        relation = &model_mention_table(replay->schema,
                                        name_from_range_var(rename->relation),
                                        rename->missing_ok)
                        ->relation;
    if (!relation)
        return true; /* an index, view or sequence from before the history */
    return rename_check_kind(replay, relation, rename->renameType) &&
           rename_relation_to(replay, relation, rename->newname);
}

/* How many of the tables are parents of this one. */
static size_t count_parents(const struct table_array *tables,
                            const struct table *table)
{
    size_t count = 0;

    for (size_t i = 0; i < table->parents.count; i++) {
        for (size_t j = 0; j < tables->count; j++)
            count += tables->items[j] == table->parents.items[i];
    }
    return count;
}

static bool check_column(struct replay *replay, const RenameStmt *rename,
                         const struct table *table, const struct column *column,
                         size_t parents)
{
    if (!column)
        return replay_fail(replay, "42703", "column \"%s\" does not exist",
                           rename->subname);
    if (column->inherit_count > parents && replay_refuse(replay))
        return replay_fail(replay, "42P16",
                           "cannot rename inherited column \"%s\"",
                           rename->subname);
    if (name_is_system_column(rename->newname) &&
        table->relation.kind != RELATION_VIEW &&
        table->relation.kind != RELATION_COMPOSITE_TYPE)
        return replay_fail(
            replay, "42701",
            "column name \"%s\" conflicts with a system column name",
            rename->newname);
    if (model_find_column(table, rename->newname) && replay_refuse(replay))
        return replay_fail(replay, "42701",
                           "column \"%s\" of relation \"%s\" already exists",
                           rename->newname, table->relation.name);
    return true;
}

/* In the table and, children first, in all that inherit it. */
static bool rename_in_all(struct replay *replay, const RenameStmt *rename,
                          struct table *table)
{
    struct schema *schema = replay->schema;
    bool is_recursive = rename->renameType == OBJECT_ATTRIBUTE ||
                        !rename->relation || rename->relation->inh;
    struct table_array targets = model_inheritors(schema, table, true);

    if (!is_recursive && targets.count > 1)
        return replay_fail(
            replay, "42P16",
            "inherited column \"%s\" must be renamed in child tables too",
            rename->subname);
    for (size_t i = targets.count; i-- > 0;) {
        struct table *target = targets.items[i];
        struct column *column = model_find_column(target, rename->subname);

        if (!check_column(replay, rename, target, column,
                          count_parents(&targets, target)))
            return false;
    }
    for (size_t i = 0; i < targets.count; i++)
        model_rename_column(
            schema, model_find_column(targets.items[i], rename->subname),
            rename->newname);
    return true;
}

/* An attribute, first in the tables that are of the type. */
static bool rename_in_typed(struct replay *replay, const RenameStmt *rename,
                            const struct table *composite)
{
    struct table_array tables = replay_typed_tables(replay, composite);

    if (!replay_check_typed(replay, composite, &tables, rename->behavior))
        return false;
    for (size_t i = 0; i < tables.count; i++) {
        if (!rename_in_all(replay, rename, tables.items[i]))
            return false;
    }
    return true;
}

/* Which relations have columns to be renamed. */
static bool check_has_columns(struct replay *replay, const RenameStmt *rename,
                              struct relation *relation)
{
    const struct table *table = relation_as_table(relation);

    if (table && table->of_type)
        return replay_fail(replay, "42809",
                           "cannot rename column of typed table");
    if (rename->renameType == OBJECT_ATTRIBUTE &&
        relation->kind != RELATION_COMPOSITE_TYPE)
        return replay_fail(replay, "42809", "\"%s\" is not a composite type",
                           relation->name);
    if (relation->kind != RELATION_SEQUENCE)
        return true;
    if (replay->schema->postgres_version < 15)
        return replay_fail(replay, "42809",
                           "\"%s\" is not a table, view, materialized view, "
                           "composite type, index, or foreign table",
                           relation->name);
    return replay_fail(replay, "42809",
                       "cannot rename columns of relation \"%s\"",
                       relation->name);
}

static bool rename_column(struct replay *replay, const RenameStmt *rename)
{
    struct schema *schema = replay->schema;
    struct relation *relation;
    struct table *table;
    struct table_array typed;

    if (!rename_find_relation(replay, rename->relation, rename->missing_ok,
                              &relation))
        return false;
    if (relation && !check_has_columns(replay, rename, relation))
        return false;
    if (relation && !relation_as_table(relation))
        return true; /* an index */
    table = relation_as_table(relation);
    if (!table && replay_knows_all(replay))
        return true; /* skipped */
    if (!table && rename->renameType == OBJECT_ATTRIBUTE)
        return true;
    if (!table)
        table = model_mention_table(
            schema, name_from_range_var(rename->relation), rename->missing_ok);
    if (!table)
        return false;
    if (table->relation.kind == RELATION_COMPOSITE_TYPE) {
        typed = replay_typed_tables(replay, table);
        if (!replay_check_typed(replay, table, &typed, rename->behavior))
            return false;
    }
    if (table->relation.kind != RELATION_VIEW &&
        table->relation.kind != RELATION_COMPOSITE_TYPE &&
        name_is_system_column(rename->subname))
        return replay_fail(replay, "0A000",
                           "cannot rename system column \"%s\"",
                           rename->subname);
    if (!model_mention_column(schema, table, rename->subname))
        return replay_fail(replay, "42703", "column \"%s\" does not exist",
                           rename->subname);
    return (table->relation.kind != RELATION_COMPOSITE_TYPE ||
            rename_in_typed(replay, rename, table)) &&
           rename_in_all(replay, rename, table);
}

static bool is_inherited_by_name(const struct constraint *constraint)
{
    return (constraint->type == CONSTRAINT_CHECK ||
            constraint->type == CONSTRAINT_NOT_NULL) &&
           !constraint->is_no_inherit;
}

static bool rename_one_constraint(struct replay *replay,
                                  struct constraint *constraint,
                                  const char *name)
{
    if (constraint->index && constraint->type != CONSTRAINT_FOREIGN_KEY)
        return rename_relation_to(replay, &constraint->index->relation, name);
    if (!check_constraint_name(replay, constraint->table, name))
        return false;
    model_rename_constraint(replay->schema, constraint, name);
    return true;
}

static bool rename_constraint(struct replay *replay, const RenameStmt *rename)
{
    struct schema *schema = replay->schema;
    struct relation *relation;
    struct table *table;
    struct constraint *constraint;
    struct table_array targets;
    bool is_recursive;

    if (!rename_find_relation(replay, rename->relation, rename->missing_ok,
                              &relation))
        return false;
    if (!relation && replay_knows_all(replay))
        return true;
    table = model_mention_table(schema, name_from_range_var(rename->relation),
                                rename->missing_ok);
    if (!table)
        return false;
    constraint = model_find_constraint(schema, table, rename->subname);
    if (!constraint)
        return !table->is_complete ||
               replay_fail(replay, "42704",
                           "constraint \"%s\" for table \"%s\" does not exist",
                           rename->subname, table->relation.name);
    is_recursive = is_inherited_by_name(constraint);
    targets = model_inheritors(schema, table, is_recursive);
    if (is_recursive && !rename->relation->inh && targets.count > 1)
        return replay_fail(
            replay, "42P16",
            "inherited constraint \"%s\" must be renamed in child tables too",
            rename->subname);
    for (size_t i = targets.count; i-- > 0;) {
        struct constraint *own =
            model_find_constraint(schema, targets.items[i], rename->subname);

        if (!own || own->type != constraint->type)
            continue;
        if (is_recursive &&
            own->inherit_count > count_parents(&targets, targets.items[i]) &&
            replay_refuse(replay))
            return replay_fail(replay, "42P16",
                               "cannot rename inherited constraint \"%s\"",
                               rename->subname);
        if (!rename_one_constraint(replay, own, rename->newname))
            return false;
    }
    return true;
}

static bool rename_type(struct replay *replay, const RenameStmt *rename)
{
    const List *names = (const List *)rename->object;
    const char *new_name = rename->newname;
    struct type *type;

    if (!types_find(replay, names, &type))
        return false;
    if (!type)
        return true;
    if (!types_check_alter(replay, type, rename->renameType == OBJECT_DOMAIN))
        return false;
    if (type->kind == TYPE_COMPOSITE && type->table)
        return rename_relation_to(replay, &type->table->relation, new_name);
    if (!types_free_name(replay, type->namespace, new_name))
        return false;
    model_rename_type(replay->schema, type, new_name, type->namespace);
    return true;
}

bool replay_rename(struct replay *replay, const RenameStmt *rename)
{
    switch (rename->renameType) {
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
    case OBJECT_SEQUENCE:
    case OBJECT_INDEX: return rename_relation(replay, rename);
    case OBJECT_COLUMN:
    case OBJECT_ATTRIBUTE: return rename_column(replay, rename);
    case OBJECT_TABCONSTRAINT: return rename_constraint(replay, rename);
    case OBJECT_TYPE:
    case OBJECT_DOMAIN: return rename_type(replay, rename);
    default: return rename_object(replay, rename);
    }
}
