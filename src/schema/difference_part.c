/*
 * Describes the parts of tables (columns, constraints, indexes, triggers,
 * policies, rules, statistics) and of domains for difference.c.
 */
#include "schema/difference_item.h"

#include "base/buffer.h"
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

/* The part of a table with its name, as messages call it, and its SQL. */
static void name_part(struct arena *arena, struct item *item,
                      enum item_group group, const char *kind,
                      const struct table *table, const char *name)
{
    item->group = group;
    item->kind = kind;
    item->owner = &table->relation.object;
    item->name = name;
    item->called = arena_format(arena, "%s of %s", quote(arena, name),
                                text_of_relation(arena, &table->relation));
}

/* `ALTER TABLE orders ALTER COLUMN total %s;` */
static const char *alter_column(struct arena *arena,
                                const struct column *column, const char *action)
{
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

static void add_default(struct arena *arena, const struct column *column,
                        struct item *item)
{
    const char *text = column->generated ? NULL : column->default_text;
    const char *key = default_key(arena, column, text);
    struct trait *trait;

    if (column->is_serial || (key && strncmp(key, "nextval ", 8) == 0))
        trait =
            item_add_trait(item, "nextval", "a default of its sequence", NULL);
    else if (text)
        trait = item_add_trait(
            item, key, arena_format(arena, "default %s", text),
            alter_column(arena, column,
                         arena_format(arena, "SET DEFAULT %s", text)));
    else
        trait =
            item_add_trait(item, column->has_default ? NULL : "", "no default",
                           alter_column(arena, column, "DROP DEFAULT"));
    trait->now = "has";
    trait->then = "had";
}

static void add_column_traits(struct arena *arena, const struct column *column,
                              struct item *item)
{
    const char *type = text_of_type(arena, column->data_type);
    const char *identity = text_of_identity(column);
    const char *generated =
        column->generated ? text_of_meaning(arena, column->default_text) : "";
    struct trait *trait;

    item_add_trait(
        item, type, type,
        alter_column(arena, column,
                     arena_format(arena, "TYPE %s", type ? type : "text")));
    item_add_trait(
        item, column->is_nullable ? "null" : "not",
        column->is_nullable ? "nullable" : "NOT NULL",
        alter_column(arena, column,
                     column->is_nullable ? "DROP NOT NULL" : "SET NOT NULL"));
    add_default(arena, column, item);
    trait = item_add_trait(
        item, identity ? identity : "", identity ? identity : "no identity",
        alter_column(arena, column,
                     identity ? arena_format(arena, "ADD %s", identity)
                              : "DROP IDENTITY"));
    trait->now = "has";
    trait->then = "had";
    item_add_trait(
        item, generated, column->generated ? "generated" : "not generated",
        column->generated ? NULL
                          : alter_column(arena, column, "DROP EXPRESSION"));
}

/* A column made known by a mention: nothing is known of it. */
static void forget_keys(struct item *item)
{
    for (size_t i = 0; i < item->trait_count; i++)
        item->traits[i].key = NULL;
}

static void add_column_statements(struct arena *arena,
                                  const struct column *column,
                                  struct item *item)
{
    const struct relation *relation = &column->table->relation;
    const char *table = text_of_relation(arena, relation);
    const char *name = quote(arena, column->name);
    const char *text = text_of_column(arena, column);
    bool is_attribute = relation->kind == RELATION_COMPOSITE_TYPE;
    const char *what = is_attribute ? "TYPE" : "TABLE";
    const char *part = is_attribute ? "ATTRIBUTE" : "COLUMN";

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
    name_part(arena, item, ITEM_COLUMN,
              relation->kind == RELATION_COMPOSITE_TYPE ? "attribute"
                                                        : "column",
              column->table, column->name);
    item->called =
        arena_format(arena, "%s.%s", text_of_relation(arena, relation),
                     quote(arena, column->name));
    item->made_at = column->made_at;
    item->is_own = column->is_local || column->inherit_count == 0;
    add_column_statements(arena, column, item);
    add_column_traits(arena, column, item);
    if (!column->made_at.source)
        forget_keys(item);
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

static bool describe_constraint(struct arena *arena,
                                const struct constraint *constraint,
                                struct item *item)
{
    const struct table *table = constraint->table;
    const char *text = text_of_constraint(arena, constraint);
    const char *name = quote(arena, constraint->name);
    const char *what, *owner;

    if (is_told_elsewhere(constraint))
        return false;
    owner = table ? text_of_relation(arena, &table->relation)
                  : text_of_name(arena, constraint->domain->namespace,
                                 constraint->domain->name);
    what = table ? "TABLE" : "DOMAIN";
    item->group = ITEM_CONSTRAINT;
    item->kind = "constraint";
    item->owner = table ? &table->relation.object : &constraint->domain->object;
    item->name = constraint->name;
    item->called = arena_format(arena, "%s of %s", name, owner);
    item->made_at = constraint->made_at;
    item->is_own = constraint->is_local && !constraint->inherited_from;
    item->drop = arena_format(arena, "ALTER %s %s DROP CONSTRAINT %s;", what,
                              owner, name);
    item->rename_head =
        arena_format(arena, "ALTER %s %s RENAME CONSTRAINT ", what, owner);
    item->rename_tail = "";
    item->create =
        text ? arena_format(arena, "ALTER %s %s ADD CONSTRAINT %s %s;", what,
                            owner, name, text)
             : item_make_again(arena, item);
    item_add_trait(item, text_of_meaning(arena, text), text, NULL);
    text = options_of(constraint);
    item_add_trait(item, text, text, NULL);
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

static bool describe_index(struct arena *arena, const struct index *index,
                           struct item *item)
{
    const struct relation *relation = &index->relation;
    const char *text = text_of_index(arena, index);
    const char *keys = text_of_keys(arena, index);
    const char *unique = index->is_unique ? "UNIQUE " : "";

    if (index->constraint || relation->is_temporary)
        return false;
    item->group = ITEM_INDEX;
    item->kind = "index";
    item->owner = &index->table->relation.object;
    item->name = relation->name;
    item->called = text_of_relation(arena, relation);
    item->made_at = relation->made_at;
    item->is_own = !index->partition_of;
    item->drop = arena_format(arena, "DROP INDEX %s;", item->called);
    item->rename_head = "ALTER INDEX ";
    item->rename_tail = " RENAME";
    item->create = text ? arena_format(arena, "CREATE %sINDEX %s %s;", unique,
                                       quote(arena, relation->name), text)
                        : item_make_again(arena, item);
    text = text ? arena_format(arena, "%s%s", unique, text) : NULL;
    keys = keys && !may_cast(index) ? arena_format(arena, "%s%s", unique, keys)
                                    : NULL;
    item_add_trait(item, text_of_meaning(arena, keys), text, NULL);
    item_add_trait(item, index->is_valid ? "valid" : "invalid",
                   index->is_valid ? "valid" : "invalid", NULL);
    return true;
}

static const char *function_of(struct arena *arena,
                               const struct trigger *trigger)
{
    if (!trigger->function)
        return trigger->function_name ? trigger->function_name : "";
    return text_of_name(arena, trigger->function->namespace,
                        trigger->function->name);
}

/* All of it but its WHEN, in no language but ours. */
static const char *text_of_trigger(struct arena *arena,
                                   const struct trigger *trigger)
{
    struct buffer text;

    buffer_init(&text, arena);
    buffer_add_format(&text, "%d %d %d %d %s", trigger->events,
                      trigger->is_constraint, trigger->is_deferrable,
                      trigger->is_initially_deferred,
                      function_of(arena, trigger));
    for (size_t i = 0; i < trigger->arguments.count; i++)
        buffer_add_format(&text, " '%s'", trigger->arguments.items[i]);
    if (trigger->columns)
        buffer_add_format(&text, " OF %s",
                          text_of_columns(arena, trigger->columns));
    return buffer_text(&text);
}

static void describe_trigger(struct arena *arena, const struct trigger *trigger,
                             struct item *item)
{
    const char *table = text_of_relation(arena, &trigger->table->relation);
    const char *name = quote(arena, trigger->name);
    const char *enabled = trigger->enabled == 'D' ? "disabled" : "enabled";

    name_part(arena, item, ITEM_TRIGGER, "trigger", trigger->table,
              trigger->name);
    item->made_at = trigger->made_at;
    item->is_own = !trigger->inherited_from;
    item->drop = arena_format(arena, "DROP TRIGGER %s ON %s;", name, table);
    item->rename_head = "ALTER TRIGGER ";
    item->rename_tail = arena_format(arena, " ON %s RENAME", table);
    item->create = item_make_again(arena, item);
    item_add_trait(item, text_of_trigger(arena, trigger), NULL, NULL)->noun =
        "definition";
    item_add_trait(item, enabled, enabled,
                   arena_format(arena, "ALTER TABLE %s %s TRIGGER %s;", table,
                                trigger->enabled == 'D' ? "DISABLE" : "ENABLE",
                                name));
}

static const char *text_of_policy(struct arena *arena,
                                  const struct policy *policy)
{
    struct buffer text;

    buffer_init(&text, arena);
    buffer_add_format(&text, "%c %d", policy->command, policy->is_permissive);
    for (size_t i = 0; i < policy->roles.count; i++)
        buffer_add_format(&text, " %s", policy->roles.items[i]);
    return buffer_text(&text);
}

static void describe_policy(struct arena *arena, const struct policy *policy,
                            struct item *item)
{
    const char *table = text_of_relation(arena, &policy->table->relation);
    const char *name = quote(arena, policy->name);

    name_part(arena, item, ITEM_POLICY, "policy", policy->table, policy->name);
    item->made_at = policy->made_at;
    item->drop = arena_format(arena, "DROP POLICY %s ON %s;", name, table);
    item->rename_head = "ALTER POLICY ";
    item->rename_tail = arena_format(arena, " ON %s RENAME", table);
    item->create = item_make_again(arena, item);
    item_add_trait(item, text_of_policy(arena, policy), NULL, NULL)->noun =
        "definition";
}

static void describe_rule(struct arena *arena, const struct rewrite_rule *rule,
                          struct item *item)
{
    name_part(arena, item, ITEM_RULE, "rule", rule->table, rule->name);
    item->made_at = rule->made_at;
    item->drop =
        arena_format(arena, "DROP RULE %s ON %s;", quote(arena, rule->name),
                     text_of_relation(arena, &rule->table->relation));
    item->create = item_make_again(arena, item);
}

static void describe_statistics(struct arena *arena,
                                const struct statistics *statistics,
                                struct item *item)
{
    name_part(arena, item, ITEM_STATISTICS, "statistics object",
              statistics->table, statistics->name);
    item->called = text_of_name(arena, statistics->namespace, statistics->name);
    item->made_at = statistics->made_at;
    item->drop = arena_format(arena, "DROP STATISTICS %s;", item->called);
    item->rename_head = "ALTER STATISTICS ";
    item->rename_tail = " RENAME";
    item->create = item_make_again(arena, item);
}

/* On temporary tables, and those of extensions, nothing is compared. */
static bool is_owner_compared(const struct object *owner)
{
    const struct relation *relation = (const struct relation *)owner;

    return owner->class != CLASS_RELATION ||
           (!relation->is_temporary && !relation->extension);
}

bool item_describe_part(struct arena *arena, const struct object *object,
                        struct item *item)
{
    bool is_described = true;

    switch (object->class) {
    case CLASS_COLUMN:
        is_described =
            describe_column(arena, (const struct column *)object, item);
        break;
    case CLASS_CONSTRAINT:
        is_described =
            describe_constraint(arena, (const struct constraint *)object, item);
        break;
    case CLASS_RELATION:
        is_described =
            describe_index(arena, (const struct index *)object, item);
        break;
    case CLASS_TRIGGER:
        describe_trigger(arena, (const struct trigger *)object, item);
        break;
    case CLASS_POLICY:
        describe_policy(arena, (const struct policy *)object, item);
        break;
    case CLASS_RULE:
        describe_rule(arena, (const struct rewrite_rule *)object, item);
        break;
    case CLASS_STATISTICS:
        describe_statistics(arena, (const struct statistics *)object, item);
        break;
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_TYPE:
    case CLASS_FUNCTION:
    case CLASS_OTHER:
    case CLASS_DEFAULT: return false;
    }
    return is_described && is_owner_compared(item->owner);
}
