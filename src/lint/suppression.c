/*
 * Suppressions: found in the comments of a file once its statements are known,
 * asked when all findings are. Comments are looked for where the splitter says
 * that there is SQL, so that COPY data and psql commands hold none.
 */
#include "lint/suppression.h"

#include "lint/rule_set.h"
#include "sql/lexer.h"

#include <stdlib.h>
#include <string.h>

static const char keyword[] = "pgsquint:";

struct reader {
    struct arena *arena;
    struct source *source;
    struct slice text;
    struct suppression_array *suppressions;
};

/* The keyword, in any case, with this letter of it somewhere in the text. */
static bool has_keyword_with(struct slice text, char letter, size_t index)
{
    const char *end = text.start + text.length;
    const char *at = text.start;
    size_t size = sizeof keyword - 1;

    while (at < end && (at = memchr(at, letter, (size_t)(end - at)))) {
        size_t offset = (size_t)(at++ - text.start);

        if (offset >= index &&
            slice_equal_ignoring_case(
                slice_part(text, offset - index, offset - index + size),
                slice_from(keyword)))
            return true;
    }
    return false;
}

/* Every file is asked, and a q is rarer in SQL than a p. */
static bool has_keyword(struct slice text)
{
    size_t index = (size_t)(strchr(keyword, 'q') - keyword);

    return text.length > 0 && (has_keyword_with(text, 'q', index) ||
                               has_keyword_with(text, 'Q', index));
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' ||
           byte == '\f' || byte == '\v';
}

static size_t offset_of(const struct reader *reader, struct slice part)
{
    return (size_t)(part.start - reader->text.start);
}

/* Like slice_trim(), but what is empty keeps its place. */
static struct slice trim(struct slice text)
{
    while (text.length && is_blank(text.start[0]))
        text = slice_part(text, 1, text.length);
    while (text.length && is_blank(text.start[text.length - 1]))
        text.length--;
    return text;
}

static size_t word_length(struct slice text)
{
    size_t length = 0;

    while (length < text.length && !is_blank(text.start[length]))
        length++;
    return length;
}

/* What the comment has to say to us; false if it is not for us. */
static bool find_directive(const struct reader *reader, struct token comment,
                           struct slice *directive)
{
    struct slice text = token_text(reader->text, comment);
    size_t line_end;

    text = slice_part(text, 2, text.length);
    if (comment.kind == TOKEN_BLOCK_COMMENT && !comment.unterminated)
        text.length -= 2;
    text = trim(text);
    if (!slice_equal_ignoring_case(slice_part(text, 0, sizeof keyword - 1),
                                   slice_from(keyword)))
        return false;
    text = slice_part(text, sizeof keyword - 1, text.length);
    for (line_end = 0; line_end < text.length; line_end++)
        if (text.start[line_end] == '\n' || text.start[line_end] == '\r')
            break;
    *directive = trim(slice_part(text, 0, line_end));
    return true;
}

