/*
 * Names out of parse trees, for rules, the schema and messages.
 */
#include "sql/names.h"

#include "sql/parser.h"

#include <string.h>

/* Null if there are not so many parts. */
static const char *part_of(const List *parts, int index)
{
    return index < 0 ? NULL
                     : name_from_string(parts->elements[index].ptr_value);
}

/* The name that the first `count` parts are. */
static struct qualified_name name_of(const List *parts, int count)
{
    return (struct qualified_name){
        .catalog = part_of(parts, count - 3),
        .schema = part_of(parts, count - 2),
        .name = part_of(parts, count - 1),
    };
}

struct qualified_name name_from_list(const List *parts)
{
    return name_of(parts, parts ? parts->length : 0);
}

struct qualified_name name_before_last(const List *parts)
{
    return name_of(parts, parts ? parts->length - 1 : 0);
}

struct qualified_name name_from_range_var(const RangeVar *range)
{
    return (struct qualified_name){range->catalogname, range->schemaname,
                                   range->relname};
}

const char *name_to_sql(struct arena *arena, struct qualified_name name)
{
    const char *sql =
        parser_quote_identifier(arena, name.name ? name.name : "");

    if (name.schema)
        sql = arena_format(arena, "%s.%s",
                           parser_quote_identifier(arena, name.schema), sql);
    if (name.catalog)
        sql = arena_format(arena, "%s.%s",
                           parser_quote_identifier(arena, name.catalog), sql);
    return sql;
}

static bool is_min_or_max(const char *word)
{
    return word[0] == 'm' &&
           (strcmp(word, "min") == 0 || strcmp(word, "max") == 0);
}

bool name_is_system_column(const char *name)
{
    if (name[0] == 'c')
        return strcmp(name + 1, "tid") == 0 || is_min_or_max(name + 1);
    if (name[0] == 'x')
        return is_min_or_max(name + 1);
    return name[0] == 't' && strcmp(name + 1, "ableoid") == 0;
}

const char *name_of_serial_word(const char *word)
{
    static const char *const names[][2] = {
        {"serial", "integer"},       {"serial4", "integer"},
        {"bigserial", "bigint"},     {"serial8", "bigint"},
        {"smallserial", "smallint"}, {"serial2", "smallint"},
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(word, names[i][0]) == 0)
            return names[i][1];
    }
    return NULL;
}

bool name_is_reserved(const char *name)
{
    int keyword = ScanKeywordLookup(name, &ScanKeywords);

    /* It finds them in whatever case; a name in capitals is another name. */
    if (keyword < 0 || strpbrk(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        return false;
    return ScanKeywordCategories[keyword] == RESERVED_KEYWORD ||
           ScanKeywordCategories[keyword] == TYPE_FUNC_NAME_KEYWORD;
}
