#!/bin/sh
# check_rule.sh rules/FAMILY/RULE.c
#
# For check.sh: a rule's id is its file name, it is documented, and it has
# golden cases.
set -u
id=$(basename "$1" .c | tr _ -)
failed=0

fail()
{
	echo "FAILED: $1: $2"
	failed=1
}

grep -q "\.id = \"$id\"" "$1" || fail "$1" "its id is not \"$id\""
for member in summary rationale ignore_when bad good; do
	grep -A 1 "\.$member =" "$1" | grep -q '"[^",]' ||
		fail "$1" "no $member"
done
[ -d "testdata/rules/$id" ] || fail "$1" "no testdata/rules/$id"
echo "$((1 - failed)) $failed"
