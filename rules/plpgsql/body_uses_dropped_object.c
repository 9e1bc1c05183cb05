/*
 * body-uses-dropped-object: what a DROP or a rename takes away and the body of a
 * function goes on to use. Sees the statement with the schema before it, looks
 * into the bodies that have the name, and asks again at the end of the history.
 */
#include "lint/advice.h"
#include "lint/body_uses.h"
#include "lint/former.h"
#include "lint/function_advice.h"
#include "sql/word_filter.h"

#include <string.h>

/* Functions that are told of for one statement. */
#define FINDINGS_MAX 100

/* For confirm. */
struct subject {
    const struct function *function;
    const char *body; /* that was looked into */
    struct search_path *path;
    struct body_use use;
    const struct former *former; /* what went, as it was */
};

/* One thing that the statement takes a name from. */
struct victim {
    const struct object *object;
    const char *name;
    const char *new_name; /* null: it is dropped, or in another schema now */
    struct span words;
};

static const char *name_of(const struct object *object)
{
    switch (object->class) {
    case CLASS_RELATION: return ((const struct relation *)object)->name;
    case CLASS_COLUMN: return ((const struct column *)object)->name;
    case CLASS_FUNCTION: return ((const struct function *)object)->name;
    case CLASS_TYPE: return ((const struct type *)object)->name;
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_DEFAULT:
    case CLASS_CONSTRAINT:
    case CLASS_TRIGGER:
    case CLASS_POLICY:
    case CLASS_RULE:
    case CLASS_STATISTICS:
    case CLASS_OTHER: break;
    }
    return NULL;
}

static const char *relation_word(const struct relation *relation)
{
    switch (relation->kind) {
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE:
    case RELATION_FOREIGN_TABLE: return "table";
    case RELATION_VIEW: return "view";
    case RELATION_MATERIALIZED_VIEW: return "materialized view";
    case RELATION_SEQUENCE: return "sequence";
    case RELATION_INDEX: return "index";
    case RELATION_COMPOSITE_TYPE: return "type";
    }
    return "";
}

/* `column "email" of "users"`, `table "users"`. */
static const char *object_text(struct check *check, const struct victim *victim)
{
    const struct column *column;

    switch (victim->object->class) {
    case CLASS_COLUMN:
        column = (const struct column *)victim->object;
        return check_format(
            check, "column \"%s\" of %s", column->name,
            advice_relation_name(check, &column->table->relation));
    case CLASS_RELATION:
        return check_format(
            check, "%s %s",
            relation_word((const struct relation *)victim->object),
            advice_relation_name(check,
                                 (const struct relation *)victim->object));
    case CLASS_FUNCTION:
        return check_format(
            check, "function %s",
            function_advice_name(check,
                                 (const struct function *)victim->object));
    default: return check_format(check, "type \"%s\"", victim->name);
    }
}

/* `which this drops`. */
static const char *what_happens(struct check *check,
                                const struct victim *victim)
{
    const Node *tree = check->statement->tree;

    if (victim->new_name != NULL)
        return check_format(check, "which is called \"%s\" from here on",
                            victim->new_name);
    if (nodeTag(tree) == T_AlterObjectSchemaStmt)
        return check_format(check, "which is in schema \"%s\" from here on",
                            ((const AlterObjectSchemaStmt *)tree)->newschema);
    return "which this drops";
}

/* `a call of it fails`. */
static const char *what_fails(struct check *check,
                              const struct function *function,
                              const struct body_use *use)
{
    const struct trigger *trigger = use->trigger;

    if (trigger == NULL && function_advice_is_trigger(function))
        trigger = body_uses_trigger(function);
    if (trigger != NULL)
        return check_format(
            check, "the next write to %s that fires its trigger \"%s\" fails",
            advice_relation_name(check, &trigger->table->relation),
            trigger->name);
    return "its next call fails";
}

static const char *message_text(struct check *check,
                                const struct function *function,
                                const struct victim *victim,
                                const struct body_use *use)
{
    bool is_certain =
        strcmp(function->language, "sql") == 0 || use->kind == BODY_USE_TYPE;

    return check_format(check, "%s still uses %s, %s: %s%s",
                        function_advice_name(check, function),
                        object_text(check, victim), what_happens(check, victim),
                        what_fails(check, function, use),
                        is_certain ? "" : " if it comes to that");
}

/* `without email`, `that says mail`, `that says public.orders`. */
static const char *instead_of(struct check *check, const struct victim *victim)
{
    const Node *tree = check->statement->tree;
    struct qualified_name moved = {.name = victim->name};

    if (victim->new_name != NULL)
        return check_format(check, "that says %s",
                            check_quote(check, victim->new_name));
    if (nodeTag(tree) != T_AlterObjectSchemaStmt)
        return check_format(check, "without %s",
                            check_quote(check, victim->name));
    moved.schema = ((const AlterObjectSchemaStmt *)tree)->newschema;
    return check_format(check, "that says %s", check_quote_name(check, moved));
}

