/*
 * Writes the way to another type that works for every change: a second column,
 * which a trigger and batches fill, gets what the first one has, and at last
 * its name.
 */
#include "lint/fill_advice.h"
#include "lint/index_advice.h"
#include "lint/type_advice.h"

/* How many indexes and constraints the help deals with. */
#define PARTS_MAX 4

static const char *table_sql(struct check *check,
                             const struct changed_type *changed)
{
    return check_quote_name(check, changed->name);
}

static const char *column_sql(struct check *check,
                              const struct changed_type *changed)
{
    return check_quote(check, changed->action->name);
}

/* The words after USING; empty if there are none. */
static struct slice using_words(const struct check *check,
                                const struct changed_type *changed)
{
    struct span using = type_advice_using(check, changed);
    struct lexer lexer = lexer_of(check->text);

    if (using.length == 0)
        return (struct slice){0};
    lexer.offset = using.offset;
    lexer_next_significant(&lexer);
    return lexer_trim_end(slice_part(check->text,
                                     lexer_next_significant(&lexer).offset,
                                     using.offset + using.length));
}

/* What the old column has and the new one needs too. */
static void add_belongings(struct check *check, struct buffer *help,
                           const struct changed_type *changed,
                           const char *new_name)
{
    const struct table *table = changed->table;
    bool is_partitioned = table->relation.kind == RELATION_PARTITIONED_TABLE;
    size_t count = 0;

    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];
        const struct index_rename rename = {
            .column = changed->column,
            .new_column = new_name,
            .new_name = check_format(check, "%s_new", index->relation.name),
        };

        if (index->relation.object.is_dropped ||
            !index_advice_uses(index, changed->column))
            continue;
        if (!is_partitioned && count < PARTS_MAX &&
            index_advice_can_rename(index, changed->column))
            index_advice_add_create(check, help, changed->name, index, &rename);
        else
            buffer_add_format(help, "-- and one like the index %s\n",
                              check_quote(check, index->relation.name));
        if (++count > PARTS_MAX)
            return;
    }
}

static bool key_uses(const struct constraint *key, const struct column *column)
{
    for (size_t i = 0; i < key->columns.count; i++)
        if (key->columns.items[i] == column)
            return true;
    for (size_t i = 0; i < key->referenced_columns.count; i++)
        if (key->referenced_columns.items[i] == column)
            return true;
    return false;
}

/* Foreign keys on either side, and CHECKs: by their names. */
static void add_constraints(struct check *check, struct buffer *help,
                            const struct changed_type *changed)
{
    const struct constraint_array *lists[] = {&changed->table->constraints,
                                              &changed->table->referenced_by};
    size_t count = 0;

    for (size_t side = 0; side < 2; side++) {
        for (size_t i = 0; i < lists[side]->count; i++) {
            const struct constraint *one = lists[side]->items[i];

            if (one->object.is_dropped || one->table == NULL ||
                one->inherited_from != NULL ||
                (one->type != CONSTRAINT_CHECK &&
                 one->type != CONSTRAINT_FOREIGN_KEY) ||
                !key_uses(one, changed->column) || count == PARTS_MAX)
                continue;
            count++;
            buffer_add_format(
                help, "-- and one like the constraint %s of %s, NOT VALID\n",
                check_quote(check, one->name),
                advice_relation_sql(check, &one->table->relation));
        }
    }
}

/* Keys that the old column is part of get the index of the new one. */
static void swap_keys(struct check *check, struct buffer *help,
                      const struct changed_type *changed)
{
    const struct table *table = changed->table;

    if (table->relation.kind == RELATION_PARTITIONED_TABLE)
        return;
    for (size_t i = 0; i < table->referenced_by.count && i < PARTS_MAX; i++) {
        const struct constraint *key = table->referenced_by.items[i];

        if (!key->object.is_dropped && key->inherited_from == NULL &&
            key_uses(key, changed->column))
            buffer_add_format(help, "ALTER TABLE %s DROP CONSTRAINT %s;\n",
                              advice_relation_sql(check, &key->table->relation),
                              check_quote(check, key->name));
    }
    for (size_t i = 0; i < table->indexes.count && i < PARTS_MAX; i++) {
        const struct index *index = table->indexes.items[i];
        const char *name = check_quote(check, index->relation.name);

        if (!index->relation.object.is_dropped && index->constraint != NULL &&
            (index->is_unique || index->is_primary) &&
            index_advice_uses(index, changed->column))
            buffer_add_format(
                help,
                "ALTER TABLE %s DROP CONSTRAINT %s,\n"
                "    ADD CONSTRAINT %s %s USING INDEX %s;\n",
                table_sql(check, changed), name, name,
                index->is_primary ? "PRIMARY KEY" : "UNIQUE",
                check_quote(check, check_format(check, "%s_new",
                                                index->relation.name)));
    }
}

