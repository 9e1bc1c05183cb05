/*
 * index-dropped-before-replacement: an index is dropped, and one that leads
 * with the same columns is built later in the section. Remembers what the
 * section drops, with the schema before it, and compares what it then builds.
 */
#include "lint/advice.h"

#include <string.h>

/* A column that an index uses, with its type at that time. */
struct used {
    const struct column *column;
    const struct type *type;
};

struct used_array ARRAY(struct used);

/* An index that the section has dropped. */
struct dropped {
    const struct index *index;
    struct used_array used;
    struct place place;
    bool is_in_transaction;
    size_t transaction;
    bool is_replaced; /* said already */
};

struct dropped_array ARRAY(struct dropped);

/* More in one section are not compared. */
#define DROPPED_MAX 64

static struct dropped_array *memory(struct check *check)
{
    return check_section_memory(check, sizeof(struct dropped_array));
}

static void note_used(struct check *check, struct dropped *dropped,
                      const struct column *column)
{
    if (column != NULL)
        *array_push(check_section_arena(check), &dropped->used) =
            (struct used){column, column->data_type.type};
}

static void note_columns(struct check *check, struct dropped *dropped)
{
    const struct index *index = dropped->index;
    for (size_t i = 0; i < index->column_count; i++)
        note_used(check, dropped, index->columns[i].column);
    for (size_t i = 0; i < index->include.count; i++)
        note_used(check, dropped, index->include.items[i]);
    for (size_t i = 0; i < index->reads.count; i++)
        note_used(check, dropped, index->reads.items[i]);
}

/* An expression of the index may not fit the column's new type: then it had to
 * go before. */
static bool had_to_go(const struct dropped *dropped)
{
    for (size_t i = 0; i < dropped->used.count; i++) {
        const struct used *used = &dropped->used.items[i];
        if (used->column->object.is_dropped ||
            used->column->data_type.type != used->type)
            return true;
    }
    return false;
}

static void note(struct check *check, const struct index *index,
                 struct span words)
{
    struct dropped_array *all = memory(check);
    if (index->table == NULL || index->relation.object.is_dropped ||
        relation_is_new(check->schema, &index->table->relation) ||
        relation_is_new(check->schema, &index->relation) || !index->is_valid ||
        all->count == DROPPED_MAX)
        return;
    struct dropped *dropped = array_push(check_section_arena(check), all);
    *dropped = (struct dropped){
        .index = index,
        .place = {check->source, words, 0},
        .is_in_transaction = check->transaction_kind != TRANSACTION_NONE,
        .transaction = check->transaction->number,
    };
    note_columns(check, dropped);
}

static void note_drop(struct check *check, const DropStmt *drop)
{
    size_t offset = check->statement->offset;
    if (drop->removeType != OBJECT_INDEX)
        return;
    foreach_node (List, object, drop->objects) {
        struct qualified_name name = name_from_list(object);
        const struct index *index = schema_find_index(check->schema, name);
        struct span words =
            words_find_name(check->text, check->statement, offset, name.name);
        if (index != NULL)
            note(check, index, words);
        if (words.length > 0)
            offset = words.offset + words.length;
    }
}

/* DROP CONSTRAINT drops the constraint's index. */
static void note_alter(struct check *check, const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds) {
        if (action->subtype != AT_DropConstraint)
            continue;
        const struct table *table = schema_find_table(
            check->schema, name_from_range_var(alter->relation));
        const struct constraint *constraint =
            table != NULL ? table_find_constraint(table, action->name) : NULL;
        if (constraint != NULL && constraint->index != NULL &&
            constraint->type != CONSTRAINT_FOREIGN_KEY)
            note(check, constraint->index,
                 words_find(check->text, check->statement,
                            check->statement->offset, "DROP CONSTRAINT"));
    }
}

/* What CREATE INDEX or ADD CONSTRAINT builds. */
struct built {
    const struct table *table;
    struct qualified_name table_name;
    const List *elements;         /* IndexElem, or String */
    const IndexStmt *index;       /* null: ADD CONSTRAINT */
    const Constraint *constraint; /* null: CREATE INDEX */
    struct span words;
    const Node *node;
};

/* The column's name; null for an expression. */
static const char *element_name(const Node *element)
{
    const IndexElem *index = node_as(IndexElem, element);
    return index != NULL ? index->name : name_from_string(element);
}

/* The one leads with the columns of the other. */
static bool leads_alike(const struct built *built, const struct index *index)
{
    size_t count = (size_t)list_length(built->elements);
    if (index->column_count < count)
        count = index->column_count;
    for (size_t i = 0; i < count; i++) {
        const struct column *column = index->columns[i].column;
        const char *name = element_name(list_nth(built->elements, (int)i));
        if (column == NULL || name == NULL || strcmp(name, column->name) != 0)
            return false;
    }
    return count > 0;
}

