/*
 * The sequences that nextval() and its like name.
 */
#include "locks/study.h"

#include "sql/lexer.h"

#include <string.h>

/* `"My".seq`, as in a string. */
static struct qualified_name name_from_text(struct arena *arena,
                                            const char *text)
{
    struct qualified_name name = {0};
    struct lexer lexer = lexer_of(slice_from(text));
    struct token token;

    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer)) {
        struct slice word = token_text(lexer.text, token);
        char *part;

        if (token.kind != TOKEN_WORD && token.kind != TOKEN_QUOTED_IDENTIFIER)
            continue;
        if (token.kind == TOKEN_QUOTED_IDENTIFIER && word.length >= 2)
            word = slice_part(word, 1, word.length - 1);
        part = arena_copy(arena, word);
        for (char *c = part; token.kind == TOKEN_WORD && *c; c++)
            *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + ('a' - 'A') : *c);
        name.catalog = name.schema;
        name.schema = name.name;
        name.name = part;
    }
    return name;
}

static const char *string_in(const Node *node)
{
    const TypeCast *cast = node_as(TypeCast, node);
    const A_Const *constant = node_as(A_Const, cast ? cast->arg : node);

    return constant && !constant->isnull && nodeTag(&constant->val) == T_String
               ? constant->val.sval.sval
               : NULL;
}

/* pg_get_serial_sequence('table', 'column') */
static const struct relation *serial_sequence(struct study *study,
                                              const FuncCall *call)
{
    const char *table_name, *column;
    struct table *table;

    if (strcmp(name_from_list(call->funcname).name, "pg_get_serial_sequence") !=
            0 ||
        list_length(call->args) != 2)
        return NULL;
    table_name = string_in(linitial(call->args));
    column = string_in(lsecond(call->args));
    if (!table_name || !column)
        return NULL;
    table = model_find_table(study->schema,
                             name_from_text(study->arena, table_name));
    for (size_t i = 0; table && i < table->sequences.count; i++) {
        const struct sequence *sequence = table->sequences.items[i];

        if (!sequence->relation.object.is_dropped && sequence->owned_by &&
            strcmp(sequence->owned_by->name, column) == 0)
            return &sequence->relation;
    }
    return NULL;
}

static bool uses_sequence(const FuncCall *call)
{
    static const char *const names[] = {"nextval", "setval", "currval"};
    const char *name = name_from_list(call->funcname).name;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0)
            return call->args != NIL;
    }
    return false;
}

void study_call(struct study *study, const FuncCall *call)
{
    const Node *argument;
    const char *text;

    if (!uses_sequence(call))
        return;
    argument = linitial(call->args);
    text = string_in(argument);
    if (node_as(FuncCall, argument))
        study_lock(study, serial_sequence(study, (const FuncCall *)argument),
                   LOCK_ROW_EXCLUSIVE);
    else if (text)
        study_lock_name(study, name_from_text(study->arena, text),
                        RELATION_SEQUENCE, LOCK_ROW_EXCLUSIVE);
}
