-- Silent: the file beside it says executeInTransaction=false.
REINDEX TABLE CONCURRENTLY orders;
