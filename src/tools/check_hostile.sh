#!/bin/sh
# For check.sh: input that is made to break a linter, too large to be kept in
# the repository. Each file must give its finding, within a limit of time, and
# neither the statement after it nor the file after it may be lost.
set -u
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
: >passed
: >failed

# The sanitizers' build is slower and larger by far.
if [ -n "${SANITIZE-}" ]; then
	megabyte=100000
	seconds=60
else
	megabyte=1000000
	seconds=15
fi

fail()
{
	echo "FAILED: $1"
	echo "$1" >>failed
}

# repeat COUNT TEXT: without line ends.
repeat()
{
	awk -v count="$1" -v text="$2" '
		BEGIN { for (i = 0; i < count; i++) printf "%s", text }'
}

# lint: report and status of what is in x.sql, and of a file after it.
lint()
{
	echo 'SELECT * FROM next_file;' >y.sql
	timeout $seconds pgsquint --color=never --level info x.sql y.sql >report 2>error
	status=$?
}

# expect NAME PATTERN...: the report has each pattern, and judges what comes
# after; x.sql comes on standard input.
expect()
{
	name=$1
	shift
	{
		cat
		printf '\n;\nSELECT * FROM next_statement;\n'
	} >x.sql
	lint
	for pattern in "$@" 'FROM next_statement' 'FROM next_file'; do
		grep -q -- "$pattern" report && continue
		fail "$name: no \"$pattern\" in the report (status $status)"
		cut -c 1-200 report error | head -n 20
		return
	done
	if [ $status -gt 1 ] || [ -s error ]; then
		fail "$name: exit status $status"
		cut -c 1-200 error | head -n 20
		return
	fi
	echo "$name" >>passed
}

# expect_lock NAME PATTERN: locks of the statement on standard input.
expect_lock()
{
	cat >x.sql
	timeout $seconds pgsquint locks x.sql >report 2>error
	status=$?
	if [ $status -le 1 ] && grep -q -- "$2" report; then
		echo "$1" >>passed
		return
	fi
	fail "$1: no \"$2\" in the locks (status $status)"
	cut -c 1-200 report error | head -n 20
}

{
	printf 'CREATE TABLE t (a int);\nWITH w AS (SELECT 1) SELECT 1 FROM t'
	repeat 100000 ' JOIN t USING (a)'
	printf ' FOR UPDATE'
} | expect_lock 'the locks of 100,000 JOINs' 'ROW SHARE'

# Deep trees: these parse, or the parser says that it cannot.
{
	printf 'SELECT '
	repeat 20000 '('
	printf 1
	repeat 20000 ')'
} | expect '20,000 parentheses' syntax-error
{
	printf 'SELECT 1'
	repeat 100000 ' + 1'
} | expect '100,000 additions'
{
	printf 'SELECT * FROM t WHERE a'
	repeat 100000 ' AND a'
} | expect '100,000 ANDs' 'SELECT \* FROM t'
{
	printf 'SELECT * FROM t'
	repeat 100000 ' UNION ALL SELECT 1'
} | expect '100,000 UNION ALLs' 'SELECT \* FROM t'
{
	printf 'SELECT * FROM t'
	repeat 100000 ' JOIN u ON true'
} | expect '100,000 JOINs' 'SELECT \* FROM t'
{
	printf 'SELECT 1'
	repeat 100000 '::int'
} | expect '100,000 casts'
{
	printf 'SELECT '
	repeat 100000 'NOT '
	printf true
} | expect '100,000 NOTs'
{
	repeat 20000 'SELECT * FROM ('
	printf 'SELECT 1'
	repeat 20000 ') AS t'
} | expect '20,000 sub-selects' syntax-error
{
	repeat 100000 'WITH a AS (SELECT 1) '
} | expect '100,000 WITHs' syntax-error
{
	printf 'SELECT ARRAY'
	repeat 100000 '['
} | expect '100,000 brackets' syntax-error

# What PostgreSQL's scanner reads again and again.
{
	printf 'SELECT 1 '
	repeat 20000 '/*'
	repeat 20000 '*/'
} | expect '20,000 nested comments' statement-not-judged
{
	printf 'SELECT 1 '
	repeat 300000 '+'
	printf ' 1'
} | expect '300,000 operator characters' 'statement-not-judged'
{
	printf 'SELECT 1 '
	repeat 50000 '+-'
	printf ' 1'
} | expect '100,000 operator characters of two kinds' 'statement-not-judged'

