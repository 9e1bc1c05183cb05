/*
 * select-star: `*` where a program, a view or an INSERT takes the columns in
 * the order that the table happens to have. Sees every query in the tree whose
 * columns others get; what a star stands for is looked up in the schema before
 * the statement.
 *
 * Stars of which only the same statement can see the columns are nobody's
 * trouble: sub-selects, WITH queries, EXISTS, and `SELECT * FROM` such.
 */
#include "lint/advice.h"
#include "lint/query_scope.h"
#include "sql/query_title.h"

#include <string.h>

/* Beyond these a help is no help. */
#define COLUMNS_SHOWN 30
#define STATEMENT_SHOWN 1000

enum star_place {
    STAR_IN_SELECT,
    STAR_IN_VIEW,
    STAR_IN_INSERT, /* INSERT ... SELECT * */
    STAR_IN_RETURNING,
    STAR_ELSEWHERE, /* where it does no harm */
};

struct star {
    const ColumnRef *column; /* the star itself */
    enum star_place place;
    const Node *query; /* whose target list or RETURNING it stands in */
    const Node *owner; /* the view or INSERT; null if there is none */
    struct from_items items;
    const RangeVar *table; /* the first whose columns nobody wrote */
    bool is_written_out;   /* by sqlc, before it is sent */
};

/* Who gets the columns of a query whose parent this is. */
static enum star_place place_under(struct star *star, const Node *parent,
                                   enum star_place place)
{
    if (parent == NULL)
        return place;
    switch (nodeTag(parent)) {
    case T_ViewStmt: star->owner = parent; return STAR_IN_VIEW;
    case T_CreateTableAsStmt:
        star->owner = parent;
        return ((const CreateTableAsStmt *)parent)->objtype == OBJECT_MATVIEW
                   ? STAR_IN_VIEW
                   : STAR_ELSEWHERE;
    case T_InsertStmt: star->owner = parent; return STAR_IN_INSERT;
    case T_DeclareCursorStmt:
    case T_PrepareStmt: return place;
    default: return STAR_ELSEWHERE;
    }
}

/* `old.*` and `new.*` of RETURNING mean the table that is written. */
static bool is_old_or_new(const struct star *star)
{
    const char *name = name_from_string(linitial(star->column->fields));

    return star->place == STAR_IN_RETURNING && name != NULL &&
           list_length(star->column->fields) == 2 &&
           (strcmp(name, "old") == 0 || strcmp(name, "new") == 0);
}

/* A WITH query that INSERT moves rows from: its author sees both ends. */
static bool is_moved(const struct star *star, const struct from_item *item)
{
    return star->place == STAR_IN_INSERT && item->query != NULL &&
           IsA(item->node, RangeVar);
}

/* Whether the star takes columns that nobody wrote into the statement. */
static bool is_open(struct arena *scratch, struct star *star)
{
    for (size_t i = 0; i < star->items.count; i++) {
        const struct from_item *item = &star->items.items[i];

        if (is_moved(star, item))
            continue;
        if (!from_item_is_taken(item, star->column) &&
            !(is_old_or_new(star) && item->table != NULL))
            continue;
        if (!from_is_written(scratch, item, &star->table))
            return true;
    }
    return false;
}

/* `TABLE t`: a star that is not written. */
static bool is_table_command(const struct star *star)
{
    return star->column->location < 0;
}

/* From the first word of `t.*` to the star. */
static struct span star_words(const struct check *check,
                              const struct star *star)
{
    struct lexer lexer = lexer_of(check->text);
    struct span words;

    if (is_table_command(star))
        return words_of_name_at(check->text, check->statement,
                                check->statement->tree_base +
                                    (size_t)star->table->location);
    lexer.offset = check->statement->tree_base + (size_t)star->column->location;
    words.offset = lexer.offset;
    words.length = 0;
    /* Each field has a word and at most one dot. */
    for (int i = 0; i < 2 * list_length(star->column->fields); i++) {
        struct token token = lexer_next_significant(&lexer);

        words.length = token.offset + token.length - words.offset;
        if (token_is(check->text, token, "*"))
            return words;
    }
    return words_at(check->text, check->statement, words.offset);
}

static const char *view_name(struct check *check, const struct star *star)
{
    const RangeVar *view =
        IsA(star->owner, ViewStmt)
            ? ((const ViewStmt *)star->owner)->view
            : ((const CreateTableAsStmt *)star->owner)->into->rel;

    return advice_name(check, name_from_range_var(view));
}

