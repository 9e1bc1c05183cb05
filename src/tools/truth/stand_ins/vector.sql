-- In the place of pgvector, which the servers do not have: the names that the
-- rules' examples use, over built-in functions. It measures no distances.
CREATE TYPE vector;
CREATE FUNCTION vector_in(cstring, oid, integer) RETURNS vector
    LANGUAGE internal IMMUTABLE STRICT AS 'varbit_in';
CREATE FUNCTION vector_out(vector) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT AS 'varbit_out';
CREATE FUNCTION vector_typmod_in(cstring[]) RETURNS integer
    LANGUAGE internal IMMUTABLE STRICT AS 'varbittypmodin';
CREATE TYPE vector (INPUT = vector_in, OUTPUT = vector_out,
    TYPMOD_IN = vector_typmod_in, LIKE = varbit);
CREATE FUNCTION vector_hash(vector) RETURNS integer
    LANGUAGE internal IMMUTABLE STRICT AS 'hashvarlena';
CREATE FUNCTION vector_eq(vector, vector) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT AS 'biteq';
CREATE OPERATOR = (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_eq,
    COMMUTATOR = =);
CREATE ACCESS METHOD ivfflat TYPE INDEX HANDLER hashhandler;
CREATE ACCESS METHOD hnsw TYPE INDEX HANDLER hashhandler;
CREATE OPERATOR CLASS vector_l2_ops FOR TYPE vector USING ivfflat AS
    OPERATOR 1 =, FUNCTION 1 vector_hash(vector);
CREATE OPERATOR CLASS vector_l2_ops FOR TYPE vector USING hnsw AS
    OPERATOR 1 =, FUNCTION 1 vector_hash(vector);
