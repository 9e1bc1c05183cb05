#!/bin/sh
# demo.sh PROGRAM
#
# `make demo`: shows what pgsquint finds in a small migration history. That it
# finds something is the point, so it ends well all the same.
set -u
"$1" testdata/demo
status=$?
[ $status -le 1 ] || exit $status
cat <<'TEXT'

This was `pgsquint testdata/demo`. Try `build/pgsquint PATH` on your own
migrations, and `build/pgsquint explain RULE` for what a finding means.
TEXT
