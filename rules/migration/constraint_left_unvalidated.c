/*
 * constraint-left-unvalidated: what was made NOT VALID, NOT ENFORCED or, as an
 * index of a partitioned table, without its partitions, and is still so when
 * the history ends. Asked once, with the schema as it then is.
 */
#include "lint/advice.h"
#include "schema/contents.h"

#include <string.h>

/* How many partitions a help names. */
#define PARTITIONS_SHOWN 3

/* `ON DELETE` and so on: FKCONSTR_ACTION_* of parsenodes.h; null for none. */
static const char *action_text(char action)
{
    switch (action) {
    case FKCONSTR_ACTION_CASCADE: return "CASCADE";
    case FKCONSTR_ACTION_RESTRICT: return "RESTRICT";
    case FKCONSTR_ACTION_SETNULL: return "SET NULL";
    case FKCONSTR_ACTION_SETDEFAULT: return "SET DEFAULT";
    default: return NULL;
    }
}

static void add_columns(struct buffer *text, const struct column_array *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        buffer_add_text(text, i > 0 ? ", " : " (");
        writer_add_identifier(text, columns->items[i]->name);
    }
    if (columns->count > 0)
        buffer_add_char(text, ')');
}

static void add_action(struct buffer *text, const char *event, char action)
{
    if (action_text(action) != NULL)
        buffer_add_format(text, " ON %s %s", event, action_text(action));
}

/* What follows its name in ADD CONSTRAINT; false if that is not known. */
static bool add_definition(struct check *check, struct buffer *text,
                           const struct constraint *constraint)
{
    if (constraint->type == CONSTRAINT_CHECK) {
        buffer_add_format(text, "CHECK (%s)", constraint->expression);
        return constraint->expression != NULL;
    }
    if (constraint->type != CONSTRAINT_FOREIGN_KEY ||
        constraint->delete_columns != NULL || constraint->is_without_overlaps)
        return false;
    buffer_add_text(text, "FOREIGN KEY");
    add_columns(text, &constraint->columns);
    buffer_add_format(
        text, " REFERENCES %s",
        advice_relation_sql(check, &constraint->referenced->relation));
    add_columns(text, &constraint->referenced_columns);
    if (constraint->match == FKCONSTR_MATCH_FULL)
        buffer_add_text(text, " MATCH FULL");
    add_action(text, "UPDATE", constraint->on_update);
    add_action(text, "DELETE", constraint->on_delete);
    return true;
}

/* A constraint that is not enforced is made again: ALTER CONSTRAINT ...
 * ENFORCED, where there is that, looks at all rows under a strong lock. */
static void add_enforcement(struct check *check, struct buffer *help,
                            const char *table,
                            const struct constraint *constraint)
{
    const char *name = check_quote(check, constraint->name);
    struct buffer definition;
    buffer_init(&definition, check->arena);
    if (!add_definition(check, &definition, constraint)) {
        buffer_add_format(help, "ALTER TABLE %s ALTER CONSTRAINT %s ENFORCED;",
                          table, name);
        return;
    }
    buffer_add_format(help,
                      "ALTER TABLE %s DROP CONSTRAINT %s, ADD CONSTRAINT %s %s "
                      "NOT VALID;\n-- in the migration after it:\n"
                      "ALTER TABLE %s VALIDATE CONSTRAINT %s;",
                      table, name, name, buffer_text(&definition), table, name);
}

static const char *constraint_help(struct check *check,
                                   const struct constraint *constraint)
{
    struct buffer help;
    const char *table =
        advice_relation_sql(check, &constraint->table->relation);
    buffer_init(&help, check->arena);
    buffer_add_text(&help, "-- in a later migration:\n");
    if (!constraint->is_enforced)
        add_enforcement(check, &help, table, constraint);
    else
        buffer_add_format(&help, "ALTER TABLE %s VALIDATE CONSTRAINT %s;",
                          table, check_quote(check, constraint->name));
    return buffer_text(&help);
}

