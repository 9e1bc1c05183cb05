/*
 * offset-pagination: OFFSET that skips rows. Sees every SELECT in the tree.
 * Where the order is known, the help is the keyset query in the user's words:
 * the OFFSET goes, the condition "after the last row seen" comes.
 */
#include "lint/advice.h"
#include "query/from.h"
#include "query/keyset.h"
#include "sql/clauses.h"
#include "sql/parameter_style.h"

#include <stdlib.h>
#include <string.h>

/* A longer statement gets general help: it would be read again for each of its
 * OFFSETs, and nobody wants it repeated. */
#define STATEMENT_SHOWN 4000

/* A query with OFFSET, and what is needed to write it without. */
struct page {
    const SelectStmt *select;
    struct clauses clauses;
    struct keyset keyset;
};

/* OFFSET 0, which keeps the planner from merging queries, and OFFSET NULL. */
static bool skips_nothing(const Node *offset)
{
    const A_Const *constant;

    while (offset != NULL && IsA(offset, TypeCast))
        offset = ((const TypeCast *)offset)->arg;
    constant = node_as(A_Const, offset);
    if (constant == NULL)
        return false;
    if (constant->isnull)
        return true;
    switch (nodeTag(&constant->val)) {
    case T_Integer: return constant->val.ival.ival == 0;
    case T_Float: return strtod(constant->val.fval.fval, NULL) == 0;
    case T_String: return strtod(constant->val.sval.sval, NULL) == 0;
    default: return false;
    }
}

/*
 * Where an expression begins, or at least a place within it: exprLocation()
 * recurses, and a chain of operators is as deep as it is long. Negative if no
 * node says.
 */
static int location_in(const Node *node)
{
    while (node != NULL) {
        const A_Expr *operation = node_as(A_Expr, node);
        const TypeCast *cast = node_as(TypeCast, node);

        if (operation != NULL && operation->lexpr != NULL)
            node = operation->lexpr;
        else if (operation != NULL)
            return operation->location;
        else if (cast != NULL)
            node = cast->arg;
        else
            break;
    }
    if (node == NULL)
        return -1;
    switch (nodeTag(node)) {
    case T_A_Const: return ((const A_Const *)node)->location;
    case T_ParamRef: return ((const ParamRef *)node)->location;
    case T_ColumnRef: return ((const ColumnRef *)node)->location;
    case T_FuncCall: return ((const FuncCall *)node)->location;
    case T_SubLink: return ((const SubLink *)node)->location;
    case T_CaseExpr: return ((const CaseExpr *)node)->location;
    case T_CoalesceExpr: return ((const CoalesceExpr *)node)->location;
    case T_MinMaxExpr: return ((const MinMaxExpr *)node)->location;
    default: return -1;
    }
}

/*
 * The OFFSET clause that the expression at this offset belongs to: the last
 * such keyword before it.
 */
static struct span offset_keyword(const struct check *check, size_t expression)
{
    struct lexer lexer = lexer_of(check->text);
    struct token previous = {0};
    struct span keyword = {0};

    lexer.offset = check->statement->offset;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);

        if (token.kind == TOKEN_END || token.offset >= expression)
            return keyword;
        if (token_is_word(check->text, token, "offset") &&
            !token_is(check->text, previous, ".") &&
            !token_is_word(check->text, previous, "as"))
            keyword = (struct span){token.offset, token.length};
        previous = token;
    }
}

/* The end of the last clause that is there, up to and including this one. */
static size_t clause_end(const struct clauses *clauses, enum clause last)
{
    size_t end = 0;

    for (size_t i = 0; i <= last; i++) {
        struct span span = clauses->at[i];

        if (span.length > 0 && span.offset + span.length > end)
            end = span.offset + span.length;
    }
    return end;
}