static const char *help_text(struct check *check,
                             const struct function *function,
                             const struct victim *victim)
{
    const struct trigger *trigger = body_uses_trigger(function);
    const char *sql = function_advice_sql(check, function);
    const char *instead = instead_of(check, victim);

    if (trigger != NULL)
        return check_format(
            check,
            "-- in the same migration, CREATE OR REPLACE %s %s; or drop it:\n"
            "DROP TRIGGER %s ON %s;\nDROP %s;",
            sql, instead, check_quote(check, trigger->name),
            advice_relation_sql(check, &trigger->table->relation), sql);
    return check_format(check,
                        "-- in the same migration, CREATE OR REPLACE %s %s; "
                        "or, if nothing calls it:\nDROP %s;",
                        sql, instead, sql);
}

static void report(struct check *check, const struct function_body *body,
                   const struct victim *victim, const struct body_use *use)
{
    const struct function *function = body->function;
    struct subject *subject = arena_alloc(check->arena, sizeof *subject);
    struct finding *finding =
        check_report(check, victim->words, function,
                     message_text(check, function, victim, use),
                     help_text(check, function, victim));

    finding_note(check, finding, function_body_place(body, use->words.offset),
                 check_format(check, "%s uses it here",
                              function_advice_name(check, function)));
    *subject = (struct subject){
        .function = function,
        .body = function->body,
        .path = function_body_path(check),
        .use = *use,
        .former = former_of(check, victim->object),
    };
    check_confirm_later(check, finding, CONFIRM_AFTER_HISTORY, subject);
}

/* Whoever handles the error wants it so. */
static bool expects_failure(const struct function *function)
{
    return word_filter_may_have(function->words, "undefined_column") ||
           word_filter_may_have(function->words, "undefined_table") ||
           word_filter_may_have(function->words, "undefined_function");
}

static bool is_of_interest(const struct function *function,
                           const struct victim *victim)
{
    return &function->object != victim->object && !expects_failure(function);
}

static bool look_into(struct check *check, struct arena *arena,
                      const struct function *function,
                      const struct victim *victim)
{
    struct function_body body;
    struct body_use use;
    bool is_used;

    if (!function_body_open(check, arena, function, &body))
        return false;
    is_used = body_uses_find(check, arena, &body, function_body_path(check),
                             victim->object, &use);
    if (is_used)
        report(check, &body, victim, &use);
    function_body_close(&body);
    return is_used;
}

static void judge(struct check *check, const struct victim *victim)
{
    struct arena arena = {0};
    struct function_array functions =
        function_body_list(check, &arena, victim->name);
    size_t count = 0;

    for (size_t i = 0; i < functions.count && count < FINDINGS_MAX; i++)
        if (is_of_interest(functions.items[i], victim))
            count += look_into(check, &arena, functions.items[i], victim);
    arena_release(&arena);
}

/* The words that name it in the statement; what CASCADE takes has none. */
static struct span words_of_victim(const struct check *check, const char *name)
{
    struct span words = words_find_name(check->text, check->statement,
                                        check->statement->offset, name);

    if (words.length == 0)
        words = words_find(check->text, check->statement,
                           check->statement->offset, "cascade");
    return words.length > 0 ? words
                            : words_at_start(check->text, check->statement, 2);
}

static void judge_object(struct check *check, const struct object *object,
                         const char *new_name)
{
    struct victim victim = {
        .object = object,
        .name = name_of(object),
        .new_name = new_name,
    };

    if (victim.name == NULL)
        return;
    victim.words = words_of_victim(check, victim.name);
    judge(check, &victim);
}

/* What goes: a copy, since the statement's effects may be found out again. */
static void judge_taken(struct check *check)
{
    const struct taken_array *taken = &check_effects(check)->taken;
    struct object_array objects = {0};

    for (size_t i = 0; i < taken->count; i++)
        *array_push(check->arena, &objects) = taken->items[i].object;
    for (size_t i = 0; i < objects.count; i++)
        judge_object(check, objects.items[i], NULL);
}

static void judge_renamed(struct check *check, const char *new_name)
{
    const struct object_array *renamed = &check_effects(check)->renamed;
    const struct object *object = renamed->count > 0 ? renamed->items[0] : NULL;

    if (object != NULL)
        judge_object(check, object, new_name);
}

