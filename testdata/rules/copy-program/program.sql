COPY readings (line) FROM PROGRAM 'curl https://example.com/x' WITH (FORMAT csv);
COPY (SELECT 1) TO PROGRAM $$gzip > /tmp/x.gz$$;
