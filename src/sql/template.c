/*
 * Finds the tags of template languages, for the lexer and the splitter. Which
 * language it is does not matter: Jinja, Go's, Handlebars, ERB, EJS and the
 * placeholders of Flyway, of shells and of JavaScript look alike.
 */
#include "sql/template.h"

#include "sql/scan.h"

#include <string.h>

/* A brace of `${ ... }` is searched this far: each byte is looked at. */
#define BRACE_SIZE_MAX 512

/* What follows `{{` or `<%` where a tag makes no text. */
static const char *const control_words[] = {
    "block", "case",   "config", "def",    "define",  "do",    "each",
    "else",  "elseif", "elsif",  "end",    "endif",   "for",   "foreach",
    "if",    "let",    "range",  "switch", "unless",  "until", "when",
    "with",  "while",  "const",  "var",    "comment",
};

/* Where these two bytes end, from here on; null if they do not come soon. */
static const char *find_pair(const char *at, const char *end, char first,
                             char second)
{
    if ((size_t)(end - at) > TEMPLATE_TAG_SIZE_MAX)
        end = at + TEMPLATE_TAG_SIZE_MAX;
    while (at < end && (at = memchr(at, first, (size_t)(end - at)))) {
        if (scan_is_pair(at, end, first, second))
            return at + 2;
        at++;
    }
    return NULL;
}

/* After the brace that closes the one here; braces in between count. */
static const char *find_brace(const char *at, const char *end)
{
    size_t depth = 0;

    if (end - at > BRACE_SIZE_MAX)
        end = at + BRACE_SIZE_MAX;
    for (; at < end; at++) {
        if (*at == '{')
            depth++;
        else if (*at == '}' && --depth == 0)
            return at + 1;
    }
    return NULL;
}

/* {name}, {a.b}, {0}, {}: but not `{1,2}`, which is an array's text that lacks
 * its quotes. */
static const char *find_simple_brace(const char *at, const char *end)
{
    if (end - at > BRACE_SIZE_MAX)
        end = at + BRACE_SIZE_MAX;
    for (at++; at < end; at++) {
        if (*at == '}')
            return at + 1;
        if (!scan_is_word_byte(*at) && *at != '.')
            return NULL;
    }
    return NULL;
}

static struct slice first_word(const char *at, const char *end)
{
    const char *word = scan_space(at, end);

    return (struct slice){word, (size_t)(scan_word(word, end) - word)};
}

static bool is_control_word(struct slice word)
{
    for (size_t i = 0; i < sizeof control_words / sizeof *control_words; i++)
        if (slice_equal(word, slice_from(control_words[i])))
            return true;
    return false;
}

/* <% ... %>: pg_trgm has operators of these names, so that something else must
 * tell that it is a tag. */
static const char *find_percent_tag(const char *at, const char *end)
{
    const char *inner = at + 2;

    if (inner == end)
        return NULL;
    if (!memchr("=-#_", *inner, 4) && *scan_space(inner, end - 1) != '}' &&
        !is_control_word(first_word(inner, end)))
        return NULL;
    return find_pair(inner, end, '%', '>');
}

const char *template_tag_end(const char *at, const char *end)
{
    const char *found = NULL;

    if (end - at < 2)
        return NULL;
    switch (*at) {
    case '$':
    case '#': return at[1] == '{' ? find_brace(at + 1, end) : NULL;
    case '<': return at[1] == '%' ? find_percent_tag(at, end) : NULL;
    case '{': break;
    default: return NULL;
    }
    if (at[1] == '{')
        found = find_pair(at + 2, end, '}', '}');
    else if (at[1] == '%' || at[1] == '#')
        found = find_pair(at + 2, end, at[1], '}');
    else
        return find_simple_brace(at, end);
    /* {{{ name }}} */
    if (found && at[2] == '{' && found < end && *found == '}')
        found++;
    return found;
}

/* Signs with which tags trim white space, or do something else than a value. */
static const char *skip_trim(const char *at, const char *end)
{
    return at < end && (*at == '-' || *at == '~' || *at == '_') ? at + 1 : at;
}

bool template_is_control(struct slice tag)
{
    const char *end = tag.start + tag.length;
    const char *at = tag.start + 2;

    if (slice_has_prefix(tag, SLICE("{%")) ||
        slice_has_prefix(tag, SLICE("{#")))
        return true;
    if (slice_has_prefix(tag, SLICE("<%"))) {
        if (tag.length > 2 && *at == '-')
            return is_control_word(first_word(at + 1, end));
        return tag.length > 2 && *at != '=';
    }
    if (!slice_has_prefix(tag, SLICE("{{")) ||
        slice_has_prefix(tag, SLICE("{{{")))
        return false;
    at = scan_space(skip_trim(at, end), end);
    return memchr("#/!^*", *at, 5) != NULL ||
           is_control_word(first_word(at, end));
}

/* The end of a tag with a value; null for others. */
static const char *value_end(const char *at, const char *end)
{
    const char *last =
        at < end && template_may_begin(*at) ? template_tag_end(at, end) : NULL;

    return last && !template_is_control((struct slice){at, (size_t)(last - at)})
               ? last
               : NULL;
}

const char *template_word_end(const char *at, const char *end)
{
    bool has_tag = false;

    for (;;) {
        const char *word = at;
        const char *tag;

        at = scan_word(at, end);
        /* A dollar sign may be a word's or begin a tag. */
        if (at > word && at[-1] == '$' && at < end && *at == '{')
            at--;
        tag = value_end(at, end);
        if (!tag)
            return has_tag ? at : NULL;
        has_tag = true;
        at = tag;
    }
}

const char *template_end_in_string(const char *start, const char *quote,
                                   const char *end)
{
    if ((size_t)(quote - start) > TEMPLATE_TAG_SIZE_MAX)
        start = quote - TEMPLATE_TAG_SIZE_MAX;
    for (const char *at = quote; at-- > start;) {
        const char *last;

        if (!template_may_begin(*at) || *at == '#' ||
            scan_byte_class(at[1]) == BYTE_WORD)
            continue;
        last = template_tag_end(at, end);
        if (last)
            return last > quote ? last : NULL;
    }
    return NULL;
}
