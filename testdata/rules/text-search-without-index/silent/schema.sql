CREATE TABLE pages (id bigint PRIMARY KEY, title text, body text, words tsvector, language regconfig, data jsonb);
CREATE INDEX pages_body ON pages USING gin (to_tsvector('english', body));
CREATE INDEX pages_words ON pages USING gist (words);
CREATE INDEX pages_title ON pages (title);
CREATE INDEX pages_language ON pages USING gin (to_tsvector(language, title));
CREATE INDEX pages_all ON pages USING gin ((setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'B')));
