/*
 * What the files of Atlas say in their header: the transaction, checkpoints,
 * delimiters (sql/migrate/dir.go and lex.go). What its row of tools.c points
 * to.
 */
#include "input/sections.h"

#include "input/tool_rows.h"

/*
 * The value of the last directive of that name in Atlas's file header: comment
 * lines from the first line on, with an empty line after them. Without that
 * line they belong to the statement below and say nothing (sql/migrate/dir.go).
 */
static struct slice atlas_directive(struct slice text, struct slice name)
{
    struct slice value = {NULL, 0};
    size_t offset = 0;

    while (
        slice_has_prefix(slice_part(text, offset, text.length), SLICE("--")) ||
        slice_has_prefix(slice_part(text, offset, text.length), SLICE("#"))) {
        struct slice line = sections_next_line(text, &offset, SLICE(""));
        size_t at = slice_find(line, SLICE("atlas:"));
        struct slice rest = slice_part(line, at, line.length);

        rest = slice_part(rest, 6, rest.length);
        if (at == SLICE_NOT_FOUND ||
            !slice_equal(sections_take_word(&rest), name))
            continue;
        value = slice_trim(rest);
        if (!value.start)
            value = SLICE("");
    }
    text = slice_part(text, offset, text.length);
    if (slice_has_prefix(text, SLICE("\n")) ||
        slice_has_prefix(text, SLICE("\r\n")))
        return value;
    return (struct slice){NULL, 0};
}

bool atlas_has_opted_out(struct arena *arena, const struct source *source)
{
    (void)arena;
    return slice_equal(atlas_directive(sections_text(source), SLICE("txmode")),
                       SLICE("none"));
}

/* A checkpoint stands for all versions before it. */
enum migration_role atlas_role(struct slice text)
{
    return atlas_directive(text, SLICE("checkpoint")).start ? ROLE_BASELINE
                                                            : ROLE_UP;
}

/* The delimiter with its \n, \r and \t taken for what they say. */
static struct slice unescaped(struct arena *arena, struct slice text)
{
    static const char escapes[] = "nrt", meanings[] = "\n\r\t";
    char *to = arena_alloc(arena, text.length + 1);
    size_t length = 0;

    for (size_t at = 0; at < text.length; at++) {
        const char *escape = NULL;

        if (text.start[at] == '\\' && at + 1 < text.length)
            escape = strchr(escapes, text.start[at + 1]);
        if (escape) {
            to[length++] = meanings[escape - escapes];
            at++;
        } else {
            to[length++] = text.start[at];
        }
    }
    return (struct slice){to, length};
}

/* A delimiter of nothing but white space cannot become a semicolon in its
 * place: then the statements' own semicolons must do. */
void atlas_edit(struct arena *arena, struct source *source)
{
    struct slice text = sections_text(source), word;
    struct slice delimiter =
        unescaped(arena, atlas_directive(text, SLICE("delimiter")));
    struct source_edit_array edits = {0};
    size_t at, found;

    word = slice_trim(delimiter);
    if (word.length == 0 || slice_equal(word, SLICE(";")))
        return;
    at = slice_find(text, SLICE("\n\n"));
    while (at < text.length &&
           (found = slice_find(slice_part(text, at, text.length), delimiter)) !=
               SLICE_NOT_FOUND) {
        size_t offset = at + found + (size_t)(word.start - delimiter.start);

        *array_push(arena, &edits) =
            (struct source_edit){source->body + offset, word.length, ';'};
        at += found + delimiter.length;
    }
    if (edits.count)
        source_edit(source, edits);
}
