/*
 * Tells the binding which words of the source name what, while the analysis
 * meets them. FROM items keep the names that they had: once a table or one of
 * its columns is renamed, the item gets an alias, and the rest of the query
 * stays as it was written. Only names that no alias can keep (a constraint's
 * own columns, targets of INSERT and UPDATE, NEW and OLD) follow one by one.
 */
#include "query/analysis.h"

#include "sql/lexer.h"
#include "sql/parser.h"
#include "sql/writer.h"

#include <string.h>

/* The parts of a dotted name: `a`, `.`, `b`. */
#define PARTS_MAX 4

struct words {
    struct span parts[PARTS_MAX];
    size_t count;
    size_t end;
};

static size_t token_end(struct token token)
{
    return token.offset + token.length;
}

static bool is_part(const struct binding *binding, struct token token)
{
    return token.kind == TOKEN_WORD || token.kind == TOKEN_QUOTED_IDENTIFIER ||
           token_is(binding->text, token, "*");
}

/* The dotted name at this location; count 0 if there is none. */
static struct words words_at_location(const struct binding *binding,
                                      ParseLoc location)
{
    struct lexer lexer = lexer_of(binding->text);
    struct words words = {.count = 0};

    if (location < 0)
        return words;
    lexer.offset = binding->base + (size_t)location;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);

        if (!is_part(binding, token) || words.count == PARTS_MAX)
            return words;
        words.parts[words.count++] = (struct span){token.offset, token.length};
        words.end = token_end(token);
        token = lexer_next_significant(&lexer);
        if (!token_is(binding->text, token, "."))
            return words;
    }
}

static struct reference *add(struct binding *binding, struct span words,
                             enum reference_form form, struct object *object)
{
    struct reference *reference =
        array_push(binding->arena, &binding->references);

    reference->offset = (uint32_t)words.offset;
    reference->length = (uint32_t)words.length;
    reference->form = form;
    reference->object = object;
    return reference;
}

static struct span whole(const struct words *words)
{
    return (struct span){words->parts[0].offset,
                         words->end - words->parts[0].offset};
}

static const char *quoted(struct binding *binding, const char *name)
{
    return parser_quote_identifier(binding->arena, name);
}

/* `s.t.c` of an item of FROM: `t.c`, since the item may get an alias. */
static void drop_schema(struct binding *binding, const struct words *words,
                        const struct range *range)
{
    struct span span;

    if (words->count < 3 || !range->name)
        return;
    span = (struct span){words->parts[0].offset, words->parts[1].offset +
                                                     words->parts[1].length -
                                                     words->parts[0].offset};
    add(binding, span, REFERENCE_TEXT, NULL)->text =
        quoted(binding, range->name);
}

void binding_note_column(struct scope *scope, const ColumnRef *reference,
                         const struct range *range, const struct slot *slot,
                         size_t levels_up)
{
    struct binding *binding = scope->analysis->binding;
    struct column *column = slot->value.column;
    struct words words;

    if (!binding)
        return;
    words = words_at_location(binding, reference->location);
    if (words.count == 0)
        return;
    if (!range->is_place && !range->is_target) {
        drop_schema(binding, &words, range);
    } else if (!column) {
        return;
    } else if (range->is_place && !range->is_state) {
        add(binding, whole(&words),
            levels_up > 0 ? REFERENCE_QUALIFIED_COLUMN : REFERENCE_COLUMN,
            &column->object);
    } else {
        drop_schema(binding, &words, range);
        add(binding, words.parts[words.count - 1], REFERENCE_COLUMN,
            &column->object);
    }
}

void binding_note_whole_row(struct scope *scope, const ColumnRef *reference,
                            const struct range *range, size_t levels_up)
{
    struct binding *binding = scope->analysis->binding;
    struct words words;

    (void)levels_up;
    if (!binding)
        return;
    words = words_at_location(binding, reference->location);
    if (words.count > 0 && range->is_place && !range->is_state && range->table)
        add(binding, words.parts[0], REFERENCE_COLUMN,
            &range->table->relation.object);
    else
        drop_schema(binding, &words, range);
}

void binding_note_field_call(struct scope *scope, const ColumnRef *reference,
                             const struct range *range,
                             const struct function *function)
{
    struct binding *binding = scope->analysis->binding;
    struct words words;

    if (!binding || !function || !range->name)
        return;
    words = words_at_location(binding, reference->location);
    if (words.count == 0)
        return;
    add(binding, whole(&words), REFERENCE_TEXT, NULL)->text = arena_format(
        binding->arena, "%s.%s(%s)", quoted(binding, function->namespace->name),
        quoted(binding, function->name), quoted(binding, range->name));
}

/* `*` after a table's name, an alias and its columns: all that belongs to the
 * item. */
