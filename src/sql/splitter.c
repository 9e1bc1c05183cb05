/*
 * The splitter: the first to see a file's SQL. What it cuts goes to the parser,
 * so its boundaries must be the server's; where a piece ends, scan.c says.
 *
 * lex_cost: at every start of an operator or nested comment PostgreSQL's
 * scanner reads the whole run of operator characters before it settles on the
 * token, so 300,000 plus signs take 15 seconds. scan_cost counts those bytes;
 * it is 0 for every text that was not made to be slow.
 */
#include "sql/splitter.h"

#include "sql/boundary.h"
#include "sql/psql.h"
#include "sql/scan.h"
#include "sql/template.h"

#include <string.h>

/* NAMEDATALEN - 1. */
#define NAME_SIZE_MAX 63

/* What the statement's first words say about where it ends. */
enum lead {
    LEAD_START,  /* no word yet */
    LEAD_CREATE, /* CREATE, CREATE OR REPLACE */
    LEAD_ROUTINE,
    LEAD_RULE,
    LEAD_COPY,
    LEAD_COPY_FROM_STDIN,
    LEAD_OTHER,
};

/* A statement being cut. */
struct cut {
    struct slice text; /* of the file */
    const char *end;
    const char *first; /* of the statement; null before its first token */
    const char *last;  /* after its last token */
    struct statement *statement;
    enum lead lead;
    uint32_t depth;        /* open parentheses */
    uint32_t atomic_depth; /* open BEGIN ATOMIC and CASE */
    uint32_t after_begin;  /* the token_count after the word, to know that the
                              next one follows at once; 0: not seen */
    uint32_t after_as;
    uint32_t after_from;
    struct scan_cost cost;
};

struct splitter splitter_of(struct slice text, size_t offset, size_t end)
{
    if (end > text.length)
        end = text.length;
    return (struct splitter){.text = text, .offset = offset, .end = end};
}

static inline void start_token(struct cut *cut, const char *at)
{
    if (!cut->first)
        cut->first = at;
    cut->statement->token_count++;
}

static inline const char *end_token(struct cut *cut, const char *last)
{
    cut->last = last;
    return last;
}

static inline void note_name(struct cut *cut, const char *at, const char *end)
{
    if (end - at > NAME_SIZE_MAX)
        cut->statement->has_long_name = true;
}

/* A token that may lack its end. */
static const char *end_quoted(struct cut *cut, const char *last,
                              enum statement_defect defect)
{
    if (last)
        return end_token(cut, last);
    cut->statement->defect = defect;
    return end_token(cut, cut->end);
}

static bool is_word(const char *word, const char *end, const char *other)
{
    size_t length = (size_t)(end - word);

    return length == strlen(other) &&
           slice_equal_ignoring_case((struct slice){word, length},
                                     (struct slice){other, length});
}

static void read_create(struct cut *cut, const char *word, const char *end)
{
    if (is_word(word, end, "or") || is_word(word, end, "replace"))
        return;
    if (is_word(word, end, "function") || is_word(word, end, "procedure"))
        cut->lead = LEAD_ROUTINE;
    else if (is_word(word, end, "rule"))
        cut->lead = LEAD_RULE;
    else
        cut->lead = LEAD_OTHER;
}

/*
 * The words of CREATE FUNCTION: BEGIN ATOMIC ... END holds semicolons, and
 * CASE ... END in it holds an END. Both are reserved: as a name they stand only
 * after AS or a point.
 */
static void read_routine(struct cut *cut, const char *word, const char *end)
{
    uint32_t count = cut->statement->token_count;
    bool is_name =
        count == cut->after_as || (word > cut->text.start && word[-1] == '.');

    if (is_word(word, end, "as"))
        cut->after_as = count + 1;
    if (cut->depth > 0 || is_name)
        return;
    if (cut->atomic_depth == 0) {
        if (is_word(word, end, "begin"))
            cut->after_begin = count + 1;
        else if (count == cut->after_begin && is_word(word, end, "atomic"))
            cut->atomic_depth = 1;
    } else if (is_word(word, end, "case")) {
        cut->atomic_depth++;
    } else if (is_word(word, end, "end")) {
        cut->atomic_depth--;
    }
}

