/*
 * The part of a script that comes first: schemas, extensions, types and
 * sequences.
 */
#include "output/schema_sql.h"

#include "sql/ast.h"

#include <string.h>

static void write_namespace(struct sql_script *script,
                            const struct sql_item *item)
{
    sql_text(script, "CREATE SCHEMA ");
    sql_identifier(script, item->subject.namespace->name);
    sql_text(script, ";\n");
}

void sql_add_namespace(struct sql_script *script,
                       const struct namespace *namespace)
{
    if (strcmp(namespace->name, "public") == 0)
        return;
    sql_add(script, SQL_NAMESPACE, write_namespace, namespace, "",
            namespace->name, "")
        ->subject.namespace = namespace;
}

static void write_extension(struct sql_script *script,
                            const struct sql_item *item)
{
    const struct extension *extension = item->subject.extension;

    sql_text(script, "CREATE EXTENSION IF NOT EXISTS ");
    sql_identifier(script, extension->name);
    sql_text(script, " WITH SCHEMA ");
    sql_identifier(script, extension->namespace->name);
    sql_text(script, ";\n");
}

void sql_add_extension(struct sql_script *script,
                       const struct extension *extension)
{
    sql_add(script, SQL_EXTENSION, write_extension, extension, "",
            extension->name, "")
        ->subject.extension = extension;
}

static void write_enum(struct sql_script *script, const struct sql_item *item)
{
    const struct type *type = item->subject.type;

    sql_text(script, "CREATE TYPE ");
    sql_name(script, type->namespace, type->name);
    sql_text(script, " AS ENUM (");
    for (size_t i = 0; i < type->labels.count; i++) {
        sql_text(script, i ? ",\n    " : "\n    ");
        sql_literal(script, type->labels.items[i]->name);
    }
    sql_text(script, type->labels.count ? "\n);\n" : ");\n");
}

static void write_composite(struct sql_script *script,
                            const struct sql_item *item)
{
    const struct table *table = item->subject.table;
    const char *separator = "\n    ";

    sql_text(script, "CREATE TYPE ");
    sql_relation(script, &table->relation);
    sql_text(script, " AS (");
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];
        const char *type = type_to_text(script->arena, column->data_type);

        if (column->object.is_dropped || !type)
            continue;
        sql_text(script, separator);
        sql_identifier(script, column->name);
        sql_format(script, " %s", type);
        if (column->collation)
            sql_format(script, " COLLATE %s", column->collation);
        separator = ",\n    ";
    }
    sql_text(script, separator[0] == ',' ? "\n);\n" : ");\n");
}

static void write_range(struct sql_script *script, const struct sql_item *item)
{
    const struct type *type = item->subject.type;
    struct data_type subtype = {type->element, -1};
    const char *text = type_to_text(script->arena, subtype);

    if (!text) {
        sql_left_out(script, "range type", type->name);
        return;
    }
    sql_text(script, "CREATE TYPE ");
    sql_name(script, type->namespace, type->name);
    sql_format(script, " AS RANGE (\n    subtype = %s", text);
    if (type->multirange) {
        sql_text(script, ",\n    multirange_type_name = ");
        sql_name(script, type->multirange->namespace, type->multirange->name);
    }
    sql_text(script, "\n);\n");
}

/* Functions that take the domain may be called by the check. */
static bool is_domain_check_inside(const struct constraint *check)
{
    for (const struct dependency *need = check->object.needs; need;
         need = need->next_need)
        if (!need->is_gone && need->needed->class == CLASS_FUNCTION)
            return false;
    return check->is_validated;
}

static void write_domain_constraint(struct sql_script *script,
                                    const struct constraint *constraint)
{
    if (constraint->type == CONSTRAINT_CHECK) {
        sql_check(script, constraint);
        return;
    }
    sql_constraint_name(script, constraint);
    sql_text(script, "NOT NULL");
}

static void write_domain(struct sql_script *script, const struct sql_item *item)
{
    const struct type *domain = item->subject.type;
    const struct constraint_array none = {0};
    const struct constraint_array *constraints =
        domain->constraints ? domain->constraints : &none;
    const char *base = type_to_text(script->arena, domain->base);
    const char *value =
        sql_expression(script, domain->default_expression, NULL);
    bool is_not_null = domain->is_not_null;

    if (!base) {
        sql_left_out(script, "domain", domain->name);
        return;
    }
    sql_text(script, "CREATE DOMAIN ");
    sql_name(script, domain->namespace, domain->name);
    sql_format(script, " AS %s", base);
    if (value)
        sql_format(script, " DEFAULT %s", value);
    for (size_t i = 0; i < constraints->count; i++) {
        const struct constraint *constraint = constraints->items[i];

        if (constraint->object.is_dropped ||
            !is_domain_check_inside(constraint))
            continue;
        sql_text(script, "\n    ");
        write_domain_constraint(script, constraint);
        is_not_null = is_not_null && constraint->type != CONSTRAINT_NOT_NULL;
    }
    sql_text(script, is_not_null ? "\n    NOT NULL;\n" : ";\n");
}

