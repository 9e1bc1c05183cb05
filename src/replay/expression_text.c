/*
 * Expressions as they are written: replay keeps the source text of defaults,
 * checks and predicates. The tree tells where such a clause begins, the lexer
 * where it ends.
 */
#include "replay/context.h"

#include "sql/lexer.h"

#include <string.h>

/* A lexer of the statement that also counts parentheses and brackets. */
struct scan {
    struct lexer lexer;
    struct token token;
    int depth; /* before the token */
};

static void scan_next(struct scan *scan)
{
    if (token_is(scan->lexer.text, scan->token, "(") ||
        token_is(scan->lexer.text, scan->token, "["))
        scan->depth++;
    scan->token = lexer_next_significant(&scan->lexer);
    if (token_is(scan->lexer.text, scan->token, ")") ||
        token_is(scan->lexer.text, scan->token, "]"))
        scan->depth--;
}

/* At the first token from the offset on. */
static struct scan scan_from(const struct replay *replay, size_t offset)
{
    struct scan scan = {.lexer = lexer_of(replay->text)};

    scan.lexer.offset = offset;
    scan.token = lexer_next_significant(&scan.lexer);
    return scan;
}

static bool scan_is(const struct scan *scan, const char *symbol)
{
    return token_is(scan->lexer.text, scan->token, symbol);
}

static bool scan_at_end(const struct scan *scan)
{
    return scan->token.kind == TOKEN_END;
}

/* The text of [from, to), in the schema's memory; words, if it is not null,
 * receives where that stands. */
static const char *keep_all(const struct replay *replay, size_t from, size_t to,
                            struct span *words)
{
    if (words)
        *words = (struct span){from, to - from};
    return arena_copy(&replay->schema->arena,
                      (struct slice){replay->text.start + from, to - from});
}

/* The same, trimmed. */
static const char *keep(const struct replay *replay, size_t from, size_t to,
                        struct span *words)
{
    struct slice text = slice_trim(slice_part(replay->text, from, to));

    from = (size_t)(text.start - replay->text.start);
    return keep_all(replay, from, from + text.length, words);
}

static size_t end_of(struct token token)
{
    return token.offset + token.length;
}

/* Goes to the next ( at this depth; false if there is none. */
static bool find_parenthesis(struct scan *scan)
{
    while (!scan_is(scan, "(")) {
        if (scan_at_end(scan))
            return false;
        scan_next(scan);
    }
    return true;
}

