/*
 * Expressions of tables: resolved when their statement is carried out, kept
 * with what their names meant, and copied to children, whose columns have the
 * same names.
 *
 * Facts: src/backend/catalog/heap.c (cookDefault, cookConstraint,
 * AddRelationNewConstraints).
 */
#include "replay/bind.h"

#include "replay/dependency.h"
#include "schema/type.h"

#include <string.h>

/* pg_type.dat */
enum plain_type {
    BOOLEAN_OID = 16,
    BIGINT_OID = 20,
    SMALLINT_OID = 21,
    INTEGER_OID = 23,
    TEXT_OID = 25,
    UNKNOWN_OID = 705,
    VARCHAR_OID = 1043,
    NUMERIC_OID = 1700,
};

bool bind_expression(struct replay *replay, struct bound *bound,
                     const Node *expression, struct query_place place)
{
    struct schema *schema = replay->schema;

    bound->binding = (struct binding){
        .arena = &schema->scratch,
        .text = replay->text,
        .base = replay->statement->tree_base,
    };
    place.forbids_parameters = true;
    /* Bounds are read again when their partition is detached. */
    if (schema->keeps_definitions || place.clause == CLAUSE_PARTITION_BOUND)
        place.binding = &bound->binding;
    query_describe_expression(schema, &schema->scratch, expression, &place,
                              &bound->description);
    bound->expression = expression;
    if (bound->description.sqlstate[0] == '\0' || !replay_refuse(replay))
        return true;
    return replay_fail(replay, bound->description.sqlstate, "%s",
                       bound->description.message);
}

struct expression *bind_finish(struct replay *replay, const struct bound *bound,
                               struct span words)
{
    if (words.length == 0 || !replay->schema->keeps_definitions)
        return NULL;
    return binding_finish(replay->schema, &bound->binding, words);
}

static bool is_column_of(const struct object *object, const struct table *table)
{
    return object->class == CLASS_COLUMN &&
           ((const struct column *)object)->table == table;
}

void bind_needs(struct replay *replay, struct object *object,
                const struct bound *bound, const struct table *table)
{
    const struct object_array *needs = &bound->description.needs;

    for (size_t i = 0; i < needs->count; i++) {
        if (!is_column_of(needs->items[i], table) &&
            needs->items[i] != &table->relation.object)
            model_depend(replay->schema, object, needs->items[i],
                         DEPENDENCY_NORMAL);
    }
}

/* What the reference means on the other table. */
static struct object *move_object(struct object *object,
                                  const struct table *from, struct table *to)
{
    struct column *column;

    if (object == &from->relation.object)
        return &to->relation.object;
    if (!object || !is_column_of(object, from))
        return object;
    column = model_find_column(to, ((const struct column *)object)->name);
    return column ? &column->object : object;
}

struct expression *bind_move(struct replay *replay,
                             struct expression *expression,
                             const struct table *from, struct table *to)
{
    struct arena *arena = &replay->schema->arena;
    struct expression *moved;
    struct reference *references;

    if (!expression || expression->reference_count == 0)
        return expression;
    moved = arena_alloc(arena, sizeof *moved);
    references =
        arena_alloc(arena, expression->reference_count * sizeof *references);
    *moved = *expression;
    moved->references = references;
    for (size_t i = 0; i < expression->reference_count; i++) {
        references[i] = expression->references[i];
        if (references[i].object)
            references[i].object = move_object(references[i].object, from, to);
    }
    return moved;
}

void bind_copy_needs(struct replay *replay, struct object *dependent,
                     const struct object *original, const struct table *from)
{
    for (const struct dependency *dependency = original->needs; dependency;
         dependency = dependency->next_need) {
        if (!dependency->is_gone && !is_column_of(dependency->needed, from))
            model_depend(replay->schema, dependent, dependency->needed,
                         dependency->kind);
    }
}

/* A call that is computed though an argument is NULL: tstzrange(now(), NULL). */
static bool takes_null(const Node *node)
{
    const FuncCall *call = node_as(FuncCall, node);
    struct builtin_functions rows = {0};

    if (call)
        rows = builtin_functions_named(name_from_string(llast(call->funcname)));
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.rows[i].is_strict)
            return false;
    }
    return rows.count > 0;
}

/*
 * Where the planner may see that a part of the expression is never computed: a
 * constant comes first in COALESCE, or decides what CASE, AND and strict
 * functions give.
 */
