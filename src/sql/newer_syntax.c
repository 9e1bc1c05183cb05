/*
 * See newer_syntax.h. The tree says what a statement has, mostly without
 * saying where; the words around what it says of places are searched then.
 */
#include "sql/newer_search.h"

#include <string.h>

static const struct newer_syntax newer_table[] = {
    [NEWER_NULLS_DISTINCT] =
        {"NULLS NOT DISTINCT", 15,
         "an index on expressions that are never null does the same: COALESCE(column, a value that no row has)",
         NULL},
    [NEWER_WITHOUT_OVERLAPS] = {"WITHOUT OVERLAPS", 18, NULL, NULL},
    [NEWER_PERIOD] = {"PERIOD", 18, NULL, NULL},
    [NEWER_DELETE_COLUMNS] = {"ON DELETE SET NULL (columns)", 15, NULL, NULL},
    [NEWER_ENFORCED] =
        {"NOT ENFORCED", 18,
         "without these words the constraint is enforced; leave it out to have none",
         NULL},
    [NEWER_ALTER_INHERIT] = {"ALTER CONSTRAINT ... INHERIT", 18, NULL, NULL},
    [NEWER_NOT_NULL_CONSTRAINT] =
        {"NOT NULL as a table constraint", 18,
         "a CHECK (column IS NOT NULL) says the same, also with NOT VALID",
         NULL},
    [NEWER_NOT_NULL_NO_INHERIT] =
        {"NOT NULL NO INHERIT", 18,
         "a CHECK (column IS NOT NULL) NO INHERIT says the same", NULL},
    [NEWER_DOMAIN_NOT_NULL] = {"ALTER DOMAIN ... ADD NOT NULL", 17,
                               "ALTER DOMAIN ... SET NOT NULL does the same",
                               NULL},
    [NEWER_VIRTUAL] =
        {"GENERATED ALWAYS AS (...) VIRTUAL", 18,
         "a stored column does the same, and rewrites a table that has rows; a view computes without storing",
         NULL},
    [NEWER_COMPRESSION] =
        {"COMPRESSION", 14,
         "the older server has one way to compress: leave it out", NULL},
    [NEWER_STORAGE] =
        {"STORAGE in CREATE TABLE", 16,
         "set it after the table is made, with ALTER TABLE ... ALTER COLUMN ... SET STORAGE",
         NULL},
    [NEWER_STORAGE_DEFAULT] = {"SET STORAGE DEFAULT", 16, NULL, NULL},
    [NEWER_SET_EXPRESSION] =
        {"SET EXPRESSION", 17,
         "drop the column and add it again with the new expression", NULL},
    [NEWER_SET_ACCESS_METHOD] = {"SET ACCESS METHOD", 15, NULL, NULL},
    [NEWER_ACCESS_METHOD_DEFAULT] = {"SET ACCESS METHOD DEFAULT", 17, NULL,
                                     NULL},
    [NEWER_DETACH_CONCURRENTLY] =
        {"DETACH PARTITION ... CONCURRENTLY", 14,
         "without CONCURRENTLY it locks the partitioned table for a moment",
         "CONCURRENTLY"},
    [NEWER_DETACH_FINALIZE] = {"DETACH PARTITION ... FINALIZE", 14, NULL, NULL},
    [NEWER_STATISTICS_DEFAULT] = {"SET STATISTICS DEFAULT", 17,
                                  "-1 is the default: SET STATISTICS -1", NULL},
    [NEWER_LIKE_COMPRESSION] = {"LIKE ... INCLUDING COMPRESSION", 14, NULL,
                                NULL},
    [NEWER_SQL_BODY] = {"a function body without quotes", 14,
                        "write the body as a string", NULL},
    [NEWER_REPLACE_TRIGGER] =
        {"CREATE OR REPLACE TRIGGER", 14,
         "drop the trigger before, with DROP TRIGGER IF EXISTS", "OR REPLACE"},
    [NEWER_PUBLICATION_FILTER] = {"a publication's row filter", 15, NULL, NULL},
    [NEWER_PUBLICATION_COLUMNS] = {"a publication's column list", 15, NULL,
                                   NULL},
    [NEWER_PUBLICATION_SCHEMAS] = {"TABLES IN SCHEMA", 15, NULL, NULL},
    [NEWER_REINDEX_OPTIONS] =
        {"REINDEX (CONCURRENTLY, TABLESPACE ...)", 14,
         "write REINDEX ... CONCURRENTLY without parentheses", NULL},
    [NEWER_REINDEX_NO_NAME] = {"REINDEX DATABASE without a name", 16,
                               "write the name of the database", NULL},
    [NEWER_CLUSTER_OPTIONS] = {"CLUSTER (VERBOSE)", 14,
                               "write CLUSTER VERBOSE without parentheses",
                               NULL},
    [NEWER_CLUSTER_ALL_OPTIONS] = {"CLUSTER (VERBOSE) without a table", 17,
                                   "write CLUSTER VERBOSE without parentheses",
                                   NULL},
    [NEWER_VACUUM_ONLY] = {"VACUUM ONLY", 18, NULL, NULL},
    [NEWER_STATISTICS_NO_NAME] = {"CREATE STATISTICS without a name", 16,
                                  "give the statistics a name", NULL},
    [NEWER_GRANTED_BY] = {"GRANTED BY of privileges", 14,
                          "leave it out: the grant is then by who runs it",
                          NULL},
    [NEWER_GRANT_OPTIONS] = {"GRANT ... WITH INHERIT, SET", 16, NULL, NULL},
    [NEWER_GRANT_PARAMETER] =
        {"GRANT ... ON PARAMETER", 15,
         "only a superuser may set it there, or a function with SECURITY DEFINER",
         NULL},
    [NEWER_DEFAULT_LARGE_OBJECTS] = {"default privileges ON LARGE OBJECTS", 18,
                                     NULL, NULL},
    [NEWER_REFRESH_COLLATION] = {"REFRESH COLLATION VERSION of a database", 15,
                                 NULL, NULL},
    [NEWER_MERGE] =
        {"MERGE", 15,
         "INSERT ... ON CONFLICT, or UPDATE and INSERT in one transaction, do the same",
         NULL},
    [NEWER_MERGE_BY] =
        {"WHEN NOT MATCHED BY SOURCE", 17,
         "do what it says in a statement of its own, with NOT EXISTS", NULL},
    [NEWER_MERGE_RETURNING] = {"MERGE ... RETURNING", 17, NULL, NULL},
    [NEWER_RETURNING_WITH] = {"RETURNING WITH (OLD AS ...)", 18, NULL, NULL},
    [NEWER_GROUP_BY_DISTINCT] =
        {"GROUP BY DISTINCT", 14,
         "leave out the grouping sets that are there twice", NULL},
    [NEWER_JOIN_ALIAS] = {"JOIN ... USING (...) AS", 14, NULL, NULL},
    [NEWER_SEARCH] = {"SEARCH in WITH", 14, NULL, NULL},
    [NEWER_CYCLE] = {"CYCLE in WITH", 14, NULL, NULL},
    [NEWER_JSON_CONSTRUCTOR] =
        {"SQL/JSON constructors", 16,
         "jsonb_build_object(), jsonb_build_array() and jsonb_agg() do the same",
         NULL},
    [NEWER_JSON_QUERY] =
        {"SQL/JSON query functions", 17,
         "jsonb_path_query_first() and jsonb_path_exists() do the same", NULL},
    [NEWER_JSON_TABLE] =
        {"JSON_TABLE", 17,
         "jsonb_to_recordset() and jsonb_path_query() do the same", NULL},
    [NEWER_IS_JSON] = {"IS JSON", 16, NULL, NULL},
    [NEWER_AT_LOCAL] =
        {"AT LOCAL", 17,
         "AT TIME ZONE current_setting('TimeZone') does the same", NULL},
    [NEWER_SUBSTRING_SIMILAR] = {"SUBSTRING (... SIMILAR ...)", 14, NULL, NULL},
    [NEWER_NUMBER] = {"numbers such as 1_000 and 0xFF", 16,
                      "write the number with decimal digits alone", NULL},
    [NEWER_OPTION_14] = {"this option", 14, NULL, NULL},
    [NEWER_OPTION_16] = {"this option", 16, NULL, NULL},
    [NEWER_OPTION_17] = {"this option", 17, NULL, NULL},
};

