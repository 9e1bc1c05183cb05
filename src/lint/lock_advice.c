/*
 * Pieces of messages and help about locks that several rules share. What is
 * locked locks/ knows, what the transaction holds lint/held.h; here it is put
 * into words.
 */
#include "lint/lock_advice.h"

#include "lint/advice.h"
#include "sql/lexer.h"

#include <string.h>

const char *lock_advice_blocked(enum lock_mode mode)
{
    return mode == LOCK_ACCESS_EXCLUSIVE ? "reads and writes" : "writes";
}

const char *lock_advice_name(struct check *check, const char *schema,
                             const char *name)
{
    struct qualified_name qualified = {.name = name};

    if (strcmp(schema, "public") != 0)
        qualified.schema = schema;
    return advice_name(check, qualified);
}

bool lock_advice_is_table(enum relation_kind kind)
{
    return kind == RELATION_TABLE || kind == RELATION_PARTITIONED_TABLE ||
           kind == RELATION_MATERIALIZED_VIEW;
}

static bool is_taken_now(struct check *check, const struct lock *lock,
                         enum lock_mode least)
{
    const struct held_lock *held;

    if (lock->mode < least || !lock_advice_is_table(lock->kind) ||
        relation_is_new(check->schema, lock->relation))
        return false;
    held = held_find_lock(check_held(check), lock);
    return held == NULL || held->mode < lock->mode;
}

const struct lock *lock_advice_strongest(struct check *check,
                                         enum lock_mode least)
{
    const struct lock_array *locks;
    const struct lock *strongest = NULL;

    if (check->statement->tree == NULL ||
        locks_are_light(check->schema, check->statement->tree))
        return NULL;
    locks = &check_effects(check)->locks;
    for (size_t i = 0; i < locks->count; i++) {
        const struct lock *lock = &locks->items[i];

        if (is_taken_now(check, lock, least) &&
            (strongest == NULL || lock->mode > strongest->mode))
            strongest = lock;
    }
    return strongest;
}

const struct lock *lock_advice_on(struct check *check,
                                  struct qualified_name name)
{
    const struct lock_array *locks = &check_effects(check)->locks;
    const struct relation *relation = schema_find_relation(check->schema, name);

    for (size_t i = 0; i < locks->count; i++) {
        const struct lock *lock = &locks->items[i];

        if (relation != NULL ? lock->relation == relation
                             : strcmp(lock->name, name.name) == 0 &&
                                   (name.schema == NULL ||
                                    strcmp(lock->schema, name.schema) == 0))
            return lock;
    }
    return NULL;
}

/* The words before the first that is no keyword of a command. */
static bool is_command_word(struct slice text, struct token token)
{
    static const char *const words[] = {
        "ALTER",   "CLUSTER",  "CONSTRAINT", "CREATE", "DOMAIN", "DROP",
        "FOREIGN", "FULL",     "INDEX",      "LOCK",   "OR",     "POLICY",
        "REFRESH", "REINDEX",  "REPLACE",    "RULE",   "SCHEMA", "TABLE",
        "TRIGGER", "TRUNCATE", "UNIQUE",     "VACUUM", "VIEW",   "MATERIALIZED",
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (token_is_word(text, token, words[i]))
            return true;
    }
    return false;
}

struct span lock_advice_command(const struct check *check)
{
    struct span words = words_at_start(check->text, check->statement, 1);
    struct lexer lexer = lexer_of(check->text);

    lexer.offset = words.offset + words.length;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);

        if (token.kind == TOKEN_END || !is_command_word(check->text, token))
            return words;
        words = words_join(words, (struct span){token.offset, token.length});
    }
}

const char *lock_advice_command_text(struct check *check)
{
    struct span words = lock_advice_command(check);
    size_t end = words.offset + words.length;
    struct lexer lexer = lexer_of(slice_part(check->text, 0, end));
    struct buffer command;
    struct token token;

    buffer_init(&command, check->arena);
    lexer.offset = words.offset;
    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer))
        buffer_add_format(&command, "%s%.*s", command.length > 0 ? " " : "",
                          (int)token.length, check->text.start + token.offset);
    for (char *c = command.text; c != NULL && *c != '\0'; c++) {
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - ('a' - 'A'));
    }
    return buffer_text(&command);
}

const char *lock_advice_set_timeout(struct check *check,
                                    enum session_timeout timeout)
{
    const char *value = NULL;

    switch (timeout) {
    case TIMEOUT_LOCK: value = "5s"; break;
    case TIMEOUT_STATEMENT: value = "60s"; break;
    }
    return check_format(
        check, "SET %s%s = '%s';",
        advice_transaction_kind(check) == TRANSACTION_NONE ? "" : "LOCAL ",
        session_timeout_name(timeout), value);
}

const struct lock *lock_advice_without_timeout(struct check *check,
                                               enum session_timeout timeout)
{
    if (check_runner_sets_timeouts(check) ||
        schema_has_timeout(check->schema, timeout) ||
        check_held(check)->is_without_timeout[timeout])
        return NULL;
    return lock_advice_strongest(check, LOCK_SHARE);
}
