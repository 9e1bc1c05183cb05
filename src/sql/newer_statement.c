/*
 * Newer syntax of statements that are neither about tables nor queries. Another
 * part of newer_syntax.c.
 */
#include "sql/newer_search.h"

#include <string.h>

/* An option of VACUUM, ANALYZE or EXPLAIN, which are no keywords. */
struct option {
    const char *name;
    enum newer_kind kind;
};

static const struct option vacuum_options[] = {
    {"process_toast", NEWER_OPTION_14},
    {"process_main", NEWER_OPTION_16},
    {"skip_database_stats", NEWER_OPTION_16},
    {"only_database_stats", NEWER_OPTION_16},
    {"buffer_usage_limit", NEWER_OPTION_16},
    {NULL, NEWER_COUNT},
};

static const struct option explain_options[] = {
    {"generic_plan", NEWER_OPTION_16},
    {"serialize", NEWER_OPTION_17},
    {"memory", NEWER_OPTION_17},
    {NULL, NEWER_COUNT},
};

static size_t start_of(const struct newer_search *search)
{
    return search->statement->offset;
}

/* UNIQUE (...) NULLS [NOT] DISTINCT: outside of the parentheses, in which
 * NULLS FIRST may stand. */
static void in_index(struct newer_search *search)
{
    struct lexer lexer = newer_lexer(search, start_of(search));
    struct token token;

    if (!newer_is_unknown(search, NEWER_NULLS_DISTINCT))
        return;
    while (token = lexer_next_significant(&lexer),
           token.kind != TOKEN_END && !newer_is_word(search, token, "where")) {
        struct lexer after = lexer;
        struct token next = lexer_next_significant(&after);

        if (token_is(search->text, token, "("))
            newer_skip_parentheses(search, &lexer);
        else if (newer_is_word(search, token, "nulls") &&
                 (newer_is_word(search, next, "not") ||
                  newer_is_word(search, next, "distinct")))
            newer_note(search, NEWER_NULLS_DISTINCT, newer_span(token));
    }
}

/* RETURN ..., BEGIN ATOMIC ...: after the parameters. */
static void in_function(struct newer_search *search)
{
    struct lexer lexer = newer_lexer(search, start_of(search));
    struct token token;

    if (!newer_is_unknown(search, NEWER_SQL_BODY))
        return;
    while (token = lexer_next_significant(&lexer), token.kind != TOKEN_END) {
        if (token_is(search->text, token, "("))
            newer_skip_parentheses(search, &lexer);
        if (!newer_is_word(search, token, "return") &&
            !newer_is_word(search, token, "begin"))
            continue;
        newer_note(search, NEWER_SQL_BODY, newer_span(token));
        return;
    }
}

/* One object of CREATE or ALTER PUBLICATION's list, from its first word on. */
static void in_publication_object(struct newer_search *search,
                                  struct token token, struct token next,
                                  bool is_first)
{
    if (!newer_is_word(search, token, "tables"))
        return;
    /* After a comma it was a table's name. */
    if (is_first)
        newer_note(search, NEWER_PUBLICATION_SCHEMAS, newer_span(token));
    else if (newer_is_word(search, next, "in"))
        newer_note(search, NEWER_PUBLICATION_SCHEMAS, newer_span(next));
}

/* ALL TABLES, and SET (options), were there. */
static bool has_objects(const struct newer_search *search, struct token token,
                        struct token next)
{
    return !token_is(search->text, next, "(") &&
           !newer_is_word(search, next, "all") &&
           (newer_is_word(search, token, "for") ||
            newer_is_word(search, token, "add") ||
            newer_is_word(search, token, "drop") ||
            newer_is_word(search, token, "set"));
}

/* FOR TABLE a (b) WHERE (c), TABLES IN SCHEMA d WITH (...). */
static void in_publication(struct newer_search *search)
{
    struct lexer lexer = newer_lexer(search, start_of(search));
    struct token token;
    bool is_in_list = false, is_first = false, is_item = false;

    /* CREATE PUBLICATION name */
    for (int i = 0; i < 3; i++)
        lexer_next_significant(&lexer);
    while (token = lexer_next_significant(&lexer),
           token.kind != TOKEN_END && !newer_is_word(search, token, "with")) {
        struct lexer after = lexer;
        struct token next = lexer_next_significant(&after);

        if (!is_in_list) {
            is_in_list = is_first = is_item = has_objects(search, token, next);
            continue;
        }
        if (is_item)
            in_publication_object(search, token, next, is_first);
        is_item = token_is(search->text, token, ",");
        is_first = false;
        if (newer_is_word(search, token, "where"))
            newer_note(search, NEWER_PUBLICATION_FILTER, newer_span(token));
        else if (token_is(search->text, token, "("))
            newer_note(search, NEWER_PUBLICATION_COLUMNS, newer_span(token));
        if (token_is(search->text, token, "("))
            newer_skip_parentheses(search, &lexer);
    }
}

/* REINDEX (...): VERBOSE alone was there. */
static void in_reindex(struct newer_search *search, const ReindexStmt *reindex)
{
    struct lexer lexer = newer_lexer(search, start_of(search));
    struct token token;

    if (!reindex->relation && !reindex->name)
        newer_note(search, NEWER_REINDEX_NO_NAME, (struct span){0, 0});
    lexer_next_significant(&lexer);
    if (!token_is(search->text, lexer_next_significant(&lexer), "("))
        return;
    while (token = lexer_next_significant(&lexer),
           token.kind != TOKEN_END && !token_is(search->text, token, ")")) {
        if (newer_is_word(search, token, "verbose") ||
            token_is(search->text, token, ","))
            continue;
        newer_note(search, NEWER_REINDEX_OPTIONS, newer_span(token));
        return;
    }
}

