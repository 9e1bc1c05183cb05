/*
 * dynamic-sql-concatenation: texts that EXECUTE runs, joined from what a caller
 * or a row says, without quotes. Sees the expression of every EXECUTE, and looks
 * where the variables in it are assigned.
 */
#include "lint/body_rows.h"

#include <string.h>

/* Assignments to assignments, and calls within calls, are followed so far. */
#define DEPTH_MAX 8

/* Of format(): more than a function takes. */
#define POSITION_MAX 10000

/* How many parts of texts, and assignments, one EXECUTE is looked at for. */
#define STEPS_MAX 512

/* How many findings of a section are remembered. */
#define TOLD_MAX 32

/* What it costs to find out what the rows of a loop are. */
#define DESCRIBE_STEPS 64

/* What is found. */
struct danger {
    const struct routine_query *query; /* in which it stands; null: nothing */
    const Node *operand;               /* ColumnRef or ParamRef */
    ParseLoc location;                 /* of it */
    bool is_of_row; /* the field of a loop's row: nothing that a caller says */
    bool is_in_format; /* it stands for %s */
};

struct search {
    struct check *check;
    size_t steps;
    bool is_joined; /* more than the one variable makes up the text */
    bool is_alias;  /* what was found is all that a variable is assigned */
    struct danger danger;
};

static void search_text(struct search *search,
                        const struct routine_query *query, const Node *node,
                        bool is_in_format, int depth);

/* Strings, and what is written like one. */
static bool is_textual(const struct type *type)
{
    static const char *const names[] = {"text", "varchar", "bpchar", "name",
                                        "json", "jsonb",   "citext", "xml"};

    while (type != NULL && type->kind == TYPE_DOMAIN)
        type = type->base.type;
    for (size_t i = 0; type != NULL && i < sizeof names / sizeof *names; i++)
        if (type->kind == TYPE_BASE && strcmp(type->name, names[i]) == 0)
            return true;
    return false;
}

/* `a.b` as names; 0 for what is more than names. */
static size_t read_names(const ColumnRef *reference, const char **names,
                         size_t max)
{
    size_t count = 0;

    foreach_node (Node, field, reference->fields) {
        const char *name = name_from_string(field);

        if (name == NULL || count == max)
            return 0;
        names[count++] = name;
    }
    return count;
}

/* The loop over a query around the step, whose row has this name. */
static const struct routine_query *find_rows(const struct routine *routine,
                                             size_t step, const char *name)
{
    while (step != ROUTINE_NO_STEP) {
        const struct routine_step *loop = &routine->steps.items[step];

        if (loop->kind == STEP_FOR_QUERY && loop->target != NULL &&
            strcmp(loop->target, name) == 0)
            break;
        step = loop->parent;
    }
    for (size_t i = 0; step != ROUTINE_NO_STEP && i < routine->queries.count;
         i++)
        if (routine->queries.items[i].step == step &&
            routine->queries.items[i].role == QUERY_ROWS)
            return &routine->queries.items[i];
    return NULL;
}

/* A name from the catalogs, or what a table holds. What a function gave, a
 * definition of pg_get_expr() say, may well be SQL. */
static bool is_name_or_stored(const struct query_column *column)
{
    const struct type *type = column->type.type;

    return column->column != NULL
               ? is_textual(type)
               : type != NULL && strcmp(type->name, "name") == 0;
}

/* The column of the loop's query is known to be text. */
static bool is_textual_field(struct search *search,
                             const struct routine_query *query,
                             const char *record, const char *field)
{
    struct check *check = search->check;
    const struct routine_query *rows =
        find_rows(check->routine, query->step, record);
    struct query_description description;

    if (rows == NULL || rows->statement.tree == NULL ||
        !IsA(rows->statement.tree, SelectStmt))
        return false;
    search->steps += DESCRIBE_STEPS;
    body_rows_describe(check, rows, &description);
    for (size_t i = 0; i < description.columns.count; i++) {
        const struct query_column *column = &description.columns.items[i];

        if (column->name != NULL && strcmp(column->name, field) == 0)
            return is_name_or_stored(column);
    }
    return false;
}

