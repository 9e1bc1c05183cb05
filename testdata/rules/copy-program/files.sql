-- Silent: files and the connection run no program; psql's own runs it there.
COPY readings FROM '/srv/program.csv';
COPY readings TO STDOUT;
COPY (SELECT 'PROGRAM') TO '/tmp/program';
\copy readings FROM PROGRAM 'id'
