/*
 * Finds the words of the names in a DROP, whose nodes carry no location, and
 * the objects that they mean: relations, types and schemas by name, functions
 * by what the replay took.
 */
#include "lint/dropped.h"

#include "lint/advice.h"
#include "lint/engine.h"
#include "schema/model.h"

#include <string.h>

struct dropped_walk dropped_walk_of(const struct check *check,
                                    const DropStmt *drop)
{
    return (struct dropped_walk){drop, 0, check->statement->offset};
}

/* DROP FUNCTION f(int), DROP TYPE t, DROP SCHEMA s, DROP TABLE s.t. */
static struct qualified_name name_of(const Node *node)
{
    switch (nodeTag(node)) {
    case T_ObjectWithArgs:
        return name_from_list(((const ObjectWithArgs *)node)->objname);
    case T_TypeName: return name_from_list(((const TypeName *)node)->names);
    case T_List: return name_from_list((const List *)node);
    case T_String:
        return (struct qualified_name){.name = name_from_string(node)};
    default: return (struct qualified_name){0};
    }
}

static const char *first_part(struct qualified_name name)
{
    if (name.catalog)
        return name.catalog;
    return name.schema ? name.schema : name.name;
}

/* Which of those of the name it is: overloads come one after the other. */
static size_t count_before(const struct dropped_walk *walk, const char *name)
{
    size_t count = 0;

    for (int i = 0; i + 1 < walk->next; i++)
        count +=
            strcmp(name_of(list_nth(walk->drop->objects, i)).name, name) == 0;
    return count;
}

static const struct object *find_function(struct check *check,
                                          const struct dropped_walk *walk,
                                          struct qualified_name name)
{
    const struct taken_array *taken = &check_effects(check)->taken;
    size_t before;

    /* Lists of thousands are not looked through for each of them. */
    if (!model_spend(check->engine->schema, taken->count + (size_t)walk->next))
        return NULL;
    before = count_before(walk, name.name);
    for (size_t i = 0; i < taken->count; i++) {
        const struct taken *one = &taken->items[i];

        if (one->object->class == CLASS_FUNCTION && one->named == one->object &&
            strcmp(((const struct function *)one->object)->name, name.name) ==
                0 &&
            before-- == 0)
            return one->object;
    }
    return NULL;
}

/* What is seldom dropped, and one at a time: extensions, operators, servers. */
static const struct object *find_only(struct check *check,
                                      const struct dropped_walk *walk)
{
    const struct taken_array *taken;

    if (list_length(walk->drop->objects) > 1)
        return NULL;
    taken = &check_effects(check)->taken;
    for (size_t i = 0; i < taken->count; i++)
        if (taken->items[i].named == taken->items[i].object)
            return taken->items[i].object;
    return NULL;
}

static const struct object *find_object(struct check *check,
                                        const struct dropped_walk *walk,
                                        struct qualified_name name)
{
    const struct relation *relation;
    const struct type *type;

    switch (walk->drop->removeType) {
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
    case OBJECT_SEQUENCE:
    case OBJECT_INDEX:
        relation = schema_find_relation(check->schema, name);
        return relation ? &relation->object : NULL;
    case OBJECT_TYPE:
    case OBJECT_DOMAIN:
        type = model_find_type(check->schema, name);
        if (type)
            return &type->object;
        relation = schema_find_relation(check->schema, name);
        return relation ? &relation->object : NULL;
    case OBJECT_SCHEMA:
        return (const struct object *)model_find_namespace(check->schema,
                                                           name.name);
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_ROUTINE:
    case OBJECT_AGGREGATE: return find_function(check, walk, name);
    default: return find_only(check, walk);
    }
}

/* In a history that knows all that it made. */
static bool is_absent(const struct check *check, const struct dropped *dropped)
{
    return !dropped->object && dropped->drop->missing_ok &&
           tool_has_history(check->history->tool) &&
           schema_is_complete(check->schema);
}

static struct span words_of(const struct check *check,
                            struct dropped_walk *walk,
                            struct qualified_name name)
{
    struct span words = words_find_name(check->text, check->statement,
                                        walk->offset, first_part(name));

    if (words.length == 0)
        return words;
    words = words_of_name_at(check->text, check->statement, words.offset);
    walk->offset = words.offset + words.length;
    return words;
}