/* What a variable of the body is assigned. */
static void search_assignments(struct search *search, const char *name,
                               int depth)
{
    const struct routine *routine = search->check->routine;
    bool was_joined = search->is_joined;

    for (size_t i = 0; i < routine->queries.count; i++) {
        const struct routine_query *query = &routine->queries.items[i];
        const PLAssignStmt *assign =
            query->role == QUERY_ASSIGNMENT && query->statement.tree != NULL
                ? node_as(PLAssignStmt, query->statement.tree)
                : NULL;
        const ResTarget *value;

        if (search->danger.query != NULL || search->steps++ > STEPS_MAX)
            return;
        if (assign == NULL || assign->indirection != NIL ||
            strcmp(assign->name, name) != 0 ||
            list_length(assign->val->targetList) != 1)
            continue;
        value = linitial(assign->val->targetList);
        search->is_joined =
            was_joined || (value->val != NULL && !IsA(value->val, ColumnRef));
        search->is_alias = value->val != NULL && IsA(value->val, ColumnRef);
        search_text(search, query, value->val, false, depth + 1);
    }
}

static void search_variable(struct search *search,
                            const struct routine_query *query,
                            const ColumnRef *reference, bool is_in_format,
                            int depth)
{
    const struct query_place *place = search->check->place;
    const char *names[3];
    size_t count = read_names(reference, names, 3);
    struct routine_variable variable;
    bool is_dangerous = false, is_of_row = false;

    if (count == 0 || !routine_find_variable(query, names, count, &variable))
        return;
    if (variable.parameter != ROUTINE_NO_PARAMETER) {
        is_dangerous =
            variable.used == count &&
            variable.parameter < place->parameter_count &&
            is_textual(place->parameters[variable.parameter].type.type);
    } else if (variable.used + 1 == count) {
        is_of_row = true;
        is_dangerous =
            is_textual_field(search, query, names[count - 2], names[count - 1]);
    } else if (variable.used == 1 && count == 1) {
        search_assignments(search, names[0], depth);
        if (search->danger.query != NULL && search->is_alias)
            search->danger =
                (struct danger){query, (const Node *)reference,
                                reference->location, false, is_in_format};
        return;
    }
    if (is_dangerous && search->is_joined && search->danger.query == NULL)
        search->danger =
            (struct danger){query, (const Node *)reference, reference->location,
                            is_of_row, is_in_format};
}

/* $1 is the first parameter that takes a value. */
static void search_parameter(struct search *search,
                             const struct routine_query *query,
                             const ParamRef *reference, bool is_in_format)
{
    const struct query_place *place = search->check->place;
    int number = 0;

    for (size_t i = 0; i < place->parameter_count; i++) {
        char mode = place->parameters[i].mode;

        if (mode == FUNC_PARAM_OUT || mode == FUNC_PARAM_TABLE ||
            ++number != reference->number)
            continue;
        if (is_textual(place->parameters[i].type.type) && search->is_joined)
            search->danger =
                (struct danger){query, (const Node *)reference,
                                reference->location, false, is_in_format};
        return;
    }
}

/* Which arguments of format() stand for %s. Positions (%1$s) count from 1. */
static void search_format(struct search *search,
                          const struct routine_query *query,
                          const FuncCall *call, int depth)
{
    const A_Const *text = node_as(A_Const, (Node *)linitial(call->args));
    const char *at;
    int next = 1;

    if (text == NULL || text->isnull || nodeTag(&text->val) != T_String)
        return;
    for (at = text->val.sval.sval; (at = strchr(at, '%')) != NULL; at++) {
        int number = 0, position;

        at++;
        if (*at == '%' || *at == '\0') {
            if (*at == '\0')
                return;
            continue;
        }
        while (*at >= '0' && *at <= '9' && number < POSITION_MAX)
            number = number * 10 + (*at++ - '0');
        position = *at == '$' ? number : next;
        next = position + 1;
        at += strspn(at, "$-0123456789");
        if (*at == '\0')
            return;
        if (*at == 's' && position < list_length(call->args))
            search_text(search, query, list_nth(call->args, position), true,
                        depth + 1);
    }
}

