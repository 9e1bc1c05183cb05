/*
 * drop-cascade: DROP ... CASCADE, also of a column or a constraint. Lists what
 * the replay says goes along, as the server's notices do when it is too late.
 * Where another rule speaks of the drop itself, that one has the list as a
 * note.
 */
#include "lint/advice.h"
#include "lint/cascade.h"
#include "lint/dropped.h"
#include "sql/commands.h"

/* What CASCADE is said of, for confirm. */
struct subject {
    struct cascade cascade;
    const char *statement;       /* `DROP VIEW "v"` */
    const char *statement_alone; /* as SQL, without CASCADE */
};

/* The statement without CASCADE and the blanks before it. */
static const char *without_cascade(struct check *check, struct span cascade)
{
    size_t end = cascade.offset + cascade.length;

    while (check->text.start[cascade.offset - 1] <= ' ')
        cascade.offset--;
    cascade.length = end - cascade.offset;
    return check_rewrite(check, cascade, "");
}

static void report(struct check *check, const Node *cause,
                   const struct subject *subject, struct span words)
{
    struct finding *finding = check_report(
        check, words, cause,
        check_format(check,
                     "%s CASCADE also drops whatever depends on it, unseen",
                     subject->statement),
        check_format(check,
                     "-- without CASCADE the server names what depends on it, "
                     "and drops nothing: drop that first, by statements of "
                     "its own\n%s",
                     subject->statement_alone));

    check_confirm_later(check, finding, CONFIRM_AFTER_SECTION, subject);
}

/* All that depends on it is known: the history made it. */
static bool is_known(const struct check *check, const struct object *object)
{
    return object != NULL && tool_has_history(check->history->tool) &&
           (object->class != CLASS_RELATION ||
            ((const struct relation *)object)->made_at.source != NULL);
}

/* Nothing can depend on these. */
static bool is_without_dependents(ObjectType type)
{
    return type == OBJECT_TRIGGER || type == OBJECT_RULE ||
           type == OBJECT_POLICY || type == OBJECT_PUBLICATION ||
           type == OBJECT_EVENT_TRIGGER;
}

static void judge(struct check *check, const Node *cause,
                  const struct object *object, const char *statement,
                  struct span words)
{
    struct subject *subject = arena_alloc(check->arena, sizeof *subject);

    subject->cascade = cascade_of(check, object, words);
    subject->statement = statement;
    subject->statement_alone = without_cascade(check, words);
    if (subject->cascade.taken.count > 0 ||
        (!is_known(check, object) && !former_is_new(check, object)))
        report(check, cause, subject, words);
}

/* Each by itself: drop-table and drop-schema have the list as a note. */
static void check_each(struct check *check, const DropStmt *drop,
                       struct span words)
{
    struct dropped_walk walk = dropped_walk_of(check, drop);
    struct dropped dropped;

    while (dropped_next(check, &walk, &dropped))
        judge(check, dropped.node, dropped.object,
              dropped_statement_name(check, &dropped), words);
}

/* All objects of the statement in one finding. */
static void check_all(struct check *check, const DropStmt *drop,
                      struct span words)
{
    struct dropped_walk walk = dropped_walk_of(check, drop);
    struct subject *subject = arena_alloc(check->arena, sizeof *subject);
    struct dropped dropped;
    size_t unknown = 0, count = 0;

    subject->cascade.words = words;
    for (; dropped_next(check, &walk, &dropped); count++) {
        struct cascade cascade = cascade_of(check, dropped.object, words);

        if (count == 0)
            subject->statement = dropped_statement_name(check, &dropped);
        for (size_t i = 0; i < cascade.taken.count; i++)
            *array_push(check->arena, &subject->cascade.taken) =
                cascade.taken.items[i];
        if (!is_known(check, dropped.object) &&
            !former_is_new(check, dropped.object))
            unknown++;
    }
    if (subject->cascade.taken.count == 0 && unknown == 0)
        return;
    if (count > 1)
        subject->statement = check_format(check, "%s and %zu more with",
                                          subject->statement, count - 1);
    subject->statement_alone = without_cascade(check, words);
    report(check, (const Node *)drop, subject, words);
}

