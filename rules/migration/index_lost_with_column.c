/*
 * index-lost-with-column: DROP COLUMN takes along, without a word, every index
 * and constraint that uses the column beside others. Sees every ALTER TABLE
 * with the schema before it, and is asked again after the section: what has
 * taken an index's place by then is no loss.
 */
#include "lint/advice.h"
#include "sql/commands.h"

#include <string.h>

/* How many objects a message lists. */
#define LIST_MAX 5

/* Of very many sub-commands only the first are looked at, for each of them. */
#define SUB_COMMANDS_SEEN 200

/* What goes with one column. */
struct loss {
    const AlterTableStmt *alter; /* while its statement is judged */
    const struct column *column;
    struct index_array indexes;
    struct constraint_array constraints; /* without those of an index */
};

/* Which columns an object uses. */
struct use {
    const AlterTableStmt *alter;
    const struct column *dropped;
    bool has_earlier; /* one that an earlier sub-command drops */
    bool has_other;   /* one that stays */
};

/* The place among the sub-commands of the one that drops it; -1: none does. */
static int drop_of(const AlterTableStmt *alter, const struct column *column)
{
    int count = list_length(alter->cmds);
    for (int i = 0; i < count && i < SUB_COMMANDS_SEEN; i++) {
        const AlterTableCmd *action =
            node_as(AlterTableCmd, (Node *)list_nth(alter->cmds, i));
        if (action->subtype == AT_DropColumn &&
            strcmp(action->name, column->name) == 0)
            return i;
    }
    return -1;
}

static void use_column(struct use *use, const struct column *column)
{
    if (column == NULL)
        return;
    if (column == use->dropped)
        return;
    int drop = drop_of(use->alter, column);
    if (drop < 0)
        use->has_other = true;
    else if (drop < drop_of(use->alter, use->dropped))
        use->has_earlier = true;
}

static void use_columns(struct use *use, const struct column_array *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        use_column(use, columns->items[i]);
}

static bool has_column(const struct column_array *columns,
                       const struct column *column)
{
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->items[i] == column)
            return true;
    }
    return false;
}

static bool index_has_column(const struct index *index,
                             const struct column *column)
{
    for (size_t i = 0; i < index->column_count; i++) {
        if (index->columns[i].column == column)
            return true;
    }
    return has_column(&index->include, column) ||
           has_column(&index->reads, column);
}

/* A column's own index is expected to go with it; so is one none of whose keys
 * stays. */
static bool loses_index(const AlterTableStmt *alter,
                        const struct column *column, const struct index *index)
{
    struct use keys = {.alter = alter, .dropped = column};
    if (index->relation.object.is_dropped || !index_has_column(index, column))
        return false;
    for (size_t i = 0; i < index->column_count; i++)
        use_column(&keys, index->columns[i].column);
    struct use all = keys;
    use_columns(&all, &index->include);
    use_columns(&all, &index->reads);
    bool has_key = keys.has_other || index->reads.count > 0;
    return all.has_other && !all.has_earlier && has_key;
}

static bool loses_constraint(const AlterTableStmt *alter,
                             const struct column *column,
                             const struct constraint *constraint)
{
    struct use use = {.alter = alter, .dropped = column};
    if (constraint->object.is_dropped || constraint->name == NULL ||
        (constraint->type != CONSTRAINT_CHECK &&
         constraint->type != CONSTRAINT_FOREIGN_KEY) ||
        !has_column(&constraint->columns, column))
        return false;
    use_columns(&use, &constraint->columns);
    return use.has_other && !use.has_earlier;
}

static struct loss *find_loss(struct check *check, const AlterTableStmt *alter,
                              const struct column *column)
{
    const struct table *table = column->table;
    struct loss *loss = arena_alloc(check->arena, sizeof *loss);
    loss->alter = alter;
    loss->column = column;
    for (size_t i = 0; i < table->indexes.count; i++) {
        if (loses_index(alter, column, table->indexes.items[i]))
            *array_push(check->arena, &loss->indexes) = table->indexes.items[i];
    }
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (loses_constraint(alter, column, table->constraints.items[i]))
            *array_push(check->arena, &loss->constraints) =
                table->constraints.items[i];
    }
    return loss;
}

/* Its columns as they are written in CREATE INDEX. */
static void add_columns(struct buffer *text, const struct index *index)
{
    buffer_add_char(text, '(');
    for (size_t i = 0; i < index->column_count; i++) {
        const struct index_column *column = &index->columns[i];
        buffer_add_text(text, i > 0 ? ", " : "");
        if (column->column != NULL)
            writer_add_identifier(text, column->column->name);
        else
            buffer_add_text(text, column->expression);
    }
    buffer_add_char(text, ')');
    for (size_t i = 0; i < index->include.count; i++) {
        buffer_add_text(text, i > 0 ? ", " : " INCLUDE (");
        writer_add_identifier(text, index->include.items[i]->name);
    }
    if (index->include.count > 0)
        buffer_add_char(text, ')');
    if (index->predicate != NULL)
        buffer_add_format(text, " WHERE %s", index->predicate);
}