# What our own code could read again and again.
repeat 100000 "'' " | sed 's/^/SELECT /' | expect '100,000 strings' syntax-error
repeat 99999 '$a$ $b$ ' | sed 's/^/SELECT /' |
	expect '66,666 dollar quotes' syntax-error
repeat 100000 '$a' | sed 's/^/SELECT /' | expect '100,000 dollars'
{
	printf 'CREATE TABLE wide ('
	repeat 20000 'c int, '
	printf 'c int)'
} | expect 'a table with 20,001 columns of one name'
{
	repeat 100000 'SELEC 1;'
} | expect '100,000 syntax errors' syntax-error
{
	repeat 50000 'SELECT * FROM t;'
} | expect '50,000 findings on one line' select-star
{
	repeat 50000 '-- pgsquint: allow select-star\n'
} | expect '50,000 suppressions' suppression-unused
{
	repeat 30000 'CREATE TABLE t (a int); DROP TABLE t; '
	repeat 30000 'BEGIN; SAVEPOINT s; '
} | expect '120,000 changes of the schema'
{
	printf 'CREATE TABLE t (a int);'
	repeat 10000 'CREATE INDEX ON t (a);'
} | expect '10,000 indexes with generated names'
{
	printf 'ALTER TABLE t ADD a int'
	repeat 20000 ', ADD b int UNIQUE'
} | expect '20,000 UNIQUE columns in one statement' statement-would-fail
{
	printf 'ALTER TABLE t ADD CHECK (a IS NOT NULL)'
	repeat 20000 ', ALTER a SET NOT NULL'
} | expect '20,000 SET NOT NULLs' set-not-null-scans-table
{
	printf 'SELECT 1'
	repeat 50000 ', (SELECT a FROM t ORDER BY a OFFSET 1)'
} | expect '50,000 OFFSETs' offset-pagination
{
	printf 'SELECT *'
	repeat 20000 ', *'
	printf ' FROM t'
	repeat 2000 ', t'
} | expect '20,000 stars over 2,000 tables' select-star
{
	printf 'WITH a AS (SELECT 1)'
	repeat 5000 ', a AS (SELECT a.*, b.* FROM a, a AS b)'
	printf ' SELECT * FROM a'
} | expect '5,000 WITH queries of one name'
{
	printf 'CREATE TABLE p (a int) PARTITION BY HASH (a);'
	repeat 5000 'CREATE TABLE q PARTITION OF p DEFAULT; CREATE INDEX ON p (a);'
} | expect '5,000 indexes on 5,000 partitions'

# Size.
{
	printf "INSERT INTO t VALUES ('"
	repeat $((50 * megabyte)) x
	printf "')"
} | expect 'a statement of 50 MB'
{
	printf 'INSERT INTO t VALUES (0)'
	repeat $((5 * megabyte)) ',(12345678)'
} | expect 'a statement of 55 MB with 5,000,000 rows'
if [ $megabyte = 1000000 ]; then
	{
		printf "SELECT '"
		repeat 70000000 x
		printf "'"
	} | expect 'a statement of 70 MB' statement-not-judged
fi
{
	repeat $((megabyte)) 'UPDATE t SET a = 1 WHERE b = 2; -- a note, or so it is said, so that it is a file of 100 MB\n' | sed "$((megabyte / 2))s/UPDATE/UPDAT/"
} | expect 'a file of 100 MB' "x.sql:$((megabyte / 2)):1: error: .*syntax-error"

# Files that go away while they are read: what stays is judged.
mkdir going
for number in 1 2 3 4 5 6 7 8 9; do
	for other in 0 1 2 3 4 5 6 7 8 9; do
		echo 'SELECT * FROM orders;' >going/q$number$other.sql
	done
done
for round in 1 2 3 4 5; do
	timeout $seconds pgsquint --color=never going >report 2>error &
	rm -f going/q5?.sql
	wait $!
	status=$?
	[ $status = 1 ] || [ $status = 3 ] ||
		fail "vanishing files, round $round: exit status $status"
	[ "$(grep -c 'q[1-46-9].*select-star' report)" = 80 ] ||
		fail "vanishing files, round $round: others are lost"
	for other in 0 1 2 3 4 5 6 7 8 9; do
		echo 'SELECT * FROM orders;' >going/q5$other.sql
	done
done
grep -q vanishing failed || echo vanishing >>passed
echo "$(wc -l <passed) $(wc -l <failed)"
