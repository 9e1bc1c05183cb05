/*
 * PostgreSQL's parse nodes, as libpg_query 18 installs them: the one door
 * through which its headers come in. They are system headers (our warnings do
 * not apply), and the macros that replace libc's names are taken back.
 *
 * CamelCase types are PostgreSQL's; trees are read-only for us.
 */
#ifndef SQL_AST_H
#define SQL_AST_H

#include "postgres.h"

#include "catalog/pg_attribute_d.h"
#include "catalog/pg_class_d.h"
#include "catalog/pg_type_d.h"
#include "common/keywords.h"
#include "nodes/nodes.h"
#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"
#include "nodes/primnodes.h"
#include "nodes/value.h"

/* port.h: libc's own again. */
#undef printf
#undef fprintf
#undef sprintf
#undef snprintf
#undef vprintf
#undef vfprintf
#undef vsprintf
#undef vsnprintf
#undef strerror
#undef strerror_r
#undef qsort
#undef gettext
#undef ngettext

/* c.h and elog.h: too general for a program that has its own. */
#undef _
#undef ERROR
#undef WARNING
#undef INFO
#undef Min
#undef Max

/* The node as this type, or null when it is of another or null itself. */
#define node_as(type, node) \
    ((node) != NULL && nodeTag(node) == T_##type ? (const type *)(node) : NULL)

#endif
