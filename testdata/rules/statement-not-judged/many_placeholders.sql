-- Five further places are shown.
ALTER TABLE t0 ${change};
ALTER TABLE t1 ${change};
ALTER TABLE t2 ${change};
ALTER TABLE t3 ${change};
ALTER TABLE t4 ${change};
ALTER TABLE t5 ${change};
ALTER TABLE t6 ${change};
ALTER TABLE t7 ${change};
ALTER TABLE t8 ${change};