static bool is_white_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* From the white space before the OFFSET clause to its end. */
static struct span offset_words(const struct check *check,
                                const struct page *page)
{
    struct span words = page->clauses.at[CLAUSE_OFFSET];
    size_t start = words.offset;

    while (start > check->statement->offset &&
           is_white_space(check->text.start[start - 1]))
        start--;
    words.length += words.offset - start;
    words.offset = start;
    return words;
}

static struct span white_space_after(const struct check *check, size_t offset)
{
    size_t end = offset;

    while (end < check->text.length && is_white_space(check->text.start[end]))
        end++;
    return (struct span){offset, end - offset};
}

/* The edits that make the keyset query, in the order of the text. */
static size_t make_edits(struct check *check, const struct page *page,
                         const char *condition, struct edit *edits)
{
    struct span where = page->clauses.at[CLAUSE_WHERE];
    const BoolExpr *filter = node_as(BoolExpr, page->select->whereClause);
    bool is_or = filter != NULL && filter->boolop == OR_EXPR;
    size_t count = 0;

    if (where.length > 0 && is_or)
        edits[count++] = (struct edit){
            white_space_after(check, where.offset + strlen("WHERE")), " ("};
    edits[count].at.offset = clause_end(&page->clauses, CLAUSE_WHERE);
    edits[count].at.length = 0;
    edits[count++].text = check_format(check, "%s %s",
                                       where.length == 0 ? " WHERE"
                                       : is_or           ? ") AND"
                                                         : " AND",
                                       condition);
    edits[count].at.offset = clause_end(&page->clauses, CLAUSE_ORDER_BY);
    edits[count].at.length = 0;
    edits[count++].text = keyset_order_addition(check->arena, &page->keyset);
    edits[count++] = (struct edit){offset_words(check, page), ""};
    return count;
}

/* Parameters of the query's own kind. Those without names or numbers are told
 * apart by their order, and so can stand once each. */
static void fill_marks(struct check *check, struct page *page)
{
    struct keyset *keyset = &page->keyset;
    struct span gone = page->clauses.at[CLAUSE_OFFSET];
    struct parameter_style style = parameter_style_of(
        check->text, check->statement, gone.offset, gone.length);

    if (style.before && !style.has_name && !keyset_has_one_direction(keyset))
        style = (struct parameter_style){.next = 1};
    for (size_t i = 0; i < keyset->count; i++)
        keyset->marks[i] = parameter_style_write(check->arena, &style, i,
                                                 keyset->keys[i].column);
}

static const char *keyset_help(struct check *check, struct page *page)
{
    const struct keyset *keyset = &page->keyset;
    const char *nullable = keyset_nullable(keyset);
    struct edit edits[4];
    struct buffer help;
    size_t count;

    fill_marks(check, page);
    count =
        make_edits(check, page, keyset_condition(check->arena, keyset), edits);
    buffer_init(&help, check->arena);
    writer_add_edited(&help, check->text, words_of_statement(check->statement),
                      edits, count);
    buffer_add_format(&help, ";\n-- %s: %s of the last row of the page before",
                      keyset_marks(check->arena, keyset),
                      keyset_columns(check->arena, keyset));
    if (!keyset->is_unique)
        buffer_add_text(&help, "\n-- the last sort column must be unique, as a "
                               "primary key is: else rows are lost between "
                               "pages");
    if (nullable != NULL)
        buffer_add_format(&help,
                          "\n-- %s must not be null: such rows are on no page",
                          nullable);
    return buffer_text(&help);
}

/* A view or a function's body cannot have a parameter for each page. */
static bool takes_parameters(const struct check *check)
{
    if (check->is_in_body)
        return false;
    switch (nodeTag(check->statement->tree)) {
    case T_ViewStmt:
    case T_CreateTableAsStmt:
    case T_CreateFunctionStmt: return false;
    default: return true;
    }
}

static const char *help_text(struct check *check, struct page *page,
                             struct span keyword)
{
    static const char general[] =
        "continue after the last row of the page before instead: WHERE (sort "
        "columns) > (that row's values) ORDER BY sort columns LIMIT n, with a "
        "unique sort column last";

