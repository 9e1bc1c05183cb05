/*
 * Looks for operator classes in the built-in catalogue. What an extension brings
 * is there if that is.
 */
#include "query/operator_class.h"

#include "schema/model.h"

#include <string.h>

/* Null if the extension that has the class is not there. */
static struct type *input_of(struct schema *schema,
                             const struct builtin_operator_class *class)
{
    const struct builtin_extension *extension;

    if (class->unit >= BUILTIN_EXTENSION_FIRST) {
        extension = builtin_extension_of_unit(class->unit);
        if (!model_find_extension(schema, builtin_text(extension->name)))
            return NULL;
    }
    return type_of_oid(schema, class->input);
}

const struct builtin_operator_class *operator_class_default(
    struct schema *schema, const struct builtin_access_method *method,
    struct type *type)
{
    uint8_t version = builtin_version(schema->postgres_version);
    const struct builtin_operator_class *class = NULL, *found = NULL;
    const struct builtin_operator_class *preferred = NULL;
    size_t found_count = 0, preferred_count = 0;

    type = coerce_base_type(type, NULL);
    while ((class = builtin_next_operator_class(version, method->id, NULL, 0,
                                                class))) {
        struct type *input = input_of(schema, class);

        if (!input)
            continue;
        if (input == type)
            return class;
        if (!coerce_is_binary(schema, type, input))
            continue;
        found = class;
        found_count++;
        if (coerce_is_preferred(input) &&
            coerce_category(input) == coerce_category(type)) {
            preferred = class;
            preferred_count++;
        }
    }
    if (preferred_count == 1)
        return preferred;
    return found_count == 1 ? found : NULL;
}

const struct builtin_operator_class *operator_class_named(
    struct schema *schema, const struct builtin_access_method *method,
    const char *name, struct type *type, bool *is_known)
{
    uint8_t version = builtin_version(schema->postgres_version);
    const struct builtin_operator_class *class = NULL;

    *is_known = false;
    while ((class = builtin_next_operator_class(version, method->id, name, 0,
                                                class))) {
        struct type *input = input_of(schema, class);

        if (!input)
            continue;
        *is_known = true;
        if (coerce_is_binary(schema, type, input))
            return class;
    }
    return NULL;
}

const char *operator_class_last_word(const char *opclass)
{
    const char *dot = strrchr(opclass, '.');

    return dot ? dot + 1 : opclass;
}

const struct builtin_operator_class *operator_class_of_key(
    struct schema *schema, const char *method, const char *opclass,
    struct type *type)
{
    const struct builtin_access_method *found = builtin_find_access_method(
        builtin_version(schema->postgres_version), method);
    bool is_known;

    if (!found || !type)
        return NULL;
    return opclass ? operator_class_named(schema, found,
                                          operator_class_last_word(opclass),
                                          type, &is_known)
                   : operator_class_default(schema, found, type);
}
