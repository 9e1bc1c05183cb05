/*
 * Pieces of help that several rules share. Rules call it once they have
 * decided to report; it decides nothing itself.
 *
 * Where a step needs a comment, it is an SQL comment, so that the whole help
 * can be pasted.
 */
#include "lint/advice.h"

#include "schema/generated_name.h"
#include "schema/type.h"

#include <string.h>

/* How many partitions a recipe spells out. */
#define PARTITIONS_SHOWN 3

/* How far down the tree of partitions a recipe goes; deeper ones are left to
 * the reader. */
#define PARTITION_DEPTH_MAX 8

const char *advice_name(struct check *check, struct qualified_name name)
{
    if (name.schema != NULL)
        return check_format(check, "\"%s.%s\"", name.schema, name.name);
    return check_format(check, "\"%s\"", name.name);
}

static bool is_public(const struct relation *relation)
{
    return relation->namespace == NULL ||
           strcmp(relation->namespace->name, "public") == 0;
}

static struct qualified_name relation_name(const struct relation *relation)
{
    struct qualified_name name = {.name = relation->name};

    if (!is_public(relation))
        name.schema = relation->namespace->name;
    return name;
}

const char *advice_relation_name(struct check *check,
                                 const struct relation *relation)
{
    return advice_name(check, relation_name(relation));
}

const char *advice_relation_sql(struct check *check,
                                const struct relation *relation)
{
    return check_quote_name(check, relation_name(relation));
}

const char *advice_literal(struct check *check, const char *text)
{
    struct buffer literal;

    buffer_init(&literal, check->arena);
    writer_add_literal(&literal, text);
    return buffer_text(&literal);
}

const char *advice_type(struct check *check, struct data_type type)
{
    return type_to_text(check->arena, type);
}

const char *advice_text(struct buffer *help)
{
    while (help->length > 0 && help->text[help->length - 1] == '\n')
        help->text[--help->length] = '\0';
    return buffer_text(help);
}

const char *advice_object_name(struct check *check, const char *table,
                               const char *columns, const char *label)
{
    return generated_name_make(check->arena, table, columns, label);
}

/* More names that begin alike are nobody's doing. */
#define NUMBERS_MAX 100

const char *advice_free_name(struct check *check, struct qualified_name table,
                             const struct table *known, const char *columns,
                             const char *label)
{
    struct qualified_name name = {.schema = table.schema};

    if (known != NULL)
        name.schema = known->relation.namespace->name;
    for (unsigned i = 0;; i++) {
        const char *numbered =
            i > 0 ? check_format(check, "%s%u", label, i) : label;

        name.name = advice_object_name(check, table.name, columns, numbered);
        if (i == NUMBERS_MAX ||
            (schema_find_relation(check->schema, name) == NULL &&
             (known == NULL ||
              schema_find_constraint(check->schema, known, name.name) == NULL)))
            return name.name;
    }
}

/* The tool's own transaction is in the way, whatever BEGIN the file has. */
static bool is_of_tool(const struct check *check)
{
    return check->transaction_kind != TRANSACTION_EXPLICIT ||
           check->transaction->section != TRANSACTION_NONE;
}

/*
 * The transaction that the help would be run in: a statement with CONCURRENTLY,
 * alone in its section or not. Some tools look at the number of statements,
 * Flyway and Prisma at their words.
 */
static enum transaction_kind kind_of_help(const struct check *check,
                                          bool is_alone)
{
    const struct slice statements[] = {
        SLICE("CREATE INDEX CONCURRENTLY"),
        SLICE("ALTER TABLE"),
    };

    return tool_transaction(check->history->tool, check->section, statements,
                            is_alone ? 1 : 2);
}

/* Whether the help runs outside of a transaction as it stands. */
static bool is_free(const struct check *check, bool has_others)
{
    bool is_alone = !has_others && check->section_statement_count == 1;

    if (!is_alone && check->transaction_kind != TRANSACTION_NONE)
        return false;
    if (!is_alone && !has_others)
        return true;
    return kind_of_help(check, is_alone) == TRANSACTION_NONE;
}

/* The help would put CONCURRENTLY beside statements that the tool wants in a
 * transaction. */