/* The name that the new one has, or may have while the old one is there. */
static const char *new_name(struct check *check, const struct built *built,
                            const struct index *old)
{
    const char *given = built->index != NULL ? built->index->idxname
                                             : built->constraint->conname;
    if (given != NULL && strcmp(given, old->relation.name) != 0)
        return given;
    return advice_free_name(check, built->table_name, built->table,
                            old->columns[0].name, "new");
}

/* CREATE INDEX as it was written, but CONCURRENTLY and under that name. */
static void add_index(struct check *check, struct buffer *help,
                      const struct built *built, const char *name)
{
    const struct statement *statement = check->statement;
    struct span index =
        words_find(check->text, statement, statement->offset, "INDEX");
    struct span old = {0, 0};
    if (built->index->idxname != NULL)
        old =
            words_find_name(check->text, statement, index.offset + index.length,
                            built->index->idxname);
    bool is_partitioned =
        built->table->relation.kind == RELATION_PARTITIONED_TABLE;
    const char *word = built->index->concurrent || is_partitioned
                           ? "INDEX"
                           : "INDEX CONCURRENTLY";
    struct edit edits[] = {
        {index, word},
        {old, check_quote(check, name)},
    };
    writer_add_edited(help, check->text, words_of_statement(statement), edits,
                      old.length > 0 ? 2 : 1);
    buffer_add_text(help, ";\n");
}

/* ADD CONSTRAINT by way of an index that is built before. */
static void add_constraint(struct check *check, struct buffer *help,
                           const struct built *built, const char *name,
                           const struct index *old)
{
    const Constraint *constraint = built->constraint;
    const char *table = check_quote_name(check, built->table_name);
    const char *given =
        constraint->conname != NULL ? constraint->conname : old->relation.name;
    buffer_add_format(help, "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s (",
                      check_quote(check, name), table);
    writer_add_names(help, constraint->keys);
    buffer_add_format(help, ");\nALTER TABLE %s ", table);
    if (old->constraint != NULL)
        buffer_add_format(help, "DROP CONSTRAINT %s, ",
                          check_quote(check, old->constraint->name));
    buffer_add_format(help, "ADD CONSTRAINT %s %s USING INDEX %s;\n",
                      check_quote(check, given),
                      constraint->contype == CONSTR_PRIMARY ? "PRIMARY KEY"
                                                            : "UNIQUE",
                      check_quote(check, name));
}

static const char *help_text(struct check *check, const struct built *built,
                             const struct dropped *dropped)
{
    const struct index *old = dropped->index;
    const char *name = new_name(check, built, old);
    const char *old_sql = advice_relation_sql(check, &old->relation);
    struct qualified_name renamed = built->table_name;
    struct buffer help;
    buffer_init(&help, check->arena);
    buffer_add_text(&help, "-- the new one first:\n");
    if (built->index != NULL)
        add_index(check, &help, built, name);
    else
        add_constraint(check, &help, built, name, old);
    if (built->index != NULL && old->constraint != NULL)
        buffer_add_format(&help, "ALTER TABLE %s DROP CONSTRAINT %s;\n",
                          check_quote_name(check, built->table_name),
                          check_quote(check, old->constraint->name));
    else if (old->constraint == NULL)
        buffer_add_format(&help, "DROP INDEX %s%s;\n",
                          old->table->relation.kind ==
                                  RELATION_PARTITIONED_TABLE
                              ? ""
                              : "CONCURRENTLY ",
                          old_sql);
    renamed.name = name;
    if (built->index != NULL && built->index->idxname != NULL &&
        strcmp(built->index->idxname, name) != 0)
        buffer_add_format(&help, "ALTER INDEX %s RENAME TO %s;\n",
                          check_quote_name(check, renamed),
                          check_quote(check, built->index->idxname));
    advice_text(&help);
    advice_add_outside_transaction(check, &help, true);
    return buffer_text(&help);
}

static void report(struct check *check, const struct built *built,
                   const struct dropped *dropped)
{
    const struct index *old = dropped->index;
    const char *table = advice_relation_name(check, &old->table->relation);
    bool is_same = dropped->is_in_transaction &&
                   dropped->transaction == check->transaction->number;
    struct finding *finding = check_report_at(
        check, dropped->place, old,
        is_same ? check_format(check,
                               "dropping \"%s\" blocks all use of %s until its "
                               "replacement is built and the transaction ends",
                               old->relation.name, table)
                : check_format(check,
                               "queries that use \"%s\" read all of %s until "
                               "its replacement is built",
                               old->relation.name, table),
        help_text(check, built, dropped));
    struct place place = {check->source, built->words, 0};
    finding_note(check, finding, place, "the replacement is built here");
}

