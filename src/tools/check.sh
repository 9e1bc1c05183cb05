#!/bin/sh
# check.sh BUILD
#
# `make check`: every unit test, golden case and check of the project, several
# at once. Shows what failed and how, then `N passed, N failed`. UPDATE=1
# rewrites what golden cases expect. testdata/README.md describes the cases.
set -eu
cd "$(dirname "$0")/../.."
build=$(cd "$1" && pwd)
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
export build results UPDATE="${UPDATE-}"
unset NO_COLOR PGSQUINT_COLOR || true
export LC_ALL=C PATH="$build:$PATH"

# One job a line: the script of src/tools that runs it, and its argument.
list_jobs()
{
	for test in "$build"/testdata/unit/*_test; do
		[ ! -x "$test" ] || echo "run_unit_test.sh $test"
	done
	for folder in testdata/rules/*/; do
		[ ! -d "$folder" ] || echo "run_rule_cases.sh ${folder%/}"
	done
	for case in testdata/schema/*.sql testdata/schema/*/; do
		[ ! -e "$case" ] || echo "run_schema_case.sh ${case%/}"
	done
	find testdata -name command | sort |
		sed 's,^,run_command_case.sh ,; s,/command$,,'
	for rule in rules/*/*.c; do
		[ ! -e "$rule" ] || echo "check_rule.sh $rule"
	done
	for check in src/tools/check_*.sh; do
		[ "$check" = src/tools/check_rule.sh ] ||
			echo "$(basename "$check") ."
	done
}

jobs=$(nproc 2>/dev/null || echo 1)
list_jobs | xargs -r -P "$jobs" -n 2 sh src/tools/run_job.sh || true
cat "$results"/*.txt 2>/dev/null || true
awk '{ passed += $1; failed += $2 }
	END {
		print passed + 0 " passed, " failed + 0 " failed"
		exit failed > 0 || passed == 0
	}' "$results"/*.count /dev/null
