/*
 * policy-call-per-row: calls in a policy's condition that give the same for each
 * row, outside of a sub-select of their own. Sees CREATE and ALTER POLICY, and
 * is asked again at the end of the history: a later one may have mended it.
 */
#include "lint/advice.h"
#include "lint/policy_advice.h"

#include <stdlib.h>
#include <string.h>

/* How far above a call its sub-select is looked for. */
#define ANCESTORS_MAX 64

/* How many calls of one statement are looked at. */
#define CALLS_MAX 64

struct call {
    struct span span;     /* from the name to the parenthesis */
    bool is_in_subselect; /* one that reads rows of its own */
};

struct call_array ARRAY(struct call);

/* What is found in a policy. */
struct search {
    struct check *check;
    const char *const *functions; /* the option, ends with null */
    struct call_array calls;
};

/* For confirm. */
struct subject {
    const struct table *table; /* null: not known */
    struct qualified_name name;
    struct place place; /* the statement */
    bool has_using;     /* the calls are in USING, not in WITH CHECK alone */
};

/* `auth.uid` names that function; `current_setting` one that is built in. */
static bool is_listed(const char *entry, struct qualified_name name)
{
    const char *dot = strchr(entry, '.');
    struct slice schema, function = slice_from(dot != NULL ? dot + 1 : entry);

    if (!slice_equal(function, slice_from(name.name)))
        return false;
    if (dot == NULL)
        return name.schema == NULL || strcmp(name.schema, "pg_catalog") == 0;
    schema = (struct slice){entry, (size_t)(dot - entry)};
    return name.schema != NULL && slice_equal(schema, slice_from(name.schema));
}

static bool is_wanted(const struct search *search, const FuncCall *call)
{
    struct qualified_name name = name_from_list(call->funcname);

    for (const char *const *entry = search->functions; *entry != NULL; entry++)
        if (name.name != NULL && is_listed(*entry, name))
            return true;
    return false;
}

/* With a column among them it is another call for each row. */
static bool has_constant_arguments(const FuncCall *call)
{
    foreach_node (Node, argument, call->args) {
        const TypeCast *cast = node_as(TypeCast, argument);

        if (!IsA(cast != NULL ? cast->arg : argument, A_Const))
            return false;
    }
    return true;
}

/* The words from the name to the closing parenthesis; length 0: not found. */
static struct span span_of_call(struct check *check, const FuncCall *call)
{
    size_t offset = check->statement->tree_base + (size_t)call->location;
    struct span name = words_of_name_at(check->text, check->statement, offset);
    struct lexer lexer = lexer_of(check->text);
    struct token token;
    int depth = 0;

    lexer.offset = name.offset + name.length;
    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer)) {
        depth += token_is(check->text, token, "(");
        depth -= token_is(check->text, token, ")");
        if (depth == 0)
            break;
    }
    if (!token_is(check->text, token, ")"))
        return (struct span){0};
    return words_join(name, (struct span){token.offset, token.length});
}

/* Where the call is evaluated: for each row of the policy's table, for each of
 * a sub-select's, or once. */
static bool is_per_row(const struct walk *walk, bool *is_in_subselect)
{
    const Node *above;
    size_t at = 0, count = 0;

    *is_in_subselect = false;
    while ((above = walk_next_ancestor(walk, &at)) != NULL) {
        const SelectStmt *select = node_as(SelectStmt, above);

        if (count++ == ANCESTORS_MAX)
            return false;
        if (select == NULL)
            continue;
        *is_in_subselect = select->fromClause != NIL;
        return *is_in_subselect;
    }
    return true;
}

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct search *search = closure;
    const FuncCall *call = node_as(FuncCall, node);
    struct call found = {0};

    if (call == NULL || search->calls.count >= CALLS_MAX ||
        !is_wanted(search, call) || !has_constant_arguments(call) ||
        !is_per_row(walk, &found.is_in_subselect))
        return true;
    found.span = span_of_call(search->check, call);
    if (found.span.length > 0)
        *array_push(search->check->arena, &search->calls) = found;
    return true;
}

static void find_calls(struct search *search, const Node *expression)
{
    struct walker walker;

    if (expression == NULL)
        return;
    walker_init(&walker);
    walk_tree(&walker, expression, visit, search);
    walker_release(&walker);
}

static int compare_calls(const void *a, const void *b)
{
    const struct call *first = a, *second = b;

    return (first->span.offset > second->span.offset) -
           (first->span.offset < second->span.offset);
}

/* The statement with each of the calls in a sub-select. */
static const char *help_text(struct search *search)
{
    struct check *check = search->check;
    struct edit *edits =
        arena_alloc(check->arena, search->calls.count * sizeof *edits);
    struct buffer help;

    if (check->is_in_do)
        return NULL;
    for (size_t i = 0; i < search->calls.count; i++) {
        struct span span = search->calls.items[i].span;

        edits[i].at = span;
        edits[i].text = check_format(
            check, "(SELECT %.*s)",
            SLICE_ARGUMENTS(slice_part(check->text, span.offset,
                                       span.offset + span.length)));
    }
    buffer_init(&help, check->arena);
    writer_add_edited(&help, check->text, words_of_statement(check->statement),
                      edits, search->calls.count);
    buffer_add_char(&help, ';');
    return buffer_text(&help);
}

/* The first that is called for rows of the table itself, or the first. */
static const struct call *first_call(const struct search *search)
{
    for (size_t i = 0; i < search->calls.count; i++)
        if (!search->calls.items[i].is_in_subselect)
            return &search->calls.items[i];
    return &search->calls.items[0];
}