/* Their result says what their arguments say. */
static bool is_transparent(const char *name)
{
    static const char *const names[] = {
        "lower", "upper", "trim",   "btrim",     "ltrim",  "rtrim",
        "left",  "right", "concat", "concat_ws", "initcap"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void search_list(struct search *search,
                        const struct routine_query *query, const List *list,
                        int depth)
{
    foreach_node (Node, node, list)
        search_text(search, query, node, false, depth + 1);
}

static void search_call(struct search *search,
                        const struct routine_query *query, const FuncCall *call,
                        int depth)
{
    const char *name = name_from_list(call->funcname).name;

    if (name == NULL || call->args == NIL)
        return;
    if (strcmp(name, "format") == 0)
        search_format(search, query, call, depth);
    else if (is_transparent(name))
        search_list(search, query, call->args, depth);
}

static bool is_cast_to_text(const TypeCast *cast)
{
    const char *name = name_from_list(cast->typeName->names).name;

    return cast->typeName->arrayBounds == NIL && name != NULL &&
           (strcmp(name, "text") == 0 || strcmp(name, "varchar") == 0 ||
            strcmp(name, "name") == 0);
}

/* Chains of || lean to the left and may be long. */
static void search_join(struct search *search,
                        const struct routine_query *query, const A_Expr *join,
                        int depth)
{
    const Node *left = (const Node *)join;

    while (left != NULL && IsA(left, A_Expr) && search->danger.query == NULL &&
           search->steps++ < STEPS_MAX) {
        const A_Expr *part = (const A_Expr *)left;

        if (part->kind != AEXPR_OP || list_length(part->name) != 1 ||
            strcmp(name_from_string(linitial(part->name)), "||") != 0)
            return;
        search_text(search, query, part->rexpr, false, depth + 1);
        left = part->lexpr;
    }
    search_text(search, query, left, false, depth + 1);
}

static void search_text(struct search *search,
                        const struct routine_query *query, const Node *node,
                        bool is_in_format, int depth)
{
    const TypeCast *cast;

    if (node == NULL || depth > DEPTH_MAX || search->danger.query != NULL ||
        search->steps++ > STEPS_MAX)
        return;
    switch (nodeTag(node)) {
    case T_ColumnRef:
        search_variable(search, query, (const ColumnRef *)node, is_in_format,
                        depth);
        break;
    case T_ParamRef:
        search_parameter(search, query, (const ParamRef *)node, is_in_format);
        break;
    case T_A_Expr:
        search_join(search, query, (const A_Expr *)node, depth);
        break;
    case T_FuncCall:
        search_call(search, query, (const FuncCall *)node, depth);
        break;
    case T_CoalesceExpr:
        search_list(search, query, ((const CoalesceExpr *)node)->args, depth);
        break;
    case T_TypeCast:
        cast = (const TypeCast *)node;
        if (is_cast_to_text(cast))
            search_text(search, query, cast->arg, is_in_format, depth + 1);
        break;
    default: break;
    }
}

/* 'EXPLAIN ' || query: what follows is a statement, and meant to be. */
static bool begins_with_explain(const Node *text)
{
    const A_Const *constant;

    for (int i = 0; i < DEPTH_MAX && text != NULL; i++)
        if (IsA(text, A_Expr))
            text = ((const A_Expr *)text)->lexpr;
        else if (IsA(text, FuncCall) && ((const FuncCall *)text)->args != NIL)
            text = linitial(((const FuncCall *)text)->args);
        else
            break;
    constant = node_as(A_Const, text);
    return constant != NULL && !constant->isnull &&
           nodeTag(&constant->val) == T_String &&
           slice_equal_ignoring_case(
               slice_part(slice_from(constant->val.sval.sval), 0,
                          strlen("explain")),
               slice_from("explain"));
}

/* The expression that gives EXECUTE its text. A parameter as it is is what the
 * function was made for; so is a variable that is one. */
static void search_query(struct search *search,
                         const struct routine_query *query)
{
    const SelectStmt *select = node_as(SelectStmt, query->statement.tree);
    const ResTarget *target;

    if (select == NULL || list_length(select->targetList) != 1)
        return;
    target = linitial(select->targetList);
    if (begins_with_explain(target->val))
        return;
    search->is_joined = target->val != NULL && !IsA(target->val, ColumnRef);
    search_text(search, query, target->val, false, 0);
}

static struct span words_of_operand(const struct danger *danger)
{
    const struct statement *statement = &danger->query->statement;
    size_t offset = statement->tree_base + (size_t)danger->location;

    if (IsA(danger->operand, ParamRef))
        return words_at(danger->query->text, statement, offset);
    return words_of_name_at(danger->query->text, statement, offset);
}

static const char *help_text(struct check *check, const char *name,
                             bool is_in_format)
{
    return check_format(
        check,
        is_in_format
            ? "-- in the place of its %%s: %%I if it is a name, %%L if it is a "
              "value"
            : "-- if it is a name:\nquote_ident(%s)\n"
              "-- if it is a value, $1 in the text, and at the end:\nUSING %s",
        name, name);
}

static void report(struct check *check, const struct danger *danger)
{
    struct span words = words_of_operand(danger);
    const char *name = check_format(
        check, "%.*s",
        SLICE_ARGUMENTS(slice_part(danger->query->text, words.offset,
                                   words.offset + words.length)));
    bool is_in_do = check->routine->name == NULL;
    struct finding *finding;

    finding = check_report(
        check, words, danger->operand,
        check_format(check,
                     danger->is_of_row
                         ? "EXECUTE runs %s as it is in the row: what it holds "
                           "is read as SQL"
                         : "EXECUTE runs %s as the caller gives it: what it "
                           "holds is read as SQL, and can be any statement",
                     name),
        help_text(check, name, danger->is_in_format));
    if (is_in_do || danger->is_of_row)
        finding_lower(finding, SEVERITY_WARNING);
}

/* The last ones that were reported, by their place in the file. */
struct told {
    size_t offsets[TOLD_MAX];
    size_t count;
};

/* One assignment may be of several EXECUTEs: it is told once. */
static bool is_told(struct check *check, const struct danger *danger)
{
    struct told *told = check_section_memory(check, sizeof *told);
    size_t offset = words_of_operand(danger).offset;

    for (size_t i = 0; i < told->count && i < TOLD_MAX; i++)
        if (told->offsets[i] == offset)
            return true;
    told->offsets[told->count++ % TOLD_MAX] = offset;
    return false;
}

static void check_node(struct check *check, const Node *node)
{
    struct search search = {.check = check};

    if (check->query == NULL || check->query->role != QUERY_DYNAMIC ||
        node != (const Node *)check->query->statement.tree)
        return;
    search_query(&search, check->query);
    if (search.danger.query != NULL && !is_told(check, &search.danger))
        report(check, &search.danger);
}

static const NodeTag tags[] = {T_SelectStmt, T_Invalid};

const struct rule rule_dynamic_sql_concatenation = {
    .id = "dynamic-sql-concatenation",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_ERROR,
    .summary = "EXECUTE of a text that is joined from unquoted parts",
    .rationale =
        "EXECUTE reads its text as SQL. What || or the %s of format() puts "
        "into it is read as SQL too: a parameter that holds '; DELETE FROM users; "
        "--' does that, with the rights of the function's owner if it is "
        "SECURITY DEFINER. A name with a capital letter or a space, and a value "
        "with a quote in it, break the statement without any evil intent.\n\n"
        "A value does not belong into the text: write $1, and give it with "
        "USING. A name goes through format()'s %I or quote_ident(), a value "
        "that must be in the text through %L, quote_literal() or "
        "quote_nullable().\n\n"
        "The rule follows parameters of a type of text, also by way of "
        "variables of the body, and fields of a loop's row that are known to "
        "be text. Numbers, regclass and the like cannot do harm, and what has "
        "no known type is not reported. A text that is a parameter and nothing "
        "else is what the function was made for. In DO blocks, which nobody "
        "calls, and for rows it is a warning.",
    .ignore_when =
        "Every caller is yours, and gives a part of a statement on purpose.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);",
    .bad = "CREATE FUNCTION count_rows(relation text) RETURNS bigint\n"
           "LANGUAGE plpgsql AS $$\n"
           "DECLARE\n"
           "    result bigint;\n"
           "BEGIN\n"
           "    EXECUTE 'SELECT count(*) FROM ' || relation INTO result;\n"
           "    RETURN result;\n"
           "END $$;",
    .good = "CREATE FUNCTION count_rows(relation regclass) RETURNS bigint\n"
            "LANGUAGE plpgsql AS $$\n"
            "DECLARE\n"
            "    result bigint;\n"
            "BEGIN\n"
            "    EXECUTE 'SELECT count(*) FROM ' || relation INTO result;\n"
            "    RETURN result;\n"
            "END $$;",
    .fixed = "CREATE FUNCTION count_rows(relation text) RETURNS bigint\n"
             "LANGUAGE plpgsql AS $$\n"
             "DECLARE\n"
             "    result bigint;\n"
             "BEGIN\n"
             "    EXECUTE format('SELECT count(*) FROM %I', relation)\n"
             "        INTO result;\n"
             "    RETURN result;\n"
             "END $$;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
};