static bool is_refused_mixture(const struct check *check, bool has_others)
{
    const struct slice statements[] = {
        SLICE("CREATE INDEX CONCURRENTLY"),
        SLICE("ALTER TABLE"),
    };

    return (has_others || check->section_statement_count > 1) &&
           tool_refuses_mixture(check->history, statements, 2);
}

bool advice_add_outside_transaction(struct check *check, struct buffer *help,
                                    bool has_others)
{
    const struct tool *tool = check->history->tool;
    const char *advice;

    if (check->is_in_do)
        buffer_add_text(help, "\n-- CONCURRENTLY cannot run in a DO block: "
                              "make it a statement of its own");
    if (is_refused_mixture(check, has_others)) {
        buffer_add_format(help,
                          "\n-- CONCURRENTLY needs a migration of its own: %s "
                          "refuses to mix it with other statements",
                          tool_name(tool));
        return true;
    }
    if (is_free(check, has_others))
        return true;
    buffer_add_text(help, "\n-- CONCURRENTLY cannot run in a transaction: ");
    if (!is_of_tool(check) && !tool_is_generator(tool)) {
        buffer_add_text(help, "keep it out of BEGIN ... COMMIT");
        return true;
    }
    advice = tool_opt_out_advice(tool, check->section);
    if (advice == NULL) {
        buffer_add_format(help,
                          "%s has no way around it, so run this by hand "
                          "before the migration",
                          tool_name(tool));
        return false;
    }
    buffer_add_text(help, advice);
    if (check->transaction_kind == TRANSACTION_EXPLICIT &&
        !tool_is_generator(tool))
        buffer_add_text(help, ", and leave BEGIN and COMMIT out");
    return true;
}

/* Prisma sends a script with DROP INDEX CONCURRENTLY as one string, others any
 * with two statements. */
static bool runs_one_by_one(const struct check *check)
{
    const struct slice statements[] = {
        SLICE("DROP INDEX CONCURRENTLY"),
        SLICE("CREATE INDEX CONCURRENTLY"),
    };

    return tool_transaction(check->history->tool, check->section, statements,
                            2) == TRANSACTION_NONE;
}

void advice_add_drop_of_invalid(struct check *check, struct buffer *help,
                                const IndexStmt *index)
{
    struct qualified_name name = name_from_range_var(index->relation);

    name.name = index->idxname;
    if (!runs_one_by_one(check))
        buffer_add_format(help,
                          "-- if a first try has failed, run this by hand "
                          "before the second:\n-- ");
    buffer_add_format(help, "DROP INDEX CONCURRENTLY IF EXISTS %s;\n",
                      check_quote_name(check, name));
}

enum transaction_kind advice_transaction_kind(const struct check *check)
{
    const struct slice statements[] = {
        SLICE("ALTER TABLE"),
        SLICE("ALTER TABLE"),
    };

    if (check->transaction_kind != TRANSACTION_NONE ||
        check->section_statement_count != 1)
        return check->transaction_kind;
    return tool_transaction(check->history->tool, check->section, statements,
                            2);
}

void advice_add_later(struct check *check, struct buffer *help)
{
    if (check->transaction_kind == TRANSACTION_EXPLICIT && !is_of_tool(check))
        buffer_add_text(help,
                        "-- after COMMIT, in a transaction of its own:\n");
    else if (advice_transaction_kind(check) != TRANSACTION_NONE)
        buffer_add_text(help, "-- in a later migration:\n");
}

static bool is_dropped_by(const struct constraint *constraint,
                          const AlterTableCmd *action)
{
    if (action->name == NULL)
        return false;
    if (action->subtype == AT_DropConstraint)
        return strcmp(action->name, constraint->name) == 0;
    if (action->subtype != AT_DropColumn)
        return false;
    for (size_t i = 0; i < constraint->columns.count; i++)
        if (strcmp(constraint->columns.items[i]->name, action->name) == 0)
            return true;
    return false;
}

static bool proves(const struct constraint *constraint, const char *column)
{
    if (constraint->object.is_dropped || constraint->type != CONSTRAINT_CHECK)
        return false;
    for (size_t i = 0; i < constraint->proves_not_null.count; i++)
        if (strcmp(constraint->proves_not_null.items[i]->name, column) == 0)
            return true;
    return false;
}