static void judge_rename(struct check *check, const RenameStmt *rename)
{
    const struct table *table;
    const struct column *column;

    if (rename->renameType != OBJECT_COLUMN) {
        judge_renamed(check, rename->newname);
        return;
    }
    table = rename->relation != NULL
                ? schema_find_table(check->schema,
                                    name_from_range_var(rename->relation))
                : NULL;
    column = table != NULL ? table_find_column(table, rename->subname) : NULL;
    if (column != NULL)
        judge_object(check, &column->object, rename->newname);
}

static bool drops_column(const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds)
        if (action->subtype == AT_DropColumn)
            return true;
    return false;
}

/* What a DROP can take that bodies name. */
static bool drops_names(const DropStmt *drop)
{
    switch (drop->removeType) {
    case OBJECT_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_SEQUENCE:
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_ROUTINE:
    case OBJECT_AGGREGATE:
    case OBJECT_TYPE:
    case OBJECT_DOMAIN:
    case OBJECT_SCHEMA: return true;
    default: return false;
    }
}

static void check_statement(struct check *check)
{
    const Node *tree = check->statement->tree;

    if (tree == NULL)
        return;
    switch (nodeTag(tree)) {
    case T_DropStmt:
        if (drops_names((const DropStmt *)tree))
            judge_taken(check);
        break;
    case T_AlterTableStmt:
        if (drops_column((const AlterTableStmt *)tree))
            judge_taken(check);
        break;
    case T_RenameStmt: judge_rename(check, (const RenameStmt *)tree); break;
    case T_AlterObjectSchemaStmt: judge_renamed(check, NULL); break;
    default: break;
    }
}

/* Nobody calls a function of triggers that no trigger has. */
static bool is_called(const struct function *function)
{
    return !function->object.is_dropped &&
           (!function_advice_is_trigger(function) ||
            body_uses_trigger(function) != NULL);
}

/* Heard if the function is still the same then, and fails. */
static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct subject *subject = closure;
    struct arena arena = {0};
    struct function_body body;
    bool is_broken = false;

    (void)finding;
    if (is_called(subject->function) &&
        subject->function->body == subject->body &&
        !former_is_back(check, subject->former, NULL) &&
        function_body_open(check, &arena, subject->function, &body)) {
        is_broken = body_uses_is_broken(check, &arena, &body, subject->path,
                                        &subject->use, subject->former->name);
        function_body_close(&body);
    }
    arena_release(&arena);
    return is_broken;
}

const struct rule rule_body_uses_dropped_object = {
    .id = "body-uses-dropped-object",
    .family = FAMILY_PLPGSQL,
    .severity = SEVERITY_WARNING,
    .summary = "A function goes on using what a statement drops or renames",
    .rationale =
        "The server knows which columns a view, an index or a body without "
        "quotes (BEGIN ATOMIC) uses, and refuses to drop them. Of a body in a "
        "string, in SQL or PL/pgSQL, it knows nothing: DROP COLUMN, DROP "
        "TABLE, DROP FUNCTION and renames succeed, and the next call of a "
        "function that has the name in its body fails: `column \"email\" does "
        "not exist`. For a trigger's function that is every INSERT or UPDATE "
        "of its table, whoever makes it.\n\n"
        "Replace the function in the migration that takes away what it uses, "
        "before or after it, or drop it. Names are looked up as the server "
        "does it: along the search_path, the function's own if it has one; "
        "NEW and OLD are rows of the trigger's table; %TYPE and %ROWTYPE in "
        "declarations count.\n\n"
        "The rule looks at the end of the history: a later definition, a "
        "later DROP FUNCTION, a view that has the table's name, or the column "
        "made anew silence it. Not judged are texts that EXECUTE is given at "
        "run time, tables that the body makes itself, a function of triggers "
        "that no trigger has, one that serves several tables and asks which "
        "it is, and one that handles the error. A query that "
        "failed before is not this statement's doing.",
    .ignore_when = "Nothing calls the function any more, or the branch that "
                   "uses the name is never come to.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, email text, name "
             "text);\n"
             "CREATE FUNCTION label_of(user_id bigint) RETURNS text\n"
             "    LANGUAGE sql STABLE\n"
             "    AS 'SELECT u.name || u.email FROM users AS u\n"
             "        WHERE u.id = user_id';",
    .bad = "ALTER TABLE users DROP COLUMN email;\n"
           "SELECT label_of(1);",
    .good = "CREATE OR REPLACE FUNCTION label_of(user_id bigint) RETURNS text\n"
            "    LANGUAGE sql STABLE\n"
            "    AS 'SELECT u.name FROM users AS u WHERE u.id = user_id';\n"
            "-- pgsquint: allow drop-column -- unused since the last release\n"
            "ALTER TABLE users DROP COLUMN email;\n"
            "SELECT label_of(1);",
    .claim = CLAIM_REFUSED,
    .claim_text = "column u.email does not exist",
    .directions = RULE_UP,
    .check_statement = check_statement,
    .confirm = confirm,
};
