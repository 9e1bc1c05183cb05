/*
 * Writes the steps that build a constraint's index CONCURRENTLY and then hand
 * it over, with the user's own names and options.
 */
#include "lint/constraint_advice.h"

#include <string.h>

#define SUB_COMMANDS_SEEN 200

/* GiST indexes cannot be handed to ADD CONSTRAINT ... USING INDEX. */
static bool has_concurrent_way(const struct added_constraint *added)
{
    return added->constraint->contype != CONSTR_EXCLUSION &&
           !added->constraint->without_overlaps;
}

static bool is_partitioned(const struct added_constraint *added)
{
    return added->table != NULL &&
           added->table->relation.kind == RELATION_PARTITIONED_TABLE;
}

const char *constraint_advice_word(const Constraint *constraint)
{
    switch (constraint->contype) {
    case CONSTR_PRIMARY: return "PRIMARY KEY";
    case CONSTR_EXCLUSION: return "EXCLUDE";
    default: return "UNIQUE";
    }
}

/* ` (a, b) INCLUDE (c)`. */
static void add_columns(struct check *check, struct buffer *text,
                        const struct added_constraint *added)
{
    const Constraint *constraint = added->constraint;

    buffer_add_text(text, " (");
    if (added->column != NULL)
        buffer_add_text(text, check_quote(check, added->column->colname));
    else
        writer_add_names(text, constraint->keys);
    buffer_add_char(text, ')');
    if (constraint->including != NIL) {
        buffer_add_text(text, " INCLUDE (");
        writer_add_names(text, constraint->including);
        buffer_add_char(text, ')');
    }
}

/* The DROP CONSTRAINT of this name in the same ALTER TABLE, or null. Of very
 * many sub-commands only the first are looked at, for each of them. */
static const AlterTableCmd *find_drop(const struct added_constraint *added,
                                      const char *name)
{
    const List *actions = added->alter->cmds;

    for (int i = 0; i < list_length(actions) && i < SUB_COMMANDS_SEEN; i++) {
        const AlterTableCmd *action =
            node_as(AlterTableCmd, list_nth(actions, i));

        if (action != NULL && action->subtype == AT_DropConstraint &&
            strcmp(action->name, name) == 0)
            return action;
    }
    return NULL;
}

/* Whether the same ALTER TABLE drops the constraint of this name, or this one
 * takes the place of the table's primary key of this name. */
static bool is_replaced(const struct added_constraint *added, const char *name)
{
    if (find_drop(added, name) != NULL)
        return true;
    return added->table != NULL &&
           added->constraint->contype == CONSTR_PRIMARY &&
           table_find_constraint(added->table, name) != NULL;
}

/* The columns' names with "_" between them; null for a primary key. */
static const char *columns_in_name(struct check *check,
                                   const struct added_constraint *added)
{
    const Constraint *constraint = added->constraint;
    struct buffer columns;

    if (constraint->contype == CONSTR_PRIMARY)
        return NULL;
    if (added->column != NULL)
        return added->column->colname;
    buffer_init(&columns, check->arena);
    foreach_node (String, key, constraint->keys)
        buffer_add_format(&columns, "%s%s", columns.length > 0 ? "_" : "",
                          strVal(key));
    foreach_node (String, included, constraint->including)
        buffer_add_format(&columns, "_%s", strVal(included));
    return buffer_text(&columns);
}

/* The name that the constraint has, or the one the server would give. */
static const char *constraint_name(struct check *check,
                                   const struct added_constraint *added)
{
    const char *columns, *label, *name;

    if (added->constraint->conname != NULL)
        return added->constraint->conname;
    columns = columns_in_name(check, added);
    label = added->constraint->contype == CONSTR_PRIMARY ? "pkey" : "key";
    name = advice_object_name(check, added->name.name, columns, label);
    if (is_replaced(added, name))
        return name;
    return advice_free_name(check, added->name, added->table, columns, label);
}

/* The words of WITH (...), from its parenthesis on; length 0 if it has none. */
static struct span options_words(const struct check *check,
                                 const struct added_constraint *added)
{
    size_t end = added->words.offset + added->words.length;
    struct lexer lexer = lexer_of(check->text);
    struct span with, options = {0};
    size_t depth = 0;

    if (added->constraint->options == NIL)
        return options;
    with =
        words_find(check->text, check->statement, added->words.offset, "WITH");
    if (with.length == 0 || with.offset >= end)
        return options;
    lexer.offset = with.offset + with.length;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);

        if (token.kind == TOKEN_END || token.offset >= end)
            return (struct span){0};
        if (options.length == 0)
            options.offset = token.offset;
        options.length = token.offset + token.length - options.offset;
        if (token_is(check->text, token, "("))
            depth++;
        else if (token_is(check->text, token, ")") && --depth == 0)
            return options;
        else if (depth == 0)
            return (struct span){0};
    }
}

