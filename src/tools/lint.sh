#!/bin/sh
# lint.sh FOLDER
#
# `make lint`: layout, warnings of two compilers, headers that compile alone,
# manual pages, shell scripts. Shows what is wrong, then `N passed, N failed`.
# Products of the compilers go to FOLDER.
set -u
cd "$(dirname "$0")/../.." || exit 1
make=${MAKE:-make}
passed=0
failed=0

# check WHAT COMMAND...
check()
{
	what=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		echo "FAILED: $what"
		failed=$((failed + 1))
	fi
}

# Everything that is in the repository, or about to be.
files()
{
	git ls-files --cached --others --exclude-standard -- "$@" |
		while read -r file; do
			[ ! -f "$file" ] || echo "$file"
		done
}

check_layout()
{
	files '*.c' '*.h' | xargs clang-format --dry-run -Werror
}

# Only what is wrong is worth reading.
check_compiler()
{
	for goal in programs headers; do
		$make --no-print-directory -s CC="$1" DEVELOPER=1 CFLAGS='-O2' \
			BUILD="$folder/$1" "$goal" || return 1
	done
}

check_manuals()
{
	files 'man/*.[1-8]' | xargs -r mandoc -Tlint -W warning
}

check_scripts()
{
	files '*.sh' .ci/run | {
		result=0
		while read -r script; do
			sh -n "$script" && shellcheck -s sh -S warning "$script" || result=1
		done
		exit $result
	}
}

folder=$1
check 'layout (make format mends it)' check_layout
check 'warnings of gcc' check_compiler gcc
check 'warnings of clang' check_compiler clang
check 'manual pages' check_manuals
check 'shell scripts' check_scripts
echo "$passed passed, $failed failed"
[ $failed = 0 ]