static bool visit_folded(void *closure, const Node *node,
                         const struct walk *walk)
{
    const CoalesceExpr *coalesce = node_as(CoalesceExpr, node);
    const A_Const *constant = node_as(A_Const, node);
    bool *may_be_folded = closure;

    if (constant && constant->isnull && takes_null(walk_ancestor(walk, 0)))
        return true;
    if (coalesce) {
        const Node *first = linitial(coalesce->args);

        if (nodeTag(first) == T_A_Const || nodeTag(first) == T_TypeCast)
            *may_be_folded = true;
    }
    if (nodeTag(node) == T_CaseExpr ||
        (constant &&
         (constant->isnull || nodeTag(&constant->val) == T_Boolean)))
        *may_be_folded = true;
    return !*may_be_folded;
}

static bool may_be_folded(struct replay *replay, const Node *expression)
{
    bool is_folded = false;

    walk_tree(&replay->schema->walker, expression, visit_folded, &is_folded);
    return is_folded;
}

bool bind_is_mutable(struct replay *replay, const struct bound *bound)
{
    return bound->description.volatility != VOLATILITY_IMMUTABLE &&
           !may_be_folded(replay, bound->expression);
}

static struct column_default *make_default(struct replay *replay,
                                           struct column *column,
                                           struct expression *expression)
{
    struct column_default *made =
        arena_alloc(&replay->schema->arena, sizeof *made);

    made->object.class = CLASS_DEFAULT;
    made->column = column;
    made->expression = expression;
    SET(replay->schema, column->default_value, made);
    return made;
}

/* A virtual column is computed by whoever reads it. */
static bool check_virtual(struct replay *replay, const struct bound *bound)
{
    const struct object_array *needs = &bound->description.needs;

    for (size_t i = 0; i < needs->count; i++) {
        if (needs->items[i]->class == CLASS_FUNCTION)
            return replay_fail(
                replay, "0A000",
                "generation expression uses user-defined function");
        if (needs->items[i]->class == CLASS_TYPE)
            return replay_fail(replay, "0A000",
                               "generation expression uses user-defined type");
    }
    return true;
}

/* What may not stand in GENERATED ALWAYS AS, beside what query/ knows. */
static bool check_generated(struct replay *replay, const struct bound *bound,
                            bool is_virtual)
{
    const struct column_array *reads = &bound->description.reads;

    for (size_t i = 0; i < reads->count; i++) {
        if (reads->items[i]->generated != GENERATED_NONE)
            return replay_fail(replay, "42P17",
                               "cannot use generated column \"%s\" in column "
                               "generation expression",
                               reads->items[i]->name);
    }
    if (bind_is_mutable(replay, bound) && replay_refuse(replay))
        return replay_fail(replay, "42P17",
                           "generation expression is not immutable");
    return !is_virtual || check_virtual(replay, bound);
}

/*
 * What the expression of a generated column names: from 15 on the expression
 * needs it; before, the column goes with any of it.
 */
static void depend_generated(struct replay *replay, struct column *column,
                             const struct bound *bound)
{
    bool is_old = replay->schema->postgres_version < 15;
    struct object *dependent =
        is_old ? &column->object : &column->default_value->object;
    const struct column_array *reads = &bound->description.reads;
    const struct object_array *needs = &bound->description.needs;
    enum dependency_kind kind = is_old ? DEPENDENCY_AUTO : DEPENDENCY_NORMAL;

    for (size_t i = 0; i < reads->count; i++)
        model_depend(replay->schema, dependent, &reads->items[i]->object, kind);
    for (size_t i = 0; i < needs->count; i++) {
        if (!is_column_of(needs->items[i], column->table) &&
            needs->items[i] != &column->table->relation.object)
            model_depend(replay->schema, dependent, needs->items[i], kind);
    }
}

/*
 * The type of a constant that the column takes as it is, which goes without
 * asking what it means; 0 for all others. Most defaults are such.
 */
static uint16_t type_of_plain(const struct column *column,
                              const Node *expression)
{
    const A_Const *constant = node_as(A_Const, expression);
    uint16_t target = type_oid(column->data_type.type);

    if (!constant || constant->isnull)
        return 0;
    switch (nodeTag(&constant->val)) {
    case T_Integer:
        return target == INTEGER_OID || target == BIGINT_OID ||
                       target == SMALLINT_OID || target == NUMERIC_OID
                   ? INTEGER_OID
                   : 0;
    case T_Float: /* without a point it may be a bigint */
        return target == NUMERIC_OID && strchr(constant->val.fval.fval, '.')
                   ? NUMERIC_OID
                   : 0;
    case T_String:
        return target == TEXT_OID || target == VARCHAR_OID ? UNKNOWN_OID : 0;
    case T_Boolean: return target == BOOLEAN_OID ? BOOLEAN_OID : 0;
    default: return 0;
    }
}

