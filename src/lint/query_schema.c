/*
 * Chooses among schemas by what a file's queries name. Asked by lint/run.c,
 * which keeps the schemas.
 */
#include "lint/query_schema.h"

#include "base/map.h"
#include "input/path.h"
#include "sql/fields.h"
#include "sql/names.h"
#include "sql/walker.h"

/* Of one file; more are not looked at. */
#define NAMES_MAX 1000

struct table_names {
    struct arena arena;
    struct map seen; /* by schema and name */
    struct map with; /* names of WITH queries */
    struct qualified_name names[NAMES_MAX];
    size_t count;
};

static bool is_temporary(const RangeVar *relation)
{
    return relation && relation->relpersistence == RELPERSISTENCE_TEMP;
}

/* Standing on a schema, it makes nothing that the schema has. */
static bool is_query(const Node *tree)
{
    switch (nodeTag(tree)) {
    case T_SelectStmt: {
        const IntoClause *into = ((const SelectStmt *)tree)->intoClause;

        return !into || is_temporary(into->rel);
    }
    case T_CreateStmt:
        return is_temporary(((const CreateStmt *)tree)->relation);
    case T_CreateTableAsStmt:
        return is_temporary(((const CreateTableAsStmt *)tree)->into->rel);
    case T_CreateFunctionStmt:
        return ((const CreateFunctionStmt *)tree)->replace;
    case T_ViewStmt: return ((const ViewStmt *)tree)->replace;
    case T_InsertStmt:
    case T_UpdateStmt:
    case T_DeleteStmt:
    case T_MergeStmt:
    case T_ExplainStmt:
    case T_CallStmt:
    case T_CopyStmt:
    case T_PrepareStmt:
    case T_ExecuteStmt:
    case T_DeclareCursorStmt:
    case T_FetchStmt:
    case T_ClosePortalStmt:
    case T_DeallocateStmt:
    case T_VacuumStmt:
    case T_LockStmt:
    case T_TruncateStmt:
    case T_RefreshMatViewStmt:
    case T_NotifyStmt:
    case T_ListenStmt:
    case T_UnlistenStmt:
    case T_TransactionStmt:
    case T_VariableShowStmt:
    case T_VariableSetStmt: return true;
    default: return false;
    }
}

/* What the parser refused may be a query in its generator's own language. */
static bool is_made_of_queries(const struct script *script)
{
    size_t queries = 0;

    if (script->parsed_from > 0 ||
        script->parsed_until < script->statement_count)
        return false;
    for (size_t i = 0; i < script->statement_count; i++) {
        const Node *tree = script->statements[i].tree;

        if (!tree)
            continue;
        if (!is_query(tree))
            return false;
        queries++;
    }
    return queries > 0;
}

static bool has_function(const struct script *script)
{
    for (size_t i = 0; i < script->statement_count; i++)
        if (node_as(CreateFunctionStmt, script->statements[i].tree))
            return true;
    return false;
}

static void note_with(struct table_names *names, const char *name)
{
    map_put(&names->arena, &names->with, slice_from(name), names);
}

static void note_table(struct table_names *names, const RangeVar *table)
{
    const char *schema = table->schemaname ? table->schemaname : "";
    struct slice key = slice_from(
        arena_format(&names->arena, "%s.%s", schema, table->relname));

    if (names->count == NAMES_MAX || map_find(&names->seen, key))
        return;
    map_put(&names->arena, &names->seen, key, names);
    names->names[names->count++] = name_from_range_var(table);
}

static bool note(void *closure, const Node *node, const struct walk *walk)
{
    struct table_names *names = closure;

    (void)walk;
    if (nodeTag(node) == T_CommonTableExpr)
        note_with(names, ((const CommonTableExpr *)node)->ctename);
    else
        note_table(names, (const RangeVar *)node);
    return true;
}

static void find_names(struct table_names *names, const struct script *script)
{
    bool *wanted = arena_alloc(&names->arena, node_tag_limit * sizeof *wanted);
    struct walker walker;

    wanted[T_RangeVar] = true;
    wanted[T_CommonTableExpr] = true;
    walker_init(&walker);
    for (size_t i = 0; i < script->statement_count; i++)
        walk_tree_for(&walker, script->statements[i].tree, wanted, note, names);
    walker_release(&walker);
}

/* It says nothing of whose schema it is. */
static bool is_everywhere(const struct table_names *names,
                          struct qualified_name name)
{
    struct slice schema = slice_from(name.schema);

    if (!name.schema)
        return slice_has_prefix(slice_from(name.name), SLICE("pg_")) ||
               map_find(&names->with, slice_from(name.name));
    return slice_equal(schema, SLICE("pg_catalog")) ||
           slice_equal(schema, SLICE("information_schema"));
}

/* found: of these. */
static size_t count_tables(const struct table_names *names,
                           const struct schema *schema, size_t *found)
{
    size_t count = 0;

    *found = 0;
    for (size_t i = 0; i < names->count; i++) {
        if (is_everywhere(names, names->names[i]))
            continue;
        count++;
        *found += schema_find_relation(schema, names->names[i]) != NULL;
    }
    return count;
}

/* How much of the folders' paths is the same. */
static size_t nearness(struct slice folder, struct slice other)
{
    size_t count = 0;

    while (count < folder.length && count < other.length &&
           folder.start[count] == other.start[count])
        count++;
    return count;
}

const struct left_schema *query_schema_choose(
    const struct left_schema_array *left, const struct script *script)
{
    struct slice folder = path_folder(slice_from(script->source->path));
    const struct left_schema *best = NULL;
    struct table_names *names;
    struct arena arena = {0};
    size_t best_found = 0, best_nearness = 0;

    if (left->count == 0 || !is_made_of_queries(script))
        return NULL;
    names = arena_alloc(&arena, sizeof *names);
    find_names(names, script);
    if (names->count == 0 && left->count == 1 && has_function(script))
        best = &left->items[0];
    for (size_t i = 0; i < left->count; i++) {
        const struct left_schema *one = &left->items[i];
        size_t near = nearness(slice_from(one->history->folder), folder);
        size_t found, count = count_tables(names, one->schema, &found);

        if (2 * found <= count || found < best_found ||
            (found == best_found && best && near <= best_nearness))
            continue;
        best = one;
        best_found = found;
        best_nearness = near;
    }
    arena_release(&names->arena);
    arena_release(&arena);
    return best;
}
