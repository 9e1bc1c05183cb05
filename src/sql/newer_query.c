/*
 * Newer syntax of queries. Another part of newer_syntax.c.
 */
#include "sql/newer_search.h"

#include <string.h>

/* Words that no list of arguments has after an argument. */
static bool ends_argument(const struct newer_search *search, struct token token)
{
    static const char *const words[] = {
        "value",  "format", "absent",  "returning", "with",   "without",
        "select", "keys",   "passing", "on",        "columns"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (newer_is_word(search, token, words[i]))
            return true;
    }
    return token_is(search->text, token, ":");
}

/* `1 NULL ON NULL`. */
static bool is_null_clause(const struct newer_search *search,
                           struct lexer lexer, struct token token)
{
    return newer_is_word(search, token, "null") &&
           newer_is_word(search, lexer_next_significant(&lexer), "on");
}

/*
 * What an older grammar takes for the call of a function, up to the first word
 * within its parentheses that no call has. Without one it is such a call.
 */
static void in_json(struct newer_search *search, enum newer_kind kind,
                    ParseLoc location)
{
    struct lexer lexer = newer_lexer(search, newer_offset(search, location));
    struct token token;

    if (!newer_is_unknown(search, kind))
        return;
    lexer_next_significant(&lexer);
    if (!token_is(search->text, lexer_next_significant(&lexer), "("))
        return;
    while (token = lexer_next_significant(&lexer),
           token.kind != TOKEN_END && !token_is(search->text, token, ")")) {
        if (ends_argument(search, token) ||
            is_null_clause(search, lexer, token)) {
            newer_note(search, kind, newer_span(token));
            return;
        }
        if (token_is(search->text, token, "("))
            newer_skip_parentheses(search, &lexer);
    }
}

static void in_is_json(struct newer_search *search,
                       const JsonIsPredicate *predicate)
{
    size_t offset = newer_offset(search, predicate->location);

    newer_note_last(search, NEWER_IS_JSON, offset, "is json");
    newer_note_last(search, NEWER_IS_JSON, offset, "is not json");
}

/* What follows SIMILAR between the call's own parentheses, which is not the
 * operator SIMILAR TO. */
static struct token after_similar(struct newer_search *search, size_t offset)
{
    struct lexer lexer = newer_lexer(search, offset);
    struct token token = lexer_next_significant(&lexer), similar = {0};
    int depth = 0;

    for (; token.kind != TOKEN_END; token = lexer_next_significant(&lexer)) {
        if (similar.length > 0 && !token_is_word(search->text, token, "to"))
            return token;
        similar = (struct token){0};
        if (token_is(search->text, token, "("))
            depth++;
        else if (token_is(search->text, token, ")") && --depth == 0)
            break;
        else if (depth == 1 && token_is_word(search->text, token, "similar"))
            similar = token;
    }
    return (struct token){.kind = TOKEN_END};
}

/* Functions that the grammar makes of other words. */
static void in_call(struct newer_search *search, const FuncCall *call)
{
    size_t offset = newer_offset(search, call->location);
    const char *name;

    if (call->funcformat != COERCE_SQL_SYNTAX)
        return;
    name = strVal(llast(call->funcname));
    if (strcmp(name, "timezone") == 0 && list_length(call->args) == 1)
        newer_note_last(search, NEWER_AT_LOCAL, offset, "at local");
    else if (strcmp(name, "substring") == 0 &&
             newer_is_unknown(search, NEWER_SUBSTRING_SIMILAR)) {
        struct token token = after_similar(search, offset);

        if (token.kind != TOKEN_END)
            newer_note(search, NEWER_SUBSTRING_SIMILAR, newer_span(token));
    }
}

/*
 * 1_000, 0x1F. PostgreSQL 15 takes the whole for junk (which its lexer words
 * in its own way); before, the letters began a name, and in a target list were
 * one.
 */
static void in_constant(struct newer_search *search, const A_Const *constant,
                        const Node *parent)
{
    NodeTag tag = constant->isnull ? T_Invalid : nodeTag(&constant->val);
    size_t offset = newer_offset(search, constant->location), digits = 0;
    struct lexer lexer;
    struct token token;

    if ((tag != T_Integer && tag != T_Float) ||
        !newer_is_unknown(search, NEWER_NUMBER))
        return;
    lexer = newer_lexer(search, offset);
    token = lexer_next_significant(&lexer);
    while (digits < token.length &&
           strchr("0123456789.", search->text.start[token.offset + digits]))
        digits++;
    if (token.kind != TOKEN_NUMBER || digits == 0 || digits == token.length ||
        !strchr("_xXoObB", search->text.start[token.offset + digits]))
        return;
    if (search->version == 15) {
        newer_note(search, NEWER_NUMBER, newer_span(token));
        if (search->use->words.offset == token.offset)
            search->use->complaint =
                "trailing junk after numeric literal at or near";
    } else if (!parent || nodeTag(parent) != T_ResTarget)
        newer_note(search, NEWER_NUMBER,
                   (struct span){token.offset + digits, token.length - digits});
}

