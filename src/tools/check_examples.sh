#!/bin/sh
# For check.sh: what `pgsquint explain` shows as bad gives a finding of its rule,
# with all rules on and for every version that the rule is about; what it shows
# as good, or as what a fix makes, gives none.
set -u
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# shellcheck disable=SC2154 # check.sh exports it
"$build/src/tools/write_examples" "$scratch" || exit 1
cd "$scratch" || exit 1

# lint VERSION OPTION...: the lines "RULE EXAMPLE VERSION", for each finding of
# the rule that the example is of; what is wrong with setup is no news.
lint()
{
	version=$1
	shift
	pgsquint --color=never --no-config --rule all=warning \
		--postgres-version "$version" "$@" |
		sed -n 's,^\([^ ]*\.sql\):[0-9]*:[0-9]*: .* \[\([a-z-]*\)\]$,\1 \2,p' |
		awk -v version="$version" '
			split($1, part, "/") == 4 && part[2] == $2 {
				if (part[3] != "bad" || part[4] != "0001_setup.sql")
					print part[2], part[3], version
			}'
}

for version in 13 14 15 16 17 18; do
	lint $version --tool plain-numbered plain
	lint $version tool
done | sort -u >"$scratch/found"

# What is wrong, once for all versions.
awk '
	function fail(what)
	{
		if (!(what in versions))
			failures[++failed] = what
		versions[what] = versions[what] " " version
	}
	FILENAME == ARGV[1] { found[$0] = 1; next }
	FNR == 1 {
		split(FILENAME, part, "/")
		rule = part[2]
	}
	# The versions that the rule is for, then those in which its claim holds.
	FNR == 3 { low = $1 ? $1 : 13; high = $2 ? $2 : 18 }
	FNR == 4 {
		low = $1 > low ? $1 : low
		high = $2 && $2 < high ? $2 : high
		for (version = low; version <= high; version++) {
			if (rule " bad " version in found)
				passed++
			else
				fail(rule ": bad gives no finding of it")
			if (rule " good " version in found)
				fail(rule ": good gives a finding of it")
			if (rule " fixed " version in found)
				fail(rule ": fixed gives a finding of it")
		}
	}
	END {
		for (i = 1; i <= failed; i++)
			print "FAILED: " failures[i] " for PostgreSQL" versions[failures[i]]
		print passed + 0, failed + 0
	}' "$scratch/found" */*/claim
