#!/bin/sh
# new_rule.sh FAMILY RULE
#
# For `make new-rule`: writes a rule that does nothing yet, and two cases of
# which one must fail until it does. Never overwrites.
set -eu
cd "$(dirname "$0")/../.."
families='locking migration compatibility schema query security plpgsql'
family=${1-}
id=${2-}

fail()
{
	echo "new_rule.sh: $1" >&2
	exit 2
}

case " $families " in
*" $family "*) [ -n "$family" ] || fail "FAMILY= is missing: $families" ;;
*) fail "no family is called \"$family\": $families" ;;
esac
echo "$id" | grep -Eqx '[a-z][a-z0-9]*(-[a-z0-9]+)*' ||
	fail "RULE=\"$id\": write words in lower case, with hyphens between them"

name=$(echo "$id" | tr - _)
source=rules/$family/$name.c
cases=testdata/rules/$id
for existing in rules/*/"$name.c" "$cases"; do
	[ ! -e "$existing" ] || fail "$existing exists"
done

mkdir -p "rules/$family" "$cases"
upper=$(echo "$family" | tr '[:lower:]' '[:upper:]')
cat >"$source" <<TEXT
/*
 * $id: what it looks for, on which nodes, and which fact of the
 * server it rests on.
 */
#include "lint/rule.h"

static void check_drop(struct check *check, const Node *node)
{
    const DropStmt *drop = (const DropStmt *)node;
    if (drop->removeType != OBJECT_SEQUENCE)
        return;
    check_report(check, words_at_start(check->text, check->statement, 2), node,
                 "say what will happen, to which object, with its name",
                 "show the statements to write instead");
}

static const NodeTag tags[] = {T_DropStmt, T_Invalid};

const struct rule rule_$name = {
    .id = "$id",
    .family = FAMILY_$upper,
    .severity = SEVERITY_WARNING,
    .summary = "The problem in one line",
    .rationale = "What happens, to whom.\n\n"
                 "What to do instead.",
    .ignore_when = "Whom it need not trouble.",
    .bad = "DROP SEQUENCE orders_id_seq;",
    .good = "SELECT 1;",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_drop,
};
TEXT
cat >"$cases/reported.sql" <<'TEXT'
-- One statement for each branch of the rule.
DROP SEQUENCE orders_id_seq;
TEXT
cat >"$cases/silent.sql" <<'TEXT'
-- Why it must be silent stands here: the table is new, nobody waits for it.
CREATE TABLE orders (id bigint PRIMARY KEY);
TEXT
echo "$source"
echo "$cases/reported.sql"
echo "$cases/silent.sql"
echo 'then: make check UPDATE=1, and read what it wrote'
