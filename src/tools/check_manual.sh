#!/bin/sh
# For check.sh: pgsquint(1) describes every command, option, settings key and
# migration tool that there is, and no option that there is not.
set -u
manual=man/pgsquint.1
passed=0
failed=0

fail()
{
	echo "FAILED: $1"
	failed=$((failed + 1))
}

# describes WHAT REQUEST NAME...: for each name, of which there must be one, the
# manual has a line that begins with the request and the name.
describes()
{
	what=$1
	request=$2
	shift 2
	[ $# -gt 0 ] || fail "there is no $what"
	for name; do
		if grep -q "^\.It $request$name\( \|$\)" "$manual"; then
			passed=$((passed + 1))
		else
			fail "$manual does not describe the $what \"$name\""
		fi
	done
}

help=$(pgsquint --help)
options=$(echo "$help" | sed -n 's/^  --\([a-z-]*\).*/\1/p' | tr '\n' ' ')
commands=$(echo "$help" |
	sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p')
keys=$(sed -n 's/^    {"\([a-z_]*\)", read_.*/\1/p' \
	src/lint/configure_settings.c)
tools=$(sed -n 's/^ *\.name = "\([a-z0-9-]*\)",.*/\1/p' src/input/tools.c)

# shellcheck disable=SC2086 # lists of words
{
	describes option 'Fl Fl ' $options
	describes command 'Cm ' $commands
	describes setting 'Cm ' $keys
	describes 'migration tool' '' $tools
}
for option in $(sed -n 's/^\.It Fl Fl \([a-z-]*\).*/\1/p' "$manual"); do
	case " $options" in
	*" $option "*) passed=$((passed + 1)) ;;
	*) fail "$manual describes \"--$option\", which is no option" ;;
	esac
done
echo "$passed $failed"
