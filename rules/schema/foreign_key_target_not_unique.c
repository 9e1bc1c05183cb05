/*
 * foreign-key-target-not-unique: the columns that a foreign key references have
 * no unique index that it can rely on, and the server refuses it. The replay
 * finds out (src/replay/foreign_key.c); here it gets its own words and help.
 */
#include "lint/advice.h"

#include <string.h>

#define INVALID_FOREIGN_KEY "42830"
#define OBJECT_NOT_IN_PREREQUISITE_STATE "55000"

static const char *columns_text(struct check *check, const List *columns)
{
    struct buffer text;

    buffer_init(&text, check->arena);
    foreach_node (String, column, columns) {
        if (text.length > 0)
            buffer_add_text(&text, ", ");
        buffer_add_text(&text, check_quote(check, strVal(column)));
    }
    return buffer_text(&text);
}

static bool is_about(const struct replay_failure *failure)
{
    if (strcmp(failure->sqlstate, INVALID_FOREIGN_KEY) == 0)
        return strstr(failure->message, "no unique constraint matching") !=
               NULL;
    return strcmp(failure->sqlstate, OBJECT_NOT_IN_PREREQUISITE_STATE) == 0 &&
           strstr(failure->message, "cannot use a deferrable") != NULL;
}

/* The message's table. */
static bool is_named(const struct replay_failure *failure, const char *name)
{
    struct slice rest = slice_from(failure->message);
    size_t at = slice_find(rest, SLICE("referenced table \""));

    if (at == SLICE_NOT_FOUND)
        return false;
    rest = slice_part(rest, at + strlen("referenced table \""), rest.length);
    return slice_has_prefix(rest, slice_from(name)) &&
           rest.length == strlen(name) + 1;
}

static bool has_column(const List *columns, const struct column *column)
{
    foreach_node (String, name, columns)
        if (column != NULL && strcmp(strVal(name), column->name) == 0)
            return true;
    return false;
}

/* A unique index on exactly these columns, whatever else is wrong with it. */
static const struct index *find_index(const struct table *table,
                                      const List *columns)
{
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];
        size_t found = 0;

        for (size_t j = 0; j < index->column_count; j++)
            found += has_column(columns, index->columns[j].column);
        if (!index->relation.object.is_dropped && index->is_unique &&
            found == index->column_count &&
            found == (size_t)list_length(columns))
            return index;
    }
    return NULL;
}

static bool is_fit(const struct index *index)
{
    return index->is_valid && index->predicate == NULL &&
           (index->constraint == NULL || !index->constraint->is_deferrable);
}

/* The search for the foreign key that is refused. */
struct search {
    struct check *check;
    const struct replay_failure *failure;
    const Constraint *found;
};

static void consider(struct search *search, const Constraint *constraint)
{
    const struct index *index = NULL;
    const struct table *table;

    if (search->found != NULL || constraint == NULL ||
        constraint->contype != CONSTR_FOREIGN || constraint->pk_attrs == NIL ||
        !is_named(search->failure, constraint->pktable->relname))
        return;
    table = schema_find_table(search->check->schema,
                              name_from_range_var(constraint->pktable));
    if (table != NULL)
        index = find_index(table, constraint->pk_attrs);
    if (index == NULL || !is_fit(index))
        search->found = constraint;
}

static void consider_column(struct search *search, const ColumnDef *column)
{
    if (column == NULL)
        return;
    foreach_node (Constraint, constraint, column->constraints)
        consider(search, constraint);
}

static const Constraint *find_key(struct check *check,
                                  const struct replay_failure *failure)
{
    struct search search = {.check = check, .failure = failure};
    const CreateStmt *create = node_as(CreateStmt, check->statement->tree);
    const AlterTableStmt *alter =
        node_as(AlterTableStmt, check->statement->tree);

    if (create != NULL) {
        foreach_node (Constraint, constraint, create->tableElts)
            consider(&search, constraint);
        foreach_node (ColumnDef, column, create->tableElts)
            consider_column(&search, column);
    }
    if (alter != NULL) {
        foreach_node (AlterTableCmd, action, alter->cmds) {
            consider(&search, node_as(Constraint, action->def));
            consider_column(&search, node_as(ColumnDef, action->def));
        }
    }
    return search.found;
}

