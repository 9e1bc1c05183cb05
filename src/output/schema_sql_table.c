/*
 * CREATE TABLE and what completes it: columns and those constraints that may
 * stand inside, partitions and children, defaults and checks that call
 * functions.
 */
#include "output/schema_sql.h"

#include "sql/ast.h"

#include <string.h>

/* Something other than types: a function may take the table's rows, and a
 * sequence comes after tables. */
static bool needs_others(const struct object *object)
{
    for (const struct dependency *need = object->needs; need;
         need = need->next_need)
        if (!need->is_gone && need->needed->class != CLASS_TYPE &&
            need->needed->class != CLASS_COLUMN)
            return true;
    return false;
}

static bool is_view(const struct table *table)
{
    return table->relation.kind == RELATION_VIEW ||
           table->relation.kind == RELATION_MATERIALIZED_VIEW;
}

/* The column of that name in the first of the parents that has it. */
static const struct column *column_of_parents(const struct table *table,
                                              const char *name)
{
    for (size_t i = 0; i < table->parents.count; i++) {
        const struct column *column =
            table_find_column(table->parents.items[i], name);

        if (column)
            return column;
    }
    return NULL;
}

static const struct column *next_column(const struct table *table, size_t *at)
{
    while (*at < table->columns.count) {
        const struct column *column = table->columns.items[(*at)++];

        if (!column->object.is_dropped)
            return column;
    }
    return NULL;
}

/* CREATE TABLE puts the parents' columns first, in their order. */
bool sql_inherits_inside(const struct table *table)
{
    const struct column *column;
    size_t at = 0, from;

    if (table->parents.count == 0 || table->partition_of)
        return false;
    for (size_t i = 0; i < table->parents.count; i++) {
        const struct table *parent = table->parents.items[i];

        for (from = 0; (column = next_column(parent, &from));) {
            const struct column *own;

            if (column_of_parents(table, column->name) != column)
                continue; /* an earlier parent has it too */
            own = next_column(table, &at);
            if (!own || strcmp(own->name, column->name) != 0)
                return false;
        }
    }
    return true;
}

/* Whether a table below gets its parent only when it stands: that one's checks
 * must then come later still, to be inherited. */
static bool has_late_child(const struct table *table)
{
    for (size_t i = 0; i < table->children.count; i++) {
        const struct table *child = table->children.items[i];

        if (!child->relation.object.is_dropped && !child->partition_of &&
            (!sql_inherits_inside(child) || has_late_child(child)))
            return true;
    }
    return false;
}

/* The check that this one of a partition was inherited from; itself if it was
 * not. */
static const struct constraint *origin_of(const struct constraint *check)
{
    while (!check->is_local && check->table->partition_of) {
        const struct constraint *parents =
            table_find_constraint(check->table->partition_of, check->name);

        if (!parents)
            break;
        check = parents;
    }
    return check;
}

bool sql_is_check_inside(const struct constraint *check)
{
    const struct constraint *origin = origin_of(check);

    if (!check->is_local && !check->table->partition_of)
        return false; /* comes with the parent */
    return origin->is_validated && !needs_others(&origin->object) &&
           (origin->is_no_inherit || !has_late_child(origin->table));
}

bool sql_is_default_inside(const struct column *column)
{
    if (is_view(column->table) || column->is_serial)
        return false;
    if (!column->is_local && sql_inherits_inside(column->table))
        return false;
    if (!column->default_value)
        return column->default_text != NULL;
    return (column->default_text || column->default_value->expression) &&
           !needs_others(&column->default_value->object);
}

static const char *default_text(struct sql_script *script,
                                const struct column *column)
{
    const struct expression *expression =
        column->default_value ? column->default_value->expression : NULL;

    return sql_expression(script, expression, column->default_text);
}

/* The sequence that a serial column owns, or whose numbers a copy of one
 * takes. */
static const struct sequence *sequence_of(const struct column *column)
{
    const struct dependency *need =
        column->default_value ? column->default_value->object.needs : NULL;
    const struct sequence_array *sequences = &column->table->sequences;

    for (size_t i = 0; i < sequences->count; i++)
        if (!sequences->items[i]->relation.object.is_dropped &&
            sequences->items[i]->owned_by == column)
            return sequences->items[i];
    for (; need; need = need->next_need)
        if (!need->is_gone && need->needed->class == CLASS_RELATION &&
            ((const struct relation *)need->needed)->kind == RELATION_SEQUENCE)
            return (const struct sequence *)need->needed;
    return NULL;
}

static void add_generated(struct sql_script *script,
                          const struct column *column)
{
    const char *text = default_text(script, column);

    if (text)
        sql_format(script, " GENERATED ALWAYS AS (%s)%s", text,
                   column->generated == GENERATED_STORED ? " STORED"
                                                         : " VIRTUAL");
}