const struct constraint *advice_find_proof(const struct table *table,
                                           const char *column,
                                           const List *commands)
{
    for (size_t i = 0; table != NULL && i < table->constraints.count; i++) {
        const struct constraint *constraint = table->constraints.items[i];
        bool is_dropped = false;

        if (!constraint->is_validated || !constraint->is_enforced ||
            !proves(constraint, column))
            continue;
        foreach_node (AlterTableCmd, action, commands)
            is_dropped = is_dropped || is_dropped_by(constraint, action);
        if (!is_dropped)
            return constraint;
    }
    return NULL;
}

/* A constraint that would make or prove the column NOT NULL, if only it were
 * validated; null if there is none. */
static const struct constraint *find_unvalidated(const struct table *table,
                                                 const char *column)
{
    for (size_t i = 0; table != NULL && i < table->constraints.count; i++) {
        const struct constraint *constraint = table->constraints.items[i];

        if (constraint->object.is_dropped || constraint->is_validated ||
            !constraint->is_enforced || constraint->name == NULL)
            continue;
        if (proves(constraint, column))
            return constraint;
        if (constraint->type == CONSTRAINT_NOT_NULL &&
            constraint->columns.count > 0 &&
            strcmp(constraint->columns.items[0]->name, column) == 0)
            return constraint;
    }
    return NULL;
}

void advice_add_not_null(struct check *check, struct buffer *help,
                         struct qualified_name table, const struct table *known,
                         const char *column)
{
    const struct constraint *unvalidated = find_unvalidated(known, column);
    const char *table_sql = check_quote_name(check, table);
    const char *column_sql = check_quote(check, column);
    bool is_constraint = check->postgres_version >= 18;
    const char *name;

    if (unvalidated != NULL) {
        name = check_quote(check, unvalidated->name);
        is_constraint = unvalidated->type == CONSTRAINT_NOT_NULL;
    } else {
        name = check_quote(
            check, advice_free_name(check, table, known, column, "not_null"));
        buffer_add_format(help,
                          is_constraint
                              ? "ALTER TABLE %s ADD CONSTRAINT %s NOT NULL %s "
                                "NOT VALID;\n"
                              : "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s IS "
                                "NOT NULL) NOT VALID;\n",
                          table_sql, name, column_sql);
        advice_add_later(check, help);
    }
    buffer_add_format(help, "ALTER TABLE %s VALIDATE CONSTRAINT %s;\n",
                      table_sql, name);
    if (is_constraint)
        return;
    buffer_add_format(help, "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;\n",
                      table_sql, column_sql);
    buffer_add_format(help, "ALTER TABLE %s DROP CONSTRAINT %s;\n", table_sql,
                      name);
}

/*
 * The index's name on a partition, as the server would make it from that on
 * the parent: "orders_day_idx" is "orders_2024_day_idx" there.
 */
static const char *partition_index_name(struct check *check, const char *parent,
                                        const char *partition, const char *name)
{
    size_t length = strlen(parent);

    if (strncmp(name, parent, length) == 0 && name[length] == '_')
        return check_format(check, "%s%s", partition, name + length);
    return check_format(check, "%s_%s", partition, name);
}

/* A partition of the recipe: its name and its index's. */
struct recipe_step {
    struct qualified_name table;
    const char *index; /* unqualified */
    struct qualified_name parent_index;
    bool is_partitioned;
};

static void add_partition_step(struct check *check, struct buffer *help,
                               const struct recipe_step *step,
                               const struct index_advice *index)
{
    const char *table = check_quote_name(check, step->table);
    const char *name = check_quote(check, step->index);
    struct qualified_name qualified = {.schema = step->table.schema,
                                       .name = step->index};

    if (step->is_partitioned && index->constraint != NULL)
        buffer_add_format(
            help, "ALTER TABLE ONLY %s ADD CONSTRAINT %s %s%s%s;\n", table,
            name, index->constraint, index->constraint_definition,
            index->constraint_options);
    else
        buffer_add_format(help, "CREATE %sINDEX %s%s ON %s%s%s;\n",
                          index->is_unique ? "UNIQUE " : "",
                          step->is_partitioned ? "" : "CONCURRENTLY ", name,
                          step->is_partitioned ? "ONLY " : "", table,
                          index->definition);
    if (!step->is_partitioned && index->constraint != NULL)
        buffer_add_format(
            help, "ALTER TABLE %s ADD CONSTRAINT %s %s USING INDEX %s%s;\n",
            table, name, index->constraint, name, index->constraint_options);
    buffer_add_format(help, "ALTER INDEX %s ATTACH PARTITION %s;\n",
                      check_quote_name(check, step->parent_index),
                      check_quote_name(check, qualified));
}

