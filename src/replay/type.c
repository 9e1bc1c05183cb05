/*
 * Schemas, extensions, sequences and types: what tables stand in and are made
 * of.
 */
#include "replay/context.h"

#include <string.h>

/* A CREATE SCHEMA's elements are made in it. */
bool replay_create_schema(struct replay *replay, const CreateSchemaStmt *create)
{
    struct schema *schema = replay->schema;
    const char *name = create->schemaname;
    struct search_path *outer = schema->local_search_path;
    struct search_path *path;
    struct namespace *namespace;
    const ListCell *cell;

    if (!name && create->authrole)
        name = create->authrole->rolename;
    if (!name)
        return false;
    namespace = model_find_namespace(schema, name);
    if (namespace && namespace->made_at.source && !create->if_not_exists)
        return !replay_refuse(replay);
    if (!namespace)
    namespace = model_add_namespace(schema, name, replay_place_at(replay, -1));
    if (!create->schemaElts)
        return true;
    path = model_new_search_path(schema, 1);
    path->names[0] = namespace->name;
    SET(schema, schema->local_search_path, path);
    foreach (cell, create->schemaElts) {
        if (!replay_node(replay, lfirst(cell)))
            return false;
    }
    SET(schema, schema->local_search_path, outer);
    return true;
}

bool replay_create_extension(struct replay *replay,
                             const CreateExtensionStmt *create)
{
    struct schema *schema = replay->schema;
    const char *schema_name = NULL;
    struct extension *extension;
    const ListCell *cell;

    if (model_find_extension(schema, create->extname))
        return true;
    foreach (cell, create->options) {
        const DefElem *option = node_as(DefElem, (Node *)lfirst(cell));

        if (option && strcmp(option->defname, "schema") == 0)
            schema_name = name_from_string(option->arg);
    }
    extension = arena_alloc(&schema->arena, sizeof *extension);
    extension->object.class = CLASS_EXTENSION;
    extension->name = model_name(schema, create->extname);
    extension->namespace = model_namespace_for(schema, schema_name);
    name_table_add(&schema->extensions, &schema->arena, &schema->journal, NULL,
                   extension->name, extension);
    type_add_of_extension(schema, extension, replay_place_at(replay, -1));
    return true;
}

/* OWNED BY table.column among a sequence's options. */
static bool set_owner(struct replay *replay, struct sequence *sequence,
                      const List *options)
{
    struct schema *schema = replay->schema;
    const ListCell *cell;

    foreach (cell, options) {
        const DefElem *option = node_as(DefElem, (Node *)lfirst(cell));
        const List *names;
        struct qualified_name name = {0};
        struct table *table;
        struct column *column;
        int count;

        if (!option || strcmp(option->defname, "owned_by") != 0)
            continue;
        names = (const List *)option->arg;
        count = list_length(names);
        if (count == 1) { /* NONE */
            SET(schema, sequence->owned_by, NULL);
            continue;
        }
        name.name = name_from_string(list_nth(names, count - 2));
        if (count > 2)
            name.schema = name_from_string(list_nth(names, count - 3));
        table = name.name ? model_mention_table(schema, name, false) : NULL;
        if (!table)
            return false;
        column = model_mention_column(
            schema, table, name_from_string(list_nth(names, count - 1)));
        if (!column)
            return false;
        if (sequence->owned_by != column)
            *PUSH(schema, &table->sequences) = sequence;
        SET(schema, sequence->owned_by, column);
    }
    return true;
}

bool replay_create_sequence(struct replay *replay, const CreateSeqStmt *create)
{
    struct schema *schema = replay->schema;
    struct namespace *namespace =
        replay_target_namespace(replay, create->sequence);
    struct sequence *sequence;

    if (create->if_not_exists &&
        model_relation_in(schema, namespace, create->sequence->relname))
        return true;
    if (!replay_free_name(replay, namespace, create->sequence->relname))
        return false;
    sequence = arena_alloc(&schema->arena, sizeof *sequence);
    model_add_relation(
        schema, &sequence->relation, RELATION_SEQUENCE, namespace,
        create->sequence->relname,
        replay_place_of_name(replay, create->sequence->location));
    return set_owner(replay, sequence, create->options);
}

bool replay_alter_sequence(struct replay *replay, const AlterSeqStmt *alter)
{
    struct sequence *sequence = relation_as_sequence(model_find_relation(
        replay->schema, name_from_range_var(alter->sequence)));

    return !sequence || set_owner(replay, sequence, alter->options);
}

/* The new type; null if the name is taken. */
static struct type *add_type(struct replay *replay, enum type_kind kind,
                             const List *names)
{
    struct schema *schema = replay->schema;
    struct qualified_name name = name_from_list(names);
    struct namespace *namespace = model_namespace_for(schema, name.schema);
    struct type *existing = model_type_in(schema, namespace, name.name);

    if (existing) {
        if (replay_refuse(replay) && existing->made_at.source &&
            existing->kind != TYPE_BASE)
            return NULL;
        model_remove_type(schema, existing);
    }
    return model_add_type(schema, kind, namespace, name.name,
                          replay_place_at(replay, -1));
}

bool replay_create_enum(struct replay *replay, const CreateEnumStmt *create)
{
    return add_type(replay, TYPE_ENUM, create->typeName) != NULL;
}