static void read_copy(struct cut *cut, const char *word, const char *end)
{
    uint32_t count = cut->statement->token_count;

    if (cut->depth > 0)
        return;
    if (is_word(word, end, "from"))
        cut->after_from = count + 1;
    else if (count == cut->after_from &&
             (is_word(word, end, "stdin") || is_word(word, end, "stdout")))
        cut->lead = LEAD_COPY_FROM_STDIN;
}

static void read_word(struct cut *cut, const char *word, const char *end)
{
    switch (cut->lead) {
    case LEAD_START:
        cut->lead = is_word(word, end, "create") ? LEAD_CREATE
                    : is_word(word, end, "copy") ? LEAD_COPY
                                                 : LEAD_OTHER;
        break;
    case LEAD_CREATE: read_create(cut, word, end); break;
    case LEAD_ROUTINE: read_routine(cut, word, end); break;
    case LEAD_COPY: read_copy(cut, word, end); break;
    case LEAD_RULE:
    case LEAD_COPY_FROM_STDIN:
    case LEAD_OTHER: break;
    }
}

/* A word, or E'...'. Other prefixes change nothing for the boundaries. */
static inline const char *cut_word(struct cut *cut, const char *at)
{
    const char *end = scan_word(at, cut->end);

    start_token(cut, at);
    note_name(cut, at, end);
    if (end - at == 1 && (*at == 'e' || *at == 'E') && end < cut->end &&
        *end == '\'')
        return end_quoted(cut, scan_string(end, cut->end, true),
                          STATEMENT_UNTERMINATED_STRING);
    if (cut->lead != LEAD_OTHER)
        read_word(cut, at, end);
    return end_token(cut, end);
}

static const char *cut_quoted_identifier(struct cut *cut, const char *at)
{
    const char *end = scan_quoted_identifier(at, cut->end);

    start_token(cut, at);
    if (end)
        note_name(cut, at, end);
    return end_quoted(cut, end, STATEMENT_UNTERMINATED_IDENTIFIER);
}

static const char *cut_dollar(struct cut *cut, const char *at)
{
    size_t delimiter_length = scan_dollar_delimiter(at, cut->end);

    start_token(cut, at);
    if (delimiter_length > 0)
        return end_quoted(cut,
                          scan_dollar_string(at, cut->end, delimiter_length),
                          STATEMENT_UNTERMINATED_DOLLAR_QUOTE);
    return end_token(cut, scan_word(at, cut->end));
}

/*
 * A block comment. Between statements it is passed over and costs nothing,
 * since the parser is not given it; without an end it is a statement.
 */
static const char *cut_block_comment(struct cut *cut, const char *at)
{
    const char *end = scan_block_comment(at, cut->end, &cut->cost);

    if (!cut->first && end) {
        cut->cost = (struct scan_cost){0};
        return end;
    }
    if (end)
        return end;
    start_token(cut, at);
    return end_quoted(cut, NULL, STATEMENT_UNTERMINATED_COMMENT);
}

/* A template's tag, whose quotes and semicolons are its own. One without a
 * value is passed over between statements, like a comment. */
static const char *cut_tag(struct cut *cut, const char *at, const char *end)
{
    struct slice tag = {at, (size_t)(end - at)};

    if (!cut->first && template_is_control(tag))
        return end;
    start_token(cut, at);
    return end_token(cut, end);
}

/* The end of <%= ... %>; null if none begins here. */
static inline const char *find_percent_tag(const struct cut *cut,
                                           const char *at)
{
    return scan_is_pair(at, cut->end, '<', '%') ? template_tag_end(at, cut->end)
                                                : NULL;
}

/* A brace, with which a tag may begin, or whose sign stands before it: ${ #{.
 */
static const char *cut_brace(struct cut *cut, const char *at)
{
    bool has_sign = at > cut->text.start && (at[-1] == '$' || at[-1] == '#');
    const char *start = has_sign ? at - 1 : at;
    const char *end = template_tag_end(start, cut->end);

    if (end)
        return cut_tag(cut, at, end);
    start_token(cut, at);
    return end_token(cut, at + 1);
}

/*
 * A parameter's sign right before its name, which the grammar takes for an
 * operator: `@name`, `a =@name`, `a =%s`.
 */
