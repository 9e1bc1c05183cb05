/*
 * function-signature-changed: CREATE OR REPLACE FUNCTION with parameters of
 * other types, which replaces nothing. Whether it made a second function is
 * seen when the step is over: what drops the old one mends it.
 */
#include "lint/overload.h"

static void check_node(struct check *check, const Node *node)
{
    const CreateFunctionStmt *create = (const CreateFunctionStmt *)node;
    if (!create->replace || walk_depth(check->walk) > 0)
        return;
    struct qualified_name name = name_from_list(create->funcname);
    const struct function *existing =
        overload_existing(check, name, create->is_procedure);
    if (existing == NULL)
        return;
    struct span span = words_find_name(check->text, check->statement,
                                       check->statement->offset, name.name);
    struct finding *finding = check_report(check, span, node, "", NULL);
    check_confirm_later(check, finding, CONFIRM_AFTER_SECTION, existing);
}

static bool confirm(struct check *check, struct finding *finding,
                    const void *subject)
{
    const struct function *existing = subject;
    const struct function *made =
        existing->object.is_dropped ? NULL : overload_made(finding, existing);
    if (made == NULL)
        return false;
    const char *old = overload_signature(check, existing);
    const char *new = overload_signature(check, made);
    const char *kind =
        made->kind == FUNCTION_PROCEDURE ? "PROCEDURE" : "FUNCTION";
    finding_restate(
        finding,
        check_format(check,
                     "CREATE OR REPLACE %s makes a second one, %s, beside %s, "
                     "which stays as it was: code that runs goes on calling "
                     "that, and calls that fit both are refused",
                     kind, new, old));
    finding_advise(finding,
                   check_format(check,
                                "-- if it is to take the place of the other, "
                                "when no code calls that any more:\n"
                                "DROP %s %s;",
                                kind, old));
    return true;
}

static const NodeTag tags[] = {T_CreateFunctionStmt, T_Invalid};

const struct rule rule_function_signature_changed = {
    .id = "function-signature-changed",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "CREATE OR REPLACE FUNCTION with other parameters replaces "
               "nothing",
    .rationale =
        "A function is known by its name and the types of its parameters. "
        "CREATE OR REPLACE with another list of them, or with one more that "
        "has a default, makes a second function; the old one stays, with its "
        "old body and its grants. Code that passes the old arguments goes on "
        "calling the old one, and a call that fits both is refused: `function "
        "is not unique`.\n\n"
        "Where that is meant, say so with plain CREATE FUNCTION. Else drop the "
        "old one when no code calls it any more; in one migration both can be "
        "done at once, and the rule is then silent.",
    .ignore_when = "Both functions are wanted.",
    .setup = "CREATE FUNCTION price(item bigint) RETURNS integer LANGUAGE sql\n"
             "    AS 'SELECT 1';",
    .bad =
        "CREATE OR REPLACE FUNCTION price(item bigint, day date DEFAULT now())\n"
        "    RETURNS integer LANGUAGE sql AS 'SELECT 2';",
    .good = "DROP FUNCTION price(bigint);\n"
            "CREATE FUNCTION price(item bigint, day date DEFAULT now())\n"
            "    RETURNS integer LANGUAGE sql AS 'SELECT 2';",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
    .confirm = confirm,
};
