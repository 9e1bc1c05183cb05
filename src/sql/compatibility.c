/*
 * Functions of newer C libraries that libpg_query.a may have been built
 * against and this machine's may lack (glibc 2.36 lacks both). Stands beside
 * libpg_query, below everything; the Makefile's link test decides what of it
 * is compiled.
 */
#include "link_test.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#ifdef PGSQUINT_NEED_ISOC23_STRTOUL

/*
 * strtoul() of C23, which also knows "0b" in bases 0 and 2. The scanner calls
 * it with bases 8 and 16 only, where both are the same.
 */
unsigned long __isoc23_strtoul(const char *restrict text, char **restrict end,
                               int base);

unsigned long __isoc23_strtoul(const char *restrict text, char **restrict end,
                               int base)
{
    return strtoul(text, end, base);
}

#endif

#ifdef PGSQUINT_NEED_STRLCPY

size_t strlcpy(char *restrict target, const char *restrict text, size_t size);

size_t strlcpy(char *restrict target, const char *restrict text, size_t size)
{
    size_t length = strlen(text);

    if (size > 0) {
        size_t copied = length < size ? length : size - 1;

        memcpy(target, text, copied);
        target[copied] = '\0';
    }
    return length;
}

#endif
