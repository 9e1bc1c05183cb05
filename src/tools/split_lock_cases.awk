# split_lock_cases.awk -v base=FILE -v folder=DIR FILE...
#
# Writes every case of testdata/locks as a file of its own, as `pgsquint locks`
# can read it: DIR/plain/case_N.sql, or, where everything is sent as one query,
# DIR/one_query/N_case.up.sql. Prints a line for each: N, first and last
# version, and its name as JSON has it. src/tools/truth/lock_cases.py describes
# the format.

function finish()
{
	if (name == "")
		return
	number++
	file = folder (one_query ? "/one_query/" number "_case.up.sql" \
				 : "/plain/case_" number ".sql")
	printf "%s%s%s%s%s", base_text, text["setup"],
		in_transaction ? "begin;\n" : "", text["before"],
		text["statement"] >file
	close(file)
	gsub(/\\/, "\\\\", name)
	gsub(/"/, "\\\"", name)
	print number "\t" first "\t" last "\t" name
}

BEGIN {
	while ((getline line <base) > 0)
		base_text = base_text line "\n"
}

/^-- case: / {
	finish()
	name = substr($0, 10)
	first = 13
	last = 18
	in_transaction = 1
	one_query = 0
	part = ""
	split("", text)
	next
}
/^-- versions: / {
	count = split(substr($0, 14), range, "-")
	first = range[1]
	last = range[count]
	next
}
/^-- outside transaction$/ { in_transaction = 0; next }
/^-- one query$/ { in_transaction = 0; one_query = 1; next }
/^-- (holder|rows): / { next }
/^-- (setup|before|statement)$/ { part = substr($0, 4); next }
part != "" && $0 != "" { text[part] = text[part] $0 "\n" }
END { finish() }
