/*
 * DO blocks: what makes the whole block fail. The statements in it are looked
 * at one by one by whoever shows the block.
 */
#include "locks/study.h"

#include "schema/transaction_block.h"
#include "sql/do_body.h"
#include "sql/parser.h"

/* A function cannot run what needs transactions of its own. */
static void judge_statement(struct study *study, const Node *tree)
{
    struct transaction_refusal refusal;

    if (tree && transaction_block_refuses(study->schema, study->version, tree,
                                          &refusal))
        study_fail(study, "%s cannot be executed from a function",
                   refusal.command);
}

void study_do(struct study *study, const DoStmt *statement,
              const struct locks_context *context)
{
    struct do_body body = do_body_of(study->arena, study->source->text,
                                     study->statement, statement);
    struct parser *parser = parser_new();

    if (!parser)
        arena_exhausted();
    if (body.ends_transaction && context->transaction != TRANSACTION_NONE)
        study_fail(study, "invalid transaction termination");
    parser_parse(parser, study->source->text, body.statements.items,
                 body.statements.count);
    for (size_t i = 0; i < body.statements.count; i++)
        judge_statement(study, body.statements.items[i].tree);
    parser_free(parser);
}