static const char *index_word(const struct index *index)
{
    if (index->constraint == NULL)
        return index->is_unique ? "unique index" : "index";
    switch (index->constraint->type) {
    case CONSTRAINT_PRIMARY_KEY: return "primary key";
    case CONSTRAINT_EXCLUDE: return "exclusion constraint";
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_CHECK:
    case CONSTRAINT_FOREIGN_KEY:
    case CONSTRAINT_NOT_NULL: break;
    }
    return "unique constraint";
}

static const char *loss_text(struct check *check, const struct loss *loss)
{
    struct buffer text;
    size_t count = loss->indexes.count + loss->constraints.count;
    buffer_init(&text, check->arena);
    for (size_t i = 0; i < count && i < LIST_MAX; i++) {
        buffer_add_text(&text, i > 0 ? ", " : "");
        if (i < loss->indexes.count) {
            const struct index *index = loss->indexes.items[i];
            buffer_add_format(&text, "%s \"%s\" ", index_word(index),
                              index->relation.name);
            add_columns(&text, index);
            continue;
        }
        const struct constraint *constraint =
            loss->constraints.items[i - loss->indexes.count];
        buffer_add_format(&text, "%s \"%s\"",
                          constraint->type == CONSTRAINT_CHECK ? "CHECK"
                                                               : "foreign key",
                          constraint->name);
    }
    if (count > LIST_MAX)
        buffer_add_format(&text, " and %zu more", count - LIST_MAX);
    return buffer_text(&text);
}

/* An index of the keys that stay; false if that is more than columns of a
 * B-tree, or nothing that the author evidently wants. */
static bool add_replacement(struct check *check, struct buffer *help,
                            const struct loss *loss, const struct index *index)
{
    const struct table *table = index->table;
    struct buffer keys, names;
    size_t count = 0;
    buffer_init(&keys, check->arena);
    buffer_init(&names, check->arena);
    if (index->predicate != NULL || index->reads.count > 0 ||
        index->constraint != NULL || strcmp(index->method, "btree") != 0)
        return false;
    for (size_t i = 0; i < index->column_count; i++) {
        const struct column *column = index->columns[i].column;
        if (drop_of(loss->alter, column) >= 0)
            continue;
        buffer_add_text(&keys, count > 0 ? ", " : "");
        writer_add_identifier(&keys, column->name);
        if (index->columns[i].is_descending)
            buffer_add_text(&keys, " DESC");
        buffer_add_format(&names, "%s%s", count++ > 0 ? "_" : "", column->name);
    }
    /* Two may have lost the column in which they differed. */
    const char *words = check_format(check, " (%s);", buffer_text(&keys));
    if (slice_find(buffer_slice(help), slice_from(words)) != SLICE_NOT_FOUND)
        return false;
    struct qualified_name name = {.name = table->relation.name};
    if (strcmp(table->relation.namespace->name, "public") != 0)
        name.schema = table->relation.namespace->name;
    const char *own =
        advice_free_name(check, name, table, buffer_text(&names), "idx");
    buffer_add_format(help, "CREATE INDEX CONCURRENTLY %s ON %s%s\n",
                      check_quote(check, own), check_quote_name(check, name),
                      words);
    return true;
}

static const char *help_text(struct check *check, const struct loss *loss)
{
    struct buffer help;
    size_t count = 0;
    buffer_init(&help, check->arena);
    buffer_add_text(&help, "-- before it, in a migration of its own, where "
                           "queries need it:\n");
    for (size_t i = 0; i < loss->indexes.count && count < LIST_MAX; i++)
        count += add_replacement(check, &help, loss, loss->indexes.items[i]);
    if (count == 0)
        return "-- make anew before it what is still needed, without the "
               "column; or drop it in the same migration, so that it is seen "
               "to go";
    return advice_text(&help);
}

static void report(struct check *check, const AlterTableCmd *action,
                   struct span words, const struct loss *loss)
{
    struct finding *finding = check_report(
        check, words, action,
        check_format(
            check, "dropping \"%s\" of %s silently drops %s too",
            loss->column->name,
            advice_relation_name(check, &loss->column->table->relation),
            loss_text(check, loss)),
        help_text(check, loss));
    check_confirm_later(check, finding, CONFIRM_AFTER_SECTION, loss);
}

static bool is_any_dropped(const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds) {
        if (action->subtype == AT_DropColumn)
            return true;
    }
    return false;
}

