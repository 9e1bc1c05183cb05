#!/bin/sh
# install_deps.sh [--missing] GROUP...
#
# Installs what the groups need and this machine lacks, with apt-get, as root
# or through sudo; asks nothing and touches nothing when all is there. With
# --missing it only prints what is lacking, in one line.
#
#   build  compiler and libraries for `make`
#   check  what `make check` needs besides
#   dev    what `make lint` and `make bench` need besides
#   truth  what `make truth` needs besides; the servers too
set -eu
tools=$(dirname "$0")
pkg_config=${PKG_CONFIG:-pkg-config}
pgquery_prefix=${PGQUERY_PREFIX:-build/deps/libpg_query/usr}

missing=
# want PACKAGE TEST...: the package is missing unless the test succeeds.
want()
{
	package=$1
	shift
	"$@" >/dev/null 2>&1 || missing="$missing $package"
}

has()
{
	command -v "$1"
}

has_libc_headers()
{
	echo '#include <stdlib.h>' | ${CC:-cc} -E -
}

has_libpg_query()
{
	header=$pgquery_prefix/include/pg_query.h
	grep -qs '#define PG_MAJORVERSION "18"' "$header" || return 1
	for library in "$pgquery_prefix"/lib/libpg_query.a \
		"$pgquery_prefix"/lib/*/libpg_query.a; do
		[ ! -f "$library" ] || return 0
	done
	return 1
}

look_for()
{
	case $1 in
	build)
		compiler=${CC:-cc}
		want gcc has "${compiler%% *}"
		want libc6-dev has_libc_headers
		want pkg-config has "$pkg_config"
		want libjansson-dev "$pkg_config" --exists jansson
		want libyaml-dev "$pkg_config" --exists yaml-0.1
		want libpcre2-dev "$pkg_config" --exists libpcre2-8
		;;
	check)
		want libcmocka-dev "$pkg_config" --exists cmocka
		want git has git
		;;
	dev)
		want clang has clang
		want clang-format has clang-format
		want mandoc has mandoc
		want shellcheck has shellcheck
		want pre-commit has pre-commit
		want hyperfine has hyperfine
		;;
	truth)
		want python3 has python3
		want nodejs has node
		want npm has npm
		;;
	*)
		echo "install_deps.sh: no group is called \"$1\"" >&2
		exit 2
		;;
	esac
}

as_root()
{
	if [ "$(id -u)" = 0 ]; then
		env DEBIAN_FRONTEND=noninteractive "$@"
	else
		sudo env DEBIAN_FRONTEND=noninteractive "$@"
	fi
}

try_install()
{
	# shellcheck disable=SC2086 # a list of package names
	as_root apt-get -q -y --no-install-recommends install $missing
}

# Package lists that are absent or too old cost a second try.
install_missing()
{
	log=build/deps/apt-get.log
	mkdir -p build/deps
	if ! command -v apt-get >/dev/null; then
		echo "missing:$missing; install them as your system does" >&2
		exit 1
	fi
	if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
		echo "missing:$missing; as root: apt-get install$missing" >&2
		exit 1
	fi
	echo "installing$missing"
	try_install >"$log" 2>&1 && return
	as_root apt-get -q update >"$log" 2>&1 &&
		try_install >>"$log" 2>&1 && return
	cat "$log" >&2
	exit 1
}

only_show=false
if [ "${1-}" = --missing ]; then
	only_show=true
	shift
fi
wants_libpg_query=false
wants_postgres=false
for group in "$@"; do
	look_for "$group"
	[ "$group" != build ] || has_libpg_query || wants_libpg_query=true
	[ "$group" != truth ] || wants_postgres=true
done

if $only_show; then
	$wants_libpg_query && missing="$missing libpg_query-18"
	echo "$missing" | sed 's/^ //; s/ /, /g'
	exit 0
fi
[ -z "$missing" ] || install_missing
$wants_libpg_query && sh "$tools/fetch_libpg_query.sh" "$pgquery_prefix"
$wants_postgres && sh "$tools/fetch_postgres.sh" build/deps/postgres
exit 0
