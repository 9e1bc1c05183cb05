#!/bin/sh
# For check.sh: what is generated and kept in the repository is what the
# program generates today: the manual page of the rules, and in README.md the
# table of rules and the example of a run. UPDATE=1 rewrites them.
set -u
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

# compare FILE: with what was generated for it.
compare()
{
	[ -z "${UPDATE-}" ] || cmp -s "$1" "$scratch/generated" ||
		cp "$scratch/generated" "$1"
	if diff -u "$1" "$scratch/generated" >"$scratch/difference" 2>&1; then
		passed=$((passed + 1))
	else
		echo "FAILED: $1 (make check UPDATE=1 mends it)"
		cat "$scratch/difference"
		failed=$((failed + 1))
	fi
}

# replace NAME FILE: standard input, with the file's lines between the marks
# of that name.
replace()
{
	awk -v begin="<!-- $1: begin -->" -v end="<!-- $1: end -->" \
		-v file="$2" '
		$0 == end { inside = 0; found++ }
		!inside { print }
		$0 == begin {
			inside = 1
			found++
			while ((getline line <file) > 0)
				print line
		}
		END { if (found != 2) print begin " or " end " is missing" }
	'
}

example()
{
	demo=testdata/demo/migrations
	set -- $demo/00005_index_products_by_title.sql \
		$demo/00006_require_email.sql
	echo '```console'
	echo "\$ pgsquint $*"
	pgsquint --color=never "$@"
	echo '```'
}

pgsquint rules --format mdoc >"$scratch/generated"
compare man/pgsquint-rules.7

pgsquint rules --format markdown >"$scratch/rules"
example >"$scratch/example"
replace rules "$scratch/rules" <README.md |
	replace example "$scratch/example" >"$scratch/generated"
compare README.md
echo "$passed $failed"
