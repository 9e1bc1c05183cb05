ALTER TABLE orders ${change};
