-- What stands around placeholders is judged, and named as it is written.
{% if drop_old == 'it''s true' %}
DROP TABLE {{ schema }}.{{ prefix }}_orders;
{% endif %}

CREATE INDEX ON ${schema}.orders (${column});

ALTER TABLE <%= name('x;y') %> ALTER COLUMN total SET NOT NULL;

-- An apostrophe in a tag takes in nothing of what follows.
GRANT SELECT ON {{ a | default("it's") }} TO reports;
DROP TABLE archive;

-- Silent: there may be a condition.
DELETE FROM sessions {{ where }};
UPDATE sessions SET seen = %(seen)s {% if x %} WHERE id = %(id)s {% endif %};

-- Silent: nobody knows which table it is, so nothing is known to fail.
CREATE TABLE {{ t }} (id int);
CREATE TABLE {{ t }} (id int);
ALTER TABLE {{ u }} ADD COLUMN c {{ type }};

-- Nothing fits.
ALTER TABLE orders {{ change }};

-- Wrong before the first placeholder.
ALTER TABEL {{ t }} ADD COLUMN d int;

-- A tag in a name, with quotes of its own.
DROP TABLE "{{ index .Options "Namespace" }}".sessions;

CREATE TABLE counters (key $%AUTO_INCREMENT_PRIMARY_KEY%$, total int);

-- Silent: one variable, one table.
CREATE TABLE :totals (day date);
CREATE INDEX ON :"totals" (day);
