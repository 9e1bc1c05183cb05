/*
 * Writes a CHECK or foreign key as NOT VALID and VALIDATE, with the user's own
 * words. Before PostgreSQL 18 a partitioned table takes no NOT VALID foreign
 * key: there its partitions get one each, and the table takes these over.
 */
#include "lint/not_valid_advice.h"

#include <string.h>

/* How many partitions a recipe spells out. */
#define PARTITIONS_SHOWN 3

bool not_valid_is_wanted(struct check *check, const Constraint *constraint)
{
    const struct effects *effects = check_effects(check);

    if (constraint->contype != CONSTR_CHECK &&
        constraint->contype != CONSTR_FOREIGN)
        return false;
    if (!effects->is_understood && effects->fails == NULL)
        return !constraint->skip_validation;
    return effects_find_new_check(effects, check->statement->tree_base +
                                               (size_t)constraint->location) !=
           NULL;
}

/* The columns of a foreign key with "_" between them, as in its name. */
static const char *columns_in_name(struct check *check,
                                   const struct added_constraint *added)
{
    struct buffer columns;

    if (added->column != NULL)
        return added->column->colname;
    if (added->constraint->contype == CONSTR_CHECK)
        return NULL;
    buffer_init(&columns, check->arena);
    foreach_node (String, column, added->constraint->fk_attrs)
        buffer_add_format(&columns, "%s%s", columns.length > 0 ? "_" : "",
                          column->sval);
    return buffer_text(&columns);
}

const char *not_valid_name(struct check *check,
                           const struct added_constraint *added)
{
    const Constraint *constraint = added->constraint;
    const struct new_check *made = effects_find_new_check(
        check_effects(check),
        check->statement->tree_base + (size_t)constraint->location);

    if (constraint->conname != NULL)
        return constraint->conname;
    /* A partition's part of a foreign key has a name of its own. */
    if (made != NULL &&
        (constraint->contype == CONSTR_CHECK || added->table == NULL ||
         made->on == &added->table->relation))
        return arena_copy(check->arena, slice_from(made->name));
    return advice_free_name(
        check, added->name, added->table, columns_in_name(check, added),
        constraint->contype == CONSTR_CHECK ? "check" : "fkey");
}

/* What follows the name: from CHECK, FOREIGN KEY or REFERENCES on. */
static struct slice definition_of(const struct check *check,
                                  const struct added_constraint *added)
{
    const Constraint *constraint = added->constraint;
    struct span words = added->words;
    const char *keyword = "CHECK";
    struct span start;

    if (constraint->contype == CONSTR_FOREIGN)
        keyword = added->column != NULL ? "REFERENCES" : "FOREIGN";
    if (added->column != NULL)
        words = constraint_advice_words(check, added);
    start = words_find(
        check->text, check->statement,
        check->statement->tree_base + (size_t)constraint->location, keyword);
    return lexer_trim_end(
        slice_part(check->text, start.offset, words.offset + words.length));
}

/* ADD CONSTRAINT of this table or partition, with its end left open. */
static void add_constraint(struct check *check, struct buffer *help,
                           const struct added_constraint *added,
                           const char *table)
{
    struct slice definition = definition_of(check, added);

    buffer_add_format(help, "ALTER TABLE %s ADD CONSTRAINT %s ", table,
                      check_quote(check, not_valid_name(check, added)));
    if (added->column != NULL && added->constraint->contype == CONSTR_FOREIGN)
        buffer_add_format(help, "FOREIGN KEY (%s) ",
                          check_quote(check, added->column->colname));
    buffer_add(help, definition);
}

static void validate(struct check *check, struct buffer *help,
                     const struct added_constraint *added, const char *table)
{
    buffer_add_format(help, "ALTER TABLE %s VALIDATE CONSTRAINT %s;\n", table,
                      check_quote(check, not_valid_name(check, added)));
}

/*
 * Foreign keys of partitioned tables before 18.
 */

static bool is_by_partition(const struct check *check,
                            const struct added_constraint *added)
{
    return check->postgres_version < 18 &&
           added->constraint->contype == CONSTR_FOREIGN &&
           added->table != NULL &&
           added->table->relation.kind == RELATION_PARTITIONED_TABLE;
}

/* The partitions that have rows, whatever their depth. */
struct leaves {
    const char *names[PARTITIONS_SHOWN]; /* as SQL */
    size_t count;
    bool is_cut; /* there are more */
};

