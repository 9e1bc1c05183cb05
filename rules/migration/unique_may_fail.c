/*
 * unique-may-fail: a unique index or constraint over rows that are there
 * already, which nothing keeps from being equal. Sees CREATE INDEX and ALTER
 * TABLE with the schema before them, and remembers what the section has done to
 * rows, and which unique indexes it has dropped.
 */
#include "lint/advice.h"

#include "base/map.h"

#include <string.h>

/* How many columns a query names. */
#define KEYS_MAX 32

/* What is to be unique. */
struct key {
    struct qualified_name table_name;
    const struct table *table; /* null: not known */
    size_t count;
    const char *columns[KEYS_MAX]; /* null: an expression */
    const char *texts[KEYS_MAX];   /* as SQL */
    struct slice predicate;        /* `WHERE ...`; empty if none */
    bool is_nulls_equal;           /* NULLS NOT DISTINCT, PRIMARY KEY */
    const char *what;              /* `CREATE UNIQUE INDEX` */
};

/* How many dropped indexes are remembered. */
#define DROPPED_MAX 64

/* What the section has done before. */
struct seen {
    struct map updated; /* names of tables */
    struct map deleted; /* of which rows were deleted: duplicates, it seems */
    const struct index *dropped[DROPPED_MAX];
    size_t dropped_count;
};

static struct seen *memory(struct check *check)
{
    return check_section_memory(check, sizeof(struct seen));
}

static void note_table(struct check *check, struct map *tables,
                       const RangeVar *relation)
{
    struct arena *arena = check_section_arena(check);
    struct slice name = slice_from(relation->relname);
    map_put(arena, tables, slice_from(arena_copy(arena, name)), check);
}

static void note_dropped(struct check *check, const struct index *index)
{
    struct seen *seen = memory(check);
    if (index != NULL && seen->dropped_count < DROPPED_MAX)
        seen->dropped[seen->dropped_count++] = index;
}

static void note_drop(struct check *check, const DropStmt *drop)
{
    if (drop->removeType != OBJECT_INDEX)
        return;
    foreach_node (List, object, drop->objects)
        note_dropped(check,
                     schema_find_index(check->schema, name_from_list(object)));
}

static const struct column *key_column(const struct key *key, size_t i)
{
    return key->table != NULL && key->columns[i] != NULL
               ? table_find_column(key->table, key->columns[i])
               : NULL;
}

static bool is_in_key(const struct key *key, const struct column *column)
{
    for (size_t i = 0; i < key->count; i++) {
        if (column != NULL && key_column(key, i) == column)
            return true;
    }
    return false;
}

/* A unique index of a part of the key keeps rows apart already. */
static bool is_proven_by(const struct key *key, const struct index *index)
{
    if (!index->is_unique || !index->is_valid || index->predicate != NULL)
        return false;
    for (size_t i = 0; i < index->column_count; i++) {
        const struct column *column = index->columns[i].column;
        if (!is_in_key(key, column) ||
            (key->is_nulls_equal && column->is_nullable &&
             !index->is_nulls_not_distinct))
            return false;
    }
    return true;
}

static bool is_proven(struct check *check, const struct key *key)
{
    const struct seen *seen = memory(check);
    for (size_t i = 0; key->table != NULL && i < key->table->indexes.count;
         i++) {
        const struct index *index = key->table->indexes.items[i];
        if (!index->relation.object.is_dropped && is_proven_by(key, index))
            return true;
    }
    for (size_t i = 0; i < seen->dropped_count; i++) {
        if (seen->dropped[i]->table == key->table && key->table != NULL &&
            is_proven_by(key, seen->dropped[i]))
            return true;
    }
    return map_find(&seen->deleted, slice_from(key->table_name.name)) != NULL;
}

/* A column of this migration without a default is null in every row, unless it
 * was filled since; nulls differ. */
static bool is_all_null(struct check *check, const struct key *key)
{
    if (key->is_nulls_equal ||
        map_find(&memory(check)->updated, slice_from(key->table_name.name)) !=
            NULL)
        return false;
    for (size_t i = 0; i < key->count; i++) {
        const struct column *column = key_column(key, i);
        if (column != NULL && column->made_at.source != NULL &&
            column->made_at.unit == schema_unit(check->schema) &&
            column->is_nullable && !column->has_default &&
            column->identity == IDENTITY_NONE &&
            column->generated == GENERATED_NONE)
            return true;
    }
    return false;
}

