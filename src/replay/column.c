/*
 * Columns as definitions make them: type, nullability, default, identity, and
 * the sequences of serial and identity columns.
 */
#include "replay/context.h"

#include <string.h>

/* NULL, or NULL cast to the column's own type. */
static bool is_null_constant(const struct replay *replay,
                             const struct column *column, const Node *node)
{
    const TypeCast *cast = node_as(TypeCast, node);
    const A_Const *constant;

    if (cast) {
        struct data_type type =
            type_resolve(replay->schema, cast->typeName, NULL);

        if (type.type && type.type == column->data_type.type &&
            type.modifier == column->data_type.modifier)
            node = cast->arg;
    }
    constant = node_as(A_Const, node);
    return constant && constant->isnull;
}

/*
 * DEFAULT NULL is no default (AddRelationNewConstraints drops it), unless the
 * type has a modifier or is a domain: then the server keeps a cast of NULL.
 */
bool replay_is_default(const struct replay *replay, const struct column *column,
                       const Node *expression)
{
    const struct type *type = column->data_type.type;

    if (!is_null_constant(replay, column, expression))
        return expression != NULL;
    return type &&
           (column->data_type.modifier >= 0 || type->kind == TYPE_DOMAIN);
}

/* Where SEQUENCE NAME puts an identity's sequence; no name if it is not there.
 */
static struct qualified_name given_sequence_name(const Constraint *identity)
{
    const ListCell *cell;

    foreach (cell, identity ? identity->options : NIL) {
        const DefElem *option = node_as(DefElem, (Node *)lfirst(cell));

        if (option && strcmp(option->defname, "sequence_name") == 0 &&
            option->arg)
            return name_from_list((const List *)option->arg);
    }
    return (struct qualified_name){0};
}

bool replay_add_column_sequence(struct replay *replay, struct column *column,
                                const Constraint *identity)
{
    struct schema *schema = replay->schema;
    struct table *table = column->table;
    struct qualified_name given = given_sequence_name(identity);
    struct namespace *namespace =
        given.schema ? model_namespace_for(schema, given.schema)
                     : table->relation.namespace;
    struct sequence *sequence;
    const char *name = given.name;

    if (!name)
        name = generated_name_relation(schema, namespace, table->relation.name,
                                       column->name, "seq", false);
    if (!name || !replay_free_name(replay, namespace, name))
        return false;
    sequence = arena_alloc(&schema->arena, sizeof *sequence);
    model_add_relation(schema, &sequence->relation, RELATION_SEQUENCE,
                       namespace, name, column->made_at);
    sequence->relation.is_unlogged = table->relation.is_unlogged;
    sequence->owned_by = column;
    sequence->is_identity = identity != NULL;
    *PUSH(schema, &table->sequences) = sequence;
    return true;
}

/* One of a column's constraints, if it is an attribute of the column. */
static bool apply_attribute(struct replay *replay, struct column *column,
                            const Constraint *node)
{
    struct schema *schema = replay->schema;

    switch (node->contype) {
    case CONSTR_NOTNULL:
        if (!node->skip_validation)
            SET(schema, column->is_nullable, false);
        return true;
    case CONSTR_PRIMARY: SET(schema, column->is_nullable, false); return true;
    case CONSTR_DEFAULT:
        SET(schema, column->has_default,
            replay_is_default(replay, column, node->raw_expr));
        SET(schema, column->default_text,
            column->has_default
                ? expression_of_default(replay,
                                        replay_offset(replay, node->location),
                                        node->raw_expr)
                : NULL);
        return true;
    case CONSTR_IDENTITY:
        SET(schema, column->identity,
            node->generated_when == ATTRIBUTE_IDENTITY_ALWAYS
                ? IDENTITY_ALWAYS
                : IDENTITY_BY_DEFAULT);
        SET(schema, column->is_nullable, false);
        return replay_add_column_sequence(replay, column, node);
    case CONSTR_GENERATED:
        SET(schema, column->generated,
            node->generated_kind == ATTRIBUTE_GENERATED_VIRTUAL
                ? GENERATED_VIRTUAL
                : GENERATED_STORED);
        return true;
    default: return true;
    }
}

bool replay_column_attributes(struct replay *replay, struct column *column,
                              const ColumnDef *definition)
{
    const ListCell *cell;

    if (column->is_serial && !replay_add_column_sequence(replay, column, NULL))
        return false;
    foreach (cell, definition->constraints) {
        const Constraint *node = node_as(Constraint, (Node *)lfirst(cell));

        if (node && !apply_attribute(replay, column, node))
            return false;
    }
    return true;
}

struct column *replay_add_column(struct replay *replay, struct table *table,
                                 const ColumnDef *definition)
{
    struct type *serial = type_of_serial(replay->schema, definition->typeName);
    struct column *column =
        model_add_column(replay->schema, table, definition->colname,
                         replay_place_of_word(replay, definition->location,
                                              definition->colname));

    if (!column)
        return NULL;
    column->data_type =
        serial ? (struct data_type){serial, -1}
               : type_resolve(replay->schema, definition->typeName, NULL);
    if (serial) {
        column->is_serial = true;
        column->has_default = true;
        column->is_nullable = false;
    }
    if (!replay_column_attributes(replay, column, definition))
        return NULL;
    return column;
}

struct column *replay_copy_column(struct replay *replay, struct table *table,
                                  const struct column *original)
{
    struct column *column = model_add_column(
        replay->schema, table, original->name, table->relation.made_at);

    if (!column)
        return NULL;
    column->data_type = original->data_type;
    column->is_nullable = original->is_nullable;
    column->has_default = original->has_default;
    column->default_text = original->default_text;
    column->generated = original->generated;
    return column;
}

const char *replay_not_null_name(const struct column *column)
{
    const struct constraint *constraint = column->not_null;

    return constraint ? constraint->name : NULL;
}

void replay_set_not_null(struct replay *replay, struct column *column,
                         const char *name, struct place made_at)
{
    struct schema *schema = replay->schema;
    struct table *table = column->table;
    struct constraint *constraint = column->not_null;

    SET(schema, column->is_nullable, false);
    if (constraint) {
        SET(schema, constraint->is_validated, true);
        return;
    }
    /* Before 18 the attribute is all there is. */
    if (schema->postgres_version < 18 &&
        !(name && !model_find_constraint(schema, table, name)))
        return;
    if (!name)
        name = generated_name_constraint(schema, table->relation.namespace,
                                         table->relation.name, column->name,
                                         "not_null");
    if (!name || model_find_constraint(schema, table, name))
        return;
    constraint =
        model_add_constraint(schema, table, CONSTRAINT_NOT_NULL, name, made_at);
    *PUSH(schema, &constraint->columns) = column;
    SET(schema, column->not_null, constraint);
}

void replay_drop_not_null(struct replay *replay, struct column *column)
{
    struct constraint *constraint = column->not_null;

    SET(replay->schema, column->is_nullable, true);
    if (constraint)
        model_remove_constraint(replay->schema, constraint);
}