static size_t end_of_item(const struct binding *binding, size_t offset,
                          const Alias *alias)
{
    struct lexer lexer = lexer_of(binding->text);
    size_t end = offset;
    struct token token;

    lexer.offset = offset;
    token = lexer_next_significant(&lexer);
    if (token_is(binding->text, token, "*")) {
        end = token_end(token);
        token = lexer_next_significant(&lexer);
    }
    if (!alias)
        return end;
    if (token_is_word(binding->text, token, "as"))
        token = lexer_next_significant(&lexer);
    end = token_end(token);
    if (!alias->colnames)
        return end;
    do
        token = lexer_next_significant(&lexer);
    while (token.kind != TOKEN_END && !token_is(binding->text, token, ")"));
    return token_end(token);
}

/* The names that the item's columns have, by position in the table. */
static const char *const *column_names(struct binding *binding,
                                       const struct range *range)
{
    const char **names =
        arena_alloc(binding->arena, (range->row.count + 1) * sizeof *names);

    for (size_t i = 0; i < range->row.count; i++)
        names[i] = range->row.items[i].name;
    return names;
}

void binding_note_from_item(struct scope *scope, const RangeVar *relation,
                            const struct range *range)
{
    struct binding *binding = scope->analysis->binding;
    struct relation *object;
    struct reference *reference;
    struct words words;

    if (!binding)
        return;
    object = range->table ? &range->table->relation : range->sequence;
    words = words_at_location(binding, relation->location);
    if (range->extension && words.count > 0) {
        add(binding, whole(&words), REFERENCE_NAME, &range->extension->object)
            ->text = range->relation_name;
        return;
    }
    if (!object || words.count == 0)
        return;
    words.end = end_of_item(binding, words.end, relation->alias);
    reference =
        add(binding, whole(&words), REFERENCE_FROM_ITEM, &object->object);
    reference->text = range->name;
    if (!range->is_target && range->table) {
        reference->column_count = (uint32_t)range->row.count;
        reference->columns = column_names(binding, range);
    }
}

/* Just after the parentheses that come next. */
static size_t end_of_parentheses(const struct binding *binding, size_t offset)
{
    struct lexer lexer = lexer_of(binding->text);
    size_t depth = 0;
    struct token token;

    lexer.offset = offset;
    do {
        token = lexer_next_significant(&lexer);
        if (token_is(binding->text, token, "("))
            depth++;
        else if (token_is(binding->text, token, ")"))
            depth--;
    } while (token.kind != TOKEN_END && depth > 0);
    return token_end(token);
}

static bool is_bound_at(const struct binding *binding, ParseLoc location)
{
    size_t offset = binding->base + (size_t)location;

    for (size_t i = binding->references.count; location >= 0 && i-- > 0;) {
        const struct reference *reference = &binding->references.items[i];

        if (reference->offset == offset && reference->form == REFERENCE_NAME)
            return true;
    }
    return false;
}

void binding_note_function_item(struct scope *scope, const RangeFunction *node,
                                const struct range *range)
{
    struct binding *binding = scope->analysis->binding;
    const FuncCall *call =
        node_as(FuncCall, (Node *)linitial((List *)linitial(node->functions)));
    struct words words;
    size_t end;

    if (!binding || node->is_rowsfrom || !call ||
        !is_bound_at(binding, call->location))
        return;
    words = words_at_location(binding, call->location);
    end = end_of_parentheses(binding, words.end);
    if (node->ordinality) {
        struct lexer lexer = lexer_of(binding->text);

        lexer.offset = end;
        lexer_next_significant(&lexer);
        end = token_end(lexer_next_significant(&lexer));
    }
    add(binding, (struct span){end, 0}, REFERENCE_TEXT, NULL)->text =
        arena_format(binding->arena, " AS %s", quoted(binding, range->name));
}

void binding_note_target(struct scope *scope, ParseLoc location,
                         struct column *column)
{
    struct binding *binding = scope->analysis->binding;
    struct words words;

    if (!binding || !column)
        return;
    words = words_at_location(binding, location);
    if (words.count > 0)
        add(binding, words.parts[0], REFERENCE_COLUMN, &column->object);
}

void binding_add_star_column(struct analysis *analysis, struct buffer *text,
                             const struct slot *slot)
{
    const struct range *origin = slot->origin;
    const char *name = slot->name;

    if (!analysis->binding)
        return;
    if (text->length > 0)
        buffer_add_text(text, ", ");
    if (origin && origin->name) {
        writer_add_identifier(text, origin->name);
        buffer_add_char(text, '.');
        name = origin->row.items[slot->origin_index].name;
    }
    writer_add_identifier(text, name);
}

void binding_note_star(struct scope *scope, const ColumnRef *star,
                       const struct buffer *text)
{
    struct binding *binding = scope->analysis->binding;
    struct words words;

    if (!binding)
        return;
    words = words_at_location(binding, star->location);
    if (words.count > 0)
        add(binding, whole(&words), REFERENCE_TEXT, NULL)->text =
            buffer_text(text);
}

