/*
 * Trees and names printed as SQL, by libpg_query itself: for help texts and
 * fixes. The other half of parser.h.
 */
#include "sql/parser.h"

#include "sql/context.h"
#include "sql/placeholder.h"
#include "sql/template.h"
#include "sql/walker.h"

#include "common/keywords.h"
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

/* A name that stands for a placeholder is written as the user wrote it. */
static bool is_placeholder(const char *name)
{
    const char *end = name + strlen(name);
    struct placeholder_reader reader;
    struct placeholder placeholder;

    if (template_word_end(name, end) == end)
        return true;
    if (!memchr("$%:?@", *name, 5))
        return false;
    reader = placeholder_reader_of(slice_from(name));
    return placeholder_next(&reader, &placeholder) && placeholder.offset == 0 &&
           name + placeholder.length == end;
}

/* As quote_identifier() has it, which wants a memory context: nearly all names
 * are so. */
static bool needs_no_quotes(const char *name)
{
    int keyword;

    if ((*name < 'a' || *name > 'z') && *name != '_')
        return false;
    for (const char *at = name; *at; at++)
        if ((*at < 'a' || *at > 'z') && (*at < '0' || *at > '9') && *at != '_')
            return false;
    keyword = ScanKeywordLookup(name, &ScanKeywords);
    return keyword < 0 || ScanKeywordCategories[keyword] == UNRESERVED_KEYWORD;
}

const char *parser_quote_identifier(struct arena *arena, const char *name)
{
    MemoryContext context;
    const char *quoted;

    if (needs_no_quotes(name) || is_placeholder(name))
        return arena_copy(arena, slice_from(name));
    context = new_context();
    context_enter(context);
    quoted = arena_copy(arena, slice_from(quote_identifier(name)));
    context_leave();
    context_free(context);
    return quoted;
}
