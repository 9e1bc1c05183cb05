/*
 * Objects of which the schema knows no more than their names: the statement
 * that made each is in the script as it was written, with the search_path that
 * finds its names. Those on which nothing stands are left out.
 */
#include "output/schema_sql.h"

/* Which kinds come before types; false for those on which nothing stands, or
 * that are not of one database. */
static bool place_of(enum other_kind kind, enum sql_kind *place)
{
    *place = SQL_OTHER;
    switch (kind) {
    case OTHER_ACCESS_METHOD:
    case OTHER_COLLATION:
    case OTHER_CONVERSION:
    case OTHER_LANGUAGE:
    case OTHER_SERVER:
    case OTHER_TEXT_SEARCH_CONFIGURATION:
    case OTHER_TEXT_SEARCH_DICTIONARY:
    case OTHER_TEXT_SEARCH_PARSER:
    case OTHER_TEXT_SEARCH_TEMPLATE:
    case OTHER_WRAPPER: return true;
    case OTHER_CAST:
    case OTHER_OPERATOR:
    case OTHER_OPERATOR_CLASS:
    case OTHER_OPERATOR_FAMILY:
    case OTHER_TRANSFORM: *place = SQL_OTHER_LATE; return true;
    case OTHER_EVENT_TRIGGER:
    case OTHER_PUBLICATION:
    case OTHER_ROLE:
    case OTHER_SUBSCRIPTION:
    case OTHER_USER_MAPPING: return false;
    }
    return false;
}

static void write_other(struct sql_script *script, const struct sql_item *item)
{
    const struct other *other = item->subject.other;

    sql_as_written(script, other->namespace, other->statement);
}

void sql_add_other(struct sql_script *script, const struct other *other)
{
    enum sql_kind kind;

    if (!other->statement || !place_of(other->kind, &kind))
        return;
    sql_add(script, kind, write_other, other,
            other->namespace ? other->namespace->name : "", other->name, "")
        ->subject.other = other;
}
