/*
 * Shared by the rules about bodies.
 */
#include "lint/routine_advice.h"

#include "lint/advice.h"

const char *routine_advice_name(struct check *check)
{
    const CreateFunctionStmt *create =
        node_as(CreateFunctionStmt, check->routine->node);

    if (create == NULL)
        return "the DO block";
    return check_format(check, "the %s %s",
                        create->is_procedure ? "procedure" : "function",
                        advice_name(check, name_from_list(create->funcname)));
}

struct span routine_advice_word(const struct check *check, size_t offset)
{
    const struct body *body = &check->routine->body;
    size_t end = body->offset + body->text.length;
    struct lexer lexer = lexer_of(slice_part(check->text, 0, end));
    struct slice before;
    struct token token;

    lexer.offset = offset < end ? offset : end;
    token = lexer_next_significant(&lexer);
    if (token.kind != TOKEN_END)
        return (struct span){token.offset, token.length};
    before = lexer_trim_end(slice_part(check->text, body->offset, end));
    for (offset = before.length; offset > 0; offset--) {
        char c = before.start[offset - 1];

        if (c == ' ' || c == '\n' || c == '\t')
            break;
    }
    return (struct span){body->offset + offset, before.length - offset};
}
