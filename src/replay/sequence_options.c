/*
 * Sequence options: what is given, what follows from the type and direction,
 * and what does not fit together.
 *
 * Facts: src/backend/commands/sequence.c (init_params).
 */
#include "replay/sequence_options.h"

#include "base/buffer.h"
#include "replay/types.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define INVALID_PARAMETER "22023"
#define SYNTAX_ERROR_STATE "42601"

enum option {
    OPTION_TYPE,
    OPTION_INCREMENT,
    OPTION_START,
    OPTION_RESTART,
    OPTION_MAXIMUM,
    OPTION_MINIMUM,
    OPTION_CACHE,
    OPTION_CYCLE,
    OPTION_OWNER,
    OPTION_NAME, /* of a new identity column's */
    OPTION_COUNT,
};

static const char *const option_names[OPTION_COUNT] = {
    [OPTION_TYPE] = "as",          [OPTION_INCREMENT] = "increment",
    [OPTION_START] = "start",      [OPTION_RESTART] = "restart",
    [OPTION_MAXIMUM] = "maxvalue", [OPTION_MINIMUM] = "minvalue",
    [OPTION_CACHE] = "cache",      [OPTION_CYCLE] = "cycle",
    [OPTION_OWNER] = "owned_by",   [OPTION_NAME] = "sequence_name",
};

/* The options of one statement, each null if it is not given. */
struct reading {
    struct replay *replay;
    const DefElem *options[OPTION_COUNT];
    bool is_new;
    bool is_identity;
    struct sequence_settings *settings;
};

static bool sort_options(struct reading *reading, const List *options)
{
    const ListCell *cell;

    foreach (cell, options) {
        const DefElem *option = node_as(DefElem, (Node *)lfirst(cell));

        if (!option)
            continue;
        if (strcmp(option->defname, "sequence_name") == 0 &&
            !(reading->is_identity && reading->is_new))
            return replay_fail(reading->replay, SYNTAX_ERROR_STATE,
                               "invalid sequence option SEQUENCE NAME");
        for (enum option i = 0; i < OPTION_COUNT; i++) {
            if (strcmp(option->defname, option_names[i]) != 0)
                continue;
            if (reading->options[i] ||
                (i == OPTION_TYPE && reading->is_identity && reading->is_new))
                return replay_fail(reading->replay, SYNTAX_ERROR_STATE,
                                   "conflicting or redundant options");
            reading->options[i] = option;
        }
    }
    return true;
}

/* defGetInt64() */
static bool read_number(const struct reading *reading, enum option option,
                        int64_t *number)
{
    const Node *value = reading->options[option]->arg;
    const Integer *integer = node_as(Integer, value);
    const Float *digits = node_as(Float, value);
    char *end;

    if (integer)
        *number = integer->ival;
    if (integer || !digits)
        return integer != NULL;
    errno = 0;
    *number = strtoll(digits->fval, &end, 10);
    if (*end != '\0')
        return replay_fail(reading->replay, "22P02",
                           "invalid input syntax for type bigint: \"%s\"",
                           digits->fval);
    if (errno == ERANGE)
        return replay_fail(reading->replay, "22003",
                           "value \"%s\" is out of range for type bigint",
                           digits->fval);
    return true;
}

static bool is_given(const struct reading *reading, enum option option)
{
    return reading->options[option] && reading->options[option]->arg;
}

static int64_t maximum_of(const struct type *type)
{
    switch (type_oid(type)) {
    case 21: return INT16_MAX;
    case 23: return INT32_MAX;
    default: return INT64_MAX;
    }
}

static int64_t minimum_of(const struct type *type)
{
    return -maximum_of(type) - 1;
}

static bool check_type(const struct reading *reading, const struct type *type)
{
    if (!type || type_oid(type) == 20 || type_oid(type) == 21 ||
        type_oid(type) == 23)
        return true;
    return replay_fail(reading->replay, INVALID_PARAMETER,
                       "%s type must be smallint, integer, or bigint",
                       reading->is_identity ? "identity column" : "sequence");
}

