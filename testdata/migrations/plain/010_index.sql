CREATE INDEX CONCURRENTLY books_published_in_idx ON books (published_in);
