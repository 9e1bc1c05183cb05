/*
 * Describes columns, constraints and indexes for difference.c, and asks
 * difference_trigger.c for the other parts of tables.
 */
#include "schema/difference_describe.h"

#include "schema/difference_text.h"
#include "sql/lexer.h"
#include "sql/parser.h"

#include <string.h>

/* Functions that are called like the type they cast to. */
static const char *const cast_names[] = {
    "date", "text", "timestamp", "timestamptz", "numeric", "varchar", "bpchar",
    "int4", "int8", "float8",    "uuid",        "jsonb",   "name",    NULL,
};

static const char *quote(struct arena *arena, const char *name)
{
    return parser_quote_identifier(arena, name);
}

/* `ALTER TABLE orders ALTER COLUMN total %s;` */
static const char *alter_column(struct arena *arena, const struct item *item,
                                const char *action)
{
    const struct column *column = (const struct column *)item->object;

    if (item->depth < ITEM_WRITTEN)
        return NULL;
    return arena_format(arena, "ALTER TABLE %s ALTER COLUMN %s %s;",
                        text_of_relation(arena, &column->table->relation),
                        quote(arena, column->name), action);
}

/* A value of an enum may have another name than when it was written. */
static const char *default_key(struct arena *arena, const struct column *column,
                               const char *text)
{
    const struct type *type = column->data_type.type;
    const char *key = text_of_meaning(arena, text);

    if (!text || !type || type->kind != TYPE_ENUM)
        return key;
    for (size_t i = 0; i < type->labels.count; i++)
        if (strcmp(key, arena_format(arena, "'%s' ",
                                     type->labels.items[i]->name)) == 0)
            return key;
    return NULL;
}

static void say_default(struct arena *arena, const struct column *column,
                        struct item *item)
{
    const char *text = column->generated ? NULL : column->default_text;
    const char *key = default_key(arena, column, text);

    if (column->is_serial || (key && strncmp(key, "nextval ", 8) == 0))
        item_add_had_trait(item, "nextval", "a default of its sequence", NULL);
    else if (text)
        item_add_had_trait(
            item, key, item_format(arena, item, "default %s", text),
            alter_column(arena, item,
                         item_format(arena, item, "SET DEFAULT %s", text)));
    else
        item_add_had_trait(item, column->has_default ? NULL : "", "no default",
                           alter_column(arena, item, "DROP DEFAULT"));
}

/* A column made known by a mention: nothing is known of it. */
static void forget_keys(struct item *item)
{
    for (size_t i = 0; i < item->trait_count; i++)
        item->traits[i].key = NULL;
}

static void say_column(struct arena *arena, const struct column *column,
                       struct item *item)
{
    const char *type = text_of_type(arena, column->data_type);
    const char *identity = text_of_identity(column);
    const char *generated =
        column->generated ? text_of_meaning(arena, column->default_text) : "";

    item_add_trait(item, type, type,
                   alter_column(arena, item,
                                item_format(arena, item, "TYPE %s",
                                            type ? type : "text")));
    item_add_trait(
        item, column->is_nullable ? "null" : "not",
        column->is_nullable ? "nullable" : "NOT NULL",
        alter_column(arena, item,
                     column->is_nullable ? "DROP NOT NULL" : "SET NOT NULL"));
    say_default(arena, column, item);
    item_add_had_trait(
        item, identity ? identity : "", identity ? identity : "no identity",
        alter_column(arena, item,
                     identity ? item_format(arena, item, "ADD %s", identity)
                              : "DROP IDENTITY"));
    item_add_trait(
        item, generated, column->generated ? "generated" : "not generated",
        column->generated ? NULL
                          : alter_column(arena, item, "DROP EXPRESSION"));
    if (!column->made_at.source)
        forget_keys(item);
}