static bool may_be_null(const struct key *key, size_t i)
{
    const struct column *column = key_column(key, i);
    return column == NULL || column->is_nullable;
}

static const char *keys_text(struct check *check, const struct key *key)
{
    struct buffer text;
    buffer_init(&text, check->arena);
    for (size_t i = 0; i < key->count; i++)
        buffer_add_format(&text, "%s%s", i > 0 ? ", " : "", key->texts[i]);
    return buffer_text(&text);
}

/* The query that finds what is there more than once. */
static const char *query_text(struct check *check, const struct key *key)
{
    const char *keys = keys_text(check, key);
    struct buffer query;
    bool has_where = key->predicate.length > 0;
    buffer_init(&query, check->arena);
    buffer_add_format(&query, "SELECT %s, count(*)\nFROM %s\n", keys,
                      check_quote_name(check, key->table_name));
    if (has_where) {
        struct slice word = SLICE("WHERE");
        buffer_add_text(&query, "WHERE (");
        buffer_add(&query, slice_trim(slice_part(key->predicate, word.length,
                                                 key->predicate.length)));
        buffer_add_char(&query, ')');
    }
    for (size_t i = 0; i < key->count && !key->is_nulls_equal; i++) {
        if (!may_be_null(key, i))
            continue;
        buffer_add_format(&query, "%s %s IS NOT NULL",
                          has_where ? " AND" : "WHERE", key->texts[i]);
        has_where = true;
    }
    buffer_add_format(&query, "%sGROUP BY %s\nHAVING count(*) > 1;",
                      has_where ? "\n" : "", keys);
    return buffer_text(&query);
}

static bool is_on_existing(const struct check *check, const struct key *key)
{
    if (key->table == NULL)
        return !check_is_absent(check, key->table_name);
    enum relation_kind kind = key->table->relation.kind;
    return (kind == RELATION_TABLE || kind == RELATION_PARTITIONED_TABLE ||
            kind == RELATION_MATERIALIZED_VIEW) &&
           !relation_is_new(check->schema, &key->table->relation);
}

static void judge(struct check *check, const struct key *key, const Node *node,
                  struct span words)
{
    if (key->count == 0 || !is_on_existing(check, key) ||
        is_proven(check, key) || is_all_null(check, key))
        return;
    check_report(check, words, node,
                 check_format(check,
                              "%s on %s fails if two rows have the same %s",
                              key->what, advice_name(check, key->table_name),
                              keys_text(check, key)),
                 check_format(check,
                              "-- must find nothing before the migration runs, "
                              "on every database:\n%s",
                              query_text(check, key)));
}

static void add_column(struct check *check, struct key *key, const char *name)
{
    if (key->count == KEYS_MAX)
        return;
    key->columns[key->count] = name;
    key->texts[key->count++] = check_quote(check, name);
}

/*
 * CREATE INDEX: the words of expressions stand in its list, whose items carry
 * no location.
 */

/* From `(`, which the lexer has just passed, to its `)`. */
static size_t skip_parentheses(struct lexer *lexer)
{
    for (size_t depth = 1; depth > 0;) {
        struct token token = lexer_next_significant(lexer);
        if (token.kind == TOKEN_END)
            break;
        if (token_is(lexer->text, token, "("))
            depth++;
        else if (token_is(lexer->text, token, ")"))
            depth--;
    }
    return lexer->offset;
}

/* The words of an expression: `(a + b)`, `lower(c)`. The lexer stands before
 * it, and is left behind it. */
static struct slice expression_words(struct lexer *lexer)
{
    struct token first = lexer_next_significant(lexer);
    size_t end = lexer->offset;
    if (token_is(lexer->text, first, "(")) {
        end = skip_parentheses(lexer);
    } else {
        struct token token = lexer_next_significant(lexer);
        while (token.kind != TOKEN_END && !token_is(lexer->text, token, "("))
            token = lexer_next_significant(lexer);
        end = skip_parentheses(lexer);
    }
    return slice_part(lexer->text, first.offset, end);
}

