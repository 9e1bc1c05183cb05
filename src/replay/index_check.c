/*
 * Why the server refuses an index: the kind of relation, what the access
 * method can do, operator classes, collations, and the keys that a
 * partitioned table's uniqueness needs. Asked only where all that matters is
 * known; what an extension or a statement may have added is believed.
 *
 * Facts: src/backend/commands/indexcmds.c (DefineIndex, ComputeIndexAttrs,
 * ResolveOpClass, GetDefaultOpClass).
 */
#include "replay/index_check.h"

#include "query/choose.h"
#include "query/operator_class.h"
#include "replay/lookup.h"
#include "schema/type.h"

#include <string.h>

#define FEATURE_NOT_SUPPORTED "0A000"
#define WRONG_OBJECT_TYPE "42809"
#define UNDEFINED_OBJECT "42704"
#define DATATYPE_MISMATCH "42804"
#define INVALID_OBJECT_DEFINITION "42P17"

/* What an access method can do (its IndexAmRoutine). */
struct method {
    const char *name;
    bool has_order;
    bool may_be_unique;
    bool may_have_many_columns;
    bool may_exclude;
    int includes_since; /* PostgreSQL version; 0: never */
};

static const struct method methods[] = {
    {"btree", true, true, true, true, 11},
    {"hash", false, false, false, true, 0},
    {"gist", false, false, true, true, 12},
    {"spgist", false, false, false, true, 14},
    {"gin", false, false, true, false, 0},
    {"brin", false, false, true, false, 0},
};

/* One index that is being looked at. */
struct check {
    struct replay *replay;
    struct schema *schema;
    const struct index_request *request;
    const struct builtin_access_method *method;
    uint8_t version;
};

static const struct method *find_method(const char *name)
{
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        if (strcmp(methods[i].name, name) == 0)
            return &methods[i];
    }
    return NULL;
}

bool index_check_relation(struct replay *replay,
                          const struct relation *relation)
{
    int version = replay->schema->postgres_version;
    const char *name = relation->name;

    switch (relation->kind) {
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE:
    case RELATION_MATERIALIZED_VIEW: return true;
    case RELATION_INDEX:
    case RELATION_COMPOSITE_TYPE:
        if (version >= 16)
            return replay_fail(replay, WRONG_OBJECT_TYPE,
                               "cannot open relation \"%s\"", name);
        return replay_fail(
            replay, WRONG_OBJECT_TYPE, "\"%s\" is %s", name,
            relation->kind == RELATION_INDEX ? "an index" : "a composite type");
    case RELATION_FOREIGN_TABLE:
        if (version < 15)
            return replay_fail(replay, WRONG_OBJECT_TYPE,
                               "cannot create index on foreign table \"%s\"",
                               name);
        break;
    case RELATION_VIEW:
    case RELATION_SEQUENCE:
        if (version < 15)
            return replay_fail(replay, WRONG_OBJECT_TYPE,
                               "\"%s\" is not a table or materialized view",
                               name);
        break;
    }
    return replay_fail(replay, WRONG_OBJECT_TYPE,
                       "cannot create index on relation \"%s\"", name);
}

static bool check_method(const struct check *check)
{
    const struct index_request *request = check->request;
    const struct method *method = find_method(request->method);
    const char *lack = NULL;

    if (!method)
        return true;
    if (request->is_unique && !request->is_without_overlaps &&
        !method->may_be_unique)
        lack = "unique indexes";
    else if (request->include.count > 0 &&
             (method->includes_since == 0 ||
              check->schema->postgres_version < method->includes_since))
        lack = "included columns";
    else if (request->column_count > 1 && !method->may_have_many_columns)
        lack = "multicolumn indexes";
    else if (request->is_exclusion && !method->may_exclude)
        lack = "exclusion constraints";
    if (!lack)
        return true;
    return replay_fail(check->replay, FEATURE_NOT_SUPPORTED,
                       "access method \"%s\" does not support %s",
                       request->method, lack);
}

bool index_check_is_collatable(const struct type *type)
{
    switch (type->kind) {
    case TYPE_ARRAY: return index_check_is_collatable(type->element);
    case TYPE_DOMAIN:
        return !type->base.type || index_check_is_collatable(type->base.type);
    case TYPE_BASE:
    case TYPE_PSEUDO: return !type->builtin || type->builtin->is_collatable;
    case TYPE_ENUM:
    case TYPE_COMPOSITE:
    case TYPE_ROW:
    case TYPE_RANGE:
    case TYPE_MULTIRANGE: return false;
    }
    return true;
}

const struct builtin_operator_class *index_check_default_class(
    struct replay *replay, const char *method, struct type *type)
{
    return operator_class_of_key(replay->schema, method, NULL, type);
}