/* The rule that is meant, whatever the case of its letters. */
static const struct rule *find_rule(struct slice id)
{
    char folded[64];

    if (id.length > sizeof folded)
        return NULL;
    for (size_t i = 0; i < id.length; i++) {
        char c = id.start[i];

        folded[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return rule_find((struct slice){folded, id.length});
}

static struct suppression *add(struct reader *reader, struct slice id)
{
    struct suppression *suppression =
        arena_alloc(reader->arena, sizeof *suppression);

    suppression->id = arena_copy_slice(reader->arena, id);
    suppression->rule = find_rule(id);
    suppression->source = reader->source;
    suppression->id_span = (struct span){offset_of(reader, id), id.length};
    *array_push(reader->arena, reader->suppressions) = suppression;
    return suppression;
}

/* One of the ids between commas. Words after it are reported as a second,
 * unknown one: the first is meant, and the user sees what is wrong. */
static void add_item(struct reader *reader, struct slice item,
                     const struct suppression *model)
{
    size_t length;

    item = trim(item);
    while (item.length) {
        bool is_first = (length = word_length(item)) < item.length &&
                        find_rule(slice_part(item, 0, length));
        struct slice id = slice_part(item, 0, is_first ? length : item.length);
        struct suppression *suppression = add(reader, id);

        suppression->is_for_file = model->is_for_file;
        suppression->target = model->target;
        suppression->reason = model->reason;
        item = trim(slice_part(item, id.length, item.length));
    }
}

/* Cuts ` -- reason` off the text. */
static struct slice cut_reason(struct slice *text)
{
    size_t dashes = slice_find(*text, SLICE("--"));
    struct slice reason;

    if (dashes == SLICE_NOT_FOUND)
        return (struct slice){NULL, 0};
    reason = trim(slice_part(*text, dashes + 2, text->length));
    *text = trim(slice_part(*text, 0, dashes));
    return reason;
}

/* allow RULE[, RULE] [-- reason] */
static void read_directive(struct reader *reader, struct slice text,
                           struct span target)
{
    struct suppression model = {.target = target};
    struct slice whole = text;
    struct slice verb;

    model.reason = cut_reason(&text);
    model.reason = arena_copy_slice(reader->arena, model.reason);
    verb = slice_part(text, 0, word_length(text));
    model.is_for_file = slice_equal_ignoring_case(verb, SLICE("allow-file"));
    if (model.is_for_file)
        model.target = (struct span){0, 0};
    if (!model.is_for_file &&
        !slice_equal_ignoring_case(verb, SLICE("allow"))) {
        add(reader, text.length ? text : whole);
        return;
    }
    text = trim(slice_part(text, verb.length, text.length));
    if (text.length == 0) {
        add(reader, verb);
        return;
    }
    while (text.length) {
        size_t comma = slice_find(text, SLICE(","));

        if (comma == SLICE_NOT_FOUND)
            comma = text.length;
        add_item(reader, slice_part(text, 0, comma), &model);
        text = slice_part(text, comma + 1, text.length);
    }
}

static size_t count_line_ends(struct slice text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.length; i++) {
        bool is_half = text.start[i] == '\r' && i + 1 < text.length &&
                       text.start[i + 1] == '\n';

        count += text.start[i] == '\n' || (text.start[i] == '\r' && !is_half);
    }
    return count;
}

static bool is_comment(struct token token)
{
    return token.kind == TOKEN_LINE_COMMENT ||
           token.kind == TOKEN_BLOCK_COMMENT;
}

/* Between statements, or a statement itself. */
struct region {
    size_t start;
    size_t end;
    const struct statement *before; /* ends on the line where the region
                                       begins; null if none does */
    const struct statement *after;  /* begins where the region ends */
    const struct statement *within; /* the region is this statement */
};

static struct lexer lexer_of_region(const struct reader *reader,
                                    const struct region *region)
{
    struct lexer lexer = lexer_of(slice_part(reader->text, 0, region->end));

    lexer.offset = region->start;
    return lexer;
}

/* Where the comments begin that stand right above the next statement, without
 * a blank line among them. */
static size_t attached_from(const struct reader *reader,
                            const struct region *region)
{
    struct lexer lexer = lexer_of_region(reader, region);
    size_t block = region->end;
    size_t last = region->start;

    for (;;) {
        struct token token = lexer_next(&lexer);
        struct slice between = slice_part(reader->text, last, token.offset);

        if (block == region->end || count_line_ends(between) > 1)
            block = token.offset;
        if (token.kind == TOKEN_END)
            return block;
        if (!is_comment(token))
            block = region->end;
        last = token.offset + token.length;
    }
}

/* Where the first line of the region ends. */
static size_t first_line_end(const struct reader *reader,
                             const struct region *region)
{
    size_t at = region->start;

    while (at < region->end && reader->text.start[at] != '\n' &&
           reader->text.start[at] != '\r')
        at++;
    return at;
}

/* Comments before line_end are at the end of the statement before; comments
 * from `attached` on are right above the statement after. */
static struct span target_of(const struct region *region, size_t line_end,
                             size_t attached, size_t comment)
{
    const struct statement *statement = region->within;

    if (region->before && comment < line_end)
        statement = region->before;
    else if (region->after && comment >= attached)
        statement = region->after;
    return statement ? words_of_statement(statement) : (struct span){0, 0};
}

/* Whether the statement's dollar-quoted strings are code: of a DO block, a
 * function or a procedure. */
static bool has_body(const struct reader *reader,
                     const struct statement *statement)
{
    struct slice text = statement_text(reader->text, statement);
    struct lexer lexer = lexer_of(text);
    struct token token = lexer_next_significant(&lexer);

    if (!token_is_word(text, token, "CREATE"))
        return token_is_word(text, token, "DO");
    token = lexer_next_significant(&lexer);
    if (token_is_word(text, token, "OR")) {
        lexer_next_significant(&lexer);
        token = lexer_next_significant(&lexer);
    }
    return token_is_word(text, token, "FUNCTION") ||
           token_is_word(text, token, "PROCEDURE");
}

/* The comments in a body are about the statement that it belongs to. */
static void read_body(struct reader *reader, const struct region *region,
                      struct token body)
{
    struct slice text = slice_part(reader->text, 0, body.offset + body.length);
    size_t tag =
        slice_find(slice_part(text, body.offset + 1, text.length), SLICE("$"));
    struct lexer lexer = lexer_of(slice_part(text, 0, text.length - tag - 2));

    if (body.unterminated)
        return;
    lexer.offset = body.offset + tag + 2;
    for (;;) {
        struct token token = lexer_next(&lexer);
        struct slice directive;

        if (token.kind == TOKEN_END)
            return;
        if (is_comment(token) && find_directive(reader, token, &directive))
            read_directive(reader, directive,
                           words_of_statement(region->within));
    }
}

static void read_region(struct reader *reader, const struct region *region)
{
    struct slice text = slice_part(reader->text, region->start, region->end);
    struct lexer lexer = lexer_of_region(reader, region);
    size_t line_end, attached;
    bool is_with_body;

    if (!has_keyword(text))
        return;
    is_with_body = region->within && has_body(reader, region->within);
    line_end = first_line_end(reader, region);
    attached = attached_from(reader, region);
    for (;;) {
        struct token token = lexer_next(&lexer);
        struct slice directive;

        if (token.kind == TOKEN_END)
            return;
        if (is_comment(token) && find_directive(reader, token, &directive))
            read_directive(reader, directive,
                           target_of(region, line_end, attached, token.offset));
        else if (token.kind == TOKEN_DOLLAR_STRING && is_with_body)
            read_body(reader, region, token);
    }
}

static int compare_sizes(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

/* The order in which they are found again: those for the file first, then by
 * statement and rule. */
static int compare_keys(const struct suppression *a,
                        const struct suppression *b)
{
    int order = (int)b->is_for_file - (int)a->is_for_file;

    if (!order)
        order = compare_sizes(a->target.offset, b->target.offset);
    if (!order)
        order = compare_sizes(a->target.length, b->target.length);
    if (!order && a->rule != b->rule)
        order = !a->rule ? -1 : !b->rule ? 1 : strcmp(a->rule->id, b->rule->id);
    return order;
}

static int compare(const void *a, const void *b)
{
    const struct suppression *first = *(const struct suppression *const *)a;
    const struct suppression *second = *(const struct suppression *const *)b;
    int order = compare_keys(first, second);

    return order ? order
                 : compare_sizes(first->id_span.offset, second->id_span.offset);
}

void suppression_read(struct arena *arena, struct source *source,
                      const struct statement *statements, size_t count,
                      struct suppression_array *suppressions)
{
    struct reader reader = {arena, source, source->text, suppressions};
    struct region gap = {.start = source->body};

    if (!has_keyword(source->text))
        return;
    for (size_t i = 0; i < count; i++) {
        const struct statement *statement = &statements[i];
        bool is_data = statement->kind == STATEMENT_COPY_DATA;
        struct region whole = {.start = statement->offset,
                               .end = statement->end,
                               .within = statement};

        gap.end = statement->offset;
        gap.after = is_data ? NULL : statement;
        read_region(&reader, &gap);
        if (!is_data)
            read_region(&reader, &whole);
        gap.start = statement->end;
        gap.before = is_data ? NULL : statement;
    }
    gap.end = source->text.length;
    gap.after = NULL;
    read_region(&reader, &gap);
    if (suppressions->count)
        qsort(suppressions->items, suppressions->count,
              sizeof *suppressions->items, compare);
}

/* Marks the first suppression of the same key as used; false if there is
 * none. */
static bool use(const struct suppression_array *suppressions,
                const struct suppression *key)
{
    size_t low = 0;
    size_t high = suppressions->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare_keys(suppressions->items[middle], key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == suppressions->count ||
        compare_keys(suppressions->items[low], key) != 0)
        return false;
    suppressions->items[low]->is_used = true;
    return true;
}

/* The target, of those of all suppressions, that the span begins in; length 0
 * if there is none. */
static struct span target_around(const struct suppression_array *suppressions,
                                 struct span span)
{
    size_t low = 0;
    size_t high = suppressions->count;
    struct span target;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct suppression *each = suppressions->items[middle];

        if (each->is_for_file || each->target.offset <= span.offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || suppressions->items[low - 1]->is_for_file)
        return (struct span){0, 0};
    target = suppressions->items[low - 1]->target;
    if (span.offset > target.offset + target.length)
        return (struct span){0, 0};
    return target;
}

bool suppression_applies(const struct suppression_array *suppressions,
                         const struct rule *rule, struct span span)
{
    struct suppression key = {.rule = rule, .is_for_file = true};
    bool is_placeless = span.offset == 0 && span.length == 0;

    if (use(suppressions, &key))
        return true;
    if (is_placeless)
        return false;
    key.is_for_file = false;
    key.target = target_around(suppressions, span);
    return key.target.length && use(suppressions, &key);
}
