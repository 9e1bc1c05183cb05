/*
 * The system catalogs and views that guards of DO blocks ask, as far as the
 * model can answer: their rows and columns.
 */
#ifndef REPLAY_GUARD_CATALOG_H
#define REPLAY_GUARD_CATALOG_H

#include "replay/context.h"

enum guard_kind {
    GUARD_UNKNOWN,
    GUARD_NULL,
    GUARD_BOOL,
    GUARD_NUMBER,
    GUARD_TEXT,
    GUARD_OBJECT, /* an object's id */
};

struct guard_value {
    enum guard_kind kind;
    bool truth;
    long number;
    const char *text;
    const void *object;
};

/* What current_database() and table_catalog give: nobody knows the name. */
#define GUARD_DATABASE "\1"

/* What a row is of. */
enum guard_entity {
    ENTITY_NAMESPACE,
    ENTITY_RELATION,
    ENTITY_TYPE,
    ENTITY_LABEL,
    ENTITY_COLUMN,
    ENTITY_CONSTRAINT,
    ENTITY_INDEX,
    ENTITY_FUNCTION,
    ENTITY_TRIGGER,
    ENTITY_POLICY,
    ENTITY_EXTENSION,
    ENTITY_PUBLICATION,
};

struct guard_row {
    struct object *object;
    const char *label; /* of an enum */
};

struct guard_row_array ARRAY(struct guard_row);

/* What a column says. */
enum guard_getter {
    GET_NAME,
    GET_OBJECT,
    GET_NAMESPACE,
    GET_NAMESPACE_NAME,
    GET_TABLE,
    GET_TABLE_NAME,
    GET_TABLE_NAMESPACE_NAME,
    GET_RELATION_KIND,
    GET_TABLE_TYPE,
    GET_CONSTRAINT_KIND,
    GET_CONSTRAINT_TYPE,
    GET_REFERENCED,
    GET_IS_VALIDATED,
    GET_TYPE,
    GET_TYPE_NAME,
    GET_TYPE_TEXT,
    GET_TYPE_KIND,
    GET_IS_NOT_NULL,
    GET_IS_NULLABLE,
    GET_HAS_DEFAULT,
    GET_LABEL,
    GET_POSITION,
    GET_ROW_SECURITY,
    GET_INDEX,
    GET_IS_UNIQUE,
    GET_IS_PRIMARY,
    GET_IS_VALID,
    GET_FALSE,
    GET_DATABASE,
};

struct guard_column_entry {
    const char *name;
    enum guard_getter getter;
};

#define COLUMNS_MAX 12

/* Which relations are in a view of relations. */
enum guard_filter {
    FILTER_ALL,
    FILTER_TABLES, /* pg_tables */
    FILTER_VIEWS,  /* pg_views */
    FILTER_MATVIEWS,
    FILTER_SEQUENCES,
    FILTER_WITH_ROWS, /* information_schema.tables */
};

struct guard_catalog {
    const char *schema; /* null: pg_catalog */
    const char *name;
    enum guard_entity entity;
    enum guard_filter filter;
    struct guard_column_entry columns[COLUMNS_MAX];
};

/* Null if it is not known. */
const struct guard_catalog *guard_find_catalog(struct qualified_name name);

/* What tells rows apart that need not be looked at. */
struct guard_restriction {
    const char *name;          /* of the row's object; null: any */
    const char *table_name;    /* of the table that it is a part of */
    const struct table *table; /* likewise */
};

/* The rows that fit; false if there may be more than are known: a built-in
 * object of that name. In the scratch arena. */
bool guard_rows(struct replay *replay, const struct guard_catalog *catalog,
                const struct guard_restriction *restriction,
                struct guard_row_array *rows);

const char *guard_name_of(const struct object *object);

/* Whether the catalog has this column. */
bool guard_has_column(const struct guard_catalog *catalog, const char *name);

/* A column's part in a restriction: which member it fills. */
enum guard_role {
    ROLE_NONE,
    ROLE_NAME,
    ROLE_TABLE_NAME,
    ROLE_TABLE,
};

enum guard_role guard_role_of(const struct guard_catalog *catalog,
                              const char *column);

struct guard_value guard_column(struct replay *replay,
                                const struct guard_catalog *catalog,
                                const struct guard_row *row,
                                const char *column);

#endif
