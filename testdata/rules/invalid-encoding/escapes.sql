-- Silent: the file has no NUL byte, only its notation.
SELECT E'\\x00', '\0', '\xe9'::bytea;
