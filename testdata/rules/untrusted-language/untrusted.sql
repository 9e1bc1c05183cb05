CREATE FUNCTION download(url text) RETURNS text LANGUAGE plpython3u AS $$
import urllib.request
return urllib.request.urlopen(url).read()
$$;
CREATE FUNCTION app.add_one(integer) RETURNS integer
    AS 'DIRECTORY/funcs', 'add_one' LANGUAGE C STRICT;
CREATE OR REPLACE PROCEDURE run() AS $$ system('id'); $$ LANGUAGE 'plperlu';
CREATE FUNCTION signum(float8) RETURNS float8 LANGUAGE internal AS 'dsign';
DO LANGUAGE plpython3u $$ print(1) $$;
