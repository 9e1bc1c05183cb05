# compare_locks.awk -v version=V INDEX EXPECTED ANSWERS...
#
# Compares what `pgsquint locks --format json` says of the last statement of
# each case with testdata/locks/expected.json. Prints what differs, and last
# the line `PASSED FAILED`.

function effects(line)
{
	match(line, /"transaction":"[a-z]+","fails":/)
	line = substr(line, RSTART + RLENGTH)
	sub(/}?,?$/, "", line)
	return line
}

function number_after(line, key)
{
	match(line, "\"" key "\":[0-9]+")
	return substr(line, RSTART + length(key) + 3, \
		RLENGTH - length(key) - 3) + 0
}

FILENAME == ARGV[1] {
	split($0, field, "\t")
	if (field[2] <= version && field[3] >= version)
		name_of[field[1]] = field[4]
	next
}

FILENAME == ARGV[2] && /^{"case":/ {
	match($0, /","versions":"[0-9]+(-[0-9]+)?",/)
	name = substr($0, 10, RSTART - 10)
	versions = substr($0, RSTART + 14, RLENGTH - 16)
	count = split(versions, range, "-")
	if (range[1] <= version && range[count] >= version) {
		line = substr($0, RSTART + RLENGTH + 8)
		sub(/},?$/, "", line)
		expected[name] = line
	}
	next
}

# The statement that ends last is the case's; of a DO block and what is in it,
# the block.
/^{"path":/ {
	match($0, /^{"path":"[^"]*"/)
	path = substr($0, 10, RLENGTH - 10)
	sub(/.*\//, "", path)
	gsub(/[^0-9]/, "", path)
	end = number_after($0, "offset") + number_after($0, "length")
	if (end > ends[path]) {
		ends[path] = end
		answer[path] = effects($0)
	}
}

END {
	for (number in name_of) {
		name = name_of[number]
		if (!(name in expected)) {
			print name " on " version ": expected.json lacks it"
			failed++
		} else if (answer[number] == expected[name]) {
			passed++
		} else {
			print name " on " version " (case_" number ")"
			print "  server   " expected[name]
			print "  pgsquint " answer[number]
			failed++
		}
	}
	print passed + 0, failed + 0
}
