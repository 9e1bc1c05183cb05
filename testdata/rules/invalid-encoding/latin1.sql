-- Café: a comment counts, the server checks the whole text.
INSERT INTO products (title) VALUES ('Café crème');
SELECT 'Müsli';
