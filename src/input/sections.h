/*
 * What cutters of migration files share: lines of a text, and sections that end
 * where the next one begins.
 */
#ifndef INPUT_SECTIONS_H
#define INPUT_SECTIONS_H

#include "input/tools.h"

static inline bool sections_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The source's text without a byte order mark, so that the first line may be a
 * marker. Lines of it are slices of the whole text too. */
struct slice sections_text(const struct source *source);

/* The line that contains the byte at `offset`: its end is its \n or the end
 * of the text. */
struct slice sections_line_around(struct slice text, size_t offset);

/* The next line, from *offset on, that contains the word; *offset moves behind
 * that line. A null start: no more. */
struct slice sections_next_line(struct slice text, size_t *offset,
                                struct slice word);

/* Takes the next word, without the white space around it; empty at the end. */
struct slice sections_take_word(struct slice *text);

/* Sections while they are being found: the last one ends where the next one
 * begins. */
struct cutter {
    struct arena *arena;
    struct source *source;
    struct migration *migration;
    struct section open;
    bool is_open;
};

/* Ends the open section before this line and begins one after it. */
void cutter_open(struct cutter *cutter, struct slice line,
                 enum direction direction, bool has_opted_out);

/* The same with a section from this offset of the whole text on. */
void cutter_open_at(struct cutter *cutter, size_t end, size_t begin,
                    enum direction direction, bool has_opted_out);

/* The open section goes on after this line as one of its own, whose statements
 * are sent as one string or not. Does nothing where none is open. */
void cutter_switch(struct cutter *cutter, struct slice line, bool is_string);

/* Ends the open section with the text. Without any section the whole file is
 * up. */
void cutter_finish(struct cutter *cutter);

#endif
