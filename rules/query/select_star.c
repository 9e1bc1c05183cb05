/*
 * select-star: `*` where a program, a view or an INSERT takes the columns in
 * the order that the table happens to have. Sees every star in the tree, and
 * the queries around it; what the star stands for is looked up in the schema
 * before the statement.
 *
 * Stars of which only the same statement can see the columns are nobody's
 * trouble: sub-selects, WITH queries, EXISTS, and `SELECT * FROM` such.
 */
#include "lint/advice.h"
#include "query/from.h"

#include <stddef.h>
#include <string.h>

/* How far up the query tree a star's place is looked for. The arms of a UNION
 * nest: a chain of them must not cost the square of its length. */
#define LEVELS_MAX 1000

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
};

/* WITH clauses of the queries around the star. */
static const WithClause *with_of(const Node *node)
{
    switch (nodeTag(node)) {
    case T_SelectStmt: return ((const SelectStmt *)node)->withClause;
    case T_InsertStmt: return ((const InsertStmt *)node)->withClause;
    case T_UpdateStmt: return ((const UpdateStmt *)node)->withClause;
    case T_DeleteStmt: return ((const DeleteStmt *)node)->withClause;
    case T_MergeStmt: return ((const MergeStmt *)node)->withClause;
    default: return NULL;
    }
}

/*
 * The names that the query `up` levels above the star can use: those of its
 * own WITH and of the queries around it.
 */
static const struct from_scope *scope_at(const struct check *check,
                                         struct arena *scratch, size_t up)
{
    const struct from_scope *scope = NULL;
    size_t top = up;

    while (top - up < LEVELS_MAX && walk_ancestor(check->walk, top) != NULL)
        top++;
    /* From the outside in: the innermost name wins. */
    while (top-- > up)
        scope = from_scope_of(scratch, with_of(walk_ancestor(check->walk, top)),
                              scope);
    return scope;
}

/* Whether the walk came down from this ancestor through an arm of a set
 * operation. */
static bool is_through_arm(const struct check *check, size_t up)
{
    size_t field = walk_field(check->walk, up);

    return field == offsetof(SelectStmt, larg) ||
           field == offsetof(SelectStmt, rarg);
}

/* What the query at this level is to the node above it. */
static enum star_place place_under(struct star *star, const Node *node,
                                   enum star_place place)
{
    if (node == NULL)
        return place;
    switch (nodeTag(node)) {
    case T_ViewStmt: star->owner = node; return STAR_IN_VIEW;
    case T_CreateTableAsStmt:
        star->owner = node;
        return ((const CreateTableAsStmt *)node)->objtype == OBJECT_MATVIEW
                   ? STAR_IN_VIEW
                   : STAR_ELSEWHERE;
    case T_DeclareCursorStmt:
    case T_PrepareStmt: return place;
    default: return STAR_ELSEWHERE;
    }
}

/* Where the target list of this SELECT, `up` levels above the star, goes. */
static enum star_place select_place(const struct check *check,
                                    struct star *star, size_t up)
{
    size_t limit = up + LEVELS_MAX;
    const Node *node;

    for (; up < limit; up++) {
        const SelectStmt *select =
            (const SelectStmt *)walk_ancestor(check->walk, up);

        if (select->intoClause != NULL)
            return STAR_ELSEWHERE;
        node = walk_ancestor(check->walk, up + 1);
        if (node != NULL && IsA(node, SelectStmt) &&
            is_through_arm(check, up + 1))
            continue;
        if (node == NULL || !IsA(node, InsertStmt))
            return place_under(star, node, STAR_IN_SELECT);
        if (walk_field(check->walk, up + 1) != offsetof(InsertStmt, selectStmt))
            return STAR_ELSEWHERE;
        star->owner = node;
        return STAR_IN_INSERT;
    }
    return STAR_ELSEWHERE;
}

/* The tables whose columns `RETURNING *` gives back (manual, "Returning Data
 * from Modified Rows"). */
