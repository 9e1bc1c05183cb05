/*
 * What an analysis keeps count of: its cost, the first refusal, the objects
 * that are needed, how volatile it is. The other files of query/ report here.
 */
#include "query/analysis.h"

#include <stdio.h>
#include <string.h>

bool analysis_step(struct analysis *analysis, size_t steps)
{
    if (steps > ANALYSIS_STEPS_MAX - analysis->steps) {
        analysis->steps = ANALYSIS_STEPS_MAX;
        analysis->out->unknown_count++;
        analysis->out->is_volatility_known = false;
        analysis_fear_volatility(analysis, VOLATILITY_VOLATILE);
        analysis->out->has_all_relations = false;
        return false;
    }
    analysis->steps += steps;
    return true;
}

bool analysis_enter(struct analysis *analysis)
{
    if (analysis->depth >= ANALYSIS_DEPTH_MAX)
        return analysis_step(analysis, ANALYSIS_STEPS_MAX + 1);
    if (!analysis_step(analysis, 1))
        return false;
    analysis->depth++;
    return true;
}

bool analysis_has_failed(const struct analysis *analysis)
{
    return analysis->out->sqlstate[0] != '\0';
}

struct value analysis_unknown(struct analysis *analysis)
{
    analysis->out->unknown_count++;
    return (struct value){0};
}

struct value analysis_fail(struct analysis *analysis, ParseLoc location,
                           const char *sqlstate, const char *format, ...)
{
    struct query_description *out = analysis->out;
    va_list arguments;

    if (out->sqlstate[0] == '\0') {
        snprintf(out->sqlstate, sizeof out->sqlstate, "%s", sqlstate);
        va_start(arguments, format);
        out->message = arena_vformat(analysis->arena, format, arguments);
        va_end(arguments);
        out->location = location;
    }
    return analysis_unknown(analysis);
}

static size_t first_slot(const struct object_set *set,
                         const struct object *object)
{
    uintptr_t bits = (uintptr_t)object >> 4;

    return (bits ^ (bits >> 13)) & (set->capacity - 1);
}

static void put(struct object_set *set, struct object *object)
{
    size_t at = first_slot(set, object);

    while (set->objects[at])
        at = (at + 1) & (set->capacity - 1);
    set->objects[at] = object;
    set->count++;
}

/* False if the set has it already. */
static bool add_to_set(struct arena *arena, struct object_set *set,
                       struct object *object)
{
    struct object_set old = *set;

    if (set->capacity > 0) {
        for (size_t at = first_slot(set, object); set->objects[at];
             at = (at + 1) & (set->capacity - 1)) {
            if (set->objects[at] == object)
                return false;
        }
    }
    if (set->count * 2 >= set->capacity) {
        set->capacity = old.capacity ? old.capacity * 2 : 16;
        set->objects = arena_alloc(arena, set->capacity * sizeof *set->objects);
        set->count = 0;
        for (size_t i = 0; i < old.capacity; i++) {
            if (old.objects[i])
                put(set, old.objects[i]);
        }
    }
    put(set, object);
    return true;
}

void analysis_need(struct analysis *analysis, struct object *object)
{
    if (object && add_to_set(analysis->arena, &analysis->needs, object))
        *array_push(analysis->arena, &analysis->out->needs) = object;
}

void analysis_need_type(struct analysis *analysis, struct type *type)
{
    while (type && type->kind == TYPE_ARRAY && type->element)
        type = type->element;
    if (type && !type_catalog_row(type))
        analysis_need(analysis, &type->object);
}

void analysis_read(struct analysis *analysis, struct column *column)
{
    if (add_to_set(analysis->arena, &analysis->reads, &column->object))
        *array_push(analysis->arena, &analysis->out->reads) = column;
}

void analysis_note_volatility(struct analysis *analysis,
                              enum volatility volatility)
{
    if (volatility > analysis->out->volatility)
        analysis->out->volatility = volatility;
    analysis_fear_volatility(analysis, volatility);
}

void analysis_fear_volatility(struct analysis *analysis,
                              enum volatility volatility)
{
    if (volatility > analysis->out->volatility_most)
        analysis->out->volatility_most = volatility;
}

void analysis_note_call(struct analysis *analysis,
                        const struct query_call *call)
{
    analysis_note_volatility(analysis, call->volatility);
    if (analysis->place->calls && call->volatility != VOLATILITY_IMMUTABLE)
        *array_push(analysis->arena, analysis->place->calls) = *call;
}

struct slot *row_add(struct analysis *analysis, struct row *row,
                     const char *name, struct value value)
{
    struct slot *slot = array_push(analysis->arena, row);

    *slot = (struct slot){.name = name, .value = value};
    return slot;
}

void row_set_origin(struct row *row, struct range *range)
{
    for (size_t i = 0; i < row->count; i++) {
        row->items[i].origin = range;
        row->items[i].origin_index = i;
    }
}

struct data_type type_builtin(struct analysis *analysis, uint16_t oid)
{
    return (struct data_type){type_of_oid(analysis->schema, oid), -1};
}

struct data_type type_of_name(struct scope *scope, const TypeName *name)
{
    struct analysis *analysis = scope->analysis;
    struct type_failure failure = {.sqlstate = ""};
    struct data_type type = {NULL, -1};

    if (!name)
        return type;
    type = type_resolve(analysis->schema, name, &failure);
    if (failure.sqlstate[0] != '\0' && (analysis->knows_all || type.type))
        analysis_fail(analysis, name->location, failure.sqlstate, "%s",
                      failure.message);
    else if (!type.type)
        analysis_unknown(analysis);
    if (type.type) {
        analysis_need_type(analysis, type.type);
        binding_note_type(scope, name, type.type);
    }
    return type;
}

const char *analysis_type_name(struct analysis *analysis,
                               const struct type *type)
{
    return type_to_visible_text(analysis->schema, analysis->arena, type);
}