static const char *message_text(struct check *check, const struct star *star)
{
    const char *table = advice_name(check, name_from_range_var(star->table));

    if (star->is_written_out)
        return check_format(check,
                            "sqlc writes * out as all columns of %s: those "
                            "that nobody needs are read too, and new ones when "
                            "it is run again",
                            table);
    switch (star->place) {
    case STAR_IN_SELECT:
        return check_format(check, "%s changes its columns whenever %s does",
                            is_table_command(star) ? "TABLE" : "SELECT *",
                            table);
    case STAR_IN_VIEW:
        return check_format(check,
                            "* in %s stays with the columns that %s has today",
                            view_name(check, star), table);
    case STAR_IN_INSERT:
        return check_format(check,
                            "INSERT ... SELECT * fails, or fills the wrong "
                            "columns, when %s changes",
                            table);
    case STAR_IN_RETURNING:
    case STAR_ELSEWHERE: break;
    }
    return check_format(
        check, "RETURNING * changes its columns whenever %s does", table);
}

/* Columns as they are written in a list. */
struct expansion {
    struct buffer text;
    size_t count;
};

static void expand_column(struct expansion *expansion, const char *qualifier,
                          const char *name)
{
    if (expansion->count++ > 0)
        buffer_add_text(&expansion->text, ", ");
    if (qualifier != NULL) {
        writer_add_identifier(&expansion->text, qualifier);
        buffer_add_char(&expansion->text, '.');
    }
    writer_add_identifier(&expansion->text, name);
}

/* The table, if all its columns are known. */
static const struct table *find_known(const struct check *check,
                                      const RangeVar *range)
{
    const struct table *table =
        schema_find_table(check->schema, name_from_range_var(range));

    return table != NULL && table->is_complete ? table : NULL;
}

/* Adds the item's columns; false if they are not known, or too many. */
static bool expand_item(const struct check *check, struct expansion *expansion,
                        const struct from_item *item, const char *qualifier)
{
    const struct table *table;

    if (item->table == NULL ||
        (item->table->alias != NULL && item->table->alias->colnames != NIL))
        return false;
    table = find_known(check, item->table);
    if (table == NULL)
        return false;
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];

        if (column->object.is_dropped)
            continue;
        if (expansion->count == COLUMNS_SHOWN)
            return false;
        expand_column(expansion, qualifier, column->name);
    }
    return true;
}

/* The columns that the star stands for; false if they are not known. */
static bool expand(struct check *check, const struct star *star,
                   struct expansion *expansion)
{
    bool is_qualified =
        list_length(star->column->fields) > 1 || star->items.count > 1;

    *expansion = (struct expansion){0};
    buffer_init(&expansion->text, check->arena);
    if (star->items.has_merged_columns || is_old_or_new(star))
        return false;
    for (size_t i = 0; i < star->items.count; i++) {
        const struct from_item *item = &star->items.items[i];

        if (from_item_is_taken(item, star->column) &&
            !expand_item(check, expansion, item,
                         is_qualified ? item->name : NULL))
            return false;
    }
    return expansion->count > 0;
}

/* The first columns of the table, as many as this; null if not known. */
static const char *first_columns(struct check *check, const RangeVar *range,
                                 size_t count)
{
    const struct table *table = find_known(check, range);
    struct expansion expansion = {0};

    buffer_init(&expansion.text, check->arena);
    for (size_t i = 0; table != NULL && i < table->columns.count; i++)
        if (!table->columns.items[i]->object.is_dropped &&
            expansion.count < count)
            expand_column(&expansion, NULL, table->columns.items[i]->name);
    return expansion.count == count ? buffer_text(&expansion.text) : NULL;
}

/*
 * The list of columns that INSERT INTO lacks: those that the values go to, by
 * position. Without words if it has a list, or they are not known.
 */
static struct edit insert_columns(struct check *check, const struct star *star,
                                  size_t star_count)
{
    const InsertStmt *insert = (const InsertStmt *)star->owner;
    const SelectStmt *select = (const SelectStmt *)star->query;
    size_t others = (size_t)list_length(select->targetList) - 1;
    struct edit edit = {.text = ""};
    const char *columns;

    if (insert->cols != NIL || insert->relation->alias != NULL)
        return edit;
    foreach_ptr (Node, target, select->targetList)
        if (from_star(target) != NULL && from_star(target) != star->column)
            return edit;
    columns = first_columns(check, insert->relation, star_count + others);
    if (columns == NULL)
        return edit;
    edit.at = words_of_name_at(check->text, check->statement,
                               check->statement->tree_base +
                                   (size_t)insert->relation->location);
    edit.at.offset += edit.at.length;
    edit.at.length = 0;
    edit.text = check_format(check, " (%s)", columns);
    return edit;
}

