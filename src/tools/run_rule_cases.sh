#!/bin/sh
# run_rule_cases.sh testdata/rules/RULE
#
# Runs the golden cases of one rule, for check.sh: each .sql file and each
# folder, linted with that rule alone, must give exactly what its .out says.
# The rule must have a case that it reports and one in which it stays silent.
set -u
id=$(basename "$1")
passed=0
failed=0
positive=0
negative=0

fail()
{
	echo "FAILED: $1"
	failed=$((failed + 1))
}

# The level at which the rule speaks by default; warning where it is off.
find_level()
{
	sed -n 's/.*\.severity = SEVERITY_\([A-Z]*\).*/\1/p' "$1" |
		tr '[:upper:]' '[:lower:]' | sed 's/^off$/warning/'
}

run_case()
{
	case_name=$1
	options=
	if [ -d "$case_name" ]; then
		expected=$case_name.out
		[ ! -f "$case_name/options" ] || options=$(cat "$case_name/options")
	else
		expected=${case_name%.sql}.out
		IFS= read -r first <"$case_name" || true
		case $first in
		'-- options: '*) options=${first#-- options: } ;;
		esac
	fi
	# shellcheck disable=SC2086 # options are words
	pgsquint --color=never --level info --rule all=off \
		--rule "$id=$level" $options "$case_name" \
		>"$scratch/out" 2>"$scratch/err"
	status=$?
	if [ $status -gt 1 ] || [ -s "$scratch/err" ]; then
		fail "$1 in $folder: exit status $status"
		cat "$scratch/err" "$scratch/out"
		return
	fi
	[ -z "$UPDATE" ] || cp "$scratch/out" "$expected"
	if grep -q "\[$id\]" "$scratch/out"; then
		positive=$((positive + 1))
	else
		negative=$((negative + 1))
	fi
	if cmp -s "$expected" "$scratch/out"; then
		passed=$((passed + 1))
	else
		fail "$1 in $folder"
		diff -u "$expected" "$scratch/out"
	fi
}

folder=$1
source=$(echo rules/*/"$(echo "$id" | tr - _).c")
if [ ! -f "$source" ]; then
	fail "$folder: no rule is called that"
	echo "$passed $failed"
	exit
fi
level=$(find_level "$source")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$folder" || exit 1

for case in *.sql */; do
	[ ! -e "${case%/}" ] || run_case "${case%/}"
done
for expected in *.out; do
	case=${expected%.out}
	[ -e "$case.sql" ] || [ -d "$case" ] ||
		fail "$expected in $folder is of no case"
done
[ $positive -gt 0 ] || fail "$folder: no case in which the rule speaks"
[ $negative -gt 0 ] || fail "$folder: no case in which the rule stays silent"
echo "$passed $failed"
