/*
 * Types: what all have in common, and those of the simplest kinds. Domains are
 * in domain.c, ranges in range.c, composite types in composite.c.
 *
 * Facts: src/backend/commands/typecmds.c, src/backend/catalog/pg_type.c,
 * src/backend/catalog/pg_enum.c.
 */
#include "replay/types.h"

#include "replay/deletion.h"
#include "replay/dependency.h"
#include "replay/lookup.h"
#include "replay/uncommitted.h"

#include <string.h>

/* The relation's rows are a type of its name. Before 14 a sequence's too. */
static bool has_row_type(const struct replay *replay,
                         const struct relation *relation)
{
    if (!relation || relation->kind == RELATION_INDEX)
        return false;
    return relation->kind != RELATION_SEQUENCE ||
           replay->schema->postgres_version < 14;
}

static bool refuse_name(struct replay *replay, const char *name)
{
    return replay_fail(replay, "42710", "type \"%s\" already exists", name);
}

bool types_free_row_name(struct replay *replay, struct namespace *namespace,
                         const char *name)
{
    struct type *existing = model_type_in(replay->schema, namespace, name);

    if (!existing)
        return true;
    /* A shell makes way for what it was announced for. */
    if (existing->made_at.source && existing->kind != TYPE_PSEUDO &&
        replay_refuse(replay))
        return refuse_name(replay, name);
    return deletion_perform_internal(replay, &existing->object);
}

bool types_free_name(struct replay *replay, struct namespace *namespace,
                     const char *name)
{
    if (has_row_type(replay,
                     model_relation_in(replay->schema, namespace, name)) &&
        replay_refuse(replay))
        return refuse_name(replay, name);
    return types_free_row_name(replay, namespace, name);
}

struct type *types_add(struct replay *replay, enum type_kind kind,
                       const List *names)
{
    struct qualified_name name = name_from_list(names);
    struct namespace *namespace = replay_namespace(replay, name.schema);

    if (!namespace || !types_free_name(replay, namespace, name.name))
        return NULL;
    return model_add_type(replay->schema, kind, namespace, name.name,
                          replay_place_at(replay, -1));
}

bool types_resolve(struct replay *replay, const TypeName *name,
                   struct data_type *type)
{
    struct type_failure failure;

    if (!name->typmods) {
        *type = (struct data_type){type_find(replay->schema, name), -1};
        if (type->type)
            return true;
    }
    *type = type_resolve(replay->schema, name, &failure);
    if (type->type || !failure.message ||
        (!replay_knows_all(replay) &&
         !model_is_gone_type(replay->schema, name_from_list(name->names))))
        return true;
    return replay_fail(replay, failure.sqlstate, "%s", failure.message);
}

bool types_find(struct replay *replay, const List *names, struct type **type)
{
    struct qualified_name name = name_from_list(names);

    *type = type_find_named(replay->schema, name);
    if (*type || (!replay_knows_all(replay) &&
                  !model_is_gone_type(replay->schema, name)))
        return true;
    if (name.schema && !model_find_namespace(replay->schema, name.schema))
        return replay_fail(replay, "3F000", "schema \"%s\" does not exist",
                           name.schema);
    return replay_fail(replay, "42704", "type \"%s\" does not exist",
                       lookup_plain_name(replay, name));
}

bool types_check_alter(struct replay *replay, const struct type *type,
                       bool is_domain)
{
    const char *name = type_visible_name(replay, type);

    if (is_domain && type->kind != TYPE_DOMAIN)
        return replay_fail(replay, "42809", "%s is not a domain", name);
    switch (type->kind) {
    case TYPE_ROW:
        return replay_fail(replay, "42809", "%s is a table's row type", name);
    case TYPE_ARRAY:
        return replay_fail(replay, "42809", "cannot alter array type %s", name);
    case TYPE_BASE:
    case TYPE_ENUM:
    case TYPE_DOMAIN:
    case TYPE_COMPOSITE:
    case TYPE_RANGE:
    case TYPE_MULTIRANGE:
    case TYPE_PSEUDO: return true;
    }
    return true;
}

static struct enum_label *make_label(struct schema *schema, const char *name)
{
    struct enum_label *label = arena_alloc(&schema->arena, sizeof *label);

    label->name = model_name(schema, name);
    return label;
}

static bool check_label(struct replay *replay, const char *label)
{
    if (strlen(label) <= NAME_SIZE_MAX)
        return true;
    return replay_fail(replay, "42602", "invalid enum label \"%s\"", label);
}