static const char *help_text(struct check *check, const struct star *star,
                             struct span words)
{
    struct edit edits[2] = {{.text = ""}, {.at = words}};
    struct expansion expansion;
    struct buffer help;

    if (!expand(check, star, &expansion))
        return star->place == STAR_IN_INSERT
                   ? "name the columns on both sides: INSERT INTO ... (a, b) "
                     "SELECT a, b"
                   : "name the columns that are read";
    edits[1].text = buffer_text(&expansion.text);
    if (is_table_command(star))
        return check_format(
            check, "SELECT %s FROM %s;", edits[1].text,
            check_quote_name(check, name_from_range_var(star->table)));
    if (check->statement->length > STATEMENT_SHOWN)
        return check_format(check, "write instead of *: %s", edits[1].text);
    if (star->place == STAR_IN_INSERT)
        edits[0] = insert_columns(check, star, expansion.count);
    buffer_init(&help, check->arena);
    writer_add_edited(&help, check->text, words_of_statement(check->statement),
                      edits, 2);
    buffer_add_char(&help, ';');
    return buffer_text(&help);
}

/* sqlc puts the columns that the table has into the program, and stops the build
 * where they change. */
static bool is_written_out(const struct check *check, const struct star *star)
{
    return (star->place == STAR_IN_SELECT ||
            star->place == STAR_IN_RETURNING) &&
           query_title_is_of_sqlc(check->text, check->statement);
}

/* Reports the stars of the list, in a query whose place and items are known. */
static void judge_targets(struct check *check, struct arena *scratch,
                          struct star *star, const List *targets)
{
    /* In what runs once the tables are as the history has them. */
    if (star->place == STAR_IN_INSERT && check_runs_once(check))
        return;
    star->is_written_out = is_written_out(check, star);
    foreach_ptr (Node, target, targets) {
        struct finding *finding;
        struct span words;

        star->column = from_star(target);
        if (star->column == NULL || !is_open(scratch, star))
            continue;
        words = star_words(check, star);
        finding =
            check_report(check, words, star->column, message_text(check, star),
                         help_text(check, star, words));
        if (star->is_written_out)
            finding_lower(finding, SEVERITY_INFO);
    }
}

static bool has_star(const List *targets)
{
    foreach_ptr (Node, target, targets)
        if (from_star(target) != NULL)
            return true;
    return false;
}

/* A SELECT, and the names that it can use. */
struct arm {
    const SelectStmt *select;
    const struct from_scope *scope;
};

struct arm_array ARRAY(struct arm);

/* SELECT INTO makes a table; the word is in the first arm. */
static bool is_into(const SelectStmt *select)
{
    while (select->op != SETOP_NONE)
        select = select->larg;
    return select->intoClause != NULL;
}

/* Its columns are written: they do not change with a table. */
static bool has_written_result(const CreateFunctionStmt *create)
{
    if (create == NULL)
        return false;
    foreach_node (FunctionParameter, parameter, create->parameters)
        if (parameter->mode == FUNC_PARAM_TABLE)
            return true;
    return false;
}

/*
 * Whether the rows of the body's query leave it for columns that are written:
 * those of RETURN QUERY and of the last statement in SQL, with RETURNS TABLE. A
 * record takes any columns, and RETURNS SETOF a table changes with it.
 */
static bool leaves_body(const struct check *check)
{
    const struct routine *routine = check->routine;
    const struct routine_query *query = check->query;

    if (query == NULL ||
        !has_written_result(node_as(CreateFunctionStmt, routine->node)))
        return false;
    if (routine->language == ROUTINE_SQL)
        return query == &routine->queries.items[routine->queries.count - 1];
    return query->step != ROUTINE_NO_STEP &&
           routine->steps.items[query->step].kind == STEP_RETURN_QUERY &&
           (query->role == QUERY_ROWS || query->role == QUERY_EXECUTED);
}

/* Every arm of a set operation gives columns to the whole; UNION ALL chains
 * are as deep as they are long. */