/* Why the unique index that there is does not serve. */
static const char *reason_text(const struct index *index)
{
    if (index->constraint != NULL && index->constraint->is_deferrable)
        return ", but it is deferrable";
    if (index->predicate != NULL)
        return ", but it is partial";
    return ", but it is not valid";
}

/* A table that is not known is the one that the statement creates. */
static const char *help_text(struct check *check, struct qualified_name name,
                             const struct table *table, const char *columns)
{
    bool is_ordinary = table != NULL &&
                       table->relation.kind == RELATION_TABLE &&
                       !relation_is_new(check->schema, &table->relation);
    struct buffer help;

    if (table == NULL)
        return check_format(check, "UNIQUE (%s) -- in the definition of %s",
                            columns, check_quote_name(check, name));
    buffer_init(&help, check->arena);
    buffer_add_format(&help, "CREATE UNIQUE INDEX %sON %s (%s);",
                      is_ordinary ? "CONCURRENTLY " : "",
                      check_quote_name(check, name), columns);
    if (is_ordinary) {
        buffer_add_text(&help, " -- before");
        advice_add_outside_transaction(check, &help, true);
    }
    return advice_text(&help);
}

static void report(struct check *check, const Constraint *constraint)
{
    struct qualified_name name = name_from_range_var(constraint->pktable);
    const struct table *table = schema_find_table(check->schema, name);
    const char *columns = columns_text(check, constraint->pk_attrs);
    const struct index *index =
        table != NULL ? find_index(table, constraint->pk_attrs) : NULL;
    const char *message =
        index != NULL
            ? check_format(check,
                           "the server refuses the foreign key: \"%s\" is "
                           "unique on (%s) of %s%s",
                           index->relation.name, columns,
                           advice_name(check, name), reason_text(index))
            : check_format(check,
                           "the server refuses the foreign key: no unique "
                           "index of %s has (%s) and nothing else",
                           advice_name(check, name), columns);

    check_report(check,
                 words_of_name_at(check->text, check->statement,
                                  check->statement->tree_base +
                                      (size_t)constraint->pktable->location),
                 check->statement->tree, message,
                 help_text(check, name, table, columns));
}

static void check_failure(struct check *check,
                          const struct replay_failure *failure)
{
    const Constraint *constraint;

    if (!is_about(failure))
        return;
    constraint = find_key(check, failure);
    if (constraint != NULL)
        report(check, constraint);
}

const struct rule rule_foreign_key_target_not_unique = {
    .id = "foreign-key-target-not-unique",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_ERROR,
    .summary = "A foreign key references columns that are not unique",
    .rationale =
        "A foreign key needs a unique index on exactly the columns that it "
        "references, in whatever order: else the server refuses it, with "
        "`there is no unique constraint matching given keys for referenced "
        "table`. The index must be valid, immediate (no DEFERRABLE "
        "constraint), without WHERE, and on columns, not expressions. A "
        "primary key of more columns does not serve for one of them.\n\n"
        "Make the index first, CONCURRENTLY where the table is in use, or "
        "reference the primary key.\n\n"
        "The rule speaks only where the referenced table was made by the "
        "files, so that all its indexes are known.",
    .ignore_when = "Never: the server refuses the statement.",
    .setup = "CREATE TABLE users (tenant_id bigint, id bigint, email text,\n"
             "    PRIMARY KEY (tenant_id, id));",
    .bad = "CREATE TABLE orders (id bigint PRIMARY KEY,\n"
           "    user_id bigint REFERENCES users (id));",
    .good = "CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint,\n"
            "    user_id bigint,\n"
            "    FOREIGN KEY (tenant_id, user_id) REFERENCES users);\n"
            "CREATE INDEX ON orders (tenant_id, user_id);",
    .fixed = "CREATE UNIQUE INDEX ON users (id);\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY,\n"
             "    user_id bigint REFERENCES users (id));",
    .claim = CLAIM_REFUSED,
    .claim_text = "there is no unique constraint matching given keys",
    .directions = RULE_UP_DOWN,
    .check_failure = check_failure,
};