/* From the ( to its ). */
static void skip_parentheses(struct scan *scan)
{
    int depth = scan->depth;

    do
        scan_next(scan);
    while (!scan_at_end(scan) && !(scan_is(scan, ")") && scan->depth <= depth));
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/*
 * Where the text in quotes that starts here ends: at its last quote. The
 * offset if it takes a lexer to tell: E'it\'s', U&"\0061". A doubled quote
 * ends one such text and starts another, which comes to the same.
 */
static size_t end_of_plain_quotes(struct slice text, size_t offset)
{
    char quote = text.start[offset];
    char before = offset > 0 ? text.start[offset - 1] : ' ';

    if (is_name_byte(before) || before == '&')
        return offset;
    for (size_t at = offset + 1; at < text.length && text.start[at] != '\\';
         at++) {
        if (text.start[at] == quote)
            return at;
    }
    return offset;
}

/* Whether a comment or a dollar-quoted text may start here. */
static bool may_begin_opaque(struct slice text, size_t at)
{
    char c = text.start[at];

    return c == '$' ||
           (at + 1 < text.length && ((c == '-' && text.start[at + 1] == '-') ||
                                     (c == '/' && text.start[at + 1] == '*')));
}

/*
 * The parentheses that come next, if nothing before or in them needs a lexer:
 * no comments, no escapes. False if something does.
 */
static bool find_plain_parentheses(struct slice text, size_t offset,
                                   size_t *from, size_t *to)
{
    int depth = 0;
    size_t end;

    for (size_t at = offset; at < text.length; at++) {
        switch (text.start[at]) {
        case '(':
            if (depth++ == 0)
                *from = at + 1;
            break;
        case ')':
            if (--depth <= 0) {
                *to = at;
                return depth == 0;
            }
            break;
        case '\'':
        case '"':
            end = end_of_plain_quotes(text, at);
            if (end == at)
                return false;
            at = end;
            break;
        case '$':
        case '-':
        case '/':
            if (may_begin_opaque(text, at))
                return false;
            break;
        default: break;
        }
    }
    return false;
}

const char *expression_in_parentheses(const struct replay *replay,
                                      size_t offset, struct span *words)
{
    struct scan scan;
    size_t from = 0, to = 0;

    if (find_plain_parentheses(replay->text, offset, &from, &to))
        return keep(replay, from, to, words);
    scan = scan_from(replay, offset);

    if (!find_parenthesis(&scan))
        return NULL;
    from = end_of(scan.token);
    skip_parentheses(&scan);
    return keep(replay, from, scan.token.offset, words);
}

/* A word that can only begin the next clause of a column definition: DEFAULT
 * takes a b_expr, in which these do not stand outside parentheses. */
static bool begins_column_constraint(const struct scan *scan)
{
    static const char *const words[] = {
        "check",    "collate",    "constraint", "default", "deferrable",
        "enforced", "generated",  "initially",  "not",     "null",
        "primary",  "references", "unique",
    };
    char first;

    if (scan->token.kind != TOKEN_WORD)
        return false;
    first = scan->lexer.text.start[scan->token.offset];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        /* ASCII letters differ in one bit from their other case. */
        if (words[i][0] == (first | 0x20) &&
            token_is_word(scan->lexer.text, scan->token, words[i]))
            return true;
    }
    return false;
}

const char *expression_after_default(const struct replay *replay, size_t offset,
                                     struct span *words)
{
    struct scan scan = scan_from(replay, offset);
    size_t from, to;

    while (!token_is_word(scan.lexer.text, scan.token, "default")) {
        if (scan_at_end(&scan))
            return NULL;
        scan_next(&scan);
    }
    scan.depth = 0;
    scan_next(&scan);
    from = to = scan.token.offset;
    do {
        to = end_of(scan.token);
        scan_next(&scan);
    } while (!scan_at_end(&scan) && scan.depth >= 0 &&
             !(scan.depth == 0 &&
               (scan_is(&scan, ",") || begins_column_constraint(&scan))));
    return keep(replay, from, to, words);
}

/* Nothing that continues a string constant follows it. */
static bool ends_string(struct slice text, size_t offset)
{
    while (offset < text.length &&
           (text.start[offset] == ' ' || text.start[offset] == '\n'))
        offset++;
    return offset < text.length && text.start[offset] != '\'' &&
           (text.start[offset] | 0x20) != 'u';
}

/* Where a plain string constant ends: 'a'. The offset if it is not plain. */
static size_t end_of_plain_string(struct slice text, size_t offset)
{
    size_t at = offset + 1;

    while (at < text.length && text.start[at] != '\'')
        at++;
    return at < text.length && ends_string(text, at + 1) ? at + 1 : offset;
}

/*
 * Where a constant or a call without arguments that starts here ends; the
 * offset if it takes a lexer to tell.
 */
static size_t end_of_primary(struct slice text, size_t offset, bool is_call)
{
    size_t at = offset;

    if (at < text.length && text.start[at] == '\'' && !is_call)
        return end_of_plain_string(text, offset);
    while (at < text.length && is_name_byte(text.start[at]))
        at++;
    /* Not the start of something longer: 1e-5, U&'a'. */
    if (!is_call)
        return at < text.length && strchr(" ,)\n\t\r", text.start[at]) ? at
                                                                       : offset;
    return at + 1 < text.length && text.start[at] == '(' &&
                   text.start[at + 1] == ')'
               ? at + 2
               : offset;
}

