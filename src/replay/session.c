/*
 * What a session has set: its search_path, time zone and timeouts, by SET,
 * set_config() and DISCARD.
 */
#include "replay/session.h"

#include "sql/lexer.h"

#include <stdlib.h>
#include <string.h>

static struct search_path *new_path(struct schema *schema,
                                    const char *const *names, size_t count)
{
    struct search_path *path = model_new_search_path(schema, count);

    for (size_t i = 0; i < count; i++)
        path->names[i] = model_name(schema, names[i]);
    return path;
}

static bool use_path(struct schema *schema, struct search_path *path,
                     bool is_local)
{
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

static const enum session_timeout timeouts[] = {TIMEOUT_LOCK,
                                                TIMEOUT_STATEMENT};

/* The timeout of that name, as the server compares names; null if it is none. */
static const enum session_timeout *find_timeout(const char *name)
{
    for (size_t i = 0; i < TIMEOUT_COUNT; i++) {
        if (slice_equal_ignoring_case(
                slice_from(name),
                slice_from(session_timeout_name(timeouts[i]))))
            return &timeouts[i];
    }
    return NULL;
}

static void set_timeout(struct schema *schema, enum session_timeout timeout,
                        bool is_on, bool is_local)
{
    struct timeout_setting *setting = &schema->timeouts[timeout];

    if (is_local)
        SET(schema, *setting,
            ((struct timeout_setting){setting->is_on, true, is_on}));
    else
        SET(schema, *setting, ((struct timeout_setting){is_on, false, false}));
}

/* `5s`, `0`: no time at all switches a timeout off. A text that is no number
 * is a placeholder, for what the author wants to be in force. */
static bool is_time(const char *text)
{
    char *end;
    double number = strtod(text, &end);

    return end == text || number > 0;
}

/* The value of SET timeout. */
static bool is_timeout_on(const VariableSetStmt *set)
{
    const A_Const *value =
        set->args != NIL ? node_as(A_Const, (Node *)linitial(set->args)) : NULL;

    if (set->kind == VAR_SET_DEFAULT || set->kind == VAR_RESET)
        return false;
    if (!value || value->isnull)
        return true;
    switch (nodeTag(&value->val)) {
    case T_Integer: return value->val.ival.ival > 0;
    case T_Float: return is_time(value->val.fval.fval);
    case T_String: return is_time(value->val.sval.sval);
    default: return true;
    }
}

void session_reset_timeouts(struct schema *schema)
{
    for (size_t i = 0; i < TIMEOUT_COUNT; i++)
        set_timeout(schema, timeouts[i], false, false);
}

bool session_has_local(const struct schema *schema)
{
    for (size_t i = 0; i < TIMEOUT_COUNT; i++) {
        if (schema->timeouts[i].is_local)
            return true;
    }
    return schema->local_search_path || schema->local_time_zone;
}

void session_end_transaction(struct schema *schema)
{
    SET(schema, schema->local_search_path, NULL);
    SET(schema, schema->local_time_zone, NULL);
    for (size_t i = 0; i < TIMEOUT_COUNT; i++) {
        if (schema->timeouts[i].is_local)
            set_timeout(schema, timeouts[i], schema->timeouts[i].is_on, false);
    }
}

bool session_reset(struct schema *schema)
{
    session_reset_time_zone(schema);
    session_reset_timeouts(schema);
    SET(schema, schema->has_escape_strings, false);
    return session_reset_path(schema, false);
}

struct search_path *session_path_of(struct replay *replay,
                                    const VariableSetStmt *set)
{
    struct schema *schema = replay->schema;
    size_t count = 0;
    const char **names;
    const ListCell *cell;

    if (set->kind == VAR_SET_CURRENT)
        return schema->local_search_path ? schema->local_search_path
                                         : schema->search_path;
    names = arena_alloc(&schema->scratch,
                        ((size_t)list_length(set->args) + 1) * sizeof *names);
    foreach (cell, set->args) {
        const A_Const *value = node_as(A_Const, (Node *)lfirst(cell));

        if (value && !value->isnull && nodeTag(&value->val) == T_String)
            names[count++] = value->val.sval.sval;
    }
    return new_path(schema, names, count);
}

/* A boolean is set to off; what cannot be read is taken for on. */
static bool is_off(const Node *node)
{
    static const char *const words[] = {"off", "false", "no", "0"};
    const A_Const *value = node_as(A_Const, node);

    if (!value || value->isnull)
        return false;
    if (nodeTag(&value->val) == T_Integer)
        return value->val.ival.ival == 0;
    if (nodeTag(&value->val) == T_Boolean)
        return !value->val.boolval.boolval;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (nodeTag(&value->val) == T_String &&
            slice_equal_ignoring_case(slice_from(value->val.sval.sval),
                                      slice_from(words[i])))
            return true;
    return false;
}

/* Statements that would change something are refused from here on: which, is
 * not found out. */
static bool makes_read_only(const VariableSetStmt *set)
{
    if (set->kind == VAR_SET_MULTI &&
        strcmp(set->name, "SESSION CHARACTERISTICS") == 0) {
        foreach_node (DefElem, option, set->args)
            if (strcmp(option->defname, "transaction_read_only") == 0)
                return !is_off(option->arg);
        return false;
    }
    return set->kind == VAR_SET_VALUE &&
           strcmp(set->name, "default_transaction_read_only") == 0 &&
           !is_off(linitial(set->args));
}

bool session_set(struct replay *replay, const VariableSetStmt *set)
{
    const enum session_timeout *timeout;

    if (set->name && makes_read_only(set))
        replay->is_opaque = true;
    if (set->name && strcmp(set->name, "standard_conforming_strings") == 0)
        SET(replay->schema, replay->schema->has_escape_strings,
            set->kind == VAR_SET_VALUE && is_off(linitial(set->args)));
    if (set->kind == VAR_RESET_ALL)
        return session_reset(replay->schema);
    if (set->name && strcmp(set->name, "timezone") == 0)
        return set_time_zone(replay->schema, set);
    timeout = set->name ? find_timeout(set->name) : NULL;
    if (timeout) {
        set_timeout(replay->schema, *timeout, is_timeout_on(set),
                    set->is_local);
        return true;
    }
    if (!set->name || strcmp(set->name, "search_path") != 0)
        return true;
    if (set->kind == VAR_SET_DEFAULT || set->kind == VAR_RESET)
        return session_reset_path(replay->schema, set->is_local);
    if (set->kind != VAR_SET_VALUE)
        return true;
    return use_path(replay->schema, session_path_of(replay, set),
                    set->is_local);
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
    return use_path(replay->schema, new_path(replay->schema, names, count),
                    is_local);
}

static const char *string_constant(const Node *node)
{
    const A_Const *value = node_as(A_Const, node);

    return value && !value->isnull && nodeTag(&value->val) == T_String
               ? value->val.sval.sval
               : NULL;
}

/* SELECT set_config(name, value, is_local). */
static bool call_set_config(struct replay *replay, const FuncCall *call)
{
    const enum session_timeout *timeout;
    const char *name, *value;
    const A_Const *constant;
    bool is_local;

    if (strcmp(name_from_string(llast(call->funcname)), "set_config") != 0 ||
        list_length(call->args) != 3)
        return true;
    name = string_constant(linitial(call->args));
    value = string_constant(lsecond(call->args));
    constant = node_as(A_Const, (Node *)lthird(call->args));
    is_local = constant && !constant->isnull &&
               nodeTag(&constant->val) == T_Boolean &&
               constant->val.boolval.boolval;
    timeout = name ? find_timeout(name) : NULL;
    if (timeout)
        set_timeout(replay->schema, *timeout, !value || is_time(value),
                    is_local);
    if (!name || !value || strcmp(name, "search_path") != 0)
        return true;
    return set_path_from_text(replay, value, is_local);
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
    if (statement->target == DISCARD_ALL)
        session_reset(replay->schema);
    if (statement->target == DISCARD_ALL || statement->target == DISCARD_TEMP)
        replay_drop_temporary(replay->schema);
    return true;
}
