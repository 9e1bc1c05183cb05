/*
 * password-in-source: a password that is written out. Sees statements about
 * roles, foreign servers, user mappings and subscriptions, and dblink's
 * functions. No message repeats what it found.
 */
#include "lint/rule.h"
#include "sql/role.h"
#include "sql/secret.h"

#include <string.h>

/* A string of the file: nothing else is written out there. */
struct literal {
    struct span words;  /* from the option's name on, where it has one */
    struct token token; /* the string itself; kind TOKEN_END: there is none */
    struct slice text;  /* between its quotes */
};

static bool is_string(struct token token)
{
    return token.kind == TOKEN_STRING || token.kind == TOKEN_DOLLAR_STRING;
}

/* Between the quotes, as it is written. */
static struct slice inside(struct slice text, struct token token)
{
    struct slice string = token_text(text, token);
    char quote = token.kind == TOKEN_STRING ? '\'' : '$';
    size_t from = 0, to = string.length;

    while (from < string.length && string.start[from] != quote)
        from++;
    while (to > from + 1 && string.start[to - 1] != quote)
        to--;
    if (token.kind == TOKEN_DOLLAR_STRING) {
        from++;
        while (from < string.length && string.start[from] != '$')
            from++;
        to--;
        while (to > from + 1 && string.start[to - 1] != '$')
            to--;
    }
    return to > from + 1 ? slice_part(string, from + 1, to - 1)
                         : (struct slice){0};
}

/* The first string from this offset on, after at most `words` words. */
static struct literal literal_at(struct check *check, size_t offset,
                                 size_t words)
{
    struct literal literal = {0};
    struct lexer lexer = lexer_of(check->text);
    struct token first, token;

    lexer.offset = offset;
    first = token = lexer_next_significant(&lexer);
    while (words-- > 0 && token.kind == TOKEN_WORD)
        token = lexer_next_significant(&lexer);
    if (!is_string(token))
        return literal;
    literal.token = token;
    literal.text = inside(check->text, token);
    literal.words = words_join((struct span){first.offset, first.length},
                               (struct span){token.offset, token.length});
    return literal;
}

static size_t offset_of(const struct check *check, ParseLoc location)
{
    return check->statement->tree_base + (size_t)location;
}

/* Reports show the line without it. */
static void conceal(struct check *check, const struct literal *literal)
{
    check_conceal(check, (struct span){
                             (size_t)(literal->text.start - check->text.start),
                             literal->text.length,
                         });
}

/* The words with the space before them. */
static struct span with_space(const struct check *check, struct span words)
{
    size_t end = words.offset + words.length;

    while (words.offset > check->statement->offset &&
           strchr(" \t\r\n", check->text.start[words.offset - 1]) != NULL)
        words.offset--;
    words.length = end - words.offset;
    return words;
}

/* The rest of the statement says the same, and psql asks for the password. */
static const char *role_help(struct check *check,
                             const struct role_change *change,
                             const struct literal *literal)
{
    struct buffer help;

    if (check->is_in_do || check->is_in_body)
        return NULL;
    buffer_init(&help, check->arena);
    if (change->is_new || list_length(change->options) > 1)
        buffer_add_format(
            &help, "%s\n",
            check_rewrite(check, with_space(check, literal->words), ""));
    buffer_add_format(&help,
                      "-- once, in psql, which asks for it and sends a hash:\n"
                      "\\password%s%s",
                      change->as_sql != NULL ? " " : "",
                      change->as_sql != NULL ? change->as_sql : "");
    return buffer_text(&help);
}

static void check_role(struct check *check, const Node *node)
{
    struct role_change change;
    const DefElem *option;
    struct literal literal;
    struct finding *finding;

    if (!role_change_of(check->arena, node, &change))
        return;
    option = role_find_option(&change, "password");
    if (option == NULL || option->arg == NULL)
        return;
    literal = literal_at(check, offset_of(check, option->location), 3);
    if (literal.words.length == 0 || secret_is_placeholder(literal.text))
        return;
    finding = check_report(
        check, literal.words, option,
        check_format(check,
                     secret_is_scram(literal.text)
                         ? "the hash of %s's password is written out: who can "
                           "read the file can guess at it as long as they like"
                         : "the password of %s is written out: who can read "
                           "the file, its history or the server's log has it",
                     change.name),
        role_help(check, &change, &literal));
    if (secret_is_scram(literal.text))
        finding_lower(finding, SEVERITY_WARNING);
    conceal(check, &literal);
}

/* psql reads the value from the environment. */
static const char *variable_help(struct check *check,
                                 const struct literal *literal,
                                 const char *variable)
{
    struct span string = {literal->token.offset, literal->token.length};

    if (check->is_in_do || check->is_in_body)
        return NULL;
    return check_format(
        check,
        "-- in psql, with DATABASE_SECRET set for it:\n"
        "\\getenv %s DATABASE_SECRET\n%s",
        variable,
        check_rewrite(check, string, check_format(check, ":'%s'", variable)));
}