static void add_not_null(struct sql_script *script, const struct column *column)
{
    const struct constraint *constraint = column->not_null;

    if (column->is_nullable || (constraint && !sql_is_check_inside(constraint)))
        return;
    sql_text(script, " ");
    if (constraint)
        sql_constraint_name(script, constraint);
    sql_text(script, "NOT NULL");
    if (constraint && constraint->is_no_inherit)
        sql_text(script, " NO INHERIT");
}

/* After the type: what is the column's own. */
static void add_attributes(struct sql_script *script,
                           const struct column *column)
{
    const char *value;

    if (column->generated) {
        add_generated(script, column);
    } else if (column->has_default && sql_is_default_inside(column)) {
        value = default_text(script, column);
        if (value)
            sql_format(script, " DEFAULT %s", value);
    }
    add_not_null(script, column);
}

static void add_column(struct sql_script *script, const struct column *column)
{
    const char *type = type_to_text(script->arena, column->data_type);

    sql_identifier(script, column->name);
    if (column->table->of_type) {
        sql_text(script, " WITH OPTIONS");
    } else {
        sql_format(script, " %s", type ? type : "unknown");
        if (column->collation)
            sql_format(script, " COLLATE %s", column->collation);
    }
    add_attributes(script, column);
}

/* Columns of CREATE TABLE: all but those that come with a parent or a type and
 * have nothing of their own. */
static bool is_column_inside(const struct column *column)
{
    const struct table *table = column->table;

    if (column->object.is_dropped)
        return false;
    if (table->of_type)
        return !column->is_nullable || column->has_default || column->generated;
    return column->is_local || !sql_inherits_inside(table);
}

/* CONSTRAINT n NOT NULL c, of a column that comes with a parent. */
static void add_not_null_constraint(struct sql_script *script,
                                    const struct constraint *constraint)
{
    sql_constraint_name(script, constraint);
    sql_text(script, "NOT NULL ");
    sql_identifier(script, constraint->columns.items[0]->name);
    if (constraint->is_no_inherit)
        sql_text(script, " NO INHERIT");
}

static bool add_constraint_inside(struct sql_script *script,
                                  const struct constraint *constraint,
                                  const char *separator)
{
    if (constraint->object.is_dropped)
        return false;
    if (constraint->type == CONSTRAINT_CHECK &&
        sql_is_check_inside(constraint)) {
        sql_text(script, separator);
        sql_check(script, constraint);
        return true;
    }
    if (constraint->type == CONSTRAINT_NOT_NULL &&
        constraint->columns.count == 1 && sql_is_check_inside(constraint) &&
        !is_column_inside(constraint->columns.items[0])) {
        sql_text(script, separator);
        add_not_null_constraint(script, constraint);
        return true;
    }
    return false;
}

static void add_elements(struct sql_script *script, const struct table *table)
{
    const char *separator = " (\n    ";

    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];

        if (!is_column_inside(column))
            continue;
        if (!column->data_type.type) {
            sql_text(script, " ");
            sql_left_out(script, "column", column->name);
            continue;
        }
        sql_text(script, separator);
        add_column(script, column);
        separator = ",\n    ";
    }
    for (size_t i = 0; i < table->constraints.count; i++)
        if (add_constraint_inside(script, table->constraints.items[i],
                                  separator))
            separator = ",\n    ";
    if (separator[0] == ',')
        sql_text(script, "\n)");
    else if (!table->of_type)
        sql_text(script, " ()");
}

static void add_parents(struct sql_script *script, const struct table *table)
{
    if (!sql_inherits_inside(table))
        return;
    sql_text(script, "\nINHERITS (");
    for (size_t i = 0; i < table->parents.count; i++) {
        sql_text(script, i ? ", " : "");
        sql_relation(script, &table->parents.items[i]->relation);
    }
    sql_text(script, ")");
}

static void write_table(struct sql_script *script, const struct sql_item *item)
{
    const struct table *table = item->subject.table;
    bool is_foreign = table->relation.kind == RELATION_FOREIGN_TABLE;
    const char *key = NULL;

    if (table->partition_key)
        key = sql_expression(script, table->partition_key->definition, NULL);
    sql_text(script, "CREATE ");
    if (table->relation.is_unlogged)
        sql_text(script, "UNLOGGED ");
    sql_text(script, is_foreign ? "FOREIGN TABLE " : "TABLE ");
    sql_relation(script, &table->relation);
    if (table->of_type) {
        sql_text(script, " OF ");
        sql_name(script, table->of_type->namespace, table->of_type->name);
    }
    add_elements(script, table);
    add_parents(script, table);
    if (key)
        sql_format(script, "\nPARTITION BY %s", key);
    if (table->server)
        sql_format(script, "\n%s", table->server);
    if (table->access_method)
        sql_format(script, "\nUSING %s", table->access_method);
    if (table->options)
        sql_format(script, "\nWITH (%s)", table->options);
    sql_text(script, ";\n");
}

