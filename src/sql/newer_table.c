/*
 * Newer syntax of tables: columns, constraints, ALTER TABLE. Another part of
 * newer_syntax.c.
 */
#include "sql/newer_search.h"

#include "sql/commands.h"

/* The token that says what the constraint is: CONSTRAINT name is passed
 * over. */
static struct token first_word(const struct newer_search *search,
                               struct lexer *lexer)
{
    struct token token = lexer_next_significant(lexer);

    if (newer_is_word(search, token, "constraint")) {
        lexer_next_significant(lexer);
        token = lexer_next_significant(lexer);
    }
    return token;
}

static void in_unique(struct newer_search *search, const Constraint *constraint)
{
    size_t offset = newer_offset(search, constraint->location);
    struct lexer lexer = newer_lexer(search, offset);
    struct token token;

    if (constraint->contype == CONSTR_UNIQUE) {
        first_word(search, &lexer);
        token = lexer_next_significant(&lexer);
        if (newer_is_word(search, token, "nulls"))
            newer_note(search, NEWER_NULLS_DISTINCT, newer_span(token));
    }
    if (constraint->without_overlaps)
        newer_note_first(search, NEWER_WITHOUT_OVERLAPS, offset,
                         "without overlaps");
}

static void in_foreign_key(struct newer_search *search,
                           const Constraint *constraint)
{
    size_t offset = newer_offset(search, constraint->location);

    /* Until then it was a column's name. */
    if (constraint->fk_with_period || constraint->pk_with_period)
        newer_note(search, NEWER_PERIOD,
                   newer_span(newer_token_after(search, offset, "period")));
    if (constraint->fk_del_set_cols) {
        bool is_null = constraint->fk_del_action == FKCONSTR_ACTION_SETNULL;

        newer_note(
            search, NEWER_DELETE_COLUMNS,
            newer_span(newer_token_after(search, offset,
                                         is_null ? "on delete set null"
                                                 : "on delete set default")));
    }
}

/* What is stored could be said before; what follows the parenthesis then is
 * at fault, whether VIRTUAL was said or meant. */
static void in_generated(struct newer_search *search,
                         const Constraint *constraint)
{
    struct lexer lexer =
        newer_lexer(search, newer_offset(search, constraint->location));
    struct token token;

    do
        token = lexer_next_significant(&lexer);
    while (token.kind != TOKEN_END && !token_is(search->text, token, "("));
    newer_skip_parentheses(search, &lexer);
    token = lexer_next_significant(&lexer);
    if (!newer_is_word(search, token, "stored"))
        newer_note(search, NEWER_VIRTUAL, newer_span(token));
}

/* NOT NULL c, in a list of columns, ADD of ALTER TABLE or of ALTER DOMAIN. */
static void in_not_null(struct newer_search *search,
                        const Constraint *constraint, const Node *parent)
{
    size_t offset = newer_offset(search, constraint->location);
    struct lexer lexer = newer_lexer(search, offset);
    struct token token = first_word(search, &lexer);

    switch (parent ? nodeTag(parent) : T_Invalid) {
    case T_CreateStmt:
    case T_AlterTableCmd:
        newer_note(search, NEWER_NOT_NULL_CONSTRAINT, newer_span(token));
        break;
    case T_AlterDomainStmt:
        newer_note(search, NEWER_DOMAIN_NOT_NULL, newer_span(token));
        break;
    case T_ColumnDef:
        if (!constraint->is_no_inherit)
            break;
        lexer_next_significant(&lexer);
        newer_note(search, NEWER_NOT_NULL_NO_INHERIT,
                   newer_span(lexer_next_significant(&lexer)));
        break;
    default: break;
    }
}

/* The word before is followed by a name. */
static bool wants_name(const struct newer_search *search, struct token token)
{
    return newer_is_word(search, token, "constraint") ||
           newer_is_word(search, token, "references") ||
           newer_is_word(search, token, "index") ||
           newer_is_word(search, token, "tablespace") ||
           token_is(search->text, token, ".");
}