bool dropped_next(struct check *check, struct dropped_walk *walk,
                  struct dropped *dropped)
{
    while (walk->next < list_length(walk->drop->objects)) {
        const Node *node = list_nth(walk->drop->objects, walk->next++);

        *dropped = (struct dropped){.drop = walk->drop,
                                    .node = node,
                                    .name = name_of(node)};
        if (!dropped->name.name)
            continue;
        dropped->words = words_of(check, walk, dropped->name);
        dropped->object = find_object(check, walk, dropped->name);
        if (!is_absent(check, dropped))
            return true;
    }
    return false;
}

/* The words before the first name: `DROP VIEW`, without IF EXISTS. */
static const char *words_before(struct check *check, const DropStmt *drop)
{
    struct buffer words;
    size_t count = 2;
    struct span start;

    switch (drop->removeType) {
    case OBJECT_MATVIEW:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_FDW:
    case OBJECT_ACCESS_METHOD:
    case OBJECT_EVENT_TRIGGER:
    case OBJECT_OPCLASS:
    case OBJECT_OPFAMILY: count = 3; break;
    default: break;
    }
    start = words_at_start(check->text, check->statement, count);
    buffer_init(&words, check->arena);
    for (size_t i = 0; i < start.length; i++) {
        char c = check->text.start[start.offset + i];

        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (c > ' ')
            buffer_add_char(&words, c);
        else if (words.text[words.length - 1] != ' ')
            buffer_add_char(&words, ' ');
    }
    return buffer_text(&words);
}

const char *dropped_statement_name(struct check *check,
                                   const struct dropped *dropped)
{
    return check_format(check, "%s %s", words_before(check, dropped->drop),
                        advice_name(check, dropped->name));
}

static const char *help_later(struct check *check, const char *statement,
                              const char *stops)
{
    return check_format(check,
                        "-- in a release after the one that %s:\n"
                        "%s\n"
                        "-- if this is that release, above the statement:\n"
                        "-- pgsquint: allow %s -- unused since ...",
                        stops, statement, check->rule->id);
}

const char *dropped_later(struct check *check, const struct dropped *dropped,
                          const char *stops)
{
    bool is_alone = list_length(dropped->drop->objects) == 1;
    struct span nowhere = {check->statement->offset, 0};
    const char *statement =
        is_alone
            ? check_rewrite(check, nowhere, "")
            : check_format(check, "%s %s;", words_before(check, dropped->drop),
                           check_quote_name(check, dropped->name));

    return help_later(check, statement, stops);
}

struct dropped_group *dropped_group_of(struct check *check,
                                       const DropStmt *drop, const char *does,
                                       const char *doing)
{
    struct dropped_group *group = arena_alloc(check->arena, sizeof *group);

    group->drop = words_before(check, drop);
    group->does = does;
    group->doing = doing;
    buffer_init(&group->names, check->arena);
    buffer_init(&group->statement, check->arena);
    return group;
}

static const char *breaks(struct check *check,
                          const struct dropped_group *group, const char *names,
                          const char *them)
{
    return check_format(check,
                        "%s %s breaks the code that still %s %s, at once",
                        group->drop, names, group->does, them);
}

struct finding *dropped_report(struct check *check,
                               const struct dropped *dropped,
                               const struct dropped_group *group)
{
    const char *stops = check_format(check, "stops %s it", group->doing);

    return check_report(
        check, dropped->words, dropped->node,
        breaks(check, group, advice_name(check, dropped->name), "it"),
        dropped_later(check, dropped, stops));
}

/* How many a message names, and a help repeats. */
#define NAMED_MAX 5
#define REPEATED_MAX 50

static const char *names_of(struct check *check,
                            const struct dropped_group *group)
{
    const char *names = buffer_text(&group->names);

    if (group->count <= NAMED_MAX)
        return names;
    return check_format(check, "%s and %zu more", names,
                        group->count - NAMED_MAX);
}

bool dropped_join(struct check *check, struct dropped_group *group,
                  struct finding *finding, struct qualified_name name)
{
    const char *separator = group->count > 0 ? ", " : "";

    if (group->count++ < NAMED_MAX)
        buffer_add_format(&group->names, "%s%s", separator,
                          advice_name(check, name));
    if (group->count <= REPEATED_MAX)
        buffer_add_format(&group->statement, "%s%s", separator,
                          check_quote_name(check, name));
    if (group->count == 1) {
        group->finding = finding;
        return true;
    }
    finding_restate(group->finding,
                    breaks(check, group, names_of(check, group), "them"));
    if (group->count > REPEATED_MAX)
        return false;
    finding_advise(
        group->finding,
        help_later(check,
                   check_format(check, "%s %s;", group->drop,
                                buffer_text(&group->statement)),
                   check_format(check, "stops %s them", group->doing)));
    return false;
}
