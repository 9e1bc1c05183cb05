/*
 * Regular expressions and globs by PCRE2: patterns in settings, names of
 * files, rules' options. The limits make a pattern that backtracks without end
 * a pattern that does not match.
 */
#include "base/pattern.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* A million steps take some 10 ms; no honest pattern on a name needs them. */
#define STEPS_MAX 1000000
#define DEPTH_MAX 10000
#define HEAP_SIZE_MAX_KIB 16384

struct pattern {
    pcre2_code *code;
    pcre2_match_context *context;
    pcre2_match_data *match; /* of the last match; its memory is used again */
    size_t uses;             /* until it is compiled to machine code */
};

/* Patterns on names of files run thousands of times in a large folder, and
 * once on a small one, where compiling would cost more than it saves. */
#define USES_BEFORE_JIT 64

void pattern_free(struct pattern *pattern)
{
    if (!pattern)
        return;
    pcre2_match_data_free(pattern->match);
    pcre2_match_context_free(pattern->context);
    pcre2_code_free(pattern->code);
    free(pattern);
}

static struct pattern *compile(struct slice expression, uint32_t options,
                               struct error *error)
{
    struct pattern *pattern = calloc(1, sizeof *pattern);
    int code;
    size_t offset;

    if (!pattern)
        arena_exhausted();
    pattern->code =
        pcre2_compile((PCRE2_SPTR)(expression.start ? expression.start : ""),
                      expression.length, options, &code, &offset, NULL);
    if (!pattern->code) {
        PCRE2_UCHAR message[256];

        pcre2_get_error_message(code, message, sizeof message);
        error_set(error, "%s at offset %zu", (const char *)message, offset);
        pattern_free(pattern);
        return NULL;
    }
    pattern->context = pcre2_match_context_create(NULL);
    pattern->match = pcre2_match_data_create_from_pattern(pattern->code, NULL);
    if (!pattern->context || !pattern->match)
        arena_exhausted();
    pcre2_set_match_limit(pattern->context, STEPS_MAX);
    pcre2_set_depth_limit(pattern->context, DEPTH_MAX);
    pcre2_set_heap_limit(pattern->context, HEAP_SIZE_MAX_KIB);
    return pattern;
}

struct pattern *pattern_compile(struct slice expression, bool ignore_case,
                                struct error *error)
{
    /* \C would cut characters in two, which PCRE2 calls dangerous. */
    return compile(expression,
                   PCRE2_UTF | PCRE2_MATCH_INVALID_UTF |
                       PCRE2_NEVER_BACKSLASH_C |
                       (ignore_case ? PCRE2_CASELESS : 0),
                   error);
}

/* The offset after the class's ]; 0 if it has none. */
static size_t class_end(struct slice glob, size_t at)
{
    at++;
    if (at < glob.length && (glob.start[at] == '!' || glob.start[at] == '^'))
        at++;
    if (at < glob.length && glob.start[at] == ']')
        at++;
    while (at < glob.length && glob.start[at] != ']')
        at++;
    return at < glob.length ? at + 1 : 0;
}

/* [!a-z] as [^a-z], with what PCRE2 alone takes for special escaped. A class
 * never matches the slash. */
static void add_class(struct buffer *expression, struct slice class)
{
    size_t i = 1;

    buffer_add_text(expression, "(?!/)[");
    if (class.start[i] == '!' || class.start[i] == '^') {
        buffer_add_char(expression, '^');
        i++;
    }
    for (; i < class.length - 1; i++) {
        if (strchr("\\[]^", class.start[i]))
            buffer_add_char(expression, '\\');
        buffer_add_char(expression, class.start[i]);
    }
    buffer_add_char(expression, ']');
}

/*
 * What stands for the stars at this offset; moves *at behind them. `**` with a
 * slash on either side is any number of components, none included.
 */
static const char *take_stars(struct slice glob, size_t *at)
{
    size_t from = *at, to = from;
    bool is_first = from == 0 || glob.start[from - 1] == '/';

    while (to < glob.length && glob.start[to] == '*')
        to++;
    *at = to;
    if (to - from == 1)
        return "[^/]*";
    if (is_first && to < glob.length && glob.start[to] == '/') {
        *at = to + 1;
        return "(?:.*/)?";
    }
    return ".*";
}

struct pattern *pattern_compile_glob(struct slice glob, struct error *error)
{
    struct arena arena;
    struct buffer expression;
    struct pattern *pattern;

    arena_init(&arena);
    buffer_init(&expression, &arena);
    buffer_add_text(&expression, "\\A");
    for (size_t i = 0; i < glob.length;) {
        size_t end = glob.start[i] == '[' ? class_end(glob, i) : 0;

        if (end > 0) {
            add_class(&expression, slice_part(glob, i, end));
            i = end;
        } else if (glob.start[i] == '*') {
            buffer_add_text(&expression, take_stars(glob, &i));
        } else if (glob.start[i] == '?') {
            buffer_add_text(&expression, "[^/]");
            i++;
        } else {
            if (glob.start[i] == '\\' && i + 1 < glob.length)
                i++;
            if (strchr("\\^$.[|()?*+{", glob.start[i]))
                buffer_add_char(&expression, '\\');
            buffer_add_char(&expression, glob.start[i++]);
        }
    }
    buffer_add_text(&expression, "\\z");
    pattern =
        compile(buffer_slice(&expression),
                PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_DOTALL, error);
    arena_release(&arena);
    return pattern;
}

static void copy_groups(pcre2_match_data *match, struct slice subject,
                        struct slice *groups, size_t group_count)
{
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(match);
    size_t count = pcre2_get_ovector_count(match);

    for (size_t i = 0; i < group_count; i++) {
        groups[i] = (struct slice){NULL, 0};
        if (i < count && offsets[2 * i] != PCRE2_UNSET)
            groups[i] = slice_part(subject, offsets[2 * i], offsets[2 * i + 1]);
    }
}

static int match(struct pattern *pattern, struct slice subject,
                 uint32_t options)
{
    return pcre2_match(
        pattern->code, (PCRE2_SPTR)(subject.start ? subject.start : ""),
        subject.length, 0, options, pattern->match, pattern->context);
}

bool pattern_match(struct pattern *pattern, struct slice subject,
                   struct slice *groups, size_t group_count)
{
    int found;

    if (pattern->uses++ == USES_BEFORE_JIT)
        pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
    found = match(pattern, subject, 0);
    /* Machine code has a small stack of its own. */
    if (found == PCRE2_ERROR_JIT_STACKLIMIT)
        found = match(pattern, subject, PCRE2_NO_JIT);
    if (found >= 0 && groups)
        copy_groups(pattern->match, subject, groups, group_count);
    return found >= 0;
}
