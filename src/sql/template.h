/*
 * The tags of template languages: `{{ name }}`, `{% if x %}`, `${name}`,
 * `#{name}`, `<%= name %>`. No brace belongs to SQL, so a tag is certain where
 * its end is found; what is in it (quotes, semicolons) is none of SQL's.
 */
#ifndef SQL_TEMPLATE_H
#define SQL_TEMPLATE_H

#include "base/slice.h"

/* Longer tags are not seen. */
#define TEMPLATE_TAG_SIZE_MAX ((size_t)2048)

/* A tag may begin with this byte. */
static inline bool template_may_begin(char c)
{
    return c == '{' || c == '$' || c == '#' || c == '<';
}

/*
 * The end of the tag that begins here, or of the simple braces of `{name}`,
 * `{}` and `{0}`; null if none does. Looks at a bounded number of bytes.
 */
const char *template_tag_end(const char *at, const char *end);

/*
 * The end of a word that has tags in it, or is one: `${schema}_x`,
 * `t_{{ a }}{{ b }}`. Null if it has none, or is a tag without a value. `at`
 * is where a word or tag begins.
 */
const char *template_word_end(const char *at, const char *end);

/*
 * From the start of a string to the quote that follows it: the end of the tag
 * that was cut apart there, as in '{{ f('x') }}'; null if none was.
 */
const char *template_end_in_string(const char *start, const char *quote,
                                   const char *end);

/*
 * A whole tag that makes no text of its own: `{% if x %}`, `{# remark #}`,
 * `{{ end }}`, `<% end %>`.
 */
bool template_is_control(struct slice tag);

#endif
