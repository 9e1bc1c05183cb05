/*
 * The names that EXCEPTION WHEN gives to errors, for those that DDL meets.
 *
 * Facts: src/backend/utils/errcodes.txt.
 */
#include "replay/context.h"

#include <string.h>

static const struct {
    const char *name;
    const char *sqlstate; /* three zeros at the end: the whole class */
} conditions[] = {
    {"feature_not_supported", "0A000"},
    {"cardinality_violation", "21000"},
    {"data_exception", "22000"},
    {"invalid_parameter_value", "22023"},
    {"invalid_text_representation", "22P02"},
    {"integrity_constraint_violation", "23000"},
    {"not_null_violation", "23502"},
    {"foreign_key_violation", "23503"},
    {"unique_violation", "23505"},
    {"check_violation", "23514"},
    {"invalid_transaction_state", "25000"},
    {"active_sql_transaction", "25001"},
    {"no_active_sql_transaction", "25P01"},
    {"dependent_objects_still_exist", "2BP01"},
    {"invalid_schema_name", "3F000"},
    {"syntax_error_or_access_rule_violation", "42000"},
    {"insufficient_privilege", "42501"},
    {"syntax_error", "42601"},
    {"invalid_name", "42602"},
    {"duplicate_column", "42701"},
    {"ambiguous_column", "42702"},
    {"undefined_column", "42703"},
    {"undefined_object", "42704"},
    {"duplicate_object", "42710"},
    {"duplicate_alias", "42712"},
    {"duplicate_function", "42723"},
    {"ambiguous_function", "42725"},
    {"datatype_mismatch", "42804"},
    {"wrong_object_type", "42809"},
    {"invalid_foreign_key", "42830"},
    {"cannot_coerce", "42846"},
    {"undefined_function", "42883"},
    {"undefined_table", "42P01"},
    {"undefined_parameter", "42P02"},
    {"duplicate_cursor", "42P03"},
    {"duplicate_database", "42P04"},
    {"duplicate_schema", "42P06"},
    {"duplicate_table", "42P07"},
    {"ambiguous_parameter", "42P08"},
    {"invalid_column_reference", "42P10"},
    {"invalid_column_definition", "42P11"},
    {"invalid_function_definition", "42P13"},
    {"invalid_schema_definition", "42P15"},
    {"invalid_table_definition", "42P16"},
    {"invalid_object_definition", "42P17"},
    {"object_not_in_prerequisite_state", "55000"},
    {"raise_exception", "P0001"},
};

bool do_condition_is(struct slice name, const char *sqlstate)
{
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        const char *own = conditions[i].sqlstate;
        bool is_class = strcmp(own + 2, "000") == 0;

        if (slice_equal_ignoring_case(name, slice_from(conditions[i].name)))
            return strncmp(own, sqlstate, is_class ? 2 : 5) == 0;
    }
    return false;
}
