/*
 * function-volatility-wrong: functions that are declared IMMUTABLE or STABLE and
 * are not. Asked at the end of the history, of every function that then is: a
 * later definition or ALTER FUNCTION may have mended it, or what it calls.
 */
#include "lint/advice.h"
#include "lint/body_extent.h"
#include "lint/function_advice.h"
#include "lint/function_body.h"
#include "schema/contents.h"

#include <string.h>
#include <strings.h>

/* Places that are shown beside the first. */
#define NOTES_MAX 4

/* What is wrong; the worst first. */
enum fault_kind {
    FAULT_WRITES,   /* what the server refuses */
    FAULT_READS,    /* a table */
    FAULT_VOLATILE, /* a call of what is VOLATILE */
    FAULT_MOMENT,   /* ... STABLE, and has no arguments: now() */
    FAULT_UNSAID,   /* ... a function that nobody declared anything of */
    FAULT_STABLE,   /* ... STABLE */
    FAULT_NONE,
};

struct fault {
    enum fault_kind kind;
    const char *what;              /* `runs INSERT`, `calls now()` */
    const char *which;             /* `, which is STABLE`; or "" */
    const struct function *called; /* that nobody declared anything of */
    size_t offset;                 /* of the routine's text */
};

struct fault_array ARRAY(struct fault);

/* The judging of one function. */
struct judging {
    struct check *check;
    struct arena *arena; /* as long as it is judged */
    struct walker *walker;
    struct function_body body;
    const struct routine_query *query;
    struct fault_array faults;
};

static struct fault *add_fault(struct judging *judging, enum fault_kind kind,
                               const char *what, ParseLoc location)
{
    const struct statement *statement = &judging->query->statement;
    struct fault *fault = array_push(judging->arena, &judging->faults);

    fault->kind = kind;
    fault->what = what;
    fault->which = "";
    fault->offset = location >= 0 ? statement->tree_base + (size_t)location
                                  : statement->offset;
    return fault;
}

/* `INSERT`, `CREATE`: a command that is none of the server's queries that only
 * read. */
static const char *command_name(struct judging *judging)
{
    const struct statement *statement = &judging->query->statement;
    struct slice text = judging->query->text;
    struct span words = words_at_start(text, statement, 1);
    char *name;

    switch (nodeTag(statement->tree)) {
    case T_InsertStmt: return "INSERT";
    case T_UpdateStmt: return "UPDATE";
    case T_DeleteStmt: return "DELETE";
    case T_MergeStmt: return "MERGE";
    default: break;
    }
    name =
        arena_copy(judging->check->arena,
                   slice_part(text, words.offset, words.offset + words.length));
    for (char *c = name; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 'a' + 'A');
    return name;
}

static const char *locking_text(const LockingClause *locking)
{
    switch (locking->strength) {
    case LCS_FORKEYSHARE: return "locks rows with SELECT ... FOR KEY SHARE";
    case LCS_FORSHARE: return "locks rows with SELECT ... FOR SHARE";
    case LCS_FORNOKEYUPDATE:
        return "locks rows with SELECT ... FOR NO KEY UPDATE";
    case LCS_FORUPDATE:
    case LCS_NONE: break;
    }
    return "locks rows with SELECT ... FOR UPDATE";
}

/* Only SELECT that neither locks rows nor writes in WITH is allowed: `is not
 * allowed in a non-volatile function`. (CommandIsReadOnly) */
static void find_writes(struct judging *judging,
                        const struct body_extent *extent)
{
    struct check *check = judging->check;
    NodeTag tag = nodeTag(extent->root);

    if (tag != T_SelectStmt && tag != T_PLAssignStmt)
        add_fault(judging, FAULT_WRITES,
                  check_format(check, "runs %s", command_name(judging)), -1);
    else if (((const SelectStmt *)extent->root)->intoClause != NULL &&
             tag == T_SelectStmt && judging->query->role != QUERY_STATEMENT)
        add_fault(judging, FAULT_WRITES, "runs SELECT INTO", -1);
    else if (extent->writing != NULL)
        add_fault(judging, FAULT_WRITES, "runs a WITH query that writes", -1);
    else if (extent->locking != NULL)
        add_fault(judging, FAULT_WRITES, locking_text(extent->locking), -1);
}

