/*
 * Rules explained: on a terminal (explain, rules), in the manual page
 * pgsquint-rules(7) and in the README, all from the rules' own structs.
 */
#include "lint/documentation.h"

#include "input/encoding.h"

#include <ctype.h>
#include <string.h>

#define LINE_LENGTH_MAX 78
#define LITERAL_INDENT "    "

static const char *family_summary(enum family family)
{
    switch (family) {
    case FAMILY_LOCKING: return "what makes other sessions wait";
    case FAMILY_MIGRATION: return "will it run, once, in order, and back";
    case FAMILY_COMPATIBILITY:
        return "what breaks code that is still running, or loses data";
    case FAMILY_SCHEMA: return "design that costs later";
    case FAMILY_QUERY:
        return "queries in files, views, functions and migrations";
    case FAMILY_SECURITY: return "who can do what";
    case FAMILY_PLPGSQL: return "bodies of functions, procedures and DO blocks";
    }
    return "";
}

static const char *option_type_name(enum option_type type)
{
    switch (type) {
    case OPTION_BOOL: return "true or false";
    case OPTION_INTEGER: return "number";
    case OPTION_STRING: return "text";
    case OPTION_PATTERN: return "regular expression";
    case OPTION_STRING_LIST: return "list of words";
    }
    return "";
}

static void add_versions(struct buffer *buffer, const struct rule *rule)
{
    if (rule->version_min && rule->version_max)
        buffer_add_format(buffer, "PostgreSQL %d to %d", rule->version_min,
                          rule->version_max);
    else if (rule->version_min)
        buffer_add_format(buffer, "PostgreSQL %d and later", rule->version_min);
    else if (rule->version_max)
        buffer_add_format(buffer, "PostgreSQL %d and earlier",
                          rule->version_max);
    else
        buffer_add_text(buffer, "all versions of PostgreSQL");
}

static const char *scope_of(const struct rule *rule)
{
    switch (rule->directions) {
    case RULE_UP:
        return rule->needs_history
                   ? "up steps of a tool's migrations"
                   : "all SQL; down steps with \"lint_down: true\"";
    case RULE_UP_DOWN:
        return rule->needs_history ? "a tool's migrations, up and down"
                                   : "all SQL, down steps too";
    }
    return "";
}

/* Takes the first line, paragraph or the like off a text. */
static bool take_part(struct slice *rest, struct slice separator,
                      struct slice *part)
{
    *part = slice_part(*rest, 0, slice_find(*rest, separator));
    if (!rest->length)
        return false;
    *rest = slice_part(*rest, part->length + separator.length, rest->length);
    return true;
}

/* A paragraph of code stands as it is. */
static bool is_literal(struct slice paragraph)
{
    return slice_has_prefix(paragraph, SLICE(LITERAL_INDENT));
}

static bool ends_sentence(struct slice word)
{
    return word.length && strchr(".?!", word.start[word.length - 1]) &&
           !slice_has_suffix(word, SLICE("..."));
}

/* Adds the text in lines of at most that length. mdoc(7) wants each sentence to
 * begin a line. */
static void add_wrapped(struct buffer *buffer, struct slice text, bool is_mdoc)
{
    struct slice rest = text, line, word, last = {0};
    size_t column = 0;

    while (take_part(&rest, SLICE("\n"), &line)) {
        while (take_part(&line, SLICE(" "), &word)) {
            if (!word.length)
                continue;
            if (column && ((column + 1 + word.length > LINE_LENGTH_MAX) ||
                           (is_mdoc && ends_sentence(last)))) {
                buffer_add_char(buffer, '\n');
                column = 0;
            }
            if (column) {
                buffer_add_char(buffer, ' ');
                column++;
            }
            buffer_add(buffer, word);
            column += word.length;
            last = word;
        }
    }
    if (column)
        buffer_add_char(buffer, '\n');
}

static void add_literal(struct buffer *buffer, struct slice text,
                        const char *indent)
{
    struct slice line;

    while (take_part(&text, SLICE("\n"), &line)) {
        if (line.length)
            buffer_add_text(buffer, indent);
        buffer_add(buffer, line);
        buffer_add_char(buffer, '\n');
    }
}

/* The example with each byte that is no text as `<E9>`. */
static struct slice example_text(struct arena *arena, const char *sql)
{
    struct slice text = slice_from(sql);
    struct source_defect_array defects = {0};
    struct buffer shown;
    size_t copied = 0;
    bool is_ascii;

    encoding_find_defects(arena, text, &defects, &is_ascii);
    buffer_init(&shown, arena);
    for (size_t i = 0; i < defects.count; i++) {
        size_t end = defects.items[i].offset + defects.items[i].length;

        buffer_add(&shown, slice_part(text, copied, defects.items[i].offset));
        for (copied = defects.items[i].offset; copied < end; copied++)
            buffer_add_format(&shown, "<%02X>",
                              (unsigned)(unsigned char)text.start[copied]);
    }
    buffer_add(&shown, slice_part(text, copied, text.length));
    return buffer_slice(&shown);
}