static void write_inherit(struct sql_script *script,
                          const struct sql_item *item)
{
    const struct table *table = item->subject.table;

    for (size_t i = 0; i < table->parents.count; i++) {
        sql_text(script, "ALTER TABLE ONLY ");
        sql_relation(script, &table->relation);
        sql_text(script, " INHERIT ");
        sql_relation(script, &table->parents.items[i]->relation);
        sql_text(script, ";\n");
    }
}

static void write_attach(struct sql_script *script, const struct sql_item *item)
{
    const struct table *table = item->subject.table;
    const struct partition_bound *bound = table->partition_bound;
    const char *text = bound && bound->is_default ? "DEFAULT" : NULL;

    if (bound && !text)
        text = sql_expression(script, bound->definition, NULL);
    if (!text) {
        sql_left_out(script, "partition", table->relation.name);
        return;
    }
    sql_text(script, "ALTER TABLE ONLY ");
    sql_relation(script, &table->partition_of->relation);
    sql_text(script, " ATTACH PARTITION ");
    sql_relation(script, &table->relation);
    sql_format(script, " %s;\n", text);
}

/* Whether the parents give the column this default already. */
static bool has_parents_default(struct sql_script *script,
                                const struct column *column)
{
    const struct column *parents =
        column_of_parents(column->table, column->name);
    const char *own, *other;

    if (column->is_local || !parents || !sql_inherits_inside(column->table))
        return false;
    if (column->has_default != parents->has_default)
        return false;
    if (!column->has_default)
        return true;
    own = default_text(script, column);
    other = default_text(script, parents);
    return sql_is_default_inside(parents) && own && other &&
           strcmp(own, other) == 0;
}

static void write_default(struct sql_script *script,
                          const struct sql_item *item)
{
    const struct column *column = item->subject.column;
    const char *text = default_text(script, column);
    const struct sequence *sequence = text ? NULL : sequence_of(column);

    if (column->has_default && !sequence && !text) {
        sql_left_out(script, "default of column", column->name);
        return;
    }
    sql_text(script,
             is_view(column->table) ? "ALTER VIEW " : "ALTER TABLE ONLY ");
    sql_relation(script, &column->table->relation);
    sql_text(script, " ALTER COLUMN ");
    sql_identifier(script, column->name);
    if (!column->has_default) {
        sql_text(script, " DROP DEFAULT;\n");
    } else if (sequence) {
        struct qualified_name name = {NULL, sequence->relation.namespace->name,
                                      sequence->relation.name};

        sql_text(script, " SET DEFAULT nextval(");
        sql_literal(script, name_to_sql(script->arena, name));
        sql_text(script, "::regclass);\n");
    } else {
        sql_format(script, " SET DEFAULT %s;\n", text);
    }
}

/* NOT NULL of a column that comes with a parent, before 18: not a constraint. */
static void write_set_not_null(struct sql_script *script,
                               const struct sql_item *item)
{
    const struct column *column = item->subject.column;

    sql_text(script, "ALTER TABLE ONLY ");
    sql_relation(script, &column->table->relation);
    sql_text(script, " ALTER COLUMN ");
    sql_identifier(script, column->name);
    sql_text(script, " SET NOT NULL;\n");
}

static void add_column_items(struct sql_script *script,
                             const struct column *column)
{
    const struct table *table = column->table;
    const char *schema = table->relation.namespace->name;
    bool is_inherited = !column->is_local && sql_inherits_inside(table);
    const struct column *parents;

    if (column->object.is_dropped)
        return;
    if (!column->generated &&
        (is_inherited ? !has_parents_default(script, column)
                      : column->has_default && !sql_is_default_inside(column)))
        sql_add(script, SQL_DEFAULT, write_default, column->default_value,
                schema, table->relation.name, column->name)
            ->subject.column = column;
    parents = is_inherited ? column_of_parents(table, column->name) : NULL;
    if (parents && !column->is_nullable && parents->is_nullable &&
        !column->not_null)
        sql_add(script, SQL_SET_NOT_NULL, write_set_not_null, NULL, schema,
                table->relation.name, column->name)
            ->subject.column = column;
}

void sql_add_table(struct sql_script *script, const struct table *table)
{
    const struct relation *relation = &table->relation;
    const char *schema = relation->namespace->name;

    if (is_view(table)) {
        sql_add_view(script, table);
    } else {
        sql_add(script, SQL_TABLE, write_table, table, schema, relation->name,
                "")
            ->subject.table = table;
        if (table->partition_of)
            sql_add(script, SQL_INHERIT, write_attach, NULL, schema,
                    relation->name, "")
                ->subject.table = table;
        else if (table->parents.count && !sql_inherits_inside(table))
            sql_add(script, SQL_INHERIT, write_inherit, NULL, schema,
                    relation->name, "")
                ->subject.table = table;
    }
    for (size_t i = 0; i < table->columns.count; i++)
        add_column_items(script, table->columns.items[i]);
    sql_add_constraints(script, table);
    sql_add_indexes(script, table);
    sql_add_parts(script, table);
}
