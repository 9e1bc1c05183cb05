/*
 * Writes objects of the schema as SQL for those who compare and undo: in the
 * names of the day, with the expressions as their author wrote them. Where the
 * schema does not know enough, nothing is written.
 */
#include "schema/difference_text.h"

#include "base/buffer.h"
#include "schema/type.h"
#include "sql/ast.h"
#include "sql/lexer.h"
#include "sql/parser.h"

#include <ctype.h>
#include <string.h>

/* Who writes more around one expression has another expression. */
#define PARENTHESES_MAX 8

struct token_array ARRAY(struct token);

static const char *quote(struct arena *arena, const char *name)
{
    return parser_quote_identifier(arena, name);
}

static struct token_array tokens_of(struct arena *arena, struct slice text)
{
    struct lexer lexer = lexer_of(text);
    struct token_array tokens = {0};
    struct token token;

    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer))
        *array_push(arena, &tokens) = token;
    return tokens;
}

/* The parenthesis at the start is closed by the last token. */
static bool is_in_parentheses(struct slice text, const struct token *tokens,
                              size_t count)
{
    size_t depth = 0;

    if (count < 2 || !token_is(text, tokens[0], "("))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (token_is(text, tokens[i], "("))
            depth++;
        else if (token_is(text, tokens[i], ")") && --depth == 0)
            return i == count - 1;
    }
    return false;
}

static void add_token(struct buffer *buffer, struct slice token)
{
    for (size_t i = 0; i < token.length; i++)
        buffer_add_char(buffer, (char)tolower((unsigned char)token.start[i]));
}

static const char *join_tokens(struct arena *arena, struct slice text,
                               const struct token *tokens, size_t count)
{
    struct buffer buffer;

    buffer_init(&buffer, arena);
    for (size_t i = 0; i < count; i++) {
        struct slice words = token_text(text, tokens[i]);

        if (i > 0)
            buffer_add_char(&buffer, ' ');
        if (tokens[i].kind == TOKEN_WORD)
            add_token(&buffer, words);
        else
            buffer_add(&buffer, words);
    }
    return buffer_text(&buffer);
}

const char *text_of_tokens(struct arena *arena, const char *expression)
{
    struct slice text = slice_from(expression);
    struct token_array tokens;
    size_t first = 0;

    if (!expression)
        return NULL;
    tokens = tokens_of(arena, text);
    while (
        first < PARENTHESES_MAX &&
        is_in_parentheses(text, tokens.items + first, tokens.count - 2 * first))
        first++;
    return join_tokens(arena, text, tokens.items + first,
                       tokens.count - 2 * first);
}

/* Words of types that are more than one word: character varying, timestamp
 * with time zone. */