bool index_check_class(struct replay *replay, const char *method,
                       struct type *type)
{
    if (!type || !replay_knows_all(replay) ||
        model_may_have_other(replay->schema, OTHER_OPERATOR_CLASS) ||
        index_check_default_class(replay, method, type))
        return true;
    return replay_fail(replay, UNDEFINED_OBJECT,
                       "data type %s has no default operator class for access "
                       "method \"%s\"",
                       type_to_plain_text(&replay->schema->scratch, type),
                       method);
}

struct extension *index_check_extension(struct replay *replay,
                                        const char *method, const char *opclass,
                                        struct type *type)
{
    const struct builtin_operator_class *class =
        operator_class_of_key(replay->schema, method, opclass, type);

    if (!class || class->unit < BUILTIN_EXTENSION_FIRST)
        return NULL;
    return model_find_extension(
        replay->schema,
        builtin_text(builtin_extension_of_unit(class->unit)->name));
}

static bool check_named_class(const struct check *check, const List *names,
                              struct type *type,
                              const struct builtin_operator_class **class)
{
    struct qualified_name name = name_from_list(names);
    bool is_known;

    if (name.schema && !model_find_namespace(check->schema, name.schema) &&
        strcmp(name.schema, "pg_catalog") != 0)
        return replay_fail(check->replay, "3F000",
                           "schema \"%s\" does not exist", name.schema);
    if (model_may_have_other(check->schema, OTHER_OPERATOR_CLASS))
        return true;
    *class = operator_class_named(check->schema, check->method, name.name, type,
                                  &is_known);
    if (!is_known)
        return replay_fail(check->replay, UNDEFINED_OBJECT,
                           "operator class \"%s\" does not exist for access "
                           "method \"%s\"",
                           lookup_plain_name(check->replay, name),
                           check->request->method);
    if (!*class)
        return replay_fail(
            check->replay, DATATYPE_MISMATCH,
            "operator class \"%s\" does not accept data type %s",
            lookup_plain_name(check->replay, name),
            type_to_visible_text(check->schema, &check->schema->scratch, type));
    return true;
}

static bool check_default_class(const struct check *check, struct type *type,
                                const struct builtin_operator_class **class)
{
    *class = operator_class_default(check->schema, check->method, type);
    if (*class || model_may_have_other(check->schema, OTHER_OPERATOR_CLASS))
        return true;
    return replay_fail(
        check->replay, UNDEFINED_OBJECT,
        "data type %s has no default operator class for access "
        "method \"%s\"",
        type_to_visible_text(check->schema, &check->schema->scratch, type),
        check->request->method);
}

/* `<(integer,integer)`, as format_operator() has it. */
static const char *operator_text(const struct check *check,
                                 const struct builtin_operator *operator)
{
    struct arena *arena = &check->schema->scratch;
    const struct type *left = type_of_oid(check->schema, operator->left);
    const struct type *right = type_of_oid(check->schema, operator->right);

    return arena_format(arena, "%s(%s,%s)", builtin_text(operator->name),
                        type_to_visible_text(check->schema, arena, left),
                        type_to_visible_text(check->schema, arena, right));
}

/* The operator of an EXCLUDE constraint's element. */
static bool check_operator(const struct check *check, const List *names,
                           struct type *type,
                           const struct builtin_operator_class *class)
{
    struct schema *schema = check->schema;
    struct operator_choice choice;
    const struct builtin_operator_family *family;

    if (model_may_have_other(schema, OTHER_OPERATOR))
        return true;
    choose_operator(schema, &schema->scratch, name_from_list(names), false,
                    type, type, &choice);
    if (choice.outcome == CHOICE_NONE)
        return replay_fail(
            check->replay, "42883", "operator does not exist: %s",
            choose_operator_signature(schema, &schema->scratch,
                                      name_from_list(names), type, type));
    if (choice.outcome != CHOICE_FOUND || !choice.builtin)
        return true;
    if (choice.builtin->commutator != choice.builtin->oid)
        return replay_fail(check->replay, WRONG_OBJECT_TYPE,
                           "operator %s is not commutative",
                           operator_text(check, choice.builtin));
    if (!class ||
        builtin_family_has(check->version, class->family, choice.builtin->oid))
        return true;
    family = builtin_operator_family_of_id(class->family);
    return replay_fail(check->replay, WRONG_OBJECT_TYPE,
                       "operator %s is not a member of operator family \"%s\"",
                       operator_text(check, choice.builtin),
                       builtin_text(family->name));
}

/* Null: not known. */
static struct type *type_of_key(const struct check *check, size_t position)
{
    const struct index_column *key = &check->request->columns[position];

    return key->column ? key->column->data_type.type : key->type.type;
}

/* What the statement says of a key beside its column; all null for the keys
 * of PRIMARY KEY and UNIQUE. */