static bool has_constant_arguments(const FuncCall *call)
{
    foreach_node (Node, argument, call->args) {
        const Node *value = argument;

        if (nodeTag(value) == T_TypeCast)
            value = ((const TypeCast *)value)->arg;
        if (nodeTag(value) != T_A_Const)
            return false;
    }
    return true;
}

static bool is_moment(const struct query_call *call)
{
    const FuncCall *function =
        call->node != NULL ? node_as(FuncCall, call->node) : NULL;

    return call->node != NULL &&
           (function == NULL || has_constant_arguments(function));
}

static enum fault_kind kind_of_call(const struct query_call *call)
{
    if (call->function != NULL && call->function->volatility_at.source == NULL)
        return FAULT_UNSAID;
    if (call->volatility == VOLATILITY_VOLATILE)
        return FAULT_VOLATILE;
    return is_moment(call) ? FAULT_MOMENT : FAULT_STABLE;
}

/* The word at the call: `now`, `CURRENT_DATE`, `+`. */
static const char *word_of_call(struct judging *judging,
                                const struct query_call *call)
{
    const struct statement *statement = &judging->query->statement;
    struct slice text = judging->query->text;
    struct span words;
    size_t offset;

    if (call->location < 0)
        return "";
    offset = statement->tree_base + (size_t)call->location;
    words = call->node != NULL ? words_of_name_at(text, statement, offset)
                               : words_at(text, statement, offset);
    return arena_copy(
        judging->check->arena,
        slice_part(text, words.offset, words.offset + words.length));
}

static const char *text_of_call(struct judging *judging,
                                const struct query_call *call)
{
    struct check *check = judging->check;
    const char *word = word_of_call(judging, call);

    if (call->to != NULL)
        return check_format(
            check, "casts %s to %s",
            advice_type(check, (struct data_type){call->from, -1}),
            advice_type(check, (struct data_type){call->to, -1}));
    if (call->function != NULL)
        return check_format(check, "calls %s",
                            function_advice_name(check, call->function));
    if (call->node == NULL)
        return check_format(check, "uses the operator %s", word);
    return check_format(
        check, nodeTag(call->node) == T_FuncCall ? "calls %s()" : "uses %s",
        word);
}

static void add_call(struct judging *judging, const struct query_call *call)
{
    enum fault_kind kind = kind_of_call(call);
    struct fault *fault =
        add_fault(judging, kind, text_of_call(judging, call), call->location);

    if (kind == FAULT_UNSAID) {
        fault->called = call->function;
        fault->which = ", which is not declared IMMUTABLE";
    } else if (call->volatility == VOLATILITY_VOLATILE) {
        fault->which = ", which is VOLATILE";
    } else {
        fault->which = ", which is STABLE";
    }
}

static bool is_enum(const struct type *type)
{
    return type != NULL && type->kind == TYPE_ENUM;
}

/* The seconds since 1970 are the same in every time zone. */
static bool is_epoch(const FuncCall *call)
{
    const char *name = strVal(llast(call->funcname));
    const A_Const *field =
        call->args != NIL ? node_as(A_Const, linitial(call->args)) : NULL;

    return (strcmp(name, "extract") == 0 || strcmp(name, "date_part") == 0) &&
           field != NULL && nodeTag(&field->val) == T_String &&
           strcasecmp(field->val.sval.sval, "epoch") == 0;
}

/* A label is what its enum says, and that hardly changes. */
static bool is_harmless(const struct judging *judging,
                        const struct query_call *call)
{
    const FuncCall *function =
        call->node != NULL ? node_as(FuncCall, call->node) : NULL;

    return call->function == judging->body.function || is_enum(call->from) ||
           is_enum(call->to) || (function != NULL && is_epoch(function));
}

static void find_calls(struct judging *judging)
{
    struct query_call_array calls = {0};
    struct query_description description;

    if (!function_body_describe(judging->check, judging->arena, &judging->body,
                                judging->query, NULL, NULL, &calls,
                                &description))
        return;
    for (size_t i = 0; i < calls.count; i++)
        if (!is_harmless(judging, &calls.items[i]))
            add_call(judging, &calls.items[i]);
}

/* Nobody calls a function of triggers but the trigger. */
static bool is_foldable(const struct judging *judging)
{
    const struct function *function = judging->body.function;

    return function->volatility == VOLATILITY_IMMUTABLE &&
           !function_advice_is_trigger(function);
}