/* To the next item of the list, or behind the list. */
static void skip_item(struct lexer *lexer)
{
    for (;;) {
        struct token token = lexer_next_significant(lexer);
        if (token_is(lexer->text, token, "("))
            skip_parentheses(lexer);
        else if (token.kind == TOKEN_END || token_is(lexer->text, token, ",") ||
                 token_is(lexer->text, token, ")"))
            return;
    }
}

/* A lexer behind the `(` of the list. */
static struct lexer list_lexer(struct check *check, const IndexStmt *index)
{
    const struct statement *statement = check->statement;
    struct span table = words_of_name_at(check->text, statement,
                                         statement->tree_base +
                                             (size_t)index->relation->location);
    struct lexer lexer = lexer_of(
        slice_part(check->text, 0, statement->offset + statement->length));
    lexer.offset = table.offset + table.length;
    struct token token = lexer_next_significant(&lexer);
    while (token.kind != TOKEN_END && !token_is(lexer.text, token, "("))
        token = lexer_next_significant(&lexer);
    return lexer;
}

static void check_index(struct check *check, const IndexStmt *index)
{
    struct key key = {
        .table_name = name_from_range_var(index->relation),
        .is_nulls_equal = index->nulls_not_distinct,
        .what = "CREATE UNIQUE INDEX",
    };
    if (!index->unique || check->is_in_body)
        return;
    struct lexer lexer = list_lexer(check, index);
    foreach_node (IndexElem, element, index->indexParams) {
        struct lexer item = lexer;
        if (element->name != NULL)
            add_column(check, &key, element->name);
        else if (key.count < KEYS_MAX)
            key.texts[key.count++] =
                arena_copy(check->arena, expression_words(&item));
        lexer = item;
        skip_item(&lexer);
    }
    struct span where = {0, 0};
    if (index->whereClause != NULL)
        where =
            words_find(check->text, check->statement, lexer.offset, "WHERE");
    if (where.length > 0)
        key.predicate =
            slice_part(check->text, where.offset,
                       check->statement->offset + check->statement->length);
    key.table = schema_find_table(check->schema, key.table_name);
    judge(check, &key, (const Node *)index,
          words_join(words_at_start(check->text, check->statement, 1),
                     words_find(check->text, check->statement,
                                check->statement->offset, "INDEX")));
}

/*
 * ALTER TABLE.
 */

static bool is_unique(const Constraint *constraint)
{
    return (constraint->contype == CONSTR_UNIQUE ||
            constraint->contype == CONSTR_PRIMARY) &&
           constraint->indexname == NULL;
}

static struct key key_of(struct check *check, const AlterTableStmt *alter,
                         const Constraint *constraint)
{
    struct key key = {
        .table_name = name_from_range_var(alter->relation),
        .is_nulls_equal = constraint->contype == CONSTR_PRIMARY ||
                          constraint->nulls_not_distinct,
        .what = constraint->contype == CONSTR_PRIMARY ? "ADD PRIMARY KEY"
                                                      : "ADD UNIQUE",
    };
    key.table = schema_find_table(check->schema, key.table_name);
    return key;
}

/* Each row of a new column gets the same value. */
static bool has_constant_default(const ColumnDef *column)
{
    foreach_node (Constraint, constraint, column->constraints) {
        const Node *value = constraint->raw_expr;
        if (constraint->contype != CONSTR_DEFAULT || value == NULL)
            continue;
        if (IsA(value, TypeCast))
            value = ((const TypeCast *)value)->arg;
        const A_Const *constant = node_as(A_Const, value);
        return constant != NULL && !constant->isnull;
    }
    return false;
}

static struct span words_of(const struct check *check,
                            const Constraint *constraint)
{
    return words_at(check->text, check->statement,
                    check->statement->tree_base + (size_t)constraint->location);
}