    if (keyword.length == 0 || !takes_parameters(check) ||
        !keyset_of(check->arena, check->schema, page->select, &page->keyset))
        return general;
    return keyset_help(check, page);
}

static const char *message_text(struct check *check, const SelectStmt *select)
{
    const RangeVar *range =
        list_length(select->fromClause) == 1
            ? node_as(RangeVar, linitial(select->fromClause))
            : NULL;

    if (range == NULL)
        return "OFFSET reads all the rows that it skips, again for every page";
    return check_format(check,
                        "OFFSET reads all the rows of %s that it skips, again "
                        "for every page",
                        advice_name(check, name_from_range_var(range)));
}

/*
 * Rows that no table holds: those of a function, VALUES or the SELECT itself.
 * No index could find a page of them.
 */
static bool reads_no_table(const SelectStmt *select)
{
    struct arena scratch = {0};
    struct from_items items = {0};
    bool has_table = select->op != SETOP_NONE;

    from_add_list(&scratch, &items, select->fromClause, NULL);
    for (size_t i = 0; i < items.count && !has_table; i++) {
        const SelectStmt *query = node_as(SelectStmt, items.items[i].query);

        has_table = items.items[i].table != NULL ||
                    (query != NULL && query->valuesLists == NIL);
    }
    arena_release(&scratch);
    return !has_table;
}

static void check_select(struct check *check, const Node *node)
{
    const SelectStmt *select = (const SelectStmt *)node;
    const struct statement *statement = check->statement;
    struct page page = {.select = select};
    struct span words, keyword = {0};
    size_t expression = statement->offset;
    struct arena scratch = {0};
    int location;

    if (select->limitOffset == NULL || skips_nothing(select->limitOffset) ||
        reads_no_table(select))
        return;
    location = location_in(select->limitOffset);
    if (location >= 0)
        expression = statement->tree_base + (size_t)location;
    words = words_at(check->text, statement, expression);
    if (location >= 0 && statement->length <= STATEMENT_SHOWN)
        keyword = offset_keyword(check, expression);
    if (keyword.length > 0) {
        page.clauses =
            clauses_around(&scratch, check->text, statement, keyword.offset);
        words = page.clauses.at[CLAUSE_OFFSET];
        arena_release(&scratch);
    }
    check_report(check, words, node, message_text(check, select),
                 help_text(check, &page, keyword));
}

static const NodeTag tags[] = {T_SelectStmt, T_Invalid};

const struct rule rule_offset_pagination = {
    .id = "offset-pagination",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_WARNING,
    .summary = "OFFSET reads every row that it skips",
    .rationale =
        "OFFSET 100000 LIMIT 20 makes the server find, sort and throw away "
        "100,000 rows to show twenty. The first pages are fast, in tests all "
        "of them are; the later ones get slower without end, and crawlers ask "
        "for exactly those. Rows that are inserted or deleted meanwhile move "
        "the pages: readers see a row twice, or never.\n\n"
        "Continue after the last row seen instead (keyset pagination): keep "
        "its sort values, ask for the rows beyond them, and an index on the "
        "sort columns finds the page at once, however late it is. The last "
        "sort column must be unique.\n\n"
        "OFFSET 0, which keeps the planner from merging a sub-query into its "
        "surroundings, is not reported. Where somebody must be able to jump to "
        "page 5000, allow it, and set a limit to it.",
    .ignore_when = "The result is small, or the page is one of the first few.",
    .setup = "CREATE TABLE posts (id bigint PRIMARY KEY, created_at "
             "timestamptz NOT NULL);",
    .bad = "SELECT id FROM posts ORDER BY created_at DESC, id DESC\n"
           "    LIMIT 20 OFFSET 1000;",
    .good = "SELECT id FROM posts\n"
            "    WHERE (created_at, id) < ('2024-03-01', 12345)\n"
            "    ORDER BY created_at DESC, id DESC LIMIT 20;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_select,
};
