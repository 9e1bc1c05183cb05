# Turns hyperfine's CSV files, of the history and of the one file, and that of
# replay_cost into the tables of testdata/bench/RESULTS.md. Times are medians
# in seconds.

BEGIN { FS = "," }

FNR == 1 { file++ }

FNR == 1 && file < 3 { next }

file == 1 {
	name[++count] = $1
	history[$1] = $4
	spread[$1] = $3
	processor[$1] = $5 + $6
}

file == 2 { one[$1] = $4 }

# Of the history, then of the one with 2,000 tables.
file == 3 {
	replay_time[FNR] = $2
	replay_tables[FNR] = $3
	replay_size[FNR] = $4
}

function row(label, value, target, met)
{
	printf "| %s | %.2f | %s | %s |\n", label, value, target,
		met ? "yes" : "NO"
}

END {
	printf "\nThe history: 3,000 files, %.1f MB, 1,500 versions of ", bytes / 1e6
	printf "golang-migrate. One file:\n%d bytes, without siblings.", one_bytes
	print " Times are medians."
	print "\n| program | history | MB/s | one file |"
	print "|---|---|---|---|"
	for (i = 1; i <= count; i++)
		printf "| %s | %.1f ms (± %.1f) | %.0f | %.2f ms |\n", name[i],
			1000 * history[name[i]], 1000 * spread[name[i]],
			bytes / 1e6 / history[name[i]], 1000 * one[name[i]]

	print "\n| ratio or size | measured | target | met |"
	print "|---|---|---|---|"
	ratio = history["pgsquint --jobs 1"] / history["libpg_query alone"]
	row("pgsquint --jobs 1 to libpg_query alone, history", ratio,
		"at most 1.40", ratio <= 1.4)
	ratio = replay_time[1] / processor["pgsquint --jobs 1"]
	row("the replay to pgsquint --jobs 1, history, processor time", ratio,
		"at most 0.15", ratio <= 0.15)
	row("MB for the schema of " replay_tables[2] " tables and views",
		replay_size[2] / 1e6, "below 50", replay_size[2] < 50e6)
	if (!("squawk" in history))
		exit
	ratio = history["squawk"] / history["pgsquint"]
	row("squawk to pgsquint, history", ratio, "at least 8.00", ratio >= 8)
	ratio = history["squawk --reporter gcc"] / history["pgsquint"]
	row("squawk --reporter gcc to pgsquint, history", ratio, "above 1.00",
		ratio > 1)
	ratio = one["squawk --reporter gcc"] / one["pgsquint"]
	row("squawk --reporter gcc to pgsquint, one file", ratio, "above 1.00",
		ratio > 1)
	print "\nsquawk's own report quotes the source of each finding;"
	print "`--reporter gcc` is its quickest, a line each. It judges each file"
	print "by itself, on all cores."
}
