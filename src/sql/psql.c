/*
 * Tells psql's meta-commands from other backslashes, for the splitter, which
 * sets them aside, and for the parser, which has those within a statement
 * blanked.
 */
#include "sql/psql.h"

#include "sql/lexer.h"
#include "sql/scan.h"

#include <string.h>

/* What a word after the backslash means within a statement. */
struct known_command {
    const char *name;
    enum psql_effect effect;
};

static const struct known_command known_commands[] = {
    {"g", PSQL_END},
    {"gx", PSQL_END},
    {"gset", PSQL_END},
    {"gexec", PSQL_END},
    {"gdesc", PSQL_END},
    {"crosstabview", PSQL_END},
    {"watch", PSQL_END},
    {"bind", PSQL_END},
    {"bind_named", PSQL_END},
    {"parse", PSQL_END},
    {"sendpipeline", PSQL_END},
    {"r", PSQL_RESET},
    {"reset", PSQL_RESET},
    {"set", PSQL_COMMAND},
    {"unset", PSQL_COMMAND},
    {"if", PSQL_COMMAND},
    {"elif", PSQL_COMMAND},
    {"else", PSQL_COMMAND},
    {"endif", PSQL_COMMAND},
    {"echo", PSQL_COMMAND},
    {"qecho", PSQL_COMMAND},
    {"warn", PSQL_COMMAND},
    {"i", PSQL_COMMAND},
    {"ir", PSQL_COMMAND},
    {"include", PSQL_COMMAND},
    {"include_relative", PSQL_COMMAND},
    {"o", PSQL_COMMAND},
    {"p", PSQL_COMMAND},
    {"w", PSQL_COMMAND},
    {"x", PSQL_COMMAND},
    {"t", PSQL_COMMAND},
    {"a", PSQL_COMMAND},
    {"pset", PSQL_COMMAND},
    {"prompt", PSQL_COMMAND},
    {"timing", PSQL_COMMAND},
    {"c", PSQL_COMMAND},
    {"connect", PSQL_COMMAND},
    {"q", PSQL_COMMAND},
    {"quit", PSQL_COMMAND},
};

/* They take the rest of their line as it is. */
static const char *const whole_line_commands[] = {"!",  "h",  "help", "ef",
                                                  "ev", "sf", "sv"};

static struct slice command_name(struct slice text, size_t offset)
{
    size_t from = offset + 1, to = from;

    while (to < text.length && (scan_byte_class(text.start[to]) == BYTE_WORD ||
                                scan_byte_class(text.start[to]) == BYTE_DIGIT))
        to++;
    if (to == from && to < text.length && memchr("!?.", text.start[to], 3))
        to++;
    return slice_part(text, from, to);
}

static bool is_at_line_start(struct slice text, size_t offset)
{
    while (offset > 0) {
        char c = text.start[--offset];

        if (c == '\n' || c == '\r')
            return true;
        if (scan_byte_class(c) != BYTE_SPACE)
            return false;
    }
    return true;
}

static enum psql_effect find_effect(struct slice name)
{
    if (name.length == 0)
        return PSQL_NONE;
    for (size_t i = 0; i < sizeof known_commands / sizeof *known_commands; i++)
        if (known_commands[i].name[0] == name.start[0] &&
            slice_equal(name, slice_from(known_commands[i].name)))
            return known_commands[i].effect;
    return PSQL_NONE;
}

/* psql reads this one name in any case. */
static bool is_copy(struct slice name)
{
    return slice_equal_ignoring_case(name, SLICE("copy"));
}

static bool takes_whole_line(struct slice name)
{
    if (is_copy(name))
        return true;
    for (size_t i = 0;
         i < sizeof whole_line_commands / sizeof *whole_line_commands; i++)
        if (slice_equal(name, slice_from(whole_line_commands[i])))
            return true;
    return false;
}

/* The end of the line, or after the two backslashes that go back to SQL. */
static size_t find_end(struct slice text, size_t at, struct slice name)
{
    const char *end = text.start + text.length;
    const char *line_end = scan_line_comment(text.start + at, end);
    const char *c = name.start + name.length;
    char quote = 0;

    if (takes_whole_line(name))
        return (size_t)(line_end - text.start);
    for (; c < line_end; c++) {
        if (quote) {
            quote = *c == quote ? 0 : quote;
        } else if (memchr("'\"`", *c, 3)) {
            quote = *c;
        } else if (scan_is_pair(c, line_end, '\\', '\\')) {
            return (size_t)(c + 2 - text.start);
        }
    }
    return (size_t)(line_end - text.start);
}

/* \copy ... from stdin. */
static bool copies_from_stdin(struct slice name, struct slice command)
{
    const char *end = command.start + command.length;
    bool is_after_from = false;

    if (!is_copy(name))
        return false;
    for (const char *at = name.start + name.length; at < end;) {
        const char *word = at;
        struct slice text;

        at = scan_word(at, end);
        text = (struct slice){word, (size_t)(at - word)};
        if (text.length == 0) {
            is_after_from &= scan_byte_class(*at++) == BYTE_SPACE;
            continue;
        }
        if (is_after_from && slice_equal_ignoring_case(text, SLICE("stdin")))
            return true;
        is_after_from = slice_equal_ignoring_case(text, SLICE("from"));
    }
    return false;
}

/*
 * Between statements in the middle of a line: `; \dt`, but not the "\n" of a
 * string literal that was copied with its escapes.
 */
