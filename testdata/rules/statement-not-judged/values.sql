-- Silent: placeholders that stand where a value may stand are read as one, and
-- those in strings, comments and names in quotes hide nothing.
SELECT id FROM orders WHERE id = $1;
SELECT '${name}', "{{ column }}" FROM orders; -- ${comment}
