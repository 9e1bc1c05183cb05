#!/bin/sh
# new_rule.sh FAMILY RULE
#
# `make new-rule FAMILY=locking RULE=table-rewritten`: writes the skeletons of
# a rule's source and cases, to be filled in. rules/README.md tells how.
set -eu
family=${1-}
id=${2-}
families='locking migration compatibility schema query security plpgsql'
if ! echo " $families " | grep -q " $family " ||
	! echo "$id" | grep -Eqx '[a-z0-9]+(-[a-z0-9]+)*'; then
	echo 'usage: make new-rule FAMILY=family RULE=what-is-wrong' >&2
	echo "families: $families" >&2
	exit 2
fi
name=$(echo "$id" | tr - _)
source=rules/$family/$name.c
cases=testdata/rules/$id
for taken in rules/*/"$name.c" "$cases"; do
	if [ -e "$taken" ]; then
		echo "new_rule.sh: \"$taken\" exists" >&2
		exit 1
	fi
done

mkdir -p "rules/$family" "$cases"
cat >"$source" <<TEXT
/*
 * $id: which statements are judged, and by what of the schema.
 */
#include "lint/rule.h"

static void check_node(struct check *check, const Node *node)
{
    check_report(check, words_of_statement(check->statement), node,
                 "what will happen, to which object", NULL);
}

static const NodeTag tags[] = {T_VacuumStmt, T_Invalid};

const struct rule rule_$name = {
    .id = "$id",
    .family = FAMILY_$(echo "$family" | tr '[:lower:]' '[:upper:]'),
    .severity = SEVERITY_WARNING,
    .summary = "",
    .rationale = "",
    .setup = NULL,
    .bad = "",
    .good = "",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
};
TEXT
cat >"$cases/speaks.sql" <<'TEXT'
-- What the rule reports.
TEXT
cat >"$cases/stays_silent.sql" <<'TEXT'
-- What looks like it, and why it is right.
TEXT
cat <<TEXT
$source: fill in the texts and the check
$cases: write the cases, then make check UPDATE=1 and read the .out files
TEXT
