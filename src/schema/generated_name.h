/*
 * Names that the server makes up: orders_pkey, orders_user_id_idx1.
 *
 * Facts: src/backend/commands/indexcmds.c (makeObjectName, ChooseRelationName,
 * ChooseIndexColumnNames), src/backend/catalog/pg_constraint.c
 * (ChooseConstraintName), src/backend/parser/parse_target.c
 * (FigureColnameInternal).
 */
#ifndef SCHEMA_GENERATED_NAME_H
#define SCHEMA_GENERATED_NAME_H

#include "schema/model.h"

/* Names are at most this many bytes. */
#define NAME_SIZE_MAX 63

/*
 * name1_name2_label, shortened to fit, whoever has that name already. name2
 * may be null.
 */
const char *generated_name_make(struct arena *arena, const char *name1,
                                const char *name2, const char *label);

/* The names joined with "_", cut as the server does, for the middle part; one
 * name alone is given back as it is. */
const char *generated_name_join(struct schema *schema, const char *const *names,
                                size_t count);

/*
 * name1_name2_label, shortened to fit, numbered until no relation of the
 * schema has it (and no constraint, if it is for one). name2 may be null.
 * Null after an absurd number of tries.
 */
const char *generated_name_relation(struct schema *schema,
                                    const struct namespace *namespace,
                                    const char *name1, const char *name2,
                                    const char *label, bool is_constraint);

/* The same where only constraints' names count. */
const char *generated_name_constraint(struct schema *schema,
                                      const struct namespace *namespace,
                                      const char *name1, const char *name2,
                                      const char *label);

/*
 * What a column is called that an expression makes: lower, case, ...; null if
 * the expression gives no name (?column? in a SELECT, expr in an index).
 */
const char *generated_name_of_expression(const Node *expression,
                                         int postgres_version);

/* The name, numbered if one of the earlier names has it already. */
const char *generated_name_numbered(struct schema *schema, const char *name,
                                    const char *const *earlier, size_t count);

#endif