static const DefElem *find_option(const List *options, const char *name)
{
    const ListCell *cell;

    foreach (cell, options) {
        const DefElem *option = node_as(DefElem, (Node *)lfirst(cell));

        if (option && strcmp(option->defname, name) == 0)
            return option;
    }
    return NULL;
}

/* The multirange that comes with a range: makeMultirangeTypeName(). */
static const char *multirange_name(struct replay *replay, const char *range)
{
    const char *at = strstr(range, "range");

    if (!at)
        return arena_format(&replay->schema->scratch, "%.*s_multirange",
                            NAME_SIZE_MAX - 11, range);
    return arena_format(&replay->schema->scratch, "%.*smulti%s",
                        (int)(at - range), range, at);
}

static void add_multirange(struct replay *replay, struct type *range,
                           const DefElem *named)
{
    struct schema *schema = replay->schema;
    const TypeName *given = named ? node_as(TypeName, named->arg) : NULL;
    struct namespace *namespace = range->namespace;
    const char *name;

    if (given) {
        struct qualified_name full = name_from_list(given->names);

        name = full.name;
        if (full.schema)
        namespace = model_namespace_for(schema, full.schema);
    } else
        name = multirange_name(replay, range->name);
    if (!name || model_type_in(schema, namespace, name))
        return;
    range->multirange = model_add_type(schema, TYPE_MULTIRANGE, namespace, name,
                                       range->made_at);
    range->multirange->element = range;
}

bool replay_create_range(struct replay *replay, const CreateRangeStmt *create)
{
    struct type *type = add_type(replay, TYPE_RANGE, create->typeName);
    const DefElem *subtype = find_option(create->params, "subtype");
    const TypeName *name = subtype ? node_as(TypeName, subtype->arg) : NULL;

    if (!type)
        return false;
    type->element = name ? type_find(replay->schema, name) : NULL;
    if (replay->schema->postgres_version >= 14)
        add_multirange(replay, type,
                       find_option(create->params, "multirange_type_name"));
    return true;
}

/* CREATE TYPE with a C implementation, or a shell. */
bool replay_define_type(struct replay *replay, const DefineStmt *define)
{
    if (define->kind != OBJECT_TYPE)
        return true;
    return add_type(replay, TYPE_BASE, define->defnames) != NULL;
}

bool replay_create_composite(struct replay *replay,
                             const CompositeTypeStmt *create)
{
    struct schema *schema = replay->schema;
    struct namespace *namespace =
        replay_target_namespace(replay, create->typevar);
    struct table *table;
    const ListCell *cell;

    if (!replay_free_name(replay, namespace, create->typevar->relname))
        return false;
    table = model_add_table(
        schema, RELATION_COMPOSITE_TYPE, namespace, create->typevar->relname,
        replay_place_of_name(replay, create->typevar->location));
    foreach (cell, create->coldeflist) {
        const ColumnDef *definition = node_as(ColumnDef, (Node *)lfirst(cell));

        if (!definition || model_find_column(table, definition->colname) ||
            !replay_add_column(replay, table, definition))
            return false;
    }
    return true;
}

static void apply_domain_constraint(struct replay *replay, struct type *domain,
                                    const Constraint *node)
{
    struct schema *schema = replay->schema;

    switch (node->contype) {
    case CONSTR_NOTNULL: SET(schema, domain->is_not_null, true); return;
    case CONSTR_NULL: SET(schema, domain->is_not_null, false); return;
    case CONSTR_DEFAULT: {
        const A_Const *constant = node_as(A_Const, node->raw_expr);

        SET(schema, domain->has_default, !(constant && constant->isnull));
        return;
    }
    default: return;
    }
}

bool replay_create_domain(struct replay *replay, const CreateDomainStmt *create)
{
    struct data_type type =
        type_resolve(replay->schema, create->typeName, NULL);
    const struct type *base = type.type;
    struct type *domain = add_type(replay, TYPE_DOMAIN, create->domainname);
    const ListCell *cell;

    if (!domain)
        return false;
    domain->base = type;
    if (base && base->kind == TYPE_DOMAIN) {
        domain->has_default = base->has_default;
        domain->is_not_null = base->is_not_null;
    }
    foreach (cell, create->constraints) {
        const Constraint *node = node_as(Constraint, (Node *)lfirst(cell));

        if (node)
            apply_domain_constraint(replay, domain, node);
    }
    return true;
}

bool replay_alter_domain(struct replay *replay, const AlterDomainStmt *alter)
{
    struct schema *schema = replay->schema;
    struct type *domain =
        model_find_type(schema, name_from_list(alter->typeName));
    const A_Const *constant = node_as(A_Const, alter->def);
    const Constraint *constraint = node_as(Constraint, alter->def);

    if (!domain || domain->kind != TYPE_DOMAIN)
        return true;
    switch (alter->subtype) {
    case 'T':
        SET(schema, domain->has_default,
            alter->def && !(constant && constant->isnull));
        return true;
    case 'N': SET(schema, domain->is_not_null, false); return true;
    case 'O': SET(schema, domain->is_not_null, true); return true;
    case 'C':
        if (constraint)
            apply_domain_constraint(replay, domain, constraint);
        return true;
    default: return true;
    }
}
