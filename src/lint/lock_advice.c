/*
 * Pieces of messages and help about locks that several rules share. What is
 * locked locks/ knows, what the transaction holds lint/held.h; here it is put
 * into words.
 */
#include "lint/lock_advice.h"

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
    char *text =
        arena_copy(check->arena, slice_part(check->text, words.offset,
                                            words.offset + words.length));

    for (char *c = text; *c != '\0'; c++) {
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - ('a' - 'A'));
        else if (*c == '\n' || *c == '\t' || *c == '\r')
            *c = ' ';
    }
    return text;
}

const char *lock_advice_set_timeout(struct check *check,
                                    enum session_timeout timeout)
{
    const char *value = NULL;

    switch (timeout) {
    case TIMEOUT_LOCK: value = "5s"; break;
    case TIMEOUT_STATEMENT: value = "60s"; break;
    }
    return check_format(check, "SET %s%s = '%s';",
                        check->transaction_kind == TRANSACTION_NONE ? ""
                                                                    : "LOCAL ",
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