const char *expression_of_default(const struct replay *replay, size_t offset,
                                  const Node *expression, struct span *words)
{
    const A_Const *constant = node_as(A_Const, expression);
    const FuncCall *call = node_as(FuncCall, expression);
    ParseLoc location = -1;
    size_t from, to;

    if (constant)
        location = constant->location;
    else if (call && !call->args && !call->over)
        location = call->location;
    if (location < 0)
        return expression_after_default(replay, offset, words);
    from = replay_offset(replay, location);
    to = end_of_primary(replay->text, from, call != NULL);
    if (to == from)
        return expression_after_default(replay, offset, words);
    return keep_all(replay, from, to, words);
}

const char *expression_after_where(const struct replay *replay, size_t offset,
                                   struct span *words)
{
    struct scan scan = scan_from(replay, offset);
    size_t from;

    while (!(scan.depth == 0 &&
             token_is_word(scan.lexer.text, scan.token, "where"))) {
        if (scan_at_end(&scan) || scan.depth < 0)
            return NULL;
        scan_next(&scan);
    }
    scan_next(&scan);
    from = scan.token.offset;
    while (!scan_at_end(&scan) && scan.depth >= 0 &&
           !(scan.depth == 0 && scan_is(&scan, ",")))
        scan_next(&scan);
    return keep(replay, from, scan.token.offset, words);
}

const char *expression_of_item(const struct replay *replay, size_t offset,
                               size_t item, struct span *words)
{
    struct scan scan = scan_from(replay, offset);
    int depth;
    size_t from;

    if (!find_parenthesis(&scan))
        return NULL;
    depth = scan.depth + 1;
    scan_next(&scan);
    for (; item > 0 && !scan_at_end(&scan); scan_next(&scan)) {
        if (scan.depth == depth && scan_is(&scan, ","))
            item--;
    }
    from = scan.token.offset;
    if (scan_is(&scan, "(")) {
        skip_parentheses(&scan);
        return keep(replay, from + 1, scan.token.offset, words);
    }
    /* A call, or a word like CURRENT_DATE that is one. */
    while (
        !scan_at_end(&scan) && !scan_is(&scan, "(") &&
        !(scan.depth <= depth && (scan_is(&scan, ",") || scan.depth < depth)))
        scan_next(&scan);
    if (!scan_is(&scan, "("))
        return keep(replay, from, end_of(scan_from(replay, from).token), words);
    skip_parentheses(&scan);
    return keep(replay, from, end_of(scan.token), words);
}

/* What the walk collects. */
struct column_search {
    struct replay *replay;
    struct table *table;
    struct expression_columns *found;
    struct map seen; /* names met already */
};

static const char *last_name(const ColumnRef *reference)
{
    const char *name = NULL;

    for (int i = list_length(reference->fields) - 1; i >= 0 && !name; i--)
        name = name_from_string(list_nth(reference->fields, i));
    return name;
}

static bool visit_column(void *closure, const Node *node,
                         const struct walk *walk)
{
    struct column_search *search = closure;
    struct schema *schema = search->replay->schema;
    const ColumnRef *reference = node_as(ColumnRef, node);
    const char *name = reference ? last_name(reference) : NULL;
    struct column *column;

    (void)walk;
    search->found->node_count++;
    if (!name || map_find(&search->seen, slice_from(name)))
        return true;
    map_put(&schema->scratch, &search->seen, slice_from(name), search);
    /* A name that is no column: the whole row, a system column. */
    column = model_mention_column(schema, search->table, name);
    if (column)
        *array_push(&schema->arena, &search->found->columns) = column;
    return true;
}

struct expression_columns expression_columns(struct replay *replay,
                                             struct table *table,
                                             const Node *expression)
{
    struct expression_columns found = {0};
    struct column_search search = {replay, table, &found, {0}};

    walk_tree(&replay->schema->walker, expression, visit_column, &search);
    return found;
}
