-- Silent: only comments that begin with the linter's name and a colon are for
-- it. Use `-- pgsquint: allow nothing` like this.
-- pgsquint is a linter: allow me to say so
SELECT '-- pgsquint: allow nothing-in-strings';
