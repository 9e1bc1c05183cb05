/*
 * Chooses the way to change a column's type by what the change would cost, and
 * writes it with the user's own names.
 */
#include "lint/type_advice.h"

#include "lint/index_advice.h"

#include <string.h>

/* How many indexes and constraints a help deals with. */
#define PARTS_MAX 4

/* What the sub-command costs beside a rewrite. */
struct parts {
    const struct index *indexes[PARTS_MAX];
    const struct constraint *checks[PARTS_MAX];
    size_t index_count;
    size_t check_count;
    bool is_rewrite;
    bool is_other; /* there are more, or foreign keys, or what has to be unique
                      all the time */
};

static const char *table_sql(struct check *check,
                             const struct changed_type *changed)
{
    return check_quote_name(check, changed->name);
}

static const char *column_sql(struct check *check,
                              const struct changed_type *changed)
{
    return check_quote(check, changed->action->name);
}

struct span type_advice_using(const struct check *check,
                              const struct changed_type *changed)
{
    size_t end = changed->words.offset + changed->words.length;
    struct lexer lexer = lexer_of(slice_part(check->text, 0, end));
    struct span type = words_find(check->text, check->statement,
                                  changed->words.offset, "TYPE");

    lexer.offset = type.offset + type.length;
    for (size_t depth = 0;;) {
        struct token token = lexer_next_significant(&lexer);

        if (token.kind == TOKEN_END)
            return (struct span){end, 0};
        if (depth == 0 && token_is_word(lexer.text, token, "USING"))
            return (struct span){token.offset, end - token.offset};
        if (token_is(lexer.text, token, "("))
            depth++;
        else if (token_is(lexer.text, token, ")") && depth > 0)
            depth--;
    }
}

struct slice type_advice_words(const struct check *check,
                               const struct changed_type *changed)
{
    struct span type = words_find(check->text, check->statement,
                                  changed->words.offset, "TYPE");
    struct span rest = type_advice_using(check, changed);
    struct lexer lexer = lexer_of(check->text);

    lexer.offset = type.offset + type.length;
    return lexer_trim_end(slice_part(
        check->text, lexer_next_significant(&lexer).offset, rest.offset));
}

/*
 * What it costs.
 */

static void add_part(struct parts *parts, const struct changed_type *changed,
                     const struct work_cause *cause)
{
    const struct relation *own =
        changed->table != NULL ? &changed->table->relation : NULL;

    if (cause->kind == WORK_REWRITE)
        parts->is_rewrite = true;
    else if (cause->on != own || parts->index_count == PARTS_MAX ||
             parts->check_count == PARTS_MAX)
        parts->is_other = true;
    else if (cause->kind == WORK_INDEX_BUILD && cause->index != NULL &&
             !cause->index->is_unique && cause->index->constraint == NULL)
        parts->indexes[parts->index_count++] = cause->index;
    else if (cause->kind == WORK_SCAN && cause->constraint != NULL)
        parts->checks[parts->check_count++] = cause->constraint;
    else
        parts->is_other = true;
}

static struct parts parts_of(struct check *check,
                             const struct changed_type *changed)
{
    const struct effects *effects = check_effects(check);
    struct parts parts = {.index_count = 0};

    for (size_t i = 0; i < effects->causes.count; i++)
        if (effects->causes.items[i].command == changed->action)
            add_part(&parts, changed, &effects->causes.items[i]);
    return parts;
}

static bool has_name(const struct column *column, const char *name)
{
    return column != NULL && column->data_type.type != NULL &&
           strcmp(column->data_type.type->name, name) == 0;
}

/*
 * A shorter varchar: a CHECK does it.
 */

/* The length that varchar(n) allows; 0 if the new type is another. */
static int new_length(const struct changed_type *changed)
{
    const ColumnDef *definition = (const ColumnDef *)changed->action->def;
    const TypeName *type = definition->typeName;
    const A_Const *length = list_length(type->typmods) == 1
                                ? node_as(A_Const, linitial(type->typmods))
                                : NULL;

    if (length == NULL || !IsA(&length->val, Integer) ||
        type->arrayBounds != NIL ||
        strcmp(name_from_list(type->names).name, "varchar") != 0)
        return 0;
    return length->val.ival.ival;
}

static const char *length_help(struct check *check,
                               const struct changed_type *changed)
{
    const char *table = table_sql(check, changed);
    const char *name = check_quote(
        check, advice_free_name(check, changed->name, changed->table,
                                changed->action->name, "check"));
    struct buffer help;

    buffer_init(&help, check->arena);
    buffer_add_format(&help,
                      "-- a CHECK limits the length, and the type stays:\n"
                      "ALTER TABLE %s ADD CONSTRAINT %s CHECK (char_length(%s) "
                      "<= %d) NOT VALID;\n",
                      table, name, column_sql(check, changed),
                      new_length(changed));
    advice_add_later(check, &help);
    buffer_add_format(&help, "ALTER TABLE %s VALIDATE CONSTRAINT %s;", table,
                      name);
    return buffer_text(&help);
}

/*
 * timestamp and timestamptz: the same bits in a session whose time zone is UTC.
 */

