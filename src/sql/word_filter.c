/*
 * A Bloom filter of words: two bits for each.
 */
#include "sql/word_filter.h"

#include "sql/scan.h"

static uint32_t hash_of(struct slice word)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < word.length; i++) {
        char c = word.start[i];

        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        hash = (hash ^ (unsigned char)c) * 16777619u;
    }
    return hash ^ (hash >> 15);
}

static void positions_of(struct slice word, uint32_t positions[2])
{
    uint32_t hash = hash_of(word);

    positions[0] = hash % WORD_FILTER_BITS;
    positions[1] = (hash >> 16) * 31 % WORD_FILTER_BITS;
}

static size_t word_end(struct slice text, size_t from)
{
    while (from < text.length && scan_is_word_byte(text.start[from]))
        from++;
    return from;
}

void word_filter_add(struct word_filter *filter, struct slice text)
{
    size_t end;

    for (size_t start = 0; start < text.length; start = end + 1) {
        uint32_t positions[2];

        end = word_end(text, start);
        if (end == start)
            continue;
        positions_of(slice_part(text, start, end), positions);
        for (int i = 0; i < 2; i++)
            filter->bits[positions[i] / 64] |= UINT64_C(1) << positions[i] % 64;
    }
}

bool word_filter_may_have(const struct word_filter *filter, const char *name)
{
    struct slice word = slice_from(name);
    uint32_t positions[2];

    if (word.length == 0 || word_end(word, 0) < word.length)
        return true;
    positions_of(word, positions);
    for (int i = 0; i < 2; i++)
        if (!(filter->bits[positions[i] / 64] >> positions[i] % 64 & 1))
            return false;
    return true;
}
