/*
 * Columns as definitions make them: what their clauses say, type and default.
 * The sequences of serial and identity columns are in column_sequence.c, NOT
 * NULL is in not_null.c, the rest of a column's constraints in constraint.c.
 *
 * Facts: src/backend/parser/parse_utilcmd.c (transformColumnDefinition),
 * src/backend/commands/tablecmds.c
 * (BuildDescForRelation).
 */
#include "replay/bind.h"
#include "replay/dependency.h"
#include "replay/index_check.h"
#include "replay/types.h"

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

/* Says what is wrong with a column's clauses. */
static bool fail_clause(struct replay *replay, const struct table *table,
                        const ColumnDef *definition, const char *what)
{
    return replay_fail(replay, "42601", "%s for column \"%s\" of table \"%s\"",
                       what, definition->colname, table->relation.name);
}

#define CONFLICTING_NULL "conflicting NULL/NOT NULL declarations"
bool replay_fail_partitioned_not_null(struct replay *replay)
{
    return replay_fail(replay, "0A000",
                       "not-null constraints on partitioned tables cannot be "
                       "NO INHERIT");
}

#define MULTIPLE_DEFAULTS "multiple default values specified"

/* One of a column's constraints, if it is an attribute of the column. */
static bool read_clause(struct replay *replay, const struct table *table,
                        const ColumnDef *definition, const Constraint *node,
                        struct column_clauses *clauses)
{
    bool is_new = replay->schema->postgres_version >= 18;

    switch (node->contype) {
    case CONSTR_NULL:
        if (clauses->is_not_null)
            return fail_clause(replay, table, definition, CONFLICTING_NULL);
        clauses->is_null = true;
        return true;
    case CONSTR_NOTNULL:
        if (node->is_no_inherit &&
            table->relation.kind == RELATION_PARTITIONED_TABLE)
            return replay_fail_partitioned_not_null(replay);
        if (clauses->is_null)
            return fail_clause(replay, table, definition, CONFLICTING_NULL);
        clauses->is_not_null = true;
        return true;
    case CONSTR_PRIMARY:
        if (is_new && clauses->is_null)
            return fail_clause(replay, table, definition, CONFLICTING_NULL);
        clauses->is_primary = true;
        clauses->has_constraints = true;
        clauses->is_not_null |= is_new;
        return true;
    case CONSTR_DEFAULT:
        if (clauses->default_node)
            return fail_clause(replay, table, definition, MULTIPLE_DEFAULTS);
        clauses->default_node = node;
        return true;
    case CONSTR_IDENTITY:
        if (table->of_type)
            return replay_fail(
                replay, "0A000",
                "identity columns are not supported on typed tables");
        if (clauses->identity)
            return fail_clause(replay, table, definition,
                               "multiple identity specifications");
        if (clauses->is_null)
            return fail_clause(replay, table, definition, CONFLICTING_NULL);
        clauses->identity = node;
        clauses->is_not_null = true;
        return true;
    case CONSTR_GENERATED:
        if (table->of_type)
            return replay_fail(
                replay, "0A000",
                "generated columns are not supported on typed tables");
        if (clauses->generated)
            return fail_clause(replay, table, definition,
                               "multiple generation clauses specified");
        clauses->generated = node;
        return true;
    default: clauses->has_constraints = true; return true;
    }
}

static bool clauses_agree(struct replay *replay, const struct table *table,
                          const ColumnDef *definition,
                          const struct column_clauses *clauses,
                          bool has_default)
{
    if (has_default && clauses->identity)
        return fail_clause(replay, table, definition,
                           "both default and identity specified");
    if (has_default && clauses->generated)
        return fail_clause(replay, table, definition,
                           "both default and generation expression specified");
    if (clauses->identity && clauses->generated)
        return fail_clause(replay, table, definition,
                           "both identity and generation expression specified");
    return true;
}

/* serial is DEFAULT and NOT NULL after all other clauses. */
static bool add_serial(struct replay *replay, const struct table *table,
                       const ColumnDef *definition,
                       const struct column_clauses *clauses)
{
    if (clauses->default_node)
        return fail_clause(replay, table, definition, MULTIPLE_DEFAULTS);
    if (!clauses_agree(replay, table, definition, clauses, true))
        return false;
    return !clauses->is_null ||
           fail_clause(replay, table, definition, CONFLICTING_NULL);
}