static const char *message_text(struct check *check, const struct call *call,
                                const char *policy, bool has_using)
{
    const char *rows = "that it filters";
    struct slice text = slice_part(check->text, call->span.offset,
                                   call->span.offset + call->span.length);

    if (call->is_in_subselect)
        rows = "that its sub-select reads";
    else if (!has_using)
        rows = "that is written";
    return check_format(check,
                        "policy \"%s\" calls %.*s for each row %s, where once "
                        "for each query would do",
                        policy, SLICE_ARGUMENTS(text), rows);
}

/* The tree is gone by the end of the history. */
static struct qualified_name keep_name(struct check *check,
                                       struct qualified_name name)
{
    return (struct qualified_name){
        .schema = name.schema != NULL
                      ? arena_copy(check->arena, slice_from(name.schema))
                      : NULL,
        .name = arena_copy(check->arena, slice_from(name.name))};
}

static void check_policy(struct check *check, const RangeVar *relation,
                         const char *policy, const Node *using,
                         const Node *with_check)
{
    struct search search = {
        .check = check,
        .functions = check_option_list(check, "functions"),
    };
    struct subject *subject;
    const struct call *first;
    struct finding *finding;
    size_t using_count;

    find_calls(&search, using);
    using_count = search.calls.count;
    find_calls(&search, with_check);
    if (search.calls.count == 0)
        return;
    subject = arena_alloc(check->arena, sizeof *subject);
    subject->name = keep_name(check, name_from_range_var(relation));
    subject->table = schema_find_table(check->schema, subject->name);
    subject->place.source = check->source;
    subject->place.span = words_of_statement(check->statement);
    subject->has_using = using_count > 0;
    qsort(search.calls.items, search.calls.count, sizeof *search.calls.items,
          compare_calls);
    first = first_call(&search);
    finding = check_report(check, first->span, relation,
                           message_text(check, first, policy, using_count > 0),
                           help_text(&search));
    if (first->is_in_subselect || using_count == 0)
        finding_lower(finding, SEVERITY_INFO);
    check_confirm_later(check, finding, CONFIRM_AFTER_HISTORY, subject);
}

static void check_node(struct check *check, const Node *node)
{
    const CreatePolicyStmt *create = node_as(CreatePolicyStmt, node);
    const AlterPolicyStmt *alter = node_as(AlterPolicyStmt, node);

    if (check->is_in_body)
        return;
    if (create != NULL)
        check_policy(check, create->table, create->policy_name, create->qual,
                     create->with_check);
    else if (alter != NULL)
        check_policy(check, alter->table, alter->policy_name, alter->qual,
                     alter->with_check);
}

/* The clause is still the one of the statement. */
static bool is_of(const struct subject *subject, const struct place *place)
{
    struct span span = subject->place.span;

    return place->source == subject->place.source &&
           place->span.offset >= span.offset &&
           place->span.offset < span.offset + span.length;
}

static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct subject *subject = closure;
    const struct table *table = subject->table;

    (void)finding;
    if (table == NULL)
        table = schema_find_table(check->schema, subject->name);
    if (table == NULL)
        return true;
    if (table->relation.object.is_dropped ||
        (policy_knows_table(table) && !table->has_row_security))
        return false;
    for (size_t i = 0; i < table->policies.count; i++) {
        const struct policy *policy = table->policies.items[i];

        if (!policy->object.is_dropped &&
            (is_of(subject, &policy->using_at) ||
             (!subject->has_using && is_of(subject, &policy->check_at))))
            return true;
    }
    return false;
}

static const NodeTag tags[] = {T_CreatePolicyStmt, T_AlterPolicyStmt,
                               T_Invalid};

static const struct rule_option options[] = {
    {"functions", OPTION_STRING_LIST,
     "[auth.uid, auth.jwt, auth.role, auth.email, current_setting]",
     "functions that give the same for all rows of a query"},
    {0},
};

const struct rule rule_policy_call_per_row = {
    .id = "policy-call-per-row",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_WARNING,
    .summary = "A policy calls a function for each row instead of once",
    .rationale =
        "The condition of a policy is a part of each query on the table: a "
        "call in it runs for every row that is filtered. auth.uid() and "
        "auth.jwt() of Supabase parse a setting as JSON each time, and "
        "current_setting() looks one up by its name; over a hundred thousand "
        "rows that is most of the query's time. They give the same for every "
        "row, but the server does not know: STABLE functions may be called "
        "once, and are not, except for an index that finds the rows.\n\n"
        "In a sub-select without FROM, (SELECT auth.uid()), the planner sees "
        "something that does not depend on the row, and evaluates it once "
        "before it reads the first one (an InitPlan). It means the same "
        "otherwise.\n\n"
        "The option \"functions\" names the functions, to which those of your "
        "own application can be added: a name with its schema stands for that "
        "function, one without for a built-in one. Calls with a column among "
        "their arguments depend on the row, and are not reported. For "
        "information only: within a sub-select with FROM, where it is called "
        "for that one's rows, and in WITH CHECK alone, where it is called for "
        "rows that are written. The rule is silent where a later migration "
        "drops or mends the policy.",
    .ignore_when = "The table is small, or an index always finds the rows.",
    .setup = "CREATE TABLE notes (id bigint PRIMARY KEY, owner text);\n"
             "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;\n"
             "CREATE ROLE app;\n"
             "GRANT SELECT ON notes TO app;",
    .bad = "CREATE POLICY notes_own ON notes\n"
           "    USING (owner = current_setting('app.user', true));",
    .good = "CREATE POLICY notes_own ON notes USING (owner = current_user);",
    .fixed = "CREATE POLICY notes_own ON notes\n"
             "    USING (owner = (SELECT current_setting('app.user', true)));",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .options = options,
    .tags = tags,
    .check_node = check_node,
    .confirm = confirm,
};
