/*
 * Parses what the schema keeps as text: bodies of functions, CHECKs, bounds.
 */
#include "locks/study.h"

#include "sql/parser.h"
#include "sql/splitter.h"

const Node *study_parse(struct study *study, const char *text)
{
    struct slice copy = arena_copy_slice(study->arena, slice_from(text));
    struct splitter splitter = splitter_of(copy, 0, copy.length);
    struct statement *statement = arena_alloc(study->arena, sizeof *statement);
    struct statement more;

    if (!splitter_next(&splitter, statement) ||
        statement->kind != STATEMENT_SQL || splitter_next(&splitter, &more))
        return NULL;
    if (!study->parser)
        study->parser = parser_new();
    if (!study->parser)
        arena_exhausted();
    parser_parse(study->parser, copy, statement, 1);
    return statement->tree;
}

const Node *study_parse_expression(struct study *study, const char *text)
{
    const SelectStmt *select = node_as(
        SelectStmt,
        study_parse(study, arena_format(study->arena, "SELECT (%s)", text)));
    const ResTarget *target;

    if (!select || list_length(select->targetList) != 1)
        return NULL;
    target = node_as(ResTarget, (Node *)linitial(select->targetList));
    return target ? target->val : NULL;
}
