/*
 * Shows rules the bodies of functions, procedures and DO blocks: a body as a
 * whole, then every statement and expression of SQL in it like a statement of
 * the file. Stands beside judge.c; sql/routine.h takes bodies apart.
 */
#include "lint/engine.h"

#include "schema/type.h"

void judge_bodies_release(struct bodies *bodies)
{
    parser_free(bodies->parser);
    arena_release(&bodies->arena);
    arena_release(&bodies->copies);
}

/* Ready for a body of the file that is being judged. */
static void prepare(struct bodies *bodies, const struct source *file,
                    struct slice text)
{
    if (!bodies->parser)
        bodies->parser = parser_new();
    if (!bodies->parser)
        arena_exhausted();
    parser_clear(bodies->parser);
    if (bodies->file == file && bodies->source.text.start == text.start)
        return;
    bodies->file = file;
    arena_clear(&bodies->copies);
    bodies->source = (struct routine_source){
        .arena = &bodies->copies,
        .text = text,
    };
}

void judge_set_parameters(struct engine *engine, struct arena *arena,
                          const CreateFunctionStmt *create,
                          struct query_place *place)
{
    size_t count = (size_t)list_length(create->parameters);
    struct parameter *parameters =
        arena_alloc(arena, (count + 1) * sizeof *parameters);
    struct type_failure failure;

    place->parameters = parameters;
    foreach_node (FunctionParameter, node, create->parameters) {
        struct parameter *parameter = &parameters[place->parameter_count++];

        parameter->name = node->name;
        parameter->mode =
            node->mode == FUNC_PARAM_DEFAULT ? FUNC_PARAM_IN : (char)node->mode;
        parameter->type = type_resolve(engine->schema, node->argType, &failure);
    }
}

/* The body's parameters and, in PL/pgSQL, variables, for all queries that can
 * name them. */
static struct query_place place_of(struct engine *engine,
                                   const struct routine *routine)
{
    const CreateFunctionStmt *create =
        node_as(CreateFunctionStmt, routine->node);
    struct query_place place = {.function_name = routine->name};

    if (create)
        judge_set_parameters(engine, &engine->bodies.arena, create, &place);
    return place;
}

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct engine *engine = closure;
    struct check *check = &engine->check;
    const struct rule_list *list =
        &engine->dispatch->body_by_tag[nodeTag(node)];

    check->walk = walk;
    for (size_t i = 0; i < list->count; i++) {
        check->rule_index = list->items[i];
        check->rule = rule_table[check->rule_index];
        check->rule->check_node(check, node);
    }
    return true;
}

static bool is_query(const Node *tree)
{
    switch (nodeTag(tree)) {
    case T_SelectStmt:
    case T_InsertStmt:
    case T_UpdateStmt:
    case T_DeleteStmt:
    case T_MergeStmt:
    case T_PLAssignStmt: return true;
    default: return false;
    }
}

/* Plain DDL of a DO block is judged as it is carried out. */
static bool is_judged_elsewhere(const struct routine *routine,
                                const struct routine_query *query)
{
    return IsA(routine->node, DoStmt) && !is_query(query->statement.tree);
}

static void judge_query(struct engine *engine, const struct routine *routine,
                        const struct routine_query *query,
                        struct query_place *place)
{
    struct check *check = &engine->check;
    bool has_names = query->role != QUERY_EXECUTED;
    static const struct query_place no_names = {.clause = CLAUSE_QUERY};

    place->variables = query->names ? query : NULL;
    check->statement = &query->statement;
    check->text = query->text;
    check->query = query;
    check->place = has_names ? place : &no_names;
    engine_begin_statement(engine);
    if (!is_judged_elsewhere(routine, query))
        walk_tree_for(&engine->walker, query->statement.tree,
                      engine->dispatch->is_wanted_in_body, visit, engine);
}

static void judge_queries(struct engine *engine, const struct routine *routine)
{
    struct query_place place = place_of(engine, routine);

    for (size_t i = 0; i < routine->queries.count; i++) {
        const struct routine_query *query = &routine->queries.items[i];

        if (query->statement.tree)
            judge_query(engine, routine, query, &place);
    }
}

/* As it was read ahead, or read now: of a large file, and within a DO block. */
static const struct routine *read_routine(struct engine *engine)
{
    const struct check *check = &engine->check;
    struct bodies *bodies = &engine->bodies;
    struct routine *routine;

    arena_clear(&bodies->arena);
    if (check->statement->is_body_read)
        return check->statement->routine;
    prepare(bodies, check->source, check->text);
    routine = arena_alloc(&bodies->arena, sizeof *routine);
    return routine_read(&bodies->arena, bodies->parser, &bodies->source,
                        check->statement, check->statement->tree, routine)
               ? routine
               : NULL;
}

void judge_body(struct engine *engine)
{
    struct check *check = &engine->check;
    const struct check before = *check;
    const struct rule_list *list = &engine->dispatch->body;
    const struct routine *routine = read_routine(engine);

    if (!routine)
        return;
    check->routine = routine;
    check->is_in_body = true;
    for (size_t i = 0; i < list->count; i++) {
        check->rule_index = list->items[i];
        check->rule = rule_table[check->rule_index];
        check->rule->check_body(check);
    }
    judge_queries(engine, routine);
    *check = before;
    engine_begin_statement(engine);
}
