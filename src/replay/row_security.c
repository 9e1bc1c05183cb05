/*
 * Row level security of tables and security_invoker of views, with the words
 * that said so last: rules report there.
 *
 * Facts: src/backend/commands/tablecmds.c (ATExecSetRowSecurity),
 * src/backend/commands/view.c, src/backend/commands/define.c (defGetBoolean).
 */
#include "replay/row_security.h"

#include "sql/words.h"

#include <string.h>

/* ENABLE ROW LEVEL SECURITY, or DISABLE: the first, should there be several. */
static struct place place_of_words(const struct replay *replay,
                                   const char *words)
{
    struct span span = words_find(replay->text, replay->statement,
                                  replay->statement->offset, words);

    if (span.length == 0)
        return replay_place_at(replay, -1);
    return replay_place(replay, span.offset, span.offset + span.length);
}

bool row_security_alter(struct replay *replay, struct table *table,
                        const AlterTableCmd *command)
{
    struct schema *schema = replay->schema;

    switch (command->subtype) {
    case AT_EnableRowSecurity:
        SET(schema, table->has_row_security, true);
        SET(schema, table->security_at,
            place_of_words(replay, "ENABLE ROW LEVEL SECURITY"));
        return true;
    case AT_DisableRowSecurity:
        SET(schema, table->has_row_security, false);
        SET(schema, table->security_at,
            place_of_words(replay, "DISABLE ROW LEVEL SECURITY"));
        return true;
    case AT_ForceRowSecurity:
        SET(schema, table->has_forced_row_security, true);
        return true;
    default: SET(schema, table->has_forced_row_security, false); return true;
    }
}

/* No value means true. */
static bool is_on(const DefElem *option)
{
    static const char *const offs[] = {"false", "off", "no", "0", "f", "n"};
    const char *word = name_from_string(option->arg);
    const Integer *number = node_as(Integer, option->arg);
    const Boolean *boolean = node_as(Boolean, option->arg);
    const TypeName *type = node_as(TypeName, option->arg);

    if (number)
        return number->ival != 0;
    if (boolean)
        return boolean->boolval;
    if (type)
        word = name_from_list(type->names).name;
    for (size_t i = 0; word && i < sizeof offs / sizeof *offs; i++) {
        if (slice_equal_ignoring_case(slice_from(word), slice_from(offs[i])))
            return false;
    }
    return true;
}

static bool is_security_invoker(const DefElem *option)
{
    return !option->defnamespace &&
           strcmp(option->defname, "security_invoker") == 0;
}

void row_security_note_options(struct replay *replay, struct table *table,
                               const List *options)
{
    struct schema *schema = replay->schema;
    const ListCell *cell;

    if (table->relation.kind != RELATION_VIEW)
        return;
    foreach (cell, options) {
        const DefElem *option = lfirst(cell);

        if (!is_security_invoker(option))
            continue;
        SET(schema, table->is_security_invoker, is_on(option));
        SET(schema, table->security_at,
            replay_place_at(replay, option->location));
    }
}

void row_security_reset_options(struct replay *replay, struct table *table,
                                const List *options)
{
    struct schema *schema = replay->schema;
    const ListCell *cell;

    foreach (cell, options) {
        const DefElem *option = lfirst(cell);

        if (!is_security_invoker(option))
            continue;
        SET(schema, table->is_security_invoker, false);
        SET(schema, table->security_at,
            replay_place_at(replay, option->location));
    }
}

void row_security_begin_view(struct replay *replay, struct table *table,
                             const ViewStmt *view)
{
    struct schema *schema = replay->schema;

    SET(schema, table->is_security_invoker, false);
    row_security_note_options(replay, table, view->options);
    SET(schema, table->security_at,
        replay_place_of_name(replay, view->view->location));
}
