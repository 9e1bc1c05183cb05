/*
 * The undo journal: what memory held before it was changed, so that a rollback
 * can put it back. Objects live in an arena and are never freed; to undo is to
 * restore the pointers and values that made them known.
 *
 * Saving costs nothing while no mark is set.
 */
#ifndef SCHEMA_JOURNAL_H
#define SCHEMA_JOURNAL_H

#include "base/array.h"

#include <stdbool.h>
#include <string.h>

enum mark_kind {
    MARK_STATEMENT,   /* a statement that may turn out to be refused */
    MARK_TRANSACTION, /* BEGIN */
    MARK_SAVEPOINT,   /* SAVEPOINT name */
    MARK_SAVE,        /* replay_save() */
    MARK_TRY,         /* replay_save_for_try() */
};

struct journal_mark {
    enum mark_kind kind;
    const char *name; /* of a savepoint */
    size_t entry;     /* what was saved from here on came after the mark */
};

struct journal_mark_array ARRAY(struct journal_mark);

#define JOURNAL_SIZE_MAX 24

struct journal_entry {
    void *at;
    unsigned char size;
    char bytes[JOURNAL_SIZE_MAX];
};

struct journal_entry_array ARRAY(struct journal_entry);

struct journal {
    struct arena arena;
    struct journal_entry_array entries;
    struct journal_mark_array marks;
    bool is_taken_back; /* journal_do_again() can do what it says */
    size_t taken_count; /* the entries behind the last one that it is about */
    size_t taken_from;  /* entries.count when they were taken back */
};

void journal_init(struct journal *journal);
void journal_release(struct journal *journal);

/* For an entry more. */
void journal_make_room(struct journal *journal);

/* journal_save() of what does not fit an entry. */
void journal_save_large(struct journal *journal, void *at, size_t size);

/* To be called before memory that outlives a mark is changed. */
static inline void journal_save(struct journal *journal, void *at, size_t size)
{
    struct journal_entry *entry;

    if (journal->marks.count == 0)
        return;
    if (size > JOURNAL_SIZE_MAX) {
        journal_save_large(journal, at, size);
        return;
    }
    if (journal->entries.count == journal->entries.capacity)
        journal_make_room(journal);
    entry = &journal->entries.items[journal->entries.count++];
    entry->at = at;
    entry->size = (unsigned char)size;
    memcpy(entry->bytes, at, size);
}

/* Sets a mark; returns its number. The name is kept, not copied. */
size_t journal_mark(struct journal *journal, enum mark_kind kind,
                    const char *name);

/* Forgets this mark and later ones; what was done stays done. */
void journal_keep(struct journal *journal, size_t mark);

/* Some byte that was saved since the mark is not what it was, those that begin at
 * `except` left aside. Bytes that were changed twice may count. */
bool journal_has_changed(const struct journal *journal, size_t mark,
                         const void *except, size_t size);

/* Undoes what came after this mark; the mark itself stays, later ones go. */
void journal_undo(struct journal *journal, size_t mark);

/*
 * journal_undo() of what may be done again: until the next mark is set, as long
 * as nothing is changed. journal_do_again() is false, and does nothing, if it is
 * too late.
 */
void journal_take_back(struct journal *journal, size_t mark);
bool journal_do_again(struct journal *journal);

/*
 * Puts memory back as it was at this mark, for a look at it, and then again as
 * it is now. Nothing may be saved in between, and nothing changed that ever was.
 */
void journal_look_back(struct journal *journal, size_t mark);
void journal_return(struct journal *journal, size_t mark);

#define JOURNAL_NO_MARK ((size_t)-1)

/*
 * The newest mark of this kind and, if not null, name; JOURNAL_NO_MARK if
 * there is none above the newest replay_save().
 */
size_t journal_find(const struct journal *journal, enum mark_kind kind,
                    const char *name);

#endif
