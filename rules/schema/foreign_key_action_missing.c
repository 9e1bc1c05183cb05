/*
 * foreign-key-action-missing: a foreign key without ON DELETE. NO ACTION that
 * is written out is a decision, and looks the same in the tree: the words tell.
 */
#include "lint/advice.h"

#include <string.h>

/* Where the key was found, and then the key itself. */
struct subject {
    struct qualified_name table;
    const struct source *source;
    size_t offset;
    const struct constraint *key; /* null: the statement is to make it yet */
};

/* From the constraint's first word to the comma or parenthesis that ends it, or
 * to the next REFERENCES. */
static bool has_delete_action(const struct check *check,
                              const Constraint *constraint)
{
    struct lexer lexer = lexer_of(slice_part(
        check->text, 0, check->statement->offset + check->statement->length));
    struct token token;
    size_t depth = 0;

    lexer.offset =
        check->statement->tree_base + (size_t)constraint->pktable->location;
    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer)) {
        if (token_is(check->text, token, "("))
            depth++;
        else if (depth == 0 &&
                 (token_is(check->text, token, ")") ||
                  token_is(check->text, token, ",") ||
                  token_is_word(check->text, token, "references")))
            return false;
        else if (depth > 0 && token_is(check->text, token, ")"))
            depth--;
        else if (token_is_word(check->text, token, "delete"))
            return true;
    }
    return false;
}

/* The table that gets the key. */
static const RangeVar *table_of(const struct check *check)
{
    const Node *tree = check->statement->tree;

    if (nodeTag(tree) == T_CreateStmt)
        return ((const CreateStmt *)tree)->relation;
    if (nodeTag(tree) == T_AlterTableStmt)
        return ((const AlterTableStmt *)tree)->relation;
    return NULL;
}

static void check_constraint(struct check *check, const Node *node)
{
    const Constraint *constraint = (const Constraint *)node;
    const RangeVar *table = table_of(check);
    struct subject *subject;
    struct finding *finding;
    struct span words;

    if (constraint->contype != CONSTR_FOREIGN || table == NULL ||
        constraint->fk_del_action != FKCONSTR_ACTION_NOACTION ||
        table->relpersistence == RELPERSISTENCE_TEMP ||
        has_delete_action(check, constraint))
        return;
    words = words_join(
        words_at(check->text, check->statement,
                 check->statement->tree_base + (size_t)constraint->location),
        words_of_name_at(check->text, check->statement,
                         check->statement->tree_base +
                             (size_t)constraint->pktable->location));
    finding = check_report(
        check, words, constraint,
        check_format(
            check,
            "nobody says what becomes of rows of %s when the row of "
            "%s that they reference is deleted: the DELETE fails",
            advice_name(check, name_from_range_var(table)),
            advice_name(check, name_from_range_var(constraint->pktable))),
        "ON DELETE CASCADE -- they go along; or SET NULL, or RESTRICT, or NO "
        "ACTION where it shall fail");
    subject = arena_alloc(check->arena, sizeof *subject);
    subject->key = NULL;
    subject->table.schema =
        table->schemaname != NULL
            ? arena_copy(check->arena, slice_from(table->schemaname))
            : NULL;
    subject->table.name = arena_copy(check->arena, slice_from(table->relname));
    subject->source = check->source;
    subject->offset = words.offset;
    check_confirm_later(check, finding, CONFIRM_AFTER_STATEMENT, subject);
}

static const struct constraint *find_key(const struct check *check,
                                         const struct subject *subject)
{
    const struct table *table =
        schema_find_table(check->schema, subject->table);

    for (size_t i = 0; table != NULL && i < table->constraints.count; i++) {
        const struct constraint *key = table->constraints.items[i];

        if (key->type == CONSTRAINT_FOREIGN_KEY && !key->object.is_dropped &&
            key->made_at.source == subject->source &&
            key->made_at.span.offset == subject->offset)
            return key;
    }
    return NULL;
}

static bool is_there(const struct check *check, const struct constraint *key)
{
    const struct constraint_array *keys = &key->table->constraints;

    for (size_t i = 0; i < keys->count; i++)
        if (keys->items[i] == key)
            return !key->object.is_dropped &&
                   schema_has_relation(check->schema, &key->table->relation);
    return false;
}

/* Heard if the key is there in the end, whatever it and its table are called. */
static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct subject *subject = closure;
    struct subject *found;

    if (subject->key != NULL)
        return is_there(check, subject->key);
    found = arena_alloc(check->arena, sizeof *found);
    *found = (struct subject){.key = find_key(check, subject)};
    if (found->key == NULL)
        return false;
    check_confirm_later(check, finding, CONFIRM_AFTER_HISTORY, found);
    return true;
}

static const NodeTag tags[] = {T_Constraint, T_Invalid};

const struct rule rule_foreign_key_action_missing = {
    .id = "foreign-key-action-missing",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_OFF,
    .summary = "A foreign key does not say what happens ON DELETE",
    .rationale =
        "A foreign key without ON DELETE means NO ACTION: a row that others "
        "reference cannot be deleted, `update or delete on table ... violates "
        "foreign key constraint`. Whether that is meant, or nobody thought of "
        "deletion, cannot be told, and the first to find out is who deletes "
        "an account in production.\n\n"
        "Write what is meant: CASCADE for rows that are part of the other, SET "
        "NULL for a mere mention, RESTRICT or NO ACTION for what must not be "
        "deleted under it. NO ACTION that is written out is no finding.",
    .ignore_when = "Rows of the referenced table are never deleted.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY);\n"
             "INSERT INTO users VALUES (1);",
    .bad = "CREATE TABLE orders (id bigint PRIMARY KEY,\n"
           "    user_id bigint REFERENCES users);\n"
           "CREATE INDEX ON orders (user_id);\n"
           "INSERT INTO orders VALUES (1, 1);\n"
           "DELETE FROM users WHERE id = 1;",
    .good = "CREATE TABLE orders (id bigint PRIMARY KEY,\n"
            "    user_id bigint REFERENCES users ON DELETE CASCADE);\n"
            "CREATE INDEX ON orders (user_id);\n"
            "INSERT INTO orders VALUES (1, 1);\n"
            "DELETE FROM users WHERE id = 1;",
    .claim = CLAIM_REFUSED,
    .claim_text = "violates foreign key constraint",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_constraint,
    .confirm = confirm,
};
