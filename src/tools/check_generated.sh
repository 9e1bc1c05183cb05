#!/bin/sh
# For check.sh: what is generated from the rules and kept in the repository is
# what the program generates today: the manual page, and the table between the
# marks in README.md. UPDATE=1 rewrites both.
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

pgsquint rules --format mdoc >"$scratch/generated"
compare man/pgsquint-rules.7

pgsquint rules --format markdown >"$scratch/table"
awk -v table="$scratch/table" '
	/^<!-- rules: end -->$/ { inside = 0; found++ }
	!inside { print }
	/^<!-- rules: begin -->$/ {
		inside = 1
		found++
		while ((getline line <table) > 0)
			print line
	}
	END { if (found != 2) print "<!-- rules: begin, rules: end are missing -->" }
' README.md >"$scratch/generated" 2>/dev/null
compare README.md
echo "$passed $failed"