_Static_assert(sizeof newer_table / sizeof *newer_table == NEWER_COUNT,
               "each kind has its row");

bool newer_is_unknown(const struct newer_search *search, enum newer_kind kind)
{
    return search->version < newer_table[kind].since;
}

/* Where the words begin; what is missing would come after all of them. */
static size_t place_of(const struct newer_search *search, struct span words)
{
    return words.length > 0
               ? words.offset
               : search->statement->offset + search->statement->length;
}

void newer_note(struct newer_search *search, enum newer_kind kind,
                struct span words)
{
    if (!newer_is_unknown(search, kind) ||
        (search->is_found &&
         place_of(search, search->use->words) <= place_of(search, words)))
        return;
    search->is_found = true;
    *search->use = (struct newer_use){
        .syntax = &newer_table[kind],
        .words = words,
        .complaint = "syntax error at or near",
    };
}

size_t newer_offset(const struct newer_search *search, ParseLoc location)
{
    if (location < 0)
        return search->statement->offset;
    return search->statement->tree_base + (size_t)location;
}

struct lexer newer_lexer(const struct newer_search *search, size_t offset)
{
    const struct statement *part = &search->part;
    struct lexer lexer =
        lexer_of(slice_part(search->text, 0, part->offset + part->length));

    lexer.offset = offset < part->offset ? part->offset : offset;
    return lexer;
}

