/*
 * identifier-too-long: a name of more than 63 bytes in a statement that makes or
 * renames something, and which that has in the end. The parser has cut it by then:
 * the statement's text tells.
 */
#include "lint/rule.h"

#include <string.h>

/* NAMEDATALEN - 1. */
#define NAME_SIZE_MAX 63

/* How many bytes the name has that the token says; 0: it is none, or one that
 * takes more to tell. */
static size_t name_size(struct slice text, struct token token)
{
    struct slice bytes = token_text(text, token);
    size_t size = 0;

    if (token.kind == TOKEN_WORD)
        return bytes.length;
    if (token.kind != TOKEN_QUOTED_IDENTIFIER || token.unterminated ||
        bytes.start[0] != '"')
        return 0;
    for (size_t i = 1; i + 1 < bytes.length; i++, size++)
        if (bytes.start[i] == '"')
            i++;
    return size;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* What the server makes of it. */
static const char *cut_name(struct check *check, struct token token)
{
    struct slice bytes = token_text(check->text, token);
    bool is_quoted = token.kind == TOKEN_QUOTED_IDENTIFIER;
    char *name = arena_alloc(check->arena, NAME_SIZE_MAX + 2);
    size_t length = 0, at = is_quoted;

    for (; length <= NAME_SIZE_MAX && at < bytes.length; at++) {
        char byte = bytes.start[at];

        if (is_quoted && byte == '"')
            at++;
        if (!is_quoted && byte >= 'A' && byte <= 'Z')
            byte = (char)(byte + ('a' - 'A'));
        name[length++] = byte;
    }
    if (length > NAME_SIZE_MAX)
        length = NAME_SIZE_MAX;
    while (length > 0 && is_continuation(bytes.start[is_quoted + length]) &&
           is_continuation(name[length - 1]))
        length--;
    name[length] = '\0';
    return name;
}

/* The table that the statement changes; null for any other statement, and for
 * a table that is not known. */
static const struct table *find_altered(const struct check *check)
{
    const AlterTableStmt *alter =
        node_as(AlterTableStmt, check->statement->tree);
    const RenameStmt *rename = node_as(RenameStmt, check->statement->tree);
    const RangeVar *range = alter != NULL    ? alter->relation
                            : rename != NULL ? rename->relation
                                             : NULL;

    return range != NULL
               ? schema_find_table(check->schema, name_from_range_var(range))
               : NULL;
}

/* It names what is there already: that was reported where it was made. */
static bool is_reference(const struct check *check, const char *name)
{
    const struct table *table = find_altered(check);

    if (schema_find_relation(check->schema,
                             (struct qualified_name){.name = name}) != NULL)
        return true;
    return table != NULL &&
           (table_find_column(table, name) != NULL ||
            schema_find_constraint(check->schema, table, name) != NULL);
}

static bool makes_names(const Node *tree)
{
    switch (nodeTag(tree)) {
    case T_CreateStmt:
    case T_CreateTableAsStmt:
    case T_CreateForeignTableStmt:
    case T_ViewStmt:
    case T_IndexStmt:
    case T_CreateSeqStmt:
    case T_CreateSchemaStmt:
    case T_CreateFunctionStmt:
    case T_CreateTrigStmt:
    case T_CreatePolicyStmt:
    case T_CreateDomainStmt:
    case T_CreateEnumStmt:
    case T_CompositeTypeStmt:
    case T_CreateRoleStmt:
    case T_CreateStatsStmt:
    case T_RuleStmt:
    case T_AlterTableStmt:
    case T_RenameStmt: return true;
    default: return false;
    }
}

/* What got the name, to look whether it has it in the end. */
struct subject {
    const char *name;
    struct qualified_name named;     /* what the statement is about */
    const struct relation *relation; /* that got it; null: none, or not yet */
    const struct table *table;       /* of which a part got it; likewise */
};

static const RangeVar *relation_of(const Node *tree)
{
    switch (nodeTag(tree)) {
    case T_CreateStmt: return ((const CreateStmt *)tree)->relation;
    case T_CreateForeignTableStmt:
        return ((const CreateForeignTableStmt *)tree)->base.relation;
    case T_CreateTableAsStmt:
        return ((const CreateTableAsStmt *)tree)->into->rel;
    case T_ViewStmt: return ((const ViewStmt *)tree)->view;
    case T_IndexStmt: return ((const IndexStmt *)tree)->relation;
    case T_CreateSeqStmt: return ((const CreateSeqStmt *)tree)->sequence;
    case T_CreateTrigStmt: return ((const CreateTrigStmt *)tree)->relation;
    case T_CreatePolicyStmt: return ((const CreatePolicyStmt *)tree)->table;
    case T_RuleStmt: return ((const RuleStmt *)tree)->relation;
    case T_AlterTableStmt: return ((const AlterTableStmt *)tree)->relation;
    case T_RenameStmt: return ((const RenameStmt *)tree)->relation;
    default: return NULL;
    }
}

static const char *keep(struct check *check, const char *text)
{
    return text != NULL ? arena_copy(check->arena, slice_from(text)) : NULL;
}

static void confirm_later(struct check *check, struct finding *finding,
                          const char *name)
{
    const RangeVar *range = relation_of(check->statement->tree);
    struct subject *subject;

    if (range == NULL)
        return;
    subject = arena_alloc(check->arena, sizeof *subject);
    *subject = (struct subject){
        .name = name,
        .named.schema = keep(check, range->schemaname),
        .named.name = keep(check, range->relname),
    };
    check_confirm_later(check, finding, CONFIRM_AFTER_STATEMENT, subject);
}

static bool has_part(const struct table *table, const char *name)
{
    if (table_find_column(table, name) != NULL ||
        table_find_constraint(table, name) != NULL)
        return true;
    for (size_t i = 0; i < table->triggers.count; i++)
        if (!table->triggers.items[i]->object.is_dropped &&
            strcmp(table->triggers.items[i]->name, name) == 0)
            return true;
    for (size_t i = 0; i < table->policies.count; i++)
        if (!table->policies.items[i]->object.is_dropped &&
            strcmp(table->policies.items[i]->name, name) == 0)
            return true;
    return false;
}

static bool has_name(const struct check *check, const struct subject *subject)
{
    const struct relation *relation = subject->relation;

    if (relation != NULL)
        return schema_has_relation(check->schema, relation) &&
               strcmp(relation->name, subject->name) == 0;
    return schema_has_relation(check->schema, &subject->table->relation) &&
           has_part(subject->table, subject->name);
}

/* Heard if something has the name in the end. Of what is not found after the
 * statement (a function, a role) nobody knows whether it lasts. */
static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct subject *subject = closure;
    struct qualified_name name = {.schema = subject->named.schema,
                                  .name = subject->name};
    struct subject *found;

    if (subject->relation != NULL || subject->table != NULL)
        return has_name(check, subject);
    found = arena_alloc(check->arena, sizeof *found);
    *found = *subject;
    found->relation = schema_find_relation(check->schema, name);
    found->table = schema_find_table(check->schema, subject->named);
    if (found->relation != NULL || found->table != NULL)
        check_confirm_later(check, finding, CONFIRM_AFTER_HISTORY, found);
    return true;
}