static void add_returned(struct arena *scratch, struct star *star,
                         const struct from_scope *scope)
{
    const Node *node = star->query;
    struct from_items *items = &star->items;

    if (IsA(node, InsertStmt)) {
        const InsertStmt *insert = (const InsertStmt *)node;

        from_add(scratch, items, (const Node *)insert->relation, NULL);
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
}

/* Fills in the star's query and its place. The star itself, its ColumnRef and
 * its ResTarget are the first three on the way up. */
static void find_place(const struct check *check, struct arena *scratch,
                       struct star *star)
{
    const Node *list = walk_ancestor(check->walk, 2);

    star->place = STAR_ELSEWHERE;
    if (list == NULL)
        return;
    if (IsA(list, SelectStmt)) {
        const SelectStmt *select = (const SelectStmt *)list;

        star->query = list;
        star->place = select_place(check, star, 2);
        if (star->place != STAR_ELSEWHERE)
            from_add_list(scratch, &star->items, select->fromClause,
                          scope_at(check, scratch, 2));
    } else if (IsA(list, ReturningClause)) {
        star->query = walk_ancestor(check->walk, 3);
        star->place =
            place_under(star, walk_ancestor(check->walk, 4), STAR_IN_RETURNING);
        if (star->place != STAR_ELSEWHERE)
            add_returned(scratch, star, scope_at(check, scratch, 3));
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

/* Whether the star takes columns that nobody wrote into the statement. */
static bool is_open(struct arena *scratch, struct star *star)
{
    for (size_t i = 0; i < star->items.count; i++) {
        const struct from_item *item = &star->items.items[i];

        if (!from_item_is_taken(item, star->column) &&
            !(is_old_or_new(star) && item->table != NULL))
            continue;
        if (!from_is_written(scratch, item, &star->table))
            return true;
    }
    return false;
}

/* From the first word of `t.*` to the star. */
static struct span star_words(const struct check *check,
                              const struct star *star)
{
    struct lexer lexer = lexer_of(check->text);
    struct span words;

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

    switch (star->place) {
    case STAR_IN_SELECT:
        return check_format(
            check, "SELECT * changes its columns whenever %s does", table);
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

/* The columns that a star stands for, as they are written. */
struct expansion {
    struct buffer text;
    size_t count;
};

/*
 * Adds the item's columns, qualified where the star or the query wants it.
 * False if they are not all known, or too many.
 */
static bool expand_item(struct check *check, struct expansion *expansion,
                        const struct from_item *item, bool is_qualified)
{
    const struct table *table;

    if (item->table == NULL ||
        (item->table->alias != NULL && item->table->alias->colnames != NIL))
        return false;
    table = schema_find_table(check->schema, name_from_range_var(item->table));
    if (table == NULL || !table->is_complete)
        return false;
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];

        if (column->is_dropped)
            continue;
        if (column->name == NULL || expansion->count++ == COLUMNS_SHOWN)
            return false;
        if (expansion->count > 1)
            buffer_add_text(&expansion->text, ", ");
        if (is_qualified) {
            writer_add_identifier(&expansion->text, item->name);
            buffer_add_char(&expansion->text, '.');
        }
        writer_add_identifier(&expansion->text, column->name);
    }
    return true;
}

/* The columns that the star stands for; null if they are not known. */
static const char *expand(struct check *check, const struct star *star)
{
    bool is_qualified =
        list_length(star->column->fields) > 1 || star->items.count > 1;
    struct expansion expansion = {0};

    if (star->items.has_merged_columns || is_old_or_new(star))
        return NULL;
    buffer_init(&expansion.text, check->arena);
    for (size_t i = 0; i < star->items.count; i++) {
        const struct from_item *item = &star->items.items[i];

        if (from_item_is_taken(item, star->column) &&
            !expand_item(check, &expansion, item, is_qualified))
            return NULL;
    }
    return expansion.count > 0 ? buffer_text(&expansion.text) : NULL;
}

/*
 * The list of columns that INSERT INTO lacks: those that the star's values go
 * to, by position. An edit without words if it has a list, or they are not
 * known.
 */
static struct edit insert_columns(struct check *check, const struct star *star,
                                  const char *columns)
{
    const InsertStmt *insert = (const InsertStmt *)star->owner;
    const SelectStmt *select = (const SelectStmt *)star->query;
    struct expansion target = {0};
    struct from_item item = {.table = insert->relation};
    struct edit edit = {.text = ""};
    size_t count = 1;

    for (const char *c = columns; *c != '\0'; c++)
        count += *c == ',';
    buffer_init(&target.text, check->arena);
    if (insert->cols != NIL || insert->relation->alias != NULL ||
        list_length(select->targetList) != 1 ||
        !expand_item(check, &target, &item, false) || target.count != count)
        return edit;
    edit.at = words_of_name_at(check->text, check->statement,
                               check->statement->tree_base +
                                   (size_t)insert->relation->location);
    edit.at.offset += edit.at.length;
    edit.at.length = 0;
    edit.text = check_format(check, " (%s)", buffer_text(&target.text));
    return edit;
}

static const char *help_text(struct check *check, const struct star *star,
                             struct span words)
{
    const char *columns = expand(check, star);
    struct edit edits[2] = {{.text = ""}, {.at = words, .text = columns}};
    struct buffer help;

    if (columns == NULL)
        return star->place == STAR_IN_INSERT
                   ? "name the columns on both sides: INSERT INTO ... (a, b) "
                     "SELECT a, b"
                   : "name the columns that are read";
    if (check->statement->length > STATEMENT_SHOWN)
        return check_format(check, "write instead of *: %s", columns);
    if (star->place == STAR_IN_INSERT)
        edits[0] = insert_columns(check, star, columns);
    buffer_init(&help, check->arena);
    writer_add_edited(&help, check->text, words_of_statement(check->statement),
                      edits, 2);
    buffer_add_char(&help, ';');
    return buffer_text(&help);
}

static void judge(struct check *check, struct star *star, struct arena *scratch)
{
    struct span words;

    find_place(check, scratch, star);
    if (star->place == STAR_ELSEWHERE || !is_open(scratch, star))
        return;
    words = star_words(check, star);
    check_report(check, words, star->column, message_text(check, star),
                 help_text(check, star, words));
}

static void check_star(struct check *check, const Node *node)
{
    const Node *column = walk_ancestor(check->walk, 0);
    const Node *target = walk_ancestor(check->walk, 1);
    struct arena scratch = {0};
    struct star star = {0};

    (void)node;
    if (check->is_in_body || from_star(target) == NULL ||
        (const Node *)from_star(target) != column)
        return;
    star.column = (const ColumnRef *)column;
    judge(check, &star, &scratch);
    arena_release(&scratch);
}

static const NodeTag tags[] = {T_A_Star, T_Invalid};

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
        "SELECT * from such; nor is CREATE TABLE AS, or a function's result.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
    .bad = "SELECT * FROM users;",
    .good = "SELECT id, email FROM users;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_star,
};
