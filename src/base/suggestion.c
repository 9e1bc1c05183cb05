/*
 * Typing errors are found by their distance: how many letters must be changed,
 * added, left out or swapped with their neighbour (optimal string alignment).
 * At the bottom of the data flow; used wherever a user's word is looked up.
 */
#include "base/suggestion.h"

/* Longer names than this are nobody's typing error. */
#define NAME_LENGTH_MAX 64

struct suggestion suggestion_for(struct slice name)
{
    return (struct suggestion){.name = name};
}

static char folded(char c)
{
    if (c == '_')
        return '-';
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;

    return least < c ? least : c;
}

/* Both lengths are at most NAME_LENGTH_MAX. */
static size_t distance_between(struct slice a, struct slice b)
{
    size_t rows[3][NAME_LENGTH_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b.length; j++)
        last[j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t *reused = before;

        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            char x = folded(a.start[i - 1]), y = folded(b.start[j - 1]);

            row[j] = smallest(last[j] + 1, row[j - 1] + 1,
                              last[j - 1] + (x == y ? 0 : 1));
            if (i > 1 && j > 1 && x == folded(b.start[j - 2]) &&
                y == folded(a.start[i - 2]) && before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
        before = last;
        last = row;
        row = reused;
    }
    return last[b.length];
}

void suggestion_offer(struct suggestion *suggestion, const char *known)
{
    struct slice candidate = slice_from(known);
    size_t length = suggestion->name.length;
    size_t limit = length / 3 ? length / 3 : 1, distance;

    if (!length || length > NAME_LENGTH_MAX ||
        candidate.length > NAME_LENGTH_MAX)
        return;
    distance = distance_between(suggestion->name, candidate);
    if (distance > limit || distance >= candidate.length)
        return;
    if (suggestion->best && distance >= suggestion->distance)
        return;
    suggestion->best = known;
    suggestion->distance = distance;
}