static void check_select(struct check *check, struct arena *scratch,
                         const SelectStmt *select)
{
    const Node *parent = walk_ancestor(check->walk, 0);
    struct star star = {0};
    struct arm_array open = {0};

    star.place = place_under(&star, parent, STAR_IN_SELECT);
    if (star.place == STAR_ELSEWHERE || is_into(select))
        return;
    if (star.place == STAR_IN_SELECT && check->is_in_body &&
        !leaves_body(check))
        return;
    *array_push(scratch, &open) =
        (struct arm){select, query_scope_around(check, scratch)};
    while (open.count > 0) {
        struct arm arm = open.items[--open.count];

        arm.scope = from_scope_of(scratch, arm.select->withClause, arm.scope);
        if (arm.select->op != SETOP_NONE) {
            *array_push(scratch, &open) =
                (struct arm){arm.select->rarg, arm.scope};
            *array_push(scratch, &open) =
                (struct arm){arm.select->larg, arm.scope};
        } else if (has_star(arm.select->targetList)) {
            star.query = (const Node *)arm.select;
            star.items = (struct from_items){0};
            from_add_list(scratch, &star.items, arm.select->fromClause,
                          arm.scope);
            judge_targets(check, scratch, &star, arm.select->targetList);
        }
    }
}

/* RETURNING, of INSERT, UPDATE, DELETE and MERGE. The tables whose columns it
 * can name: manual, "Returning Data from Modified Rows". */
static void check_returning(struct check *check, struct arena *scratch,
                            const ReturningClause *returning)
{
    const Node *node = walk_ancestor(check->walk, 0);
    const struct from_scope *scope = query_scope_around(check, scratch);
    struct star star = {.query = node};
    struct from_items *items = &star.items;

    star.place =
        place_under(&star, walk_ancestor(check->walk, 1), STAR_IN_RETURNING);
    if (star.place != STAR_IN_RETURNING ||
        (check->is_in_body && !leaves_body(check)))
        return;
    if (IsA(node, InsertStmt)) {
        from_add(scratch, items,
                 (const Node *)((const InsertStmt *)node)->relation, NULL);
    } else if (IsA(node, UpdateStmt)) {
        const UpdateStmt *update = (const UpdateStmt *)node;

        from_add(scratch, items, (const Node *)update->relation, NULL);
        from_add_list(scratch, items, update->fromClause, scope);
    } else if (IsA(node, DeleteStmt)) {
        const DeleteStmt *delete = (const DeleteStmt *)node;

        from_add(scratch, items, (const Node *)delete->relation, NULL);
        from_add_list(scratch, items, delete->usingClause, scope);
    } else if (IsA(node, MergeStmt)) {
        const MergeStmt *merge = (const MergeStmt *)node;

        from_add(scratch, items, merge->sourceRelation, scope);
        from_add(scratch, items, (const Node *)merge->relation, NULL);
    }
    judge_targets(check, scratch, &star, returning->exprs);
}

/* Most queries have none, and need no memory to be told. */
static bool may_have_star(const Node *node)
{
    const SelectStmt *select = (const SelectStmt *)node;

    if (IsA(node, ReturningClause))
        return has_star(((const ReturningClause *)node)->exprs);
    return select->op != SETOP_NONE || has_star(select->targetList);
}

static void check_query(struct check *check, const Node *node)
{
    struct arena scratch = {0};

    /* BEGIN ATOMIC is worked out once. */
    if ((check->is_in_body && check->query == NULL) || !may_have_star(node))
        return;
    if (IsA(node, SelectStmt))
        check_select(check, &scratch, (const SelectStmt *)node);
    else
        check_returning(check, &scratch, (const ReturningClause *)node);
    arena_release(&scratch);
}

static const NodeTag tags[] = {T_SelectStmt, T_ReturningClause, T_Invalid};

const struct rule rule_select_star = {
    .id = "select-star",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_WARNING,
    .summary = "* stands for whatever columns the table has at the time",
    .rationale =
        "A program that says SELECT * or RETURNING * gets other columns, in "
        "another order, as soon as somebody adds, drops or moves one: struct "
        "fields are filled with the wrong values or not at all, cached "
        "statements fail with `cached plan must not change result type`, and "
        "a wide column added for one page is read by all of them.\n\n"
        "In a view the star is worked out once, when the view is made: columns "
        "added later never appear in it. INSERT ... SELECT * pairs columns by "
        "position, and fails or mixes them up when either table changes.\n\n"
        "Name the columns that are read. A star that nobody outside the "
        "statement sees does no harm and is not reported: count(*), EXISTS "
        "(SELECT *), a sub-select or WITH query whose columns are named, and "
        "SELECT * from such; nor is CREATE TABLE AS. For queries of sqlc, which "
        "writes the columns out, it is no more than info; INSERT ... SELECT * "
        "that a migration runs once is not reported. In the bodies of functions "
        "it is reported where its columns become those of RETURNS TABLE, which "
        "are written, and in INSERT and views: not INTO a record, in a loop, or "
        "with RETURNS SETOF.",
    .ignore_when = "A person reads the result, not code.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
    .bad = "SELECT * FROM users;",
    .good = "SELECT id, email FROM users;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_query,
};
