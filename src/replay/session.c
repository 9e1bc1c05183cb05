/*
 * What a session has set: its search_path and time zone, by SET, set_config()
 * and DISCARD.
 */
#include "replay/session.h"

#include "sql/lexer.h"

#include <string.h>

static bool set_path(struct replay *replay, const char *const *names,
                     size_t count, bool is_local)
{
    struct schema *schema = replay->schema;
    struct search_path *path = model_new_search_path(schema, count);

    for (size_t i = 0; i < count; i++)
        path->names[i] = model_name(schema, names[i]);
    if (is_local) {
        SET(schema, schema->local_search_path, path);
        return true;
    }
    SET(schema, schema->search_path, path);
    SET(schema, schema->local_search_path, NULL);
    return true;
}

/* The constant of SET TIME ZONE; "" for what is not plain to see. */
static const char *zone_of(struct schema *schema, const VariableSetStmt *set)
{
    const A_Const *value = list_length(set->args) == 1
                               ? node_as(A_Const, (Node *)linitial(set->args))
                               : NULL;

    if (!value || value->isnull)
        return "";
    if (nodeTag(&value->val) == T_String)
        return model_name(schema, value->val.sval.sval);
    return nodeTag(&value->val) == T_Integer && value->val.ival.ival == 0 ? "0"
                                                                          : "";
}

static bool set_time_zone(struct schema *schema, const VariableSetStmt *set)
{
    const char *zone = set->kind == VAR_SET_VALUE ? zone_of(schema, set) : NULL;

    if (set->is_local) {
        SET(schema, schema->local_time_zone, zone ? zone : "");
        return true;
    }
    SET(schema, schema->time_zone, zone);
    SET(schema, schema->local_time_zone, NULL);
    return true;
}

void session_reset_time_zone(struct schema *schema)
{
    SET(schema, schema->time_zone, NULL);
    SET(schema, schema->local_time_zone, NULL);
}

bool session_reset_path(struct schema *schema, bool is_local)
{
    if (is_local) {
        SET(schema, schema->local_search_path, schema->default_search_path);
        return true;
    }
    SET(schema, schema->search_path, schema->default_search_path);
    SET(schema, schema->local_search_path, NULL);
    return true;
}

bool session_set(struct replay *replay, const VariableSetStmt *set)
{
    const char **names;
    size_t count = 0;
    const ListCell *cell;

    if (set->kind == VAR_RESET_ALL) {
        session_reset_time_zone(replay->schema);
        return session_reset_path(replay->schema, false);
    }
    if (set->name && strcmp(set->name, "timezone") == 0)
        return set_time_zone(replay->schema, set);
    if (!set->name || strcmp(set->name, "search_path") != 0)
        return true;
    if (set->kind == VAR_SET_DEFAULT || set->kind == VAR_RESET)
        return session_reset_path(replay->schema, set->is_local);
    if (set->kind != VAR_SET_VALUE)
        return true;
    names = arena_alloc(&replay->schema->scratch,
                        (size_t)list_length(set->args) * sizeof *names);
    foreach (cell, set->args) {
        const A_Const *value = node_as(A_Const, (Node *)lfirst(cell));

        if (value && !value->isnull && nodeTag(&value->val) == T_String)
            names[count++] = value->val.sval.sval;
    }
    return set_path(replay, names, count, set->is_local);
}

/* A list of identifiers in a string, as set_config() takes it. */
static bool set_path_from_text(struct replay *replay, const char *list,
                               bool is_local)
{
    struct slice text = slice_from(list);
    struct lexer lexer = lexer_of(text);
    const char **names = arena_alloc(&replay->schema->scratch,
                                     (text.length + 1) * sizeof *names);
    size_t count = 0;
    struct token token;

    for (token = lexer_next(&lexer); token.kind != TOKEN_END;
         token = lexer_next(&lexer)) {
        struct slice word = token_text(text, token);
        char *name;

        if (token.kind != TOKEN_WORD && token.kind != TOKEN_QUOTED_IDENTIFIER)
            continue;
        if (token.kind == TOKEN_QUOTED_IDENTIFIER && word.length >= 2)
            word = slice_part(word, 1, word.length - 1);
        name = arena_copy(&replay->schema->scratch, word);
        for (char *c = name; token.kind == TOKEN_WORD && *c; c++)
            *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + ('a' - 'A') : *c);
        names[count++] = name;
    }
    return set_path(replay, names, count, is_local);
}

static const char *string_constant(const Node *node)
{
    const A_Const *value = node_as(A_Const, node);

    return value && !value->isnull && nodeTag(&value->val) == T_String
               ? value->val.sval.sval
               : NULL;
}

/* SELECT set_config('search_path', ..., is_local). */
static bool call_set_config(struct replay *replay, const FuncCall *call)
{
    const char *name, *value;
    const A_Const *is_local;

    if (strcmp(name_from_string(llast(call->funcname)), "set_config") != 0 ||
        list_length(call->args) != 3)
        return true;
    name = string_constant(linitial(call->args));
    value = string_constant(lsecond(call->args));
    is_local = node_as(A_Const, (Node *)lthird(call->args));
    if (!name || !value || strcmp(name, "search_path") != 0)
        return true;
    return set_path_from_text(replay, value,
                              is_local && !is_local->isnull &&
                                  nodeTag(&is_local->val) == T_Boolean &&
                                  is_local->val.boolval.boolval);
}

bool session_select(struct replay *replay, const SelectStmt *select)
{
    const ListCell *cell;

    if (select->intoClause)
        return replay_select_into(replay, select);
    if (!replay_check_query(replay, (const Node *)select))
        return false;
    replay_note_calls(replay, (const Node *)select);
    if (select->fromClause || select->op != SETOP_NONE)
        return true;
    foreach (cell, select->targetList) {
        const ResTarget *target = node_as(ResTarget, (Node *)lfirst(cell));
        const FuncCall *call = target ? node_as(FuncCall, target->val) : NULL;

        if (call && !call_set_config(replay, call))
            return false;
    }
    return true;
}

bool session_discard(struct replay *replay, const DiscardStmt *statement)
{
    if (statement->target == DISCARD_ALL) {
        session_reset_time_zone(replay->schema);
        session_reset_path(replay->schema, false);
    }
    if (statement->target == DISCARD_ALL || statement->target == DISCARD_TEMP)
        replay_drop_temporary(replay->schema);
    return true;
}
