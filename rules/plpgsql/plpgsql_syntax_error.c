/*
 * plpgsql-syntax-error: bodies that do not parse. PL/pgSQL's own compiler and
 * PostgreSQL's parser say so; what they cannot know (types, names) they do not
 * refuse with these words.
 */
#include "lint/routine_advice.h"
#include "sql/placeholder.h"

/* Other refusals are about what is not in the body: types that libpg_query
 * cannot look up, RETURN that does not suit a result. */
static bool is_about_syntax(const char *message)
{
    static const char *const beginnings[] = {
        "syntax error",
        "missing ",
        "unterminated ",
        "unexpected end of function definition",
    };
    struct slice text = slice_from(message);

    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (slice_has_prefix(text, slice_from(beginnings[i])))
            return true;
    return false;
}

static void report(struct check *check, size_t offset, const char *error,
                   const char *what)
{
    check_report(check, routine_advice_word(check, offset),
                 check->routine->node,
                 check_format(check, "%s%s does not parse: %s", what,
                              routine_advice_name(check), error),
                 NULL);
}

/* The compiler stopped at the first error; of a template nobody knows what it
 * will be. */
static void check_routine(struct check *check)
{
    const struct routine *routine = check->routine;
    const struct statement body = {
        .offset = routine->body.offset,
        .length = routine->body.text.length,
        .end = routine->body.offset + routine->body.text.length,
        .error = routine->error,
        .error_offset = routine->error_offset,
        .outcome = PARSE_FAILED,
    };

    if (is_about_syntax(routine->error) &&
        !placeholder_explains(check->text, &body))
        report(check, routine->error_offset, routine->error, "");
}

static void check_body(struct check *check)
{
    const struct routine *routine = check->routine;

    if (check->statement->is_filled)
        return;
    if (routine->error != NULL) {
        check_routine(check);
        return;
    }
    for (size_t i = 0; i < routine->queries.count; i++) {
        const struct routine_query *query = &routine->queries.items[i];
        const struct statement *statement = &query->statement;

        if (statement->outcome != PARSE_FAILED ||
            !is_about_syntax(statement->error) ||
            placeholder_explains(query->text, statement))
            continue;
        report(check, statement->error_offset, statement->error,
               query->role == QUERY_EXECUTED ? "what EXECUTE runs in " : "");
        return;
    }
}

const struct rule rule_plpgsql_syntax_error = {
    .id = "plpgsql-syntax-error",
    .family = FAMILY_PLPGSQL,
    .severity = SEVERITY_ERROR,
    .summary = "The body of a function or DO block does not parse",
    .rationale =
        "A body is a string for the parser that reads the file: its errors "
        "show when the server makes the function or runs the DO block, and "
        "refuses it with `syntax error at or near ...`. With "
        "check_function_bodies off, as in a dump, the function is made and "
        "fails at its first call.\n\n"
        "The first error of each body is reported, at the word where "
        "PostgreSQL's parser gives up. Often what is missing stands before "
        "it: a semicolon, END IF, END LOOP.\n\n"
        "Bodies in SQL and PL/pgSQL are read, and every query in them; what "
        "EXECUTE runs, if it is one string, fails when it is reached. A body "
        "that the compiler refuses for other reasons is not reported.",
    .ignore_when = "Never: the server refuses it.",
    .bad = "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE plpgsql AS "
           "$$\n"
           "BEGIN\n"
           "    IF a > 1 THEN\n"
           "        RETURN 1\n"
           "    END IF;\n"
           "    RETURN 2;\n"
           "END $$;",
    .good = "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE plpgsql AS "
            "$$\n"
            "BEGIN\n"
            "    IF a > 1 THEN\n"
            "        RETURN 1;\n"
            "    END IF;\n"
            "    RETURN 2;\n"
            "END $$;",
    .claim = CLAIM_REFUSED,
    .claim_text = "syntax error",
    .directions = RULE_UP_DOWN,
    .check_body = check_body,
};
