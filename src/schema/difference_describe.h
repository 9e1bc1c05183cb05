/*
 * What the files that describe objects for difference.c have of one another.
 * Each function fills the item as far as item->depth says; false for what is
 * not compared.
 */
#ifndef SCHEMA_DIFFERENCE_DESCRIBE_H
#define SCHEMA_DIFFERENCE_DESCRIBE_H

#include "schema/difference_item.h"

bool describe_relation(struct arena *arena, const struct relation *relation,
                       struct item *item);
bool describe_type(struct arena *arena, const struct type *type,
                   struct item *item);
bool describe_function(struct arena *arena, const struct function *function,
                       struct item *item);

/* Of a table or a domain. */
bool describe_part(struct arena *arena, const struct object *object,
                   struct item *item);

void describe_trigger(struct arena *arena, const struct trigger *trigger,
                      struct item *item);
void describe_policy(struct arena *arena, const struct policy *policy,
                     struct item *item);
void describe_rule(struct arena *arena, const struct rewrite_rule *rule,
                   struct item *item);
void describe_statistics(struct arena *arena,
                         const struct statistics *statistics,
                         struct item *item);

/* SQL or other words of an item; null while it is not to be written. */
const char *item_format(struct arena *arena, const struct item *item,
                        const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A comment that says so: where no more is known than which statement made it. */
const char *item_make_again(struct arena *arena, const struct item *item);

/* What makes it, as it was; a comment where that is not known. */
const char *item_create(struct arena *arena, const struct item *item);

/* All that makes it, said of it: whatever else differs shows there. To be the
 * last trait. */
void item_add_statement(struct item *item, const char *key, const char *mend);

/* CREATE OR REPLACE, where it can be; null while it is not to be written. */
const char *item_replace(struct arena *arena, const struct item *item);

/* SQL that drops and renames what has this kind's words and is called so. */
void item_write_statements(struct arena *arena, struct item *item,
                           const char *words);

/* Fills the next trait; null keys and texts may stand for what is not known. */
struct trait *item_add_trait(struct item *item, const char *key,
                             const char *shown, const char *mend);

/* The same of something that it has: "has ..., had ...". */
struct trait *item_add_had_trait(struct item *item, const char *key,
                                 const char *shown, const char *mend);

#endif
