/*
 * Copies what the replay says that a DROP takes, because the statement's
 * effects are forgotten when the finding is confirmed.
 */
#include "lint/cascade.h"

#include "lint/advice.h"
#include "lint/engine.h"
#include "schema/model.h"

#include <string.h>

/* How many objects are named. */
#define LISTED_MAX 5

struct span cascade_words(struct span of)
{
    const size_t length = sizeof "CASCADE" - 1;

    return (struct span){of.offset + of.length - length, length};
}

struct cascade cascade_of(struct check *check, const struct object *named,
                          struct span words)
{
    const struct taken_array *taken = &check_effects(check)->taken;
    struct cascade cascade = {.source = check->source, .words = words};

    if (!model_spend(check->engine->schema, taken->count))
        return cascade;
    for (size_t i = 0; i < taken->count; i++) {
        struct taken one = taken->items[i];

        if (one.named != named || one.object == named ||
            former_is_new(check, one.object))
            continue;
        one.description = arena_copy(check->arena, slice_from(one.description));
        *array_push(check->arena, &cascade.taken) = one;
    }
    return cascade;
}

const char *cascade_list(struct check *check, const struct cascade *cascade)
{
    struct buffer list;
    size_t count = 0;

    buffer_init(&list, check->arena);
    for (size_t i = 0; i < cascade->taken.count; i++) {
        const struct taken *taken = &cascade->taken.items[i];

        if (former_is_back(check, former_of(check, taken->object), NULL))
            continue;
        if (count < LISTED_MAX)
            buffer_add_format(&list, "%s%s", count ? ", " : "",
                              taken->description);
        count++;
    }
    if (count > LISTED_MAX)
        buffer_add_format(&list, " and %zu more", count - LISTED_MAX);
    return count ? buffer_text(&list) : NULL;
}

static const char *table_sql(struct check *check, const struct table *table)
{
    return advice_relation_sql(check, &table->relation);
}

/* What is a part of a table. */
static void add_part(struct check *check, struct buffer *help,
                     const struct object *object)
{
    const struct column_default *value;
    const struct constraint *constraint;
    const struct trigger *trigger;
    const struct policy *policy;
    const struct column *column;

    switch (object->class) {
    case CLASS_COLUMN:
        column = (const struct column *)object;
        buffer_add_format(help, "ALTER TABLE %s DROP COLUMN %s;\n",
                          table_sql(check, column->table),
                          check_quote(check, column->name));
        return;
    case CLASS_DEFAULT:
        value = (const struct column_default *)object;
        buffer_add_format(help,
                          "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT;\n",
                          table_sql(check, value->column->table),
                          check_quote(check, value->column->name));
        return;
    case CLASS_CONSTRAINT:
        constraint = (const struct constraint *)object;
        if (constraint->table)
            buffer_add_format(help, "ALTER TABLE %s DROP CONSTRAINT %s;\n",
                              table_sql(check, constraint->table),
                              check_quote(check, constraint->name));
        return;
    case CLASS_TRIGGER:
        trigger = (const struct trigger *)object;
        buffer_add_format(help, "DROP TRIGGER %s ON %s;\n",
                          check_quote(check, trigger->name),
                          table_sql(check, trigger->table));
        return;
    case CLASS_POLICY:
        policy = (const struct policy *)object;
        buffer_add_format(help, "DROP POLICY %s ON %s;\n",
                          check_quote(check, policy->name),
                          table_sql(check, policy->table));
        return;
    case CLASS_RULE:
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_RELATION:
    case CLASS_TYPE:
    case CLASS_FUNCTION:
    case CLASS_STATISTICS:
    case CLASS_OTHER: return;
    }
}

/* `materialized view v`: the words before the name in capitals. */
static void add_described(struct buffer *help, const char *description,
                          const char *name)
{
    size_t length = strlen(description) - strlen(name);

    buffer_add_text(help, "DROP ");
    for (size_t i = 0; i < length; i++) {
        char c = description[i];

        buffer_add_char(help, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    buffer_add_format(help, "%s;\n", name);
}

static void add_statement(struct check *check, struct buffer *help,
                          const struct taken *taken)
{
    const char *description = taken->description;
    const char *name;

    switch (taken->object->class) {
    case CLASS_RELATION:
        name = strrchr(description, ' ');
        if (strchr(description, '"') == NULL)
            add_described(help, description, name + 1);
        return;
    case CLASS_FUNCTION:
    case CLASS_TYPE:
        name = strchr(description, ' ');
        add_described(help, description, name + 1);
        return;
    case CLASS_COLUMN:
    case CLASS_DEFAULT:
    case CLASS_CONSTRAINT:
    case CLASS_TRIGGER:
    case CLASS_POLICY:
    case CLASS_RULE:
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_STATISTICS:
    case CLASS_OTHER: add_part(check, help, taken->object); return;
    }
}

void cascade_add_statements(struct check *check, struct buffer *help,
                            const struct cascade *cascade)
{
    for (size_t i = 0; i < cascade->taken.count && i < LISTED_MAX; i++)
        add_statement(check, help, &cascade->taken.items[i]);
}

void cascade_note(struct check *check, struct finding *finding,
                  const struct cascade *cascade)
{
    const char *list = cascade_list(check, cascade);
    struct place place = {.source = cascade->source, .span = cascade->words};

    if (list)
        finding_note(check, finding, place,
                     check_format(check, "CASCADE also drops %s", list));
}
