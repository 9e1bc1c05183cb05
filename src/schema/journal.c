/*
 * A log of old bytes, read backwards to undo. Entries are of one size: nearly
 * all saves are a pointer, a flag or an array's header.
 */
#include "schema/journal.h"

#include <string.h>

void journal_init(struct journal *journal)
{
    *journal = (struct journal){0};
    arena_init(&journal->arena);
}

void journal_release(struct journal *journal)
{
    arena_release(&journal->arena);
}

void journal_make_room(struct journal *journal)
{
    struct journal_entry_array *entries = &journal->entries;

    array_grow(&journal->arena, (void **)&entries->items, entries->count,
               &entries->capacity, sizeof *entries->items);
}

void journal_save_large(struct journal *journal, void *at, size_t size)
{
    for (char *from = at; size > 0;) {
        size_t part = size < JOURNAL_SIZE_MAX ? size : JOURNAL_SIZE_MAX;

        journal_save(journal, from, part);
        from += part;
        size -= part;
    }
}

size_t journal_mark(struct journal *journal, enum mark_kind kind,
                    const char *name)
{
    struct journal_mark *mark = array_push(&journal->arena, &journal->marks);

    *mark = (struct journal_mark){kind, name, journal->entries.count};
    journal->is_taken_back = false;
    return journal->marks.count - 1;
}

void journal_keep(struct journal *journal, size_t mark)
{
    if (mark < journal->marks.count)
        journal->marks.count = mark;
    if (journal->marks.count == 0)
        journal->entries.count = 0;
}

bool journal_has_changed(const struct journal *journal, size_t mark,
                         const void *except, size_t size)
{
    const char *from = except, *to = from + size;

    for (size_t i = journal->marks.items[mark].entry;
         i < journal->entries.count; i++) {
        const struct journal_entry *entry = &journal->entries.items[i];
        const char *at = entry->at;

        if ((at < from || at >= to) &&
            memcmp(at, entry->bytes, entry->size) != 0)
            return true;
    }
    return false;
}

void journal_undo(struct journal *journal, size_t mark)
{
    size_t from = journal->marks.items[mark].entry;

    while (journal->entries.count > from) {
        const struct journal_entry *entry =
            &journal->entries.items[--journal->entries.count];

        /* Nearly all are a pointer or a number. */
        if (entry->size == sizeof(void *))
            memcpy(entry->at, entry->bytes, sizeof(void *));
        else
            memcpy(entry->at, entry->bytes, entry->size);
    }
    journal->marks.count = mark + 1;
}

static inline void exchange(struct journal_entry *entry)
{
    char bytes[JOURNAL_SIZE_MAX];

    /* As in journal_undo(). */
    if (entry->size == sizeof(void *)) {
        memcpy(bytes, entry->at, sizeof(void *));
        memcpy(entry->at, entry->bytes, sizeof(void *));
        memcpy(entry->bytes, bytes, sizeof(void *));
        return;
    }
    memcpy(bytes, entry->at, entry->size);
    memcpy(entry->at, entry->bytes, entry->size);
    memcpy(entry->bytes, bytes, entry->size);
}

void journal_take_back(struct journal *journal, size_t mark)
{
    struct journal_entry_array *entries = &journal->entries;

    journal->taken_from = journal->marks.items[mark].entry;
    journal->taken_count = entries->count - journal->taken_from;
    journal->is_taken_back = true;
    while (entries->count > journal->taken_from)
        exchange(&entries->items[--entries->count]);
    journal->marks.count = mark + 1;
}

bool journal_do_again(struct journal *journal)
{
    struct journal_entry_array *entries = &journal->entries;

    if (!journal->is_taken_back || entries->count != journal->taken_from)
        return false;
    journal->is_taken_back = false;
    for (size_t i = 0; i < journal->taken_count; i++)
        exchange(&entries->items[entries->count++]);
    if (journal->marks.count == 0)
        entries->count = 0;
    return true;
}

void journal_look_back(struct journal *journal, size_t mark)
{
    size_t from = journal->marks.items[mark].entry;

    for (size_t i = journal->entries.count; i-- > from;)
        exchange(&journal->entries.items[i]);
}

void journal_return(struct journal *journal, size_t mark)
{
    size_t from = journal->marks.items[mark].entry;

    for (size_t i = from; i < journal->entries.count; i++)
        exchange(&journal->entries.items[i]);
}

size_t journal_find(const struct journal *journal, enum mark_kind kind,
                    const char *name)
{
    for (size_t i = journal->marks.count; i-- > 0;) {
        const struct journal_mark *mark = &journal->marks.items[i];

        if (mark->kind == kind && (!name || strcmp(mark->name, name) == 0))
            return i;
        if (mark->kind == MARK_SAVE)
            break;
    }
    return JOURNAL_NO_MARK;
}