/* What implies NOT NULL implies it for those that inherit, from 18 on. */
static bool check_no_inherit(struct replay *replay, const ColumnDef *definition,
                             const struct column_clauses *clauses)
{
    const ListCell *cell;

    if (!clauses->serial && !clauses->identity && !clauses->is_primary)
        return true;
    foreach (cell, definition->constraints) {
        const Constraint *node = node_as(Constraint, (Node *)lfirst(cell));

        if (node && node->contype == CONSTR_NOTNULL && node->is_no_inherit)
            return replay_fail(replay, "42601",
                               "conflicting NO INHERIT declarations for "
                               "not-null constraints on column \"%s\"",
                               definition->colname);
    }
    return true;
}

bool replay_read_clauses(struct replay *replay, const struct table *table,
                         const ColumnDef *definition,
                         struct column_clauses *clauses)
{
    bool is_new = replay->schema->postgres_version >= 18;
    const ListCell *cell;

    *clauses = (struct column_clauses){
        .serial = type_of_serial(replay->schema, definition->typeName),
    };
    clauses->is_not_null =
        (clauses->serial && is_new) || definition->is_not_null;
    foreach (cell, definition->constraints) {
        const Constraint *node = node_as(Constraint, (Node *)lfirst(cell));

        if (node && (!read_clause(replay, table, definition, node, clauses) ||
                     !clauses_agree(replay, table, definition, clauses,
                                    clauses->default_node != NULL)))
            return false;
    }
    if (is_new && !check_no_inherit(replay, definition, clauses))
        return false;
    if (!clauses->serial)
        return true;
    clauses->is_not_null = true;
    return add_serial(replay, table, definition, clauses);
}

void replay_set_default(struct replay *replay, struct column *column,
                        const char *text)
{
    struct schema *schema = replay->schema;
    struct column_default *former = column->default_value;

    if (former) {
        model_forget_needs(schema, &former->object);
        model_drop_object(schema, &former->object);
        SET(schema, column->default_value, NULL);
    }
    if (column->has_default != (text != NULL))
        SET(schema, column->has_default, text != NULL);
    SET(schema, column->default_text, text);
    if (column->is_serial)
        SET(schema, column->is_serial, false);
}

bool replay_apply_clauses(struct replay *replay, struct column *column,
                          const struct column_clauses *clauses)
{
    struct schema *schema = replay->schema;

    if (clauses->serial) {
        SET(schema, column->is_serial, true);
        SET(schema, column->has_default, true);
        if (!replay_add_column_sequence(replay, column, NULL))
            return false;
    }
    if (clauses->identity &&
        !replay_make_identity(replay, column, clauses->identity))
        return false;
    if (clauses->generated)
        SET(schema, column->generated,
            clauses->generated->generated_kind == ATTRIBUTE_GENERATED_VIRTUAL
                ? GENERATED_VIRTUAL
                : GENERATED_STORED);
    return true;
}

/* Types within types: hostile depths end somewhere. */
#define DEPTH_MAX 64

static bool check_virtual(struct replay *replay, const char *name,
                          const struct type *type, int depth);

static bool check_virtual_fields(struct replay *replay,
                                 const struct table *table, int depth)
{
    for (size_t i = 0; table && i < table->columns.count; i++) {
        const struct column *field = table->columns.items[i];

        if (!field->object.is_dropped &&
            !check_virtual(replay, field->name, field->data_type.type, depth))
            return false;
    }
    return true;
}

/* The innermost type of a user's is told first (CheckAttributeType). */
static bool check_virtual(struct replay *replay, const char *name,
                          const struct type *type, int depth)
{
    if (!type || depth == DEPTH_MAX || !model_spend(replay->schema, 1))
        return true;
    if (type->kind == TYPE_DOMAIN)
        return replay_fail(replay, "0A000",
                           "virtual generated column \"%s\" cannot have a "
                           "domain type",
                           name);
    if (type->kind == TYPE_COMPOSITE || type->kind == TYPE_ROW) {
        if (!check_virtual_fields(replay, type->table, depth + 1))
            return false;
    } else if (type->kind == TYPE_ARRAY || type->kind == TYPE_RANGE ||
               type->kind == TYPE_MULTIRANGE) {
        if (!check_virtual(replay, name, type->element, depth + 1))
            return false;
    }
    return (type->builtin && !type->extension) ||
           replay_fail(replay, "0A000",
                       "virtual generated column \"%s\" cannot have a "
                       "user-defined type",
                       name);
}

static bool check_virtual_type(struct replay *replay,
                               const struct column *column)
{
    return column->generated != GENERATED_VIRTUAL ||
           check_virtual(replay, column->name, column->data_type.type, 0);
}

