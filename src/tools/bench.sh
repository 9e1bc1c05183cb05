#!/bin/sh
# bench.sh BUILD PARSE_ONLY GENERATE_HISTORY REPLAY_COST
#
# `make bench`: pgsquint, libpg_query alone and squawk (where npm has it) on
# the generated history and on one small file of it, in one run of hyperfine;
# then the time of the replay alone, and the memory of a schema of 2,000 tables.
# Writes testdata/bench/RESULTS.md.
set -eu
cd "$(dirname "$0")/../.."
build=$(cd "$1" && pwd)
parse_only=$2
generate_history=$3
replay_cost=$4
bench=$build/bench
squawk_version=2.66.0

rm -rf "$bench/history" "$bench/one" "$bench/tables"
mkdir -p "$bench/history" "$bench/one" "$bench/tables"
"$generate_history" "$bench/history"
"$generate_history" "$bench/tables" 2000
cp "$bench/history/000959_change.up.sql" "$bench/one/change.sql"

# npm's wrapper would add the start of node; the program itself is compared.
squawk=
find_squawk()
{
	find "$bench/squawk/node_modules/@squawk-cli" -name squawk -type f \
		2>/dev/null | head -n 1
}
if command -v npm >/dev/null; then
	mkdir -p "$bench/squawk"
	[ -n "$(find_squawk)" ] || npm install --silent --no-fund --no-audit \
		--prefix "$bench/squawk" "squawk-cli@$squawk_version" || true
	squawk=$(find_squawk)
fi

# measure NAME FOLDER: a table of hyperfine's, in NAME.csv.
measure()
{
	set -- "$1" "$2" \
		-n 'libpg_query alone' "$parse_only $2" \
		-n 'pgsquint --jobs 1' "$build/pgsquint --jobs 1 $2" \
		-n 'pgsquint' "$build/pgsquint $2"
	[ -z "$squawk" ] || set -- "$@" \
		-n 'squawk' "$squawk '$2/*.sql'" \
		-n 'squawk --reporter gcc' "$squawk --reporter gcc '$2/*.sql'"
	name=$1
	shift 2
	hyperfine -N -i --warmup 3 --export-csv "$bench/$name.csv" "$@" \
		2>"$bench/$name.log" || {
		cat "$bench/$name.log" >&2
		exit 1
	}
}

for program in "$build/pgsquint --jobs 1" "$build/pgsquint"; do
	status=0
	$program "$bench/history" >"$bench/report.txt" || status=$?
	[ $status -le 1 ] || exit $status
done
measure history "$bench/history"
measure one "$bench/one/change.sql"
"$replay_cost" "$bench/history" >"$bench/replay.csv"
"$replay_cost" "$bench/tables" >>"$bench/replay.csv"

describe_machine()
{
	sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1
	echo "$(nproc) cores, $(awk '/MemTotal/ {
		printf "%.0f GB", $2 / 1e6 }' /proc/meminfo) of memory"
	sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release
	"$build/pgsquint" --version | tr '\n' ' '
	echo
	${CC:-cc} --version | head -n 1
	[ -z "$squawk" ] || "$squawk" --version
	hyperfine --version
}

{
	cat <<'TEXT'
# What `make bench` measured

TEXT
	describe_machine | sed 's/ *$//; s/^/- /'
	awk -v bytes="$(cat "$bench"/history/*.sql | wc -c)" \
		-v one_bytes="$(wc -c <"$bench/one/change.sql")" \
		-f src/tools/bench_table.awk \
		"$bench/history.csv" "$bench/one.csv" "$bench/replay.csv"
} >"$bench/RESULTS.md"
cp "$bench/RESULTS.md" testdata/bench/RESULTS.md
cat testdata/bench/RESULTS.md
