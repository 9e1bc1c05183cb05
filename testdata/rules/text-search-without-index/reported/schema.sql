CREATE TABLE pages (id bigint PRIMARY KEY, title text, body text, words tsvector, language regconfig, data jsonb);
CREATE INDEX pages_body ON pages USING gin (to_tsvector('english', body));
CREATE INDEX pages_words ON pages (words);
CREATE INDEX pages_title ON pages (title);