static void judge_query(struct judging *judging)
{
    struct body_extent extent =
        body_extent_of(judging->walker, judging->query->statement.tree);
    const RangeVar *table;

    find_writes(judging, &extent);
    if (!is_foldable(judging) || judging->faults.count > 0)
        return;
    table = body_extent_table(&extent);
    if (table != NULL)
        add_fault(judging, FAULT_READS,
                  check_format(
                      judging->check, "reads %s",
                      advice_name(judging->check, name_from_range_var(table))),
                  table->location);
    find_calls(judging);
}

static struct fault *worst_of(const struct judging *judging)
{
    struct fault *worst = NULL;

    for (size_t i = 0; i < judging->faults.count; i++) {
        struct fault *fault = &judging->faults.items[i];

        if (worst == NULL || fault->kind < worst->kind)
            worst = fault;
    }
    return worst;
}

/* An index or column that keeps what the function gave. */
static const struct object *find_keeper(const struct function *function)
{
    const struct dependency *dependency = function->object.dependents;

    for (; dependency != NULL; dependency = dependency->next_dependent) {
        const struct object *object = dependency->dependent;

        if (dependency->is_gone || object->is_dropped)
            continue;
        if (object->class == CLASS_RELATION &&
            ((const struct relation *)object)->kind == RELATION_INDEX)
            return object;
        if (object->class == CLASS_DEFAULT &&
            ((const struct column_default *)object)->column->generated ==
                GENERATED_STORED)
            return object;
    }
    return NULL;
}

/* `index "i"`, `column "c" of "t"`. */
static const char *keeper_name(struct check *check, const struct object *keeper)
{
    const struct column *column;

    if (keeper->class == CLASS_RELATION)
        return check_format(
            check, "index %s",
            advice_relation_name(check, (const struct relation *)keeper));
    column = ((const struct column_default *)keeper)->column;
    return check_format(check, "column \"%s\" of %s", column->name,
                        advice_relation_name(check, &column->table->relation));
}

static const char *consequence(struct check *check, const struct fault *fault,
                               const struct object *keeper)
{
    if (fault->kind == FAULT_WRITES)
        return "the server refuses that in a function that is not VOLATILE, "
               "when it comes to it";
    if (keeper != NULL)
        return check_format(check,
                            "%s goes on with what that gave when a row was "
                            "written",
                            keeper_name(check, keeper));
    if (fault->kind == FAULT_READS)
        return "plans keep what it gave once, and indexes what the table said "
               "when a row was written";
    return "plans keep what it gave once, and indexes what it gave when a row "
           "was written";
}

static const char *help_text(struct check *check,
                             const struct function *function,
                             const struct fault *fault,
                             const struct object *keeper)
{
    bool is_volatile = fault->kind == FAULT_WRITES ||
                       fault->kind == FAULT_VOLATILE ||
                       fault->kind == FAULT_UNSAID;
    const char *alter = check_format(check, "ALTER %s %s;",
                                     function_advice_sql(check, function),
                                     is_volatile ? "VOLATILE" : "STABLE");

    if (fault->called != NULL)
        return check_format(check,
                            "ALTER %s IMMUTABLE; -- if it always gives the "
                            "same for the same arguments; else\n%s",
                            function_advice_sql(check, fault->called), alter);
    if (keeper == NULL || fault->kind == FAULT_WRITES)
        return alter;
    return check_format(check,
                        "%s\n-- but first take it out of %s: a dump of it "
                        "could not be restored",
                        alter, keeper_name(check, keeper));
}

/* Where it does so, and what else is as bad. */
static void add_notes(struct judging *judging, struct finding *finding,
                      const struct fault *worst)
{
    enum fault_kind limit =
        worst->kind == FAULT_WRITES || worst->kind >= FAULT_UNSAID
            ? worst->kind
            : FAULT_MOMENT;
    size_t count = 0;

    for (size_t i = 0; i < judging->faults.count && count < NOTES_MAX; i++) {
        const struct fault *fault = &judging->faults.items[i];

        if (fault->kind > limit)
            continue;
        finding_note(judging->check, finding,
                     function_body_place(&judging->body, fault->offset),
                     check_format(judging->check, "%s here", fault->what));
        count++;
    }
}

