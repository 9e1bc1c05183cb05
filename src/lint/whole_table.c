/*
 * UPDATE and DELETE of all rows: whether there are several, and how to say that all
 * are meant. For the two rules of query/ that look for a missing WHERE.
 */
#include "lint/whole_table.h"

#include "lint/query_words.h"

bool whole_table_has_rows(const struct check *check, const RangeVar *relation)
{
    struct qualified_name name = name_from_range_var(relation);
    const struct table *table = schema_find_table(check->schema, name);

    return !check_is_new(check, name) &&
           !(table != NULL && table_has_one_row(table)) &&
           query_is_whole(check);
}

const char *whole_table_help(struct check *check)
{
    const struct statement *statement = check->statement;
    struct span at = words_of_statement(statement);
    struct span returning =
        words_find(check->text, statement, statement->offset, "RETURNING");

    if (walk_depth(check->walk) > 0 || !query_is_short(check))
        return "say which rows with WHERE; WHERE true says that all are meant";
    if (returning.length > 0)
        at = (struct span){returning.offset, 0};
    else
        at = (struct span){at.offset + at.length, 0};
    return check_format(
        check, "say which rows are meant; if all are:\n%s",
        check_rewrite(check, at,
                      returning.length > 0 ? "WHERE true " : " WHERE true"));
}