static bool is_at_utc(const struct changed_type *changed)
{
    const ColumnDef *definition = (const ColumnDef *)changed->action->def;
    const FuncCall *call = node_as(FuncCall, definition->raw_default);
    const A_Const *zone;

    if (definition->raw_default == NULL)
        return true;
    if (call == NULL || list_length(call->args) != 2 ||
        strcmp(name_from_list(call->funcname).name, "timezone") != 0 ||
        node_as(ColumnRef, lsecond(call->args)) == NULL)
        return false;
    zone = node_as(A_Const, linitial(call->args));
    return zone != NULL && IsA(&zone->val, String) &&
           (strcmp(zone->val.sval.sval, "UTC") == 0 ||
            strcmp(zone->val.sval.sval, "utc") == 0);
}

static bool is_same_instant(const struct changed_type *changed)
{
    const ColumnDef *definition = (const ColumnDef *)changed->action->def;
    const TypeName *type = definition->typeName;
    const char *other;

    if (has_name(changed->column, "timestamp"))
        other = "timestamptz";
    else if (has_name(changed->column, "timestamptz"))
        other = "timestamp";
    else
        return false;
    return type->typmods == NIL && type->arrayBounds == NIL &&
           changed->column->data_type.modifier < 0 &&
           strcmp(name_from_list(type->names).name, other) == 0 &&
           is_at_utc(changed);
}

static const char *instant_help(struct check *check,
                                const struct changed_type *changed)
{
    const ColumnDef *definition = (const ColumnDef *)changed->action->def;
    struct slice type = type_advice_words(check, changed);
    bool is_local = advice_transaction_kind(check) != TRANSACTION_NONE;

    return check_format(
        check,
        "-- %swhere the session's time zone is UTC the values stay as they "
        "are:\n"
        "SET %sTimeZone = 'UTC';\n"
        "ALTER TABLE %s ALTER COLUMN %s TYPE %.*s;\n"
        "%s",
        definition->raw_default == NULL ? "if the values are in UTC: " : "",
        is_local ? "LOCAL " : "", table_sql(check, changed),
        column_sql(check, changed), (int)type.length, type.start,
        is_local ? "SET LOCAL TimeZone TO DEFAULT;" : "RESET TimeZone;");
}

/*
 * Indexes and CHECKs go first and come back after.
 */

static void add_alter(struct check *check, struct buffer *help,
                      const struct changed_type *changed,
                      const struct parts *parts)
{
    buffer_add_format(help, "ALTER TABLE %s ", table_sql(check, changed));
    for (size_t i = 0; i < parts->check_count; i++)
        buffer_add_format(help, "DROP CONSTRAINT %s,\n    ",
                          check_quote(check, parts->checks[i]->name));
    buffer_add(help, slice_part(check->text, changed->words.offset,
                                changed->words.offset + changed->words.length));
    for (size_t i = 0; i < parts->check_count; i++) {
        const char *expression = parts->checks[i]->expression;
        bool is_bare = expression[0] != '(';

        buffer_add_format(help,
                          ",\n    ADD CONSTRAINT %s CHECK %s%s%s%s NOT VALID",
                          check_quote(check, parts->checks[i]->name),
                          is_bare ? "(" : "", expression, is_bare ? ")" : "",
                          parts->checks[i]->is_no_inherit ? " NO INHERIT" : "");
    }
    buffer_add_text(help, ";\n");
}

static const char *parts_help(struct check *check,
                              const struct changed_type *changed,
                              const struct parts *parts)
{
    struct buffer help;

    buffer_init(&help, check->arena);
    if (parts->index_count > 0)
        buffer_add_text(&help, "-- queries do without the index meanwhile:\n");
    for (size_t i = 0; i < parts->index_count; i++)
        buffer_add_format(
            &help, "DROP INDEX CONCURRENTLY %s;\n",
            advice_relation_sql(check, &parts->indexes[i]->relation));
    add_alter(check, &help, changed, parts);
    for (size_t i = 0; i < parts->index_count; i++)
        index_advice_add_create(check, &help, changed->name, parts->indexes[i],
                                NULL);
    if (parts->check_count > 0)
        advice_add_later(check, &help);
    for (size_t i = 0; i < parts->check_count; i++)
        buffer_add_format(&help, "ALTER TABLE %s VALIDATE CONSTRAINT %s;\n",
                          table_sql(check, changed),
                          check_quote(check, parts->checks[i]->name));
    if (parts->index_count == 0)
        return advice_text(&help);
    advice_text(&help);
    advice_add_outside_transaction(check, &help, true);
    return buffer_text(&help);
}

const char *type_advice(struct check *check, const struct changed_type *changed)
{
    const ColumnDef *definition = (const ColumnDef *)changed->action->def;
    struct parts parts = parts_of(check, changed);

    if (!parts.is_rewrite && !parts.is_other)
        return parts_help(check, changed, &parts);
    if (parts.is_rewrite && definition->raw_default == NULL &&
        new_length(changed) > 0 &&
        (has_name(changed->column, "text") ||
         has_name(changed->column, "varchar")))
        return length_help(check, changed);
    if (parts.is_rewrite && is_same_instant(changed) &&
        !index_advice_has(changed->table, changed->column))
        return instant_help(check, changed);
    return type_advice_second_column(check, changed);
}
