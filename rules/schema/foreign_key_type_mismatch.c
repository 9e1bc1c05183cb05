/*
 * foreign-key-type-mismatch: a foreign key's columns have other types than those
 * that they reference, at the end of the history. What cannot be compared at
 * all the server refuses, and statement-would-fail says so.
 */
#include "lint/typed_columns.h"

#include <string.h>

/* The type below its domains. */
static const struct type *base_of(const struct column *column)
{
    const struct type *type = column->data_type.type;

    while (type != NULL && type->kind == TYPE_DOMAIN)
        type = type->base.type;
    return type;
}

/* text and varchar are the same to an index: no cast, no other operator. */
static bool is_text(const struct type *type)
{
    return type_oid(type) == TEXTOID || type_oid(type) == VARCHAROID;
}

static bool differ(const struct type *a, const struct type *b)
{
    return a != NULL && b != NULL && a != b && !(is_text(a) && is_text(b));
}

/* Of integers: how many bytes; 0 for any other type. */
static int width_of(const struct type *type)
{
    switch (type_oid(type)) {
    case INT2OID: return 2;
    case INT4OID: return 4;
    case INT8OID: return 8;
    default: return 0;
    }
}

static const char *greatest(int width)
{
    return width == 2 ? "32767" : "2147483647";
}

static const char *type_text(struct check *check, const struct column *column)
{
    return advice_type(check, column->data_type);
}

static const char *message_text(struct check *check,
                                const struct column *referencing,
                                const struct column *referenced)
{
    int from = width_of(base_of(referencing));
    int to = width_of(base_of(referenced));
    const char *name =
        advice_relation_name(check, &referenced->table->relation);
    const char *text = check_format(
        check, "\"%s\" is %s and references \"%s\" of %s, which is %s",
        referencing->name, type_text(check, referencing), referenced->name,
        name, type_text(check, referenced));

    if (from > 0 && from < to)
        return check_format(check,
                            "%s: rows of %s beyond %s cannot be referenced",
                            text, name, greatest(from));
    if (from > 0 && to > 0)
        return check_format(check, "%s: no value beyond %s is ever found", text,
                            greatest(to));
    return check_format(
        check, "%s: every check and join casts one to the other", text);
}

/* The wider integer, or what is referenced. */
static const char *help_text(struct check *check,
                             const struct column *referencing,
                             const struct column *referenced)
{
    bool is_wider =
        width_of(base_of(referencing)) > width_of(base_of(referenced)) &&
        width_of(base_of(referenced)) > 0;
    const struct column *changed = is_wider ? referenced : referencing;
    const struct column *like = is_wider ? referencing : referenced;
    struct typed_column typed = {.table = changed->table, .column = changed};

    return typed_column_help(check, &typed,
                             &(struct retyping){.type = type_text(check, like),
                                                .cost = "writes every row "
                                                        "anew"});
}

static void judge(struct check *check, const struct constraint *key)
{
    for (size_t i = 0; i < key->referenced_columns.count; i++) {
        const struct column *referencing = key->columns.items[i];
        const struct column *referenced = key->referenced_columns.items[i];
        struct finding *finding;

        if (!differ(base_of(referencing), base_of(referenced)))
            continue;
        finding = check_report_at(check, key->made_at, key,
                                  message_text(check, referencing, referenced),
                                  help_text(check, referencing, referenced));
        finding_note(check, finding, referenced->made_at,
                     "the referenced column is made here");
    }
}

/* Those of partitions, and the parts for partitions, are their whole's. */
static bool is_judged(const struct constraint *key)
{
    return key->type == CONSTRAINT_FOREIGN_KEY && !key->object.is_dropped &&
           key->inherited_from == NULL && key->made_at.source != NULL &&
           key->referenced_columns.count == key->columns.count;
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = tables->items[i];

        if (!typed_columns_is_kept(table))
            continue;
        for (size_t j = 0; j < table->constraints.count; j++)
            if (is_judged(table->constraints.items[j]))
                judge(check, table->constraints.items[j]);
    }
}

const struct rule rule_foreign_key_type_mismatch = {
    .id = "foreign-key-type-mismatch",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_WARNING,
    .summary = "A foreign key's columns have other types than the referenced",
    .rationale =
        "The server accepts a foreign key between columns of different types "
        "if one can be compared with the other. An integer column that "
        "references a bigint key works until the key passes 2147483647: from "
        "then on no row can reference the new ones, and INSERT fails with "
        "`integer out of range`. It is the usual trace of a key that was made "
        "bigint and of references that were forgotten. Between integer and "
        "numeric each check casts, and an index on the other side may be of "
        "no use.\n\n"
        "Give both the same type: the wider one.\n\n"
        "A domain counts as what it is made of, and varchar as text. Lengths "
        "are not compared.",
    .ignore_when = "The key is about to become as narrow as the reference, or "
                   "the change of type is under way.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY);\n"
             "INSERT INTO users VALUES (3000000000);",
    .bad = "CREATE TABLE orders (id bigint PRIMARY KEY,\n"
           "    user_id integer REFERENCES users);\n"
           "CREATE INDEX ON orders (user_id);\n"
           "INSERT INTO orders VALUES (1, 3000000000);",
    .good = "CREATE TABLE orders (id bigint PRIMARY KEY,\n"
            "    user_id bigint REFERENCES users);\n"
            "CREATE INDEX ON orders (user_id);\n"
            "INSERT INTO orders VALUES (1, 3000000000);",
    .claim = CLAIM_REFUSED,
    .claim_text = "integer out of range",
    .directions = RULE_UP,
    .finish = finish,
};
