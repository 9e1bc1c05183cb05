ALTER TABLE orders RENAME TO purchases;
ALTER TABLE purchases RENAME made_at TO bought_at;
ALTER TABLE events RENAME TO moments;
ALTER TABLE moments RENAME made_at TO happened_at;
ALTER TABLE moments ALTER happened_at SET DEFAULT now();
