/*
 * Words of statements that are kept: as expressions, and compared with one
 * another. The server compares what analysis made of them; the same tokens
 * mean the same.
 */
#include "replay/context.h"

#include <string.h>
#include <strings.h>

static bool same_token(struct slice a, struct token one, struct slice b,
                       struct token other)
{
    struct slice first = token_text(a, one);
    struct slice second = token_text(b, other);

    if (one.kind != other.kind || first.length != second.length)
        return false;
    if (one.kind == TOKEN_WORD)
        return strncasecmp(first.start, second.start, first.length) == 0;
    return memcmp(first.start, second.start, first.length) == 0;
}

bool expression_same(const char *a, const char *b)
{
    struct slice first = slice_from(a ? a : "");
    struct slice second = slice_from(b ? b : "");
    struct lexer one = lexer_of(first), other = lexer_of(second);
    struct token left, right;

    if (a == b)
        return true;
    if (!a || !b)
        return false;
    do {
        left = lexer_next_significant(&one);
        right = lexer_next_significant(&other);
        if (!same_token(first, left, second, right))
            return false;
    } while (left.kind != TOKEN_END);
    return true;
}

const Node *replay_without_collation(const Node *node)
{
    while (node && nodeTag(node) == T_CollateClause)
        node = ((const CollateClause *)node)->arg;
    return node;
}

struct expression *replay_words(struct replay *replay, size_t from, size_t to)
{
    struct schema *schema = replay->schema;
    struct expression *words = arena_alloc(&schema->arena, sizeof *words);

    words->text =
        arena_copy(&schema->arena, slice_part(replay->text, from, to));
    return words;
}