/* Breadth first, without recursion: level by level of those that are shown. */
static struct leaves find_leaves(struct check *check, const struct table *table)
{
    const struct table *open[PARTITIONS_SHOWN + 1] = {table};
    size_t open_count = 1;
    struct leaves leaves = {0};

    for (size_t i = 0; i < open_count; i++) {
        for (size_t j = 0; j < open[i]->children.count; j++) {
            const struct table *partition = open[i]->children.items[j];

            if (partition->relation.object.is_dropped)
                continue;
            if (partition->relation.kind == RELATION_PARTITIONED_TABLE &&
                open_count <= PARTITIONS_SHOWN) {
                open[open_count++] = partition;
            } else if (leaves.count == PARTITIONS_SHOWN ||
                       partition->relation.kind != RELATION_TABLE) {
                leaves.is_cut = true;
                break;
            } else {
                leaves.names[leaves.count++] =
                    advice_relation_sql(check, &partition->relation);
            }
        }
    }
    return leaves;
}

/* An example where the files know no partition. */
static struct leaves leaves_of(struct check *check, struct buffer *help,
                               const struct added_constraint *added)
{
    struct leaves leaves = find_leaves(check, added->table);
    struct qualified_name name = added->name;

    if (leaves.count > 0)
        return leaves;
    name.name = check_format(check, "%s_1", added->name.name);
    leaves.names[leaves.count++] = check_quote_name(check, name);
    leaves.is_cut = false;
    buffer_add_format(help, "-- for every partition, here %s:\n",
                      leaves.names[0]);
    return leaves;
}

static void add_to_partitions(struct check *check, struct buffer *help,
                              const struct added_constraint *added)
{
    struct leaves leaves = leaves_of(check, help, added);

    for (size_t i = 0; i < leaves.count; i++) {
        add_constraint(check, help, added, leaves.names[i]);
        buffer_add_text(help, " NOT VALID;\n");
    }
    if (leaves.is_cut)
        buffer_add_text(help, "-- and the same for every other partition\n");
}

static void validate_partitions(struct check *check, struct buffer *help,
                                const struct added_constraint *added)
{
    struct leaves leaves = leaves_of(check, help, added);

    for (size_t i = 0; i < leaves.count; i++)
        validate(check, help, added, leaves.names[i]);
    if (leaves.is_cut)
        buffer_add_text(help, "-- and the same for every other partition\n");
    buffer_add_text(help, "-- takes the partitions' keys over, and checks "
                          "nothing:\n");
    add_constraint(check, help, added, check_quote_name(check, added->name));
    buffer_add_text(help, ";\n");
}

/* The sub-command that drops the one of the same name in this statement; null
 * if there is none. */
static const AlterTableCmd *find_drop(const struct added_constraint *added)
{
    if (added->constraint->conname == NULL)
        return NULL;
    foreach_node (AlterTableCmd, action, added->alter->cmds)
        if (action->subtype == AT_DropConstraint && action->name != NULL &&
            strcmp(action->name, added->constraint->conname) == 0)
            return action;
    return NULL;
}

void not_valid_add(struct check *check, struct buffer *help,
                   const struct added_constraint *added)
{
    const AlterTableCmd *dropped = find_drop(added);

    if (dropped != NULL)
        buffer_add_format(help, "ALTER TABLE %s DROP CONSTRAINT %s%s;\n",
                          check_quote_name(check, added->name),
                          dropped->missing_ok ? "IF EXISTS " : "",
                          check_quote(check, dropped->name));
    if (is_by_partition(check, added)) {
        add_to_partitions(check, help, added);
        return;
    }
    add_constraint(check, help, added, check_quote_name(check, added->name));
    buffer_add_text(help, " NOT VALID;\n");
}

void not_valid_validate(struct check *check, struct buffer *help,
                        const struct added_constraint *added)
{
    if (is_by_partition(check, added))
        validate_partitions(check, help, added);
    else
        validate(check, help, added, check_quote_name(check, added->name));
}

const char *not_valid_advice(struct check *check,
                             const struct added_constraint *added)
{
    struct buffer help;

    buffer_init(&help, check->arena);
    not_valid_add(check, &help, added);
    advice_add_later(check, &help);
    not_valid_validate(check, &help, added);
    return advice_text(&help);
}