static bool is_command_name(struct slice name)
{
    static const char *const others[] = {
        "!",        "?",        "cd", "conninfo",   "encoding",
        "password", "setenv",   "s",  "H",          "l",
        "z",        "f",        "C",  "T",          "errverbose",
        "h",        "restrict", "sf", "unrestrict",
    };

    if (find_effect(name) != PSQL_NONE || is_copy(name))
        return true;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (slice_equal(name, slice_from(others[i])))
            return true;
    return name.length >= 1 && name.length <= 3 && name.start[0] == 'd';
}

struct psql_command psql_command_at(struct slice text, size_t offset,
                                    bool is_in_statement)
{
    struct psql_command command = {.effect = PSQL_NONE, .end = offset + 1};
    struct slice name = command_name(text, offset);

    if (offset + 1 < text.length && text.start[offset + 1] == ';') {
        command.effect = PSQL_SEPARATOR;
        command.end = offset + 2;
        return command;
    }
    command.effect = find_effect(name);
    if (is_in_statement) {
        if (command.effect == PSQL_COMMAND && !is_at_line_start(text, offset))
            command.effect = PSQL_NONE;
    } else if (is_command_name(name) ||
               (name.length > 0 && is_at_line_start(text, offset))) {
        command.effect = PSQL_COMMAND;
    }
    if (command.effect == PSQL_NONE)
        return command;
    command.end = find_end(text, offset, name);
    command.copies_data =
        copies_from_stdin(name, slice_part(text, offset, command.end));
    return command;
}

bool psql_reads_inclusion(struct slice command,
                          struct psql_inclusion *inclusion)
{
    struct slice name = command_name(command, 0);
    struct slice path =
        slice_trim(slice_part(command, 1 + name.length, command.length));
    char quote = path.length > 1 ? path.start[0] : '\0';

    inclusion->is_relative = slice_equal(name, SLICE("ir")) ||
                             slice_equal(name, SLICE("include_relative"));
    if (!inclusion->is_relative && !slice_equal(name, SLICE("i")) &&
        !slice_equal(name, SLICE("include")))
        return false;
    if ((quote == '\'' || quote == '"') && path.start[path.length - 1] == quote)
        path = slice_part(path, 1, path.length - 1);
    for (size_t i = 0; i < path.length; i++)
        if (memchr(":`'\"\\ \t", path.start[i], 7))
            path.length = 0;
    inclusion->path = path;
    return true;
}

bool psql_reads_connection(struct slice command, bool *is_elsewhere)
{
    struct slice name = command_name(command, 0);
    struct slice database =
        slice_trim(slice_part(command, 1 + name.length, command.length));

    *is_elsewhere = database.length > 0 && database.start[0] != '-';
    return slice_equal(name, SLICE("c")) || slice_equal(name, SLICE("connect"));
}

enum truth { TRUTH_UNKNOWN, TRUTH_FALSE, TRUTH_TRUE };

/* ParseVariableBool() of bin/psql/variables.c takes beginnings of the words. */
static enum truth truth_of(struct slice text)
{
    static const struct {
        const char *word;
        size_t length_min;
        enum truth truth;
    } words[] = {
        {"true", 1, TRUTH_TRUE},   {"yes", 1, TRUTH_TRUE},
        {"on", 2, TRUTH_TRUE},     {"1", 1, TRUTH_TRUE},
        {"false", 1, TRUTH_FALSE}, {"no", 1, TRUTH_FALSE},
        {"off", 2, TRUTH_FALSE},   {"0", 1, TRUTH_FALSE},
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct slice word = slice_from(words[i].word);

        if (text.length >= words[i].length_min && text.length <= word.length &&
            slice_equal_ignoring_case(text, slice_part(word, 0, text.length)))
            return words[i].truth;
    }
    return TRUTH_UNKNOWN;
}

static void set_bit(uint64_t *bits, uint64_t bit, bool value)
{
    *bits = value ? *bits | bit : *bits & ~bit;
}

void psql_read_branch(struct psql_branches *branches, struct slice command)
{
    struct slice name = command_name(command, 0);
    enum truth truth = truth_of(
        slice_trim(slice_part(command, 1 + name.length, command.length)));
    bool is_if = slice_equal(name, SLICE("if"));
    bool is_taken;
    uint64_t bit;

    if (slice_equal(name, SLICE("endif"))) {
        branches->depth -= branches->depth > 0;
        return;
    }
    if (!is_if && !slice_equal(name, SLICE("elif")) &&
        !slice_equal(name, SLICE("else")))
        return;
    branches->depth += is_if;
    if (branches->depth == 0 || branches->depth > PSQL_BRANCH_DEPTH_MAX)
        return;
    bit = UINT64_C(1) << (branches->depth - 1);
    is_taken = !is_if && (branches->taken & bit);
    if (slice_equal(name, SLICE("else")))
        truth = is_taken ? TRUTH_FALSE : TRUTH_TRUE;
    set_bit(&branches->left_out, bit, is_taken || truth == TRUTH_FALSE);
    set_bit(&branches->taken, bit, is_taken || truth == TRUTH_TRUE);
}

bool psql_is_left_out(const struct psql_branches *branches)
{
    uint64_t all = branches->depth < PSQL_BRANCH_DEPTH_MAX
                       ? (UINT64_C(1) << branches->depth) - 1
                       : UINT64_MAX;

    return (branches->left_out & all) != 0;
}

void psql_blank_commands(char *copy, size_t length)
{
    struct lexer lexer = lexer_of((struct slice){copy, length});
    struct token token;

    while (token = lexer_next(&lexer), token.kind != TOKEN_END) {
        struct psql_command command;

        if (token.kind != TOKEN_BACKSLASH)
            continue;
        command = psql_command_at(lexer.text, token.offset, true);
        if (command.effect != PSQL_COMMAND)
            continue;
        memset(copy + token.offset, ' ', command.end - token.offset);
        lexer.offset = command.end;
    }
}