struct element {
    const IndexElem *node;
    const List *operator;
};

static struct element element_at(const struct check *check, size_t position)
{
    struct element element = {0};
    const Node *node;

    if (!check->request->elements)
        return element;
    node = list_nth(check->request->elements, (int)position);
    if (nodeTag(node) == T_List) {
        element.operator= lsecond((const List *)node);
        node = linitial((const List *)node);
    }
    element.node = (const IndexElem *)node;
    return element;
}

static bool check_order(const struct check *check, const IndexElem *node)
{
    const struct method *method = find_method(check->request->method);
    const char *options = NULL;

    if (!node || !method || method->has_order)
        return true;
    if (node->ordering != SORTBY_DEFAULT)
        options = "ASC/DESC";
    else if (node->nulls_ordering != SORTBY_NULLS_DEFAULT)
        options = "NULLS FIRST/LAST";
    if (!options)
        return true;
    return replay_fail(check->replay, FEATURE_NOT_SUPPORTED,
                       "access method \"%s\" does not support %s options",
                       check->request->method, options);
}

/* Since 17 the server has nothing but pg_catalog in its search_path here. */
static bool fail_collation(const struct check *check, const struct type *type)
{
    struct arena *scratch = &check->schema->scratch;

    return replay_fail(
        check->replay, DATATYPE_MISMATCH,
        "collations are not supported by type %s",
        check->schema->postgres_version >= 17
            ? type_to_plain_text(scratch, type)
            : type_to_visible_text(check->schema, scratch, type));
}

static bool check_key(const struct check *check, size_t position)
{
    struct element element = element_at(check, position);
    struct type *type = type_of_key(check, position);
    const struct builtin_operator_class *class = NULL;

    if (!type)
        return true;
    if (element.node && element.node->collation &&
        !index_check_is_collatable(type))
        return fail_collation(check, type);
    if (element.node && element.node->opclass
            ? !check_named_class(check, element.node->opclass, type, &class)
            : !check_default_class(check, type, &class))
        return false;
    if (element.operator&& !check_operator(check, element.operator, type,
                                           class))
        return false;
    return check_order(check, element.node);
}

/* Columns that INCLUDE names are stored, and no more. */
static bool check_included(const struct check *check)
{
    const ListCell *cell;

    foreach (cell, check->request->included) {
        const IndexElem *element = node_as(IndexElem, (Node *)lfirst(cell));
        const char *what = NULL;

        if (!element)
            continue;
        if (element->collation)
            what = "a collation";
        else if (element->opclass)
            what = "an operator class";
        else if (element->ordering != SORTBY_DEFAULT)
            what = "ASC/DESC options";
        else if (element->nulls_ordering != SORTBY_NULLS_DEFAULT)
            what = "NULLS FIRST/LAST options";
        if (what)
            return replay_fail(check->replay, INVALID_OBJECT_DEFINITION,
                               "including column does not support %s", what);
    }
    return true;
}

static const char *collation_of(const struct index_column *key)
{
    const char *text = key->collation           ? key->collation
                       : key->column->collation ? key->column->collation
                                                : "\"default\"";
    size_t length = strlen("pg_catalog.");

    return strncmp(text, "pg_catalog.", length) == 0 ? text + length : text;
}

/* Other types of text have a collation of their own; names of other schemas
 * may mean the same. */
static bool may_share_collation(const struct index_column *a,
                                const struct index_column *b)
{
    uint16_t type = type_oid(a->column->data_type.type);
    const char *one = collation_of(a);
    const char *other = collation_of(b);

    return (type != TEXTOID && type != VARCHAROID) || strcmp(one, other) == 0 ||
           strchr(one, '.') || strchr(other, '.');
}

static bool has_key(const struct index_request *request,
                    const struct index_column *key)
{
    for (size_t i = 0; i < request->column_count; i++) {
        if (request->columns[i].column == key->column &&
            may_share_collation(key, &request->columns[i]))
            return true;
    }
    return false;
}

static bool check_only_primary(const struct check *check)
{
    const struct index_request *request = check->request;

    return !request->is_primary || request->partition_of ||
           !replay_find_primary_key(request->table) ||
           replay_fail(check->replay, "42P16",
                       "multiple primary keys for table \"%s\" are not allowed",
                       request->table->relation.name);
}

/* What is unique in every partition is unique in all of them only if the
 * columns say which partition a row is in. */
