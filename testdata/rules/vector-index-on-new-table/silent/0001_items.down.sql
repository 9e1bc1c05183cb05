DROP TABLE items, filled, made;
