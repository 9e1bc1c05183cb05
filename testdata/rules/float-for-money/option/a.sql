-- The option says other names.
CREATE TABLE orders (betrag real, price real);
