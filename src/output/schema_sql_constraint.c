/*
 * The part of a script that comes after tables: constraints with ALTER TABLE,
 * and indexes.
 */
#include "output/schema_sql.h"

#include "schema/builtin/builtin.h"
#include "schema/model.h"
#include "sql/ast.h"

#include <string.h>

static bool is_partitioned(const struct table *table)
{
    return table->relation.kind == RELATION_PARTITIONED_TABLE;
}

static void add_alter_table(struct sql_script *script,
                            const struct table *table, bool is_only)
{
    sql_text(script, is_only ? "ALTER TABLE ONLY " : "ALTER TABLE ");
    sql_relation(script, &table->relation);
    sql_text(script, "\n    ADD ");
}

static void add_deferral(struct sql_script *script,
                         const struct constraint *constraint)
{
    if (constraint->is_deferrable)
        sql_text(script, " DEFERRABLE");
    if (constraint->is_initially_deferred)
        sql_text(script, " INITIALLY DEFERRED");
}

static void add_include(struct sql_script *script, const struct index *index)
{
    if (!index || index->include.count == 0)
        return;
    sql_text(script, " INCLUDE ");
    sql_columns(script, &index->include);
}

/* An operator class as it was named; with its schema, if an extension brought
 * it: that need not be in the search_path. */
static void add_operator_class(struct sql_script *script,
                               const struct index *index, const char *name)
{
    uint8_t version = builtin_version(script->schema->postgres_version);
    const struct builtin_access_method *method =
        builtin_find_access_method(version, index->method);
    const struct builtin_operator_class *class = NULL;
    const struct extension *extension = NULL;

    while (method && !extension && !strchr(name, '.') &&
           (class = builtin_next_operator_class(version, method->id, name, 0,
                                                class))) {
        if (class->unit < BUILTIN_EXTENSION_FIRST)
            break;
        extension = model_find_extension(
            script->schema,
            builtin_text(builtin_extension_of_unit(class->unit)->name));
    }
    sql_text(script, " ");
    if (extension) {
        sql_identifier(script, extension->namespace->name);
        sql_text(script, ".");
    }
    sql_text(script, name);
}

static void add_index_column(struct sql_script *script,
                             const struct index *index,
                             const struct index_column *column)
{
    if (column->column)
        sql_identifier(script, column->column->name);
    else
        sql_format(script, "(%s)",
                   sql_expression(script, column->bound, column->expression));
    if (column->collation)
        sql_format(script, " COLLATE %s", column->collation);
    if (column->opclass)
        add_operator_class(script, index, column->opclass);
    if (column->is_descending)
        sql_text(script, " DESC");
    if (column->is_nulls_first != column->is_descending)
        sql_text(script,
                 column->is_nulls_first ? " NULLS FIRST" : " NULLS LAST");
    if (column->exclusion_operator)
        sql_format(script, " WITH %s", column->exclusion_operator);
}

/* From USING on. */
static void add_index_definition(struct sql_script *script,
                                 const struct index *index)
{
    const char *text = sql_expression(script, index->definition, NULL);

    if (text) {
        sql_format(script, " %s", text);
        return;
    }
    sql_format(script, " USING %s (", index->method);
    for (size_t i = 0; i < index->column_count; i++) {
        sql_text(script, i ? ", " : "");
        add_index_column(script, index, &index->columns[i]);
    }
    sql_text(script, ")");
    add_include(script, index);
    if (index->is_nulls_not_distinct)
        sql_text(script, " NULLS NOT DISTINCT");
    if (index->predicate)
        sql_format(
            script, " WHERE (%s)",
            sql_expression(script, index->bound_predicate, index->predicate));
}

static void add_key_columns(struct sql_script *script,
                            const struct constraint *key)
{
    sql_text(script, " (");
    for (size_t i = 0; i < key->columns.count; i++) {
        sql_text(script, i ? ", " : "");
        sql_identifier(script, key->columns.items[i]->name);
    }
    sql_text(script, key->is_without_overlaps ? " WITHOUT OVERLAPS)" : ")");
}

static void write_key(struct sql_script *script, const struct sql_item *item)
{
    const struct constraint *key = item->subject.constraint;
    const struct index *index = key->index;

    add_alter_table(script, key->table, true);
    sql_constraint_name(script, key);
    if (key->type == CONSTRAINT_EXCLUDE && index) {
        sql_text(script, "EXCLUDE");
        add_index_definition(script, index);
    } else {
        sql_text(script, key->type == CONSTRAINT_PRIMARY_KEY ? "PRIMARY KEY"
                                                             : "UNIQUE");
        if (index && index->is_nulls_not_distinct)
            sql_text(script, " NULLS NOT DISTINCT");
        add_key_columns(script, key);
        add_include(script, index);
    }
    add_deferral(script, key);
    sql_text(script, ";\n");
}

