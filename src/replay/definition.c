/*
 * Binds the expressions of triggers, policies, rules and the like, and notes
 * what they need. query/ knows what names mean; where words stand, the lexer.
 */
#include "replay/definition.h"

#include "replay/dependency.h"
#include "sql/words.h"

struct binding definition_binding(const struct replay *replay)
{
    return (struct binding){
        .arena = &replay->schema->scratch,
        .text = replay->text,
        .base = replay->statement->tree_base,
    };
}

struct binding *definition_wanted(const struct replay *replay,
                                  struct binding *binding)
{
    return replay->schema->keeps_definitions ? binding : NULL;
}

/* Where the history is not complete the file is believed. */
static bool settle(struct replay *replay, struct object *object,
                   const struct query_description *description)
{
    if (description->sqlstate[0] && replay_refuse(replay))
        return replay_fail(replay, description->sqlstate, "%s",
                           description->message);
    dependency_add_needs(replay, object, &description->needs,
                         DEPENDENCY_NORMAL);
    return true;
}

bool definition_bind(struct replay *replay, struct object *object,
                     const Node *expression, const struct query_place *place)
{
    struct schema *schema = replay->schema;
    struct query_description description;

    if (!expression)
        return true;
    query_describe_expression(schema, &schema->scratch, expression, place,
                              &description);
    return settle(replay, object, &description);
}

bool definition_bind_query(struct replay *replay, struct object *object,
                           const Node *query, const struct query_place *place)
{
    struct schema *schema = replay->schema;
    struct query_description description;

    query_describe(schema, &schema->scratch, query, place, &description);
    return settle(replay, object, &description);
}

struct span definition_in_parentheses(const struct replay *replay,
                                      size_t offset)
{
    struct lexer lexer = lexer_of(replay->text);
    struct token token;
    size_t from = 0;
    int depth = 0;

    lexer.offset = offset;
    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer)) {
        if (token_is(replay->text, token, "(") && depth++ == 0)
            from = token.offset + token.length;
        else if (token_is(replay->text, token, ")") && --depth == 0)
            return (struct span){from, token.offset - from};
    }
    return (struct span){offset, 0};
}

bool definition_of_clause(struct replay *replay, struct object *object,
                          const Node *expression, struct query_place place,
                          const char *word, size_t *offset,
                          struct expression **bound)
{
    struct binding binding = definition_binding(replay);
    struct span words;

    *bound = NULL;
    if (!expression)
        return true;
    place.binding = definition_wanted(replay, &binding);
    if (!definition_bind(replay, object, expression, &place))
        return false;
    if (!replay->schema->keeps_definitions)
        return true;
    words = words_find(replay->text, replay->statement, *offset, word);
    if (words.length == 0)
        return true;
    words = definition_in_parentheses(replay, words.offset);
    *bound = binding_finish(replay->schema, &binding, words);
    *offset = words.offset + words.length;
    return true;
}
