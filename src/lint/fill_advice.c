/*
 * Writes the trigger and the UPDATE that fill a column while others work.
 */
#include "lint/fill_advice.h"

void fill_advice_add_batches(struct check *check, struct buffer *help,
                             struct qualified_name table, const char *set,
                             const char *condition)
{
    const char *sql = check_quote_name(check, table);

    buffer_add_format(
        help,
        "-- fill the old rows in batches%s, until no row is left:\n"
        "UPDATE %s SET %s WHERE ctid IN\n"
        "    (SELECT ctid FROM %s WHERE %s LIMIT 5000);\n",
        advice_transaction_kind(check) != TRANSACTION_NONE ? ", each committed"
                                                           : "",
        sql, set, sql, condition);
}

static struct qualified_name name_of_fill(struct check *check,
                                          struct qualified_name table,
                                          const char *column)
{
    return (struct qualified_name){
        .schema = table.schema,
        .name = advice_object_name(check, table.name, column, "fill"),
    };
}

void fill_advice_add_trigger(struct check *check, struct buffer *help,
                             struct qualified_name table, const char *column,
                             const char *expression)
{
    struct qualified_name name = name_of_fill(check, table, column);
    const char *function = check_quote_name(check, name);

    buffer_add_format(
        help,
        "CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        "BEGIN\n"
        "    NEW.%s := (SELECT %s FROM (SELECT NEW.*) AS %s);\n"
        "    RETURN NEW;\n"
        "END $$;\n"
        "CREATE TRIGGER %s BEFORE INSERT OR UPDATE ON %s\n"
        "    FOR EACH ROW EXECUTE FUNCTION %s();\n",
        function, check_quote(check, column), expression,
        check_quote(check, table.name), check_quote(check, name.name),
        check_quote_name(check, table), function);
}

void fill_advice_drop_trigger(struct check *check, struct buffer *help,
                              struct qualified_name table, const char *column)
{
    struct qualified_name name = name_of_fill(check, table, column);

    buffer_add_format(help, "DROP TRIGGER %s ON %s;\nDROP FUNCTION %s();\n",
                      check_quote(check, name.name),
                      check_quote_name(check, table),
                      check_quote_name(check, name));
}
