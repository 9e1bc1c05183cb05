#!/bin/sh
# For check.sh: what `make new-rule` writes compiles without a warning, passes
# as a rule, and is never written over something else.
set -u
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/src/tools" "$scratch/rules/query" "$scratch/testdata/rules"
cp src/tools/new_rule.sh src/tools/check_rule.sh "$scratch/src/tools"
passed=0
failed=0

# expect STATUS COMMAND...
expect()
{
	expected=$1
	shift
	"$@" >"$scratch/out" 2>&1
	status=$?
	if [ $status = "$expected" ]; then
		passed=$((passed + 1))
	else
		echo "FAILED: $* (exit status $status)"
		cat "$scratch/out"
		failed=$((failed + 1))
	fi
}

new_rule()
{
	sh "$scratch/src/tools/new_rule.sh" "$@"
}

# As the build compiles, and every warning an error.
compile()
{
	# shellcheck disable=SC2154 # check.sh exports it
	command=$(sed 's/ -MMD -MP.*//' "$build/flags")
	eval "$command -Werror -fsyntax-only '$1'"
}

for family in locking migration compatibility schema query security plpgsql; do
	rule=what-is-wrong-in-$family
	source=rules/$family/$(echo "$rule" | tr - _).c
	expect 0 new_rule "$family" "$rule"
	expect 0 compile "$scratch/$source"
	expect 0 grep -q "_$(echo "$family" | tr '[:lower:]' '[:upper:]')," \
		"$scratch/$source"
	expect 0 sh -c "cd '$scratch' && [ \"\$(sh src/tools/check_rule.sh \
		$source)\" = '1 0' ]"
done
expect 2 new_rule query what-is-wrong-in-locking
expect 2 new_rule lock table-locked
expect 2 new_rule query Select_Star
expect 2 new_rule query ''
expect 2 new_rule
echo "$passed $failed"