/* A word that ends an item of a target list, where nothing else can stand. */
static bool ends_target(const struct binding *binding, struct token token,
                        struct token previous)
{
    static const char *const words[] = {
        "into",  "where",  "group", "having", "window",    "union", "order",
        "limit", "offset", "fetch", "for",    "intersect", "except"};

    if (token.kind == TOKEN_END || token_is(binding->text, token, ",") ||
        token_is(binding->text, token, ";"))
        return true;
    if (token_is_word(binding->text, token, "from"))
        return !token_is_word(binding->text, previous, "distinct");
    if (token_is_word(binding->text, token, "group") &&
        token_is_word(binding->text, previous, "within"))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (token_is_word(binding->text, token, words[i]))
            return true;
    }
    return false;
}

static size_t end_of_target(const struct binding *binding, ParseLoc location)
{
    struct lexer lexer = lexer_of(binding->text);
    struct token token = {.kind = TOKEN_END}, previous;
    size_t depth = 0;

    lexer.offset = binding->base + (size_t)location;
    for (;;) {
        previous = token;
        token = lexer_next_significant(&lexer);
        if (token.kind == TOKEN_END)
            return token_end(previous);
        if (token_is(binding->text, token, "(") ||
            token_is(binding->text, token, "["))
            depth++;
        else if (token_is(binding->text, token, ")") ||
                 token_is(binding->text, token, "]")) {
            if (depth == 0)
                return token_end(previous);
            depth--;
        } else if (depth == 0 && ends_target(binding, token, previous)) {
            return token_end(previous);
        }
    }
}

/* An output that is called after a function or type that may be renamed. */
void binding_note_output(struct scope *scope, const ResTarget *target,
                         const char *name)
{
    struct binding *binding = scope->analysis->binding;
    const FuncCall *call = node_as(FuncCall, target->val);
    const TypeCast *cast = node_as(TypeCast, target->val);
    ParseLoc location = call ? call->location : -1;

    if (cast)
        location = cast->typeName->location;
    if (!binding || !name || target->location < 0 ||
        !is_bound_at(binding, location))
        return;
    add(binding, (struct span){end_of_target(binding, target->location), 0},
        REFERENCE_TEXT, NULL)
        ->text = arena_format(binding->arena, " AS %s", quoted(binding, name));
}

void binding_note_function(struct scope *scope, ParseLoc location,
                           const struct function_choice *choice)
{
    struct binding *binding = scope->analysis->binding;
    struct words words;

    if (!binding || (!choice->function && !choice->extension))
        return;
    words = words_at_location(binding, location);
    if (words.count == 0)
        return;
    if (choice->function)
        add(binding, whole(&words), REFERENCE_NAME, &choice->function->object);
    else
        add(binding, whole(&words), REFERENCE_NAME, &choice->extension->object)
            ->text = builtin_text(choice->builtin->name);
}

void binding_note_type(struct scope *scope, const TypeName *name,
                       struct type *type)
{
    struct binding *binding = scope->analysis->binding;
    struct words words;

    if (!binding || name->pct_type)
        return;
    if (name->arrayBounds && type->kind == TYPE_ARRAY)
        type = type->element;
    if (!type || type_catalog_row(type))
        return;
    words = words_at_location(binding, name->location);
    if (words.count > 0)
        add(binding, whole(&words), REFERENCE_NAME, &type->object);
}

/* Null if no string constant stands there. */
static struct reference *add_string(struct analysis *analysis,
                                    ParseLoc location, enum reference_form form,
                                    struct object *object)
{
    struct binding *binding = analysis->binding;
    struct lexer lexer;
    struct token token;

    if (!binding || location < 0)
        return NULL;
    lexer = lexer_of(binding->text);
    lexer.offset = binding->base + (size_t)location;
    token = lexer_next_significant(&lexer);
    if (token.kind != TOKEN_STRING)
        return NULL;
    return add(binding, (struct span){token.offset, token.length}, form,
               object);
}

void binding_note_string(struct analysis *analysis, ParseLoc location,
                         struct object *object)
{
    add_string(analysis, location, REFERENCE_STRING, object);
}

void binding_note_label(struct analysis *analysis, ParseLoc location,
                        struct type *type, const struct enum_label *label)
{
    struct reference *reference =
        add_string(analysis, location, REFERENCE_LABEL, &type->object);

    if (reference)
        reference->label = label;
}

void binding_add_words(struct binding *binding, struct span words,
                       enum reference_form form, struct object *object)
{
    add(binding, words, form, object);
}

void binding_add_name(struct binding *binding, ParseLoc location,
                      struct object *object)
{
    struct words words = words_at_location(binding, location);

    if (words.count > 0)
        add(binding, whole(&words), REFERENCE_NAME, object);
    else
        binding->is_broken = true;
}