static void report(struct judging *judging, struct fault *fault)
{
    struct check *check = judging->check;
    const struct function *function = judging->body.function;
    const struct object *keeper = find_keeper(function);
    struct finding *finding = check_report_at(
        check, function->volatility_at, function,
        check_format(check, "%s is declared %s but %s%s: %s",
                     function_advice_name(check, function),
                     function->volatility == VOLATILITY_IMMUTABLE ? "IMMUTABLE"
                                                                  : "STABLE",
                     fault->what, fault->which,
                     consequence(check, fault, keeper)),
        help_text(check, function, fault, keeper));

    if (fault->kind >= FAULT_UNSAID)
        finding_lower(finding, SEVERITY_INFO);
    add_notes(judging, finding, fault);
}

static void judge(struct judging *judging)
{
    const struct routine *routine = &judging->body.routine;
    struct fault *worst;

    for (size_t i = 0; i < routine->queries.count; i++) {
        judging->query = &routine->queries.items[i];
        if (judging->query->statement.tree != NULL)
            judge_query(judging);
    }
    worst = worst_of(judging);
    if (worst != NULL)
        report(judging, worst);
}

static void finish(struct check *check)
{
    const struct schema_contents *contents = check_contents(check);
    struct arena arena = {0};
    struct walker walker;

    walker_init(&walker);
    for (size_t i = 0; i < contents->functions.count; i++) {
        const struct function *function = contents->functions.items[i];
        struct judging judging = {.check = check,
                                  .arena = &arena,
                                  .walker = &walker};

        if (function->kind != FUNCTION_FUNCTION ||
            function->volatility == VOLATILITY_VOLATILE ||
            function->volatility_at.source == NULL ||
            !function_body_open(check, &arena, function, &judging.body))
            continue;
        judge(&judging);
        function_body_close(&judging.body);
        arena_clear(&arena);
    }
    walker_release(&walker);
    arena_release(&arena);
}

const struct rule rule_function_volatility_wrong = {
    .id = "function-volatility-wrong",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_WARNING,
    .summary = "A function is declared IMMUTABLE or STABLE and is not",
    .rationale =
        "The server believes what a function says of itself. IMMUTABLE means "
        "that it gives the same for the same arguments for ever: the planner "
        "calls it once and puts the result into a plan that a prepared "
        "statement keeps, and an index or a stored column keeps what it gave "
        "when the row was written. If it reads a table, the clock or a "
        "setting, that is out of date sooner or later, and a query that uses "
        "the index misses rows without a word.\n\n"
        "A function that is not VOLATILE may not write: INSERT, UPDATE, "
        "DELETE, SELECT ... FOR UPDATE and every command are refused when it "
        "comes to them, with `INSERT is not allowed in a non-volatile "
        "function`. The server does not look before.\n\n"
        "Declare it STABLE if it gives the same within one statement, else "
        "VOLATILE, which is what a function is that says nothing. For "
        "information only: calls of what is STABLE with arguments, as "
        "unaccent(), to_char() and to_tsvector() without a configuration are, "
        "or a cast that depends on TimeZone or DateStyle: many wrap these in "
        "a function that is IMMUTABLE for an index on purpose, and live with "
        "having to rebuild it when the setting or the dictionary changes. "
        "concat_ws(), format() and their like, of texts and numbers, are no "
        "finding.\n\n"
        "The rule looks at the end of the history: ALTER FUNCTION or a new "
        "definition silence it. Dynamic SQL that is put together when the "
        "function runs is not judged.",
    .ignore_when = "What it depends on never changes while an index or a "
                   "prepared statement lives.",
    .setup = "CREATE TABLE logins (who text NOT NULL, at timestamptz NOT "
             "NULL);",
    .bad = "CREATE FUNCTION note_login(name text) RETURNS void\n"
           "    LANGUAGE sql STABLE\n"
           "    AS 'INSERT INTO logins (who, at) VALUES (name, now())';\n"
           "SELECT note_login('ann');",
    .good = "CREATE FUNCTION last_login(name text) RETURNS timestamptz\n"
            "    LANGUAGE sql STABLE\n"
            "    AS 'SELECT max(l.at) FROM logins AS l WHERE l.who = name';\n"
            "SELECT last_login('ann');",
    .fixed = "CREATE FUNCTION note_login(name text) RETURNS void\n"
             "    LANGUAGE sql VOLATILE\n"
             "    AS 'INSERT INTO logins (who, at) VALUES (name, now())';\n"
             "SELECT note_login('ann');",
    .claim = CLAIM_REFUSED,
    .claim_text = "is not allowed in a non-volatile function",
    .directions = RULE_UP,
    .finish = finish,
};