bool replay_create_enum(struct replay *replay, const CreateEnumStmt *create)
{
    struct schema *schema = replay->schema;
    struct type *type = types_add(replay, TYPE_ENUM, create->typeName);
    const ListCell *cell;

    if (!type)
        return false;
    uncommitted_note_enum(replay, type);
    foreach (cell, create->vals) {
        const char *label = name_from_string(lfirst(cell));

        if (!check_label(replay, label))
            return false;
        if (type_find_label(type, label))
            return replay_fail(replay, "23505",
                               "duplicate key value violates unique constraint "
                               "\"pg_enum_typid_label_index\"");
        *array_push(&schema->arena, &type->labels) = make_label(schema, label);
    }
    return true;
}

/* The place of a label; the number of labels if it has none. */
static size_t find_label(const struct type *type, const char *label)
{
    size_t at = 0;

    while (at < type->labels.count &&
           strcmp(type->labels.items[at]->name, label) != 0)
        at++;
    return at;
}

static bool refuse_label(struct replay *replay, const char *label)
{
    return replay_fail(replay, "22023", "\"%s\" is not an existing enum label",
                       label);
}

/* The labels are a new array: an undo takes the old one back. */
static void insert_label(struct schema *schema, struct type *type, size_t at,
                         const char *label)
{
    struct label_array labels = {0};

    for (size_t i = 0; i <= type->labels.count; i++) {
        if (i == at)
            *array_push(&schema->arena, &labels) = make_label(schema, label);
        if (i < type->labels.count)
            *array_push(&schema->arena, &labels) = type->labels.items[i];
    }
    SET(schema, type->labels, labels);
}

static bool rename_label(struct replay *replay, struct type *type,
                         const AlterEnumStmt *alter)
{
    struct schema *schema = replay->schema;
    struct enum_label *label = type_find_label(type, alter->oldVal);

    if (!label)
        return refuse_label(replay, alter->oldVal);
    if (type_find_label(type, alter->newVal))
        return replay_fail(replay, "42710", "enum label \"%s\" already exists",
                           alter->newVal);
    SET(schema, label->name, model_name(schema, alter->newVal));
    SET(schema, type->label_renames, type->label_renames + 1);
    return true;
}

bool enum_alter(struct replay *replay, const AlterEnumStmt *alter)
{
    struct type *type;
    size_t at;

    if (!types_find(replay, alter->typeName, &type))
        return false;
    if (!type)
        return true;
    if (type->kind != TYPE_ENUM)
        return type->kind == TYPE_BASE ||
               replay_fail(replay, "42809", "%s is not an enum",
                           type_visible_name(replay, type));
    if (!check_label(replay, alter->newVal))
        return false;
    if (alter->oldVal)
        return rename_label(replay, type, alter);
    if (type_find_label(type, alter->newVal))
        return alter->skipIfNewValExists || !replay_refuse(replay) ||
               replay_fail(replay, "42710", "enum label \"%s\" already exists",
                           alter->newVal);
    at = type->labels.count;
    if (alter->newValNeighbor) {
        at = find_label(type, alter->newValNeighbor);
        if (at == type->labels.count)
            return refuse_label(replay, alter->newValNeighbor);
        at += alter->newValIsAfter;
    }
    /* Every new label costs a copy of all: of very many, not all are kept. */
    if (!model_spend(replay->schema, type->labels.count * 32))
        return true;
    insert_label(replay->schema, type, at, alter->newVal);
    uncommitted_note_label(replay, type, alter->newVal);
    return true;
}

/*
 * CREATE TYPE with a C implementation, or a shell for one. A shell is a
 * pseudo-type until it is filled.
 */
static bool define_base_type(struct replay *replay, const DefineStmt *define)
{
    struct schema *schema = replay->schema;
    struct qualified_name name = name_from_list(define->defnames);
    struct namespace *namespace = replay_namespace(replay, name.schema);
    struct type *shell;

    if (!namespace)
        return false;
    shell = model_type_in(schema, namespace, name.name);
    if (!define->definition && shell && replay_refuse(replay))
        return refuse_name(replay, name.name);
    if (!define->definition)
        return types_add(replay, TYPE_PSEUDO, define->defnames) != NULL;
    if (shell && shell->kind == TYPE_PSEUDO) {
        SET(schema, shell->kind, TYPE_BASE);
        return true;
    }
    if (shell || !replay_knows_all(replay))
        return types_add(replay, TYPE_BASE, define->defnames) != NULL;
    /* So the server says it: duplicate_object. */
    return replay_fail(replay, "42710", "type \"%s\" does not exist",
                       lookup_plain_name(replay, name));
}

bool replay_define_type(struct replay *replay, const DefineStmt *define)
{
    return define->kind != OBJECT_TYPE || define_base_type(replay, define);
}
