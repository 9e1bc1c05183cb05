#!/bin/sh
# fetch_libpg_query.sh PREFIX
#
# Puts libpg_query 18 into build/deps/libpg_query: the system's own
# libpg-query-dev if that is 18, else the newest 18.x that a newer suite of the
# Debian mirror has from which this machine installs already. apt verifies the
# signatures; its lists and caches for this stay below build/deps too, the
# package is unpacked and not installed, and root is not needed.
set -eu
prefix=$1
folder=$PWD/build/deps
if [ "$prefix" != "$folder/libpg_query/usr" ]; then
	echo "no libpg_query 18 in \"$prefix\" (PGQUERY_PREFIX)" >&2
	exit 1
fi
mkdir -p "$folder/libpg_query"

if grep -q '#define PG_MAJORVERSION "18"' /usr/include/pg_query.h 2>/dev/null
then
	echo "libpg_query: the system's own"
	rm -rf "$prefix"
	ln -s /usr "$prefix"
	exit 0
fi
if ! command -v apt-get >/dev/null; then
	echo "libpg_query 18 is missing: install it and say where, with" \
		"PGQUERY_PREFIX=DIR" >&2
	exit 1
fi

# The mirror's address, as apt knows it; where no list was ever fetched, as
# the files say that configure it, in either of their formats.
mirror=$(apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' \
	2>/dev/null | awk '$1 == "Debian" && $2 == "Debian" { print $3; exit }')
if [ -z "$mirror" ]; then
	mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list \
		/etc/apt/sources.list.d/*.sources 2>/dev/null | awk '
		$1 == "deb" {
			for (i = 2; i <= NF && $i !~ /:\//; i++)
				;
			if ($(i + 1) !~ /security/) { print $i; exit }
		}
		tolower($1) == "uris:" && $2 !~ /security/ { print $2; exit }')
fi
if [ -z "$mirror" ]; then
	echo "apt's configuration names no Debian mirror" >&2
	exit 1
fi

apt=$folder/apt
keys=/usr/share/keyrings/debian-archive-keyring
[ -r "$keys.gpg" ] && keys=$keys.gpg || keys=$keys.pgp
mkdir -p "$apt/state" "$apt/lists/partial" "$apt/cache/archives/partial"

# Everything that apt would write is below $apt; what the machine's own
# configuration says of proxies and the like holds.
private_apt()
{
	command=$1
	shift
	[ "$(id -u)" != 0 ] || set -- -o APT::Sandbox::User=root "$@"
	"$command" -q \
		-o Dir::Etc::SourceList="$apt/sources.list" \
		-o Dir::Etc::SourceParts=/dev/null \
		-o Dir::Etc::Preferences=/dev/null \
		-o Dir::Etc::PreferencesParts=/dev/null \
		-o Dir::State="$apt/state" \
		-o Dir::State::status=/var/lib/dpkg/status \
		-o Dir::State::Lists="$apt/lists" \
		-o Dir::Cache="$apt/cache" \
		-o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
		-o Dir::Log="$apt" \
		-o APT::Get::AllowUnauthenticated=false \
		-o Acquire::AllowInsecureRepositories=false \
		-o APT::Update::Error-Mode=any \
		-o Acquire::Languages=none -o Acquire::GzipIndexes=true \
		-o Acquire::Retries=3 "$@"
}

# Downloads the newest 18.x that the suite has.
download_from()
{
	echo "deb [arch=$(dpkg --print-architecture) signed-by=$keys]" \
		"$mirror $1 main" >"$apt/sources.list"
	private_apt apt-get update || return 1
	version=$(private_apt apt-cache madison libpg-query-dev |
		awk '$3 ~ /^18\./ { print $3 }' | sort -rV | head -n 1)
	[ -n "$version" ] || return 1
	rm -f "$apt"/*.deb
	(cd "$apt" && private_apt apt-get download "libpg-query-dev=$version")
}

for suite in sid forky; do
	echo "libpg_query: looking in Debian $suite"
	if download_from "$suite" >"$apt/$suite.log" 2>&1; then
		rm -rf "$folder/libpg_query.new"
		dpkg -x "$apt"/libpg-query-dev_*.deb "$folder/libpg_query.new"
		rm -rf "$folder/libpg_query"
		mv "$folder/libpg_query.new" "$folder/libpg_query"
		(cd "$apt" && sha256sum libpg-query-dev_*.deb)
		exit 0
	fi
done
cat "$apt"/*.log >&2
echo "libpg_query 18 cannot be fetched" >&2
exit 1