bool replay_apply_default(struct replay *replay, struct column *column,
                          const struct column_clauses *clauses)
{
    const Constraint *node = clauses->default_node;
    struct span words = {0};
    const char *text;

    if (!node)
        node = clauses->generated;
    if (!node)
        return true;
    if (!check_virtual_type(replay, column))
        return false;
    text = clauses->default_node
               ? expression_of_default(replay,
                                       replay_offset(replay, node->location),
                                       node->raw_expr, &words)
               : expression_in_parentheses(
                     replay, replay_offset(replay, node->location), &words);
    return bind_default(replay, column, node->raw_expr, text, words);
}

static bool is_serial_array(const TypeName *name)
{
    TypeName plain = *name;

    plain.arrayBounds = NIL;
    return name_of_serial(&plain) != NULL;
}

bool replay_resolve_type(struct replay *replay, const TypeName *name,
                         struct data_type *type)
{
    struct type *serial;

    *type = (struct data_type){.modifier = -1};
    if (!name)
        return true;
    serial = type_of_serial(replay->schema, name);
    if (!serial && name->arrayBounds != NIL && is_serial_array(name))
        return replay_fail(replay, "0A000",
                           "array of serial is not implemented");
    if (!serial)
        return types_resolve(replay, name, type);
    *type = (struct data_type){serial, -1};
    return true;
}

/* Before 17 ADD COLUMN passed over SETOF. */
static bool forbids_sets(const struct replay *replay)
{
    return replay->schema->postgres_version >= 17 ||
           nodeTag(replay->statement->tree) != T_AlterTableStmt;
}

/* (GetAttributeCompression of tablecmds.c.) */
static bool check_compression(struct replay *replay,
                              const ColumnDef *definition)
{
    const char *name = definition->compression;

    return !name || strcmp(name, "pglz") == 0 || strcmp(name, "lz4") == 0 ||
           strcmp(name, "default") == 0 ||
           replay_fail(replay, "22023", "invalid compression method \"%s\"",
                       name);
}

bool replay_column_type(struct replay *replay, const ColumnDef *definition,
                        struct data_type *type)
{
    struct schema *schema = replay->schema;

    if (!replay_resolve_type(replay, definition->typeName, type) ||
        !check_compression(replay, definition))
        return false;
    if (!definition->collClause || !type->type || !replay_knows_all(replay) ||
        index_check_is_collatable(type->type))
        return true;
    return replay_fail(
        replay, "42804", "collations are not supported by type %s",
        type_to_visible_text(schema, &schema->scratch, type->type));
}

bool replay_check_column_name(struct replay *replay, const char *name)
{
    return !name_is_system_column(name) ||
           replay_fail(replay, "42701",
                       "column name \"%s\" conflicts with a system column name",
                       name);
}

bool replay_check_column_set(struct replay *replay, const ColumnDef *definition)
{
    if (!definition->typeName || !definition->typeName->setof ||
        !forbids_sets(replay))
        return true;
    return replay_fail(replay, "42P16",
                       "column \"%s\" cannot be declared SETOF",
                       definition->colname);
}

bool replay_check_column(struct replay *replay, const struct column *column)
{
    return types_check_column(replay, column->table, column->name,
                              column->data_type.type) &&
           check_virtual_type(replay, column);
}

struct column *replay_make_column(struct replay *replay, struct table *table,
                                  const ColumnDef *definition,
                                  struct data_type type)
{
    const char *name = definition->colname;
    struct column *column = model_add_column(
        replay->schema, table, name,
        replay_place_of_word(replay, definition->location, name));

    if (!column) {
        replay_fail(replay, "54011", "tables can have at most %d columns",
                    COLUMN_COUNT_MAX);
        return NULL;
    }
    column->data_type = type;
    if (definition->typeName)
        column->typed_at =
            replay_place_of_type(replay, definition->typeName->location);
    if (definition->collClause)
        column->collation = model_name(
            replay->schema,
            name_to_sql(&replay->schema->scratch,
                        name_from_list(definition->collClause->collname)));
    model_use_type(type.type);
    return column;
}

struct column *replay_add_column(struct replay *replay, struct table *table,
                                 const ColumnDef *definition)
{
    struct data_type type;

    if (!replay_column_type(replay, definition, &type) ||
        !replay_check_column_name(replay, definition->colname) ||
        !replay_check_column_set(replay, definition) ||
        !types_check_column(replay, table, definition->colname, type.type))
        return NULL;
    return replay_make_column(replay, table, definition, type);
}

struct column *replay_copy_column(struct replay *replay, struct table *table,
                                  const struct column *original)
{
    struct column *column = model_add_column(
        replay->schema, table, original->name, table->relation.made_at);

    if (!column)
        return NULL;
    column->data_type = original->data_type;
    column->collation = original->collation;
    column->has_default = original->has_default;
    column->default_text = original->default_text;
    column->generated = original->generated;
    return column;
}