static bool set_plain_default(struct replay *replay, struct column *column,
                              uint16_t type, const char *text,
                              struct span words)
{
    struct schema *schema = replay->schema;
    struct expression *expression = NULL;
    struct column_default *value;

    if (schema->keeps_definitions)
        expression =
            replay_words(replay, words.offset, words.offset + words.length);
    replay_set_default(replay, column, text);
    value = make_default(replay, column, expression);
    value->type = type_of_oid(schema, type);
    return true;
}

bool bind_default(struct replay *replay, struct column *column,
                  const Node *expression, const char *text, struct span words)
{
    bool is_generated = column->generated != GENERATED_NONE;
    struct table *table = column->table;
    struct query_place place = {
        .clause = is_generated ? CLAUSE_GENERATED : CLAUSE_DEFAULT,
        .table = is_generated ? table : NULL,
    };
    uint16_t plain = is_generated ? 0 : type_of_plain(column, expression);
    struct column_default *value;
    struct bound bound;

    if (plain)
        return set_plain_default(replay, column, plain, text, words);
    /* What it is comes before what it becomes. */
    if (is_generated &&
        (!bind_expression(replay, &bound, expression, place) ||
         !check_generated(replay, &bound,
                          column->generated == GENERATED_VIRTUAL)))
        return false;
    place.target = column->data_type;
    place.target_name = column->name;
    if (!bind_expression(replay, &bound, expression, place))
        return false;
    if (!is_generated) {
        if (!replay_is_default(replay, column, expression))
            text = NULL;
        replay_set_default(replay, column, text);
        if (!text)
            return true;
    }
    value = make_default(replay, column, bind_finish(replay, &bound, words));
    value->type = bound.description.assigned;
    if (is_generated) {
        SET(replay->schema, column->default_text, text);
        depend_generated(replay, column, &bound);
    } else {
        bind_needs(replay, &value->object, &bound, table);
    }
    return true;
}

/* Of a column's default, or of the column itself: its table's columns become
 * those of the copy's table. */
static void copy_needs(struct replay *replay, const struct column *column,
                       struct object *dependent, const struct column *original,
                       const struct object *from)
{
    for (const struct dependency *dependency = from->needs; dependency;
         dependency = dependency->next_need) {
        struct object *needed =
            move_object(dependency->needed, original->table, column->table);

        if (!dependency->is_gone && !is_column_of(needed, original->table))
            model_depend(replay->schema, dependent, needed, dependency->kind);
    }
}

/* The copy of a serial column feeds from the original's sequence. */
static void copy_serial(struct replay *replay, struct column *column,
                        const struct column *original)
{
    struct slice text = slice_from("nextval('s'::regclass)");
    const struct sequence_array *sequences = &original->table->sequences;
    struct binding binding = {.arena = &replay->schema->scratch, .text = text};
    struct column_default *value;
    struct object *sequence = NULL;

    for (size_t i = 0; i < sequences->count && !sequence; i++)
        if (!sequences->items[i]->relation.object.is_dropped &&
            sequences->items[i]->owned_by == original)
            sequence = &sequences->items[i]->relation.object;
    if (!sequence)
        return;
    binding_add_words(&binding, (struct span){strlen("nextval("), 3},
                      REFERENCE_STRING, sequence);
    value = make_default(replay, column, NULL);
    if (replay->schema->keeps_definitions)
        value->expression = binding_finish(replay->schema, &binding,
                                           (struct span){0, text.length});
    model_depend(replay->schema, &value->object, sequence, DEPENDENCY_NORMAL);
}

void bind_copy_default(struct replay *replay, struct column *column,
                       const struct column *original)
{
    const struct column_default *from = original->default_value;
    struct column_default *value;

    if (original->is_serial && column->has_default &&
        (!from || !from->expression)) {
        copy_serial(replay, column, original);
        return;
    }
    if (!from || (!column->has_default && !column->generated))
        return;
    value = make_default(
        replay, column,
        bind_move(replay, from->expression, original->table, column->table));
    value->type = from->type;
    copy_needs(replay, column, &value->object, original, &from->object);
    if (column->generated && replay->schema->postgres_version < 15)
        copy_needs(replay, column, &column->object, original,
                   &original->object);
}