static void explain_example(struct buffer *buffer, const char *title,
                            const char *sql)
{
    if (!sql)
        return;
    buffer_add_format(buffer, "\n%s:\n\n", title);
    add_literal(buffer, example_text(buffer->arena, sql), LITERAL_INDENT);
}

static void explain_options(struct buffer *buffer,
                            const struct rule_option *options)
{
    if (!options || !options->name)
        return;
    buffer_add_text(buffer, "\nOptions:\n\n");
    for (; options->name; options++)
        buffer_add_format(buffer,
                          LITERAL_INDENT
                          "%s (%s, default %s)\n" LITERAL_INDENT LITERAL_INDENT
                          "%s\n",
                          options->name, option_type_name(options->type),
                          options->default_text, options->summary);
}

void documentation_explain(struct buffer *buffer, const struct rule *rule)
{
    struct slice rationale = slice_from(rule->rationale), paragraph;

    buffer_add_format(buffer, "%s\n\n", rule->id);
    add_wrapped(buffer, slice_from(rule->summary), false);
    buffer_add_format(buffer,
                      "\nFamily    %s: %s\nLevel     %s by default\n"
                      "Judges    %s\nFor       ",
                      family_name(rule->family), family_summary(rule->family),
                      severity_name(rule->severity), scope_of(rule));
    add_versions(buffer, rule);
    buffer_add_char(buffer, '\n');
    while (take_part(&rationale, SLICE("\n\n"), &paragraph)) {
        buffer_add_char(buffer, '\n');
        if (is_literal(paragraph))
            add_literal(buffer, paragraph, "");
        else
            add_wrapped(buffer, paragraph, false);
    }
    explain_example(buffer, "Given", rule->setup);
    explain_example(buffer, "Bad", rule->bad);
    explain_example(buffer, "Good", rule->good);
    buffer_add_text(buffer, "\nWhen to ignore it:\n\n");
    add_wrapped(buffer, slice_from(rule->ignore_when), false);
    explain_options(buffer, rule->options);
    buffer_add_format(
        buffer,
        "\nTo allow it in one statement, write on the line above it:\n\n"
        "    -- pgsquint: allow %s -- the reason\n\n"
        "To change its level, write in .pgsquint.yaml:\n\n"
        "    rules:\n      %s: off\n\n"
        "More: pgsquint(1), pgsquint-rules(7)\n",
        rule->id, rule->id);
}

static size_t longest_id(void)
{
    size_t longest = 0;

    for (size_t i = 0; i < rule_count; i++) {
        size_t length = strlen(rule_table[i]->id);

        longest = length > longest ? length : longest;
    }
    return longest;
}

void documentation_list(struct buffer *buffer)
{
    int width = (int)longest_id();

    buffer_add_format(buffer, "%-*s  %-7s  %-13s  %s\n", width, "RULE", "LEVEL",
                      "FAMILY", "SUMMARY");
    for (size_t i = 0; i < rule_count; i++) {
        const struct rule *rule = rule_table[i];

        buffer_add_format(buffer, "%-*s  %-7s  %-13s  %s\n", width, rule->id,
                          severity_name(rule->severity),
                          family_name(rule->family), rule->summary);
    }
}

/* Text for mdoc(7): nothing in it is a request or an escape, wherever it will
 * be broken, and what is typed in SQL comes out as the ASCII character that it
 * is. */
static struct slice mdoc_text(struct buffer *buffer, struct slice text)
{
    struct buffer escaped;
    char before = '\n';

    buffer_init(&escaped, buffer->arena);
    for (size_t i = 0; i < text.length; before = text.start[i++]) {
        switch (text.start[i]) {
        case '\\': buffer_add_text(&escaped, "\\e"); break;
        case '-': buffer_add_text(&escaped, "\\-"); break;
        case '\'': buffer_add_text(&escaped, "\\(aq"); break;
        case '`': buffer_add_text(&escaped, "\\(ga"); break;
        case '^': buffer_add_text(&escaped, "\\(ha"); break;
        case '~': buffer_add_text(&escaped, "\\(ti"); break;
        case '.':
            buffer_add_text(&escaped,
                            before == '\n' || before == ' ' ? "\\&." : ".");
            break;
        default: buffer_add_char(&escaped, text.start[i]);
        }
    }
    return buffer_slice(&escaped);
}

static void add_mdoc_literal(struct buffer *buffer, struct slice text)
{
    buffer_add_text(buffer, is_literal(text) ? ".Bd -literal\n"
                                             : ".Bd -literal -offset indent\n");
    add_literal(buffer, mdoc_text(buffer, text), "");
    buffer_add_text(buffer, ".Ed\n");
}

static void add_mdoc_example(struct buffer *buffer, const char *title,
                             const char *sql)
{
    if (!sql)
        return;
    buffer_add_format(buffer, ".Pp\n%s:\n", title);
    add_mdoc_literal(buffer, example_text(buffer->arena, sql));
}

