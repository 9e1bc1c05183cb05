/*
 * untrusted-language: functions and DO blocks in a language that the database
 * does not fence in. Sees CREATE FUNCTION, CREATE PROCEDURE and DO.
 */
#include "lint/rule.h"
#include "sql/body.h"
#include "sql/language.h"

/* LANGUAGE and its name. */
static struct span language_words(struct check *check, const List *options)
{
    foreach_node (DefElem, option, options) {
        size_t offset = check->statement->tree_base + (size_t)option->location;
        struct lexer lexer = lexer_of(check->text);
        struct token word, name;

        if (strcmp(option->defname, "language") != 0)
            continue;
        lexer.offset = offset;
        word = lexer_next_significant(&lexer);
        name = lexer_next_significant(&lexer);
        return words_join((struct span){word.offset, word.length},
                          (struct span){name.offset, name.length});
    }
    return words_at_start(check->text, check->statement, 1);
}

static void report(struct check *check, const Node *node, const List *options,
                   const char *what)
{
    const char *language = body_language(node);
    const char *how = language_is_compiled(language)
                          ? "is compiled code that runs inside of the server, "
                            "past every privilege"
                          : "can do what the server's own user of the "
                            "operating system can: files, network, programs";

    if (!language_is_untrusted(language))
        return;
    check_report(
        check, language_words(check, options), node,
        check_format(check, "%s in language %s %s", what, language, how), NULL);
}

static void check_node(struct check *check, const Node *node)
{
    const CreateFunctionStmt *create = node_as(CreateFunctionStmt, node);
    const DoStmt *block = node_as(DoStmt, node);

    if (create != NULL)
        report(check, node, create->options,
               check_format(check, "\"%s\"",
                            name_from_list(create->funcname).name));
    else if (block != NULL)
        report(check, node, block->args, "a block");
}

static const NodeTag tags[] = {T_CreateFunctionStmt, T_DoStmt, T_Invalid};

const struct rule rule_untrusted_language = {
    .id = "untrusted-language",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_INFO,
    .summary = "Function in a language without limits",
    .rationale =
        "Functions in a trusted language (SQL, PL/pgSQL, PL/Perl, PL/Tcl, "
        "PLV8) can do nothing but what their caller, or with SECURITY DEFINER "
        "their owner, may do in the database. Those in an untrusted language "
        "(plpython3u, plperlu, pltclu, plr, plsh) can open files and "
        "connections and run programs as the server's user, for whoever calls "
        "them; those in C can do anything to the server's memory. Only "
        "superusers can make them, most hosted databases do not have these "
        "languages, and an upgrade of the operating system's interpreter "
        "changes what the functions do.\n\n"
        "Use a trusted language, or do the work outside of the database: NOTIFY "
        "or a table of tasks tell a program what is to be done.",
    .ignore_when =
        "The function is an extension's, or is meant to reach outside, and "
        "EXECUTE is granted to the roles that need it only.",
    .bad = "CREATE FUNCTION signum(double precision) RETURNS double precision\n"
           "    LANGUAGE internal IMMUTABLE STRICT AS 'dsign';",
    .good = "CREATE FUNCTION signum(double precision) RETURNS double "
            "precision\n"
            "    LANGUAGE sql IMMUTABLE STRICT AS 'SELECT sign($1)';",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
};
