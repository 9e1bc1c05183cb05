/*
 * Finds passwords in texts for rules, which never repeat them.
 *
 * Facts: PostgreSQL manual, "Connection Strings"; src/interfaces/libpq
 * (conninfo_parse, conninfo_uri_parse_options), src/common/scram-common.c.
 */
#include "sql/secret.h"

#include <string.h>

static bool begins_with(struct slice text, const char *prefix)
{
    size_t length = strlen(prefix);

    return text.length >= length && memcmp(text.start, prefix, length) == 0;
}

static bool contains(struct slice text, const char *part)
{
    for (size_t i = 0; i < text.length; i++) {
        if (begins_with(slice_part(text, i, text.length), part))
            return true;
    }
    return false;
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_';
}

/* The rest after the first byte is a name, and not an empty one. */
static bool is_sign_and_name(struct slice text)
{
    for (size_t i = 1; i < text.length; i++) {
        if (!is_name_byte(text.start[i]))
            return false;
    }
    return text.length > 1;
}

static bool is_masked(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] != '*')
            return false;
    }
    return true;
}

bool secret_is_placeholder(struct slice text)
{
    static const char *const tags[] = {"${", "{{", "<%", "%(", "#{", "$("};
    char first = text.length > 0 ? text.start[0] : '\0';
    char last = text.length > 0 ? text.start[text.length - 1] : '\0';

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (contains(text, tags[i]))
            return true;
    }
    return is_masked(text) || (first == '<' && last == '>') ||
           (first == '{' && last == '}') ||
           (text.length > 2 && first == '%' && last == '%') ||
           (text.length > 2 && first == '@' && last == '@') ||
           slice_equal(text, slice_from("%s")) ||
           ((first == '$' || first == ':') && is_sign_and_name(text));
}

bool secret_is_scram(struct slice text)
{
    return begins_with(text, "SCRAM-SHA-256$");
}

/* From the start to the first of these bytes, or the end. */
static struct slice until(struct slice text, const char *bytes)
{
    size_t end = 0;

    while (end < text.length && !strchr(bytes, text.start[end]))
        end++;
    return slice_part(text, 0, end);
}

static struct slice after(struct slice text, size_t length)
{
    return slice_part(text, length, text.length);
}

static bool is_password(struct slice value)
{
    return !secret_is_placeholder(value);
}

/* user:password@host, after `//`. */
static bool is_in_authority(struct slice text)
{
    struct slice authority = until(text, "/?");
    struct slice user = until(authority, "@");
    struct slice name = until(user, ":");

    if (user.length == authority.length || name.length == user.length)
        return false;
    return is_password(after(user, name.length + 1));
}

/* `?a=b&password=c`. */
static bool is_in_parameters(struct slice text)
{
    text = after(text, until(text, "?").length);
    while (text.length > 0) {
        struct slice parameter;

        text = after(text, 1);
        parameter = until(text, "&");
        if (begins_with(parameter, "password=") &&
            is_password(after(parameter, strlen("password="))))
            return true;
        text = after(text, parameter.length);
    }
    return false;
}

/* Takes the value, quoted or not, from the text. */
static struct slice take_value(struct slice *text)
{
    struct slice value;

    if (text->length > 0 && (text->start[0] == '\'' || text->start[0] == '"')) {
        const char quote[] = {text->start[0], '\0'};

        value = until(after(*text, 1), quote);
        *text = after(*text, value.length + 1 < text->length ? value.length + 2
                                                             : text->length);
        return value;
    }
    value = until(*text, " \t\r\n");
    *text = after(*text, value.length);
    return value;
}

/* `key = value`, separated by spaces. In a text of SQL a quote is doubled. */
static bool is_in_pairs(struct slice text)
{
    while (text.length > 0) {
        struct slice key;

        text = slice_trim(text);
        key = until(text, "= \t\r\n");
        text = slice_trim(after(text, key.length));
        if (text.length == 0 || text.start[0] != '=')
            return false;
        text = slice_trim(after(text, 1));
        if (slice_equal(key, slice_from("password"))) {
            if (begins_with(text, "''"))
                text = after(text, 1);
            return is_password(take_value(&text));
        }
        take_value(&text);
    }
    return false;
}

bool secret_in_connection(struct slice text)
{
    static const char *const schemes[] = {"postgresql://", "postgres://"};

    text = slice_trim(text);
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (begins_with(text, schemes[i])) {
            struct slice rest = after(text, strlen(schemes[i]));

            return is_in_authority(rest) || is_in_parameters(rest);
        }
    }
    return is_in_pairs(text);
}