static void add_mdoc_options(struct buffer *buffer,
                             const struct rule_option *options)
{
    if (!options || !options->name)
        return;
    buffer_add_text(buffer, ".Pp\nOptions:\n.Bl -tag -width Ds\n");
    for (; options->name; options++) {
        buffer_add_format(buffer, ".It Cm %s\n", options->name);
        add_wrapped(buffer,
                    mdoc_text(buffer, slice_from(arena_format(
                                          buffer->arena, "%s (%s, default %s).",
                                          options->summary,
                                          option_type_name(options->type),
                                          options->default_text))),
                    true);
    }
    buffer_add_text(buffer, ".El\n");
}

static void add_mdoc_rule(struct buffer *buffer, const struct rule *rule)
{
    struct slice rationale = slice_from(rule->rationale), paragraph;

    buffer_add_format(buffer, ".Ss %s\n", rule->id);
    add_wrapped(buffer,
                mdoc_text(buffer, slice_from(arena_format(buffer->arena, "%s.",
                                                          rule->summary))),
                true);
    buffer_add_format(buffer, ".Pp\nLevel: %s.\nJudges %s;\nfor ",
                      severity_name(rule->severity), scope_of(rule));
    add_versions(buffer, rule);
    buffer_add_text(buffer, ".\n");
    while (take_part(&rationale, SLICE("\n\n"), &paragraph)) {
        if (is_literal(paragraph)) {
            add_mdoc_literal(buffer, paragraph);
            continue;
        }
        buffer_add_text(buffer, ".Pp\n");
        add_wrapped(buffer, mdoc_text(buffer, paragraph), true);
    }
    add_mdoc_example(buffer, "Given", rule->setup);
    add_mdoc_example(buffer, "Bad", rule->bad);
    add_mdoc_example(buffer, "Good", rule->good);
    buffer_add_text(buffer, ".Pp\nWhen to ignore it:\n");
    add_wrapped(buffer, mdoc_text(buffer, slice_from(rule->ignore_when)), true);
    add_mdoc_options(buffer, rule->options);
}

/* Manuals have their sections in capitals. */
static void add_mdoc_heading(struct buffer *buffer, enum family family)
{
    const char *name = family_name(family);

    buffer_add_text(buffer, ".Sh ");
    for (const char *c = name; *c; c++)
        buffer_add_char(buffer, (char)toupper((unsigned char)*c));
    buffer_add_format(buffer, "\nThe family\n.Cm %s :\n%s.\n", name,
                      family_summary(family));
}

static void add_mdoc_family(struct buffer *buffer, enum family family)
{
    bool has_heading = false;

    for (size_t i = 0; i < rule_count; i++) {
        if (rule_table[i]->family != family)
            continue;
        if (!has_heading)
            add_mdoc_heading(buffer, family);
        has_heading = true;
        add_mdoc_rule(buffer, rule_table[i]);
    }
}

void documentation_mdoc(struct buffer *buffer)
{
    buffer_add_text(
        buffer,
        ".\\\" Generated by \"pgsquint rules --format mdoc\"; do not edit.\n"
        ".Dd November 20, 2026\n"
        ".Dt PGSQUINT-RULES 7\n"
        ".Os\n"
        ".Sh NAME\n"
        ".Nm pgsquint-rules\n"
        ".Nd the rules of pgsquint\n"
        ".Sh DESCRIPTION\n"
        "What\n"
        ".Xr pgsquint 1\n"
        "looks for in PostgreSQL SQL and migrations, family by family.\n"
        "Each rule is given with its level by default,\n"
        "what happens to whom when the finding is ignored,\n"
        "and an example of what is wrong and of what is right.\n"
        ".Dq Given\n"
        "is SQL that ran in an earlier migration.\n"
        "A level of\n"
        ".Cm off\n"
        "means that the rule is silent until asked for.\n");
    for (int i = FAMILY_LOCKING; i <= FAMILY_PLPGSQL; i++)
        add_mdoc_family(buffer, (enum family)i);
    buffer_add_text(buffer, ".Sh SEE ALSO\n.Xr pgsquint 1\n");
}

/* Text in a cell of a table: nothing in it is Markdown. */
static void add_markdown_text(struct buffer *buffer, const char *text)
{
    for (; *text; text++) {
        if (strchr("\\|*_`<>[]", *text))
            buffer_add_char(buffer, '\\');
        buffer_add_char(buffer, *text);
    }
}

void documentation_markdown(struct buffer *buffer)
{
    buffer_add_text(buffer, "| rule | level | what it finds |\n"
                            "|---|---|---|\n");
    for (int family = FAMILY_LOCKING; family <= FAMILY_PLPGSQL; family++) {
        for (size_t i = 0; i < rule_count; i++) {
            const struct rule *rule = rule_table[i];

            if (rule->family != (enum family)family)
                continue;
            buffer_add_format(buffer, "| `%s` | %s | ", rule->id,
                              severity_name(rule->severity));
            add_markdown_text(buffer, rule->summary);
            buffer_add_text(buffer, " |\n");
        }
    }
}