/* JOIN ... USING (...) AS: where the alias of columns alone stands. */
static void look_for_join_alias(struct newer_search *search)
{
    struct lexer lexer = newer_lexer(search, search->statement->offset);
    struct token token;

    while (token = lexer_next_significant(&lexer), token.kind != TOKEN_END) {
        struct lexer after = lexer;

        if (!newer_is_word(search, token, "using") ||
            !token_is(search->text, lexer_next_significant(&after), "("))
            continue;
        newer_skip_parentheses(search, &after);
        token = lexer_next_significant(&after);
        if (newer_is_word(search, token, "as")) {
            newer_note(search, NEWER_JOIN_ALIAS, newer_span(token));
            return;
        }
    }
}

/* What no node has a place of; looked for once. */
static void look_at_words(struct newer_search *search)
{
    size_t offset = search->statement->offset;

    if (search->has_looked_at_words)
        return;
    search->has_looked_at_words = true;
    newer_note_last(search, NEWER_GROUP_BY_DISTINCT, offset,
                    "group by distinct");
    newer_note_last(search, NEWER_GROUP_BY_DISTINCT, offset, "group by all");
    if (newer_is_unknown(search, NEWER_JOIN_ALIAS))
        look_for_join_alias(search);
}

static void in_merge(struct newer_search *search, const MergeStmt *merge)
{
    struct span word = words_find(search->text, search->statement,
                                  search->statement->offset, "merge into");

    newer_note_first(search, NEWER_MERGE, word.offset, "merge into");
    newer_note_last(search, NEWER_MERGE_BY, word.offset, "matched by");
    if (merge->returningClause)
        newer_note_last(search, NEWER_MERGE_RETURNING, word.offset,
                        "returning");
}

static void in_common_table(struct newer_search *search,
                            const CommonTableExpr *common)
{
    if (common->search_clause)
        newer_note_first(search, NEWER_SEARCH,
                         newer_offset(search, common->search_clause->location),
                         "search");
    if (common->cycle_clause)
        newer_note_first(search, NEWER_CYCLE,
                         newer_offset(search, common->cycle_clause->location),
                         "cycle");
}

static ParseLoc location_of(const JsonAggConstructor *constructor)
{
    return constructor ? constructor->location : -1;
}

static bool in_json_node(struct newer_search *search, const Node *node)
{
    switch (nodeTag(node)) {
    case T_JsonObjectConstructor:
        in_json(search, NEWER_JSON_CONSTRUCTOR,
                ((const JsonObjectConstructor *)node)->location);
        return true;
    case T_JsonArrayConstructor:
        in_json(search, NEWER_JSON_CONSTRUCTOR,
                ((const JsonArrayConstructor *)node)->location);
        return true;
    case T_JsonArrayQueryConstructor:
        in_json(search, NEWER_JSON_CONSTRUCTOR,
                ((const JsonArrayQueryConstructor *)node)->location);
        return true;
    case T_JsonObjectAgg:
        in_json(search, NEWER_JSON_CONSTRUCTOR,
                location_of(((const JsonObjectAgg *)node)->constructor));
        return true;
    case T_JsonArrayAgg:
        in_json(search, NEWER_JSON_CONSTRUCTOR,
                location_of(((const JsonArrayAgg *)node)->constructor));
        return true;
    case T_JsonParseExpr:
        in_json(search, NEWER_JSON_QUERY,
                ((const JsonParseExpr *)node)->location);
        return true;
    case T_JsonSerializeExpr:
        in_json(search, NEWER_JSON_QUERY,
                ((const JsonSerializeExpr *)node)->location);
        return true;
    case T_JsonFuncExpr:
        in_json(search, NEWER_JSON_QUERY,
                ((const JsonFuncExpr *)node)->location);
        return true;
    case T_JsonTable:
        in_json(search, NEWER_JSON_TABLE, ((const JsonTable *)node)->location);
        return true;
    case T_JsonIsPredicate:
        in_is_json(search, (const JsonIsPredicate *)node);
        return true;
    default: return false;
    }
}

bool newer_in_query(struct newer_search *search, const Node *node,
                    const Node *parent)
{
    switch (nodeTag(node)) {
    case T_A_Const:
        in_constant(search, (const A_Const *)node, parent);
        return true;
    case T_FuncCall: in_call(search, (const FuncCall *)node); return true;
    case T_SelectStmt:
        if (((const SelectStmt *)node)->groupClause)
            look_at_words(search);
        return true;
    case T_JoinExpr:
        if (((const JoinExpr *)node)->join_using_alias)
            look_at_words(search);
        return true;
    case T_CommonTableExpr:
        in_common_table(search, (const CommonTableExpr *)node);
        return true;
    case T_MergeStmt: in_merge(search, (const MergeStmt *)node); return true;
    case T_ReturningClause:
        if (((const ReturningClause *)node)->options)
            newer_note_last(search, NEWER_RETURNING_WITH,
                            search->statement->offset, "returning with");
        return true;
    default: return in_json_node(search, node);
    }
}