/* What may be wrong with rows. */
static const char *fault_text(struct check *check,
                              const struct constraint *constraint)
{
    const char *old =
        constraint->is_enforced ? "rows from before it " : "rows ";
    switch (constraint->type) {
    case CONSTRAINT_FOREIGN_KEY:
        return check_format(
            check, "%smay point at nothing in %s", old,
            advice_relation_name(check, &constraint->referenced->relation));
    case CONSTRAINT_NOT_NULL:
        return check_format(check, "%smay hold a null", old);
    case CONSTRAINT_CHECK:
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_EXCLUDE: break;
    }
    return check_format(check, "%smay break it", old);
}

static void report_constraint(struct check *check,
                              const struct constraint *constraint,
                              const char *owner, const char *help)
{
    check_report_at(
        check, constraint->made_at, constraint,
        check_format(check, "\"%s\" of %s is NOT %s when the history ends: %s",
                     constraint->name, owner,
                     constraint->is_enforced ? "VALID" : "ENFORCED",
                     fault_text(check, constraint)),
        help);
}

/* Partitions and children have their parent's: that is judged there. */
static bool is_left(const struct constraint *constraint)
{
    return !constraint->object.is_dropped && constraint->name != NULL &&
           (!constraint->is_validated || !constraint->is_enforced) &&
           constraint->is_local && constraint->inherited_from == NULL &&
           constraint->inherit_count == 0 && constraint->made_at.source != NULL;
}

/* The index of the partition that is attached to this one; null if none is. */
static const struct index *attached_index(const struct index *parent,
                                          const struct table *partition)
{
    for (size_t i = 0; i < parent->partitions.count; i++) {
        const struct index *index = parent->partitions.items[i];
        if (index->table == partition && !index->relation.object.is_dropped)
            return index;
    }
    return NULL;
}

/* `(day, id)`; false if the index is more than columns of a B-tree. */
static bool add_index_columns(struct buffer *text, const struct index *index)
{
    bool is_plain = index->predicate == NULL && index->include.count == 0 &&
                    !index->is_nulls_not_distinct &&
                    strcmp(index->method, "btree") == 0;
    for (size_t i = 0; i < index->column_count; i++) {
        const struct index_column *column = &index->columns[i];
        is_plain = is_plain && column->column != NULL &&
                   column->opclass == NULL && column->collation == NULL &&
                   !column->is_descending && !column->is_nulls_first;
        buffer_add_text(text, i > 0 ? ", " : "(");
        if (column->column != NULL)
            writer_add_identifier(text, column->column->name);
    }
    buffer_add_char(text, ')');
    return is_plain;
}

/* An index for one partition, and its ATTACH. */
static void add_partition(struct check *check, struct buffer *help,
                          const struct index *index, const char *parent,
                          const struct table *partition)
{
    struct qualified_name name = {.name = partition->relation.name};
    struct buffer columns;
    buffer_init(&columns, check->arena);
    if (strcmp(partition->relation.namespace->name, "public") != 0)
        name.schema = partition->relation.namespace->name;
    bool is_plain = add_index_columns(&columns, index);
    const char *table = check_quote_name(check, name);
    const char *own =
        advice_free_name(check, name, partition, index->columns[0].name,
                         index->is_unique ? "key" : "idx");
    name.name = own;
    if (is_plain && partition->relation.kind == RELATION_TABLE)
        buffer_add_format(help, "CREATE %sINDEX CONCURRENTLY %s ON %s %s;\n",
                          index->is_unique ? "UNIQUE " : "",
                          check_quote(check, own), table,
                          buffer_text(&columns));
    else
        buffer_add_format(help, "-- %s, an index like it on %s, and then:\n",
                          check_quote(check, own), table);
    buffer_add_format(help, "ALTER INDEX %s ATTACH PARTITION %s;\n", parent,
                      check_quote_name(check, name));
}

static const char *index_help(struct check *check, const struct index *index)
{
    const struct table_array *children = &index->table->children;
    const char *parent = advice_relation_sql(check, &index->relation);
    struct buffer help;
    size_t shown = 0;
    buffer_init(&help, check->arena);
    for (size_t i = 0; i < children->count && shown < PARTITIONS_SHOWN; i++) {
        const struct table *child = children->items[i];
        if (child->relation.object.is_dropped ||
            child->partition_of != index->table ||
            attached_index(index, child) != NULL)
            continue;
        add_partition(check, &help, index, parent, child);
        shown++;
    }
    if (shown == 0 || shown == PARTITIONS_SHOWN)
        buffer_add_format(&help,
                          "-- and so for every partition:\n"
                          "ALTER INDEX %s ATTACH PARTITION ...;\n",
                          parent);
    return advice_text(&help);
}