static void check_node(struct check *check, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    if (!is_any_dropped(alter) || !check_alters_existing(check, alter))
        return;
    const struct table *table =
        schema_find_table(check->schema, name_from_range_var(alter->relation));
    struct command_words commands =
        command_words_of(check->text, check->statement, alter->relation);
    if (table == NULL)
        return;
    foreach_node (AlterTableCmd, action, alter->cmds) {
        const struct column *column =
            action->subtype == AT_DropColumn
                ? table_find_column(table, action->name)
                : NULL;
        struct span words = {0};
        if (column == NULL) {
            command_words_pass(&commands);
            continue;
        }
        command_words_next(&commands, &words);
        const struct loss *loss = find_loss(check, alter, column);
        if (loss->indexes.count + loss->constraints.count > 0)
            report(check, action,
                   command_words_to_name(check->text, check->statement, words,
                                         action->name),
                   loss);
    }
}

static bool is_same_key(const struct index_column *key,
                        const struct index_column *other)
{
    if (key->column != NULL || other->column != NULL)
        return key->column == other->column;
    return strcmp(key->expression, other->expression) == 0;
}

/* Another column stands in the place of the one that is gone, beside the same
 * keys: `(stickied, score)`, `(featured, score)`. */
static bool has_successor(const struct index *index, const struct index *lost)
{
    size_t dropped = 0;

    if (index->column_count != lost->column_count)
        return false;
    for (size_t i = 0; i < lost->column_count; i++) {
        const struct column *column = lost->columns[i].column;

        if (column != NULL && column->object.is_dropped)
            dropped++;
        else if (!is_same_key(&index->columns[i], &lost->columns[i]))
            return false;
    }
    return dropped > 0 && dropped < lost->column_count;
}

/* The index has the other's name, or leads with its keys that stay, in their
 * order, or has other columns for those that are gone. */
static bool replaces(const struct index *index, const struct index *lost)
{
    size_t count = 0;
    if (index->relation.object.is_dropped)
        return false;
    if (strcmp(index->relation.name, lost->relation.name) == 0)
        return true;
    if (index->predicate != NULL || strcmp(index->method, lost->method) != 0 ||
        (lost->is_unique && !index->is_unique))
        return false;
    if (has_successor(index, lost))
        return true;
    for (size_t i = 0; i < lost->column_count; i++) {
        const struct column *column = lost->columns[i].column;
        if (column != NULL && column->object.is_dropped)
            continue;
        if (column == NULL || count == index->column_count ||
            index->columns[count].column != column)
            return false;
        count++;
    }
    return true;
}

static bool is_index_back(const struct index *lost)
{
    const struct index_array *indexes = &lost->table->indexes;
    for (size_t i = 0; i < indexes->count; i++) {
        if (replaces(indexes->items[i], lost))
            return true;
    }
    return false;
}

/* Some constraint of the name is there again, or what the table is for. */
static bool is_constraint_back(const struct constraint *lost)
{
    return table_find_constraint(lost->table, lost->name) != NULL;
}

static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct loss *loss = closure;
    (void)check;
    (void)finding;
    if (loss->column->table->relation.object.is_dropped)
        return false;
    for (size_t i = 0; i < loss->indexes.count; i++) {
        if (!is_index_back(loss->indexes.items[i]))
            return true;
    }
    for (size_t i = 0; i < loss->constraints.count; i++) {
        if (!is_constraint_back(loss->constraints.items[i]))
            return true;
    }
    return false;
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_index_lost_with_column = {
    .id = "index-lost-with-column",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_WARNING,
    .summary = "DROP COLUMN drops indexes and constraints that use it",
    .rationale =
        "DROP COLUMN drops, without CASCADE and without a notice, every index "
        "in which the column takes part: as one of several keys, in INCLUDE, "
        "in an expression or in the predicate of a partial index. It drops "
        "CHECK constraints, foreign keys, unique constraints and primary keys "
        "over several columns in the same way. A query that used the rest of "
        "the index reads the whole table from then on, and what the "
        "constraint kept out comes in.\n\n"
        "Build an index of the columns that stay before the column goes, with "
        "CREATE INDEX CONCURRENTLY; make the constraint anew without the "
        "column; or drop them by name, so that readers of the migration see "
        "it.\n\n"
        "The rule is silent about the column's own index, and where an index "
        "that leads with the keys that stay, or has another column in the "
        "place of the dropped one, is there when the migration is over.",
    .ignore_when = "No query needs what is lost.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, day "
             "date);\n"
             "CREATE INDEX orders_user_id_day_idx ON orders (user_id, day);",
    .bad = "ALTER TABLE orders DROP COLUMN day;",
    .good = "CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders "
            "(user_id);\n"
            "ALTER TABLE orders DROP COLUMN day;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
    .confirm = confirm,
};