/* The new column takes its numbers where the old one did. */
static void swap_default(struct check *check, struct buffer *help,
                         const struct changed_type *changed)
{
    const struct column *old = changed->column;
    const char *table = table_sql(check, changed);
    const char *column = column_sql(check, changed);

    if (old->default_text != NULL && old->generated == GENERATED_NONE)
        buffer_add_format(help,
                          "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s;\n",
                          table, column, old->default_text);
    for (size_t i = 0; i < changed->table->sequences.count; i++) {
        const struct sequence *sequence = changed->table->sequences.items[i];
        const char *name;

        if (sequence->relation.object.is_dropped || sequence->is_identity ||
            sequence->owned_by != old || !old->is_serial)
            continue;
        name = advice_relation_sql(check, &sequence->relation);
        buffer_add_format(
            help,
            "ALTER SEQUENCE %s OWNED BY %s.%s;\n"
            "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT nextval('%s');\n",
            name, table, column, table, column, name);
    }
}

static void add_swap(struct check *check, struct buffer *help,
                     const struct changed_type *changed, const char *new_name)
{
    const char *table = table_sql(check, changed);
    const char *column = column_sql(check, changed);
    const char *old_name = check_quote(
        check, check_format(check, "%s_old", changed->action->name));
    bool is_free = check->transaction_kind == TRANSACTION_NONE;

    buffer_add_text(help,
                    is_free ? "BEGIN;\n" : "-- then, in one transaction:\n");
    fill_advice_drop_trigger(check, help, changed->name, new_name);
    if (changed->column != NULL)
        swap_keys(check, help, changed);
    buffer_add_format(help,
                      "ALTER TABLE %s RENAME COLUMN %s TO %s;\n"
                      "ALTER TABLE %s RENAME COLUMN %s TO %s;\n",
                      table, column, old_name, table,
                      check_quote(check, new_name), column);
    if (changed->column != NULL)
        swap_default(check, help, changed);
    if (changed->column != NULL && !changed->column->is_nullable)
        buffer_add_format(help,
                          "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL;\n",
                          table, old_name);
    if (is_free)
        buffer_add_text(help, "COMMIT;\n");
}

const char *type_advice_second_column(struct check *check,
                                      const struct changed_type *changed)
{
    const char *new_name = check_format(check, "%s_new", changed->action->name);
    const char *new_sql = check_quote(check, new_name);
    struct slice type = type_advice_words(check, changed);
    struct slice using = using_words(check, changed);
    const char *value = column_sql(check, changed);
    struct buffer help;

    if (using.length > 0)
        value = check_format(check, "(%.*s)", (int)using.length, using.start);
    buffer_init(&help, check->arena);
    buffer_add_format(&help,
                      "-- a second column takes the place of the first:\n"
                      "ALTER TABLE %s ADD COLUMN %s %.*s;\n",
                      table_sql(check, changed), new_sql, (int)type.length,
                      type.start);
    fill_advice_add_trigger(check, &help, changed->name, new_name, value);
    advice_add_later(check, &help);
    fill_advice_add_batches(
        check, &help, changed->name,
        check_format(check, "%s = %s", new_sql, value),
        check_format(check, "%s IS NULL AND %s IS NOT NULL", new_sql, value));
    if (changed->column != NULL) {
        if (!changed->column->is_nullable)
            advice_add_not_null(check, &help, changed->name, NULL, new_name);
        add_belongings(check, &help, changed, new_name);
        add_constraints(check, &help, changed);
    }
    add_swap(check, &help, changed, new_name);
    advice_text(&help);
    if (changed->column != NULL &&
        index_advice_has(changed->table, changed->column))
        advice_add_outside_transaction(check, &help, true);
    return buffer_text(&help);
}
