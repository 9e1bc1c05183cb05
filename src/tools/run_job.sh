#!/bin/sh
# run_job.sh SCRIPT ARGUMENT
#
# Runs one job of check.sh, and keeps what it prints and its count for it. A
# job prints what failed, and last a line `PASSED FAILED`; one that ends
# otherwise has failed itself.
set -u
# "." is an argument; a name that begins with it would escape *.count.
name=${results:?}/job-$(echo "$2-$1" | tr / _)
sh "src/tools/$1" "$2" >"$name.all" 2>&1
status=$?
sed '$d' "$name.all" >"$name.txt"
tail -n 1 "$name.all" >"$name.count"
if [ $status != 0 ] || ! grep -Eqx '[0-9]+ [0-9]+' "$name.count"; then
	{
		echo "FAILED: $1 $2 (exit status $status)"
		cat "$name.count"
	} >>"$name.txt"
	echo 0 1 >"$name.count"
elif [ ! -s "$name.txt" ] && ! grep -q ' 0$' "$name.count"; then
	echo "FAILED: $1 $2" >"$name.txt"
fi
