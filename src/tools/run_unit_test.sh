#!/bin/sh
# run_unit_test.sh PROGRAM
#
# Runs one program of testdata/unit (cmocka), for check.sh. What it crashes
# before it reports counts as a failure.
set -u
log=$(mktemp)
trap 'rm -f "$log"' EXIT
CMOCKA_MESSAGE_OUTPUT=TAP "$1" >"$log" 2>&1
status=$?
passed=$(grep '^ok ' "$log" | grep -vc '# SKIP')
failed=$(grep '^not ok ' "$log" | grep -vc '# SKIP')
if [ $status != 0 ]; then
	[ "$failed" != 0 ] || failed=1
	echo "FAILED: $(basename "$1") (exit status $status)"
	grep -v '^ok ' "$log"
elif [ "$passed" = 0 ]; then
	failed=1
	echo "FAILED: $(basename "$1") has no tests"
fi
echo "$passed $failed"
