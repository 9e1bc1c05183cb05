#!/bin/sh
# run_command_case.sh FOLDER
#
# Runs one command case, for check.sh: the shell commands in FOLDER/command,
# in that folder, with pgsquint in PATH and an empty folder in $SCRATCH that
# goes away. Standard output must be what expected.out says, standard error
# expected.err (none: nothing), the exit status expected.status (none: 0).
set -u
SCRATCH=$(mktemp -d)
actual=$(mktemp -d)
trap 'chmod -R u+rwX "$SCRATCH"; rm -rf "$SCRATCH" "$actual"' EXIT
export SCRATCH HOME="$SCRATCH"
cd "$1" || exit 1

sh ./command >"$actual/out" 2>"$actual/err" </dev/null
echo $? >"$actual/status"

if [ -n "$UPDATE" ]; then
	rm -f expected.out expected.err expected.status
	[ ! -s "$actual/out" ] || cp "$actual/out" expected.out
	[ ! -s "$actual/err" ] || cp "$actual/err" expected.err
	echo 0 | cmp -s - "$actual/status" ||
		cp "$actual/status" expected.status
fi

cd "$actual" || exit 1
: >expected.out
: >expected.err
echo 0 >expected.status
for part in out err status; do
	[ ! -f "$OLDPWD/expected.$part" ] || cp "$OLDPWD/expected.$part" .
	diff -u "expected.$part" "$part" >>difference
done
if [ -s difference ]; then
	echo "FAILED: $1"
	cat difference
	echo 0 1
else
	echo 1 0
fi
