/*
 * ALTER COLUMN TYPE makes checks and indexes again from their definitions, in
 * which the server writes every cast that the old types needed: lower(b) is
 * lower((b)::text) if b was varchar, and stays so. So their expressions are
 * read with the old types, written with these casts, and read again with the
 * new ones when all columns of the statement have theirs.
 *
 * Facts: src/backend/commands/tablecmds.c (RememberConstraintForRebuilding,
 * ATPostAlterTypeParse, ATExecAlterColumnType), src/backend/utils/adt/
 * ruleutils.c.
 */
#include "replay/retype.h"

#include "query/binding.h"
#include "query/coerce.h"
#include "replay/dependency.h"
#include "sql/fields.h"
#include "sql/parser.h"
#include "sql/splitter.h"

#include <string.h>

#define DEPTH_MAX 200

static const char prefix[] = "SELECT (";

/* The words of an expression as the only target of a SELECT. */
struct reading {
    struct parser *parser;
    struct slice text;
    struct statement statement;
    Node **target; /* null: it could not be read */
};

static void read_words(struct replay *replay, const char *words,
                       struct reading *reading)
{
    struct splitter splitter;
    const SelectStmt *select;
    ResTarget *target;

    *reading = (struct reading){
        .text = slice_from(
            arena_format(&replay->schema->scratch, "%s%s)", prefix, words)),
    };
    splitter = splitter_of(reading->text, 0, reading->text.length);
    if (!model_spend(replay->schema, reading->text.length) ||
        !splitter_next(&splitter, &reading->statement))
        return;
    reading->parser = parser_new();
    if (!reading->parser)
        return;
    parser_parse(reading->parser, reading->text, &reading->statement, 1);
    if (reading->statement.outcome != PARSE_DONE)
        return;
    select = node_as(SelectStmt, reading->statement.tree);
    if (!select || list_length(select->targetList) != 1)
        return;
    target = linitial(select->targetList);
    reading->target = &target->val;
}

static void end_reading(struct reading *reading)
{
    if (reading->parser)
        parser_free(reading->parser);
}

/*
 * Casts in a tree.
 */

struct writing {
    struct arena *arena;
    const struct query_cast_array *casts;
    int depth;
    bool is_unknown; /* too deep, or it cannot be told */
};

static void add_name(struct writing *writing, TypeName *name, const char *word)
{
    String *string = arena_alloc(writing->arena, sizeof *string);
    ListCell *cell = &name->names->elements[name->names->length++];

    *string = (String){
        .type = T_String,
        .sval = arena_copy(writing->arena, slice_from(word)),
    };
    cell->ptr_value = string;
}

/* Built-in types by their own names alone: with pg_catalog the deparser would
 * write `char` for bpchar, which is another type. */
static TypeName *name_of_type(struct writing *writing, const struct type *type)
{
    struct arena *arena = writing->arena;
    TypeName *name = arena_alloc(arena, sizeof *name);

    *name = (TypeName){.type = T_TypeName, .typemod = -1, .location = -1};
    name->names = arena_alloc(arena, sizeof *name->names);
    *name->names = (List){.type = T_List, .max_length = 2};
    name->names->elements = arena_alloc(arena, 2 * sizeof(ListCell));
    if (!type_catalog_row(type) && type->namespace)
        add_name(writing, name, type->namespace->name);
    add_name(writing, name, type->name);
    return name;
}

static Node *cast_node(struct writing *writing, Node *node,
                       const struct type *type)
{
    TypeCast *cast = arena_alloc(writing->arena, sizeof *cast);

    *cast = (TypeCast){
        .type = T_TypeCast,
        .arg = node,
        .typeName = name_of_type(writing, type),
        .location = -1,
    };
    return (Node *)cast;
}

static void write_casts(struct writing *writing, Node **place);

static void write_within(struct writing *writing, Node *node)
{
    const struct node_type *type = node_type_of(nodeTag(node));
    const List *list = node_as(List, node);

    for (int i = 0; list && i < list->length; i++) {
        Node *item = list->elements[i].ptr_value;

        write_casts(writing, &item);
        list->elements[i].ptr_value = item;
    }
    for (size_t i = 0; type && i < type->child_count; i++)
        write_casts(writing, (Node **)((char *)node + type->children[i]));
}

/* What is compared several times, as CASE does with its argument, must always
 * become the same. */
static bool find_cast(struct writing *writing, const Node *node,
                      struct type **type, bool *is_void)
{
    *type = NULL;
    *is_void = false;
    for (size_t i = 0; i < writing->casts->count; i++) {
        const struct query_cast *cast = &writing->casts->items[i];

        if (cast->node != node)
            continue;
        if (!cast->type)
            *is_void = true;
        else if (*type && *type != cast->type)
            return false;
        else
            *type = cast->type;
    }
    return true;
}