static void check_index(struct check *check, const struct index *index)
{
    if (index->relation.object.is_dropped || index->is_valid ||
        index->partition_of != NULL || index->relation.made_at.source == NULL)
        return;
    check_report_at(
        check, index->relation.made_at, index,
        check_format(check,
                     "index \"%s\" of %s is INVALID when the history ends: not "
                     "every partition has its part, and no query uses it%s",
                     index->relation.name,
                     advice_relation_name(check, &index->table->relation),
                     index->is_unique ? "; it keeps nothing unique" : ""),
        index_help(check, index));
}

static void check_table(struct check *check, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = table->constraints.items[i];
        if (is_left(constraint))
            report_constraint(check, constraint,
                              advice_relation_name(check, &table->relation),
                              constraint_help(check, constraint));
    }
    for (size_t i = 0; i < table->indexes.count; i++)
        check_index(check, table->indexes.items[i]);
}

static void check_domain(struct check *check, const struct type *domain)
{
    const struct constraint_array *constraints = domain->constraints;
    for (size_t i = 0; constraints != NULL && i < constraints->count; i++) {
        const struct constraint *constraint = constraints->items[i];
        if (constraint->object.is_dropped || constraint->name == NULL ||
            constraint->is_validated || constraint->made_at.source == NULL)
            continue;
        struct qualified_name name = {.name = domain->name};
        if (strcmp(domain->namespace->name, "public") != 0)
            name.schema = domain->namespace->name;
        report_constraint(
            check, constraint, advice_name(check, name),
            check_format(check,
                         "-- in a later migration:\n"
                         "ALTER DOMAIN %s VALIDATE CONSTRAINT %s;",
                         check_quote_name(check, name),
                         check_quote(check, constraint->name)));
    }
}

static void check_domains(struct check *check)
{
    const struct schema_contents *contents = check_contents(check);
    for (size_t i = 0; i < contents->types.count; i++) {
        const struct type *type = contents->types.items[i].type;
        if (type != NULL && type->kind == TYPE_DOMAIN)
            check_domain(check, type);
    }
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);
    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = tables->items[i];
        if (!table->relation.is_temporary && !table->relation.object.is_dropped)
            check_table(check, table);
    }
    check_domains(check);
}

const struct rule rule_constraint_left_unvalidated = {
    .id = "constraint-left-unvalidated",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_WARNING,
    .summary = "NOT VALID, NOT ENFORCED or INVALID when the history ends",
    .rationale =
        "NOT VALID adds a constraint without looking at the rows that are "
        "there: only new ones are checked. That is the right first step, and "
        "VALIDATE CONSTRAINT in a later migration is the second, which takes "
        "SHARE UPDATE EXCLUSIVE and lets reads and writes go on. Where nobody "
        "writes it, old rows may break what everyone takes for granted, the "
        "planner does not use the constraint, pg_dump keeps NOT VALID, and an "
        "UPDATE of such a row fails years later.\n\n"
        "NOT ENFORCED (18) checks nothing at all. An index that was made ON "
        "ONLY a partitioned table is INVALID, and used by no query, until "
        "every partition has its part attached; a unique one keeps nothing "
        "unique before.\n\n"
        "The rule looks at the end of the history and is silent where any "
        "later migration validates, attaches or drops. If rows are known to "
        "break the constraint and shall stay, allow it where it is made.",
    .ignore_when =
        "Old rows may break the constraint for ever, and only new ones "
        "shall keep to it.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
    .bad = "ALTER TABLE orders ADD CONSTRAINT orders_total_check\n"
           "    CHECK (total >= 0) NOT VALID;",
    .good = "ALTER TABLE orders ADD CONSTRAINT orders_total_check\n"
            "    CHECK (total >= 0) NOT VALID;\n"
            "ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .finish = finish,
};