static void write_domain_check(struct sql_script *script,
                               const struct sql_item *item)
{
    const struct constraint *check = item->subject.constraint;

    sql_text(script, "ALTER DOMAIN ");
    sql_name(script, check->domain->namespace, check->domain->name);
    sql_text(script, " ADD ");
    sql_check(script, check);
    sql_text(script, ";\n");
}

static void add_domain_checks(struct sql_script *script,
                              const struct type *domain)
{
    for (size_t i = 0; domain->constraints && i < domain->constraints->count;
         i++) {
        const struct constraint *check = domain->constraints->items[i];

        if (!check->object.is_dropped && !is_domain_check_inside(check))
            sql_add(script, SQL_DOMAIN_CHECK, write_domain_check, check,
                    domain->namespace->name, domain->name, check->name)
                ->subject.constraint = check;
    }
}

void sql_add_type(struct sql_script *script, const struct type_entry *entry)
{
    const struct type *type = entry->type;
    sql_write *write = write_enum;

    if (entry->composite) {
        sql_add(script, SQL_COMPOSITE, write_composite, entry->composite,
                entry->namespace->name, entry->name, "")
            ->subject.table = entry->composite;
        return;
    }
    if (type->kind == TYPE_DOMAIN)
        write = write_domain;
    else if (type->kind == TYPE_RANGE)
        write = write_range;
    sql_add(script, SQL_TYPE, write, type, entry->namespace->name, entry->name,
            "")
        ->subject.type = type;
    if (type->kind == TYPE_DOMAIN)
        add_domain_checks(script, type);
}

static void write_sequence(struct sql_script *script,
                           const struct sql_item *item)
{
    const struct sequence *sequence = item->subject.sequence;
    const char *type = type_to_text(script->arena, sequence->type);

    sql_text(script, sequence->relation.is_unlogged &&
                             script->schema->postgres_version >= 15
                         ? "CREATE UNLOGGED SEQUENCE "
                         : "CREATE SEQUENCE ");
    sql_relation(script, &sequence->relation);
    if (type)
        sql_format(script, " AS %s", type);
    if (sequence->options)
        sql_format(script, " %s", sequence->options);
    sql_text(script, ";\n");
}

static void write_owner(struct sql_script *script, const struct sql_item *item)
{
    const struct sequence *sequence = item->subject.sequence;

    sql_text(script, "ALTER SEQUENCE ");
    sql_relation(script, &sequence->relation);
    sql_text(script, " OWNED BY ");
    sql_relation(script, &sequence->owned_by->table->relation);
    sql_text(script, ".");
    sql_identifier(script, sequence->owned_by->name);
    sql_text(script, ";\n");
}

/* An identity is made with its column's type, but may get another. */
static void add_sequence_type(struct sql_script *script,
                              const struct sequence *sequence)
{
    sql_text(script, "ALTER SEQUENCE ");
    sql_relation(script, &sequence->relation);
    sql_format(script, " AS %s;\n",
               type_to_text(script->arena, sequence->type));
}

static void write_identity(struct sql_script *script,
                           const struct sql_item *item)
{
    const struct sequence *sequence = item->subject.sequence;
    const struct column *column = sequence->owned_by;

    sql_text(script, "ALTER TABLE ");
    sql_relation(script, &column->table->relation);
    sql_text(script, " ALTER COLUMN ");
    sql_identifier(script, column->name);
    sql_format(script, " ADD GENERATED %s AS IDENTITY (SEQUENCE NAME ",
               column->identity == IDENTITY_ALWAYS ? "ALWAYS" : "BY DEFAULT");
    sql_relation(script, &sequence->relation);
    if (sequence->options)
        sql_format(script, " %s", sequence->options);
    sql_text(script, ");\n");
    if (sequence->type.type && sequence->type.type != column->data_type.type)
        add_sequence_type(script, sequence);
}

void sql_add_sequence(struct sql_script *script,
                      const struct sequence *sequence)
{
    const struct relation *relation = &sequence->relation;
    const char *schema = relation->namespace->name;
    sql_write *write = write_sequence;
    enum sql_kind kind = SQL_SEQUENCE;

    if (sequence->is_identity && sequence->owned_by) {
        kind = SQL_IDENTITY;
        write = write_identity;
    }
    sql_add(script, kind, write, sequence, schema, relation->name, "")
        ->subject.sequence = sequence;
    if (sequence->owned_by && !sequence->is_identity)
        sql_add(script, SQL_OWNER, write_owner, NULL, schema, relation->name,
                "")
            ->subject.sequence = sequence;
}