static void write_cast(struct writing *writing, Node **place)
{
    Node *node = *place;
    struct type *type;
    bool is_void;

    if (!find_cast(writing, node, &type, &is_void)) {
        writing->is_unknown = true;
        return;
    }
    if (is_void)
        *place = ((TypeCast *)node)->arg;
    if (!type)
        return;
    if (nodeTag(node) == T_NamedArgExpr) {
        NamedArgExpr *named = (NamedArgExpr *)node;

        named->arg = (Expr *)cast_node(writing, (Node *)named->arg, type);
    } else {
        *place = cast_node(writing, *place, type);
    }
}

static void write_casts(struct writing *writing, Node **place)
{
    Node *node = *place;

    if (!node || writing->is_unknown)
        return;
    if (++writing->depth > DEPTH_MAX)
        writing->is_unknown = true;
    else
        write_within(writing, node);
    writing->depth--;
    write_cast(writing, place);
}

/* As the server would write it; null if it cannot be told. */
static const char *write_target(struct replay *replay,
                                const struct reading *reading,
                                const struct query_cast_array *casts)
{
    struct arena *scratch = &replay->schema->scratch;
    struct writing writing = {.arena = scratch, .casts = casts};
    const char *text;
    size_t skipped = strlen("SELECT ");

    if (!model_spend(replay->schema, casts->count * reading->text.length))
        return NULL;
    write_casts(&writing, reading->target);
    if (writing.is_unknown)
        return NULL;
    text = parser_deparse(scratch, reading->statement.tree);
    return text && strncmp(text, "SELECT ", skipped) == 0 ? text + skipped
                                                          : NULL;
}

/* The words may be from before a column's new name: they still read those that
 * they did. */
static bool reads_the_same(const struct column_array *reads,
                           const struct column_array *known)
{
    if (reads->count != known->count)
        return false;
    for (size_t i = 0; i < reads->count; i++) {
        if (!columns_have(known, reads->items[i]))
            return false;
    }
    return true;
}

/* With the casts that its columns' present types need; null if it is not
 * known what they mean. */
static const char *explicit_sql(struct replay *replay,
                                const struct retype *retype)
{
    struct schema *schema = replay->schema;
    const char *sql = retype->words;
    struct query_cast_array casts = {0};
    struct query_place place = {.clause = retype->clause,
                                .table = retype->table,
                                .forbids_parameters = true,
                                .casts = &casts};
    struct query_description description;
    struct reading reading;

    if (*retype->place)
        sql = expression_to_sql(&schema->scratch, schema, *retype->place);
    if (!sql)
        return NULL;
    read_words(replay, sql, &reading);
    if (reading.target)
        query_describe_expression(schema, &schema->scratch, *reading.target,
                                  &place, &description);
    sql = NULL;
    if (reading.target && !description.sqlstate[0] &&
        description.unknown_count == 0 &&
        (*retype->place || !retype->reads ||
         reads_the_same(&description.reads, retype->reads)))
        sql = write_target(replay, &reading, &casts);
    end_reading(&reading);
    return sql;
}

static void note(struct replay *replay, struct retype_array *retypes,
                 struct retype retype)
{
    for (size_t i = 0; i < retypes->count; i++) {
        if (retypes->items[i].place == retype.place)
            return;
    }
    retype.sql = explicit_sql(replay, &retype);
    if (retype.sql)
        *array_push(&replay->schema->scratch, retypes) = retype;
}

/* Only what all of an index reads is known. */
static void note_index(struct replay *replay, struct retype_array *retypes,
                       struct index *index)
{
    bool is_one = index->column_count == 1 && !index->predicate;

    if (index->predicate)
        note(replay, retypes,
             (struct retype){
                 .place = &index->bound_predicate,
                 .words = index->predicate,
                 .table = index->table,
                 .clause = CLAUSE_INDEX_PREDICATE,
             });
    for (size_t i = 0; i < index->column_count; i++) {
        struct index_column *key = &index->columns[i];

        if (!key->column)
            note(replay, retypes,
                 (struct retype){
                     .place = &key->bound,
                     .words = key->expression,
                     .reads = is_one ? &index->reads : NULL,
                     .type = &key->type,
                     .table = index->table,
                     .clause = CLAUSE_INDEX,
                 });
    }
}

void retype_note(struct replay *replay, struct retyping *retyping,
                 struct column *column)
{
    struct retype_array *retypes = &retyping->expressions;
    const struct index_array *indexes = &column->table->indexes;
    const struct constraint_array *constraints = &column->table->constraints;