/* The lock of one DROP is the lock of all in its transaction. */
static bool is_said(const struct dropped_array *all,
                    const struct dropped *dropped)
{
    for (size_t i = 0; i < all->count; i++) {
        const struct dropped *other = &all->items[i];
        if (other != dropped && other->is_replaced &&
            other->is_in_transaction && dropped->is_in_transaction &&
            other->transaction == dropped->transaction &&
            other->index->table == dropped->index->table)
            return true;
    }
    return false;
}

static void compare(struct check *check, const struct built *built)
{
    struct dropped_array *all = memory(check);
    for (size_t i = 0; i < all->count; i++) {
        struct dropped *dropped = &all->items[i];
        if (!dropped->is_replaced && dropped->index->table == built->table &&
            dropped->place.span.offset < check->statement->offset &&
            leads_alike(built, dropped->index)) {
            dropped->is_replaced = true;
            if (!had_to_go(dropped) && !is_said(all, dropped))
                report(check, built, dropped);
            return;
        }
    }
}

static void check_index(struct check *check, const IndexStmt *index)
{
    struct built built = {
        .table_name = name_from_range_var(index->relation),
        .elements = index->indexParams,
        .index = index,
        .node = (const Node *)index,
        .words = words_of_statement(check->statement),
    };
    if (memory(check)->count == 0)
        return;
    built.table = schema_find_table(check->schema, built.table_name);
    if (built.table != NULL)
        compare(check, &built);
}

static void check_alter(struct check *check, const AlterTableStmt *alter)
{
    struct qualified_name name = name_from_range_var(alter->relation);
    foreach_node (AlterTableCmd, action, alter->cmds) {
        const Constraint *constraint = node_as(Constraint, action->def);
        if (action->subtype != AT_AddConstraint || constraint == NULL ||
            (constraint->contype != CONSTR_UNIQUE &&
             constraint->contype != CONSTR_PRIMARY) ||
            constraint->indexname != NULL || memory(check)->count == 0)
            continue;
        struct built built = {
            .table = schema_find_table(check->schema, name),
            .table_name = name,
            .elements = constraint->keys,
            .constraint = constraint,
            .node = (const Node *)action,
            .words = words_of_statement(check->statement),
        };
        if (built.table != NULL)
            compare(check, &built);
    }
}

static void check_node(struct check *check, const Node *node)
{
    if (walk_depth(check->walk) > 0)
        return;
    if (IsA(node, DropStmt)) {
        note_drop(check, (const DropStmt *)node);
    } else if (IsA(node, IndexStmt)) {
        check_index(check, (const IndexStmt *)node);
    } else {
        /* One ALTER TABLE does both in one step. */
        check_alter(check, (const AlterTableStmt *)node);
        note_alter(check, (const AlterTableStmt *)node);
    }
}

static const NodeTag tags[] = {T_DropStmt, T_IndexStmt, T_AlterTableStmt,
                               T_Invalid};

const struct rule rule_index_dropped_before_replacement = {
    .id = "index-dropped-before-replacement",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_WARNING,
    .summary = "An index is dropped before the one that replaces it is built",
    .rationale =
        "Between the DROP of an index and the end of the build of the one that "
        "replaces it, queries that need it read the whole table; on a busy "
        "server that is an outage for as long as the build takes, and it lasts "
        "if the build fails. In one transaction it is worse: DROP INDEX takes "
        "ACCESS EXCLUSIVE on the table, and nobody reads or writes it until "
        "the new index is built and the transaction commits.\n\n"
        "Build the new index first, under another name, with CREATE INDEX "
        "CONCURRENTLY; then drop the old one, CONCURRENTLY too, and rename the "
        "new one if its name matters. A constraint takes the new index with "
        "ADD CONSTRAINT ... USING INDEX, in the same ALTER TABLE that drops "
        "the old constraint.\n\n"
        "One index replaces another where both lead with the same columns. Of "
        "a table's indexes that one transaction drops the rule names the first "
        "that is replaced. It is silent on a table that the migration made.",
    .ignore_when =
        "The table is small, so that queries do without the index for a "
        "moment.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, day "
             "date);\n"
             "CREATE INDEX orders_user_id_idx ON orders (user_id);",
    .bad = "DROP INDEX orders_user_id_idx;\n"
           "CREATE INDEX orders_user_id_day_idx ON orders (user_id, day);",
    .good = "CREATE INDEX CONCURRENTLY orders_user_id_day_idx\n"
            "    ON orders (user_id, day);\n"
            "DROP INDEX CONCURRENTLY orders_user_id_idx;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
};