static bool continues_type(struct slice text, struct token token)
{
    static const char *const words[] = {"precision", "varying", "with",
                                        "without",   "time",    "zone"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (token_is_word(text, token, words[i]))
            return true;
    return false;
}

/* From the `::` at this token on: where its type ends. */
static size_t skip_cast(struct slice text, const struct token_array *tokens,
                        size_t at)
{
    size_t count = tokens->count;
    const struct token *items = tokens->items;

    at += 2;
    while (at + 1 < count && token_is(text, items[at], "."))
        at += 2;
    while (at < count && continues_type(text, items[at]))
        at++;
    if (at < count && token_is(text, items[at], "("))
        while (at < count && !token_is(text, items[at++], ")")) {
        }
    while (at < count &&
           (token_is(text, items[at], "[") || token_is(text, items[at], "]")))
        at++;
    return at;
}

/* 5, '5', 'a' and A all as the server would keep them, or as well. */
static void add_meaning(struct buffer *buffer, struct slice text,
                        struct token token)
{
    struct slice words = token_text(text, token);

    if (token_is(text, token, "!="))
        words = SLICE("<>");
    if (token_is_word(text, token, "current_timestamp"))
        words = SLICE("now");
    if (token.kind == TOKEN_STRING && words.length > 2 &&
        words.start[0] == '\'' && isdigit((unsigned char)words.start[1]))
        words = slice_part(words, 1, words.length - 1);
    if (token.kind == TOKEN_QUOTED_IDENTIFIER && words.length > 2 &&
        words.start[0] == '"')
        words = slice_part(words, 1, words.length - 1);
    if (token.kind == TOKEN_WORD)
        add_token(buffer, words);
    else
        buffer_add(buffer, words);
    buffer_add_char(buffer, ' ');
}

const char *text_of_meaning(struct arena *arena, const char *expression)
{
    struct slice text = slice_from(expression);
    struct token_array tokens;
    struct buffer buffer;

    if (!expression)
        return NULL;
    tokens = tokens_of(arena, text);
    buffer_init(&buffer, arena);
    for (size_t i = 0; i < tokens.count;) {
        if (token_is(text, tokens.items[i], "::")) {
            i = skip_cast(text, &tokens, i);
            continue;
        }
        /* Without the parentheses nearly nothing is the same that is not. */
        if (token_is(text, tokens.items[i], "(") ||
            token_is(text, tokens.items[i], ")")) {
            i++;
        } else if (i + 1 < tokens.count &&
                   token_is(text, tokens.items[i + 1], ".")) {
            i += 2;
        } else {
            add_meaning(&buffer, text, tokens.items[i++]);
        }
    }
    return buffer_text(&buffer);
}

const char *text_of_name(struct arena *arena, const struct namespace *namespace,
                         const char *name)
{
    if (!namespace || strcmp(namespace->name, "public") == 0)
        return quote(arena, name);
    return arena_format(arena, "%s.%s", quote(arena, namespace->name),
                        quote(arena, name));
}

const char *text_of_relation(struct arena *arena,
                             const struct relation *relation)
{
    return text_of_name(arena, relation->namespace, relation->name);
}

const char *text_of_type(struct arena *arena, struct data_type type)
{
    const char *text = type_to_text(arena, type);

    if (text && strncmp(text, "public.", strlen("public.")) == 0)
        text += strlen("public.");
    return text;
}

const char *text_of_columns(struct arena *arena,
                            const struct column_array *columns)
{
    struct buffer buffer;

    buffer_init(&buffer, arena);
    for (size_t i = 0; i < columns->count; i++)
        buffer_add_format(&buffer, "%s%s", i ? ", " : "",
                          quote(arena, columns->items[i]->name));
    return buffer_text(&buffer);
}

const char *text_of_identity(const struct column *column)
{
    switch ((enum column_identity)column->identity) {
    case IDENTITY_NONE: return NULL;
    case IDENTITY_ALWAYS: return "GENERATED ALWAYS AS IDENTITY";
    case IDENTITY_BY_DEFAULT: return "GENERATED BY DEFAULT AS IDENTITY";
    }
    return NULL;
}

/* A serial column's type by the name that brings its sequence along. */
static const char *serial_of(const char *type)
{
    if (strcmp(type, "bigint") == 0)
        return "bigserial";
    return strcmp(type, "smallint") == 0 ? "smallserial" : "serial";
}

const char *text_of_column(struct arena *arena, const struct column *column)
{
    const char *type = text_of_type(arena, column->data_type);
    struct buffer buffer;

    if (!type || (column->generated && !column->default_text))
        return NULL;
    buffer_init(&buffer, arena);
    buffer_add_text(&buffer, column->is_serial ? serial_of(type) : type);
    if (column->collation)
        buffer_add_format(&buffer, " COLLATE %s", column->collation);
    if (column->generated)
        buffer_add_format(
            &buffer, " GENERATED ALWAYS AS (%s) %s", column->default_text,
            column->generated == GENERATED_STORED ? "STORED" : "VIRTUAL");
    else if (column->default_text)
        buffer_add_format(&buffer, " DEFAULT %s", column->default_text);
    if (text_of_identity(column))
        buffer_add_format(&buffer, " %s", text_of_identity(column));
    else if (!column->is_nullable)
        buffer_add_text(&buffer, " NOT NULL");
    return buffer_text(&buffer);
}

/* The expression was written with the names that the columns have. */
static bool names_columns(struct arena *arena, const char *expression,
                          const struct column_array *columns)
{
    struct slice text = slice_from(expression);
    struct token_array tokens = tokens_of(arena, text);

    for (size_t i = 0; i < columns->count; i++) {
        bool is_found = false;

        for (size_t j = 0; j < tokens.count && !is_found; j++)
            is_found =
                token_is_name(text, tokens.items[j], columns->items[i]->name);
        if (!is_found)
            return false;
    }
    return true;
}

static void add_index_column(struct buffer *buffer,
                             const struct index_column *column)
{
    if (column->column)
        buffer_add_text(buffer, quote(buffer->arena, column->column->name));
    else
        buffer_add_format(buffer, "(%s)",
                          text_of_tokens(buffer->arena, column->expression));
    if (column->collation)
        buffer_add_format(buffer, " COLLATE %s", column->collation);
    if (column->opclass)
        buffer_add_format(buffer, " %s", column->opclass);
    if (column->is_descending)
        buffer_add_text(buffer, " DESC");
    if (column->is_nulls_first != column->is_descending)
        buffer_add_text(buffer, column->is_nulls_first ? " NULLS FIRST"
                                                       : " NULLS LAST");
    if (column->exclusion_operator)
        buffer_add_format(buffer, " WITH %s", column->exclusion_operator);
}

/* All expressions of the index, one after another. */
static const char *expressions_of(struct arena *arena,
                                  const struct index *index)
{
    struct buffer buffer;

    buffer_init(&buffer, arena);
    for (size_t i = 0; i < index->column_count; i++) {
        if (index->columns[i].column)
            continue;
        if (!index->columns[i].expression)
            return NULL;
        buffer_add_format(&buffer, " %s", index->columns[i].expression);
    }
    if (index->predicate)
        buffer_add_format(&buffer, " %s", index->predicate);
    return buffer_text(&buffer);
}

const char *text_of_keys(struct arena *arena, const struct index *index)
{
    const char *expressions = expressions_of(arena, index);
    struct buffer buffer;

    if (index->column_count == 0 || !expressions ||
        !names_columns(arena, expressions, &index->reads))
        return NULL;
    buffer_init(&buffer, arena);
    if (strcmp(index->method, "btree") != 0)
        buffer_add_format(&buffer, "USING %s ", index->method);
    buffer_add_char(&buffer, '(');
    for (size_t i = 0; i < index->column_count; i++) {
        buffer_add_text(&buffer, i ? ", " : "");
        add_index_column(&buffer, &index->columns[i]);
    }
    buffer_add_char(&buffer, ')');
    if (index->include.count)
        buffer_add_format(&buffer, " INCLUDE (%s)",
                          text_of_columns(arena, &index->include));
    if (index->is_nulls_not_distinct)
        buffer_add_text(&buffer, " NULLS NOT DISTINCT");
    if (index->predicate)
        buffer_add_format(&buffer, " WHERE %s",
                          text_of_tokens(arena, index->predicate));
    return buffer_text(&buffer);
}

const char *text_of_index(struct arena *arena, const struct index *index)
{
    const char *keys = text_of_keys(arena, index);

    return keys ? arena_format(arena, "ON %s %s",
                               text_of_relation(arena, &index->table->relation),
                               keys)
                : NULL;
}

static const char *action_of(char action)
{
    switch (action) {
    case FKCONSTR_ACTION_RESTRICT: return "RESTRICT";
    case FKCONSTR_ACTION_CASCADE: return "CASCADE";
    case FKCONSTR_ACTION_SETNULL: return "SET NULL";
    case FKCONSTR_ACTION_SETDEFAULT: return "SET DEFAULT";
    default: return NULL;
    }
}

static void add_foreign_key(struct buffer *buffer, const struct constraint *key)
{
    const char *on_update = action_of(key->on_update);
    const char *on_delete = action_of(key->on_delete);

    buffer_add_format(
        buffer, "FOREIGN KEY (%s) REFERENCES %s",
        text_of_columns(buffer->arena, &key->columns),
        text_of_relation(buffer->arena, &key->referenced->relation));
    if (key->referenced_columns.count)
        buffer_add_format(
            buffer, " (%s)",
            text_of_columns(buffer->arena, &key->referenced_columns));
    if (key->match == FKCONSTR_MATCH_FULL)
        buffer_add_text(buffer, " MATCH FULL");
    if (on_update)
        buffer_add_format(buffer, " ON UPDATE %s", on_update);
    if (on_delete)
        buffer_add_format(buffer, " ON DELETE %s", on_delete);
    if (on_delete && key->delete_columns && key->delete_columns->count)
        buffer_add_format(buffer, " (%s)",
                          text_of_columns(buffer->arena, key->delete_columns));
}

/* False if it is not known. */
static bool add_definition(struct buffer *buffer,
                           const struct constraint *constraint)
{
    struct arena *arena = buffer->arena;
    const struct index *index = constraint->index;
    const char *keys;

    switch (constraint->type) {
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_UNIQUE:
        if (constraint->columns.count == 0)
            return false;
        buffer_add_format(
            buffer, "%s%s (%s)",
            constraint->type == CONSTRAINT_UNIQUE ? "UNIQUE" : "PRIMARY KEY",
            index && index->is_nulls_not_distinct ? " NULLS NOT DISTINCT" : "",
            text_of_columns(arena, &constraint->columns));
        if (index && index->include.count)
            buffer_add_format(buffer, " INCLUDE (%s)",
                              text_of_columns(arena, &index->include));
        return true;
    case CONSTRAINT_EXCLUDE:
        keys = index ? text_of_keys(arena, index) : NULL;
        buffer_add_format(buffer, "EXCLUDE %s", keys ? keys : "");
        return keys != NULL;
    case CONSTRAINT_FOREIGN_KEY:
        if (!constraint->referenced)
            return false;
        add_foreign_key(buffer, constraint);
        return true;
    case CONSTRAINT_CHECK:
        if (!constraint->expression ||
            !names_columns(arena, constraint->expression, &constraint->columns))
            return false;
        buffer_add_format(buffer, "CHECK (%s)",
                          text_of_tokens(arena, constraint->expression));
        return true;
    case CONSTRAINT_NOT_NULL:
        if (constraint->columns.count != 1)
            return false;
        buffer_add_format(buffer, "NOT NULL %s",
                          text_of_columns(arena, &constraint->columns));
        return true;
    }
    return false;
}

const char *text_of_constraint(struct arena *arena,
                               const struct constraint *constraint)
{
    struct buffer buffer;

    buffer_init(&buffer, arena);
    if (!add_definition(&buffer, constraint))
        return NULL;
    if (constraint->is_no_inherit)
        buffer_add_text(&buffer, " NO INHERIT");
    if (constraint->is_deferrable)
        buffer_add_text(&buffer, " DEFERRABLE");
    if (constraint->is_initially_deferred)
        buffer_add_text(&buffer, " INITIALLY DEFERRED");
    if (!constraint->is_enforced)
        buffer_add_text(&buffer, " NOT ENFORCED");
    return buffer_text(&buffer);
}

const char *text_of_arguments(struct arena *arena,
                              const struct function *function)
{
    struct buffer buffer;
    bool is_first = true;

    buffer_init(&buffer, arena);
    for (size_t i = 0; i < function->parameter_count; i++) {
        const struct parameter *parameter = &function->parameters[i];
        const char *type = text_of_type(arena, parameter->type);

        if (parameter->mode == FUNC_PARAM_OUT ||
            parameter->mode == FUNC_PARAM_TABLE)
            continue;
        if (!type)
            return NULL;
        buffer_add_format(&buffer, "%s%s", is_first ? "" : ", ", type);
        is_first = false;
    }
    return buffer_text(&buffer);
}

/* It is written within CREATE TABLE. */
static bool is_own(const struct constraint *constraint)
{
    return !constraint->object.is_dropped && constraint->is_local &&
           !constraint->inherited_from &&
           constraint->type != CONSTRAINT_NOT_NULL;
}

static bool add_elements(struct buffer *buffer, const struct table *table)
{
    struct arena *arena = buffer->arena;
    const char *separator = "";

    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];
        const char *text;

        if (column->object.is_dropped)
            continue;
        text = text_of_column(arena, column);
        if (!text)
            return false;
        buffer_add_format(buffer, "%s\n    %s %s", separator,
                          quote(arena, column->name), text);
        separator = ",";
    }
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = table->constraints.items[i];
        const char *text;

        if (!is_own(constraint))
            continue;
        text = text_of_constraint(arena, constraint);
        if (!text)
            return false;
        buffer_add_format(buffer, "%s\n    CONSTRAINT %s %s", separator,
                          quote(arena, constraint->name), text);
        separator = ",";
    }
    return true;
}

static bool add_indexes(struct buffer *buffer, const struct table *table)
{
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];
        const char *text;

        if (index->relation.object.is_dropped || index->constraint)
            continue;
        text = text_of_index(buffer->arena, index);
        if (!text)
            return false;
        buffer_add_format(buffer, "\nCREATE %sINDEX %s %s;",
                          index->is_unique ? "UNIQUE " : "",
                          quote(buffer->arena, index->relation.name), text);
    }
    return true;
}

const char *text_of_table(struct arena *arena, const struct table *table)
{
    struct buffer buffer;

    if (table->relation.kind != RELATION_TABLE || !table->is_complete ||
        table->parents.count > 0 || table->of_type)
        return NULL;
    buffer_init(&buffer, arena);
    buffer_add_format(&buffer, "CREATE %sTABLE %s (",
                      table->relation.is_unlogged ? "UNLOGGED " : "",
                      text_of_relation(arena, &table->relation));
    if (!add_elements(&buffer, table))
        return NULL;
    buffer_add_text(&buffer, "\n);");
    return add_indexes(&buffer, table) ? buffer_text(&buffer) : NULL;
}