bool newer_is_word(const struct newer_search *search, struct token token,
                   const char *word)
{
    return token_is_word(search->text, token, word);
}

struct span newer_span(struct token token)
{
    return (struct span){token.offset, token.length};
}

struct token newer_token_after(const struct newer_search *search, size_t offset,
                               const char *words)
{
    struct span span = words_find(search->text, &search->part, offset, words);
    struct lexer lexer = newer_lexer(search, span.offset + span.length);

    return span.length > 0 ? lexer_next_significant(&lexer)
                           : (struct token){.kind = TOKEN_END};
}

static bool is_wanted(const struct newer_search *search, enum newer_kind kind,
                      size_t offset)
{
    return newer_is_unknown(search, kind) &&
           !(search->is_found &&
             place_of(search, search->use->words) <= offset);
}

void newer_note_first(struct newer_search *search, enum newer_kind kind,
                      size_t offset, const char *words)
{
    struct span span = {0, 0};

    if (is_wanted(search, kind, offset))
        span = words_find(search->text, &search->part, offset, words);
    if (span.length > 0)
        newer_note(search, kind,
                   (struct span){span.offset, strcspn(words, " ")});
}

void newer_note_last(struct newer_search *search, enum newer_kind kind,
                     size_t offset, const char *words)
{
    const char *last = strrchr(words, ' ');
    size_t length = strlen(last ? last + 1 : words);
    struct span span = {0, 0};

    if (is_wanted(search, kind, offset))
        span = words_find(search->text, &search->part, offset, words);
    if (span.length > 0)
        newer_note(search, kind,
                   (struct span){span.offset + span.length - length, length});
}

void newer_skip_parentheses(const struct newer_search *search,
                            struct lexer *lexer)
{
    struct token token;
    size_t depth = 1;

    while (depth > 0 &&
           (token = lexer_next_significant(lexer), token.kind != TOKEN_END)) {
        depth += token_is(search->text, token, "(");
        depth -= token_is(search->text, token, ")");
    }
}

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct newer_search *search = closure;
    const Node *parent = walk_ancestor(walk, 0);

    if (newer_in_query(search, node, parent))
        return true;
    switch (nodeTag(node)) {
    case T_Constraint:
        newer_in_constraint(search, (const Constraint *)node, parent);
        break;
    case T_ColumnDef: newer_in_column(search, (const ColumnDef *)node); break;
    case T_AlterTableStmt:
        newer_in_alter_table(search, (const AlterTableStmt *)node);
        break;
    default: newer_in_statement(search, node); break;
    }
    return true;
}

bool newer_syntax_find(struct walker *walker, struct slice text,
                       const struct statement *statement, int postgres_version,
                       struct newer_use *use)
{
    struct newer_search search = {
        .text = text,
        .statement = statement,
        .version = postgres_version,
        .use = use,
        .part = *statement,
    };

    if (!statement->tree || postgres_version >= PG_MAJORVERSION_NUM)
        return false;
    walk_tree(walker, statement->tree, visit, &search);
    return search.is_found;
}

const char *newer_syntax_message(struct arena *arena, struct slice text,
                                 const struct statement *statement,
                                 const struct newer_use *use)
{
    if (use->option)
        return arena_format(arena, "%s \"%s\"", use->complaint, use->option);
    if (use->words.length > 0)
        return arena_format(arena, "%s \"%.*s\"", use->complaint,
                            (int)use->words.length,
                            text.start + use->words.offset);
    return statement->has_terminator ? "syntax error at or near \";\""
                                     : "syntax error at end of input";
}