/* What follows the table's name in CREATE UNIQUE INDEX. */
static const char *index_definition(struct check *check,
                                    const struct added_constraint *added)
{
    const Constraint *constraint = added->constraint;
    struct span options = options_words(check, added);
    struct buffer text;

    buffer_init(&text, check->arena);
    add_columns(check, &text, added);
    if (constraint->nulls_not_distinct)
        buffer_add_text(&text, " NULLS NOT DISTINCT");
    if (options.length > 0) {
        buffer_add_text(&text, " WITH ");
        buffer_add(&text, slice_part(check->text, options.offset,
                                     options.offset + options.length));
    }
    if (constraint->indexspace != NULL)
        buffer_add_format(&text, " TABLESPACE %s",
                          check_quote(check, constraint->indexspace));
    return buffer_text(&text);
}

/* What follows UNIQUE or PRIMARY KEY in ADD CONSTRAINT. */
static const char *constraint_definition(struct check *check,
                                         const struct added_constraint *added)
{
    const Constraint *constraint = added->constraint;
    struct buffer text;

    buffer_init(&text, check->arena);
    if (constraint->nulls_not_distinct)
        buffer_add_text(&text, " NULLS NOT DISTINCT");
    add_columns(check, &text, added);
    return buffer_text(&text);
}

/* A column's constraint has its DEFERRABLE in nodes that follow it. */
static const char *deferrable_text(const struct added_constraint *added)
{
    bool is_deferrable = added->constraint->deferrable;
    bool is_deferred = added->constraint->initdeferred;
    bool is_after = false;

    if (added->column != NULL) {
        foreach_node (Constraint, other, added->column->constraints) {
            if (other == added->constraint)
                is_after = true;
            else if (is_after && other->contype == CONSTR_ATTR_DEFERRABLE)
                is_deferrable = true;
            else if (is_after && other->contype == CONSTR_ATTR_DEFERRED)
                is_deferrable = is_deferred = true;
            else if (is_after && other->contype != CONSTR_ATTR_IMMEDIATE)
                break;
        }
    }
    if (is_deferred)
        return " DEFERRABLE INITIALLY DEFERRED";
    return is_deferrable ? " DEFERRABLE" : "";
}

/* Whether the column of an ADD COLUMN keeps this constraint in the help. */
static bool is_attribute(const Constraint *constraint)
{
    return constraint->contype == CONSTR_ATTR_DEFERRABLE ||
           constraint->contype == CONSTR_ATTR_NOT_DEFERRABLE ||
           constraint->contype == CONSTR_ATTR_DEFERRED ||
           constraint->contype == CONSTR_ATTR_IMMEDIATE ||
           constraint->contype == CONSTR_ATTR_ENFORCED ||
           constraint->contype == CONSTR_ATTR_NOT_ENFORCED;
}

struct span constraint_advice_words(const struct check *check,
                                    const struct added_constraint *added)
{
    size_t base = check->statement->tree_base;
    size_t start = base + (size_t)added->constraint->location;
    size_t end = added->words.offset + added->words.length;
    const CollateClause *collate = added->column->collClause;
    size_t next = end;

    foreach_node (Constraint, other, added->column->constraints) {
        size_t at = base + (size_t)other->location;

        if (at > start && at < next && !is_attribute(other))
            next = at;
    }
    if (collate != NULL && base + (size_t)collate->location > start &&
        base + (size_t)collate->location < next)
        next = base + (size_t)collate->location;
    return (struct span){start, next - start};
}

/* ADD COLUMN without the constraint, as the first step. */
static void add_column_step(struct check *check, struct buffer *help,
                            const struct added_constraint *added)
{
    struct edit edit = {.text = ""};

    edit.at = constraint_advice_words(check, added);
    buffer_add_format(help, "ALTER TABLE %s ",
                      check_quote_name(check, added->name));
    writer_add_edited(help, check->text, added->words, &edit, 1);
    while (help->length > 0 && help->text[help->length - 1] == ' ')
        help->text[--help->length] = '\0';
    buffer_add_text(help, ";\n");
    advice_add_later(check, help);
}

/* Whether the new column is NOT NULL without its PRIMARY KEY. */
static bool is_declared_not_null(const ColumnDef *column)
{
    foreach_node (Constraint, constraint, column->constraints)
        if (constraint->contype == CONSTR_NOTNULL ||
            constraint->contype == CONSTR_IDENTITY)
            return true;
    return name_of_serial(column->typeName) != NULL;
}