static bool is_parameter_sign(struct slice run, const char *end)
{
    static const char *const comparisons[] = {
        "=", "<>", "!=", ">=", "<=", "||"};
    const char *after = run.start + run.length;
    char sign = after[-1];

    if ((sign != '@' && sign != '%') || after == end ||
        scan_byte_class(*after) != BYTE_WORD)
        return false;
    run.length--;
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++)
        if (slice_equal(run, slice_from(comparisons[i])))
            return true;
    return sign == '@' && run.length == 0;
}

/* A run of operator characters, which counts as one token, or a comment. */
static inline const char *cut_operators(struct cut *cut, const char *at)
{
    const char *start = at;
    const char *tag_end;

    if (scan_is_pair(at, cut->end, '-', '-'))
        return scan_line_comment(at, cut->end);
    if (scan_is_pair(at, cut->end, '/', '*'))
        return cut_block_comment(cut, at);
    if ((tag_end = find_percent_tag(cut, at)))
        return cut_tag(cut, at, tag_end);
    if (!cut->first && boundary_is_include(cut->text.start, at, cut->end))
        return scan_line_comment(at, cut->end);
    start_token(cut, at);
    do {
        if (*at == '+' || *at == '-')
            scan_cost_add(&cut->cost, at, cut->end);
        at++;
    } while (at < cut->end && scan_byte_class(*at) == BYTE_OPERATOR &&
             !scan_is_pair(at, cut->end, '-', '-') &&
             !scan_is_pair(at, cut->end, '/', '*') &&
             !find_percent_tag(cut, at));
    if (is_parameter_sign((struct slice){start, (size_t)(at - start)},
                          cut->end))
        cut->statement->has_parameter_sign = true;
    return end_token(cut, at);
}

/* A comment that ends the statement under way, if it is not within brackets. */
static inline bool is_boundary(const struct cut *cut, const char *at)
{
    return cut->first && scan_is_pair(at, cut->end, '-', '-') &&
           boundary_is_comment(cut->text.start, at, cut->end,
                               cut->depth > 0 || cut->atomic_depth > 0);
}

static inline const char *cut_parenthesis(struct cut *cut, const char *at)
{
    start_token(cut, at);
    if (*at == '(') {
        cut->depth++;
        if (cut->depth > cut->statement->depth_max)
            cut->statement->depth_max = cut->depth;
    } else if (cut->depth > 0) {
        cut->depth--;
    }
    return end_token(cut, at + 1);
}

static inline bool is_terminator(const struct cut *cut)
{
    return cut->atomic_depth == 0 &&
           (cut->depth == 0 || cut->lead != LEAD_RULE);
}

/* Starts anew, with nothing of a statement read. */
static void reset(struct cut *cut, struct statement *statement)
{
    *statement = (struct statement){.kind = STATEMENT_SQL};
    *cut = (struct cut){.text = cut->text,
                        .end = cut->end,
                        .statement = statement};
}

/* Completes the statement whose terminator stands before `end`. */
static bool finish(struct splitter *splitter, struct cut *cut, const char *end,
                   bool has_terminator)
{
    struct statement *statement = cut->statement;

    splitter->offset = (size_t)(end - cut->text.start);
    if (!cut->first)
        return false;
    statement->offset = (size_t)(cut->first - cut->text.start);
    statement->length = (size_t)(cut->last - cut->first);
    statement->end = splitter->offset;
    statement->has_terminator = has_terminator;
    statement->lex_cost = cut->cost.bytes;
    splitter->copy_data = has_terminator && cut->lead == LEAD_COPY_FROM_STDIN;
    return true;
}

/* A statement of another kind than SQL. */
static bool set_aside(struct splitter *splitter, struct statement *statement,
                      enum statement_kind kind, size_t offset, size_t end)
{
    *statement = (struct statement){.kind = kind,
                                    .offset = offset,
                                    .length = end - offset,
                                    .end = end};
    splitter->offset = end;
    return true;
}

/*
 * A backslash. True if a statement ends there: the one under way, or the
 * command itself; else *at is where to go on.
 */
