#!/bin/sh
# For check.sh: the real pre-commit program, with our .pre-commit-hooks.yaml, in
# a scratch repository. A commit that builds an index on an existing table the
# plain way is refused, for that reason; the safe way passes. Without
# pre-commit (make deps-dev) nothing is tested.
set -u
if ! command -v pre-commit >/dev/null; then
	echo 0 0
	exit
fi
hooks=$PWD/.pre-commit-hooks.yaml
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOME="$scratch" PRE_COMMIT_HOME="$scratch/cache" \
	GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@localhost \
	GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@localhost
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
passed=0
failed=0

# expect STATUS WORDS: how the commit of what is staged must end.
expect()
{
	git commit -q -m change >commit.log 2>&1
	if [ $? = "$1" ] && grep -q "$2" commit.log; then
		passed=$((passed + 1))
	else
		echo "FAILED: a commit that pre-commit should end with $1, $2"
		cat commit.log
		failed=$((failed + 1))
	fi
}

{
	# What users write as repo: and rev:, here without a network.
	git init -q "$scratch/hooks"
	cd "$scratch/hooks" || exit 1
	cp "$hooks" .
	git add .
	git commit -q -m hooks
	rev=$(git rev-parse HEAD)

	git init -q "$scratch/shop"
	cd "$scratch/shop" || exit 1
	cat >.pre-commit-config.yaml <<-TEXT
		repos:
		  - repo: $scratch/hooks
		    rev: $rev
		    hooks: [{id: pgsquint}]
	TEXT
	mkdir migrations
	echo 'CREATE TABLE orders (id bigint PRIMARY KEY, status text);' \
		>migrations/000001_create_orders.up.sql
	git add .
	git commit -q -m start
	pre-commit install
} >"$scratch/log" 2>&1 || cat "$scratch/log"

index=migrations/000002_index_orders.up.sql
echo 'CREATE INDEX orders_status ON orders (status);' >$index
git add $index
expect 1 index-build-blocks-writes
echo 'CREATE INDEX CONCURRENTLY orders_status ON orders (status);' >$index
git add $index
expect 0 Passed
echo "$passed $failed"