static void write_column(struct arena *arena, const struct column *column,
                         struct item *item)
{
    const struct relation *relation = &column->table->relation;
    const char *table = text_of_relation(arena, relation);
    const char *name = quote(arena, column->name);
    const char *text = text_of_column(arena, column);
    bool is_attribute = relation->kind == RELATION_COMPOSITE_TYPE;
    const char *what = is_attribute ? "TYPE" : "TABLE";
    const char *part = is_attribute ? "ATTRIBUTE" : "COLUMN";

    item->called = arena_format(arena, "%s.%s", table, name);
    item->create = text ? arena_format(arena, "ALTER %s %s ADD %s %s %s;", what,
                                       table, part, name, text)
                        : item_make_again(arena, item);
    item->drop =
        arena_format(arena, "ALTER %s %s DROP %s %s;", what, table, part, name);
    item->rename_head =
        arena_format(arena, "ALTER %s %s RENAME %s ", what, table, part);
    item->rename_tail = "";
}

/* The columns of views are their query's. */
static bool describe_column(struct arena *arena, const struct column *column,
                            struct item *item)
{
    const struct relation *relation = &column->table->relation;

    if (relation_is_view(relation))
        return false;
    item->group = ITEM_COLUMN;
    item->kind =
        relation->kind == RELATION_COMPOSITE_TYPE ? "attribute" : "column";
    item->name = column->name;
    item->made_at = column->made_at;
    item->is_own = column->is_local || column->inherit_count == 0;
    if (item->depth >= ITEM_WRITTEN)
        write_column(arena, column, item);
    if (item->depth >= ITEM_SAID)
        say_column(arena, column, item);
    return true;
}

/* The foreign key's part for a partition of the table it references, and NOT
 * NULL, which is said of the column. */
static bool is_told_elsewhere(const struct constraint *constraint)
{
    return constraint->type == CONSTRAINT_NOT_NULL ||
           constraint_is_reference_part(constraint);
}

/* What ALTER CONSTRAINT changes. */
static const char *options_of(const struct constraint *constraint)
{
    if (!constraint->is_enforced)
        return "not enforced";
    if (constraint->is_initially_deferred)
        return "deferred";
    return constraint->is_deferrable ? "deferrable" : "checked at once";
}

static void write_constraint(struct arena *arena,
                             const struct constraint *constraint,
                             struct item *item)
{
    const struct table *table = constraint->table;
    const char *text = text_of_constraint(arena, constraint);
    const char *name = quote(arena, constraint->name);
    const char *what = table ? "TABLE" : "DOMAIN";
    const char *owner = table
                            ? text_of_relation(arena, &table->relation)
                            : text_of_name(arena, constraint->domain->namespace,
                                           constraint->domain->name);

    item->called = arena_format(arena, "%s of %s", name, owner);
    item->drop = arena_format(arena, "ALTER %s %s DROP CONSTRAINT %s;", what,
                              owner, name);
    item->rename_head =
        arena_format(arena, "ALTER %s %s RENAME CONSTRAINT ", what, owner);
    item->rename_tail = "";
    item->create =
        text ? arena_format(arena, "ALTER %s %s ADD CONSTRAINT %s %s;", what,
                            owner, name, text)
             : item_make_again(arena, item);
}

static void say_constraint(struct arena *arena,
                           const struct constraint *constraint,
                           struct item *item)
{
    const char *text = text_of_constraint(arena, constraint);
    const char *options = options_of(constraint);

    item_add_trait(item, text_of_meaning(arena, text), text, NULL);
    item_add_trait(item, options, options, NULL);
}

static bool describe_constraint(struct arena *arena,
                                const struct constraint *constraint,
                                struct item *item)
{
    if (is_told_elsewhere(constraint))
        return false;
    item->group = ITEM_CONSTRAINT;
    item->kind = "constraint";
    item->name = constraint->name;
    item->made_at = constraint->made_at;
    item->is_own = constraint->is_local && !constraint->inherited_from;
    if (item->depth >= ITEM_WRITTEN)
        write_constraint(arena, constraint, item);
    if (item->depth >= ITEM_SAID)
        say_constraint(arena, constraint, item);
    return true;
}