static bool cut_backslash(struct splitter *splitter, struct cut *cut,
                          const char **at)
{
    struct slice text = slice_part(cut->text, 0, splitter->end);
    size_t offset = (size_t)(*at - text.start);
    struct psql_command command =
        psql_command_at(text, offset, cut->first != NULL);
    const char *end = text.start + command.end;

    switch (command.effect) {
    case PSQL_NONE:
        start_token(cut, *at);
        *at = end_token(cut, *at + 1);
        return false;
    case PSQL_SEPARATOR: *at = end; return finish(splitter, cut, end, true);
    case PSQL_RESET: reset(cut, cut->statement); break;
    case PSQL_COMMAND:
        if (cut->first) {
            cut->statement->has_psql_command = true;
            *at = end;
            return false;
        }
        break;
    case PSQL_END:
        if (cut->first)
            return finish(splitter, cut, *at, true);
        break;
    }
    set_aside(splitter, cut->statement, STATEMENT_PSQL_COMMAND, offset,
              command.end);
    splitter->copy_data = command.copies_data;
    return true;
}

/* The end of the line with \. that ends COPY data; 0 if there is none. */
static size_t find_copy_end(struct slice text, size_t offset)
{
    const char *end = text.start + text.length;
    const char *at = text.start + offset;

    while (at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        const char *last = line_end ? line_end : end;

        if (scan_is_pair(at, last, '\\', '.') &&
            scan_space(at + 2, last) == last)
            return (size_t)(at + 2 - text.start);
        at = last + 1;
    }
    return 0;
}

/*
 * The data after COPY ... FROM stdin. Where nothing ends them there are none:
 * the statement stands in a file that psql never reads.
 */
static bool cut_copy_data(struct splitter *splitter,
                          struct statement *statement)
{
    struct slice text = slice_part(splitter->text, 0, splitter->end);
    const char *at = text.start + splitter->offset;
    size_t start, end;

    splitter->copy_data = false;
    if (splitter->lacks_copy_end)
        return false;
    start =
        (size_t)(scan_line_comment(at, text.start + text.length) - text.start);
    while (start < text.length && text.start[start] == '\r')
        start++;
    start += start < text.length;
    end = find_copy_end(text, start);
    if (end == 0) {
        splitter->lacks_copy_end = true;
        return false;
    }
    return set_aside(splitter, statement, STATEMENT_COPY_DATA, start, end);
}

bool splitter_next(struct splitter *splitter, struct statement *statement)
{
    struct cut cut = {.text = splitter->text};
    const char *at, *end;

    if (splitter->offset >= splitter->end)
        return false;
    if (splitter->copy_data && cut_copy_data(splitter, statement))
        return true;
    cut.end = end = splitter->text.start + splitter->end;
    reset(&cut, statement);

    for (at = splitter->text.start + splitter->offset; at < end;) {
        enum byte_class class = scan_byte_class(*at);

        /* Most of a text is words and spaces, and a processor foresees a jump
         * by table badly. */
        if (class == BYTE_SPACE) {
            at = scan_space(at + 1, end);
            continue;
        }
        if (class == BYTE_WORD) {
            at = cut_word(&cut, at);
            continue;
        }
        switch (class) {
        case BYTE_SPACE:
        case BYTE_WORD:
        case BYTE_DIGIT: at = cut_word(&cut, at); break;
        case BYTE_OPERATOR:
            if (is_boundary(&cut, at))
                return finish(splitter, &cut, at, true);
            at = cut_operators(&cut, at);
            break;
        case BYTE_QUOTE:
            start_token(&cut, at);
            at = end_quoted(&cut, scan_string(at, end, false),
                            STATEMENT_UNTERMINATED_STRING);
            break;
        case BYTE_DOUBLE_QUOTE: at = cut_quoted_identifier(&cut, at); break;
        case BYTE_DOLLAR: at = cut_dollar(&cut, at); break;
        case BYTE_OPEN:
        case BYTE_CLOSE: at = cut_parenthesis(&cut, at); break;
        case BYTE_SEMICOLON:
            at++;
            if (!cut.first)
                break;
            if (is_terminator(&cut))
                return finish(splitter, &cut, at, true);
            start_token(&cut, at - 1);
            end_token(&cut, at);
            break;
        case BYTE_BACKSLASH:
            if (cut_backslash(splitter, &cut, &at))
                return true;
            break;
        case BYTE_OTHER:
            if (*at == '{') {
                at = cut_brace(&cut, at);
                break;
            }
            start_token(&cut, at);
            at = end_token(&cut, at + 1);
            break;
        case BYTE_PUNCTUATION:
            start_token(&cut, at);
            at = end_token(&cut, at + 1);
            break;
        }
    }
    return finish(splitter, &cut, end, false);
}