/* What was the old type's limit becomes the new one's. */
static void follow_type(struct sequence_values *values,
                        const struct type *former, const struct type *type)
{
    if (values->maximum == maximum_of(former))
        values->maximum = maximum_of(type);
    if (values->minimum == minimum_of(former))
        values->minimum = minimum_of(type);
}

static bool read_type(const struct reading *reading)
{
    struct sequence_settings *settings = reading->settings;
    struct data_type type = {.modifier = -1};
    const TypeName *name;

    if (!reading->options[OPTION_TYPE])
        return check_type(reading, settings->type.type);
    name = node_as(TypeName, reading->options[OPTION_TYPE]->arg);
    if (!name || !types_resolve(reading->replay, name, &type))
        return false;
    if (!type.type || !check_type(reading, type.type))
        return false;
    if (!reading->is_new)
        follow_type(&settings->values, settings->type.type, type.type);
    settings->type = type;
    return true;
}

static bool read_direction(const struct reading *reading)
{
    struct sequence_values *values = &reading->settings->values;

    if (is_given(reading, OPTION_INCREMENT) &&
        !read_number(reading, OPTION_INCREMENT, &values->increment))
        return false;
    if (values->increment == 0)
        return replay_fail(reading->replay, INVALID_PARAMETER,
                           "INCREMENT must not be zero");
    if (is_given(reading, OPTION_CYCLE))
        values->is_cycled = boolVal(reading->options[OPTION_CYCLE]->arg);
    return true;
}

static bool is_in_type(const struct reading *reading, int64_t number)
{
    const struct type *type = reading->settings->type.type;

    return number >= minimum_of(type) && number <= maximum_of(type);
}

static bool refuse_limit(const struct reading *reading, const char *word,
                         int64_t number)
{
    struct arena *scratch = &reading->replay->schema->scratch;

    return replay_fail(
        reading->replay, INVALID_PARAMETER,
        "%s (%" PRId64 ") is out of range for sequence data type %s", word,
        number, type_to_plain_text(scratch, reading->settings->type.type));
}

static bool read_limits(const struct reading *reading)
{
    struct sequence_values *values = &reading->settings->values;
    const struct type *type = reading->settings->type.type;
    bool is_ascending = values->increment > 0;

    if (is_given(reading, OPTION_MAXIMUM)) {
        if (!read_number(reading, OPTION_MAXIMUM, &values->maximum))
            return false;
    } else if (reading->is_new || reading->options[OPTION_MAXIMUM]) {
        values->maximum = is_ascending ? maximum_of(type) : -1;
    }
    if (!is_in_type(reading, values->maximum))
        return refuse_limit(reading, "MAXVALUE", values->maximum);
    if (is_given(reading, OPTION_MINIMUM)) {
        if (!read_number(reading, OPTION_MINIMUM, &values->minimum))
            return false;
    } else if (reading->is_new || reading->options[OPTION_MINIMUM]) {
        values->minimum = is_ascending ? 1 : minimum_of(type);
    }
    if (!is_in_type(reading, values->minimum))
        return refuse_limit(reading, "MINVALUE", values->minimum);
    if (values->minimum >= values->maximum)
        return replay_fail(reading->replay, INVALID_PARAMETER,
                           "MINVALUE (%" PRId64 ") must be less than MAXVALUE "
                           "(%" PRId64 ")",
                           values->minimum, values->maximum);
    return true;
}

static bool check_within(const struct reading *reading, const char *word,
                         int64_t number)
{
    const struct sequence_values *values = &reading->settings->values;

    if (number < values->minimum)
        return replay_fail(reading->replay, INVALID_PARAMETER,
                           "%s value (%" PRId64 ") cannot be less than "
                           "MINVALUE (%" PRId64 ")",
                           word, number, values->minimum);
    if (number > values->maximum)
        return replay_fail(reading->replay, INVALID_PARAMETER,
                           "%s value (%" PRId64 ") cannot be greater than "
                           "MAXVALUE (%" PRId64 ")",
                           word, number, values->maximum);
    return true;
}

