#!/bin/sh
# run_schema_case.sh CASE
#
# Runs one case of testdata/schema, a .sql file or a folder of several, for
# check.sh, with the newest PostgreSQL that it is for. The schema after it must
# be what CASE.json says, and its statements fail as CASE.failures does, a line
# for each: the statement's line, the message and the SQLSTATE. `make truth`
# says whether servers agree.
set -u
case=${1%.sql}
first=$1
if [ -d "$1" ]; then
	first=$(find "$1" -name '*.sql' | sort | head -n 1)
fi

header=$(sed '/^--/!q' "$first")
options=$(echo "$header" | sed -n 's/^-- options: //p')
newest=$(echo "$header" | sed -n 's/^-- versions: \([0-9]*-\)\{0,1\}//p')

actual=$(mktemp -d)
trap 'rm -rf "$actual"' EXIT
# run OPTION...: what pgsquint schema says of the case.
run()
{
	# shellcheck disable=SC2086 # options are words
	pgsquint schema --postgres-version "${newest:-18}" $options "$@" \
		2>"$actual/said"
	status=$?
	# Which statements fail it also says here: "path:line:column: ...".
	grep -v '^[^:]*:[0-9]*:[0-9]*: ' "$actual/said" >>"$actual/err"
	[ $status -le 1 ] || echo "exit status $status" >>"$actual/err"
}
run "$1" >"$actual/json"
run --each "$1" >"$actual/each"
sed -n 's/^{"path":"\([^"]*\)","line":\([0-9]*\),.*"fails":{\(.*\)},"schema":{"version".*/\1:\2: \3/p' \
	"$actual/each" | sed 's,.*/,,' >"$actual/failures"

if [ -n "$UPDATE" ]; then
	cp "$actual/json" "$case.json"
	rm -f "$case.failures"
	[ ! -s "$actual/failures" ] ||
		cp "$actual/failures" "$case.failures"
fi
if [ ! -f "$case.json" ]; then
	echo "FAILED: $1: no $case.json (make check UPDATE=1)"
	echo 0 1
	exit
fi
: >"$actual/none"
expected=$actual/none
[ ! -f "$case.failures" ] || expected=$case.failures
{
	diff -u "$case.json" "$actual/json"
	diff -u "$expected" "$actual/failures"
	cat "$actual/err"
} >"$actual/difference"
if [ -s "$actual/difference" ]; then
	echo "FAILED: $1"
	cat "$actual/difference"
	echo 0 1
else
	echo 1 0
fi
