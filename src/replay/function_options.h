/*
 * What stands after a function's parameters: LANGUAGE, IMMUTABLE, STRICT, AS
 * and so on.
 */
#ifndef REPLAY_FUNCTION_OPTIONS_H
#define REPLAY_FUNCTION_OPTIONS_H

#include "replay/context.h"

struct function_options {
    const char *language; /* never null once it was read */
    const char *body;     /* null: a link symbol, or SQL without quotes */
    enum volatility volatility;
    struct place volatility_at; /* the word; source null: not said */
    bool is_strict;
    bool is_security_definer;
    bool has_search_path;
    struct search_path *search_path; /* null: none, or not known */
    bool is_window;
    struct place definer_at; /* SECURITY DEFINER; source null: not said */
    struct place body_at;    /* as of struct function */
};

/* False if the server refuses them. */
bool function_options_read(struct replay *replay,
                           const CreateFunctionStmt *create,
                           struct function_options *options);

/* function_definition.c. The parameter's default, bound; the function needs
 * what it names. */
bool function_bind_default(struct replay *replay, struct function *function,
                           struct parameter *parameter,
                           const FunctionParameter *node);

/* Sets the function's definition, and its body if that has no quotes. Both: false if the server refuses. */
bool function_keep_definition(struct replay *replay, struct function *function,
                              const CreateFunctionStmt *create);

#endif
