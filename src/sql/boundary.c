/*
 * Tells the lines by which tools cut their files from ordinary comments. A
 * query's name is one only if a statement begins right after it, since
 * `-- name: ...` may also be a remark about a column.
 */
#include "sql/boundary.h"

#include "base/slice.h"
#include "sql/scan.h"

/* So many comments may stand between a query's name and the query. */
#define COMMENT_LINES_MAX 32

static bool is_at_line_start(const char *start, const char *at)
{
    while (at > start && (at[-1] == ' ' || at[-1] == '\t'))
        at--;
    return at == start || at[-1] == '\n' || at[-1] == '\r';
}

/* A statement begins after the line comments here. */
static bool begins_statement(const char *at, const char *end)
{
    static const char *const words[] = {
        "alter",    "call",   "create", "delete", "do",     "drop",
        "explain",  "grant",  "insert", "merge",  "select", "set",
        "truncate", "update", "values", "with",
    };
    struct slice word;

    for (int i = 0; i < COMMENT_LINES_MAX; i++) {
        if (!scan_is_pair(at, end, '-', '-'))
            break;
        at = scan_space(scan_line_comment(at, end), end);
    }
    word = (struct slice){at, (size_t)(scan_word(at, end) - at)};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_equal_ignoring_case(word, slice_from(words[i])))
            return true;
    return false;
}

bool boundary_is_comment(const char *start, const char *at, const char *end,
                         bool is_in_brackets)
{
    const char *line_end = scan_line_comment(at, end);
    struct slice words =
        slice_trim((struct slice){at + 2, (size_t)(line_end - at) - 2});

    if (slice_has_prefix(words, SLICE("> statement-breakpoint")) ||
        slice_equal(words, SLICE("+goose StatementEnd")) ||
        slice_equal(words, SLICE("+migrate StatementEnd")))
        return true;
    return !is_in_brackets &&
           (slice_has_prefix(words, SLICE("name:")) ||
            slice_has_prefix(words, SLICE(":name "))) &&
           is_at_line_start(start, at) && begins_statement(at, end);
}

bool boundary_is_include(const char *start, const char *at, const char *end)
{
    struct slice word = {at + 1, (size_t)(scan_word(at + 1, end) - at) - 1};

    return *at == '#' && slice_equal(word, SLICE("include")) &&
           is_at_line_start(start, at);
}