/* The columns with PERIOD before the last if the key is one of periods. */
static void add_foreign_columns(struct sql_script *script,
                                const struct constraint *key,
                                const struct column_array *columns)
{
    sql_text(script, " (");
    for (size_t i = 0; i < columns->count; i++) {
        sql_text(script, i ? ", " : "");
        if (key->is_without_overlaps && i + 1 == columns->count)
            sql_text(script, "PERIOD ");
        sql_identifier(script, columns->items[i]->name);
    }
    sql_text(script, ")");
}

static const char *action_of(char action)
{
    switch (action) {
    case FKCONSTR_ACTION_RESTRICT: return "RESTRICT";
    case FKCONSTR_ACTION_CASCADE: return "CASCADE";
    case FKCONSTR_ACTION_SETNULL: return "SET NULL";
    case FKCONSTR_ACTION_SETDEFAULT: return "SET DEFAULT";
    default: return NULL;
    }
}

static void add_actions(struct sql_script *script, const struct constraint *key)
{
    const char *on_update = action_of(key->on_update);
    const char *on_delete = action_of(key->on_delete);

    if (key->match == FKCONSTR_MATCH_FULL)
        sql_text(script, " MATCH FULL");
    if (on_update)
        sql_format(script, " ON UPDATE %s", on_update);
    if (on_delete)
        sql_format(script, " ON DELETE %s", on_delete);
    if (on_delete && key->delete_columns && key->delete_columns->count) {
        sql_text(script, " ");
        sql_columns(script, key->delete_columns);
    }
}

static void write_foreign_key(struct sql_script *script,
                              const struct sql_item *item)
{
    const struct constraint *key = item->subject.constraint;

    add_alter_table(script, key->table, !is_partitioned(key->table));
    sql_constraint_name(script, key);
    sql_text(script, "FOREIGN KEY");
    add_foreign_columns(script, key, &key->columns);
    sql_text(script, " REFERENCES ");
    sql_relation(script, &key->referenced->relation);
    if (key->referenced_columns.count)
        add_foreign_columns(script, key, &key->referenced_columns);
    add_actions(script, key);
    add_deferral(script, key);
    if (!key->is_enforced)
        sql_text(script, " NOT ENFORCED");
    else if (!key->is_validated)
        sql_text(script, " NOT VALID");
    sql_text(script, ";\n");
}

/* Children get it too. */
static void write_check(struct sql_script *script, const struct sql_item *item)
{
    const struct constraint *check = item->subject.constraint;

    add_alter_table(script, check->table, false);
    if (check->type == CONSTRAINT_CHECK) {
        sql_check(script, check);
    } else {
        sql_constraint_name(script, check);
        sql_text(script, "NOT NULL ");
        sql_identifier(script, check->columns.items[0]->name);
        if (check->is_no_inherit)
            sql_text(script, " NO INHERIT");
        if (!check->is_validated)
            sql_text(script, " NOT VALID");
    }
    sql_text(script, ";\n");
}

static void add_constraint(struct sql_script *script,
                           const struct constraint *constraint)
{
    const struct table *table = constraint->table;
    enum sql_kind kind = SQL_KEY;
    sql_write *write = write_key;

    switch (constraint->type) {
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_EXCLUDE: break;
    case CONSTRAINT_FOREIGN_KEY:
        kind = SQL_FOREIGN_KEY;
        write = write_foreign_key;
        break;
    case CONSTRAINT_CHECK:
    case CONSTRAINT_NOT_NULL:
        if (!constraint->is_local || sql_is_check_inside(constraint))
            return;
        kind = SQL_CHECK;
        write = write_check;
        break;
    }
    sql_add(script, kind, write, constraint, table->relation.namespace->name,
            table->relation.name, constraint->name)
        ->subject.constraint = constraint;
}

void sql_add_constraints(struct sql_script *script, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++)
        if (!table->constraints.items[i]->object.is_dropped)
            add_constraint(script, table->constraints.items[i]);
}

static void write_index(struct sql_script *script, const struct sql_item *item)
{
    const struct index *index = item->subject.index;

    sql_text(script,
             index->is_unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    sql_identifier(script, index->relation.name);
    sql_text(script, is_partitioned(index->table) ? " ON ONLY " : " ON ");
    sql_relation(script, &index->table->relation);
    add_index_definition(script, index);
    sql_text(script, ";\n");
}

static void write_index_partition(struct sql_script *script,
                                  const struct sql_item *item)
{
    const struct index *index = item->subject.index;

    sql_text(script, "ALTER INDEX ");
    sql_relation(script, &index->partition_of->relation);
    sql_text(script, " ATTACH PARTITION ");
    sql_relation(script, &index->relation);
    sql_text(script, ";\n");
}

void sql_add_indexes(struct sql_script *script, const struct table *table)
{
    const char *schema = table->relation.namespace->name;

    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];

        if (index->relation.object.is_dropped)
            continue;
        if (!index->constraint)
            sql_add(script, SQL_INDEX, write_index, index, schema,
                    table->relation.name, index->relation.name)
                ->subject.index = index;
        if (index->partition_of)
            sql_add(script, SQL_INDEX_PARTITION, write_index_partition, NULL,
                    schema, table->relation.name, index->relation.name)
                ->subject.index = index;
    }
}
