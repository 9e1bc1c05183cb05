/*
 * Goes through what depends on a column, as the replay has noted it, and picks
 * what ALTER COLUMN TYPE cannot make anew by itself.
 */
#include "lint/retype_advice.h"

/* More are counted. */
#define SHOWN_MAX 6

bool retype_is_refused(const struct column *column)
{
    const struct partition_key *key = column->table->partition_key;

    for (size_t i = 0; key != NULL && i < key->column_count; i++)
        if (key->columns[i].column == column)
            return true;
    for (size_t i = 0; key != NULL && i < key->reads.count; i++)
        if (key->reads.items[i] == column)
            return true;
    return false;
}

/* `trigger "t" on "orders"`. */
static const char *part_name(struct check *check, const char *word,
                             const char *name, const struct table *table)
{
    return check_format(check, "%s %s on %s", word, check_quote(check, name),
                        advice_relation_sql(check, &table->relation));
}

static const char *view_name(struct check *check,
                             const struct relation *relation)
{
    if (relation->kind != RELATION_VIEW &&
        relation->kind != RELATION_MATERIALIZED_VIEW)
        return NULL;
    return check_format(check, "%s %s",
                        relation->kind == RELATION_VIEW ? "view"
                                                        : "materialized view",
                        advice_relation_sql(check, relation));
}

static const char *generated_name(struct check *check,
                                  const struct column *column,
                                  const struct column *other)
{
    return other == column || other->generated == GENERATED_NONE
               ? NULL
               : check_format(check, "column %s",
                              check_quote(check, other->name));
}

/* What the help calls it; null if it does not stand in the way. */
static const char *obstacle_name(struct check *check,
                                 const struct column *column,
                                 const struct object *object)
{
    const struct trigger *trigger = (const struct trigger *)object;
    const struct policy *policy = (const struct policy *)object;
    const struct rewrite_rule *rule = (const struct rewrite_rule *)object;
    const struct function *function = (const struct function *)object;

    if (object->is_dropped)
        return NULL;
    switch (object->class) {
    case CLASS_RELATION:
        return view_name(check, (const struct relation *)object);
    case CLASS_TRIGGER:
        return part_name(check, "trigger", trigger->name, trigger->table);
    case CLASS_POLICY:
        return part_name(check, "policy", policy->name, policy->table);
    case CLASS_RULE: return part_name(check, "rule", rule->name, rule->table);
    case CLASS_FUNCTION:
        return check_format(check, "function %s",
                            check_quote(check, function->name));
    case CLASS_COLUMN:
        return generated_name(check, column, (const struct column *)object);
    case CLASS_DEFAULT:
        return generated_name(check, column,
                              ((const struct column_default *)object)->column);
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_CONSTRAINT:
    case CLASS_TYPE:
    case CLASS_STATISTICS:
    case CLASS_OTHER: break;
    }
    return NULL;
}

struct listing {
    struct buffer names;
    size_t count;
};

static void add_name(struct listing *listing, const char *name)
{
    if (name == NULL || listing->count++ >= SHOWN_MAX)
        return;
    if (listing->count > 1)
        buffer_add_text(&listing->names, ", ");
    buffer_add_text(&listing->names, name);
}

static bool reads(const struct index *index, const struct column *column)
{
    for (size_t i = 0; i < index->predicate_not_null.count; i++)
        if (index->predicate_not_null.items[i] == column)
            return false;
    for (size_t i = 0; i < index->reads.count; i++)
        if (index->reads.items[i] == column)
            return true;
    return false;
}

static void add_indexes(struct check *check, struct listing *listing,
                        const struct column *column)
{
    const struct index_array *indexes = &column->table->indexes;

    for (size_t i = 0; i < indexes->count; i++) {
        const struct relation *relation = &indexes->items[i]->relation;

        if (!relation->object.is_dropped && reads(indexes->items[i], column))
            add_name(listing,
                     check_format(check, "index %s",
                                  advice_relation_sql(check, relation)));
    }
}

void retype_add_obstacles(struct check *check, struct buffer *help,
                          const struct column *column, bool is_zoned)
{
    const struct dependency *dependency = column->object.dependents;
    struct listing listing = {.count = 0};

    buffer_init(&listing.names, check->arena);
    for (; dependency != NULL; dependency = dependency->next_dependent)
        if (!dependency->is_gone)
            add_name(&listing,
                     obstacle_name(check, column, dependency->dependent));
    if (is_zoned)
        add_indexes(check, &listing, column);
    if (listing.count == 0)
        return;
    buffer_add_format(help, "-- between DROP and CREATE of %s",
                      buffer_text(&listing.names));
    if (listing.count > SHOWN_MAX)
        buffer_add_format(help, " and %zu more", listing.count - SHOWN_MAX);
    buffer_add_text(help, ":\n");
}