static bool check_partition_key(const struct check *check)
{
    const struct index_request *request = check->request;
    const struct partition_key *key = request->table->partition_key;

    if (!key || !(request->is_unique || request->is_exclusion))
        return true;
    for (size_t i = 0; i < key->column_count; i++) {
        if (!key->columns[i].column)
            return replay_fail(check->replay, FEATURE_NOT_SUPPORTED,
                               "unsupported %s constraint with partition key "
                               "definition",
                               request->is_primary     ? "PRIMARY KEY"
                               : request->is_exclusion ? "EXCLUDE"
                                                       : "UNIQUE");
        if (!has_key(request, &key->columns[i]))
            return replay_fail(check->replay, FEATURE_NOT_SUPPORTED,
                               "unique constraint on partitioned table must "
                               "include all partitioning columns");
    }
    return true;
}

static bool check_system_columns(const struct check *check)
{
    if (!check->request->has_system_column)
        return true;
    return replay_fail(check->replay, FEATURE_NOT_SUPPORTED,
                       "index creation on system columns is not supported");
}

/* Nor what is not stored, from 18 on. */
static bool check_virtual_columns(const struct check *check)
{
    const struct index_request *request = check->request;
    bool is_virtual = false;

    for (size_t i = 0; i < request->column_count; i++) {
        const struct column *column = request->columns[i].column;

        is_virtual |= column && column->generated == GENERATED_VIRTUAL;
    }
    for (size_t i = 0; i < request->include.count; i++)
        is_virtual |= request->include.items[i]->generated == GENERATED_VIRTUAL;
    for (size_t i = 0; i < request->reads.count; i++)
        is_virtual |= request->reads.items[i]->generated == GENERATED_VIRTUAL;
    return !is_virtual ||
           replay_fail(check->replay, FEATURE_NOT_SUPPORTED,
                       "%s on virtual generated columns are not supported",
                       request->is_primary      ? "primary keys"
                       : request->is_constraint ? "unique constraints"
                                                : "indexes");
}

bool index_check_partitioned(struct replay *replay,
                             const struct index_request *request)
{
    if (request->table->relation.kind != RELATION_PARTITIONED_TABLE)
        return true;
    if (request->is_concurrent)
        return replay_fail(replay, FEATURE_NOT_SUPPORTED,
                           "cannot create index on partitioned table \"%s\" "
                           "concurrently",
                           request->table->relation.name);
    if (request->is_exclusion && replay->schema->postgres_version < 17)
        return replay_fail(replay, FEATURE_NOT_SUPPORTED,
                           "exclusion constraints are not supported on "
                           "partitioned tables");
    return true;
}

/* Made by a statement, or by an extension that is not known. */
static bool may_be_own_method(const struct check *check)
{
    return model_may_have_other(check->schema, OTHER_ACCESS_METHOD);
}

static bool fail_mutable(struct replay *replay, const char *what)
{
    return replay_fail(replay, INVALID_OBJECT_DEFINITION,
                       "functions in index %s must be marked IMMUTABLE", what);
}

static bool fail_missing(struct replay *replay,
                         const struct index_request *request)
{
    return replay_fail(replay, "42703",
                       request->is_constraint
                           ? "column \"%s\" named in key does not exist"
                           : "column \"%s\" does not exist",
                       request->missing_column);
}

/* What can be said though there may be types and operators that nobody told
 * of. */
static bool check_known(const struct check *check)
{
    const struct index_request *request = check->request;

    if (!replay_knows_relation(check->replay, &request->table->relation))
        return true;
    if (!index_check_partitioned(check->replay, request))
        return false;
    if (request->has_mutable_predicate)
        return fail_mutable(check->replay, "predicate");
    if (request->mutable_keys)
        return fail_mutable(check->replay, "expression");
    if (request->missing_column)
        return fail_missing(check->replay, request);
    return !check->method || check_partition_key(check);
}

bool index_check(struct replay *replay, const struct index_request *request)
{
    struct schema *schema = replay->schema;
    struct check check = {
        .replay = replay,
        .schema = schema,
        .request = request,
        .version = builtin_version(schema->postgres_version),
    };

    check.method = builtin_find_access_method(check.version, request->method);
    if (!replay_knows_all(replay))
        return check_known(&check);
    if (!index_check_partitioned(replay, request))
        return false;
    if (!check.method && may_be_own_method(&check))
        return true;
    if (!check.method)
        return replay_fail(replay, UNDEFINED_OBJECT,
                           "access method \"%s\" does not exist",
                           request->method);
    if (!check_method(&check))
        return false;
    if (request->has_mutable_predicate)
        return fail_mutable(replay, "predicate");
    for (size_t i = 0; i < request->column_count; i++) {
        if (request->missing_column && request->missing_position == i)
            return fail_missing(replay, request);
        if (request->mutable_keys & UINT32_C(1) << i)
            return fail_mutable(replay, "expression");
        if (!check_key(&check, i))
            return false;
    }
    if (request->missing_column)
        return fail_missing(replay, request);
    return check_included(&check) && check_only_primary(&check) &&
           check_partition_key(&check) && check_system_columns(&check) &&
           check_virtual_columns(&check);
}