/* The columns of a primary key that may hold nulls are made NOT NULL first. */
static void add_not_null_steps(struct check *check, struct buffer *help,
                               const struct added_constraint *added)
{
    if (added->constraint->contype != CONSTR_PRIMARY)
        return;
    if (added->column != NULL && !is_declared_not_null(added->column))
        advice_add_not_null(check, help, added->name, NULL,
                            added->column->colname);
    foreach_node (String, key, added->constraint->keys) {
        const struct column *column =
            added->table != NULL ? table_find_column(added->table, strVal(key))
                                 : NULL;

        if (column != NULL && column->made_at.source != NULL &&
            column->is_nullable &&
            advice_find_proof(added->table, strVal(key), NIL) == NULL)
            advice_add_not_null(check, help, added->name, added->table,
                                strVal(key));
    }
}

/* EXCLUDE and WITHOUT OVERLAPS: a table that nobody uses yet is the only one
 * that can be given such a constraint without a wait. */
static const char *no_way_help(struct check *check,
                               const struct added_constraint *added)
{
    const char *table = check_quote_name(check, added->name);
    struct qualified_name copy = added->name;

    copy.name = check_format(check, "%s_new", added->name.name);
    return check_format(
        check,
        "-- PostgreSQL cannot build this one CONCURRENTLY: run it when nobody "
        "needs the table, or give it to a new one and move the rows there\n"
        "CREATE TABLE %s (LIKE %s INCLUDING ALL);\n"
        "ALTER TABLE %s %.*s;",
        check_quote_name(check, copy), table, check_quote_name(check, copy),
        (int)added->words.length, check->text.start + added->words.offset);
}

/*
 * The name of the constraint whose place the new one takes; null if there is
 * none. That is the one of its name, which the statement drops or the table
 * has, or the table's primary key.
 */
static const char *find_replaced(const struct added_constraint *added,
                                 const char *name)
{
    const struct table *table = added->table;

    if (find_drop(added, name) != NULL)
        return name;
    if (table == NULL)
        return NULL;
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i]->type == CONSTRAINT_PRIMARY_KEY &&
            !table->constraints.items[i]->object.is_dropped &&
            added->constraint->contype == CONSTR_PRIMARY)
            return table->constraints.items[i]->name;
    return table_find_constraint(table, name) != NULL ? name : NULL;
}

/* The name, or one like it where a relation has it. USING INDEX gives the
 * index the constraint's name in the end. */
static const char *free_index_name(struct check *check,
                                   const struct added_constraint *added,
                                   const char *name)
{
    const char *replaced = find_replaced(added, name);
    struct qualified_name relation = {.schema = added->name.schema,
                                      .name = name};

    if (added->table != NULL)
        relation.schema = added->table->relation.namespace->name;
    if (schema_find_relation(check->schema, relation) == NULL &&
        (replaced == NULL || strcmp(replaced, name) != 0))
        return name;
    return advice_object_name(check, name, NULL, "new");
}

/* The index first, then the constraint that takes it. */
static void add_steps(struct check *check, struct buffer *help,
                      const struct added_constraint *added,
                      const struct index_advice *advice)
{
    const char *replaced = find_replaced(added, advice->name);
    const AlterTableCmd *drop =
        replaced != NULL ? find_drop(added, replaced) : NULL;
    const char *table = check_quote_name(check, added->name);
    const char *index =
        check_quote(check, free_index_name(check, added, advice->name));

    buffer_add_format(help, "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s%s;\n",
                      index, table, advice->definition);
    buffer_add_format(help, "ALTER TABLE %s", table);
    if (replaced != NULL)
        buffer_add_format(help, " DROP CONSTRAINT %s%s,",
                          drop != NULL && drop->missing_ok ? "IF EXISTS " : "",
                          check_quote(check, replaced));
    buffer_add_format(help, " ADD CONSTRAINT %s %s USING INDEX %s%s;",
                      check_quote(check, advice->name), advice->constraint,
                      index, advice->constraint_options);
}

void constraint_advice_add_steps(struct check *check, struct buffer *help,
                                 const struct added_constraint *added)
{
    struct index_advice index = {
        .name = constraint_name(check, added),
        .definition = index_definition(check, added),
        .is_unique = true,
        .constraint = constraint_advice_word(added->constraint),
        .constraint_definition = constraint_definition(check, added),
        .constraint_options = deferrable_text(added),
    };

    add_not_null_steps(check, help, added);
    if (is_partitioned(added)) {
        advice_add_partitioned_index(check, help, added->name, added->table,
                                     &index);
    } else {
        add_steps(check, help, added, &index);
        buffer_add_char(help, '\n');
    }
}

static const char *help_text(struct check *check,
                             const struct added_constraint *added)
{
    struct buffer help;

    buffer_init(&help, check->arena);
    if (added->column != NULL)
        add_column_step(check, &help, added);
    constraint_advice_add_steps(check, &help, added);
    advice_text(&help);
    advice_add_outside_transaction(check, &help, true);
    return buffer_text(&help);
}

const char *constraint_advice(struct check *check,
                              const struct added_constraint *added)
{
    return has_concurrent_way(added) ? help_text(check, added)
                                     : no_way_help(check, added);
}