static void check_column(struct check *check, const AlterTableStmt *alter,
                         const ColumnDef *column)
{
    if (!has_constant_default(column))
        return;
    foreach_node (Constraint, constraint, column->constraints) {
        if (!is_unique(constraint))
            continue;
        struct key key = key_of(check, alter, constraint);
        add_column(check, &key, column->colname);
        if (!is_on_existing(check, &key))
            continue;
        check_report(
            check, words_of(check, constraint), constraint,
            check_format(check,
                         "the new column \"%s\" of %s gets the same value in "
                         "every row: %s fails if there are two",
                         column->colname, advice_name(check, key.table_name),
                         constraint->contype == CONSTR_PRIMARY ? "PRIMARY KEY"
                                                               : "UNIQUE"),
            "add the column without UNIQUE, give each row a value of its own, "
            "then make it unique");
    }
}

/* The index of the constraint; null if that has none, or is not known. */
static const struct index *constraint_index(const struct check *check,
                                            const AlterTableStmt *alter,
                                            const char *name)
{
    const struct table *table =
        schema_find_table(check->schema, name_from_range_var(alter->relation));
    const struct constraint *constraint =
        table != NULL ? table_find_constraint(table, name) : NULL;
    return constraint != NULL && constraint->type != CONSTRAINT_FOREIGN_KEY
               ? constraint->index
               : NULL;
}

static void check_alter(struct check *check, const AlterTableStmt *alter)
{
    if (alter->objtype != OBJECT_TABLE || check->is_in_body)
        return;
    foreach_node (AlterTableCmd, action, alter->cmds) {
        const Constraint *constraint = node_as(Constraint, action->def);
        const ColumnDef *column = node_as(ColumnDef, action->def);
        if (action->subtype == AT_AddColumn && column != NULL)
            check_column(check, alter, column);
        if (action->subtype == AT_DropConstraint)
            note_dropped(check, constraint_index(check, alter, action->name));
        if (action->subtype != AT_AddConstraint || constraint == NULL ||
            !is_unique(constraint))
            continue;
        struct key key = key_of(check, alter, constraint);
        foreach_node (String, name, constraint->keys)
            add_column(check, &key, strVal(name));
        judge(check, &key, (const Node *)constraint,
              words_of(check, constraint));
    }
}

static void check_node(struct check *check, const Node *node)
{
    switch (nodeTag(node)) {
    case T_UpdateStmt:
        note_table(check, &memory(check)->updated,
                   ((const UpdateStmt *)node)->relation);
        return;
    case T_DeleteStmt:
        note_table(check, &memory(check)->deleted,
                   ((const DeleteStmt *)node)->relation);
        return;
    case T_DropStmt: note_drop(check, (const DropStmt *)node); return;
    case T_IndexStmt: check_index(check, (const IndexStmt *)node); return;
    default: check_alter(check, (const AlterTableStmt *)node);
    }
}

static const NodeTag tags[] = {T_IndexStmt,  T_AlterTableStmt, T_DropStmt,
                               T_UpdateStmt, T_DeleteStmt,     T_Invalid};

const struct rule rule_unique_may_fail = {
    .id = "unique-may-fail",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_INFO,
    .summary = "A unique index fails if rows that exist are equal",
    .rationale =
        "A unique index or constraint on a table that has rows fails when two "
        "of them have the same key: `could not create unique index`. On the "
        "developer's machine there are none; in production the migration stops "
        "half way, after it has read the whole table, and CONCURRENTLY leaves "
        "an INVALID index behind.\n\n"
        "The help is the query that finds the rows: run it before, on every "
        "database, and mend what it finds in a migration before this one. Rows "
        "with a null in the key do not count, except for a primary key or with "
        "NULLS NOT DISTINCT.\n\n"
        "The rule is silent on new tables, where a unique index of a part of "
        "the key is there already or was until this migration, where the "
        "migration has deleted rows of the table before, and where a new "
        "column of the key holds nothing but nulls.",
    .ignore_when = "The query of the help was run, and found none.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, email text);\n"
             "INSERT INTO users VALUES (1, 'a'), (2, 'a');",
    .bad = "CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);",
    .good = "CREATE UNIQUE INDEX CONCURRENTLY users_id_email_key ON users (id, "
            "email);",
    .claim = CLAIM_REFUSED,
    .claim_text = "could not create unique index",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
};
