/*
 * Trees and names printed as SQL, by libpg_query itself: for help texts and
 * fixes. The other half of parser.h.
 */
#include "sql/parser.h"

#include "sql/context.h"
#include "sql/walker.h"

#include "lib/stringinfo.h"
#include "pg_query.h"
#include "utils/builtins.h"
#include "utils/elog.h"

#include <string.h>

/* The deparser recurses, and takes quadratic time over long lists; nobody
 * reads what is larger than this. */
#define DEPTH_MAX 500
#define NODE_COUNT_MAX 20000

static bool count_node(void *closure, const Node *node, const struct walk *walk)
{
    size_t *count = closure;

    (void)node;
    if (walk_depth(walk) > DEPTH_MAX)
        *count = NODE_COUNT_MAX;
    return ++*count <= NODE_COUNT_MAX;
}

static bool is_too_large(const Node *node)
{
    struct walker walker;
    size_t count = 0;

    walker_init(&walker);
    walk_tree(&walker, node, count_node, &count);
    walker_release(&walker);
    return count > NODE_COUNT_MAX;
}

static MemoryContext new_context(void)
{
    MemoryContext context = context_new();

    if (!context)
        arena_exhausted();
    return context;
}

/* Null if the deparser raises an error. In the entered context. */
static char *deparse_statement(Node *statement)
{
    RawStmt raw = {.type = T_RawStmt, .stmt = statement};
    StringInfoData text;
    char *volatile result = NULL;

    initStringInfo(&text);
    PG_TRY();
    {
        deparseRawStmt(&text, &raw);
        result = text.data;
    }
    PG_CATCH();
    {
        FlushErrorState();
    }
    PG_END_TRY();
    return result;
}

const char *parser_deparse(struct arena *arena, const struct Node *node)
{
    MemoryContext context;
    const char *text;
    char *result = NULL;

    if (!node || is_too_large(node))
        return NULL;
    context = new_context();
    context_enter(context);
    text = deparse_statement((Node *)(uintptr_t)node);
    if (text)
        result = arena_copy(arena, slice_from(text));
    context_leave();
    context_free(context);
    return result;
}

const char *parser_quote_identifier(struct arena *arena, const char *name)
{
    MemoryContext context = new_context();
    const char *quoted;

    context_enter(context);
    quoted = arena_copy(arena, slice_from(quote_identifier(name)));
    context_leave();
    context_free(context);
    return quoted;
}