/* Where a sequence that is altered stands, nobody knows. */
static bool read_start(const struct reading *reading)
{
    struct sequence_values *values = &reading->settings->values;
    int64_t restart;

    if (is_given(reading, OPTION_START)) {
        if (!read_number(reading, OPTION_START, &values->start))
            return false;
    } else if (reading->is_new) {
        values->start =
            values->increment > 0 ? values->minimum : values->maximum;
    }
    if (!check_within(reading, "START", values->start))
        return false;
    if (!reading->options[OPTION_RESTART])
        return true;
    restart = values->start;
    if (is_given(reading, OPTION_RESTART) &&
        !read_number(reading, OPTION_RESTART, &restart))
        return false;
    return check_within(reading, "RESTART", restart);
}

static bool read_cache(const struct reading *reading)
{
    struct sequence_values *values = &reading->settings->values;

    if (!is_given(reading, OPTION_CACHE))
        return true;
    if (!read_number(reading, OPTION_CACHE, &values->cache))
        return false;
    if (values->cache > 0)
        return true;
    return replay_fail(reading->replay, INVALID_PARAMETER,
                       "CACHE (%" PRId64 ") must be greater than zero",
                       values->cache);
}

struct sequence_settings sequence_default_settings(struct type *type)
{
    return (struct sequence_settings){
        .type = {type, -1},
        .values = {.increment = 1,
                   .minimum = 1,
                   .maximum = maximum_of(type),
                   .start = 1,
                   .cache = 1},
    };
}

bool sequence_read_options(struct replay *replay, const List *options,
                           bool is_new, bool is_identity,
                           struct sequence_settings *settings,
                           const List **owner)
{
    struct reading reading = {
        .replay = replay,
        .is_new = is_new,
        .is_identity = is_identity,
        .settings = settings,
    };

    if (!sort_options(&reading, options) || !read_type(&reading) ||
        !read_direction(&reading) || !read_limits(&reading) ||
        !read_start(&reading) || !read_cache(&reading))
        return false;
    if (owner && reading.options[OPTION_OWNER])
        *owner = (const List *)reading.options[OPTION_OWNER]->arg;
    return true;
}

/* What is not as it would be without options; null if all is. */
static const char *options_text(struct schema *schema,
                                const struct sequence_settings *settings)
{
    const struct sequence_values *values = &settings->values;
    bool is_ascending = values->increment > 0;
    const struct type *type = settings->type.type;
    struct buffer text;

    buffer_init(&text, &schema->scratch);
    if (values->start != (is_ascending ? values->minimum : values->maximum))
        buffer_add_format(&text, " START WITH %" PRId64, values->start);
    if (values->increment != 1)
        buffer_add_format(&text, " INCREMENT BY %" PRId64, values->increment);
    if (values->minimum != (is_ascending ? 1 : minimum_of(type)))
        buffer_add_format(&text, " MINVALUE %" PRId64, values->minimum);
    if (values->maximum != (is_ascending ? maximum_of(type) : -1))
        buffer_add_format(&text, " MAXVALUE %" PRId64, values->maximum);
    if (values->cache != 1)
        buffer_add_format(&text, " CACHE %" PRId64, values->cache);
    if (values->is_cycled)
        buffer_add_text(&text, " CYCLE");
    return text.length > 0 ? model_name(schema, buffer_text(&text) + 1) : NULL;
}

void sequence_apply_settings(struct replay *replay, struct sequence *sequence,
                             const struct sequence_settings *settings)
{
    struct schema *schema = replay->schema;

    SET(schema, sequence->type, settings->type);
    SET(schema, sequence->values, settings->values);
    SET(schema, sequence->options, options_text(schema, settings));
}