static void check_drop(struct check *check, const DropStmt *drop)
{
    struct span words = cascade_words(words_of_statement(check->statement));

    if (drop->behavior != DROP_CASCADE ||
        is_without_dependents(drop->removeType))
        return;
    if (drop->removeType == OBJECT_TABLE || drop->removeType == OBJECT_SCHEMA)
        check_each(check, drop, words);
    else
        check_all(check, drop, words);
}

/* The column or constraint that the sub-command drops; null if it is not
 * known. */
static const struct object *find_part(const struct table *table,
                                      const AlterTableCmd *action)
{
    if (table == NULL)
        return NULL;
    if (action->subtype == AT_DropColumn)
        return (const struct object *)table_find_column(table, action->name);
    return (const struct object *)table_find_constraint(table, action->name);
}

static bool drops_with_cascade(const AlterTableCmd *action)
{
    return (action->subtype == AT_DropColumn ||
            action->subtype == AT_DropConstraint) &&
           action->behavior == DROP_CASCADE;
}

static void check_alter(struct check *check, const AlterTableStmt *alter)
{
    const struct table *table =
        schema_find_table(check->schema, name_from_range_var(alter->relation));
    struct command_words commands =
        command_words_of(check->text, check->statement, alter->relation);

    foreach_node (AlterTableCmd, action, alter->cmds) {
        const struct object *part;
        struct span words = {0};

        if (!drops_with_cascade(action)) {
            command_words_pass(&commands);
            continue;
        }
        command_words_next(&commands, &words);
        part = find_part(table, action);
        if (part == NULL && action->missing_ok && table != NULL &&
            table->is_complete)
            continue;
        judge(check, (const Node *)action, part,
              check_format(
                  check, "dropping \"%s\" of %s with", action->name,
                  advice_name(check, name_from_range_var(alter->relation))),
              cascade_words(words));
    }
}

static bool has_cascade(const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds)
        if (drops_with_cascade(action))
            return true;
    return false;
}

static void check_node(struct check *check, const Node *node)
{
    if (check->is_in_body)
        return;
    if (IsA(node, DropStmt))
        check_drop(check, (const DropStmt *)node);
    else if (has_cascade((const AlterTableStmt *)node) &&
             check_alters_existing(check, (const AlterTableStmt *)node))
        check_alter(check, (const AlterTableStmt *)node);
}

static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct subject *subject = closure;
    const char *list = cascade_list(check, &subject->cascade);
    struct buffer help;

    if (list == NULL)
        return subject->cascade.taken.count == 0;
    finding_restate(finding, check_format(check, "%s CASCADE also drops %s",
                                          subject->statement, list));
    buffer_init(&help, check->arena);
    buffer_add_text(&help, "-- say so, if it shall go:\n");
    cascade_add_statements(check, &help, &subject->cascade);
    buffer_add_text(&help, subject->statement_alone);
    finding_advise(finding, buffer_text(&help));
    return true;
}

static const NodeTag tags[] = {T_DropStmt, T_AlterTableStmt, T_Invalid};

const struct rule rule_drop_cascade = {
    .id = "drop-cascade",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "DROP ... CASCADE also drops what depends on it, unseen",
    .rationale =
        "CASCADE drops whatever depends on the object: views, foreign keys of "
        "other tables, columns of a type, defaults that use a sequence, "
        "triggers that call a function, and what depends on these in turn. "
        "The server lists them in a notice when they are gone. What was made "
        "since the migration was written goes too.\n\n"
        "Without CASCADE the server refuses and names what is in the way: drop "
        "that by statements of its own, which a reviewer can read.\n\n"
        "The finding lists what the replayed history says goes along. Where "
        "drop-schema, drop-table or drop-column speaks of the same drop, it "
        "has the list as a note. Nothing is said where the history knows the "
        "object and nothing depends on it, and of what the same migration "
        "makes again.",
    .ignore_when = "The list in the message was read, and all of it shall go.",
    .setup = "CREATE TYPE mood AS ENUM ('sad', 'happy');\n"
             "CREATE TABLE people (id bigint PRIMARY KEY, mood mood);",
    .bad = "DROP TYPE mood CASCADE;",
    .good = "ALTER TABLE people DROP COLUMN mood;\n"
            "DROP TYPE mood;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
    .confirm = confirm,
};