/* After a constraint of a table: before the comma, and in no parentheses. */
static void look_for_enforced(struct newer_search *search,
                              const Constraint *constraint)
{
    struct lexer lexer =
        newer_lexer(search, newer_offset(search, constraint->location));
    struct token before = {.kind = TOKEN_END}, token;

    while (token = lexer_next_significant(&lexer),
           token.kind != TOKEN_END && !token_is(search->text, token, ",") &&
               !token_is(search->text, token, ")")) {
        if (newer_is_word(search, token, "enforced") &&
            !wants_name(search, before))
            newer_note(search, NEWER_ENFORCED, newer_span(token));
        if (token_is(search->text, token, "("))
            newer_skip_parentheses(search, &lexer);
        before = token;
    }
}

void newer_in_constraint(struct newer_search *search,
                         const Constraint *constraint, const Node *parent)
{
    bool is_of_column = parent && nodeTag(parent) == T_ColumnDef;

    switch (constraint->contype) {
    case CONSTR_PRIMARY:
    case CONSTR_UNIQUE: in_unique(search, constraint); break;
    case CONSTR_FOREIGN:
        in_foreign_key(search, constraint);
        if (!is_of_column)
            look_for_enforced(search, constraint);
        break;
    case CONSTR_CHECK:
        if (!is_of_column)
            look_for_enforced(search, constraint);
        break;
    case CONSTR_GENERATED:
        if (newer_is_unknown(search, NEWER_VIRTUAL))
            in_generated(search, constraint);
        break;
    case CONSTR_NOTNULL: in_not_null(search, constraint, parent); break;
    case CONSTR_ATTR_ENFORCED:
    case CONSTR_ATTR_NOT_ENFORCED:
        newer_note_last(search, NEWER_ENFORCED,
                        newer_offset(search, constraint->location), "enforced");
        break;
    default: break;
    }
}

void newer_in_column(struct newer_search *search, const ColumnDef *column)
{
    size_t offset = newer_offset(search, column->location);
    struct lexer lexer = newer_lexer(search, offset);

    /* The column may be called so. */
    lexer_next_significant(&lexer);
    if (column->storage_name || column->storage)
        newer_note_last(search, NEWER_STORAGE, lexer.offset, "storage");
    if (column->compression)
        newer_note_last(search, NEWER_COMPRESSION, lexer.offset, "compression");
}

static void in_alter_constraint(struct newer_search *search,
                                const ATAlterConstraint *alter, size_t offset)
{
    if (alter && alter->alterEnforceability)
        newer_note_last(search, NEWER_ENFORCED, offset, "enforced");
    else if (alter && alter->alterInheritability)
        newer_note_last(search, NEWER_ALTER_INHERIT, offset, "inherit");
}

static void in_command(struct newer_search *search,
                       const AlterTableCmd *command, size_t offset)
{
    switch (command->subtype) {
    case AT_SetStorage:
        newer_note_last(search, NEWER_STORAGE_DEFAULT, offset,
                        "storage default");
        break;
    case AT_SetStatistics:
        newer_note_last(search, NEWER_STATISTICS_DEFAULT, offset,
                        "statistics default");
        break;
    case AT_SetCompression:
        newer_note_last(search, NEWER_COMPRESSION, offset, "set compression");
        break;
    case AT_SetExpression:
        newer_note_last(search, NEWER_SET_EXPRESSION, offset, "set expression");
        break;
    case AT_SetAccessMethod:
        newer_note_last(search, NEWER_SET_ACCESS_METHOD, offset, "set access");
        newer_note_last(search, NEWER_ACCESS_METHOD_DEFAULT, offset,
                        "access method default");
        break;
    case AT_DetachPartition:
        if (((const PartitionCmd *)command->def)->concurrent)
            newer_note_last(search, NEWER_DETACH_CONCURRENTLY, offset,
                            "concurrently");
        break;
    case AT_DetachPartitionFinalize:
        newer_note_last(search, NEWER_DETACH_FINALIZE, offset, "finalize");
        break;
    case AT_AlterConstraint:
        in_alter_constraint(search, (const ATAlterConstraint *)command->def,
                            offset);
        break;
    default: break;
    }
}

void newer_in_alter_table(struct newer_search *search,
                          const AlterTableStmt *alter)
{
    struct command_words commands =
        command_words_of(search->text, search->statement, alter->relation);
    const ListCell *cell;

    foreach (cell, alter->cmds) {
        struct span words;

        if (!command_words_next(&commands, &words))
            break;
        search->part.offset = words.offset;
        search->part.length = words.length;
        in_command(search, lfirst(cell), words.offset);
    }
    search->part = *search->statement;
}