    *array_push(&replay->schema->scratch, &retyping->columns) = column;
    if (!replay->schema->keeps_definitions && !replay_knows_all(replay))
        return;
    for (size_t i = 0; i < indexes->count; i++) {
        if (!indexes->items[i]->relation.object.is_dropped &&
            columns_have(&indexes->items[i]->reads, column))
            note_index(replay, retypes, indexes->items[i]);
    }
    for (size_t i = 0; i < constraints->count; i++) {
        struct constraint *check = constraints->items[i];

        if (!check->object.is_dropped && check->type == CONSTRAINT_CHECK &&
            columns_have(&check->columns, column))
            note(replay, retypes,
                 (struct retype){
                     .place = &check->check,
                     .words = check->expression,
                     .reads = &check->columns,
                     .table = column->table,
                     .clause = CLAUSE_CHECK,
                 });
    }
}

/* What the server says of it. */
static bool check(struct replay *replay, const struct retype *retype,
                  const struct query_description *description)
{
    if (!replay_knows_all(replay))
        return true;
    if (description->sqlstate[0])
        return replay_fail(replay, description->sqlstate, "%s",
                           description->message);
    if (retype->clause == CLAUSE_CHECK || !description->is_volatility_known ||
        description->volatility == VOLATILITY_IMMUTABLE)
        return true;
    return replay_fail(
        replay, "42P17", "functions in index %s must be marked IMMUTABLE",
        retype->clause == CLAUSE_INDEX ? "expression" : "predicate");
}

static bool finish(struct replay *replay, const struct retype *retype,
                   const struct reading *reading)
{
    struct schema *schema = replay->schema;
    struct binding binding = {.arena = &schema->scratch,
                              .text = reading->text,
                              .base = reading->statement.tree_base};
    struct query_place place = {.clause = retype->clause,
                                .table = retype->table,
                                .forbids_parameters = true,
                                .binding = &binding};
    struct query_description description;
    struct span words = {strlen(prefix),
                         reading->text.length - strlen(prefix) - 1};
    struct expression *made;

    query_describe_expression(schema, &schema->scratch, *reading->target,
                              &place, &description);
    if (!check(replay, retype, &description))
        return false;
    if (retype->type)
        SET(schema, *retype->type, description.type);
    made = binding_finish(schema, &binding, words);
    if (made)
        SET(schema, *retype->place, made);
    return true;
}

static bool finish_all(struct replay *replay,
                       const struct retype_array *retypes, bool is_check)
{
    for (size_t i = 0; i < retypes->count; i++) {
        struct reading reading;
        bool is_done = true;

        if ((retypes->items[i].clause == CLAUSE_CHECK) != is_check)
            continue;
        read_words(replay, retypes->items[i].sql, &reading);
        if (reading.target)
            is_done = finish(replay, &retypes->items[i], &reading);
        end_reading(&reading);
        if (!is_done)
            return false;
    }
    return true;
}

bool retype_indexes(struct replay *replay, const struct retyping *retyping)
{
    return finish_all(replay, &retyping->expressions, false);
}

bool retype_constraints(struct replay *replay, const struct retyping *retyping)
{
    return alter_check_retyped(replay, &retyping->columns) &&
           finish_all(replay, &retyping->expressions, true);
}

/* The text between CAST( and AS the type. */
static struct expression *cast_expression(struct schema *schema,
                                          const struct expression *expression,
                                          struct type *type)
{
    struct arena *arena = &schema->arena;
    struct type *named = type->kind == TYPE_ARRAY ? type->element : type;
    size_t count = expression->reference_count, shift = strlen("CAST(");
    struct reference *references =
        arena_alloc(arena, (count + 1) * sizeof *references);
    struct expression *made = arena_alloc(arena, sizeof *made);

    for (size_t i = 0; i < count; i++) {
        references[i] = expression->references[i];
        references[i].offset += (uint32_t)shift;
    }
    references[count] = (struct reference){
        .offset = (uint32_t)(shift + strlen(expression->text) + strlen(" AS ")),
        .length = 1,
        .form = REFERENCE_NAME,
        .object = &named->object,
    };
    *made = (struct expression){
        .text = arena_format(arena, "CAST(%s AS t%s)", expression->text,
                             named == type ? "" : "[]"),
        .references = references,
        .reference_count = count + 1,
    };
    return made;
}

void retype_default(struct replay *replay, const struct column *column)
{
    struct schema *schema = replay->schema;
    struct column_default *value = column->default_value;
    struct type *type = coerce_base_type(column->data_type.type, NULL);
    const struct type *made = type;

    if (!value || !type || column->generated != GENERATED_NONE ||
        type_oid(value->type) != OID_UNKNOWN)
        return;
    SET(schema, value->type, type);
    while (made->kind == TYPE_ARRAY && made->element)
        made = made->element;
    if (made->builtin && !made->extension)
        return;
    dependency_add_type(replay, &value->object, type);
    if (value->expression)
        SET(schema, value->expression,
            cast_expression(schema, value->expression, type));
}