static void report(struct check *check, struct token token, size_t size)
{
    const char *name = cut_name(check, token);
    struct span words = {token.offset, token.length};
    struct finding *finding;

    if (is_reference(check, name))
        return;
    finding = check_report(
        check, words, NULL,
        check_format(check,
                     "this name has %zu bytes, of which the server keeps %d: "
                     "it is called \"%s\", and another one that begins so "
                     "cannot be told from it",
                     size, NAME_SIZE_MAX, name),
        check_format(check, "%s -- is what it is called; better a shorter name",
                     check_quote(check, name)));
    confirm_later(check, finding, name);
}

static void check_statement(struct check *check)
{
    const struct statement *statement = check->statement;
    struct lexer lexer;
    struct token token;

    if (statement->tree == NULL || !statement->has_long_name ||
        !makes_names(statement->tree))
        return;
    lexer = lexer_of(
        slice_part(check->text, 0, statement->offset + statement->length));
    lexer.offset = statement->offset;
    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer)) {
        size_t size =
            token.length > NAME_SIZE_MAX ? name_size(check->text, token) : 0;

        if (size > NAME_SIZE_MAX)
            report(check, token, size);
    }
}

const struct rule rule_identifier_too_long = {
    .id = "identifier-too-long",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_WARNING,
    .summary = "The server cuts a name of more than 63 bytes",
    .rationale =
        "A name has at most 63 bytes. The server cuts a longer one and says so "
        "in a notice that no migration tool shows. Two indexes or constraints "
        "whose names differ only after that have the same name: the second is "
        "refused with `relation already exists` or, with IF NOT EXISTS, never "
        "made. Code that looks a constraint up by the name in an error, and "
        "tools that compare catalogs with what they declared, do not find "
        "it.\n\n"
        "Letters outside of ASCII take two to four bytes.",
    .ignore_when = "Nobody refers to the name, and no other one begins so.",
    .setup = "CREATE TABLE subscriptions (id bigint PRIMARY KEY, a bigint, b "
             "bigint);",
    .bad =
        "CREATE INDEX "
        "subscriptions_that_are_due_for_renewal_by_the_account_and_product_a\n"
        "    ON subscriptions (a);\n"
        "CREATE INDEX "
        "subscriptions_that_are_due_for_renewal_by_the_account_and_product_b\n"
        "    ON subscriptions (b);",
    .good = "CREATE INDEX subscriptions_due_by_account ON subscriptions (a);\n"
            "CREATE INDEX subscriptions_due_by_product ON subscriptions (b);",
    .claim = CLAIM_REFUSED,
    .claim_text = "already exists",
    .directions = RULE_UP,
    .check_statement = check_statement,
    .confirm = confirm,
};
