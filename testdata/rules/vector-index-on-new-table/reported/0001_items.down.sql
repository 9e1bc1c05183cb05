DROP TABLE items, others;