static void in_cluster(struct newer_search *search, const ClusterStmt *cluster)
{
    struct token token = newer_token_after(search, start_of(search), "cluster");

    if (!token_is(search->text, token, "("))
        return;
    newer_note(search, NEWER_CLUSTER_OPTIONS, newer_span(token));
    if (!cluster->relation)
        newer_note(search, NEWER_CLUSTER_ALL_OPTIONS, (struct span){0, 0});
}

static void in_options(struct newer_search *search, const List *given,
                       const struct option *options, const char *complaint)
{
    const ListCell *cell;

    foreach (cell, given) {
        const DefElem *element = lfirst(cell);
        size_t offset = newer_offset(search, element->location);

        for (const struct option *option = options; option->name; option++) {
            if (strcmp(option->name, element->defname) != 0 ||
                !newer_is_unknown(search, option->kind) ||
                element->location < 0)
                continue;
            newer_note(search, option->kind,
                       (struct span){offset, strlen(option->name)});
            if (search->use->words.offset != offset)
                continue;
            search->use->complaint = complaint;
            search->use->option = option->name;
        }
    }
}

static void in_vacuum(struct newer_search *search,
                      const VacuumRelation *relation)
{
    if (relation->relation && !relation->relation->inh)
        newer_note_last(search, NEWER_VACUUM_ONLY, start_of(search), "only");
}

/* WITH ADMIN OPTION alone was there. */
static void in_grant_of_role(struct newer_search *search,
                             const GrantRoleStmt *grant)
{
    struct span with =
        words_find(search->text, search->statement, start_of(search), "with");
    struct lexer lexer = newer_lexer(search, with.offset + with.length);
    struct token token;

    if (!grant->is_grant || !grant->opt || with.length == 0)
        return;
    token = lexer_next_significant(&lexer);
    if (newer_is_word(search, token, "admin")) {
        token = lexer_next_significant(&lexer);
        if (newer_is_word(search, token, "option"))
            token = lexer_next_significant(&lexer);
        if (newer_is_word(search, token, "granted") || token.kind == TOKEN_END)
            return;
    }
    newer_note(search, NEWER_GRANT_OPTIONS, newer_span(token));
}

static void in_grant(struct newer_search *search, const GrantStmt *grant)
{
    if (grant->grantor)
        newer_note_first(search, NEWER_GRANTED_BY, start_of(search),
                         "granted by");
    if (grant->objtype == OBJECT_PARAMETER_ACL)
        newer_note(search, NEWER_GRANT_PARAMETER,
                   newer_span(newer_token_after(search, start_of(search),
                                                "on parameter")));
    if (grant->targtype == ACL_TARGET_DEFAULTS &&
        grant->objtype == OBJECT_LARGEOBJECT)
        newer_note_first(search, NEWER_DEFAULT_LARGE_OBJECTS, start_of(search),
                         "large objects");
}

static void in_trigger(struct newer_search *search,
                       const CreateTrigStmt *create)
{
    if (create->replace)
        newer_note(search, NEWER_REPLACE_TRIGGER,
                   newer_span(newer_token_after(search, start_of(search),
                                                "or replace")));
}

void newer_in_statement(struct newer_search *search, const Node *node)
{
    size_t start = start_of(search);

    switch (nodeTag(node)) {
    case T_IndexStmt: in_index(search); break;
    case T_CreateFunctionStmt:
        if (((const CreateFunctionStmt *)node)->sql_body)
            in_function(search);
        break;
    case T_CreateTrigStmt:
        in_trigger(search, (const CreateTrigStmt *)node);
        break;
    case T_TableLikeClause:
        newer_note_last(search, NEWER_LIKE_COMPRESSION, start,
                        "including compression");
        newer_note_last(search, NEWER_LIKE_COMPRESSION, start,
                        "excluding compression");
        break;
    case T_CreatePublicationStmt:
    case T_AlterPublicationStmt: in_publication(search); break;
    case T_ReindexStmt: in_reindex(search, (const ReindexStmt *)node); break;
    case T_ClusterStmt: in_cluster(search, (const ClusterStmt *)node); break;
    case T_VacuumStmt:
        in_options(search, ((const VacuumStmt *)node)->options, vacuum_options,
                   ((const VacuumStmt *)node)->is_vacuumcmd
                       ? "unrecognized VACUUM option"
                       : "unrecognized ANALYZE option");
        break;
    case T_ExplainStmt:
        in_options(search, ((const ExplainStmt *)node)->options,
                   explain_options, "unrecognized EXPLAIN option");
        break;
    case T_VacuumRelation:
        in_vacuum(search, (const VacuumRelation *)node);
        break;
    case T_CreateStatsStmt:
        if (!((const CreateStatsStmt *)node)->defnames)
            newer_note_last(search, NEWER_STATISTICS_NO_NAME, start,
                            "statistics on");
        break;
    case T_AlterStatsStmt:
        newer_note_last(search, NEWER_STATISTICS_DEFAULT, start,
                        "statistics default");
        break;
    case T_AlterDatabaseRefreshCollStmt:
        newer_note_first(search, NEWER_REFRESH_COLLATION, start,
                         "refresh collation");
        break;
    case T_GrantStmt: in_grant(search, (const GrantStmt *)node); break;
    case T_GrantRoleStmt:
        in_grant_of_role(search, (const GrantRoleStmt *)node);
        break;
    default: break;
    }
}
