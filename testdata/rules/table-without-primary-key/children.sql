-- An identity column cannot be added to a table that has children.
CREATE TABLE events (at timestamptz);
CREATE TABLE old_events (PRIMARY KEY (at)) INHERITS (events);