/* `date(made)` is a cast, and nothing at all where the column has the type: an
 * index on the column, as far as the server goes. */
static bool may_cast(const struct index *index)
{
    for (size_t i = 0; i < index->column_count; i++) {
        const char *expression = index->columns[i].expression;
        struct lexer lexer;
        struct token token;
        const char *name;

        if (!expression)
            continue;
        lexer = lexer_of(slice_from(expression));
        token = lexer_next_significant(&lexer);
        while (token_is(lexer.text, token, "("))
            token = lexer_next_significant(&lexer);
        for (size_t j = 0; (name = cast_names[j]); j++)
            if (token_is_word(lexer.text, token, name))
                return true;
    }
    return false;
}

static const char *unique_of(const struct index *index)
{
    return index->is_unique ? "UNIQUE " : "";
}

static void write_index(struct arena *arena, const struct index *index,
                        struct item *item)
{
    const char *text = text_of_index(arena, index);

    item->called = text_of_relation(arena, &index->relation);
    item->drop = arena_format(arena, "DROP INDEX %s;", item->called);
    item->rename_head = "ALTER INDEX ";
    item->rename_tail = " RENAME";
    item->create =
        text ? arena_format(arena, "CREATE %sINDEX %s %s;", unique_of(index),
                            quote(arena, index->relation.name), text)
             : item_make_again(arena, item);
}

static void say_index(struct arena *arena, const struct index *index,
                      struct item *item)
{
    const char *keys = text_of_keys(arena, index);
    const char *valid = index->is_valid ? "valid" : "invalid";
    const char *shown = NULL;

    if (keys && item->depth >= ITEM_WRITTEN)
        shown = arena_format(arena, "%s%s", unique_of(index),
                             text_of_index(arena, index));
    keys = keys && !may_cast(index)
               ? arena_format(arena, "%s%s", unique_of(index), keys)
               : NULL;
    item_add_trait(item, text_of_meaning(arena, keys), shown, NULL);
    item_add_trait(item, valid, valid, NULL);
}

static bool describe_index(struct arena *arena, const struct index *index,
                           struct item *item)
{
    if (index->constraint || index->relation.is_temporary)
        return false;
    item->group = ITEM_INDEX;
    item->kind = "index";
    item->name = index->relation.name;
    item->made_at = index->relation.made_at;
    item->is_own = !index->partition_of;
    if (item->depth >= ITEM_WRITTEN)
        write_index(arena, index, item);
    if (item->depth >= ITEM_SAID)
        say_index(arena, index, item);
    return true;
}

/* On temporary tables, and those of extensions, nothing is compared. */
static bool is_owner_compared(const struct object *owner)
{
    const struct relation *relation = (const struct relation *)owner;

    return owner->class != CLASS_RELATION ||
           (!relation->is_temporary && !relation->extension);
}

bool describe_part(struct arena *arena, const struct object *object,
                   struct item *item)
{
    item->owner = item_whole(object);
    if (!is_owner_compared(item->owner))
        return false;
    switch (object->class) {
    case CLASS_COLUMN:
        return describe_column(arena, (const struct column *)object, item);
    case CLASS_CONSTRAINT:
        return describe_constraint(arena, (const struct constraint *)object,
                                   item);
    case CLASS_RELATION:
        return describe_index(arena, (const struct index *)object, item);
    case CLASS_TRIGGER:
        describe_trigger(arena, (const struct trigger *)object, item);
        return true;
    case CLASS_POLICY:
        describe_policy(arena, (const struct policy *)object, item);
        return true;
    case CLASS_RULE:
        describe_rule(arena, (const struct rewrite_rule *)object, item);
        return true;
    case CLASS_STATISTICS:
        describe_statistics(arena, (const struct statistics *)object, item);
        return true;
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_TYPE:
    case CLASS_FUNCTION:
    case CLASS_OTHER:
    case CLASS_DEFAULT: return false;
    }
    return false;
}
