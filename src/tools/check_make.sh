#!/bin/sh
# For check.sh: what the Makefile promises besides building. Only when make
# itself runs the checks, so that the settings of the build are at hand.
set -u
if [ -z "${MAKEFLAGS+set}" ]; then
	echo 0 0
	exit
fi
# The settings without the jobs, of which this is one.
MAKEFLAGS=$(echo "$MAKEFLAGS" |
	sed 's/-j[0-9]*//; s/--jobserver-[a-z]*=[^ ]*//')
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

# expect WHAT: that the files expected and actual are the same.
expect()
{
	if diff -u "$scratch/expected" "$scratch/actual"; then
		passed=$((passed + 1))
	else
		echo "FAILED: $1"
		failed=$((failed + 1))
	fi
}

make -s PGQUERY_PREFIX="$scratch" >"$scratch/output" 2>&1
sed 's/^Makefile:[0-9]*: //' "$scratch/output" >"$scratch/actual"
echo '*** missing: libpg_query-18 ("make deps" gets it).  Stop.' \
	>"$scratch/expected"
expect 'make says in one line what is missing'

list()
{
	(cd "$scratch/root" && find . ! -type d | sort) >"$scratch/actual"
}

to="DESTDIR=$scratch/root PREFIX=/opt BINDIR=/opt/programs"
# shellcheck disable=SC2086 # words
make -s $to install
list
cat >"$scratch/expected" <<'TEXT'
./opt/programs/pgsquint
./opt/share/man/man1/pgsquint.1
./opt/share/man/man7/pgsquint-rules.7
TEXT
expect 'make install'
"$scratch/root/opt/programs/pgsquint" --version >"$scratch/actual"
pgsquint --version >"$scratch/expected"
expect 'the installed program runs'
# shellcheck disable=SC2086
make -s $to uninstall
list
: >"$scratch/expected"
expect 'make uninstall leaves nothing'
echo "$passed $failed"
