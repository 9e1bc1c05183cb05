/*
 * Writes a domain's CHECK as a CHECK of a table.
 */
#include "lint/domain_advice.h"

#include "sql/lexer.h"

const char *domain_advice_condition(struct check *check, struct slice condition,
                                    const char *column)
{
    struct lexer lexer = lexer_of(condition);
    struct buffer text;
    size_t end = 0;

    if (condition.length == 0)
        return check_format(check, "(%s IS NOT NULL)", column);
    buffer_init(&text, check->arena);
    if (condition.start[0] != '(')
        buffer_add_char(&text, '(');
    for (;;) {
        struct token token = lexer_next_significant(&lexer);

        if (token.kind == TOKEN_END)
            break;
        buffer_add(&text, slice_part(condition, end, token.offset));
        if (token_is_word(condition, token, "VALUE"))
            buffer_add_text(&text, column);
        else
            buffer_add(&text, token_text(condition, token));
        end = token.offset + token.length;
    }
    if (condition.start[0] != '(')
        buffer_add_char(&text, ')');
    return buffer_text(&text);
}