/* The partition's name, with a schema where the parent's has one or is in
 * another. */
static struct qualified_name partition_name(struct qualified_name parent,
                                            const struct table *parent_table,
                                            const struct table *partition)
{
    struct qualified_name name = {.name = partition->relation.name};

    if (parent.schema != NULL ||
        partition->relation.namespace != parent_table->relation.namespace)
        name.schema = partition->relation.namespace->name;
    return name;
}

/* The name of the index to which a partition's is attached. */
static struct qualified_name index_on_parent(struct check *check,
                                             struct qualified_name root_name,
                                             const struct table *root,
                                             const struct table *parent,
                                             const char *index)
{
    struct qualified_name name = partition_name(root_name, root, parent);

    name.name = index;
    if (parent != root)
        name.name = partition_index_name(check, root_name.name,
                                         parent->relation.name, index);
    return name;
}

/* A recipe for the partitions of a table. */
struct recipe {
    struct qualified_name name; /* of the table, as the user writes it */
    const struct table *table;
    const struct index_advice *index;
    size_t shown; /* partitions so far */
    bool is_cut;  /* there are more */
};

static void add_partition(struct check *check, struct buffer *help,
                          struct recipe *recipe, const struct table *partition)
{
    const char *index = recipe->index->name;
    struct recipe_step step = {
        .table = partition_name(recipe->name, recipe->table, partition),
        .parent_index = index_on_parent(check, recipe->name, recipe->table,
                                        partition->partition_of, index),
        .is_partitioned =
            partition->relation.kind == RELATION_PARTITIONED_TABLE,
    };

    step.index =
        partition_index_name(check, recipe->name.name, step.table.name, index);
    add_partition_step(check, help, &step, recipe->index);
}

/* The steps for the partitions of this one, which is the table itself or one
 * of its partitions, `depth` levels below. */
static void add_partitions_of(struct check *check, struct buffer *help,
                              struct recipe *recipe, const struct table *parent,
                              size_t depth)
{
    for (size_t i = 0; i < parent->children.count && !recipe->is_cut; i++) {
        const struct table *partition = parent->children.items[i];

        if (partition->partition_of != parent ||
            partition->relation.object.is_dropped)
            continue;
        recipe->is_cut = recipe->shown == PARTITIONS_SHOWN;
        if (recipe->is_cut)
            return;
        recipe->shown++;
        add_partition(check, help, recipe, partition);
        if (depth < PARTITION_DEPTH_MAX)
            add_partitions_of(check, help, recipe, partition, depth + 1);
    }
}

void advice_add_partitioned_index(struct check *check, struct buffer *help,
                                  struct qualified_name name,
                                  const struct table *table,
                                  const struct index_advice *index)
{
    const char *table_sql = check_quote_name(check, name);
    const char *index_sql = check_quote(check, index->name);
    struct qualified_name root_index = {.schema = name.schema,
                                        .name = index->name};
    struct recipe_step example = {.table = {.schema = name.schema},
                                  .parent_index = root_index};
    struct recipe recipe = {.name = name, .table = table, .index = index};

    if (index->constraint != NULL)
        buffer_add_format(
            help, "ALTER TABLE ONLY %s ADD CONSTRAINT %s %s%s%s;\n", table_sql,
            index_sql, index->constraint, index->constraint_definition,
            index->constraint_options);
    else
        buffer_add_format(help, "CREATE %sINDEX %s ON ONLY %s%s;\n",
                          index->is_unique ? "UNIQUE " : "", index_sql,
                          table_sql, index->definition);
    if (table != NULL)
        add_partitions_of(check, help, &recipe, table, 0);
    if (recipe.is_cut)
        buffer_add_text(help, "-- and the same for every other partition\n");
    if (recipe.shown > 0)
        return;
    example.table.name = check_format(check, "%s_1", name.name);
    example.index =
        partition_index_name(check, name.name, example.table.name, index->name);
    buffer_add_format(help, "-- for every partition, here %s:\n",
                      check_quote_name(check, example.table));
    add_partition_step(check, help, &example, index);
}
