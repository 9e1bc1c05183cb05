/*
 * vector-index-on-new-table: an ivfflat index on a table that the same
 * migration makes, before it puts rows in.
 */
#include "lint/advice.h"

#include <string.h>

/* So many statements before are looked at. */
#define LOOK_BACK_MAX 200

/* pgvector's README, "IVFFlat": lists are clusters of the rows that the table
 * has when the index is built. */
static bool learns_from_rows(const IndexStmt *index)
{
    return index->accessMethod != NULL &&
           strcmp(index->accessMethod, "ivfflat") == 0;
}

static bool is_same_table(const RangeVar *one, const RangeVar *other)
{
    return one != NULL && strcmp(one->relname, other->relname) == 0;
}

static bool fills(const Node *tree, const RangeVar *table)
{
    const InsertStmt *insert = node_as(InsertStmt, tree);
    const CopyStmt *copy = node_as(CopyStmt, tree);
    const CreateTableAsStmt *create = node_as(CreateTableAsStmt, tree);

    return (insert != NULL && is_same_table(insert->relation, table)) ||
           (copy != NULL && copy->is_from &&
            is_same_table(copy->relation, table)) ||
           (create != NULL && !create->into->skipData &&
            is_same_table(create->into->rel, table));
}

/* A statement before this one of the same section may have put rows in. Of
 * large files only a piece is parsed at a time, and no more is looked at. */
static bool may_have_rows(const struct check *check, const RangeVar *table)
{
    const struct statement *before = check->statement;
    size_t count = 0;

    if (check->is_in_do)
        return true;
    while (before > check->section_statements && count++ < LOOK_BACK_MAX) {
        before--;
        if (before->tree == NULL || nodeTag(before->tree) == T_DoStmt ||
            fills(before->tree, table))
            return true;
    }
    return false;
}

/* The statement as it is to be sent when there are rows. */
static const char *later_sql(struct check *check, const IndexStmt *index)
{
    struct span word = words_find(check->text, check->statement,
                                  check->statement->offset, "INDEX");
    bool is_lower = word.length > 0 && check->text.start[word.offset] == 'i';

    word.offset += word.length;
    word.length = 0;
    if (index->concurrent)
        return check_rewrite(check, word, "");
    return check_rewrite(check, word,
                         is_lower ? " concurrently" : " CONCURRENTLY");
}

static void check_node(struct check *check, const Node *node)
{
    const IndexStmt *index = (const IndexStmt *)node;

    if (!learns_from_rows(index) ||
        !check_is_new(check, name_from_range_var(index->relation)) ||
        may_have_rows(check, index->relation))
        return;
    check_report(
        check,
        words_find_name(check->text, check->statement, check->statement->offset,
                        index->accessMethod),
        node,
        check_format(check,
                     "ivfflat makes its lists of the rows that there are: %s "
                     "has none yet, and searches will miss most of those to "
                     "come",
                     advice_name(check, name_from_range_var(index->relation))),
        check_format(check,
                     "%s -- later, when the table has its rows; or USING "
                     "hnsw, which learns nothing from them",
                     later_sql(check, index)));
}

static const NodeTag tags[] = {T_IndexStmt, T_Invalid};

const struct rule rule_vector_index_on_new_table = {
    .id = "vector-index-on-new-table",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_INFO,
    .summary = "An ivfflat index is built before the table has rows",
    .rationale =
        "An ivfflat index of pgvector divides vectors into lists around "
        "centres that it computes when it is built, from the rows that the "
        "table has then. Built on an empty table it has no centres worth the "
        "name: all rows that come later fall into a few lists at random, and "
        "a search that looks into some lists misses its nearest neighbours. "
        "Nothing fails; pgvector says in a NOTICE that recall will be low.\n\n"
        "Load the rows first and build the index then, CONCURRENTLY, with "
        "about rows / 1000 lists. An hnsw index needs no rows to begin "
        "with.\n\n"
        "The rule is silent where the migration fills the table before it "
        "builds the index.",
    .ignore_when = "The index is built anew (REINDEX CONCURRENTLY) once the "
                   "table has its rows.",
    .setup = "CREATE EXTENSION vector;",
    .bad = "CREATE TABLE items (id bigint PRIMARY KEY, embedding vector(3));\n"
           "CREATE INDEX ON items USING ivfflat (embedding vector_l2_ops);",
    .good = "CREATE TABLE items (id bigint PRIMARY KEY, embedding vector(3));\n"
            "CREATE INDEX ON items USING hnsw (embedding vector_l2_ops);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .needs_history = true,
    .tags = tags,
    .check_node = check_node,
};
