#!/bin/sh
# For check.sh: `pgsquint locks` says of every case of testdata/locks, for every
# version of PostgreSQL, what a real server of that version did
# (testdata/locks/expected.json, written by make truth with --update).
set -u
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/plain" "$scratch/one_query"
# Nothing is there but what a case makes.
echo 'history: complete' >"$scratch/settings.yaml"

# The base is not a case.
files=$(find testdata/locks -name '*.sql' ! -name base.sql | sort)
# shellcheck disable=SC2086 # a list of files without blanks
awk -v base=testdata/locks/base.sql -v folder="$scratch" \
	-f src/tools/split_lock_cases.awk $files >"$scratch/index" || exit

for version in 13 14 15 16 17 18; do
	for tool in plain:plain golang-migrate:one_query; do
		pgsquint locks --config "$scratch/settings.yaml" --format json --tool "${tool%:*}" \
			--postgres-version $version "$scratch/${tool#*:}" \
			>"$scratch/${tool#*:}.$version" 2>"$scratch/errors"
		[ $? -le 1 ] && [ ! -s "$scratch/errors" ] ||
			cat "$scratch/errors"
	done
	awk -v version=$version -f src/tools/compare_locks.awk \
		"$scratch/index" testdata/locks/expected.json \
		"$scratch/plain.$version" "$scratch/one_query.$version" \
		>"$scratch/result" || exit
	sed '$d' "$scratch/result"
	tail -n 1 "$scratch/result" >>"$scratch/counts"
done
awk '{ passed += $1; failed += $2 } END { print passed, failed }' \
	"$scratch/counts"