static void check_options(struct check *check, const List *options,
                          const char *owner)
{
    foreach_node (DefElem, option, options) {
        struct literal literal;

        if (strcmp(option->defname, "password") != 0 ||
            option->defaction == DEFELEM_DROP || option->location < 0)
            continue;
        literal = literal_at(check, offset_of(check, option->location), 3);
        if (literal.words.length == 0 || secret_is_placeholder(literal.text))
            continue;
        check_report(check, literal.words, option,
                     check_format(check,
                                  "the password of %s is written out: who can "
                                  "read the file, its history or the server's "
                                  "log has it",
                                  owner),
                     variable_help(check, &literal, "password"));
        conceal(check, &literal);
    }
}

static void report_connection(struct check *check, const Node *node,
                              const struct literal *literal)
{
    if (literal->words.length == 0 || !secret_in_connection(literal->text))
        return;
    check_report(check,
                 (struct span){literal->token.offset, literal->token.length},
                 node,
                 "the connection's password is written out: who can read the "
                 "file, its history or the server's log has it",
                 variable_help(check, literal, "connection"));
    conceal(check, literal);
}

static void check_subscription(struct check *check, const Node *node)
{
    const struct statement *statement = check->statement;
    struct span word =
        words_find(check->text, statement, statement->offset, "CONNECTION");
    struct literal literal;

    if (word.length == 0)
        return;
    literal = literal_at(check, word.offset, 1);
    report_connection(check, node, &literal);
}

/* dblink(), dblink_connect(), dblink_exec() and so on: any string may be the
 * connection. */
static void check_call(struct check *check, const FuncCall *call)
{
    const char *name = name_from_list(call->funcname).name;

    if (name == NULL || strncmp(name, "dblink", strlen("dblink")) != 0)
        return;
    foreach_node (A_Const, argument, call->args) {
        struct literal literal;

        if (!IsA(argument, A_Const) || argument->location < 0)
            continue;
        literal = literal_at(check, offset_of(check, argument->location), 0);
        report_connection(check, (const Node *)argument, &literal);
    }
}

static void check_node(struct check *check, const Node *node)
{
    switch (nodeTag(node)) {
    case T_CreateRoleStmt:
    case T_AlterRoleStmt: check_role(check, node); break;
    case T_CreateForeignServerStmt:
        check_options(check, ((const CreateForeignServerStmt *)node)->options,
                      "the foreign server");
        break;
    case T_AlterForeignServerStmt:
        check_options(check, ((const AlterForeignServerStmt *)node)->options,
                      "the foreign server");
        break;
    case T_CreateUserMappingStmt:
        check_options(check, ((const CreateUserMappingStmt *)node)->options,
                      "the user mapping");
        break;
    case T_AlterUserMappingStmt:
        check_options(check, ((const AlterUserMappingStmt *)node)->options,
                      "the user mapping");
        break;
    case T_FuncCall: check_call(check, (const FuncCall *)node); break;
    default: check_subscription(check, node); break;
    }
}

static const NodeTag tags[] = {T_CreateRoleStmt,
                               T_AlterRoleStmt,
                               T_CreateForeignServerStmt,
                               T_AlterForeignServerStmt,
                               T_CreateUserMappingStmt,
                               T_AlterUserMappingStmt,
                               T_CreateSubscriptionStmt,
                               T_AlterSubscriptionStmt,
                               T_FuncCall,
                               T_Invalid};

const struct rule rule_password_in_source = {
    .id = "password-in-source",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_ERROR,
    .summary = "A password is written out",
    .rationale =
        "Who can read the repository has the password: everybody who ever "
        "cloned it, the CI system, its backups. Removing the line does not "
        "remove it from the history, so that it must be changed. The server "
        "sees the statement as well: with log_statement = 'ddl', or when the "
        "statement fails, the password is in its log, and pg_stat_statements "
        "keeps statements about subscriptions and user mappings.\n\n"
        "Make the role without a password and set it once by hand: psql's "
        "\\password asks for it and sends only its SCRAM hash. Or let the "
        "tool fill it in from the environment. A connection can take its "
        "password from a file (passfile, .pgpass) of the server's user.\n\n"
        "The rule knows CREATE and ALTER ROLE, USER and GROUP, options of "
        "foreign servers and user mappings, connection strings of "
        "subscriptions and dblink. It says nothing of placeholders "
        "(${PASSWORD}, {{ password }}, :'password') and of PASSWORD NULL. A "
        "SCRAM hash is a warning: it can be guessed at, but is no password; an "
        "MD5 hash is as good as one. Reports show asterisks in the password's "
        "place, those of other rules too.",
    .ignore_when =
        "The password protects nothing: a throw-away database on the "
        "developer's machine.",
    .bad = "CREATE ROLE app LOGIN PASSWORD 'correct horse';",
    .good = "CREATE ROLE app NOLOGIN PASSWORD NULL;",
    .fixed = "CREATE ROLE app LOGIN;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP_DOWN,
    .tags = tags,
    .check_node = check_node,
};
